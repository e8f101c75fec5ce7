"""Results as given -> the figures a verdict may rest on: known by today, one a period, years put together once.

Used by the judge (usable) and by the rules for years and sums. No order of the points given changes an answer.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from nhiemky.assess.target.facts import Goal, Point, altered
from nhiemky.assess.target.finding import ESTIMATE_AHEAD_DAYS
from nhiemky.values.kinds import PeriodMeaning, ResultKind
from nhiemky.values.period import Period


def usable(goal: Goal, points: Iterable[Point], today: date) -> tuple[Point, ...]:
    """Results in force on `today`, by date: no forecasts, nothing from before the term, the best figure a period."""
    best: dict[tuple[int, str | None, bool], Point] = {}
    for point in points:
        if not _counts(goal, point, today):
            continue
        key = (point.period.year, point.period.part, point.running_total)
        rival = best.setdefault(key, point)
        if rival is not point and _weight(point) > _weight(rival):
            best[key] = point
    return tuple(sorted(best.values(), key=lambda point: (point.on, point.period, point.running_total)))


def contradicted(points: Iterable[Point], chosen: Iterable[Point]) -> tuple[Point, ...]:
    """Official figures told on the same day for a chosen period, yet different: somebody has to say which is right."""
    kept = {(point.period, point.running_total): point for point in chosen}
    clash = []
    for point in points:
        rival = kept.get((point.period, point.running_total))
        if (
            rival
            and point.kind is rival.kind
            and point.as_of == rival.as_of
            and math.isfinite(point.value)
            and point.value != rival.value
        ):
            clash.append(point)
    return tuple(sorted(clash, key=lambda point: (point.period, point.value)))


def first_end(goal: Goal) -> date:
    """The end of the first period in which a result could be due."""
    first_year = date(goal.term.start_year + 1, 12, 31)
    return goal.deadline if goal.step_like and not goal.path else min(first_year, goal.deadline)


@dataclass(frozen=True)
class YearFigure:
    """What is known of one year. `whole`: the year's final figure; otherwise `months` of it are in `value`."""

    year: int
    value: float
    whole: bool
    months: int
    latest: Point

    @property
    def is_estimate(self) -> bool:
        return self.latest.is_estimate


def by_year(points: Iterable[Point], *, adds_up: bool) -> dict[int, YearFigure]:
    """A figure a year: the whole year's own, else its parts added up (`adds_up`), else the latest reading in it."""
    years: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        if not point.running_total:
            years[point.period.year].append(point)
    return {year: _year(year, found, adds_up=adds_up) for year, found in sorted(years.items())}


def whole_years(goal: Goal, points: tuple[Point, ...]) -> tuple[tuple[Point, ...], Point | None]:
    """For a yearly amount with a level to reach (thu ngân sách đến năm 2025): the whole years, and the part of one.

    Half a year's revenue is no level to hold against a yearly path. Anything but a flow by a deadline stays as it is.
    """
    if goal.nature != "flow" or goal.meaning not in (PeriodMeaning.BY_DEADLINE, PeriodMeaning.AGAINST_BASELINE):
        return points, None
    figures = by_year(points, adds_up=True).values()
    whole = tuple(altered(f.latest, period=Period.parse(str(f.year)), value=f.value) for f in figures if f.whole)
    part = [altered(f.latest, value=f.value) for f in figures if not f.whole]
    return whole, part[-1] if part else None


def cover(points: Iterable[Point]) -> tuple[Point, ...]:
    """Points of one year that do not overlap and cover most months, with as few pieces as can be."""
    told = sorted(points, key=lambda point: point.period)
    if all(before.period.months[1] < after.period.months[0] for before, after in pairwise(told)):
        return tuple(told)  # as most are: nothing overlaps
    best: list[tuple[int, int, tuple[Point, ...]]] = [(0, 0, ())] * 13
    ending: dict[int, list[Point]] = defaultdict(list)
    for point in told:
        ending[point.period.months[1]].append(point)
    for month in range(1, 13):
        best[month] = best[month - 1]
        for point in ending[month]:
            first = point.period.months[0]
            done, pieces, used = best[first - 1]
            option = (done + month - first + 1, pieces - 1, (*used, point))
            if option[:2] > best[month][:2]:
                best[month] = option
    return best[12][2]


def missing_months(used: Iterable[Point], until: int) -> list[int]:
    """Months up to `until` that none of the points tells of."""
    told = {month for point in used for month in range(point.period.months[0], point.period.months[1] + 1)}
    return [month for month in range(1, until + 1) if month not in told]


def _year(year: int, found: list[Point], *, adds_up: bool) -> YearFigure:
    whole = next((point for point in found if point.period.is_year), None)
    if whole and whole.on == whole.period.end:
        return YearFigure(year, whole.value, True, 12, whole)
    if not adds_up:
        latest = max(found, key=lambda point: (point.on, point.period))
        return YearFigure(year, latest.value, latest.on == date(year, 12, 31), latest.on.month, latest)
    if whole:  # an official count of the year so far
        return YearFigure(year, whole.value, False, whole.on.month, whole)
    used = cover(found)
    latest = max(used, key=lambda point: point.period)
    months = sum(point.period.months[1] - point.period.months[0] + 1 for point in used)
    return YearFigure(year, sum(point.value for point in used), months == 12, months, latest)


def _counts(goal: Goal, point: Point, today: date) -> bool:
    if point.as_of > today or not math.isfinite(point.value) or point.period.year <= goal.term.start_year:
        return False
    if point.kind is ResultKind.OFFICIAL:
        return point.period.start <= today
    return point.kind is ResultKind.ESTIMATE and point.period.end <= today + timedelta(days=ESTIMATE_AHEAD_DAYS)


def _weight(point: Point) -> tuple[bool, date, float, str]:
    return point.kind is ResultKind.OFFICIAL, point.as_of, point.value, str(point.ref)
