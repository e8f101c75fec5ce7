"""Rows of the register → the series of an indicator for a body across those it was made of. Reads only.

The arithmetic is in series.py. Called by pages and reports that show a series; see docs/explanation/mergers.md.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import cast

from django.db.models import Q

from nhiemky.register.models import Indicator, Organisation, Result, Succession
from nhiemky.register.models.results import ResultState
from nhiemky.register.models.targets import Aggregation, Nature
from nhiemky.register.series import Body, Figure, Joins, Link, Past, Series, join
from nhiemky.register.units import parse_unit
from nhiemky.values.kinds import SURENESS
from nhiemky.values.period import Period

_ADDED = ("count", "money", "area", "length", "weight")
_NEVER_ADDED = ("binh quan", "trung binh", "ty le", "toc do", "chi so", "co cau")


def joined_series(organisation: Organisation, indicator: Indicator, today: date) -> Series:
    """Approved, current figures as known on `today`, joined across mergers; breaks and incomplete points are marked."""
    links = _links(organisation.pk)
    keys = {organisation.pk, *(link.predecessor for link in links)}
    days = Organisation.objects.filter(pk__in=keys).values_list("pk", "valid_from")
    bodies = {key: Body(key, first) for key, first in days}
    how = aggregation_of(indicator)
    weights = _current(bodies, indicator.denominator_id, today) if how == Aggregation.WEIGHTED else {}
    figures = tuple(_figure(result, weights) for result in _current(bodies, indicator.pk, today).values())
    return join(Past(organisation.pk, bodies, links, figures), cast(Joins, str(how)))


def aggregation_of(indicator: Indicator) -> Aggregation:
    """How figures of several bodies become one: as the indicator says; where it says nothing, counts, sums of money and
    areas are added, and what is per head, a share or an average is not joined."""
    if indicator.aggregation:
        return Aggregation(indicator.aggregation)
    unit = parse_unit(indicator.unit)
    if indicator.denominator_id is not None:
        return Aggregation.WEIGHTED
    spoken = any(words in indicator.folded_name for words in _NEVER_ADDED)
    if indicator.nature in (Nature.RATE, Nature.STATUS) or unit.kind not in _ADDED or unit.per or spoken:
        return Aggregation.NONE
    return Aggregation.SUM


def _links(body: int) -> tuple[Link, ...]:
    """What passed into the body or into those before it, and what passed out of the body itself."""
    found: dict[int, Link] = {}
    seen, fresh = {body}, {body}
    while fresh:
        passed = Succession.objects.filter(Q(successor__in=fresh) | Q(predecessor=body))
        for pk, *between, kind, on in passed.values_list("pk", "predecessor_id", "successor_id", "kind", "on"):
            found[pk] = Link(between[0], between[1], kind, on)
        fresh = {link.predecessor for link in found.values() if link.successor in seen} - seen
        seen |= fresh
    return tuple(found[pk] for pk in sorted(found))


def _current(bodies: Iterable[int], indicator: int | None, today: date) -> dict[tuple[int, str], Result]:
    """The surest, newest approved figure of each body and period that nothing has taken the place of."""
    if indicator is None:
        return {}
    rows = Result.objects.filter(
        organisation__in=bodies, indicator=indicator, state=ResultState.APPROVED, as_of__lte=today
    )
    known = list(rows.order_by("pk"))
    replaced = {result.supersedes_id for result in known}
    ordered = sorted(
        (result for result in known if result.pk not in replaced),
        key=lambda result: (SURENESS[result.kind], result.as_of, result.pk),
    )
    return {(result.organisation_id, result.period): result for result in ordered}


def _figure(result: Result, weights: dict[tuple[int, str], Result]) -> Figure:
    return Figure(
        body=result.organisation_id,
        period=Period.parse(result.period),
        value=result.value,
        unit=result.unit,
        high=result.high,
        weight=_weight(result, weights),
        running_total=result.running_total,
        kind=result.kind,
        as_of=result.as_of,
        ref=result.pk,
    )


def _weight(result: Result, weights: dict[tuple[int, str], Result]) -> Decimal | None:
    """The denominator of the same period, else of its year: households and people are counted once a year."""
    year = str(Period.parse(result.period).year)
    found = weights.get((result.organisation_id, result.period)) or weights.get((result.organisation_id, year))
    return found.value if found is not None else None
