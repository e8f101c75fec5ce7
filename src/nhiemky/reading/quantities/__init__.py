"""Figures, dates, years and document numbers of a page, each read once; every grammar works on them."""

from nhiemky.reading.quantities.dates import iso_date, roman
from nhiemky.reading.quantities.scan import scan

__all__ = ["iso_date", "roman", "scan"]
