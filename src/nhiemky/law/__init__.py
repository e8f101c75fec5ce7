"""Dated parameters of law, each with its reference, and the calendar of working days. Pure: no clock, no network.

`load()` gives the law that assess judges by; docs/how-to/add-a-law-parameter.md says how to add to it.
"""

from nhiemky.law.calendar import Calendar, Holiday, UnknownYear, end_of_day, vietnam_day
from nhiemky.law.load import Law, load
from nhiemky.law.parameters import Dated, LawError, NotInForce, Parameter, Warned

__all__ = [
    "Calendar",
    "Dated",
    "Holiday",
    "Law",
    "LawError",
    "NotInForce",
    "Parameter",
    "UnknownYear",
    "Warned",
    "end_of_day",
    "load",
    "vietnam_day",
]
