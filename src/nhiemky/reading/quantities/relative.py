"""Stretches reckoned from the day a page was written: `tháng trước`, `quý này`, `3 năm tới`; never from today.

`periods` takes them in where its caller knows that day (the page's publication or its event).
"""

import re
from datetime import date, timedelta

from nhiemky.reading.quantities.said import PeriodSaid
from nhiemky.reading.quantities.spelled import spelled
from nhiemky.reading.vocab import lookup, pattern, table, words

_SHIFTS = {word: int(shift) for word, shift in lookup("relatives", "shift").items()}
_ALONE = frozenset(words("relatives", alone="yes"))
_COUNTED = frozenset(words("relatives", counted="yes"))
_STRETCH = pattern(
    r"(?:(\d{1,2}|{numeral}) )?(ngày|tháng|quý|năm) ({relative})(?![^\W_])",
    numeral=words("numerals"), relative=tuple(row["word"] for row in table("relatives")),
)  # fmt: skip
# `so với năm trước` compares, `các năm trước` are no year, `27 tháng này` is a day
_BEFORE = re.compile(r"(?:với|kỳ|các|những|nhiều|mọi|hằng|hàng|từng|mỗi|\d) $")
_MONTHS = {"tháng": 1, "quý": 3, "năm": 12}


def relative(low: str, said_on: date) -> list[PeriodSaid]:
    """Every such stretch of a canonical text; several months or years from first to last: `2016-M12/2017-M01`."""
    found = []
    for met in _STRETCH.finditer(low):
        (many, unit, word), start = met.groups(), met.start()
        if (start and low[start - 1].isalnum()) or _BEFORE.search(low, max(0, start - 8), start):
            continue
        count = _count(many)
        if count is not None and word in _COUNTED:
            first, last = (_SHIFTS[word], count) if _SHIFTS[word] > 0 else (-count, -1)
        elif many is None and word in _ALONE and unit != "ngày":
            first = last = _SHIFTS[word]
        else:
            continue
        ends = [_at(unit, said_on, shift) for shift in (first, last)]
        found.append(PeriodSaid("/".join(dict.fromkeys(ends)), start, met.end()))
    return found


def _count(many: str | None) -> int | None:
    if many is None:
        return None
    read = (float(many), 1) if many.isdigit() else spelled(many.split(" "))
    return int(read[0]) if read and 1 <= read[0] < 100 else None


def _at(unit: str, said_on: date, shift: int) -> str:
    """The stretch that lies `shift` of its kind from the one of that day."""
    if unit == "ngày":
        return (said_on + timedelta(days=shift)).isoformat()
    size = _MONTHS[unit]
    index = (said_on.year * 12 + said_on.month - 1) // size + shift
    year, part = divmod(index, 12 // size)
    return {"năm": f"{year}", "quý": f"{year}-Q{part + 1}", "tháng": f"{year}-M{part + 1:02}"}[unit]
