"""Days that no calendar has, or that a stroke is missing from: `27/32023`, `31/4/2023`, `ngày 25/13`."""

import re
from datetime import date

from nhiemky.reading.checks.told import WRITER, warning
from nhiemky.reading.facts import Warning
from nhiemky.reading.text import Number, Page

WHY = {"checks.date": "Ngày không có trên lịch, hoặc thiếu dấu gạch: «27/32023», «31/4/2023»."}
_RUN = re.compile(r"\d{3,4}/\d{4}$")
_CALLED = re.compile(r"(?:ngày|sáng|chiều|tối|hôm)\s$")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/])(?!\s?(?:%|tổ|thôn|xã|hộ|đại biểu|ngày|đêm))")
_HISTORY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]1[0-8]\d\d")
_LEAP = 2024


def malformed(page: Page) -> list[Warning]:
    """Dates in full that are none, and days of a month that has no such day."""
    found = [_said(page, n) for n in page.of_kind("date") if n.malformed and _is_date(page, n)]
    for number in page.of_kind("day_month"):
        month, day = divmod(int(number.value or 0), 100)
        if not _exists(day, month):
            found.append(_said(page, number))
    for number in page.of_kind("amount"):
        if number.planned is not None and _CALLED.search(page.low, max(0, number.start - 6), number.start):
            day_of = _DAY.match(page.low, number.start)
            if day_of and not _exists(int(day_of.group(1)), int(day_of.group(2))):
                found.append(_said(page, number))
    return found


def _is_date(page: Page, number: Number) -> bool:
    """`AIPA-31 tháng 9/2010` and a document `3165/2012` are none; `ngày 2581/2019` is meant for one; 1858 is past."""
    if number.start and page.low[number.start - 1] in "-–/":
        return False
    past = _HISTORY.fullmatch(page.low, number.start, number.figure_end)
    if past is not None and _exists(int(past.group(1)), int(past.group(2))):
        return False
    if number.iso is None and _RUN.match(page.low, number.start, number.end):
        return _CALLED.search(page.low, max(0, number.start - 6), number.start) is not None
    return True


def _exists(day: int, month: int) -> bool:
    try:
        date(_LEAP, month, day)
    except ValueError:
        return False
    return True


def _said(page: Page, number: Number) -> Warning:
    written = page.text[number.start : number.figure_end]
    meant = ""
    if number.iso:
        year, month, day = number.iso.split("-")
        meant = f"; có thể là {day}/{month}/{year}"
    message = f"Ngày viết “{written}” không đúng lịch hoặc không đúng dạng dd/mm/yyyy{meant}."
    return warning("malformed_date", "checks.date", (number.start, number.figure_end), message, WRITER, 0.95)
