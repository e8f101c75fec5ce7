"""Periods that pages speak of: `6 tháng đầu năm 2023` → 2023-H1. One without a year takes the page's.

They are read off the numbers already scanned; only a quarter has none (`quý II`) and is looked for by its word.
"""

import re
from collections.abc import Iterable

from nhiemky.reading.engine import Mark
from nhiemky.reading.quantities.dates import roman
from nhiemky.reading.quantities.relative import relative
from nhiemky.reading.quantities.said import PeriodSaid
from nhiemky.reading.text import Number, Page, coded
from nhiemky.reading.vocab import lookup

_PART = re.compile(r" (đầu|cuối) năm(?: ((?:19|20)\d\d))?|(?: năm)? ((?:19|20)\d\d)(?!\d)|/((?:19|20)\d\d)(?!\d)")
_QUARTER = re.compile(
    r"quý (iv|i{1,3}|[1-4]|(?:một|hai|ba|tư|bốn)(?=\W*(?:\d|năm|của|và |quý|$)))(?![^\W_])"
    r"(?:[\s/,-]*(?:(?:của )?năm\s+)?((?:19|20)\d\d)(?!\d))?"
)
# `quý I, II/2024`: the second without its noun
_NEXT_QUARTER = re.compile(r" ?(?:,|và|-|đến) ?(iv|i{1,3}|[1-4])(?:[\s/,-]*(?:(?:của )?năm\s+)?((?:19|20)\d\d)(?!\d))")
_QUARTER_AT = re.compile(re.escape(coded("quý ")))
_THIS_YEAR = coded("năm nay")
_WORDS = {**lookup("numerals", "value"), "tư": "4"}
_JOINS = (",", ", ", " và ", " - ", "-", " đến ")
_GOALS = ("đến ", "hết ", "cuối ", "học ", "tới ", "trước ", "với ", "kỳ ")  # `đến năm 2025`, `so với năm 2015`: none
_SINCE = (" đến nay", " trở lại đây", " tới nay")  # `từ năm 2020 đến nay` is no year of its own
_RUNNING = re.compile(r"(?:kết quả|tình hình|sơ kết|báo cáo|trong|qua|sau|lũy kế|công tác|thu|chi) $")
_LISTED = frozenset((",", "và", ", năm"))
_FIRST_MONTHS, _LAST_MONTHS = {3: "Q1", 6: "H1", 9: "9M"}, {6: "H2"}


def periods(page: Page, year: int | None, marks: Iterable[Mark] = ()) -> list[PeriodSaid]:
    """Every period of the page, in order; `year` stands in where none is written, without it that one is left out.

    `marks` are `tháng trước` and its like; where the page does not say the day it speaks from, they are left out.
    """
    low = page.low
    found = _quarters(page, year)
    for number in page.of_kind("duration"):
        if number.unit == "tháng" and (said := _months_said(low, number, year)) is not None:
            found.append(said)
    for number in page.of_kind("other"):
        if number.iso:
            found.append(PeriodSaid(number.iso, number.start, number.end))
        elif year and low.endswith("tháng ", 0, number.start) and _is_month(low, number):
            found.append(PeriodSaid(f"{year}-M{int(number.value or 0):02}", number.start, number.end))
    before: Number | None = None
    for number in page.of_kind("year"):
        said = _year_said(low, number, before)
        if said is not None:
            found.append(said)
        before = number
    if year:
        at = page.coded.find(_THIS_YEAR)
        while at >= 0:
            found.append(PeriodSaid(str(year), at, at + len(_THIS_YEAR)))
            at = page.coded.find(_THIS_YEAR, at + 1)
    if page.said_on is not None:
        found += relative(low, marks, page.said_on)
    return _apart(found)


def _apart(found: list[PeriodSaid]) -> list[PeriodSaid]:
    """In the order of the text; the year inside `quý II năm 2023` is none of its own."""
    found.sort(key=_start)
    kept, end = [], -1
    for said in found:
        if said.start >= end:
            end = said.end
            if said.period:
                kept.append(said)
    return kept


def _start(period: PeriodSaid) -> int:
    return period.start


def _quarters(page: Page, year: int | None) -> list[PeriodSaid]:
    """`quý II/2024`; of `quý I và quý II năm 2024` the first takes the year of the second."""
    found: list[PeriodSaid] = []
    waiting: list[re.Match[str]] = []
    for at in _QUARTER_AT.finditer(page.coded):
        met = _QUARTER.match(page.low, at.start())
        if met is None:
            continue
        if waiting and page.low[waiting[-1].end() : met.start()] not in _JOINS:
            found += (_quarter(one, year) for one in waiting if year)
            waiting.clear()
        waiting.append(met)
        following = None if met.group(2) else _NEXT_QUARTER.match(page.low, met.end())
        if following is not None:
            waiting.append(met := following)
        if met.group(2):
            found += (_quarter(one, int(met.group(2))) for one in waiting)
            waiting.clear()
    return found + [_quarter(one, year) for one in waiting if year]


def _quarter(met: re.Match[str], year: int | None) -> PeriodSaid:
    said = met.group(1)
    return PeriodSaid(f"{year}-Q{roman(_WORDS.get(said, said))}", met.start(), met.end())


def _months_said(low: str, number: Number, year: int | None) -> PeriodSaid | None:
    """`6 tháng đầu năm`, `9 tháng năm 2022`, `kết quả 9 tháng`."""
    part = _PART.match(low, number.end)
    if number.value is None:
        return None
    if part is None:
        nine = number.value == 9 and year and _RUNNING.search(low, max(0, number.start - 12), number.start)
        return PeriodSaid(f"{year}-9M", number.start, number.end) if nine else None
    half, *years = part.groups()
    written = next((said for said in years if said), year)
    name = (_LAST_MONTHS if half == "cuối" else _FIRST_MONTHS).get(int(number.value))
    if not name:  # `5 tháng đầu năm 2022` is no year, and no period that a register has
        return PeriodSaid("", number.start, part.end())
    return PeriodSaid(f"{written}-{name}", number.start, part.end()) if written else None


def _is_month(low: str, number: Number) -> bool:
    """`tháng 6` by itself; not `15 tháng 3`, nor `đến tháng 6`."""
    before = number.start - 6
    return (
        number.unit != "năm" and 1 <= (number.value or 0) <= 12 and not low[before - 2 : before - 1].isdecimal()
        and not low.endswith(_GOALS, 0, before)
    )  # fmt: skip


def _year_said(low: str, number: Number, before: Number | None) -> PeriodSaid | None:
    start = number.start
    if low.endswith("năm ", 0, start):
        if low.endswith(_GOALS, 0, start - 4) or low.startswith(_SINCE, number.end):
            return None
        half = low.endswith("nửa đầu ", 0, start - 4)
        return PeriodSaid(f"{number.iso_year}-H1" if half else number.iso_year, start, number.end)
    if before is not None and start - before.figure_end < 8 and low[before.figure_end : start].strip() in _LISTED:
        return PeriodSaid(number.iso_year, start, number.end)
    return None
