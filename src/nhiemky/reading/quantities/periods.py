"""Periods that pages speak of: `6 tháng đầu năm 2023` → 2023-H1. One without a year takes the page's."""

import re

from msgspec import Struct

from nhiemky.reading.quantities.dates import roman
from nhiemky.reading.text import Page

_PERIOD = re.compile(
    r"(?P<months>\d{1,2}|sáu|ba|chín)\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<year1>(?:19|20)\d\d))?"
    r"|(?P<run>[69]|3|sáu|chín)\s+tháng(?:\s+năm)?\s+(?P<year2>(?:19|20)\d\d)"
    r"|quý\s+(?P<quarter>iv|i{1,3}|[1-4])(?![^\W_])(?:[\s/,-]*(?:năm\s+)?(?P<year3>(?:19|20)\d\d))?"
    r"|tháng\s+(?P<month>1[0-2]|0?[1-9])(?:\s*/\s*|\s*-\s*|\s+năm\s+)(?P<year4>(?:19|20)\d\d)"
    r"|(?<!đến )(?<!hết )(?<!cuối )(?<!học )năm\s+(?P<year5>(?:19|20)\d\d)(?!\s?-\s?\d)"
)
_WORDS = {"ba": 3, "sáu": 6, "chín": 9}


class PeriodSaid(Struct, frozen=True, gc=False):
    period: str
    start: int
    end: int


def periods(page: Page, year: int | None) -> list[PeriodSaid]:
    """Every period of the page, in order; `year` stands in where none is written, without it such a period is left out."""
    found = []
    for match in _PERIOD.finditer(page.low):
        said = _said(match, year)
        if said is not None:
            found.append(PeriodSaid(said, match.start(), match.end()))
    return found


def _said(match: re.Match[str], year: int | None) -> str | None:
    groups = match.groupdict()
    written = next((groups[k] for k in ("year1", "year2", "year3", "year4", "year5") if groups[k]), None)
    if written is None and year is None:
        return None
    base = written or str(year)
    if groups["months"]:
        months = _WORDS.get(groups["months"]) or int(groups["months"])
        return _months(base, months, first=groups["half"] == "đầu")
    if groups["run"]:
        return _months(base, _WORDS.get(groups["run"]) or int(groups["run"]), first=True)
    if groups["quarter"]:
        return f"{base}-Q{roman(groups['quarter'])}"
    if groups["month"]:
        return f"{base}-M{int(groups['month']):02}"
    return base


def _months(year: str, months: int, *, first: bool) -> str | None:
    if months == 6:
        return f"{year}-H1" if first else f"{year}-H2"
    if months == 3 and first:
        return f"{year}-Q1"
    return f"{year}-9M" if months == 9 and first else None
