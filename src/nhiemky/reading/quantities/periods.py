"""Periods that pages speak of: `6 tháng đầu năm 2023` → 2023-H1. One without a year takes the page's.

They are read off the numbers already scanned; only a quarter has none (`quý II`) and is looked for by its word.
"""

import re

from msgspec import Struct

from nhiemky.reading.quantities.dates import roman
from nhiemky.reading.text import Number, Page

_PART = re.compile(r" (đầu|cuối) năm(?: ((?:19|20)\d\d))?|(?: năm)? ((?:19|20)\d\d)")
_QUARTER = re.compile(r"quý (iv|i{1,3}|[1-4])(?![^\W_])(?:[\s/,-]*(?:năm\s+)?((?:19|20)\d\d))?")
_GOAL = ("đến", "hết", "cuối", "học", "tới", "trước", "với", "kỳ")  # `đến năm 2025`, `so với năm 2015` are no periods


class PeriodSaid(Struct, frozen=True, gc=False):
    period: str
    start: int
    end: int


def periods(page: Page, year: int | None) -> list[PeriodSaid]:
    """Every period of the page, in order; `year` stands in where none is written, without it that one is left out."""
    low = page.low
    found = _quarters(low, year)
    taken = max((p.end for p in found), default=-1)
    before: Number | None = None
    for number in page.numbers:
        kind = number.kind
        if kind == "year":
            said = _year_said(low, number, before) if number.start >= taken else None
            before = number
        elif kind == "duration" and number.unit == "tháng":
            said = _months_said(low, number, year)
        elif kind in ("other", "duration"):
            said = _month_said(low, number)
        else:
            continue
        if said is not None and not any(p.start <= said.start < p.end for p in found):
            found.append(said)
    found.sort(key=_start)
    return found


def _start(period: PeriodSaid) -> int:
    return period.start


def _quarters(low: str, year: int | None) -> list[PeriodSaid]:
    found, at = [], low.find("quý ")
    while at >= 0:
        quarter = _QUARTER.match(low, at)
        if quarter is not None and (quarter.group(2) or year):
            which = roman(quarter.group(1))
            found.append(PeriodSaid(f"{quarter.group(2) or year}-Q{which}", at, quarter.end()))
        at = low.find("quý ", at + 4)
    return found


def _months_said(low: str, number: Number, year: int | None) -> PeriodSaid | None:
    part = _PART.match(low, number.end)
    if part is None or number.value is None:
        return None
    written = part.group(2) or part.group(3) or year
    months = {(6, "đầu"): "H1", (6, "cuối"): "H2", (3, "đầu"): "Q1", (9, "đầu"): "9M"}
    name = months.get((int(number.value), part.group(1) or "đầu"))
    return PeriodSaid(f"{written}-{name}", number.start, part.end()) if name and written else None


def _year_said(low: str, number: Number, before: Number | None) -> PeriodSaid | None:
    head = low[max(0, number.start - 16) : number.start].split()
    if head[-1:] == ["năm"]:
        if head[-2:-1] and head[-2] in _GOAL:
            return None
        half = head[-3:-1] == ["nửa", "đầu"]
        return PeriodSaid(f"{number.iso_year}-H1" if half else number.iso_year, number.start, number.end)
    listed = before is not None and low[before.figure_end : number.start].strip() in (",", "và", ", năm")
    return PeriodSaid(number.iso_year, number.start, number.end) if listed else None


def _month_said(low: str, number: Number) -> PeriodSaid | None:
    """`tháng 6/2023`, `tháng 6 năm 2023`."""
    if number.value is None or not low.endswith("tháng ", max(0, number.start - 6), number.start):
        return None
    if number.planned is not None and 1990 <= number.planned <= 2100 and number.value <= 12:
        return PeriodSaid(f"{int(number.planned)}-M{int(number.value):02}", number.start, number.end)
    year = re.compile(r" năm ((?:19|20)\d\d)").match(low, number.figure_end)
    if year is not None and 1 <= number.value <= 12:
        return PeriodSaid(f"{year.group(1)}-M{int(number.value):02}", number.start, year.end())
    return None
