"""Figures, dates, years and document numbers of a page, each read once; every grammar works on them."""

from nhiemky.reading.quantities.dates import iso_date, roman
from nhiemky.reading.quantities.periods import periods
from nhiemky.reading.quantities.relative import MARKS
from nhiemky.reading.quantities.said import PeriodSaid
from nhiemky.reading.quantities.scan import scan

__all__ = ["MARKS", "PeriodSaid", "iso_date", "periods", "roman", "scan"]
