"""Numbers in words: `hai mươi mốt` → 21, `một trăm linh năm` → 105, `ba nghìn hai trăm` → 3200, `một triệu rưỡi`."""

from collections.abc import Container
from typing import NamedTuple

from nhiemky.reading.vocab import lookup, words


def _part(part: str) -> dict[str, float]:
    values = lookup("numeral_parts", "value")
    return {word: float(values[word]) for word in words("numeral_parts", part=part)}


_DIGITS = {word: float(value) for word, value in lookup("numerals", "value").items() if " " not in word}
_TEN = "mười"
_BEHIND = _part("digit")  # lăm, mốt, tư: only behind another word
_SHORT = _BEHIND.keys() - {"năm", "không"}
_TENS, _HUNDRED, _ZERO, _HALF = (frozenset(_part(part)) for part in ("tens", "hundred", "zero", "half"))
_SCALES = {word: float(times) for word, times in lookup("scales", "times").items() if " " not in word}
_GROUPS = {word: times for word, times in _SCALES.items() if times >= 1000 and len(word) > 1}
_MULTIPLIERS = frozenset((*_TENS, *_HUNDRED, *_GROUPS))
_NO_SCALE = frozenset(words("not_numerals", where="after"))  # tỷ lệ, triệu tập
_MOST = 1e17  # more than any sum of a report: words that run on are no number
GOES_ON = (*_DIGITS, *_BEHIND, *_ZERO, *_HALF, *_MULTIPLIERS)  # what may follow a first number word


class _Group(NamedTuple):
    """A number below a thousand: its value, the words it takes, what a `rưỡi` behind it halves, one digit or more."""

    value: float
    end: int
    unit: float
    bare: bool = False


def spelled(said: list[str]) -> tuple[float, int] | None:
    """Value and count of words of the number that a list of words begins with; None where it begins with none."""
    terms: list[float] = []  # thousands, millions… each smaller than the one before
    at, unit = 0, 1.0
    while (group := _group(said, at, inside=bool(terms))) is not None:
        value, end, halved, bare = group
        if not _is(said, end, _GROUPS) or _is(said, end + 1, _NO_SCALE):
            terms.append(value * unit / 10 if terms and bare else value)  # `một triệu hai` is 1,2 million
            at, unit = end, halved
            break
        while _is(said, end, _GROUPS) and not _is(said, end + 1, _NO_SCALE) and value < _MOST:
            unit = _GROUPS[said[end]]
            while terms and terms[-1] < unit:  # `hai trăm nghìn tỷ`
                value += terms.pop()
            value, end = value * unit, end + 1
        if (terms and value >= terms[-1]) or value >= _MOST:
            break
        terms.append(value)
        at = end
    if at and unit >= 100 and _is(said, at, _HALF):
        terms.append(unit / 2)
        at += 1
    value = sum(terms)
    return (value, at) if value else None


def _is(said: list[str], at: int, listed: Container[str]) -> bool:
    return at < len(said) and said[at] in listed


def _group(said: list[str], at: int, *, inside: bool) -> _Group | None:
    """`bốn`, `mười hai`, `hai mươi mốt`, `ba trăm linh năm`, `không trăm mười hai`; `inside` a longer number."""
    value, unit, hundred = 0.0, 1.0, False
    first = _digit(said, at, inside=inside)
    if first is not None and _is(said, at + 1, _HUNDRED):
        value, unit, at, hundred = 100 * first, 100.0, at + 2, True
        first = _digit(said, at, inside=True)
    if (hundred or inside) and _is(said, at, _ZERO) and at + 1 < len(said):
        last = _DIGITS.get(said[at + 1]) or _BEHIND.get(said[at + 1])
        return _Group(value + last, at + 2, 1.0) if last else _Group(value, at, unit) if hundred else None
    if first is None:
        if hundred and _is(said, at, _SHORT):  # `ba trăm tư`
            return _Group(value + 10 * _BEHIND[said[at]], at + 1, 10.0)
        return _Group(value, at, unit) if hundred else None
    if first == 10 or _is(said, at + 1, _TENS):
        tens = first if first == 10 else 10 * first
        at += 1 if first == 10 else 2
        last = _last(said, at)
        return _Group(value + tens + last, at + 1, 1.0) if last else _Group(value + tens, at, 10.0)
    if hundred:  # `một trăm hai` is 120
        return _Group(value + 10 * first, at + 1, 10.0)
    if _is(said, at + 1, _SHORT):  # `hai lăm`
        return _Group(10 * first + _BEHIND[said[at + 1]], at + 2, 1.0)
    return _Group(first, at + 1, 1.0, bare=True)


def _digit(said: list[str], at: int, *, inside: bool) -> float | None:
    """The digit or the ten that opens a group; five and nought only before what multiplies them."""
    if at >= len(said):
        return None
    word = said[at]
    if word == "năm":
        return 5.0 if _is(said, at + 1, _MULTIPLIERS) else None
    if word == "không":
        return 0.0 if inside and _is(said, at + 1, _HUNDRED) else None
    return _DIGITS.get(word)


def _last(said: list[str], at: int) -> float | None:
    """The digit behind the tens: `hai mươi năm` is twenty years, so `năm` is none; nor is one that opens more."""
    if at >= len(said) or said[at] in ("năm", "không") or _is(said, at + 1, _HUNDRED):
        return None
    value = _DIGITS.get(said[at]) or _BEHIND.get(said[at])
    return value if value != 10 else None
