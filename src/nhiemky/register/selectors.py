"""Reads of the register: what the desk, the reports and the command line show. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from django.db.models import Count, Exists, Max, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhiemky.assess.target import Goal
from nhiemky.register import access, intake
from nhiemky.register.actors import Actor
from nhiemky.register.board import Board, BoardRow, board_of, goal_of, points_of, row_of, shares_of
from nhiemky.register.bodies import body_named
from nhiemky.register.errors import NotFound, missing
from nhiemky.register.models import (
    Adjustment,
    Document,
    Event,
    Organisation,
    Proposal,
    Question,
    Result,
    Review,
    Target,
)
from nhiemky.register.models.documents import ProposalState, QuestionState
from nhiemky.register.models.places import OrganisationKind
from nhiemky.register.models.results import ResultState
from nhiemky.register.papers import document_known, gaps, links, suggested_links, tree
from nhiemky.register.selectors_figures import (
    corrections_since,
    latest_of,
    not_reported,
    province_grid,
    province_roll,
    scorecard,
    submission,
    submissions_waiting,
)
from nhiemky.register.sentences import Sentence, sentence_at
from nhiemky.register.waiting import (
    Waiting,
    WaitingFigure,
    WaitingPage,
    count_waiting,
    locks,
    made_states,
    returned_submissions,
    returned_to,
    waiting,
    waiting_of,
)
from nhiemky.values.period import Term

Row = TypeVar("Row", bound=Model)

# What a document holds by the megabyte. Many rows of one document get it prefetched, so that this is read once.
_LONG = ("document__text", "document__reading", "document__places", "document__tables")

__all__ = [  # for the types of those who may not touch the tables, and reads that stand in files of their own
    "Organisation",
    "Waiting",
    "WaitingFigure",
    "WaitingPage",
    "corrections_since",
    "count_waiting",
    "document_known",
    "gaps",
    "latest_of",
    "links",
    "locks",
    "made_states",
    "not_reported",
    "province_grid",
    "province_roll",
    "returned_submissions",
    "returned_to",
    "scorecard",
    "submission",
    "submissions_waiting",
    "suggested_links",
    "tree",
    "waiting",
    "waiting_of",
]


# Whose a record is, for pages that name it in their address.
OWNERS: Final[dict[str, tuple[type[Model], Any]]] = {
    "document": (Document, gettext_lazy("văn bản")),
    "proposal": (Proposal, gettext_lazy("đề xuất")),
    "question": (Question, gettext_lazy("câu hỏi")),
    "result": (Result, gettext_lazy("bản ghi kết quả")),
    "review": (Review, gettext_lazy("bản sơ kết")),
    "target": (Target, gettext_lazy("chỉ tiêu")),
}
_PATHS: Final = {"proposal": "document__organisation", "question": "document__organisation"}


@dataclass(frozen=True)
class ResultLine:
    """A result with the sentence that says so; `current` is false once a later figure took its place."""

    result: Result
    document: Document | None
    sentence: Sentence | None
    span: tuple[int, int] | None
    current: bool


@dataclass(frozen=True)
class TargetDetail:
    row: BoardRow
    results: tuple[ResultLine, ...]
    clause_source: Sentence | None
    history: tuple[Event, ...]


@dataclass(frozen=True)
class Progress:
    """How far a document is handled: figures (targets, results), and everything that was proposed."""

    figures_handled: int
    figures: int
    handled: int
    total: int

    @property
    def done(self) -> bool:
        return self.handled == self.total


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.select_related("place", "parent")


def organisation_named(name: str) -> Organisation:
    """The organisation with this name (or `name #number`); NotFound says which names there are, where several bear it
    their numbers are told."""
    try:
        return body_named(name)
    except NotFound:
        held = ", ".join(organisations().values_list("name", flat=True)[:8]) or _("chưa có tổ chức nào")
        words = _("Không có tổ chức “%(name)s” trong sổ. Đang có: %(held)s.")
        raise NotFound("organisation", words % {"name": name, "held": held}) from None


def organisations_with_targets() -> QuerySet[Organisation]:
    return organisations().filter(Exists(Target.objects.filter(organisation=OuterRef("pk"))))


def organisations_to_show(actor: Actor) -> tuple[Organisation, ...]:
    """What the actor may look at: its own, then those with most targets, then those with documents; other bodies that
    only answer for a target are left out."""
    seen = access.readable(actor)
    rows = organisations() if seen is None else organisations().filter(pk__in=seen)
    counted = rows.annotate(aims=Count("targets", distinct=True), papers=Count("documents", distinct=True))
    own = Q(pk=actor.organisation)
    held = counted.filter(Q(aims__gt=0) | Q(papers__gt=0) | Q(kind=OrganisationKind.PARTY_COMMITTEE) | own)
    return tuple(sorted(held.order_by("-aims", "name_key", "pk"), key=lambda one: one.pk != actor.organisation))


def owner(kind: str, key: int) -> Organisation:
    """The organisation that a record belongs to; NotFound where there is no such record."""
    table, what = OWNERS[kind]
    path = _PATHS.get(kind, "organisation")
    held = _one(table._default_manager.select_related(path).only(path), key, str(what))
    found: Any = held
    for step in path.split("__"):
        found = getattr(found, step)
    return found  # type: ignore[no-any-return]


def terms(organisation_id: int) -> tuple[str, ...]:
    """Terms in which the organisation has targets, newest first."""
    found = Target.objects.filter(organisation=organisation_id).order_by().values_list("term", flat=True).distinct()
    return tuple(sorted(found, reverse=True))


def documents(of: Organisation) -> QuerySet[Document]:
    """Newest first, with `total` and `handled` proposals and `open_questions`; texts are left in the table."""
    handled = Count("proposals", filter=~Q(proposals__state=ProposalState.PENDING), distinct=True)
    asked = Count("questions", filter=Q(questions__state=QuestionState.OPEN), distinct=True)
    held = Document.objects.filter(organisation=of).select_related("organisation").defer("text", "places", "tables")
    return held.annotate(total=Count("proposals", distinct=True), handled=handled, open_questions=asked)


def document(document_id: int) -> Document:
    return _one(Document.objects.select_related("organisation__place"), document_id, _("văn bản"))


def holds(of: Organisation, sha256: str) -> bool:
    """Whether the organisation holds a document of this digest."""
    return Document.objects.filter(organisation=of, sha256=sha256).exists()


def proposals(document_id: int) -> list[Proposal]:
    """All proposals of a document in the order of its text."""
    found = Proposal.objects.filter(document=document_id).select_related("suggested_target")
    return list(found.prefetch_related("document").order_by("span_start", "span_end", "id"))


def proposal(proposal_id: int) -> Proposal:
    return _one(
        Proposal.objects.select_related("document__organisation", "suggested_target"), proposal_id, _("đề xuất")
    )


def undecided(of: Organisation) -> list[Proposal]:
    """Proposals that wait for a person, those of the newest document first."""
    held = Proposal.objects.filter(document__organisation=of, state=ProposalState.PENDING)
    return list(
        held.prefetch_related("document").order_by("-document__added_at", "-document", "span_start", "span_end", "id")
    )


def undecided_documents(organisation_id: int) -> int:
    """How many documents have proposals that nobody has decided."""
    held = Proposal.objects.filter(document__organisation=organisation_id, state=ProposalState.PENDING)
    return held.values("document").distinct().count()


def pending_ids(document_id: int) -> set[int]:
    return set(Proposal.objects.filter(document=document_id, state=ProposalState.PENDING).values_list("pk", flat=True))


def progress(document_id: int) -> Progress:
    figure, decided = Q(kind__in=("targets", "results")), ~Q(state=ProposalState.PENDING)
    counted = Proposal.objects.filter(document=document_id).aggregate(
        figures_handled=Count("pk", filter=figure & decided),
        figures=Count("pk", filter=figure),
        handled=Count("pk", filter=decided),
        total=Count("pk"),
    )
    return Progress(**counted)


def confident(document_id: int, threshold: float) -> int:
    """How many proposals `services.accept_confident` would try."""
    return len(intake.sure_ones(document_id, threshold))


def questions(document_id: int) -> list[Question]:
    return list(Question.objects.filter(document=document_id).prefetch_related("document"))


def question(question_id: int) -> Question:
    return _one(Question.objects.select_related("document"), question_id, _("câu hỏi"))


def open_questions(of: Organisation) -> list[Question]:
    held = Question.objects.filter(document__organisation=of, state=QuestionState.OPEN)
    return list(held.prefetch_related("document"))


def target_choices(organisation_id: int) -> list[Target]:
    """Targets a fact may be linked to, newest term first, in the order of the annex."""
    return list(Target.objects.filter(organisation=organisation_id).order_by("-term", "number"))


def board(of: Organisation, term: str | Term, today: date) -> Board:
    """The targets of a term with what was known by `today`: four queries, however many targets."""
    whole = term if isinstance(term, Term) else Term.parse(term)
    targets = Target.objects.filter(organisation=of, term=str(whole)).select_related("indicator")
    held = list(targets.order_by("number").prefetch_related("path", "adjustments"))
    points = points_of([target.pk for target in held], today)
    shares = shares_of(held, points, today)
    rows = tuple(row_of(one, points.get(one.pk, ()), today, shares.get(one.pk, ())) for one in held)
    return board_of(of, whole, today, rows)


def records_of(keys: Iterable[Any]) -> dict[Any, Result]:
    """Results by id, each with its document; texts are left in the table."""
    found: dict[Any, Result] = Result.objects.select_related("document__organisation").defer(*_LONG).in_bulk(list(keys))
    return found


def board_day(organisation_id: int, term: str, today: date) -> date:
    """The day a board is judged on where none is asked for: that of its newest figure, never a day to come."""
    held = Result.objects.filter(target__organisation=organisation_id, target__term=term, state=ResultState.APPROVED)
    newest: date | None = held.aggregate(newest=Max("as_of"))["newest"]
    return min(newest, today) if newest else today


def target(target_id: int) -> Target:
    return _one(Target.objects.select_related("organisation__place", "indicator", "document"), target_id, _("chỉ tiêu"))


def target_numbered(of: Organisation, term: str, number: int) -> Target | None:
    """The target with this number on the board of a term."""
    return Target.objects.filter(organisation=of, term=term, number=number).select_related("indicator").first()


def names_of(keys: Iterable[int]) -> dict[int, str]:
    """Organisations by id → their names."""
    return dict(Organisation.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def target_detail(target_id: int, today: date) -> TargetDetail:
    held = _one(
        Target.objects.select_related("organisation__place", "indicator", "document").prefetch_related(
            "path", "adjustments__document"
        ),
        target_id,
        _("chỉ tiêu"),
    )
    every = list(Result.objects.filter(target=held).select_related("document").order_by("period", "id"))
    parts = list(held.parts.select_related("indicator").prefetch_related("path", "adjustments"))
    known = points_of([held.pk, *(part.pk for part in parts)], today)
    points = known.get(held.pk, ())
    current = {point.ref for point in points}
    row = row_of(held, points, today, shares_of(parts, known, today).get(held.pk, ()))
    lines = tuple(_line(result, result.pk in current) for result in every)
    clause = None
    if held.document and held.span_start is not None and held.span_end is not None:
        clause = sentence_at(held.document.text, held.span_start, held.span_end)
    return TargetDetail(row, lines, clause, tuple(_history(held, every)))


def goal_on(target_id: int, on: date) -> Goal:
    """The goal that was in force on that day."""
    held = Target.objects.select_related("indicator").prefetch_related("path", "adjustments")
    return goal_of(_one(held, target_id, _("chỉ tiêu")), on)


def adjustments(target_id: int) -> list[Adjustment]:
    """Changes of a target by a document, first to last."""
    return list(Adjustment.objects.filter(target=target_id).select_related("document"))


def result(result_id: int) -> Result:
    return _one(Result.objects.select_related("target", "indicator", "document"), result_id, _("bản ghi kết quả"))


def reviews(of: Organisation) -> QuerySet[Review]:
    return Review.objects.filter(organisation=of).defer("pack")


def review(review_id: int) -> Review:
    return _one(Review.objects.select_related("organisation__place"), review_id, _("bản sơ kết"))


def _line(result: Result, current: bool) -> ResultLine:
    if result.document is None or result.span_start is None or result.span_end is None:
        return ResultLine(result, result.document, None, None, current)
    span = (result.span_start, result.span_end)
    return ResultLine(result, result.document, sentence_at(result.document.text, *span), span, current)


def _history(held: Target, results: list[Result]) -> QuerySet[Event]:
    ids = [str(result.pk) for result in results]
    about = Q(subject_type="target", subject_id=str(held.pk)) | Q(subject_type="result", subject_id__in=ids)
    return Event.objects.filter(about).order_by("-seq")


def _one(rows: QuerySet[Row], key: int, what: str) -> Row:
    found = rows.filter(pk=key).first()
    if found is None:
        raise missing(what, key)
    return found
