"""Dates, terms and hours as Vietnamese pages write them. A date that cannot be is None, not a guess.

`scan` asks for one where a stroke, a hyphen, `tháng` or `giờ` follows a figure; each answers with a number or None.
"""

import re
from datetime import date

from nhiemky.reading.quantities.figures import unit_after
from nhiemky.reading.text import Number

_YEAR = r"((?:19|20)\d\d)(?!\d)"
_DATE = re.compile(r"(\d{1,2})\s?([/.-])\s?(\d{1,2})(?:\s?[/.-]\s?((?:19|20)\d\d)(?!\d)|\s?\2\s?(\d{2,6})|)(?![\d/])")
_TWO_DAYS = re.compile(rf"(\d{{1,2}})\s?(?:-|,|và|đến|tới)\s?(?:ngày\s)?(\d{{1,2}})/(\d{{1,2}})(?:/{_YEAR}|)(?![\d/%])")
# 27/32023: one stroke of two is missing; the year is what ends it. 273/2023 likewise, but 12/2023 is a month.
_RUN_TOGETHER = re.compile(r"(\d{1,2})/(\d{1,2})((?:19|20)\d\d)(?!\d)|([0-3]\d)(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_IN_WORDS = re.compile(rf"(\d{{1,2}})\s+tháng\s+(\d{{1,2}})\s*(?:,?\s*năm\s+|/|-){_YEAR}")
_DAY_MONTH_IN_WORDS = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?!\d)(?!\s*(?:,?\s*năm|/|-)\s*\d{4})")
_NO_DAY = re.compile(r"[%-]|\s?(?:%|đ|đảng|chi|hộ|năm|tháng)")  # behind `2-3` what counts
_PARTS = ("sáng", "chiều", "tối", "hôm", "trưa")
_DAYS = ("ngày", *_PARTS, *(f"{part} nay" for part in _PARTS), *(f"{part} qua" for part in _PARTS))
_MAYBE_DAYS = ("đến", "từ", "và", "hết", "trước", "sau", "tới", "đợt", "dịp", "lễ", "khánh")
_OF_DAY = ("ngày ", "nay ", "mồng ", "mùng ", *(f"{part} " for part in _PARTS))
_CLOCK = re.compile(r"([01]?\d|2[0-3])\s?(?:h|giờ|g|:)(?:\s?([0-5]\d)(?!\d))?(\srưỡi)?(?:\s?phút)?(?![^\W_])")
_TERM = re.compile(r"((?:19|20)\d\d)\s?(?:-|đến)\s?((?:19|20)\d\d)(?!\d)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def iso_date(year: int, month: int, day: int) -> str | None:
    """`2023-03-27`, or None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def roman(digits: str) -> int | None:
    """XIII → 13; plain digits too; None for what is neither."""
    if digits.isdecimal():
        return int(digits)
    total, last = 0, 0
    for letter in reversed(digits.lower()):
        value = _ROMAN.get(letter)
        if value is None:
            return None
        total += value if value >= last else -value
        last = max(last, value)
    return total or None


def dated(low: str, start: int, end: int) -> Number | None:
    """A date in figures at `start`: whole, malformed, or a day and a month that the words before call a day."""
    found = _DATE.match(low, start)
    if found is None:
        return two_days(low, start) or _run_together(low, start)
    day, sign, month, year, typed = found.groups()
    if year is not None:
        return _whole(found, day, month, year)
    before = low[max(0, start - 12) : start].rstrip(" \n:(,-")
    called = before.endswith(_DAYS)
    if typed is None:
        if sign == "/":
            return _day_month(found, day, month) if called or _may_be_day(low, start, before, found) else None
        if not low.endswith(_OF_DAY, max(0, start - 6), start):
            return None
        no_day = _NO_DAY.match(low, found.end()) if sign == "-" else _is_decimal(low, found.end())
        return None if no_day else _day_month(found, day, month)
    if len(typed) == 2 and sign == "/" and (called or not _counts(low, found)):  # `3/3/17`
        whole = _whole(found, day, month, ("20" if typed < "50" else "19") + typed)
        return whole if whole.iso else None
    if called and sign == "/" and len(typed) != 2:  # a digit too few or too many
        return Number("date", start, found.end(), found.end(), malformed=True)
    return None


def _is_decimal(low: str, end: int) -> bool:
    """`mỗi ngày 30.4 tấn`, not `sáng 21.4 đảng bộ họp`."""
    unit = unit_after(low, end)
    return unit is not None and unit.row.kind in ("measure", "percent", "money")


def _may_be_day(low: str, start: int, before: str, found: re.Match[str]) -> bool:
    """`đến 30/6`, but `và 8/8 tổ dân phố`; `7/3` at the start of a line, where `8/8` is a count of its own."""
    more = int(found.group(1)) > int(found.group(3))
    if not start or low[start - 1] == "\n":
        return more and not _counts(low, found)
    return before.endswith(_MAYBE_DAYS) and (more or not _counts(low, found))


def two_days(low: str, start: int) -> Number | None:
    """`15-16/3/2023`, `ngày 26, 27/10`, `ngày 10 đến 12/7`: the first of them."""
    found = _TWO_DAYS.match(low, start)
    if found is None or not 0 < int(found.group(1)) < int(found.group(2)) <= 31:
        return None
    first, _, month, year = found.groups()
    if year:
        return _whole(found, first, month, year)
    return _day_month(found, first, month) if low.endswith(_OF_DAY, max(0, start - 6), start) else None


def _run_together(low: str, start: int) -> Number | None:
    joined = _RUN_TOGETHER.match(low, start)
    if joined is None:
        return None
    if not joined.group(1):
        before = low[max(0, start - 12) : start].rstrip(" \n:(,-")
        if not before.endswith((*_DAYS, *_MAYBE_DAYS)):
            return None
    return _whole(joined, *(part for part in joined.groups() if part), malformed=True)


def _counts(low: str, found: re.Match[str]) -> bool:
    unit = unit_after(low, found.end())
    return unit is not None and unit.row.kind != "skip"


def _whole(found: re.Match[str], day: str, month: str, year: str, *, malformed: bool = False) -> Number:
    iso = iso_date(int(year), int(month), int(day))
    start, end = found.span()
    return Number("date", start, end, end, iso=iso, malformed=malformed or iso is None)


def _day_month(found: re.Match[str], day: str, month: str) -> Number | None:
    """A day without a year: its value is month × 100 + day."""
    start, end = found.span()
    if not (0 < int(day) <= 31 and 0 < int(month) <= 12):
        return None
    return Number("day_month", start, end, end, int(month) * 100.0 + int(day))


def in_words(low: str, start: int) -> Number | None:
    """`15 tháng 3 năm 2023`, and after a word of the day `15 tháng 3`."""
    full = _IN_WORDS.match(low, start)
    if full is not None:
        return _whole(full, *full.groups())
    if not low.endswith(_OF_DAY, max(0, start - 6), start):
        return None
    short = _DAY_MONTH_IN_WORDS.match(low, start)
    return None if short is None else _day_month(short, *short.groups())


def clock(low: str, start: int, end: int) -> Number | None:
    """`14h30`, `8 giờ`, `7:30`, `8 giờ rưỡi` → 08:30."""
    found = _CLOCK.match(low, start)
    if found is None:
        return None
    hour, minute = int(found.group(1)), 30 if found.group(3) else int(found.group(2) or 0)
    return Number("clock", start, found.end(), found.end(), iso=f"{hour:02}:{minute:02}")


def term(low: str, start: int) -> Number | None:
    """`2020-2025`, `2020 đến 2025`."""
    found = _TERM.match(low, start)
    if found is None:
        return None
    (first, last), end = found.groups(), found.end()
    if last <= first:
        return Number("other", start, end, end, float(first), float(last))
    return Number("term", start, end, end, float(first), float(last), iso=f"{first}-{last}")
