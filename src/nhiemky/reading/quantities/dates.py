"""Dates and ordinals as Vietnamese pages write them. A date that cannot be is None, not a guess."""

import re
from datetime import date

DATE = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)(?!\d)")
DATE_IN_WORDS = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})\s*(?:,?\s*năm\s+|/|-)((?:19|20)\d\d)(?!\d)")
DAY_MONTH = re.compile(r"(\d{1,2})\s?/\s?(\d{1,2})(?![\d/])")
DAY_MONTH_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})(?![\d/%-])(?!\s?(?:%|đ|đảng|chi|hộ|năm|tháng))")
DAY_MONTH_IN_WORDS = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?!\d)(?!\s*(?:,?\s*năm|/|-)\s*\d{4})")
# 27/32023: one stroke of two is missing; the year is what ends it. 273/2023 likewise, but 12/2023 is a month.
RUN_TOGETHER = re.compile(r"(\d{1,2})/(\d{1,2})((?:19|20)\d\d)(?!\d)|([0-3]\d)(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
CLOCK = re.compile(r"([01]?\d|2[0-3])\s?(?:h|giờ|g|:)(?:\s?([0-5]\d)(?!\d))?(?:\s?phút)?(?![^\W_])")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def iso_date(year: int, month: int, day: int) -> str | None:
    """`2023-03-27`, or None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def roman(digits: str) -> int | None:
    """XIII → 13; plain digits too; None for what is neither."""
    if digits.isdigit():
        return int(digits)
    total, last = 0, 0
    for letter in reversed(digits.lower()):
        value = _ROMAN.get(letter)
        if value is None:
            return None
        total += value if value >= last else -value
        last = max(last, value)
    return total or None
