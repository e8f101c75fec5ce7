"""Rows of the register → goals, points and verdicts: the board of one organisation on one day. Called by selectors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal, cast

from nhiemky.assess.target import Change, Goal, Point, Verdict, assess, summary
from nhiemky.register.completions import Share, completed
from nhiemky.register.models import Adjustment, Organisation, Target
from nhiemky.register.models.targets import TargetState
from nhiemky.register.plain_sql import rows_of
from nhiemky.register.standing_goals import Path, as_it_stood, changes_in_force
from nhiemky.register.summaries import order
from nhiemky.values.figures import as_float
from nhiemky.values.kinds import SURENESS, Direction, PeriodMeaning, ResultKind
from nhiemky.values.period import Period, Term

_KNOWN = """
SELECT target_id, period, kind, CAST(as_of AS text), id, CAST(value AS double precision),
    CAST(planned AS double precision), CAST(ratio AS double precision), unit, running_total, supersedes_id
FROM register_result WHERE target_id IN (*keys) AND state = 'approved' AND as_of <= %s"""
_KINDS = {str(kind): kind for kind in ResultKind}
_day = lru_cache(maxsize=1 << 12)(date.fromisoformat)


@dataclass(frozen=True)
class BoardRow:
    """One target on the board; a point's `ref` is its record's id; `by_year` holds a year's figure, else the latest
    part of that year."""

    target: Target
    goal: Goal
    points: tuple[Point, ...]
    verdict: Verdict
    by_year: dict[int, Point | None]
    latest: Point | None


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
    held, path = as_it_stood(target, on)
    return _goal(held, path, _changes(target, held, on))


def points_of(targets: Iterable[int], today: date) -> dict[int, tuple[Point, ...]]:
    """Target → its points in order, from approved results known on that day that no such result took the place of."""
    held: dict[int, list[Any]] = defaultdict(list)
    for row in rows_of(_KNOWN, targets, (today.isoformat(),)):
        held[row[0]].append(row)
    replaced = {row[-1] for rows in held.values() for row in rows}
    return {target: tuple(_points(rows, replaced)) for target, rows in held.items()}


def shown(points: Iterable[Point]) -> dict[int, Point]:
    """Year → the point that a board shows for it; its last one is the latest. Forecasts are no results."""
    return {point.period.year: point for point in points if point.kind is not ResultKind.FORECAST}


def row_of(target: Target, points: tuple[Point, ...], today: date, shares: Iterable[Share] = ()) -> BoardRow:
    """The row of one target; its goal is the one in force on that day. `shares`: of the parts of a composition."""
    held, path = as_it_stood(target, today)
    goal, seen = _goal(held, path, _changes(target, held, today)), shown(points)
    goal, judged = completed(goal, points, shares)
    by_year = {year: seen.get(year) for year in goal.term.years}
    return BoardRow(held, goal, points, assess(goal, judged, today), by_year, seen[max(seen)] if seen else None)


def shares_of(
    targets: Iterable[Target], points: Mapping[int, tuple[Point, ...]], today: date
) -> dict[int, list[Share]]:
    """Whole → what each of these targets that is a part of it asks and has reached."""
    found: dict[int, list[Share]] = defaultdict(list)
    for one in targets:
        if one.whole_id is not None:
            found[one.whole_id].append((one.name, goal_of(one, today), points.get(one.pk, ())))
    return found


def board_of(organisation: Organisation, term: Term, today: date, rows: tuple[BoardRow, ...]) -> Board:
    counts = {str(status): number for status, number in summary([row.verdict for row in rows]).items()}
    return Board(organisation, term, today, rows, counts)


def _goal(target: Target, path: Path, changes: tuple[Change, ...] = ()) -> Goal:
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
        changes=changes,
    )


def _changes(target: Target, held: Target, on: date) -> tuple[Change, ...]:
    """What adjusted the goal by that day; few targets have any."""
    if held.state != TargetState.ADJUSTED:
        return ()
    found = changes_in_force(target, on)
    return tuple(Change(one.adjustment.on, _why(one.adjustment), _goal(one.former, one.path)) for one in found)


def _why(made: Adjustment) -> str:
    """Reason and paper, as the target itself keeps them; the paper's text is not fetched for it."""
    return str(made.after.get("state_reason") or f"{made.reason} ({made.reference})".removesuffix(" ()"))


def _points(rows: list[Any], replaced: set[int | None]) -> Iterator[Point]:
    rows.sort(key=lambda row: (order(row[1]), SURENESS[row[2]], row[3], row[4]))
    for _target, period, kind, day, pk, value, planned, ratio, unit, running, _former in rows:
        if pk not in replaced:
            yield Point(Period.parse(period), value, _KINDS[kind], _day(day), pk, planned, ratio, unit, running)


def _polarity(text: str) -> Literal["up", "down"] | None:
    return cast(Literal["up", "down"], text) if text in ("up", "down") else None
