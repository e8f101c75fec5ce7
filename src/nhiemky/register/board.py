"""Rows of the register → goals, points and verdicts: the board of one organisation on one day. Called by selectors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal, cast

from django.db.models import QuerySet

from nhiemky.assess.target import Goal, Point, Verdict, assess, summary
from nhiemky.register.models import Organisation, Result, Target
from nhiemky.register.models.results import ResultState
from nhiemky.register.standing_goals import in_force, path_in_force
from nhiemky.values.figures import as_float
from nhiemky.values.kinds import SURENESS, Direction, PeriodMeaning, ResultKind
from nhiemky.values.period import Period, Term


@dataclass(frozen=True)
class BoardRow:
    """One target on the board; a point's `ref` is its record's id; `by_year` holds a year's figure, else the latest
    part of that year."""

    target: Target
    goal: Goal
    points: tuple[Point, ...]
    verdict: Verdict
    by_year: dict[int, Result | None]
    latest: Result | None


@dataclass(frozen=True)
class Board:
    organisation: Organisation
    term: Term
    today: date
    rows: tuple[BoardRow, ...]
    counts: dict[str, int]

    @property
    def fields(self) -> list[tuple[str, list[BoardRow]]]:
        """Rows under their field headings, in number order."""
        return [(name, list(rows)) for name, rows in groupby(self.rows, key=lambda row: row.target.field)]


def goal_of(target: Target, on: date) -> Goal:
    """The goal in force on a day as assess judges it; reads `path`, `adjustments`, `indicator`: prefetch them."""
    target, path = in_force(target, on), path_in_force(target, on)
    return Goal(
        direction=Direction(target.direction),
        low=as_float(target.low),
        high=as_float(target.high),
        unit=target.unit,
        baseline=as_float(target.baseline),
        baseline_year=target.baseline_year,
        meaning=PeriodMeaning(target.meaning),
        term=Term.parse(target.term),
        deadline=target.deadline,
        step_like=target.step_like,
        polarity=_polarity(target.indicator.polarity),
        path=path,
        state=cast(Literal["active", "adjusted", "dropped"], target.state),
        state_reason=target.state_reason,
        nature=cast(Literal["stock", "flow", "rate", "status"] | None, target.indicator.nature or None),
    )


def points_of(rows: QuerySet[Result], today: date) -> dict[int, tuple[Point, ...]]:
    """Target → its points in order, from approved results known on that day that no such result took the place of.
    Only columns are read: a board has thousands of figures and shows a few of them."""
    columns = ("target_id", "period", "value", "kind", "as_of", "pk", "planned", "ratio", "unit", "running_total")
    known = rows.filter(state=ResultState.APPROVED, as_of__lte=today).values_list(*columns, "supersedes_id")
    held = list(known.order_by())
    replaced = {row[-1] for row in held}
    found: dict[int, list[Point]] = defaultdict(list)
    for target, period, value, kind, as_of, pk, planned, ratio, unit, running, _former in held:
        if pk not in replaced:
            of = Period.parse(period)
            found[target].append(Point(of, value, ResultKind(kind), as_of, pk, planned, ratio, unit, running))
    return {target: tuple(sorted(points, key=_order)) for target, points in found.items()}


def shown(points: Iterable[Point]) -> dict[int, Point]:
    """Year → the point that a board shows for it; its last one is the latest. Forecasts are no results."""
    return {point.period.year: point for point in points if point.kind is not ResultKind.FORECAST}


def row_of(target: Target, points: tuple[Point, ...], records: Mapping[Any, Result], today: date) -> BoardRow:
    """The row of one target; `records` holds at least what is `shown`. Its goal is the one in force on that day."""
    goal, target, seen = goal_of(target, today), in_force(target, today), shown(points)
    by_year = {year: records[seen[year].ref] if year in seen else None for year in goal.term.years}
    latest = records[seen[max(seen)].ref] if seen else None
    return BoardRow(target, goal, points, assess(goal, points, today), by_year, latest)


def board_of(organisation: Organisation, term: Term, today: date, rows: tuple[BoardRow, ...]) -> Board:
    counts = {str(status): number for status, number in summary([row.verdict for row in rows]).items()}
    return Board(organisation, term, today, rows, counts)


def _order(point: Point) -> tuple[Period, int, date, Any]:
    return point.period, SURENESS[point.kind], point.as_of, point.ref


def _polarity(text: str) -> Literal["up", "down"] | None:
    return cast(Literal["up", "down"], text) if text in ("up", "down") else None
