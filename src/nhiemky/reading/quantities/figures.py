"""The digits of a figure to its value, and the words after it to its unit. Decimals and thousands as Vietnam writes."""

import re

from msgspec import Struct

from nhiemky.reading.vocab import lookup, pattern, table, words

# `đến năm 2020,100% người dân`: a blank is missing behind the year
FIGURE = re.compile(r"(?:(?:19|20)[0-9][0-9](?=,[0-9]{2,3}%)|[0-9]++(?:[.,][0-9]++)*+)")
UNITS = lookup("units", "unit")
SCALES = {word: float(times) for word, times in lookup("scales", "times").items()}
# parts of patterns: a scale (`k` only where it stands at its figure, no `tỷ` of tỷ lệ), a unit
SCALE_PART = r"(?:{scale}|(?<=\d){joined})(?![^\W\d_])(?! {other}(?![^\W_]))"
PARTS = {
    "scale": words("scales", written="apart"), "joined": words("scales", written="joined"),
    "other": words("not_numerals", where="after"), "unit": words("units"),
}  # fmt: skip

HALF = re.compile(r" (?:rưỡi|rưởi)(?![^\W_])")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$")
_SPREADSHEET = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$")
_AFTER = pattern(rf" ?(?:({SCALE_PART})|({{unit}})(?![^\W_]))", **PARTS)
_SCALED = pattern(r"(?: (rưỡi|rưởi)(?![^\W_])|)(?: ?({unit})(?![^\W_])|)", **PARTS)
_SMALLER_FOLLOWS = re.compile(
    r"\s?/\s?\d+(?:[.,]\d+)*\s(?:tỷ|tỉ|triệu)|\s\d+(?:[.,]\d+)*\s(?:triệu|nghìn|ngàn|đồng)(?![^\W_])"
)
_LASTING = frozenset(("năm", "tháng", "quý", "tuần", "ngày", "giờ", "phút", "tuổi"))


class Row(Struct, frozen=True, gc=False):
    """A line of the table of units: `subject` where it also begins what follows a name (`khu phố 3 phường …`)."""

    word: str
    kind: str
    lasts: bool
    subject: bool


class Unit(Struct, gc=False):
    """What stands after a figure, from `start` (where its noun begins) to `end`; `half` for `triệu rưỡi`."""

    row: Row
    start: int
    end: int
    times: float = 1.0
    half: bool = False


def _row(line: dict[str, str]) -> Row:
    kind, unit = line["kind"], line["unit"]
    return Row(unit, kind, kind == "skip" and unit in _LASTING, bool(line["subject"]))


ROWS = {line["word"]: _row(line) for line in table("units")}


def figure_value(digits: str) -> float:
    """`3,36` → 3.36, `18.700.000` → 18700000, `1.256` → 1256, `94.54` → 94.54 (two decimals cannot be thousands)."""
    if digits.isdecimal():
        return float(digits)
    if "." not in digits:
        if digits.count(",") == 1:
            return float(digits.replace(",", "."))
        return float(digits.replace(",", ""))
    if _THOUSANDS.match(digits):
        return float(digits.replace(".", "").replace(",", "."))
    if digits.count(".") == 1 and "," not in digits:
        return float(digits)
    if _SPREADSHEET.match(digits):  # 1,256,000.5 as spreadsheets write it
        return float(digits.replace(",", ""))
    return float(re.sub(r"[.,]", "", digits))


def unit_after(low: str, end: int) -> Unit | None:
    """The unit that begins at `end`: `%`, money with its scale, a measure or a counted noun."""
    met = _AFTER.match(low, end)
    if met is None:
        return Unit(ROWS["%"], end, end + 1) if low.startswith("%", end) else None  # `95%kế hoạch`
    scale, word = met.groups()
    if scale is not None:
        return scaled(low, scale, met.end())
    row = ROWS[word]
    return None if row.kind == "none" else Unit(row, met.start(2), met.end())


def scaled(low: str, scale: str, end: int) -> Unit | None:
    """`tỷ đồng`, `triệu rưỡi`, `nghìn lượt người`, `tỷ` by itself; None where the word scales nothing."""
    times, start = SCALES[scale], end
    met = _SCALED.match(low, end)
    assert met is not None  # it may be empty
    half, word = met.groups()
    if word is not None and ROWS[word].kind != "none":
        return Unit(ROWS[word], met.start(2), met.end(), times, half is not None)
    if half:
        end = met.end(1)
    if half or times >= 1e9 or _SMALLER_FOLLOWS.match(low, end):  # `30 tỷ`, `4 triệu rưỡi` by themselves are money
        return Unit(ROWS["đồng"], start, end, times, half is not None)
    return None
