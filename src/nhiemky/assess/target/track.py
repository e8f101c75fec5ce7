"""A goal and its results -> plain numbers to draw: path, results, missing years, on a time axis of years.

Called by desk and report, which hand the numbers to charts (2021.0 is the end of 31/12/2020).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhiemky.assess.target.cumulative import add_up, expected_sum, running_sums, sum_mark
from nhiemky.assess.target.facts import Goal, Point
from nhiemky.assess.target.judge import ready
from nhiemky.assess.target.path import accumulates, aim_of, knots_of, start_of
from nhiemky.assess.target.plan import shares_of_plan
from nhiemky.assess.target.series import by_year, usable, whole_years
from nhiemky.values.kinds import PeriodMeaning
from nhiemky.values.period import year_fraction

_YEARLY = (
    PeriodMeaning.EACH_YEAR,
    PeriodMeaning.MAINTAIN,
    PeriodMeaning.AGAINST_PLAN,
    PeriodMeaning.YEARLY_AVERAGE,
)
Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Track:
    """`path` and `results` are (time, level); `estimates` the times of results that are estimates.

    `low`, `high`: the goal as line or band. `missing`: finished years without a figure. A known baseline stands first
    in results. `running`: what a year under way has brought, where that cannot be compared with whole years.
    """

    start: float
    end: float
    path: Line
    results: Line
    estimates: tuple[float, ...]
    low: float | None
    high: float | None
    missing: tuple[int, ...]
    steps: bool
    running: Line = ()


def track(goal: Goal, points: Iterable[Point], today: date) -> Track:
    """Yearly goals give one result a year (the running year's part only where it is a level), sums running totals."""
    goal = ready(goal)
    seen = usable(goal, points, today)
    aim = aim_of(goal, goal.baseline)
    start, end = min(start_of(goal), goal.term.start_year + 1.0), year_fraction(goal.deadline)
    low, high = (None, None) if aim is None else (aim.low, aim.high)
    told = {point.period.year for point in seen}
    missing = tuple(y for y in goal.term.years if date(y, 12, 31) < today and y not in told and y <= goal.deadline.year)
    path: Line = ()
    running: Line = ()
    estimates = tuple(year_fraction(point.on) for point in seen if point.is_estimate)
    if goal.meaning is PeriodMeaning.CUMULATIVE:
        total = add_up(goal, seen) if seen else None
        results = running_sums(goal, total) if total else ()
        mark = sum_mark(aim) if aim else None
        if mark is not None:
            years = (date(year, 12, 31) for year in goal.term.years)
            path = (
                (start, 0.0),
                *((year_fraction(d), expected_sum(goal, mark, d)) for d in years if d <= goal.deadline),
            )
    elif goal.meaning in _YEARLY:
        planned = goal.meaning is PeriodMeaning.AGAINST_PLAN
        adds_up = accumulates(goal) and goal.meaning is not PeriodMeaning.MAINTAIN
        figures = by_year(shares_of_plan(goal, seen) if planned else seen, adds_up=adds_up).values()
        results = tuple((year_fraction(f.latest.on), f.value) for f in figures if f.whole or not adds_up)
        running = tuple((year_fraction(f.latest.on), f.value) for f in figures if adds_up and not f.whole)
        path = () if planned else tuple((year + 1.0, value) for year, value in goal.path)
    else:
        seen, part = whole_years(goal, seen)
        running = ((year_fraction(part.on), part.value),) if part else ()
        base = () if goal.baseline is None else ((start_of(goal), goal.baseline),)
        results = (*base, *((year_fraction(p.on), p.value) for p in seen if year_fraction(p.on) > start_of(goal)))
        path = (knots_of(goal, aim) if aim else None) or ()
    return Track(start, end, path, results, estimates, low, high, missing, goal.step_like, running)
