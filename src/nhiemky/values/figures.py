"""Figures as Vietnamese officials write and type them: 1.234.567,8 · 49 tỷ đồng · 91,8% · 27/03/2023 · ≥ 94,5%.

Pure text; assess, register, desk and report all speak through these, so that a figure looks the same everywhere.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from nhiemky.values.kinds import Direction
from nhiemky.values.language import Unreadable

Number = Decimal | float | int

_TYPED = re.compile(r"([-+−]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")
_UNITS = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_POINTS = ("%", "‰")


def exact(value: Number) -> Decimal:
    """The decimal a person would write: float noise beyond ten decimals is dropped, half goes up."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) else _exact_float(value)


def as_float(value: Number | None) -> float | None:
    """For records that hold plain numbers; unknown stays unknown."""
    return None if value is None else float(value)


@lru_cache(maxsize=1 << 14)
def _exact_float(value: float) -> Decimal:
    number = Decimal(repr(value))
    if number.is_finite() and int(number.as_tuple().exponent) < -10:
        number = number.quantize(Decimal("1e-10"), ROUND_HALF_UP) if abs(number) < 10**15 else number
    return number.normalize() if number.is_finite() and number == 0 else number


@lru_cache(maxsize=1 << 14)
def decimals(value: Number) -> int:
    """How many decimals the figure is written with: 91.8 -> 1, 3.36 -> 2, 40 -> 0."""
    exponent = exact(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(value: Number, digits: int) -> Decimal:
    """Half up, as people round; never `-0`."""
    number = exact(value)
    if not number.is_finite() or number.adjusted() + digits > 24:
        return number
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def figure(value: Number, digits: int | None = None) -> str:
    """`1.234.567,8`: dot between thousands, comma before decimals. Without digits: all there are."""
    number = exact(value)
    if not number.is_finite():
        return "không rõ"
    number = number.normalize() if digits is None else rounded(number, digits)
    return f"{number + 0:,f}".translate(str.maketrans(",.", ".,"))


def figure_english(value: Number, digits: int | None = None) -> str:
    """The same figure in English: `1,234,567.8`."""
    number = exact(value)
    return figure(value, digits).translate(str.maketrans(",.", ".,")) if number.is_finite() else "unknown"


def money(dong: Number) -> str:
    """`49 tỷ 687 triệu đồng`: exact, to the last đồng; ValueError for what is not a number."""
    number = exact(dong)
    if not number.is_finite():
        raise ValueError(f"số tiền: gặp {dong!r}, cần một số đồng")
    whole, words = int(abs(number)), []
    part = abs(number) - whole if number.adjusted() < 20 else Decimal(0)
    for size, name in _UNITS:
        count, whole = divmod(whole, size)
        if count:
            words.append(f"{figure(count)} {name}")
    if whole or part or not words:
        words.append(figure(whole + part))
    return f"{'-' if number < 0 else ''}{' '.join(words)} đồng"


def money_scale(unit: str, values: Iterable[Number]) -> tuple[int, str]:
    """What figures in a unit of đồng are told in, by the biggest: `(10**9, "tỷ")`; anything else `(1, "")`."""
    biggest = max((abs(exact(value)) for value in values), default=Decimal(0)) if unit.startswith("đồng") else 0
    return next(((size, name) for size, name in _UNITS[:2] if biggest >= size), (1, ""))


def with_unit(value: Number, unit: str, digits: int | None = None) -> str:
    """`91,8%` (no blank before % and ‰), `314 đảng viên`; plain đồng is written as money."""
    unit = unit.strip()
    if unit == "đồng" and digits is None and exact(value).is_finite():
        return money(value)
    gap = "" if not unit or unit.startswith(_POINTS) else " "
    return f"{figure(value, digits)}{gap}{unit}"


def day(on: date) -> str:
    """`27/03/2023`."""
    return f"{on.day:02d}/{on.month:02d}/{on.year:04d}"


def roman(number: int) -> str:
    """12 → `XII`, as congresses, quarters and fields are counted."""
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said


def field_title(field: str) -> str:
    """`II. Văn hóa – xã hội` → `Văn hóa – xã hội`: papers and sheets number their own headings."""
    head, dot, tail = field.partition(".")
    return tail.strip() if dot and head.strip() and set(head.strip()) <= set("IVXLC0123456789") else field.strip()


def iso_day(text: str) -> str:
    """`2023-09-30` → `30/09/2023`, `2023-09` → `09/2023`; a year, and what is no ISO date, as it stands."""
    return "/".join(reversed(text.split("-"))) if _ISO.fullmatch(text) else text


def parse_day(text: str) -> date:
    """A day as typed: `30/06/2023`, or `2023-06-30`. Unreadable says what was found and expected."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a plain day, no clock
    raise Unreadable(
        f"ngày: gặp “{text}”, cần một ngày có thật, dạng 30/06/2023",
        f"day: found “{text}”, expected a real day like 30/06/2023",
    )


def parse_figure(text: str) -> Decimal:
    """A figure as typed: `1.234,5`, `1.500` (thousands), `91,8`. Unreadable says what was found and expected."""
    typed = text.strip()
    found = _TYPED.fullmatch(typed)
    if found and not (found[2].startswith("0") and "." in found[2]):
        sign = "-" if found[1] in ("-", "−") else ""
        whole = found[2].replace(".", "")
        return Decimal(f"{sign}{whole}.{found[3]}" if found[3] else f"{sign}{whole}")
    if not typed:
        raise Unreadable(
            "số: chưa nhập gì, cần một số như 1.234,5", "figure: nothing was entered, expected one like 1.234,5"
        )
    if re.fullmatch(r"[-+−]?\d+\.\d+", typed):
        comma = typed.replace(".", ",")
        raise Unreadable(
            f"số: gặp {text!r}; dấu chấm chỉ ngăn hàng nghìn (1.500 = một nghìn rưỡi), phần lẻ viết dấu phẩy: {comma}",
            f"figure: found {text!r}; dots only part thousands (1.500 is fifteen hundred), decimals a comma: {comma}",
        )
    raise Unreadable(
        f"số: gặp {text!r}, cần một số như 1.234,5 (dấu chấm ngăn hàng nghìn, dấu phẩy trước phần lẻ)",
        f"figure: found {text!r}, expected one like 1.234,5 (dots between thousands, a comma before decimals)",
    )


def goal_text(direction: str, low: Number | None, high: Number | None, unit: str, *, yearly: bool = False) -> str:
    """`≥ 94,5%`, `18–19%/năm`, `không còn`, `giảm ≥ 1,41 điểm`: the goal as annexes write it; else `—`.

    `yearly` adds `/năm` where the unit does not say it already.
    """
    if yearly and "/năm" not in unit:
        unit = f"{unit}/năm"
    at_least, at_most = _first(low, high), _first(high, low)
    match Direction(direction):
        case Direction.ZERO:
            return "không còn"
        case Direction.RANGE if low is not None and high is not None:
            return f"{figure(low)}–{with_unit(high, unit)}"
        case Direction.INCREASE:
            return "tăng" if at_least is None else f"tăng ≥ {with_unit(at_least, unit)}"
        case Direction.DECREASE:
            return "giảm" if at_least is None else f"giảm ≥ {with_unit(at_least, unit)}"
        case Direction.AT_MOST if at_most is not None:
            return f"≤ {with_unit(at_most, unit)}"
        case Direction.EQUAL if at_least is not None:
            return with_unit(at_least, unit)
        case _ if at_least is not None:
            return f"≥ {with_unit(at_least, unit)}"
    return "—"


def _first(one: Number | None, other: Number | None) -> Number | None:
    return other if one is None else one
