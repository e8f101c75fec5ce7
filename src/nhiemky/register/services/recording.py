"""An accepted rating, commendation, task or citation → its row, or a further source of the one held; and its removal.

Counts and bodies only: a text that names a person is refused, the clerk takes the name out. Called by proposals.
"""

from datetime import date
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, infer, papers
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.folding import fold
from nhiemky.register.models import Commendation, Document, DocumentLink, Organisation, Proposal, Rating, Task
from nhiemky.register.models.documents import Relation
from nhiemky.register.persons import unnamed
from nhiemky.register.services.links import new_link
from nhiemky.register.services.recognition import add_commendation, add_rating
from nhiemky.register.services.records import values
from nhiemky.register.services.tasks import add_task
from nhiemky.register.twins import praise_of, subject_of, twin_of

_MADE: Final[dict[str, type[Model]]] = {
    "rating": Rating,
    "commendation": Commendation,
    "task": Task,
    "link": DocumentLink,
}
_ROW_OF: Final = {"ratings": "rating", "commendations": "commendation", "tasks": "task"}
Recorded = tuple[Model | None, tuple[str, ...]]


def record(proposal: Proposal, actor: Actor, *, as_new: bool) -> Recorded:
    """The row made, and what the clerk should know; sets what the proposal made. Other kinds are confirmed facts of
    their document and make none."""
    if proposal.kind == "citations":
        return _link(proposal, actor)
    if proposal.kind not in _ROW_OF:
        return None, ()
    _nameless(proposal)
    twin = twin_of(proposal.kind, proposal.current, proposal.document, papers.said_of(proposal))
    if twin is not None and twin.relation == Relation.DUPLICATE and not as_new:
        proposal.made_type, proposal.made_id = f"same_{_ROW_OF[proposal.kind]}", twin.row.pk
        return None, (_("Đã có trong sổ; ghi thêm nguồn này, không ghi hai lần."),)
    if twin is not None and not as_new:
        raise ServiceError("", f"{twin.note} {_('Hãy bỏ đề xuất này, hoặc sửa cho đúng rồi nhận.')}")
    made, told = {"ratings": _rating, "commendations": _commendation, "tasks": _task}[proposal.kind](proposal, actor)
    if made is not None:
        proposal.made_type, proposal.made_id = _ROW_OF[proposal.kind], made.pk
    return made, told


def erase(kind: str, key: int) -> dict[str, Any] | None:
    """Take away a row that an acceptance made; refused while something later stands on it."""
    table = _MADE.get(kind)
    row = table._default_manager.filter(pk=key).first() if table is not None else None
    if row is None:
        return None
    if isinstance(row, Task) and row.steps.exists():
        words = _("Nhiệm vụ “%s” đã có diễn biến. Hãy thôi thực hiện nhiệm vụ thay vì hoàn tác.")
        raise ServiceError("", words % row.title)
    others = Proposal.objects.filter(made_type=f"same_{kind}", made_id=key).count()
    if others:
        words = _("Bản ghi này còn %s đề xuất nhận là trùng. Hãy hoàn tác các đề xuất ấy trước.")
        raise ServiceError("", words % others)
    said = values(row)
    row.delete()
    return said


def _rating(proposal: Proposal, actor: Actor) -> Recorded:
    """Of the organisation itself or of one below; a body that the register does not hold keeps its fact only."""
    fact, document = proposal.current, proposal.document
    year, of = infer.rating_year(fact, document), subject_of(fact, document)
    if year is None:
        raise ServiceError("year", _("Câu này và văn bản đều không nói năm nào. Hãy ghi năm xếp loại."))
    if of is None:
        return None, (_("“%s” chưa có trong sổ nên chỉ ghi là điều của văn bản này.") % fact["organisation"],)
    made = add_rating(of, actor, year=year, level=fact["level"], **_source(proposal))
    told = () if fact.get("year") else (_("Năm xếp loại suy ra từ văn bản: %s; sửa được nếu chưa đúng.") % year,)
    return made, told


def _commendation(proposal: Proposal, actor: Actor) -> Recorded:
    fact, document = proposal.current, proposal.document
    if document.issued_on is None:
        raise ServiceError(
            "", _("Văn bản không có ngày nên chưa biết khen năm nào. Hãy ghi ngày của văn bản rồi nhận.")
        )
    praise = praise_of(fact, papers.said_of(proposal))
    if praise is None:
        words = _("Gặp “%s”: nguồn không tách tập thể và cá nhân. Hãy ghi một trong hai, với số của nó, rồi nhận.")
        raise ServiceError("recipients", words % fact["recipients"])
    reason, year = str(fact.get("reason") or ""), document.issued_on.year
    counts = {"collectives": praise.collectives, "individuals": praise.individuals}
    source = _source(proposal)
    return add_commendation(
        document.organisation, actor, form=praise.form, year=year, reason=reason, **counts, **source
    ), ()


def _task(proposal: Proposal, actor: Actor) -> Recorded:
    fact, document = proposal.current, proposal.document
    title = checks.text(fact["text"], "text", 600, _("nội dung nhiệm vụ"))
    owner = _owner(title, document.organisation)
    on = document.issued_on if document.issued_on and document.issued_on <= timezone.localdate() else None
    made = add_task(
        document.organisation, actor, owner=owner, title=title, assigned_on=on, due_on=_due(fact, document),
        **_source(proposal),
    )  # fmt: skip
    if owner == document.organisation:
        return made, ()
    return made, (_("Giao cho “%s” theo câu trong văn bản; sửa được nếu chưa đúng.") % owner.name,)


def _link(proposal: Proposal, actor: Actor) -> Recorded:
    """A citation of a document held links the two; of one that is not held it is a fact of its document."""
    document = proposal.document
    citation = proposal.current
    to = papers.cited(citation, document, papers.numbered(document.organisation_id, (citation,)))
    if to is None:
        return None, ()
    kind = infer.link_kind(document, to, papers.said_of(proposal))
    held = DocumentLink.objects.filter(document=document, to=to, kind=kind).first()
    if held is not None:
        proposal.made_type, proposal.made_id = "same_link", held.pk
        return None, ()
    made = new_link(document, to, kind, actor)
    proposal.made_type, proposal.made_id = "link", made.pk
    return made, (_("Liên kết “%(kind)s” với “%(to)s”.") % {"kind": kind.label, "to": to.title},)


def _nameless(proposal: Proposal) -> None:
    """A fact that names a person is not kept: those that the reading found, or anybody addressed."""
    fact = proposal.current
    people = [str(one.get("name")) for one in proposal.document.reading.get("people") or ()]
    for field in ("organisation", "text", "recipients", "reason"):
        said = str(fact.get(field) or "")
        unnamed(said, field)
        named = next((name for name in people if fold(name) in fold(said)), None)
        if named is not None:
            words = _("Gặp “%s”: sổ không giữ tên người; chỉ ghi vai trò, tập thể, số lượng. Hãy bỏ tên.")
            raise ServiceError(field, words % named)


def _owner(title: str, of: Organisation) -> Organisation:
    """The one body below that the task names; else the organisation itself."""
    said = f" {fold(title)} "
    named = [one for one in Organisation.objects.filter(pk__in=access.below(of.pk)) if f" {fold(one.name)} " in said]
    return named[0] if len(named) == 1 else of


def _due(fact: dict[str, Any], document: Document) -> date | None:
    term = infer.term_of(document)
    return infer.deadline(fact, term) if fact.get("by") and term is not None else None


def _source(proposal: Proposal) -> dict[str, Any]:
    return {"document": proposal.document, "span": (proposal.span_start, proposal.span_end)}
