"""How the figures of one target are written: money in tỷ or triệu đồng by its goal, computed ones no finer than their
sources. The register keeps money in đồng. Used by `phrases.py` and the annex."""

from dataclasses import dataclass
from decimal import Decimal

from nhiemky.report.pack import BoardRow, Result
from nhiemky.values.figures import decimals, exact, figure, money_scale, rounded, with_unit
from nhiemky.values.kinds import Qualifier

QUALIFIERS = {str(one): f"{one.label} " for one in Qualifier}


@dataclass(frozen=True)
class Scale:
    """Figures of the register are divided by `size` to be written in `unit`."""

    size: int
    unit: str

    def bare(self, value: float | Decimal) -> str:
        return figure(exact(value) / self.size)

    def said(self, value: float | Decimal) -> str:
        """With the unit, and no line break after the number or a sign."""
        return tight(with_unit(exact(value) / self.size, self.unit))

    def near(self, value: float, seen: list[float], *, finer: int = 0, most: int = 6) -> Decimal:
        """A computed figure, rounded to the digits of the figures it comes from, or so many `finer`; `most` at most."""
        digits = max((decimals(exact(number) / self.size) for number in seen), default=0)
        return rounded(exact(value) / self.size, min(most, digits + finer)) * self.size


def scale_of(row: BoardRow) -> Scale:
    bounds = [bound for bound in (row.target.low, row.target.high) if bound is not None]
    return _scale(row.target.unit, bounds or [result.value for result in row.results])


def scale_of_result(row: BoardRow, result: Result) -> Scale:
    """The target's own, except where the result is told in another unit (a share of a plan)."""
    if not other_unit(row, result):
        return scale_of(row)
    return _scale(result.unit, [result.value])


def other_unit(row: BoardRow, result: Result) -> bool:
    return bool(result.unit) and result.unit != row.target.unit


def _scale(unit: str, values: list[float]) -> Scale:
    size, name = money_scale(unit, values)
    return Scale(size, f"{name} {unit}".strip())


def tight(text: str) -> str:
    """No line break between a sign or a number and what follows it."""
    return text.replace("≥ ", "≥\u00a0").replace("≤ ", "≤\u00a0").replace(" ", "\u00a0", 1)
