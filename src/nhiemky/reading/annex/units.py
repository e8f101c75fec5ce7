"""Units as annexes write them, in a column, behind a name or in a head: `tr.đ/người/năm` is đồng, a million each."""

import re

from msgspec import Struct

from nhiemky.reading.quantities.figures import FIGURE, figure_value
from nhiemky.reading.text import canon
from nhiemky.reading.vocab import lookup

_UNITS = lookup("units", "unit")
_KINDS = lookup("units", "kind")
_SCALES = {word: float(times) for word, times in lookup("scales", "times").items()}
_SHORT = lookup("cell_units", "unit")
_SHORT_TIMES = {word: float(times) for word, times in lookup("cell_units", "times").items()}
_NO_UNIT = frozenset(("skip", "none"))
_WORD = re.compile(r"[^\s,;()/]+")
_NUMBER_OF = re.compile(r"^(?:tổng )?số (?:lượng )?")
_YEARLY = re.compile(r" ?/ ?(?:1 |một )?năm")


class Unit(Struct, frozen=True, gc=False):
    """`times` brings a figure to `name`; `yearly` where the unit says “a year” and does not measure income or yield."""

    name: str
    times: float = 1.0
    kind: str = ""
    yearly: bool = False


def unit_of(words: str) -> Unit | None:
    """The unit that all of `words` says; None where they say something else or nothing known."""
    words = words.strip(" :.()")
    begun = unit_at(words, 0)
    if begun is None:
        return None
    unit, end = begun
    rest = words[end:].strip()
    if not rest or rest in ("kh", "ct", "kế hoạch"):  # `% KH`
        return unit
    if rest[0] != "/":
        return None
    return Unit(unit.name, unit.times, unit.kind, unit.kind != "money" and _YEARLY.fullmatch(rest) is not None)


def named(words: str, raw: str) -> Unit | None:
    """What a cell of the column of units says; an unknown one keeps its own letters."""
    unit = unit_of(words)
    if unit is not None or not any(c.isalpha() for c in words):
        return unit
    head, _, rest = raw.partition("/")
    head = head.strip()
    return Unit(head[:1].lower() + head[1:] if head[1:2].islower() else head, yearly=rest.strip() == "năm")


def counted_in(name: str) -> Unit | None:
    """What a name says is counted: `Số hộ nghèo`, `Đảng viên kết nạp`; the unit of a row that tells none."""
    found = unit_at(_NUMBER_OF.sub("", canon(name), count=1), 0)
    return found[0] if found is not None and found[0].kind == "count" and found[0].times == 1 else None


def unit_at(words: str, at: int) -> tuple[Unit, int] | None:
    """The unit that begins at `at`, with its end: scales (`1.000`, `triệu`), then what is counted or measured."""
    times, at = scale_at(words, at)
    start = at + (words[at : at + 1] == " ")
    ends = [found.end() for found in _WORD.finditer(words, start)][:5]
    for end in reversed(ends):  # the longest phrase; `tấn/ha` is one, of `đồng/người` the part before the stroke
        phrase = words[start:end].rstrip(".:")
        end = start + len(phrase)
        if phrase in _SHORT:
            name = _SHORT[phrase]
            return Unit(name, times * _SHORT_TIMES[phrase], _KINDS.get(name, "")), end
        if (kind := _KINDS.get(phrase, "none")) not in _NO_UNIT:
            return Unit(_UNITS[phrase], times, kind), end
    if times >= 1e9:  # `30 tỷ` by itself is money
        return Unit("đồng", times, "money"), at
    return None


def scale_at(words: str, at: int) -> tuple[float, int]:
    """`1.000`, `nghìn`, `triệu` before what is counted: how many each, and where that begins."""
    times = 1.0
    figure = FIGURE.match(words, at)
    if figure is not None:
        if figure_value(figure[0]) not in (100.0, 1000.0, 1e6):
            return times, at
        times, at = figure_value(figure[0]), figure.end()
    while (word := _WORD.match(words, at + (words[at : at + 1] == " "))) is not None and word[0] in _SCALES:
        after = words[word.end() :].lstrip()
        if after.startswith(("lệ", "trọng", "suất")):
            break
        times, at = times * _SCALES[word[0]], word.end()
    return times, at


def scaled(value: float, times: float) -> float:
    """Multiplied as decimals are: 16,4 nghìn tỷ is 16400000000000, whatever binary fractions say."""
    product = value * times
    whole = round(product)
    return float(whole) if abs(product - whole) <= 1e-9 * max(1.0, abs(product)) else product
