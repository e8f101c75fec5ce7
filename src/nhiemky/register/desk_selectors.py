"""Small reads that only the desk's menus and lists need; board, target and proposals are in `selectors`. No writes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from nhiemky.register.errors import NotFound
from nhiemky.register.intake import sure_ones
from nhiemky.register.models import Organisation, Proposal, Question, Result, Target


@dataclass(frozen=True)
class Named:
    pk: int
    name: str


def organisations() -> tuple[Named, ...]:
    """Those with most targets first, then those with documents; bodies that only answer for a target are left out."""
    counted = Organisation.objects.annotate(
        aims=Count("targets", distinct=True), papers=Count("documents", distinct=True)
    )
    held = counted.filter(Q(aims__gt=0) | Q(papers__gt=0) | Q(kind="party_committee"))
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


def board_day(organisation_id: int, term: str, today: date) -> date:
    """The day a board is judged on where none is asked for: that of its newest figure, never a day to come."""
    newest = newest_figure(organisation_id, term) if term else None
    return min(newest, today) if newest else today


def waiting(organisation_id: int) -> int:
    """How many documents have proposals that nobody has decided."""
    open_ones = Proposal.objects.filter(document__organisation_id=organisation_id, state="pending")
    return open_ones.values("document_id").distinct().count()


def question(question_id: int) -> Question:
    found = Question.objects.filter(pk=question_id).select_related("document").first()
    if found is None:
        raise NotFound("", f"Không có câu hỏi số {question_id} trong sổ. Hãy tải lại trang.")
    return found


def target_choices(organisation_id: int) -> list[Target]:
    """Targets a fact may be linked to, newest term first, in the order of the annex."""
    return list(Target.objects.filter(organisation_id=organisation_id).order_by("-term", "number"))


def pending_ids(document_id: int) -> set[int]:
    return set(Proposal.objects.filter(document_id=document_id, state="pending").values_list("pk", flat=True))


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


def progress(document_id: int) -> Progress:
    figure, open_one = Q(kind__in=("targets", "results")), Q(state="pending")
    counted = Proposal.objects.filter(document_id=document_id).aggregate(
        figures_handled=Count("pk", filter=figure & ~open_one),
        figures=Count("pk", filter=figure),
        handled=Count("pk", filter=~open_one),
        total=Count("pk"),
    )
    return Progress(**counted)


def confident(document_id: int, threshold: float) -> int:
    """How many open proposals `accept_confident` would try."""
    return len(sure_ones(document_id, threshold))
