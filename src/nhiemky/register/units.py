"""Units of measure: their kind and scale, so that a percentage is never set beside a sum of money. Money is in đồng."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from nhiemky.register.folding import fold

Kind = Literal["percent", "money", "count", "area", "length", "weight", "none"]

_MONEY = {"dong": 1, "nghin dong": 10**3, "trieu dong": 10**6, "ty dong": 10**9, "trieu d": 10**6, "ty d": 10**9}
_NAMES: dict[Kind, tuple[str, str]] = {
    "percent": ("tỷ lệ phần trăm", "a percentage"),
    "money": ("số tiền", "a sum of money"),
    "count": ("số đếm", "a count"),
    "area": ("diện tích", "an area"),
    "length": ("độ dài", "a length"),
    "weight": ("khối lượng", "a weight"),
    "none": ("không có đơn vị", "without a unit"),
}
_OTHER: dict[str, Kind] = {
    **dict.fromkeys(("ha", "m2", "km2"), "area"),
    **dict.fromkeys(("km", "m"), "length"),
    **dict.fromkeys(("tan", "ta", "kg"), "weight"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` brings a figure to `name`; `per` is what follows a stroke ("người/năm")."""

    name: str
    kind: Kind
    factor: int = 1
    per: str = ""

    @property
    def label(self) -> str:
        return _NAMES[self.kind][0]

    @property
    def english(self) -> str:
        return _NAMES[self.kind][1]


@lru_cache(maxsize=1 << 12)
def parse_unit(text: str) -> Unit:
    """`tỷ đồng` → đồng × 10⁹; `%`, `điểm %`, `‰` → percent; any noun → a count of it."""
    clean = " ".join(text.split())
    head, _, per = clean.partition("/")
    folded = fold(head)
    if not clean:
        return Unit("", "none")
    if "%" in head or "‰" in head or folded in ("phan tram", "diem phan tram", "diem"):
        return Unit(clean, "percent")
    if folded in _MONEY:
        return Unit("đồng" + (f"/{per}" if per else ""), "money", _MONEY[folded], fold(per))
    return Unit(clean, _OTHER.get(folded, "count"), 1, fold(per))


def agree(one: str, other: str) -> bool:
    """Whether figures in the two units may stand in one row; an unknown unit agrees with any."""
    first, second = parse_unit(one), parse_unit(other)
    if "none" in (first.kind, second.kind):
        return True
    if first.kind != second.kind:
        return False
    return first.kind != "percent" or ("‰" in one) == ("‰" in other)


def closeness(one: str, other: str) -> float:
    """1 same unit, 0.8 unknown or another noun of the same kind, 0 another kind."""
    if not agree(one, other):
        return 0.0
    return 1.0 if _noun(one) == _noun(other) else 0.8


def _noun(unit: str) -> str:
    """`đảng viên mới` counts đảng viên."""
    return fold(parse_unit(unit).name).removesuffix(" moi")


def to_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """The figure and unit as the register keeps them: 31,2 tỷ đồng → 31200000000 đồng."""
    parsed = parse_unit(unit)
    return value * parsed.factor, parsed.name
