"""What a figure is by what follows it: each reader takes one way of writing and answers with a number or None.

`TOKEN` is matched where a figure begins, once; the name of its last group is the reader's in `READERS`.
"""

import re
from collections.abc import Callable

from nhiemky.reading.quantities import dates
from nhiemky.reading.quantities.figures import (
    FIGURE,
    HALF,
    PARTS,
    ROWS,
    SCALE_PART,
    SCALES,
    Row,
    Unit,
    figure_value,
    scaled,
    unit_after,
)
from nhiemky.reading.text import Number
from nhiemky.reading.vocab import pattern, words

# A figure and what stands behind it; where nothing of this does, the match has no group's name.
TOKEN = pattern(
    rf"({FIGURE.pattern})(?:"
    r" (?:(?P<unit>{unit})(?![^\W_])(?:(?P<more>(?=[ /])(?= ?/| (?:mỗi|một|trên) ))|)"
    rf"|(?P<scale>{SCALE_PART})|(?P<apart>[-/0-9]|đến |tới |[hg] ))"
    r"|(?P<percent>%)(?![0o/-]| [-/]| (?:đến|tới|mỗi|một|trên) )|(?P<slash>/)|(?P<dash>-)|(?P<glued>[%‰:a-zđ])|)",
    **PARTS,
)
_UNIT, _SCALE = TOKEN.groupindex["unit"], TOKEN.groupindex["scale"]
# party 07-CTr/TU, state 12/NQ-HĐND, 36a/NQ-CP, 19-2017/NQ-CP, 15/2017/NĐ-CP, law 91/2025/QH15
_CODE = re.compile(
    r"\d{1,5}[a-zđ]?\s?-\s?[a-zđ]{1,6}\s?/\s?[a-zđư0-9]+(?:-[a-zđư]+)*"
    r"|\d{1,5}[a-zđ]?(?:\s?[/-]\s?(?:19|20)\d\d)?\s?/\s?(?:[a-zđ]{2,5}\s?-\s?[a-zđ0-9]{2,10}(?:-[a-zđ]+)*|qh\d\d|ubtvqh\d\d)"
    r"|\d{1,5}\s?-\s?[a-zđ]{2,4}\s?/\s?[a-zđư]{2,9}"
)
_CODE_START = re.compile(r"\d{1,5}[a-zđ]?\s?[-/]\s?(?:[a-zđ]{1,6}\s?[-/]|(?:19|20)\d\d\s?/\s?[a-zđ]|qh)")
_RATIO = re.compile(r"(\d{1,12}(?:[.,]\d{1,3}){0,4})\s?/\s?(\d{1,12}(?:[.,]\d{1,3}){0,4})(?![\d/])")
_PER_MILLE = re.compile(r"(\d{1,3}(?:,\d{1,2})?)0/00(?!\d)")  # 14,2‰ typed 14,20/00
_RANGE = re.compile(r"\s?(?:-|đến|tới)\s?(?:trên\s|gần\s)?(\d{1,12}(?:[.,]\d{1,12}){0,4})(?![\d/])")
_RANGE_WITH_UNIT = re.compile(r"\s?%\s?(?:-|đến|tới)\s?(\d{1,12}(?:[.,]\d{1,12})?)\s?(?=%)")
_PER_YEAR = re.compile(r"\s?(?:/|một |mỗi |trên )(?:người/)?(?:năm|người/năm|hộ/năm|lao động/năm)(?![^\W_])|\s?/năm")
_MORE_HEADS = frozenset((" /", " m", " t"))
_OF_ANOTHER = re.compile(r"/(?!(?:kh|nq|kế|chỉ|mục|dự|nghị)(?![^\W_]))[^\W\d_][^\s.,;:()\"'!?…]*")  # `ha/hộ`
_OF_ALL = re.compile(r"\s?(?:trên|/)\s?tổng(?: số)?\s(\d{1,12}(?:[.,]\d{3}){0,4})(?!\d)")
_IN_ALL = re.compile(r" tr(?:ên|ong) tổng số (\d{1,12}(?:[.,]\d{3}){0,4})(?!\d)")
_SLIPPED = re.compile(r" (\d\d)(?=%)")  # `0 68%`
_LETTER_BEHIND = re.compile(r" ?[-/] ?[^\W\d_]")
_OF_YEAR = re.compile(r"(?: của)? năm ((?:19|20)\d\d)(?!\d)|\s?[-/.]\s?((?:19|20)\d\d)(?![\d/-])")
_APART = re.compile(r"[1-9]\d{0,2}(?: \d{3}){2,4}(?![\d.,]*\d)|[1-9]\d{0,2} 000(?! ?\d)")  # 18 700 000, 500 000
_PHONE = re.compile(r"0\d{1,4}(?:[ .-]?\d{3,4}){2,3}(?!\d)")
_NAMED = pattern(r"(?<![^\W_]){word} $", word=words("numbered"))
_MONEY_CUE = pattern(r"(?<![^\W_]){cue}(?![^\W_])[^.;\n\d]*$", cue=words("money_cues"))
_MONEY_CHANGED = re.compile(r"(?:đồng|đồng/[^ ,;.]+),? (?:tăng|giảm)(?: thêm| trên| hơn| gần| khoảng)? $")
_NAMES_NOTHING = re.compile(r"(?=[,.;:)/\n]| \(|$| (?:cho|để|mỗi|một|trở|và|từ|trong|theo)(?![^\W_]))")
_GLUED_SCALE = pattern(r"{scale}(?![^\W_])", **PARTS)
_EACH = ("/người", "/hộ", "/ha", "/năm", "/tháng", "/khẩu", "/lao động")
_LARGER = ("tỷ ", "tỉ ", "triệu ")
_NO_TOTAL = ("tổng số ", "trong số ", "trên số ", "con số ")

Reader = Callable[[str, int, int, re.Match[str]], Number | None]


def _percent(low: str, start: int, end: int, found: re.Match[str]) -> Number:
    return Number("amount", start, end + 1, end, figure_value(low[start:end]), None, None, "%", "percent", end)


def _counted(low: str, start: int, end: int, found: re.Match[str]) -> Number | None:
    """`1.245 hộ nghèo`, `5%`, `2 năm`: most figures."""
    word = found.group(_UNIT)
    row, close = ROWS[word], found.end(_UNIT)
    kind = row.kind
    digits = low[start:end]
    if digits.isdecimal():
        value = float(digits)
    elif (day := _dotted(low, start, end)) is not None:
        return day
    else:
        value = figure_value(digits)
    if kind == "skip":
        reader = _BY_WORD.get(word)
        if reader is not None and (number := reader(low, start, end)) is not None:
            return number
    elif kind == "none":
        return None
    if end - start == 4 and 1900 <= value <= 2100 and (kind == "skip" or low.endswith("năm ", 0, start)):
        return Number("year", start, end, end, value)  # `năm 2023 xã đã …`
    number = Number("amount", start, close, end, value, None, None, row.word, kind, close - len(word))
    if kind == "skip":
        return _lasting(low, number, row)
    if value <= 12 and low.endswith("tháng ", 0, start) and _is_month(low, start):
        number.kind = "other"
    if row.subject and _NAMED.search(low, max(0, start - 14), start) and not low.endswith(_NO_TOTAL, 0, start):
        number.kind = "other"
    return number


def _is_month(low: str, start: int) -> bool:
    """`đợt 2 tháng 9 Đảng bộ xã`, not `trong 6 tháng 12 vụ việc`."""
    return low.startswith("đợt ", start - 12) or not low[start - 8 : start - 7].isdecimal()


def _counted_of(low: str, start: int, end: int, found: re.Match[str]) -> Number | None:
    """`5 ha/hộ`, `3 lớp mỗi năm`, `12 việc trên tổng số 15 việc`."""
    if low.startswith("%", end) and (number := _range(low, start, end)) is not None:
        return number
    number = _counted(low, start, end, found)
    if number is not None and number.kind == "amount":
        _more(low, number)
    return number


def _scaled(low: str, start: int, end: int, found: re.Match[str]) -> Number | None:
    unit = scaled(low, found.group(_SCALE), found.end(_SCALE))
    if unit is None:
        if not _is_money(low, start, found.end(_SCALE)):
            return None
        unit = Unit(ROWS["đồng"], end, found.end(_SCALE), SCALES[found.group(_SCALE)])
    return with_unit(low, Number("amount", start, end, end, figure_value(low[start:end])), unit)


def _is_money(low: str, start: int, end: int) -> bool:
    """`2 tỷ 500 triệu`, `hỗ trợ đến 200 triệu`: what a scale by itself is of."""
    if low.startswith(_EACH, end):  # `thu nhập bình quân năm 2022 đạt 38,6 triệu/người/năm`
        return True
    if low.endswith(_LARGER, 0, start) or _MONEY_CHANGED.search(low, max(0, start - 80), start):
        return True
    return _NAMES_NOTHING.match(low, end) is not None and _MONEY_CUE.search(low, max(0, start - 40), start) is not None


def _slashed(low: str, start: int, end: int, found: re.Match[str]) -> Number | None:
    """A date, the number of a document, a ratio."""
    if _LETTER_BEHIND.match(low, end):
        return _code(low, start)
    return dates.dated(low, start, end) or _ratio(low, start) or _code(low, start)


def _dashed(low: str, start: int, end: int, found: re.Match[str]) -> Number | None:
    """A term, a range, a date, the number of a document."""
    if end - start == 4 and (term := dates.term(low, start)) is not None:
        return term
    if _LETTER_BEHIND.match(low, end):
        return _code(low, start)
    if end - start < 3 and low.endswith("tháng ", 0, start):
        return month_of(low, start, end, float(low[start:end])) or _range(low, start, end)
    return dates.dated(low, start, end) or _range(low, start, end) or _code(low, start)


def _glued(low: str, start: int, end: int, found: re.Match[str]) -> Number | None:
    """`14h30`, `36a/NQ-CP`, `5ha`, `500.000đ`, `100k hộ`, and a percentage before what is no plain word."""
    if low[end] == "%" and (number := _range(low, start, end)) is not None:
        return number
    special = dates.clock(low, start, end) or _code(low, start)
    if special is not None or low[end] == ":":
        return special
    unit = unit_after(low, end)
    if unit is None and (scale := _GLUED_SCALE.match(low, end)) and _is_money(low, start, scale.end()):
        unit = Unit(ROWS["đồng"], end, scale.end(), SCALES[scale.group()])  # `hỗ trợ 85tr`
    return with_unit(low, Number("amount", start, end, end, figure_value(low[start:end])), unit) if unit else None


def _apart(low: str, start: int, end: int, found: re.Match[str]) -> Number | None:
    """Behind a space: a stroke, a hyphen, `đến`, `h`, more digits."""
    sign = low[end + 1]
    if sign in "-/":
        return (_dashed if sign == "-" else _slashed)(low, start, end, found)
    if sign in "đt":  # `2020 đến 2025`, `8 đến 10 tuyến`
        return (
            (dates.term(low, start) if end - start == 4 else None) or _range(low, start, end) or _days(low, start, end)
        )
    return dates.clock(low, start, end) if sign in "hg" else _thousands(low, start, end)


def _thousands(low: str, start: int, end: int) -> Number | None:
    """`18 700 000 đồng`, thousands kept apart by spaces; a telephone is no figure."""
    phone = _PHONE.match(low, start)
    if phone is not None:
        return Number("other", start, phone.end(), phone.end())
    if end - start == 1 and low[start] == "0" and (slipped := _SLIPPED.match(low, end)):
        close = slipped.end()
        return Number("amount", start, close + 1, close, int(slipped.group(1)) / 100, None, None, "%", "percent", close)
    apart = _APART.match(low, start)
    unit = unit_after(low, apart.end()) if apart is not None else None
    if apart is None or unit is None or unit.row.kind == "skip":
        return None
    end = apart.end()
    return with_unit(low, Number("amount", start, end, end, float(apart.group().replace(" ", ""))), unit)


def plain(low: str, start: int, end: int, found: re.Match[str] | None = None) -> Number:
    """A figure before nothing that is counted: a year or a number of any kind."""
    if low.startswith(" tr", end) and (of_all := _IN_ALL.match(low, end)) is not None:
        return _of_all(low, start, end, of_all)
    digits = low[start:end]
    if not digits.isdecimal():
        return _dotted(low, start, end) or Number("other", start, end, end, figure_value(digits))
    value = float(digits)
    if end - start == 4 and 1900 <= value <= 2100:
        return Number("year", start, end, end, value)
    return _days(low, start, end) or Number("other", start, end, end, value)


def _of_all(low: str, start: int, end: int, of_all: re.Match[str]) -> Number:
    """`12 trên tổng số 16 công trình`."""
    close = of_all.end()
    number = Number("amount", start, close, close, figure_value(low[start:end]), None, figure_value(of_all.group(1)))
    return with_unit(low, number, unit_after(low, close))


def _days(low: str, start: int, end: int) -> Number | None:
    """`ngày 26, 27/10`: the first of two days."""
    if end - start > 2 or not low.endswith("ngày ", 0, start):
        return None
    return dates.two_days(low, start)


def _dotted(low: str, start: int, end: int) -> Number | None:
    """`sáng 21.4`, `tháng 12.2025`."""
    stop = low.find(".", start, start + 3)
    if stop < 0 or end - start > 7:
        return None
    if end - stop == 5 and low.endswith("tháng ", 0, start):
        return month_of(low, start, stop, float(low[start:stop]))
    return dates.dated(low, start, end) if end - stop < 4 else None


def _month(low: str, start: int, end: int) -> Number | None:
    return dates.in_words(low, start)


def _year(low: str, start: int, end: int) -> Number | None:
    """`tháng 3 năm 2023` is a month and `quý 4 năm 2018` a quarter, not three and four years."""
    if not low.endswith(("tháng ", "quý "), max(0, start - 6), start):
        return None
    value = figure_value(low[start:end])
    month = month_of(low, start, end, value) if low[start - 2] == "g" else None
    return month or Number("other", start, end, end, value)


def _weekday(low: str, start: int, end: int) -> Number | None:
    """`thứ 2 ngày 6 tháng 2` begins with no two days."""
    return Number("other", start, end, end) if low.endswith("thứ ", 0, start) else None


def _code(low: str, start: int) -> Number | None:
    if _CODE_START.match(low, start) is None:
        return None
    code = _CODE.match(low, start)
    return Number("code", start, code.end(), code.end()) if code else None


def _ratio(low: str, start: int) -> Number | None:
    """`21/15`, `643/1.200 hộ`; `6/2023` is a month, `14,20/00` per mille."""
    ratio = _RATIO.match(low, start)
    if ratio is None:
        return None
    typed = _PER_MILLE.match(low, start) if low.startswith("/00", ratio.end(1)) else None
    if typed is not None:
        end = typed.end()
        return Number("amount", start, end, end, figure_value(typed.group(1)), None, None, "‰", "percent", end)
    end = ratio.end()
    value, planned = figure_value(ratio.group(1)), figure_value(ratio.group(2))
    unit = unit_after(low, end)
    if unit is None or unit.row.kind == "skip" or low.endswith("tháng ", 0, start):
        month = None if low.endswith(("số ", "quý "), 0, start) else month_of(low, start, ratio.end(1), value)
        if month is not None:
            return month
    return with_unit(low, Number("amount", start, end, end, value, None, planned), unit)


def _range(low: str, start: int, end: int) -> Number | None:
    """`18-19%`, `8 đến 10 tuyến`, `18% - 19%`."""
    span = _RANGE.match(low, end) or _RANGE_WITH_UNIT.match(low, end)
    if span is None:
        return None
    if end - start == 4 and start > 1 and low[start - 1] in "-/" and low[start - 2].isdecimal():
        return None  # `quý 3-2025 đến 3.000 cán bộ`: a year
    value, top = figure_value(low[start:end]), figure_value(span.group(1))
    unit = unit_after(low, span.end()) if top > value else None
    if unit is None or unit.row.kind == "skip":
        return None
    number = Number("amount", start, span.end(), span.end(), value, top)
    number.tight = "-" in span.group()
    return with_unit(low, number, unit)


def with_unit(low: str, number: Number, unit: Unit | None) -> Number:
    """The number with what follows its figures."""
    if unit is None:
        return number
    row, number.end = unit.row, unit.end
    number.unit, number.unit_kind, number.unit_start = row.word, row.kind, unit.start
    if row.kind == "skip":
        return _lasting(low, number, row)
    if unit.times != 1.0:
        _scale(number, unit)
    _more(low, number)
    return number


def _lasting(low: str, number: Number, row: Row) -> Number:
    """What is no fact by itself: a stretch of time (`2 năm rưỡi`), or nothing that is counted."""
    number.kind = "duration" if row.lasts else "other"
    half = HALF.match(low, number.end) if row.lasts else None
    if half is not None:
        number.value, number.end = (number.value or 0.0) + 0.5, half.end()
    return number


def _scale(number: Number, unit: Unit) -> None:
    number.scaled = times = unit.times
    number.value = _times((number.value or 0.0) + 0.5 * unit.half, times)
    if number.high is not None:
        number.high = _times(number.high, times)
    if number.planned is not None:
        number.planned = _times(number.planned, times)


def _more(low: str, number: Number) -> None:
    """`mỗi năm`, `/người/năm`; `trên tổng số 843 việc`; `ha/hộ`."""
    end = number.end
    if low[end : end + 1] != "/" and low[end : end + 2] not in _MORE_HEADS:
        return
    per = _PER_YEAR.match(low, end)
    if per is not None:
        number.per_year, number.end = True, per.end()
        return
    if number.unit_kind == "count":
        whole = _OF_ALL.match(low, end) if number.planned is None else None
        if whole is not None:
            number.planned = figure_value(whole.group(1))
    elif number.unit_kind != "money" and (other := _OF_ANOTHER.match(low, end)):
        number.end = other.end()


def _times(value: float, times: float) -> float:
    exact = value * times
    whole = round(exact)  # 16,4 nghìn tỷ is 16400000000000, whatever binary fractions say
    return float(whole) if abs(exact - whole) <= 1e-9 * abs(exact) else exact


def month_of(low: str, start: int, end: int, value: float) -> Number | None:
    """A month with the year behind it: `6 năm 2023`, `6/2023`."""
    year = _OF_YEAR.match(low, end) if 1 <= value <= 12 else None
    if year is None:
        return None
    close = end if year.group(1) else year.end()  # a year with its noun is told by itself too
    return Number("other", start, year.end(), close, value, iso=f"{year.group(1) or year.group(2)}-M{int(value):02}")


READERS: dict[str | None, Reader] = {
    None: plain, "percent": _percent, "unit": _counted, "more": _counted_of, "scale": _scaled, "slash": _slashed,
    "dash": _dashed, "apart": _apart, "glued": _glued,
}  # fmt: skip
_BY_WORD = {"tháng": _month, "năm": _year, "ngày": _weekday, "giờ": dates.clock}
