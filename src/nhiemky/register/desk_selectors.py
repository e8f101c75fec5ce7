"""Small reads for the desk's lists and menus: who there is, which documents wait, what is asked. No writes.

Board, target and proposals are in `selectors`; these only list and count.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count, Max, Model, Q, QuerySet

from nhiemky.register.errors import NotFound
from nhiemky.register.models import Document, Event, Organisation, Proposal, Question, Result, Review, Target

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Named:
    pk: int
    name: str


@dataclass(frozen=True)
class DocumentLine:
    """A document with how far its proposals are handled."""

    pk: int
    title: str
    source_name: str
    added_at: datetime
    added_by: str
    genre: str
    handled: int
    total: int
    questions: int

    @property
    def waiting(self) -> int:
        return self.total - self.handled


def organisations() -> tuple[Named, ...]:
    """Those that have targets first, then those with documents; bodies that only answer for a target are left out."""
    held = Organisation.objects.annotate(
        aims=Count("targets", distinct=True), papers=Count("documents", distinct=True)
    ).filter(Q(aims__gt=0) | Q(papers__gt=0) | Q(kind="party_committee"))
    return tuple(Named(one.pk, one.name) for one in held.order_by("-aims", "name", "pk"))


def terms(organisation_id: int) -> tuple[str, ...]:
    """Terms the organisation has targets for, newest first."""
    found = Target.objects.filter(organisation_id=organisation_id).order_by().values_list("term", flat=True).distinct()
    return tuple(sorted(found, reverse=True))


def newest_figure(organisation_id: int, term: str) -> date | None:
    """The as-of date of the newest approved result of the term's targets."""
    held = Result.objects.filter(target__organisation_id=organisation_id, target__term=term, state="approved")
    newest: date | None = held.aggregate(newest=Max("as_of"))["newest"]
    return newest


def documents(organisation_id: int) -> list[DocumentLine]:
    """The organisation's documents: those with proposals still open first, then the newest."""
    held = Document.objects.filter(organisation_id=organisation_id).defer("text")
    counted = held.annotate(
        total=Count("proposals", distinct=True),
        handled=Count("proposals", filter=~Q(proposals__state="pending"), distinct=True),
        asked=Count("questions", filter=Q(questions__state="open"), distinct=True),
    )
    lines = [_line(one, one.handled, one.total, one.asked) for one in counted.order_by("-added_at", "-pk")]
    return sorted(lines, key=lambda line: line.waiting == 0)


def _line(document: Document, handled: int, total: int, asked: int) -> DocumentLine:
    return DocumentLine(
        document.pk,
        document.title,
        document.source_name,
        document.added_at,
        document.added_by,
        str(document.reading.get("genre") or "other"),
        handled,
        total,
        asked,
    )


def waiting(organisation_id: int) -> int:
    """How many documents have proposals that nobody has decided."""
    open_ones = Proposal.objects.filter(document__organisation_id=organisation_id, state="pending")
    return open_ones.values("document_id").distinct().count()


def document(document_id: int) -> Document:
    """One document with its text; NotFound says which was asked for."""
    return _one(Document.objects.select_related("organisation"), document_id, "văn bản")


def proposal(proposal_id: int) -> Proposal:
    return _one(Proposal.objects.select_related("document", "suggested_target"), proposal_id, "đề xuất")


def target(target_id: int) -> Target:
    return _one(Target.objects.select_related("organisation", "indicator", "document"), target_id, "chỉ tiêu")


def review(review_id: int) -> Review:
    return _one(Review.objects.select_related("organisation"), review_id, "bản sơ kết")


def reviews(organisation_id: int) -> list[Review]:
    return list(Review.objects.filter(organisation_id=organisation_id).defer("pack").order_by("-created_at"))


def open_questions(organisation_id: int) -> list[Question]:
    """What documents leave open and nobody has answered, newest document first."""
    held = Question.objects.filter(document__organisation_id=organisation_id, state="open").select_related("document")
    return list(held.order_by("-document__added_at", "span_start"))


def questions_of(document_id: int) -> list[Question]:
    return list(Question.objects.filter(document_id=document_id).order_by("span_start", "pk"))


def question(question_id: int) -> Question:
    return _one(Question.objects.select_related("document"), question_id, "câu hỏi")


def target_choices(organisation_id: int) -> list[Target]:
    """Targets a fact may be linked to, newest term first, in the order of the annex."""
    return list(Target.objects.filter(organisation_id=organisation_id).order_by("-term", "number"))


def results_made(document_id: int) -> dict[int, int]:
    """Which target each of the document's accepted results went to: result id → target id."""
    held = Result.objects.filter(document_id=document_id, target__isnull=False)
    return dict(held.values_list("pk", "target_id"))


def last_decided(document_id: int) -> Proposal | None:
    """The proposal that was decided last: what `undo` takes back first."""
    decided = Proposal.objects.filter(document_id=document_id).exclude(state="pending")
    return decided.order_by("-decided_at", "-pk").first()


def events_of(subject_type: str, subject_id: int) -> list[Event]:
    return list(Event.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("-seq")[:50])


def _one(held: "QuerySet[M]", pk: int, what: str) -> M:
    found = held.filter(pk=pk).first()
    if found is None:
        raise NotFound("", f"Không có {what} số {pk} trong sổ.")
    return found
