"""Figures of many bodies at once, read through the summaries: a body's latest, a province's grid and sums, the national
scorecard, who has not reported. A constant number of queries each, however many years the register holds.

Part of `selectors`, which gives these names on.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from msgspec import Struct

from nhiemky.register import trees
from nhiemky.register.errors import missing
from nhiemky.register.models import (
    Indicator,
    Latest,
    Organisation,
    Place,
    Result,
    Review,
    Roll,
    Score,
    Submission,
    Target,
)
from nhiemky.register.models.results import ResultState, SubmissionState
from nhiemky.register.models.targets import TargetState
from nhiemky.register.plain_sql import marks, rows_of
from nhiemky.register.summaries import decides, homes_of, latest, reached
from nhiemky.values.kinds import Level, ResultKind
from nhiemky.values.period import Period, Term

# Apart, and joined here: PostgreSQL's planner walks a third of all targets to join them with a province's figures. The
# first needs no more than the index result_by_period.
_OF_PERIOD = """
SELECT organisation_id, target_id, id, CAST(value AS double precision), running_total FROM register_result
WHERE organisation_id IN (*keys) AND period = %s AND state = 'approved' AND kind <> 'forecast'"""
_AIMS = """
SELECT id, indicator_id, direction, CAST(low AS double precision), CAST(high AS double precision), meaning
FROM register_target WHERE """
_LONGEST = 10  # years, see Term


class Cell(Struct, frozen=True, gc=False):  # ten thousand a grid: the garbage collector need not walk them
    """The figure of one body on one indicator; `reached`: None where its target does not decide it. `running_total`: of
    the term up to the period's end, where the period itself has no figure or the goal is told so."""

    target: int
    result: int
    value: float
    reached: bool | None
    running_total: bool = False


@dataclass
class GridRow:
    """`cells` by indicator; one without a figure is not among them. `short`: how many are not at their level."""

    organisation: int
    name: str
    cells: dict[int, Cell] = field(default_factory=dict)
    reached: int = 0
    short: int = 0


@dataclass(frozen=True)
class Grid:
    """Communes of a place × indicators, in one period: those short of most targets first."""

    period: str
    indicators: tuple[Indicator, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class Unreported:
    """A body with targets and no approved figure of a period; `state` of its submission, "" where there is none."""

    organisation: int
    name: str
    state: str


class Correction(NamedTuple):
    """A figure that a review told, and what stands in its place: `new.note` says why, `new.decided_by` who approved."""

    old: Result
    new: Result


def latest_of(organisation: Organisation | int, term: str | Term | None = None) -> list[Latest]:
    """The newest figure of each target of a body, in the order of the annex."""
    key = organisation if isinstance(organisation, int) else organisation.pk
    rows = Latest.objects.filter(organisation_id=key).select_related("target__indicator")
    if term is not None:
        rows = rows.filter(target__term=str(term))
    return sorted(rows, key=lambda row: (row.target.term, row.target.number))


def province_grid(
    place: Place | int,
    period: str | Period,
    *,
    term: str | Term | None = None,
    indicators: Collection[int] | None = None,
) -> Grid:
    """The figures in force of every commune below a place in one period; of some indicators, or of those of a term."""
    of = period if isinstance(period, Period) else Period.parse(period)
    rows = {key: GridRow(key, name) for key, name in _communes(place, of)}
    wanted = None if term is None and indicators is None else _wanted(term, indicators)
    several = _fill(rows, of, wanted)
    for figure in latest(homes_of(several), (str(of),)).values():  # corrected, estimated, or told both ways
        home, said = figure.home, (figure.result, float(figure.value), figure.reached, figure.running_total)
        rows[home.organisation].cells[home.indicator] = Cell(home.target, *said)
    found = set[int]().union(*(row.cells for row in rows.values()))
    order = {one: at for at, one in enumerate(indicators or ())}
    columns = sorted(Indicator.objects.filter(pk__in=found), key=lambda one: (order.get(one.pk, 0), one.pk))
    for row in rows.values():
        met = [cell.reached for cell in row.cells.values()]
        row.reached, row.short = met.count(True), met.count(False)
    worst = sorted(rows.values(), key=lambda row: (-row.short, row.reached))  # stable: then by name, as they came
    return Grid(str(of), tuple(columns), tuple(worst))


def province_roll(place: Place | int, period: str | Period) -> list[Roll]:
    """Each indicator over the communes of a province in one period: how many figures, their sum, how many reach.
    Running totals stand in rows of their own."""
    units = trees.same_units([_key(place)])
    rows = Roll.objects.filter(place__in=units, period=str(period), n__gt=0)
    return list(rows.select_related("indicator").order_by("indicator", "place", "running_total"))


def scorecard(period: str | Period) -> list[Score]:
    """The same over the whole register."""
    rows = Score.objects.filter(period=str(period), n__gt=0)
    return list(rows.select_related("indicator").order_by("indicator", "running_total"))


def not_reported(place: Place | int, period: str | Period) -> list[Unreported]:
    """Bodies of the communes below a place that have targets for the period and no approved figure of it."""
    of = period if isinstance(period, Period) else Period.parse(period)
    names = dict(_communes(place, of))
    aims = Target.objects.filter(organisation=OuterRef("pk"), term__in=_terms(of.year)).exclude(
        state=TargetState.DROPPED
    )
    told = Result.objects.filter(organisation=OuterRef("pk"), period=str(of), state=ResultState.APPROVED)
    missing = Organisation.objects.filter(Exists(aims), ~Exists(told.exclude(kind=ResultKind.FORECAST)), pk__in=names)
    keys = list(missing.order_by("name_key", "pk").values_list("pk", flat=True))
    open_ones = Submission.objects.filter(organisation__in=keys, period=str(of)).exclude(state=SubmissionState.APPROVED)
    states = dict(open_ones.values_list("organisation", "state"))
    return [Unreported(key, names[key], states.get(key, "")) for key in keys]


def submission(submission_id: int) -> Submission:
    found = Submission.objects.select_related("organisation").filter(pk=submission_id).first()
    if found is None:
        raise missing(_("lần báo số"), submission_id)
    return found


def submissions_waiting(organisations: Collection[int]) -> list[Submission]:
    """What these bodies have sent and nobody has decided on, the longest waiting first; `figures`: how many."""
    rows = Submission.objects.filter(organisation__in=organisations, state=SubmissionState.SUBMITTED)
    sent = Count("results", filter=Q(results__state=ResultState.SUBMITTED))
    return list(rows.select_related("organisation").annotate(figures=sent).order_by("submitted_at", "pk"))


def corrections_since(review: Review) -> list[Correction]:
    """Figures of a review's pack that others have taken the place of since, in the order of the pack; a correction of
    a correction counts once, as it stands."""
    told = [result["id"] for row in review.pack["rows"] for result in row["results"]]
    newer: dict[int, Result | None] = dict.fromkeys(told)
    level = {key: key for key in told}  # the newest known → the one in the pack
    while level:
        rows = Result.objects.filter(supersedes__in=list(level), state=ResultState.APPROVED)
        found = {row.pk: row for row in rows.select_related("target", "indicator")}
        level = {key: level[row.supersedes_id] for key, row in found.items() if row.supersedes_id is not None}
        newer |= {first: found[key] for key, first in level.items()}
    former = Result.objects.in_bulk([key for key, row in newer.items() if row is not None])
    return [Correction(former[key], row) for key, row in newer.items() if row is not None]


def _communes(place: Place | int, of: Period) -> Iterable[tuple[int, str]]:
    """Bodies of commune level at the places that stood below this one when the period ended: id and name."""
    places = trees.places_below(_key(place), of.end)
    held = Organisation.objects.filter(place__in=places, level=Level.COMMUNE)
    return held.order_by("name_key", "pk").values_list("pk", "name")


def _fill(rows: Mapping[int, GridRow], of: Period, wanted: Collection[int] | None) -> set[int]:
    """Puts the figures of the period into the rows. Gives the targets of which more than one was met."""
    aims = _aims(rows, of)
    told = rows_of(_OF_PERIOD, rows, (str(of),))
    aims |= {row[0]: row for row in rows_of(_AIMS + "id IN (*keys)", {row[1] for row in told} - aims.keys())}
    several = set()
    for body, target, result, value, running in told:
        _target, indicator, direction, low, high, meaning = aims[target]
        if wanted is None or indicator in wanted:
            cells = rows[body].cells
            if indicator in cells:
                several |= {target, cells[indicator].target}
            met = reached(direction, low, high, value) if decides(meaning, running) else None
            cells[indicator] = Cell(target, result, value, met, running)
    return several


def _aims(organisations: Iterable[int], of: Period) -> dict[int, tuple[Any, ...]]:
    """The bodies' targets for the year, by id: where a term is over, its successor's are not read, nor the former's."""
    terms = _terms(of.year)
    asked = f"organisation_id IN (*keys) AND term IN ({marks(len(terms))})"
    return {row[0]: row for row in rows_of(_AIMS + asked, organisations, tuple(terms))}


def _wanted(term: str | Term | None, indicators: Collection[int] | None) -> set[int]:
    """The indicators asked for: those given, of those that somebody has a target on in the term."""
    if term is None:
        return set(indicators or ())
    aims = Target.objects.filter(indicator=OuterRef("pk"), term=str(term))
    rows = Indicator.objects.filter(Exists(aims))
    return set((rows if indicators is None else rows.filter(pk__in=indicators)).values_list("pk", flat=True))


def _terms(year: int) -> list[str]:
    """Every term of office that answers for the year: names, since the targets are too many to ask."""
    return [
        str(Term(first, last)) for first in range(year - _LONGEST, year) for last in range(year, first + _LONGEST + 1)
    ]


def _key(place: Place | int) -> int:
    return place if isinstance(place, int) else place.pk
