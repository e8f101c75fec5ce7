"""What a goal asks: the bounds that count as reached, and the path to them on any day. Used by rules and `track`."""

from dataclasses import dataclass
from typing import Literal

from nhiemky.assess.target.facts import Goal
from nhiemky.values.figures import decimals
from nhiemky.values.kinds import Direction, PeriodMeaning
from nhiemky.values.period import year_fraction

Reach = Literal["beyond", "inside", "short"]
Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Aim:
    """The levels that count as reached: low..high, open where None. `better` is +1, -1 or 0 (no side is better).

    `strict`: the bound itself is not enough (a bare "tăng", "giảm").
    """

    low: float | None
    high: float | None
    better: int
    strict: bool = False
    zero: bool = False

    def reach(self, value: float) -> Reach:
        """Exactly, without rounding: 94,46 does not reach 94,5."""
        low, high = self.low, self.high
        if low is not None and (value < low - _eps(low) or (self.strict and value <= low + _eps(low))):
            return "beyond" if self.better < 0 and high is not None else "short"
        if high is not None and (value > high + _eps(high) or (self.strict and value >= high - _eps(high))):
            return "beyond" if self.better > 0 and low is not None else "short"
        if self.zero or self.strict:
            return "inside"
        if high is None and low is not None and value > low + _eps(low):
            return "beyond"
        return "beyond" if low is None and high is not None and value < high - _eps(high) else "inside"

    def mark(self, start: float | None) -> float | None:
        """The level a path goes to: the near end of a range, the bound otherwise."""
        if self.low is None or self.high is None:
            return self.high if self.low is None else self.low
        if start is None:
            return self.high if self.better < 0 else self.low
        return min(max(start, self.low), self.high)


def aim_of(goal: Goal, base: float | None = None) -> Aim | None:
    """None when the goal has no figure to aim at, or a change has no level to start from (`base`)."""
    low, high = goal.low, goal.high
    one = high if low is None else low
    side = {"up": 1, "down": -1}.get(goal.polarity or "", 0)
    match goal.direction:
        case Direction.ZERO:
            return Aim(None, 0.0, -1, zero=True)
        case Direction.INCREASE:
            return None if base is None else Aim(base + (one or 0.0), None, 1, strict=not one)
        case Direction.DECREASE:
            return None if base is None else Aim(None, base - (one or 0.0), -1, strict=not one)
        case Direction.AT_LEAST:
            return None if one is None else Aim(one, None, 1)
        case Direction.AT_MOST:
            top = low if high is None else high
            return None if top is None else Aim(None, top, -1)
        case Direction.EQUAL:
            return None if one is None else Aim(one, one, side)
        case Direction.RANGE:
            return None if low is None or high is None or low > high else Aim(low, high, side)


def knots_of(goal: Goal, aim: Aim) -> Knots | None:
    """The path by the deadline as (time, level): baseline, the given years, the goal. None when it has no start."""
    end, start = year_fraction(goal.deadline), start_of(goal)
    mark = aim.mark(goal.baseline)
    if mark is None:
        return None
    if goal.baseline is not None and aim.reach(goal.baseline) != "short" and not goal.path:
        return ((start, mark), (end, mark))  # already there: the path is to stay, never to slide back
    given = [(year + 1.0, value) for year, value in goal.path if start < year + 1.0 < end]
    first = [] if goal.baseline is None else [(start, goal.baseline)]
    if not first and not given:
        return None
    return (*first, *given, (end, mark))


def start_of(goal: Goal) -> float:
    """Where the path starts: the end of the baseline's year, else the start of the term."""
    term_start = goal.term.start_year + 1.0
    if goal.baseline_year is None or goal.baseline_year + 1.0 >= year_fraction(goal.deadline):
        return term_start
    return goal.baseline_year + 1.0


def level_at(knots: Knots, when: float, *, steps: bool = False) -> float | None:
    """The level the path asks at that time; held at its ends, None before its start. Steps are not interpolated."""
    if when < knots[0][0] - 1e-9:
        return None
    before = knots[0]
    for knot in knots[1:]:
        if when < knot[0] - 1e-9:
            if steps:
                return before[1]
            return before[1] + (knot[1] - before[1]) * (when - before[0]) / (knot[0] - before[0])
        before = knot
    return before[1]


def tolerance(*figures: float | None) -> float:
    """Half of the last digit the figures are told with: a rounded figure is not behind a path it may lie on."""
    seen = [value for value in figures if value is not None]
    digits = max((decimals(value) for value in seen), default=0)
    noise = 1e-9 * max((abs(value) for value in seen), default=1.0) + 1e-12
    return noise if digits > 4 else 0.5 * 10.0**-digits + noise


def accumulates(goal: Goal) -> bool:
    """Whether a year's figure grows through the year (admissions), unlike a level or a rate (a share of families)."""
    if goal.meaning is PeriodMeaning.AGAINST_PLAN:
        return goal.nature not in ("stock", "status")
    if goal.nature is not None:
        return goal.nature == "flow"
    if goal.unit.strip().startswith(("%", "‰")) or goal.step_like:
        return False
    return goal.direction in (Direction.AT_LEAST, Direction.EQUAL, Direction.RANGE)


def _eps(bound: float) -> float:
    return 1e-9 * max(1.0, abs(bound))
