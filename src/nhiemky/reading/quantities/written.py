"""Amounts and months written in words: `hai mươi mốt căn nhà`, `tháng sáu năm 2023`; `scan` asks it for them."""

import re

from nhiemky.reading.quantities.figures import PARTS, unit_after
from nhiemky.reading.quantities.readers import month_of, with_unit
from nhiemky.reading.quantities.spelled import GOES_ON, spelled
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import lookup, pattern, words

_BEFORE = frozenset(words("not_numerals", where="before"))
_BEFORE_THIS = {  # by the letter that the numeral begins with: năm, một and mười
    letter: _BEFORE | frozenset(words("not_numerals", where=where)) for letter, where in (("n", "year"), ("m", "one"))
}
_COUNTS = pattern(
    r"({numeral})(?: ({unit})(?![^\W_])|(?<=[^\W_]) (?:{scale}|{part})(?![^\W_]))",
    **PARTS, numeral=words("numerals"), part=GOES_ON,
)  # fmt: skip
_NAMED_MONTH = re.compile("|".join(word for word in words("numerals") if word.startswith("tháng")))
_NUMERALS = {word: float(value) for word, value in lookup("numerals", "value").items()}


def in_words(page: Page, start: int) -> Number | None:
    """An amount in words before a unit: `hai mươi mốt căn nhà`; before no counted thing `một` or `ba` is none."""
    low = page.low
    if low.startswith("tháng ", start) or low.startswith("tháng ", max(0, start - 6)):
        return _month_in_words(low, start)
    met = _COUNTS.match(low, start)
    if met is None:
        return None
    word = low[_word_before(low, start) : start - 1] if start else ""
    if word in _BEFORE_THIS.get(low[start], _BEFORE) or _is_name(page.text, start):
        return None
    if met.group(2) and met.group(2) != "năm":  # that may be five
        value, end = _NUMERALS[met.group(1)], met.end(1)
    else:
        ahead = low[start : start + 200].split(" ")[:32]  # as many as billions to the unit take
        read = spelled(ahead)
        if read is None:
            return None
        value, end = read[0], start + len(" ".join(ahead[: read[1]]))
    unit = unit_after(low, end)
    if unit is None or (unit.row.kind in ("weak", "skip") and not (unit.row.lasts and value > 1)):
        return None
    number = with_unit(low, Number("amount", start, end, end, value), unit)
    number.spelled = True
    return number


def _month_in_words(low: str, start: int) -> Number | None:
    """`tháng sáu năm 2023`, `tháng tư`; the Cách mạng tháng Tám is no month of a report."""
    named = _NAMED_MONTH.match(low, start)
    ahead = low[start : start + 30].split(" ")[:3]
    read = (_NUMERALS[named.group()], 2) if named is not None else spelled(ahead)
    if read is None or read[0] > 12 or low.endswith("mạng ", 0, start if named else start - 6):
        return None
    end = start + len(" ".join(ahead[: read[1]]))
    first = start + len("tháng ") if named else start
    return month_of(low, first, end, read[0]) or Number("other", first, end, end, read[0])


def _word_before(text: str, start: int) -> int:
    """Where the word before `start` begins; of a long one its end is enough."""
    floor = max(0, start - 9)
    return max(text.rfind(" ", floor, start - 1) + 1, floor)


def _is_name(text: str, start: int) -> bool:
    """Ba Đình, Hai Bà Trưng, Bình Ba tổ chức; SÁU THÁNG of a heading is none."""
    before = _word_before(text, start)
    if text[start].isupper() and text[start + 1 : start + 2].islower() and text[before : start - 1].istitle():
        return True
    following = text.find(" ", start) + 1
    return text[start].isupper() and text[following : following + 2].istitle()
