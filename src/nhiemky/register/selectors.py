"""Reads of the register: what the desk, the reports and the command line show. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from nhiemky.register import intake
from nhiemky.register.board import Board, BoardRow, board_of, row_of
from nhiemky.register.errors import NotFound
from nhiemky.register.models import Document, Event, Organisation, Proposal, Question, Result, Review, Target
from nhiemky.register.models.documents import ProposalState, QuestionState
from nhiemky.register.models.targets import ResultState
from nhiemky.register.sentences import Sentence, sentence_at
from nhiemky.values.period import Term

Row = TypeVar("Row", bound=Model)

__all__ = ["Board", "BoardRow", "Organisation", "Sentence"]


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
class Waiting:
    """What waits for a person: undecided proposals, open questions, and the documents that hold them."""

    proposals: int
    questions: int
    documents: tuple[Document, ...]


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.select_related("place", "parent")


def organisation(organisation_id: int) -> Organisation:
    return _one(organisations(), organisation_id, "tổ chức")


def organisation_named(name: str) -> Organisation:
    """The organisation with exactly this name; NotFound says which names there are."""
    found = organisations().filter(name=name).first()
    if found is None:
        held = ", ".join(organisations().values_list("name", flat=True)[:8]) or "chưa có tổ chức nào"
        raise NotFound("organisation", f"Không có tổ chức “{name}” trong sổ. Đang có: {held}.")
    return found


def organisations_with_targets() -> QuerySet[Organisation]:
    return organisations().filter(Exists(Target.objects.filter(organisation=OuterRef("pk"))))


def terms(of: Organisation) -> list[str]:
    """Terms in which the organisation has targets, newest first."""
    return sorted(set(Target.objects.filter(organisation=of).values_list("term", flat=True)), reverse=True)


def documents(of: Organisation) -> QuerySet[Document]:
    """Newest first, with `total` and `handled` proposals and `open_questions`; texts are left in the table."""
    handled = Count("proposals", filter=~Q(proposals__state=ProposalState.PENDING), distinct=True)
    asked = Count("questions", filter=Q(questions__state=QuestionState.OPEN), distinct=True)
    held = Document.objects.filter(organisation=of).select_related("organisation").defer("text")
    return held.annotate(total=Count("proposals", distinct=True), handled=handled, open_questions=asked)


def document(document_id: int) -> Document:
    return _one(Document.objects.select_related("organisation__place"), document_id, "văn bản")


def holds(of: Organisation, sha256: str) -> bool:
    """Whether the organisation holds a document of this digest."""
    return Document.objects.filter(organisation=of, sha256=sha256).exists()


def proposals(document_id: int) -> list[Proposal]:
    """All proposals of a document in the order of its text."""
    found = Proposal.objects.filter(document=document_id).select_related("document", "suggested_target")
    return list(found.order_by("span_start", "span_end", "id"))


def proposal(proposal_id: int) -> Proposal:
    return _one(Proposal.objects.select_related("document__organisation", "suggested_target"), proposal_id, "đề xuất")


def document_progress(document_id: int) -> tuple[int, int]:
    """How many proposals of the document are decided, of how many."""
    counted = Proposal.objects.filter(document=document_id).aggregate(
        handled=Count("id", filter=~Q(state=ProposalState.PENDING)), total=Count("id")
    )
    return counted["handled"], counted["total"]


def sure_proposals(document_id: int, threshold: float) -> list[int]:
    """Those that `services.accept_confident` would accept."""
    return [proposal.pk for proposal in intake.sure_ones(document_id, threshold)]


def questions(document_id: int) -> list[Question]:
    return list(Question.objects.filter(document=document_id).select_related("document"))


def open_questions(of: Organisation) -> list[Question]:
    held = Question.objects.filter(document__organisation=of, state=QuestionState.OPEN)
    return list(held.select_related("document"))


def waiting(of: Organisation) -> Waiting:
    undecided = Proposal.objects.filter(document__organisation=of, state=ProposalState.PENDING)
    asked = Question.objects.filter(document__organisation=of, state=QuestionState.OPEN)
    held = documents(of).filter(
        Exists(undecided.filter(document=OuterRef("pk"))) | Exists(asked.filter(document=OuterRef("pk")))
    )
    return Waiting(undecided.count(), asked.count(), tuple(held))


def source_sentence(held: Document, start: int, end: int) -> Sentence:
    """The sentence of the document around text[start:end], with where the span lies in it."""
    return sentence_at(held.text, start, end)


def targets_of(of: Organisation, term: str | None = None) -> QuerySet[Target]:
    held = Target.objects.filter(organisation=of).select_related("indicator", "document").order_by("term", "number")
    return held.filter(term=term) if term else held


def board(of: Organisation, term: str | Term, today: date) -> Board:
    """The targets of a term with what was known by `today`: three queries, however many targets."""
    whole = term if isinstance(term, Term) else Term.parse(term)
    held = list(targets_of(of, str(whole)).defer("document__text", "document__reading").prefetch_related("path"))
    reached: dict[int, list[Result]] = {target.pk: [] for target in held}
    for result in _current(Result.objects.filter(target__in=list(reached)), today):
        if result.target_id is not None:
            reached[result.target_id].append(result)
    return board_of(of, whole, today, tuple(row_of(target, reached[target.pk], today) for target in held))


def target(target_id: int) -> Target:
    return _one(Target.objects.select_related("organisation__place", "indicator", "document"), target_id, "chỉ tiêu")


def target_detail(target_id: int, today: date) -> TargetDetail:
    held = _one(
        Target.objects.select_related("organisation__place", "indicator", "document").prefetch_related("path"),
        target_id,
        "chỉ tiêu",
    )
    every = list(Result.objects.filter(target=held).select_related("document").order_by("period", "id"))
    current = {result.pk for result in _current(Result.objects.filter(target=held), today)}
    row = row_of(held, [result for result in every if result.pk in current], today)
    lines = tuple(_line(result, result.pk in current) for result in every)
    clause = None
    if held.document and held.span_start is not None and held.span_end is not None:
        clause = source_sentence(held.document, held.span_start, held.span_end)
    return TargetDetail(row, lines, clause, tuple(_history(held, every)))


def result(result_id: int) -> Result:
    return _one(Result.objects.select_related("target", "indicator", "document"), result_id, "kết quả")


def reviews(of: Organisation) -> QuerySet[Review]:
    return Review.objects.filter(organisation=of).defer("pack")


def review(review_id: int) -> Review:
    return _one(Review.objects.select_related("organisation__place"), review_id, "bản sơ kết")


def _current(held: QuerySet[Result], today: date) -> Iterable[Result]:
    """Approved results known by `today` that no other such result has taken the place of."""
    known = list(
        held.filter(state=ResultState.APPROVED, as_of__lte=today)
        .select_related("document__organisation")
        .defer("document__text", "document__reading")
    )
    replaced = {result.supersedes_id for result in known}
    return [result for result in known if result.pk not in replaced]


def _line(result: Result, current: bool) -> ResultLine:
    if result.document is None or result.span_start is None or result.span_end is None:
        return ResultLine(result, result.document, None, None, current)
    span = (result.span_start, result.span_end)
    return ResultLine(result, result.document, source_sentence(result.document, *span), span, current)


def _history(held: Target, results: list[Result]) -> QuerySet[Event]:
    ids = [str(result.pk) for result in results]
    about = Q(subject_type="target", subject_id=str(held.pk)) | Q(subject_type="result", subject_id__in=ids)
    return Event.objects.filter(about).order_by("-seq")


def _one(rows: QuerySet[Row], key: int, what: str) -> Row:
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound("", f"Không có {what} số {key} trong sổ; có thể đã bị hoàn tác. Hãy tải lại trang.")
    return found
