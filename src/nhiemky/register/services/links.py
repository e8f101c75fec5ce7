"""Links documents: what one does to another. A citation suggests a link; a person makes it, or accepts the citation."""

from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Document, DocumentLink
from nhiemky.register.models.documents import LinkKind
from nhiemky.register.services.records import locked, values, write
from nhiemky.values.figures import day

_ONE_WAY = (LinkKind.CONCRETISES, LinkKind.REPLACES)


@write
def link_documents(document_id: int, to_id: int, kind: str, actor: Actor) -> DocumentLink:
    """`document` concretises, rests on, amends, replaces or reports on `to`, which the actor may look at."""
    document = locked(Document.objects.select_related("organisation"), document_id, _("văn bản"))
    access.require(actor, Power.COMPILE, document.organisation)
    to = locked(Document.objects.select_related("organisation"), to_id, _("văn bản"))
    access.require(actor, Power.READ, to.organisation)
    made = new_link(document, to, kind, actor)
    events.append(actor, "link_documents", made, {"made": values(made)})
    return made


@write
def unlink_documents(link_id: int, actor: Actor) -> None:
    """Take a link away; the log keeps what it said."""
    held = locked(DocumentLink.objects.select_related("document__organisation"), link_id, _("liên kết"))
    access.require(actor, Power.COMPILE, held.document.organisation)
    events.append(actor, "unlink_documents", held, {"removed": values(held)})
    held.delete()


def new_link(document: Document, to: Document, kind: str, actor: Actor) -> DocumentLink:
    """Checked and saved, without an event: for services that write their own."""
    said = checks.one_of(kind, dict(LinkKind.choices), "kind")
    if document.pk == to.pk:
        raise ServiceError("to", _("Một văn bản không liên kết với chính nó. Hãy chọn văn bản khác."))
    if DocumentLink.objects.filter(document=document, to=to, kind=said).exists():
        words = _("Đã có liên kết “%(kind)s” với “%(to)s”. Hãy tải lại trang.")
        raise ServiceError("to", words % {"kind": LinkKind(said).label, "to": to.title})
    if document.issued_on is not None and to.issued_on is not None and document.issued_on < to.issued_on:
        words = _("“%(document)s” ban hành %(on)s, trước “%(to)s” (%(there)s). Hãy đổi chiều, hoặc sửa ngày ban hành.")
        dates = {"on": day(document.issued_on), "there": day(to.issued_on)}
        raise ServiceError("to", words % {"document": document.title, "to": to.title, **dates})
    if said in _ONE_WAY and document.pk in _reached(to, said):
        words = _("“%(to)s” đã %(kind)s văn bản này; hai văn bản không %(kind)s lẫn nhau. Hãy đổi chiều.")
        raise ServiceError("to", words % {"to": to.title, "kind": LinkKind(said).label.lower()})
    return DocumentLink.objects.create(document=document, to=to, kind=said, made_by=actor.name, made_at=timezone.now())


def _reached(document: Document, kind: str) -> set[int]:
    """Keys of what the document concretises (or replaces), and so on up."""
    found: set[int] = set()
    rank = {document.pk}
    while rank:
        rows = DocumentLink.objects.filter(kind=kind, document__in=rank)
        rank = set(rows.values_list("to", flat=True)) - found
        found |= rank
    return found
