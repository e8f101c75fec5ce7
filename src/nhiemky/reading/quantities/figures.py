"""The digits of a figure to its value, and the words after it to its unit. Decimals and thousands as Vietnam writes."""

import re

from msgspec import Struct

from nhiemky.reading.vocab import lookup, pattern, words

UNITS = lookup("units", "unit")
UNIT_KINDS = lookup("units", "kind")
SCALES = {word: float(times) for word, times in lookup("scales", "times").items()}

FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")  # begins with a plain set: the search skips to it
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_SCALE_HEADS = frozenset(word[0] for word in SCALES)
_MONEY = words("units", kind="money")
# not the `tỷ` of tỷ lệ, tỷ trọng, tỷ suất
_SCALE = pattern(r"\s?({scale})(?![^\W_])(?!\s(?:lệ|trọng|suất|giá|phú))", scale=words("scales"))
_HALF = re.compile(r"\s(?:rưỡi|rưởi)(?![^\W_])")
_SMALLER_FOLLOWS = re.compile(
    r"\s?/\s?\d+(?:[.,]\d+)*\s(?:tỷ|triệu)|\s\d+(?:[.,]\d+)*\s(?:triệu|nghìn|ngàn|đồng)(?![^\W_])"
)
_MONEY_WORD = pattern(r"\s?({money})(?![^\W_])", money=_MONEY)
_FIRST = re.compile(r" ?(%|‰|[^\W\d_][^\s.,;:()\"'!?…]*)")


def _openings() -> dict[str, tuple[str, ...]]:
    """First word → the units that begin with it, the longest first."""
    found: dict[str, list[str]] = {}
    for unit in sorted(UNITS, key=len, reverse=True):
        found.setdefault(unit.split(" ")[0].rstrip(","), []).append(unit)
    return {word: tuple(units) for word, units in found.items()}


_OPENINGS = _openings()


def figure_value(digits: str) -> float:
    """`3,36` → 3.36, `18.700.000` → 18700000, `1.256` → 1256, `94.54` → 94.54 (two decimals cannot be thousands)."""
    if "," not in digits and "." not in digits:
        return float(digits)
    if _THOUSANDS.match(digits):
        return float(digits.replace(".", "").replace(",", "."))
    if digits.count(",") == 1 and "." not in digits:
        return float(digits.replace(",", "."))
    if digits.count(".") == 1 and "," not in digits:
        return float(digits)
    if "," in digits and re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):  # 1,256,000 as spreadsheets write it
        return float(digits.replace(",", ""))
    return float(re.sub(r"[.,]", "", digits))


class Unit(Struct, gc=False):
    """What stands after a figure. `end` is where it ends, `start` where its noun begins; `half` for `triệu rưỡi`."""

    word: str
    kind: str
    times: float
    start: int
    end: int
    half: bool = False


def unit_after(low: str, end: int) -> Unit | None:
    """The unit that begins at `end`: `%`, money with its scale, a measure or a counted noun."""
    if low.startswith("%", end):  # by far the most frequent
        if low[end + 1 : end + 2] in ("0", "o") and not low[end + 2 : end + 3].isalnum():  # `0,30%0` is per mille
            return Unit("‰", "percent", 1.0, end, end + 2)
        return Unit("%", "percent", 1.0, end, end + 1)
    times, at = 1.0, end
    head = low[end : end + 2].lstrip()[:1]
    if not (head.isalpha() or head == "%" or head == "‰"):
        return None
    scale = _SCALE.match(low, end) if head in _SCALE_HEADS else None
    if scale is not None:
        times, at = SCALES[re.sub(r"\s+", " ", scale.group(1))], scale.end()
        half = _HALF.match(low, at)
        if half is not None:
            at = half.end()
        money = _MONEY_WORD.match(low, at)
        if money is not None:
            return Unit("đồng", "money", times, at, money.end(), half=half is not None)
        if _SMALLER_FOLLOWS.match(low, at):
            return Unit("đồng", "money", times, end, at)
    found = _noun(low, at)
    if found is not None and not (found.kind == "money" and times == 1.0 and found.word == "đ"):
        found.times = times
        return found
    if times >= 1e9:  # `30 tỷ` by itself is money
        return Unit("đồng", "money", times, end, at)
    return None


def _noun(low: str, at: int) -> Unit | None:
    """The longest unit of the table that the words at `at` begin with."""
    ahead = _FIRST.match(low, at)
    if ahead is None:
        return None
    first, start = ahead.group(1), ahead.start(1)
    for unit in _OPENINGS.get(first, ()):
        end = start + len(unit)
        if low.startswith(unit, start) and not low[end : end + 1].isalpha():
            return Unit(UNITS[unit], UNIT_KINDS[unit], 1.0, start, end)
    if "/" in first and (kind := UNIT_KINDS.get(first.split("/")[0])):  # `ha/hộ`: the first counts
        return Unit(UNITS[first.split("/")[0]], kind, 1.0, start, ahead.end(1))
    return None
