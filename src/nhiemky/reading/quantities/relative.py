"""Stretches reckoned from the day a page was written: `tháng trước`, `quý này`, `năm ngoái`; never from today.

`periods` takes them in where the page says that day (its event or its publication). Several stretches (`3 tháng qua`)
are no period of a report and are left out.
"""

from collections.abc import Iterable
from datetime import date

from nhiemky.reading.engine import Mark
from nhiemky.reading.quantities.said import PeriodSaid
from nhiemky.reading.vocab import lookup, pattern, words

_SHIFTS = {word: int(shift) for word, shift in lookup("relatives", "shift").items()}
# `so với năm trước` compares, `các năm trước` are no year, `3 năm tới` is no single one, `27 tháng này` is a day
_BEFORE = pattern(
    r"(?:với|kỳ|các|những|nhiều|mọi|hằng|hàng|từng|mỗi|\d|{numeral}) $",
    numeral=(*words("numerals"), *words("numeral_parts")),
)
_MONTHS = {"tháng": 1, "quý": 3, "năm": 12}
MARKS = {f"{unit} {word}": "relative" for unit in _MONTHS for word in _SHIFTS}  # noted by the engine


def relative(low: str, marks: Iterable[Mark], said_on: date) -> list[PeriodSaid]:
    """Every such stretch of a canonical text; `marks` are those of `MARKS`, of two that begin together the longer."""
    found = []
    for start, end in {mark.start: mark.end for mark in marks}.items():
        if not _BEFORE.search(low, max(0, start - 8), start):
            unit, _, word = low[start:end].partition(" ")
            found.append(PeriodSaid(_at(unit, said_on, _SHIFTS[word]), start, end))
    return found


def _at(unit: str, said_on: date, shift: int) -> str:
    """The stretch that lies `shift` of its kind from the one of that day."""
    size = _MONTHS[unit]
    index = (said_on.year * 12 + said_on.month - 1) // size + shift
    year, part = divmod(index, 12 // size)
    return {"năm": f"{year}", "quý": f"{year}-Q{part + 1}", "tháng": f"{year}-M{part + 1:02}"}[unit]
