"""A target's figures in two languages, for the sentences of a verdict. Used by every rule of this package."""

from dataclasses import dataclass

from nhiemky.assess.target.facts import Goal, Point, Reason
from nhiemky.assess.target.path import Aim, aim_of
from nhiemky.values.figures import decimals, figure, figure_english, rounded, with_unit
from nhiemky.values.kinds import Direction
from nhiemky.values.unit_names import unit_english

_MOST_DIGITS = 4


@dataclass(frozen=True)
class Words:
    """How this goal's numbers are said: levels with their unit, gaps in points where the unit is a percentage."""

    unit: str
    digits: int
    status: bool = False

    def vi(self, value: float) -> str:
        if self.status and value in (0, 1):
            return "đạt" if value else "chưa đạt"
        return with_unit(self._trim(value), self.unit)

    def en(self, value: float) -> str:
        if self.status and value in (0, 1):
            return "reached" if value else "not reached"
        return f"{figure_english(self._trim(value))}{_glue(self.unit)}{unit_english(self.unit)}"

    def range_vi(self, low: float, high: float) -> str:
        """`18–19%/năm`."""
        return f"{figure(self._trim(low))}–{self.vi(high)}"

    def range_en(self, low: float, high: float) -> str:
        return f"{figure_english(self._trim(low))}–{self.en(high)}"

    def near_vi(self, value: float) -> str:
        """A computed level, rounded to the digits the figures are told with."""
        return with_unit(rounded(value, self.digits), self.unit)

    def near_en(self, value: float) -> str:
        return f"{figure_english(rounded(value, self.digits))}{_glue(self.unit)}{unit_english(self.unit)}"

    def gap_vi(self, value: float, more: int = 0) -> str:
        return f"{figure(rounded(abs(value), self.digits + more))} {self._gap_unit('điểm')}".rstrip()

    def gap_en(self, value: float, more: int = 0) -> str:
        number = figure_english(rounded(abs(value), self.digits + more))
        unit = self._gap_unit("points")
        return f"{number} {unit.removesuffix('s') if number == '1' else unit}".rstrip()

    def distance(self, value: float, expected: float) -> float:
        """The gap between two levels as printed, so that a reader's subtraction comes out."""
        return float(abs(rounded(value, self.digits) - rounded(expected, self.digits)))

    def _trim(self, value: float) -> float:
        return float(rounded(value, _MOST_DIGITS)) if decimals(value) > _MOST_DIGITS else value

    def _gap_unit(self, points: str) -> str:
        if self.unit.startswith(("%", "‰")):
            return points if self.unit.startswith("%") else f"{points} ‰"
        bare = self.unit.removesuffix("/năm")
        return unit_english(bare) if points == "points" else bare


def words(goal: Goal, *values: float | None) -> Words:
    """Digits: as many as the goal, its baseline and the given values are written with, four at most.

    A goal of 1 without a unit is a status: its levels are said as `đạt` and `chưa đạt`.
    """
    seen = [value for value in (goal.low, goal.high, goal.baseline, *values) if value is not None]
    digits = max((decimals(value) for value in seen), default=0)
    unit = goal.unit.strip()
    status = unit in ("", "đạt") and 1.0 in (goal.low, goal.high)
    return Words("" if status else unit, digits if digits <= _MOST_DIGITS else 2, status)


def bound_words(say: Words, aim: Aim) -> tuple[str, str]:
    """What the goal asks in both languages: `≥ 94,5%`, `18–19%/năm`, `không còn`, `trên 80 hộ` for a bare rise."""
    low, high = aim.low, aim.high
    if aim.zero:
        return "không còn", "none left"
    if low is not None and high is not None and low != high:
        return say.range_vi(low, high), say.range_en(low, high)
    one = (high if low is None else low) or 0.0
    if aim.strict:
        over = ("trên", "above") if high is None else ("dưới", "below")
        return f"{over[0]} {say.vi(one)}", f"{over[1]} {say.en(one)}"
    sign = "" if low == high or say.status else "≥ " if high is None else "≤ "
    return f"{sign}{say.vi(one)}", f"{sign}{say.en(one)}"


def goal_words(goal: Goal) -> tuple[str, str]:
    """What the goal asks, where no level is known to start from: `≥ 94,5%`, `không còn`, `giảm ≥ 1,4 điểm`, `tăng`."""
    say, amount = words(goal), goal.high if goal.low is None else goal.low
    if goal.direction in (Direction.INCREASE, Direction.DECREASE):
        vi, en = ("tăng", "a rise") if goal.direction is Direction.INCREASE else ("giảm", "a fall")
        return (f"{vi} ≥ {say.gap_vi(amount)}", f"{en} of ≥ {say.gap_en(amount)}") if amount else (vi, en)
    aim = aim_of(goal)
    return bound_words(say, aim) if aim else ("chưa nêu mức", "no level given")


def told(point: Point) -> tuple[str, str]:
    """`Ước ` / `Estimated: ` before an estimate, nothing before an official figure."""
    return ("Ước ", "Estimated: ") if point.is_estimate else ("", "")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def reason(vi: str, en: str, **numbers: float | None) -> Reason:
    kept = tuple((name, value) for name, value in numbers.items() if value is not None)
    return Reason(capital(vi), capital(en), kept)


def _glue(unit: str) -> str:
    return "" if not unit or unit.startswith(("%", "‰")) else " "
