"""What a verdict was made of, as plain data, and back: a frozen review can be judged again from what it holds.

The judge tells it (`Verdict.inputs`); the register's packs keep it and restore it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nhiemky.assess.target.facts import Change, Goal, Part, Point
from nhiemky.values.period import Period, Term

_ALWAYS = ("direction", "low", "high", "unit", "baseline", "baseline_year", "meaning", "step_like", "polarity")
_SOMETIMES = ("state", "state_reason", "nature")  # told where they are not as in most goals


def plain(goal: Goal, points: tuple[Point, ...]) -> dict[str, Any]:
    """JSON values only; points are told in one order, whatever order they came in."""
    rows = sorted((_point(point) for point in points), key=repr)  # by text: not-a-number has no order of its own
    return {"goal": _goal(goal), "points": rows}


def restored(told: Mapping[str, Any]) -> tuple[Goal, tuple[Point, ...]]:
    """The goal and the points that `plain` told; a point's `ref` comes back as text."""
    return _goal_again(told["goal"]), tuple(_point_again(row) for row in told["points"])


def _goal(goal: Goal) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(goal, name) for name in _ALWAYS}
    told |= {"direction": str(goal.direction), "meaning": str(goal.meaning)}
    told |= {"term": str(goal.term), "deadline": goal.deadline.isoformat(), "path": [list(row) for row in goal.path]}
    usual = {"state": "active", "state_reason": "", "nature": None}
    told |= {name: getattr(goal, name) for name in _SOMETIMES if getattr(goal, name) != usual[name]}
    if goal.plan:
        told["plan"] = [list(row) for row in goal.plan]
    if goal.parts:
        told["parts"] = [_part(part) for part in goal.parts]
    if goal.changes:
        told["changes"] = [[one.on.isoformat(), one.why, _goal(one.former)] for one in goal.changes]
    return told


def _goal_again(told: Mapping[str, Any]) -> Goal:
    rows = {name: tuple((year, value) for year, value in told.get(name, ())) for name in ("path", "plan")}
    known: dict[str, Any] = {name: told[name] for name in (*_ALWAYS, *_SOMETIMES) if name in told}
    return Goal(
        **(known | rows),
        term=Term.parse(told["term"]),
        deadline=date.fromisoformat(told["deadline"]),
        parts=tuple(map(_part_again, told.get("parts", ()))),
        changes=tuple(
            Change(date.fromisoformat(on), why, _goal_again(former)) for on, why, former in told.get("changes", ())
        ),
    )


def _part(part: Part) -> list[Any]:
    return [part.name, part.value, part.baseline, *([_goal(part.goal)] if part.goal else [])]


def _part_again(row: list[Any]) -> Part:
    name, value, baseline, *goal = row
    return Part(name, value, baseline, _goal_again(goal[0]) if goal else None)


def _point(point: Point) -> list[Any]:
    told = [str(point.period), point.value, str(point.kind), point.as_of.isoformat(), str(point.ref), point.planned]
    told += [point.running_total, point.ratio, point.unit]
    return [*told, [_part(part) for part in point.parts]] if point.parts else told


def _point_again(row: list[Any]) -> Point:
    period, value, kind, as_of, ref, planned, running, ratio, unit, *parts = row
    shares = tuple(map(_part_again, parts[0])) if parts else ()
    return Point(
        Period.parse(period), value, kind, date.fromisoformat(as_of), ref, planned, ratio, unit, running, shares
    )
