"""Rebuilds the summaries from the results, part by part, says what differs and puts it right: `nhiemky register check`.

Each part is a turn of its own among the writers, so that it runs while people work and never compares across a change.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any, Final

from nhiemky.register import summaries
from nhiemky.register.models import Latest, Result, Roll, Score, Target
from nhiemky.register.models.results import ResultState
from nhiemky.register.services.records import write
from nhiemky.register.summaries import Figure, Sum, Sums
from nhiemky.values.figures import exact

_TARGETS: Final = 500  # 60 months each: a turn of about a third of a second
_PERIODS: Final = 4  # of one indicator over 8,000 bodies: the same


@dataclass(frozen=True)
class Difference:
    """A row of a summary (`table`: latest, roll, score) as it is held and as the results have it; None: no row."""

    table: str
    key: tuple[Any, ...]
    held: tuple[Any, ...] | None
    found: tuple[Any, ...] | None


@dataclass(frozen=True)
class Step:
    done: int
    parts: int
    differences: tuple[Difference, ...]


def check_summaries(*, mend: bool = False) -> Iterator[Step]:
    """One step a part, in order; with `mend` what differs has been put right when the step is told."""
    parts = list(chain(_latest_parts(), _sum_parts()))
    for done, part in enumerate(parts, 1):
        yield Step(done, len(parts), tuple(part(mend=mend)))


def fill_summaries() -> None:
    """After an upgrade of a register that held results before there were summaries; else nothing."""
    if Result.objects.filter(state=ResultState.APPROVED).exists() and not Latest.objects.exists():
        for _step in check_summaries(mend=True):
            pass


def _latest_parts() -> Iterator[Callable[..., list[Difference]]]:
    targets = list(Target.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(targets), _TARGETS):
        yield partial(_check_latest, targets[start : start + _TARGETS])


def _sum_parts() -> Iterator[Callable[..., list[Difference]]]:
    """Each indicator with its periods, a few at a time."""
    periods: dict[int, set[str]] = {}
    for table in (Result, Roll, Score):
        known = table._default_manager.order_by("indicator", "period").values_list("indicator", "period").distinct()
        for indicator, period in known.iterator(chunk_size=2000):
            periods.setdefault(indicator, set()).add(period)
    for indicator in sorted(periods):
        held = sorted(periods[indicator])
        for start in range(0, len(held), _PERIODS):
            yield partial(_check_sums, indicator, held[start : start + _PERIODS])


@write
def _check_latest(targets: list[int], *, mend: bool) -> list[Difference]:
    rows = Latest.objects.filter(target__in=targets)
    columns = ("target", "result", "organisation_id", "period", "running_total", "value", "reached")
    held = {row[0]: row[1:] for row in rows.values_list(*columns)}
    last = summaries.latest(summaries.homes_of(targets))
    found = {target: _row(figure) for target, figure in last.items()}
    wrong = [target for target in targets if held.get(target) != found.get(target)]
    if mend:
        summaries.set_latest(last[target] for target in wrong if target in last)
        summaries.drop_latest(target for target in wrong if target not in last)
    return [Difference("latest", (target,), held.get(target), found.get(target)) for target in wrong]


@write
def _check_sums(indicator: int, periods: list[str], *, mend: bool) -> list[Difference]:
    targets = Target.objects.filter(indicator=indicator).values_list("pk", flat=True)
    found = summaries.sums(summaries.figures(summaries.homes_of(targets), periods).values())
    rolls = Roll.objects.filter(indicator=indicator, period__in=periods)
    scores = Score.objects.filter(indicator=indicator, period__in=periods)
    held_rolls: Sums = {(row.place_id, *_key(row)): _sum(row) for row in rolls}
    held_scores: Sums = {_key(row): _sum(row) for row in scores}
    wrong_rolls, wrong_scores = _wrong(held_rolls, found[0]), _wrong(held_scores, found[1])
    if mend:
        summaries.add(
            {key: summaries.less(found[0].get(key, Sum()), held_rolls.get(key, Sum())) for key in wrong_rolls},
            {key: summaries.less(found[1].get(key, Sum()), held_scores.get(key, Sum())) for key in wrong_scores},
        )
    told = [Difference("roll", key, held_rolls.get(key), found[0].get(key)) for key in wrong_rolls]
    return told + [Difference("score", key, held_scores.get(key), found[1].get(key)) for key in wrong_scores]


def _key(row: Roll | Score) -> tuple[int, str, bool]:
    return row.indicator_id, row.period, row.running_total


def _sum(row: Roll | Score) -> Sum:
    return Sum(row.n, row.total, row.reached)


def _wrong(held: Sums, found: Sums) -> list[Any]:
    keys = held.keys() | found.keys()
    return sorted(key for key in keys if not _same(held.get(key, Sum()), found.get(key, Sum())))


def _row(figure: Figure) -> tuple[Any, ...]:
    return figure.result, figure.home.organisation, figure.period, figure.running_total, figure.value, figure.reached


def _same(held: Sum, found: Sum) -> bool:
    """SQLite keeps fifteen digits of a sum: what lies beyond them is no difference."""
    beyond = max(Decimal("0.000001"), abs(found.total) * Decimal("1e-12"))
    return (held.n, held.reached) == (found.n, found.reached) and abs(exact(held.total) - found.total) <= beyond
