"""What waits for approval, for whom: figures entered one by one and submissions, each figure beside what the register
holds and what its document says. Part of `selectors`, which gives these names on.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.register import access, typed
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Latest, Organisation, PeriodLock, Proposal, Result, Submission
from nhiemky.register.models.results import NOT_APPROVED, ResultState, SubmissionState
from nhiemky.register.models.targets import Nature
from nhiemky.register.sentences import Sentence, sentence_at
from nhiemky.register.units import parse_unit
from nhiemky.values.figures import with_unit
from nhiemky.values.kinds import ResultKind
from nhiemky.values.language import name_in
from nhiemky.values.period import Period
from nhiemky.values.places import Places

OPEN: Final = (ResultState.PROPOSED, ResultState.SUBMITTED)
_LEFT = ("reading", "tables")  # a sentence needs the text, its place the places


@dataclass(frozen=True)
class WaitingFigure:
    """`before`: the approved figure it is compared with, of the same period if there is one (`replaces`: it takes that
    one's place). `change` is None where the two periods tell different things. `read`: what the document says, where
    somebody typed another figure. `doubts` are sentences."""

    result: Result
    before: Result | None
    replaces: bool
    change: Decimal | None
    sentence: Sentence | None
    place: Any
    read: Proposal | None
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """One decision: a submission with its figures, or one figure. `refusal`: why this person may not take it."""

    organisation: Organisation
    submission: Submission | None
    figures: tuple[WaitingFigure, ...]
    own: bool
    refusal: str
    lock: PeriodLock | None

    @property
    def key(self) -> str:
        """`r12`, or `s5.3`: a submission with the version that is seen."""
        held = self.submission
        return f"r{self.figures[0].result.pk}" if held is None else f"s{held.pk}.{held.version}"

    @property
    def since(self) -> datetime | None:
        return self.figures[0].result.added_at if self.submission is None else self.submission.submitted_at


@dataclass(frozen=True)
class WaitingPage:
    """A page of what a person may decide on, the longest waiting first, and what they sent themselves."""

    items: tuple[Waiting, ...]
    own: tuple[Waiting, ...]
    total: int
    number: int
    last: int


def waiting(actor: Actor, number: int = 1, size: int = 20) -> WaitingPage:
    """What waits in all organisations whose figures the actor may approve; a constant number of queries."""
    reach = access.reach(actor, Power.APPROVE)
    loose, sent = _loose(reach), _sent(reach)
    mine_loose, mine_sent = _own(actor)
    queue = _by_age(loose.exclude(mine_loose), sent.exclude(mine_sent))
    last = max(1, -(-len(queue) // size))
    number = min(max(number, 1), last)
    shown = queue[(number - 1) * size : number * size]
    own = tuple(islice(_by_age(loose.filter(mine_loose), sent.filter(mine_sent)), size))
    made = _made([*shown, *own], reach, frozenset(own))
    items, mine = ([one for one in made if one.own is whose] for whose in (False, True))
    return WaitingPage(tuple(items), tuple(mine), len(queue), number, last)


def count_waiting(actor: Actor) -> int:
    """How many decisions wait for this person: submissions, and figures that came one by one."""
    if not access.ever(actor, Power.APPROVE):
        return 0
    reach = access.reach(actor, Power.APPROVE)
    mine_loose, mine_sent = _own(actor)
    return _loose(reach).exclude(mine_loose).count() + _sent(reach).exclude(mine_sent).count()


def waiting_of(targets: Collection[int]) -> dict[int, list[Result]]:
    """Target → its figures that nobody has decided on, in the order they came; drafts of a body are nobody's yet."""
    found: dict[int, list[Result]] = {}
    rows = Result.objects.filter(_undecided(), NOT_APPROVED, target__in=list(targets))
    for one in rows.select_related("submission").order_by("pk"):
        if one.target_id is not None:
            found.setdefault(one.target_id, []).append(one)
    return found


def returned_to(actor: Actor, of: Organisation) -> list[Result]:
    """What this person entered one by one, was sent back, and has not been told anew."""
    again = Result.objects.filter(target=OuterRef("target"), period=OuterRef("period"), pk__gt=OuterRef("pk"))
    rows = Result.objects.filter(NOT_APPROVED, organisation=of, state=ResultState.RETURNED, added_by=actor.name)
    held = rows.filter(~Exists(again), submission=None, target__isnull=False)
    return list(held.select_related("target").order_by("-decided_at"))


def returned_submissions(of: Organisation) -> list[Submission]:
    """What was sent back to a body, the last first."""
    rows = Submission.objects.filter(organisation=of, state=SubmissionState.RETURNED)
    return list(rows.order_by("-decided_at"))


def locks(of: Organisation) -> list[PeriodLock]:
    """The periods of an organisation that were closed: those that are, then those that were opened again."""
    rows = PeriodLock.objects.filter(organisation=of)
    return sorted(rows.order_by("-period", "-pk"), key=lambda one: one.reopened_at is not None)


def made_states(keys: Collection[int]) -> dict[int, str]:
    """Of results that acceptances made: those that are not approved, with their state."""
    return dict(Result.objects.filter(NOT_APPROVED, pk__in=list(keys)).values_list("pk", "state"))


Unit = tuple[str, int]  # "r" or "s", id


def _undecided() -> Q:
    """Figures entered one by one, and those of submissions that were sent."""
    alone = Q(submission=None, state__in=OPEN)
    return alone | Q(submission__state=SubmissionState.SUBMITTED, state=ResultState.SUBMITTED)


def _loose(reach: frozenset[int] | None) -> QuerySet[Result]:
    rows = Result.objects.filter(NOT_APPROVED, submission=None, state__in=OPEN)
    return rows if reach is None else rows.filter(organisation__in=reach)


def _sent(reach: frozenset[int] | None) -> QuerySet[Submission]:
    rows = Submission.objects.filter(state=SubmissionState.SUBMITTED)
    return rows if reach is None else rows.filter(organisation__in=reach)


def _own(actor: Actor) -> tuple[Q, Q]:
    """What the actor entered or sent, as the services know it."""
    entered = Result.objects.filter(submission=OuterRef("pk"), state=ResultState.SUBMITTED, added_by=actor.name)
    return Q(added_by=actor.name), Q(entered_by=actor.name) | Q(submitted_by=actor.name) | Q(Exists(entered))


def _by_age(loose: QuerySet[Result], sent: QuerySet[Submission]) -> list[Unit]:
    rows: list[tuple[Any, str, int]] = [(at, "r", pk) for at, pk in loose.order_by().values_list("added_at", "pk")]
    rows += [(at, "s", pk) for at, pk in sent.order_by().values_list("submitted_at", "pk")]
    return [(kind, pk) for _at, kind, pk in sorted(rows)]


def _made(units: list[Unit], reach: frozenset[int] | None, own: frozenset[Unit]) -> list[Waiting]:
    papers = Document.objects.defer(*_LEFT)
    rows = Result.objects.select_related("organisation", "target__indicator", "indicator", "supersedes")
    rows = rows.prefetch_related(Prefetch("document", papers))
    alone = rows.in_bulk([pk for kind, pk in units if kind == "r"])
    bodies = Submission.objects.select_related("organisation").prefetch_related(
        Prefetch("evidence", Document.objects.defer("text", "places", *_LEFT)),
        Prefetch("results", rows.filter(state=ResultState.SUBMITTED).order_by("target__number", "pk")),
    )
    whole = bodies.in_bulk([pk for kind, pk in units if kind == "s"])
    every = [*alone.values(), *(one for held in whole.values() for one in held.results.all())]
    figures = _figures(every)
    closed = _closed({one.organisation_id for one in every} | {held.organisation_id for held in whole.values()})
    found = []
    for kind, pk in units:
        held = whole.get(pk) if kind == "s" else None
        told = list(held.results.all()) if held is not None else [alone[pk]] if kind == "r" and pk in alone else []
        if not told:  # decided on, or taken back, since the list was made
            continue
        found.append(_unit(held, [figures[one.pk] for one in told], closed, reach, (kind, pk) in own))
    return found


def _unit(
    held: Submission | None,
    figures: list[WaitingFigure],
    closed: Mapping[int, list[PeriodLock]],
    reach: frozenset[int] | None,
    own: bool,
) -> Waiting:
    of = figures[0].result.organisation if held is None else held.organisation
    whose = {one.result.organisation_id for one in figures} | {of.pk}
    period = Period.parse(figures[0].result.period if held is None else held.period)
    shut = (lock for key in whose for lock in closed.get(key, ()) if Period.parse(lock.period).holds(period))
    refusal = ""
    if own:
        refusal = _("Do anh/chị nhập hoặc gửi: không ai tự duyệt số của mình.")
    elif reach is not None and not whose <= reach:
        refusal = _("Có số của đơn vị ngoài phạm vi duyệt của anh/chị.")
    return Waiting(of, held, tuple(figures), own, refusal, next(shut, None))


def _figures(results: Collection[Result]) -> dict[int, WaitingFigure]:
    targets = {one.target_id for one in results if one.target_id is not None}
    beside = _Beside(results, targets)
    read = Proposal.objects.filter(made_type="result", made_id__in=[one.pk for one in results])
    corrected = {one.made_id: one for one in read.exclude(edited=None).prefetch_related("document")}
    maps = {one.document_id: one.document.map for one in results if one.document is not None}
    return {one.pk: _figure(one, beside, corrected.get(one.pk), maps) for one in results}


def _figure(
    result: Result, beside: "_Beside", read: Proposal | None, maps: Mapping[int | None, Places]
) -> WaitingFigure:
    before, replaces = beside.of(result)
    target, period = result.target, Period.parse(result.period)
    then = Period.parse(before.period) if before is not None else None
    alike = before is not None and then is not None and _alike(result, period, then)
    told = (then, before.value) if before is not None and then is not None else None
    sentence, place = None, None
    if result.document is not None and result.span_start is not None and result.span_end is not None:
        span = (result.span_start, result.span_end)
        sentence, place = sentence_at(result.document.text, *span), maps[result.document_id].of(*span)
    return WaitingFigure(
        result,
        before,
        replaces,
        result.value - before.value if alike and before is not None else None,
        sentence,
        place,
        read,
        (
            *(() if target is None else typed.doubts(target, period, result.value, told)),
            *_less_than_a_part(result, before),
        ),
    )


def _less_than_a_part(result: Result, before: Result | None) -> tuple[str, ...]:
    """What comes up in a year is no less than what came up in a part of it."""
    if before is None or result.indicator.nature != Nature.FLOW or result.running_total or before.running_total:
        return ()
    whole, part = Period.parse(result.period), Period.parse(before.period)
    if whole == part or not whole.holds(part) or result.value >= before.value:
        return ()
    words = _("Nhỏ hơn số đã duyệt của %(part)s, %(value)s, dù %(part)s nằm trong kỳ này; hãy xem lại nguồn.")
    said = {"part": name_in(get_language(), part), "value": with_unit(before.value, before.unit)}
    return (words % said,)


def _alike(result: Result, period: Period, then: Period) -> bool:
    """Sums of half a year and of a year cannot be set against one another; shares and stocks can."""
    lasting = result.indicator.nature in (Nature.STOCK, Nature.RATE, Nature.STATUS)
    first, last = period.months
    same = last - first == then.months[1] - then.months[0]
    return same or lasting or parse_unit(result.unit).kind == "percent"


Place = tuple[Any, str, str, bool]  # target (or organisation and indicator), period, kind, running total


class _Beside:
    """Approved figures that waiting ones are set beside: of the same period, a year earlier, and the newest."""

    def __init__(self, results: Collection[Result], targets: set[int]) -> None:
        periods = {one.period for one in results} | {_year_before(one.period) for one in results}
        loose = {one.indicator_id for one in results if one.target_id is None}
        bodies = {one.organisation_id for one in results if one.target_id is None}
        of = Q(target__in=targets) | Q(target=None, indicator__in=loose, organisation__in=bodies)
        held = list(Result.objects.filter(of, period__in=periods, state=ResultState.APPROVED).order_by("pk"))
        replaced = {one.supersedes_id for one in held}
        self._held = {_place(one): one for one in held if one.pk not in replaced}
        rows = Latest.objects.filter(target__in=targets).select_related("result")
        self._latest = {row.target_id: row.result for row in rows}

    def of(self, result: Result) -> tuple[Result | None, bool]:
        """The figure to compare with, and whether the new one takes its place."""
        if result.supersedes is not None:
            return result.supersedes, True
        of, period, kind, running = _place(result)
        same = self._held.get((of, period, kind, running))
        if same is not None:
            return same, True
        return self._first(of, (period, _year_before(period)), running) or self._latest.get(of), False

    def _first(self, of: Any, periods: Iterable[str], running: bool) -> Result | None:
        kinds = (ResultKind.OFFICIAL.value, ResultKind.ESTIMATE.value)
        found = (self._held.get((of, period, kind, running)) for period in periods for kind in kinds)
        return next((one for one in found if one is not None), None)


def _place(one: Result) -> Place:
    of = one.target_id if one.target_id is not None else (one.organisation_id, one.indicator_id)
    return of, one.period, one.kind, one.running_total


def _year_before(period: str) -> str:
    of = Period.parse(period)
    return str(Period(of.year - 1, of.part))


def _closed(organisations: Collection[int]) -> dict[int, list[PeriodLock]]:
    found: dict[int, list[PeriodLock]] = {}
    for lock in PeriodLock.objects.filter(organisation__in=organisations, reopened_at=None):
        found.setdefault(lock.organisation_id, []).append(lock)
    return found
