"""Anniversaries that work is tied to: `kỷ niệm 60 năm Ngày thành lập … (30/10/1963 - 30/10/2023)`."""

import re
from itertools import zip_longest

from nhiemky.reading.facts import Milestone
from nhiemky.reading.quantities import iso_date
from nhiemky.reading.text import Number, Page, start_of

WHY = {
    "milestones.span": "Số năm kèm ngày đầu và ngày cuối trong ngoặc: «60 năm … (30/10/1963 - 30/10/2023)».",
    "milestones.years": "Số năm đứng sau lời kỷ niệm, chào mừng: «kỷ niệm 93 năm Ngày thành lập Đảng».",
}
_DAY = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
_DAYS = re.compile(rf"[^().;\n]{{0,140}}\(\s*(?:từ\s+)?(?:ngày\s+)?{_DAY}\s*(?:-|đến)\s*(?:ngày\s+)?{_DAY}\s*\)")
_PLAIN_DAYS = re.compile(rf"[^().;\n\d]{{0,100}}(?:ngày\s+)?{_DAY}\s*(?:-|đến)\s*(?:ngày\s+)?{_DAY}")
_YEARS = re.compile(r"[^().;\n]{0,140}\(\s*(?:năm\s+)?((?:19|20)\d\d)\s*(?:-|đến)\s*(?:năm\s+)?((?:19|20)\d\d)\s*\)")
_ONE_DAY = re.compile(rf"[^().;\n]{{0,140}}\(\s*(?:ngày\s+)?{_DAY}\s*\)")
_HONOURED_TOO = re.compile(r"[^.;,()]{0,60}(?: và|,) $")  # `kỷ niệm 20 năm tái lập tỉnh và 42 năm …`
_HONOUR = re.compile(r"(?:kỷ niệm|chào mừng|nhân dịp|mừng)\s+(?:lần thứ\s+)?$")
_OF_DAY = re.compile(r"\s*(?:ngày|năm|thành lập|tái lập|giải phóng|cách mạng|quốc khánh|truyền thống)")
_ORDINAL = ("kỷ niệm lần thứ ", "kỉ niệm lần thứ ")
_ORDINAL_FIGURE = re.compile(r"\d{1,3}(?!\d)")
_FEWEST = 5  # years; a shorter time is no anniversary

_Bounds = tuple[str | None, str | None, int]  # first day, last day, where they end


def find(page: Page) -> list[Milestone]:
    """Each anniversary once; one told with its days stands for the same told without."""
    found: list[Milestone] = []
    counted = [n for n in page.of_kind("duration") if n.unit == "năm" and n.value and n.value >= _FEWEST]
    counted += [n for n in page.of_kind("other") if page.low.endswith(_ORDINAL, 0, n.start)]
    counted.sort(key=start_of)
    for number, behind in zip_longest(counted, counted[1:]):
        limit = behind.start if behind else len(page.low)
        years = int(number.value or _ordinal(page, number))
        honoured = _HONOUR.search(page.low, max(0, number.start - 30), number.start) is not None
        follows = bool(found) and (
            0 <= number.start - found[-1].span[1] < 12
            or _HONOURED_TOO.fullmatch(page.low, found[-1].span[1], number.start) is not None
        )
        bounds = _bounds(page, number, years, limit, honoured or follows)
        if bounds is not None:
            first, last, end = bounds
            found.append(Milestone(years, first, last, (number.start, end), 0.97, "milestones.span"))
            found += _feasts_behind(page, end, limit)
        elif (honoured or follows) and _OF_DAY.match(page.low, number.end):
            found.append(Milestone(years, None, None, (number.start, number.end), 0.8, "milestones.years"))
    return _once(found)


def _bounds(page: Page, number: Number, years: int, limit: int, honoured: bool) -> _Bounds | None:
    """The two days in brackets behind a count of years; between them lie that many years, or honour is said before."""
    days = _DAYS.match(page.low, number.end, limit)
    if days is not None:
        first, last, between = _iso(days)
        fits = first and last and (between == years or (honoured and between > 0))
        return (first, last, days.end()) if fits else None
    plain = _PLAIN_DAYS.match(page.low, number.end, limit) if honoured else None
    if plain is not None:
        first, last, between = _iso(plain)
        if first and last and between == years:
            return first, last, plain.end()
    day = _ONE_DAY.match(page.low, number.end, limit) if honoured else None
    if day is not None:
        d, m, y = (int(group) for group in day.groups())
        first, last = iso_date(y, m, d), iso_date(y + years, m, d)
        return (first, last, day.end()) if first and last else None
    told = _YEARS.match(page.low, number.end, limit) if honoured else None
    if told is None or int(told.group(2)) - int(told.group(1)) != years:
        return None
    return told.group(1), told.group(2), told.end()


def _feasts_behind(page: Page, start: int, limit: int) -> list[Milestone]:
    """`kỷ niệm 80 năm Cách mạng (…) và Quốc khánh (2/9/1945 - 2/9/2025)`: the second one's years are reckoned."""
    days = _DAYS.match(page.low, start, limit)
    if days is None:
        return []
    first, last, between = _iso(days)
    if not first or not last or between < _FEWEST:
        return []
    begin = start + len(page.low[start : days.end()]) - len(page.low[start : days.end()].lstrip(" ,;"))
    return [Milestone(between, first, last, (begin, days.end()), 0.9, "milestones.span")]


def _iso(days: re.Match[str]) -> tuple[str | None, str | None, int]:
    d1, m1, y1, d2, m2, y2 = (int(group) for group in days.groups())
    return iso_date(y1, m1, d1), iso_date(y2, m2, d2), y2 - y1


def _ordinal(page: Page, number: Number) -> int:
    """`kỷ niệm lần thứ 50 Ngày Giải phóng`: the words behind make it no amount, so that it has no value."""
    said = _ORDINAL_FIGURE.match(page.low, number.start)
    return int(said.group()) if said is not None else 0


def _once(found: list[Milestone]) -> list[Milestone]:
    dated = {m.years for m in found if m.to}
    out: dict[tuple[int, str | None], Milestone] = {}
    for milestone in found:
        if milestone.to or milestone.years not in dated:
            out.setdefault((milestone.years, milestone.to), milestone)
    return list(out.values())
