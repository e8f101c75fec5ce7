"""Keeps Latest, Roll and Score in the transaction of each change: what a service does inside `kept` is summed up anew
for the targets and periods it names, never for others.

Services and `summaries_check` call it; `docs/explanation/register.md` defines the figures. Plain SQL, the same on both
databases: nine small statements a figure, where the ORM would spend most of the time on writing them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from nhiemky.register.plain_sql import marks, rows_of
from nhiemky.values.figures import Number, exact
from nhiemky.values.kinds import Direction, Level, PeriodMeaning, ResultKind
from nhiemky.values.period import Period

_HOMES = """
SELECT t.id, t.organisation_id, t.indicator_id, t.direction, t.low, t.high, o.level, CAST(o.valid_to AS text),
    CASE 'province' WHEN p1.level THEN p1.id WHEN p2.level THEN p2.id WHEN p3.level THEN p3.id WHEN p4.level THEN p4.id
    END, t.meaning
FROM register_target t JOIN register_organisation o ON o.id = t.organisation_id
LEFT JOIN register_place p1 ON p1.id = o.place_id LEFT JOIN register_place p2 ON p2.id = p1.parent_id
LEFT JOIN register_place p3 ON p3.id = p2.parent_id LEFT JOIN register_place p4 ON p4.id = p3.parent_id
WHERE t.id IN (*keys)"""
_KNOWN = """
SELECT target_id, period, running_total, kind, CAST(as_of AS text), id, value, supersedes_id FROM register_result
WHERE target_id IN (*keys) AND state = 'approved' AND kind <> 'forecast'"""
_LATEST = "SELECT target_id, period FROM register_latest WHERE target_id IN (*keys)"
_SET_LATEST = """
INSERT INTO register_latest (target_id, result_id, organisation_id, period, running_total, value, reached)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (target_id) DO UPDATE SET result_id = excluded.result_id,
    organisation_id = excluded.organisation_id, period = excluded.period, running_total = excluded.running_total,
    value = excluded.value, reached = excluded.reached"""
_NO_LATEST = "DELETE FROM register_latest WHERE target_id = %s"
_ROLL = """
INSERT INTO register_roll (n, total, reached, place_id, indicator_id, period, running_total)
VALUES (0, 0, 0, %s, %s, %s, %s) ON CONFLICT (place_id, indicator_id, period, running_total) DO NOTHING"""
_SCORE = """
INSERT INTO register_score (n, total, reached, indicator_id, period, running_total)
VALUES (0, 0, 0, %s, %s, %s) ON CONFLICT (indicator_id, period, running_total) DO NOTHING"""
# Rounded, since SQLite adds in binary. Never below zero: where the sums were wrong, a person's write is not the place
# to fail; `nhiemky register check` finds it.
_ADD = """
UPDATE *table SET n = CASE WHEN n + %s < 0 THEN 0 ELSE n + %s END, total = ROUND(total + %s, 6),
    reached = CASE WHEN reached + %s < 0 THEN 0 ELSE reached + %s END WHERE """
_OF_ONE = "indicator_id = %s AND period = %s AND running_total = %s"
_ADD_ROLL = _ADD.replace("*table", "register_roll") + "place_id = %s AND " + _OF_ONE
_ADD_SCORE = _ADD.replace("*table", "register_score") + _OF_ONE

_ZERO = Decimal(0)

# Figures that say nothing of their goal: a sum since the start of the term where something is asked of each year, what
# one period brought where it is asked of the term.
_OF_YEARS = (
    PeriodMeaning.EACH_YEAR, PeriodMeaning.YEARLY_AVERAGE, PeriodMeaning.MAINTAIN, PeriodMeaning.AGAINST_PLAN,
)  # fmt: skip
_BESIDE = {(str(meaning), True) for meaning in _OF_YEARS} | {(str(PeriodMeaning.CUMULATIVE), False)}

Key = tuple[int, str, bool]  # target, period, whether a running total: it is no figure of the period, see Result
Sums = Mapping[tuple[Any, ...], "Sum"]  # by province, indicator, period, running total; or without the province


class Home(NamedTuple):
    """Where a target's figures are summed up (`province`: None where its place lies in none), its level, and the last
    day of a body that has ended."""

    target: int
    organisation: int
    indicator: int
    direction: str
    low: Decimal | None
    high: Decimal | None
    level: str
    until: str | None
    province: int | None
    meaning: str


class Figure(NamedTuple):
    """The figure in force of one target for one period, or of the term up to its end (`running_total`)."""

    home: Home
    period: str
    running_total: bool
    result: int
    value: Decimal
    reached: bool | None


class Sum(NamedTuple):
    n: int = 0
    total: Decimal = _ZERO
    reached: int = 0


@contextmanager
def kept(targets: Iterable[int], periods: Collection[str] | None = None) -> Iterator[None]:
    """Sums up what the block changes of results of these targets in these periods (None: of the targets themselves,
    so that all their figures count anew). Inside a service: one writer at a time, see events.take_turn."""
    keys = sorted(set(targets))
    homes = homes_of(keys)
    before = figures(homes, periods)
    yield
    after = figures(homes if periods is not None else homes_of(keys), periods)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    if changed:
        _follow(changed, before, after, whole=periods is None)


def reached(direction: str, low: Number | None, high: Number | None, value: Number) -> bool | None:
    """Whether a figure is at its target's level, by the direction alone; None where the two ends do not decide it
    (a rise or fall is told against a baseline)."""
    most = high if high is not None else low
    match direction:
        case Direction.AT_LEAST if low is not None:
            return value >= low
        case Direction.AT_MOST if most is not None:
            return value <= most
        case Direction.ZERO:
            return value == 0
        case Direction.EQUAL if low is not None:
            return value == low
        case Direction.RANGE if low is not None and high is not None:
            return low <= value <= high
    return None


def decides(meaning: str, running_total: bool) -> bool:
    """Whether a figure told so may be held against its target's level at all: 21 of "15 in the term" only as a running
    total, 21 of "3 each year" never."""
    return (meaning, running_total) not in _BESIDE


def homes_of(targets: Iterable[int]) -> dict[int, Home]:
    found = (Home(*row) for row in rows_of(_HOMES, targets))
    return {home.target: home._replace(low=_decimal(home.low), high=_decimal(home.high)) for home in found}


def figures(homes: dict[int, Home], periods: Collection[str] | None = None) -> dict[Key, Figure]:
    """The figure in force for each target and period, running totals apart: approved, not superseded by another
    approved one, an official one before an estimate, then the one told last; a forecast never."""
    return {(row[0], row[1], row[2]): _figure(homes[row[0]], row) for row in _in_force(homes, periods)}


def latest(homes: dict[int, Home], periods: Collection[str] | None = None) -> dict[int, Figure]:
    """Of each target the figure in force of its last period, or of the last of these."""
    return _last(_figure(homes[row[0]], row) for row in _in_force(homes, periods))


def sums(held: Iterable[Figure]) -> tuple[Sums, Sums]:
    """Figures of communes added up for each province and over the whole register. Other levels are left out: a
    province's own figure, or a district's, already holds those of its communes. So is a period that outlasted the
    body: the year of a merger is told by the one it passed into."""
    counted: dict[tuple[int | None, int, str, bool], list[Any]] = {}
    for home, period, running, _result, value, met in held:
        if home.level == Level.COMMUNE and not outlasts(period, home.until):
            found = counted.setdefault((home.province, home.indicator, period, running), [0, _ZERO, 0])
            found[0] += 1
            found[1] += value
            found[2] += met is True
    rolls: dict[tuple[Any, ...], Sum] = {}
    scores: dict[tuple[Any, ...], Sum] = {}
    for (province, *key), one in counted.items():
        if province is not None:
            rolls[province, *key] = Sum(*one)
        whole = scores.get(tuple(key), Sum())
        scores[tuple(key)] = Sum(whole.n + one[0], whole.total + one[1], whole.reached + one[2])
    return rolls, scores


def outlasts(period: str, until: str | None) -> bool:
    """Whether the period ends after the body's last day."""
    return until is not None and Period.parse(period).end.isoformat() > until


def set_latest(held: Iterable[Figure]) -> None:
    rows = ((one.home.target, one.result, one.home.organisation, *one[1:3], one.value, one.reached) for one in held)
    _many(_SET_LATEST, list(rows))


def drop_latest(targets: Iterable[int]) -> None:
    _many(_NO_LATEST, [(target,) for target in targets])


def add(rolls: Sums, scores: Sums) -> None:
    """Adds to the sums, in the order of their keys, so that two writers never wait for each other."""
    for row, change, deltas in ((_ROLL, _ADD_ROLL, rolls), (_SCORE, _ADD_SCORE, scores)):
        keys = sorted(deltas)
        told = [(one.n, one.n, one.total, one.reached, one.reached) for one in (deltas[key] for key in keys)]
        _many(row, keys)
        _many(change, [(*said, *key) for said, key in zip(told, keys, strict=True)])


def without(now: Sums, was: Sums) -> Sums:
    """What makes `now` of `was`, key by key; keys that stay as they are left out."""
    keys = now.keys() | was.keys()
    deltas = {key: less(now.get(key, Sum()), was.get(key, Sum())) for key in keys}
    return {key: delta for key, delta in deltas.items() if delta != Sum()}


def less(now: Sum, was: Sum) -> Sum:
    """What makes `now` of `was`."""
    return Sum(now.n - was.n, now.total - was.total, now.reached - was.reached)


@lru_cache(maxsize=1 << 12)
def order(period: str) -> tuple[date, int]:
    """What periods are sorted by, as in Period: their end; of two that end together the longer is last."""
    of = Period.parse(period)
    return of.end, (of.end - of.start).days


def _follow(changed: set[Key], before: dict[Key, Figure], after: dict[Key, Figure], *, whole: bool) -> None:
    was = sums(before[key] for key in changed if key in before)
    now = sums(after[key] for key in changed if key in after)
    add(without(now[0], was[0]), without(now[1], was[1]))
    targets = {key[0] for key in changed}
    last = _last(figure for key, figure in after.items() if key[0] in targets)
    if not whole:
        last = _against_held(targets, {key[1] for key in changed}, last)
    set_latest(last[target] for target in sorted(last))
    drop_latest(sorted(target for target in targets - last.keys()) if whole else ())


def _last(held: Iterable[Figure]) -> dict[int, Figure]:
    """Of each target the figure of the last period; of two of it that which is told as the goal is."""
    last: dict[int, Figure] = {}
    for one in held:
        former = last.setdefault(one.home.target, one)
        if former is not one and _place(one) > _place(former):
            last[one.home.target] = one
    return last


def _place(one: Figure) -> tuple[Any, ...]:
    return *order(one.period), decides(one.home.meaning, one.running_total), not one.running_total


def _against_held(targets: set[int], periods: set[str], last: dict[int, Figure]) -> dict[int, Figure]:
    """Of the newest figures those to keep as latest; a target whose latest went away is looked through again."""
    held = dict(rows_of(_LATEST, sorted(targets)))
    kept_last: dict[int, Figure] = {}
    again = []
    for target in targets:
        period, figure = held.get(target), last.get(target)
        if figure is not None and (period is None or order(figure.period) >= order(period)):
            kept_last[target] = figure
        elif period in periods:
            again.append(target)
    if again:
        found = latest(homes_of(again))
        drop_latest(sorted(set(again) - found.keys()))
        kept_last |= found
    return kept_last


def _in_force(homes: dict[int, Home], periods: Collection[str] | None) -> Collection[tuple[Any, ...]]:
    asked = "" if periods is None else f" AND period IN ({marks(len(periods))})"
    rows = rows_of(_KNOWN + asked, homes, tuple(periods or ()))
    replaced = {row[7] for row in rows}  # what supersedes is of the same target and period
    best: dict[Key, tuple[Any, ...]] = {}
    for row in rows:
        if row[5] not in replaced:
            held = best.setdefault(row[:3], row)
            if held is not row and _weight(row) > _weight(held):
                best[row[:3]] = row
    return best.values()


def _weight(row: Any) -> tuple[bool, Any, int]:
    return row[3] == ResultKind.OFFICIAL, row[4], row[5]


def _figure(home: Home, row: Any) -> Figure:
    running, value = row[2], exact(row[6])
    met = reached(home.direction, home.low, home.high, value) if decides(home.meaning, running) else None
    return Figure(home, row[1], running, row[5], value, met)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else exact(value)


def _many(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
