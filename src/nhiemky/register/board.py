"""Rows of the register → goals, points and verdicts: the board of one organisation on one day. Called by selectors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, cast

from nhiemky.assess.target import Goal, Point, Verdict, assess, summary
from nhiemky.register.models import Organisation, Result, Target
from nhiemky.register.standing_goals import in_force, path_in_force
from nhiemky.values.figures import as_float
from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind
from nhiemky.values.period import Period, Term

_SURENESS = {"official": 2, "estimate": 1, "forecast": 0}


@dataclass(frozen=True)
class BoardRow:
    """One target on the board; `results` are the records behind `points`, in their order; `by_year` holds a year's
    figure, else the latest part of that year."""

    target: Target
    goal: Goal
    points: tuple[Point, ...]
    verdict: Verdict
    by_year: dict[int, Result | None]
    latest: Result | None
    results: tuple[Result, ...] = ()


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


def point_of(result: Result) -> Point:
    return Point(
        period=Period.parse(result.period),
        value=float(result.value),
        kind=ResultKind(result.kind),
        as_of=result.as_of,
        ref=result.pk,
        planned=as_float(result.planned),
        ratio=as_float(result.ratio),
        unit=result.unit,
        running_total=result.running_total,
    )


def row_of(target: Target, results: Iterable[Result], today: date) -> BoardRow:
    """The row of one target from its approved, current results; later than `today` they are not known yet. Its goal
    is the one in force on that day."""
    known = sorted((result for result in results if result.as_of <= today), key=_order)
    points = tuple(point_of(result) for result in known)
    goal, target = goal_of(target, today), in_force(target, today)
    by_year: dict[int, Result | None] = dict.fromkeys(goal.term.years)
    reached = [result for result in known if result.kind != ResultKind.FORECAST]
    for result in reached:
        year = Period.parse(result.period).year
        if year in by_year:
            by_year[year] = result
    latest = reached[-1] if reached else None
    return BoardRow(target, goal, points, assess(goal, points, today), by_year, latest, tuple(known))


def board_of(organisation: Organisation, term: Term, today: date, rows: tuple[BoardRow, ...]) -> Board:
    counts = {str(status): number for status, number in summary([row.verdict for row in rows]).items()}
    return Board(organisation, term, today, rows, counts)


def _order(result: Result) -> tuple[Period, int, date, int]:
    return Period.parse(result.period), _SURENESS[result.kind], result.as_of, result.pk


def _polarity(text: str) -> Literal["up", "down"] | None:
    return cast(Literal["up", "down"], text) if text in ("up", "down") else None
