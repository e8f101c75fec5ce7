"""What completes a target's goal from records beside it: the parts of a composition (cơ cấu), the plans that its
results tell where it is measured by an assigned plan. Called by the board."""

import math
from collections.abc import Iterable
from dataclasses import replace

from nhiemky.assess.target import Goal, Part, Point
from nhiemky.values.kinds import PeriodMeaning, ResultKind
from nhiemky.values.period import Period

Share = tuple[str, Goal, tuple[Point, ...]]  # a part's name, what it asks, its points in order


def completed(goal: Goal, points: tuple[Point, ...], shares: Iterable[Share] = ()) -> tuple[Goal, tuple[Point, ...]]:
    """The goal and the points that its verdict is to be made of."""
    if goal.meaning is PeriodMeaning.COMPOSITION:
        return composed(goal, points, shares)
    return (planned(goal, points) if goal.meaning is PeriodMeaning.AGAINST_PLAN else goal), points


def planned(goal: Goal, points: Iterable[Point]) -> Goal:
    """With the plan of each year that any of its results tells: a later figure of the year may leave it out."""
    plans = {point.period.year: point.planned for point in points if point.planned and point.unit != "%"}
    return replace(goal, plan=tuple(plans.items())) if plans else goal


def composed(goal: Goal, points: tuple[Point, ...], shares: Iterable[Share]) -> tuple[Goal, tuple[Point, ...]]:
    """The whole to be judged by its parts, where it has any told in percent; else as it is."""
    held = [one for one in shares if one[1].unit.strip() == "%" and one[1].state != "dropped"]
    parts = tuple(_part(name, asked) for name, asked, _points in held)
    if not held or None in parts:
        return goal, points
    known = tuple(part for part in parts if part is not None)
    changes = tuple(replace(one, former=replace(one.former, parts=known)) for one in goal.changes)
    return replace(goal, parts=known, changes=changes), _together(held)


def _part(name: str, asked: Goal) -> Part | None:
    """None where the part asks for no figure: the whole cannot be judged by it."""
    bound = asked.high if asked.low is None else asked.low
    return None if bound is None else Part(name, bound, asked.baseline, asked)


def _together(shares: list[Share]) -> tuple[Point, ...]:
    """The figures of one period side by side; of several for one part the last in order, which is the surest."""
    periods: dict[Period, dict[str, Point]] = {}
    for name, _asked, points in shares:
        for point in points:
            if point.kind is not ResultKind.FORECAST and not point.running_total:
                periods.setdefault(point.period, {})[name] = point
    return tuple(_point(period, told) for period, told in sorted(periods.items()))


def _point(period: Period, told: dict[str, Point]) -> Point:
    """As sure as its least sure part, known when the last of them was."""
    estimated = any(point.is_estimate for point in told.values())
    kind = ResultKind.ESTIMATE if estimated else ResultKind.OFFICIAL
    parts = tuple(Part(name, point.value) for name, point in told.items())
    total = math.fsum(part.value for part in parts)
    return Point(period, total, kind, max(point.as_of for point in told.values()), parts=parts)
