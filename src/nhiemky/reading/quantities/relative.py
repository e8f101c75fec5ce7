"""Stretches reckoned from the day a page was written: `tháng trước`, `quý này`, `năm ngoái`; never from today.

`periods` takes them in where the page says that day (its event or its publication). Several stretches (`3 tháng qua`)
are no period of a report and are left out.
"""

from datetime import date

from nhiemky.reading.quantities.said import PeriodSaid
from nhiemky.reading.vocab import lookup, pattern, words

_SHIFTS = {word: int(shift) for word, shift in lookup("relatives", "shift").items()}
_STRETCH = pattern(r"(tháng|quý|năm) ({relative})(?![^\W_])", relative=words("relatives"))
# `so với năm trước` compares, `các năm trước` are no year, `3 năm tới` is no single one, `27 tháng này` is a day
_BEFORE = pattern(
    r"(?:với|kỳ|các|những|nhiều|mọi|hằng|hàng|từng|mỗi|\d|{numeral}) $",
    numeral=(*words("numerals"), *words("numeral_parts")),
)
_MONTHS = {"tháng": 1, "quý": 3, "năm": 12}


def relative(low: str, said_on: date) -> list[PeriodSaid]:
    """Every such stretch of a canonical text."""
    found = []
    for met in _STRETCH.finditer(low):
        start = met.start()
        if not (start and low[start - 1].isalnum()) and not _BEFORE.search(low, max(0, start - 8), start):
            found.append(PeriodSaid(_at(met[1], said_on, _SHIFTS[met[2]]), start, met.end()))
    return found


def _at(unit: str, said_on: date, shift: int) -> str:
    """The stretch that lies `shift` of its kind from the one of that day."""
    size = _MONTHS[unit]
    index = (said_on.year * 12 + said_on.month - 1) // size + shift
    year, part = divmod(index, 12 // size)
    return {"năm": f"{year}", "quý": f"{year}-Q{part + 1}", "tháng": f"{year}-M{part + 1:02}"}[unit]
