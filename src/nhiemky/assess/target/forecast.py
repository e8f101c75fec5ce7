"""Results so far -> the level at the term's end, by the method that a backtest on the series itself favours.

Called by the judge when somebody asks for a forecast. Plain arithmetic: the same results give the same answer.
Figures of this module were set on made-up series (`python -m benchmarks.forecast`); see docs/decisions/0006.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from nhiemky.values.figures import decimals

Method = Literal["last", "linear", "mean", "damped", "seasonal"]
Kind = Literal["level", "share", "yearly", "sum"]
Rows = tuple[tuple[float, float], ...]

LEAST_POINTS = 3
# Student's t for an 80% interval (0.9 quantile), by degrees of freedom 1..10; beyond, the tenth serves.
_T80 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
_NEW = 0.9  # how far the level follows a new figure
_TURN = 0.3  # how far the trend follows a new step
_DAMP = 0.7  # what is left of a trend after a year
_LOG_DAMP = math.log(_DAMP)
_FADE = 0.3  # weight of a pace a year old, where sums lean on recent periods
_MEAN_OF = 3  # years


@dataclass(frozen=True)
class Course:
    """How a kind of series is usually told ahead: what each method is expected to err by before there is evidence (in
    mean steps of the series, the order is from the simplest on), how errors grow with the horizon, the usual spread."""

    usual: tuple[tuple[Method, float], ...]
    weight: float
    growth: float
    spread: float
    spread_weight: float = 3.0


_COURSES: dict[Kind, Course] = {
    "level": Course((("last", 1.0), ("linear", 1.0), ("damped", 2.0)), 4.0, 0.95, 0.56),
    "share": Course((("last", 0.85), ("linear", 2.0), ("damped", 0.8)), 4.0, 0.95, 0.18),
    "yearly": Course((("last", 1.0), ("mean", 1.0), ("linear", 1.8), ("damped", 1.8)), 4.0, 0.8, 0.75),
    "sum": Course((("last", 0.58), ("linear", 0.57), ("damped", 0.3)), 4.0, 0.98, 0.35),
}


@dataclass(frozen=True)
class Ahead:
    """The chosen method and what the backtest said: mean error of it and of the best other one, in the series' unit."""

    method: Method
    at: Callable[[float], tuple[float, float, float]]
    error: float
    rival: Method
    rival_error: float
    tried: int


def ahead(rows: Rows, kind: Kind) -> Ahead:
    """Needs two rows or more at different times; `at(time)` gives low, mid and high of an 80% range."""
    course = _COURSES[kind]
    states = [_State.of(rows, number + 1, kind) for number in range(1, len(rows))]
    errors = _backtest(rows, states, course)
    step = (rows[-1][0] - rows[0][0]) / (len(rows) - 1)
    unit = _last_digit(rows)
    usual = max(_usual_step(rows, kind), unit) / step**course.growth
    best = _exact(rows, errors, step, unit) or _least(errors, course, usual)
    means = {method: math.fsum(e for e, _ in found) / len(found) if found else 0.0 for method, found in errors.items()}
    rival = min((method for method in means if method != best), key=lambda method: means[method])
    spread, t80 = _spread(errors[best], course, usual, len(rows))
    final = states[-1]

    def at(when: float) -> tuple[float, float, float]:
        h = when - rows[-1][0]
        mid, half = final.ahead(best, h), t80 * spread * max(h, 0.0) ** course.growth
        return mid - half, mid, mid + half

    return Ahead(best, at, means[best], rival, means[rival], len(errors[best]))


@dataclass(frozen=True)
class _State:
    """What is known at one origin: last value, level and trend that follow it, least-squares slope, mean, paces."""

    last: float
    level: float
    trend: float
    slope: float
    mean: float
    pace: float | None = None

    @classmethod
    def of(cls, rows: Rows, known: int, kind: Kind) -> "_State":
        seen = rows[:known]
        last = seen[-1][1]
        mean = math.fsum(value for _, value in seen[-_MEAN_OF:]) / len(seen[-_MEAN_OF:])
        if kind == "sum":
            first, latest = seen[0], seen[-2]
            slope = (last - first[1]) / (seen[-1][0] - first[0])
            pace = (last - latest[1]) / (seen[-1][0] - latest[0])
            return cls(last, last, _recent(seen), slope, mean, pace)
        level, trend = _followed(seen)
        return cls(last, level, trend, _slope(seen), mean)

    def ahead(self, method: Method, h: float) -> float:
        if self.pace is not None:  # a sum goes on by some pace; it is never expected to stand still
            return self.last + h * {"last": self.pace, "linear": self.slope}.get(method, self.trend)
        if method == "linear":
            return self.last + self.slope * h
        if method == "damped":
            return self.level + self.trend * _damped(h)
        return self.mean if method == "mean" else self.last


def _damped(h: float) -> float:
    """How many years' worth of a trend are still to come in h years, when a share of it is lost each year."""
    return (1.0 - math.exp(h * _LOG_DAMP)) / -_LOG_DAMP


def _followed(rows: Rows) -> tuple[float, float]:
    (time, level), (second, value) = rows[0], rows[1]
    trend, level, time = (value - level) / (second - time), value, second
    for when, value in rows[2:]:
        step = when - time
        expected = level + trend * _damped(step)
        new = expected + _NEW * (value - expected)
        trend = (1 - _TURN) * trend * _DAMP**step + _TURN * (new - level) / step
        level, time = new, when
    return level, trend


def _slope(rows: Rows) -> float:
    mid = math.fsum(t for t, _ in rows) / len(rows)
    mean = math.fsum(v for _, v in rows) / len(rows)
    square = math.fsum((t - mid) ** 2 for t, _ in rows)
    return math.fsum((t - mid) * (v - mean) for t, v in rows) / square


def _recent(rows: Rows) -> float:
    """The pace of a sum, where a period counts the less the longer ago it ended."""
    end = rows[-1][0]
    weights = [_FADE ** (end - after[0]) for after in rows[1:]]
    steps = list(zip(weights, pairwise(rows), strict=True))
    grown = math.fsum(w * (after[1] - before[1]) for w, (before, after) in steps)
    return grown / math.fsum(w * (after[0] - before[0]) for w, (before, after) in steps)


Errors = dict[Method, list[tuple[float, float]]]


def _backtest(rows: Rows, states: list[_State], course: Course) -> Errors:
    """Rolling origin: from each result but the last, what every method would have said of all later ones."""
    errors: Errors = {method: [] for method, _ in course.usual}
    for origin, state in enumerate(states[:-1], start=1):
        for when, value in rows[origin + 1 :]:
            h = when - rows[origin][0]
            for method, found in errors.items():
                found.append((abs(value - state.ahead(method, h)), h))
    return errors


def _usual_step(rows: Rows, kind: Kind) -> float:
    steps = [after[1] - before[1] for before, after in pairwise(rows)]
    if kind == "sum":
        return abs(math.fsum(steps)) / len(steps)
    return math.fsum(map(abs, steps)) / len(steps)


def _last_digit(rows: Rows) -> float:
    """What the figures are rounded to: 0,1 of 91,8; nothing of computed figures with many digits."""
    digits = max(decimals(value) for _, value in rows)
    return 10.0**-digits if digits <= 4 else 0.0


def _exact(rows: Rows, errors: Errors, step: float, unit: float) -> Method | None:
    """The simplest method never further off than the rounding of the figures explains; of four results or more."""
    noise = 1e-9 * max(abs(value) for _, value in rows)
    for method, found in errors.items():
        if len(found) >= 3 and all(error <= 0.45 * unit * (1 + h / step) + noise for error, h in found):
            return method
    return None


def _least(errors: Errors, course: Course, usual: float) -> Method:
    """The least error a year of horizon, evidence and usual error weighed together; ties go to the simpler."""

    def score(method: Method, expected: float) -> float:
        found = errors[method]
        seen = math.fsum(error / h**course.growth for error, h in found)
        return (seen + course.weight * expected * usual) / (len(found) + course.weight)

    return min(course.usual, key=lambda row: score(*row))[0]


def _spread(found: list[tuple[float, float]], course: Course, usual: float, points: int) -> tuple[float, float]:
    """The errors of the backtest pooled to one year's horizon with the spread that is usual for so big a step.

    Overlapping errors tell no more than one a result does; t-quantiles pay for how few there are.
    """
    free = points - 2
    square = math.fsum((error / h**course.growth) ** 2 for error, h in found) / len(found) if found else 0.0
    weight = course.spread_weight
    pooled = (free * square + weight * (course.spread * usual) ** 2) / (free + weight)
    return math.sqrt(pooled), t80(free + weight - 1)


def t80(free: float) -> float:
    """Student's t that leaves a tenth above it; between whole degrees of freedom on a straight line."""
    free = min(max(free, 1.0), float(len(_T80)))
    below = int(free)
    if below >= len(_T80):
        return _T80[-1]
    return _T80[below - 1] + (_T80[below] - _T80[below - 1]) * (free - below)
