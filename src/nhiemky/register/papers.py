"""How documents hang together: which one a number means, what carries a resolution out, what nothing carries out yet.

Selectors and intake read it. A document is known by organisation, term, number and date, never by its ordinal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from nhiemky.register import access
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.infer import BINDING, link_kind, normal_number, term_of
from nhiemky.register.models import Document, DocumentLink, Organisation, Proposal
from nhiemky.register.models.documents import LinkKind, ProposalState
from nhiemky.register.sentences import sentence_at
from nhiemky.values.figures import day
from nhiemky.values.period import Term

_LONG = ("text", "places", "tables")
Papers = dict[str, list[Document]]


@dataclass(frozen=True)
class Branch:
    """A document with what concretises it, and what concretises that."""

    document: Document
    below: tuple["Branch", ...]


@dataclass(frozen=True)
class Suggestion:
    """A link that a citation suggests; accepting its proposal makes it."""

    proposal: Proposal
    to: Document
    kind: LinkKind


def numbered(organisation_id: int, citations: Iterable[dict[str, Any]]) -> Papers:
    """Documents that this organisation may mean by these citations: its own, those above and those below, by number."""
    found: Papers = {}
    figures = {part for one in citations for part in normal_number(str(one.get("number") or "")).split()[:1]}
    if not figures:
        return found
    said = reduce(or_, (Q(number__contains=part) for part in sorted(figures)))
    rows = Document.objects.filter(said, organisation__in=access.family_of(organisation_id))
    for held in rows.select_related("organisation").defer(*_LONG, "reading"):
        found.setdefault(normal_number(held.number), []).append(held)
    return found


def cited(citation: dict[str, Any], citing: Document, papers: Papers) -> Document | None:
    """The document held that a citation means: the same number, and the same date where both have one. Numbers begin
    again every year and in every body: of several that fit none is taken."""
    said = str(citation.get("date") or "")
    fits = [one for one in papers.get(normal_number(str(citation.get("number") or "")), ()) if one.pk != citing.pk]
    if said:
        dated = [one for one in fits if one.issued_on is not None and one.issued_on.isoformat().startswith(said)]
        fits = dated or [one for one in fits if one.issued_on is None]
    return fits[0] if len(fits) == 1 else None


def suggested_links(document: Document) -> list[Suggestion]:
    """Links that the citations of a document suggest and nobody has decided on."""
    waiting = list(Proposal.objects.filter(document=document, kind="citations", state=ProposalState.PENDING))
    papers = numbered(document.organisation_id, (proposal.current for proposal in waiting))
    found: dict[tuple[int, LinkKind], Suggestion] = {}
    for proposal in waiting:
        to = cited(proposal.current, document, papers)
        if to is not None:
            one = Suggestion(proposal, to, link_kind(document, to, said_of(proposal)))
            found.setdefault((to.pk, one.kind), one)
    held = set(DocumentLink.objects.filter(document=document).values_list("to", "kind"))
    return [one for key, one in found.items() if key not in held]


def said_of(proposal: Proposal) -> str:
    """The sentence that a proposal was read in."""
    return sentence_at(proposal.document.text, proposal.span_start, proposal.span_end).text


def links(document_id: int) -> list[DocumentLink]:
    """What a document does to others, and others to it."""
    rows = DocumentLink.objects.select_related("document__organisation", "to__organisation")
    return list(rows.filter(document=document_id)) + list(rows.filter(to=document_id))


def tree(document: Document) -> Branch:
    """What concretises the document, and so on down; a circle in old data is cut."""
    return _branch(document, frozenset())


def gaps(of: Organisation) -> list[Document]:
    """Resolutions and the like, of `of` or of bodies above it, that nothing of `of` or below concretises yet; what
    another has replaced asks for nothing. Newest first."""
    above = access.line_of(of.pk)
    binding = Document.objects.filter(organisation__in=above, kind__in=BINDING)
    replaced = DocumentLink.objects.filter(kind=LinkKind.REPLACES).values("to")
    done = DocumentLink.objects.filter(
        kind=LinkKind.CONCRETISES, document__organisation__in=access.below(of.pk)
    ).values("to")
    itself = DocumentLink.objects.filter(kind=LinkKind.CONCRETISES).values("document")
    rows = binding.exclude(pk__in=replaced).exclude(pk__in=done).exclude(organisation=of, pk__in=itself)
    return list(rows.select_related("organisation").defer(*_LONG).order_by("-issued_on", "-pk"))


def document_known(of: Organisation, number: str, on: date | None = None, term: Term | str | None = None) -> Document:
    """The organisation's document of this number, date and term. NotFound where it has none; where several bear the
    number, ServiceError asks for what tells them apart."""
    rows = Document.objects.filter(organisation=of).exclude(number="").defer(*_LONG)
    fits = [one for one in rows if normal_number(one.number) == normal_number(number)]
    fits = [one for one in fits if on is None or one.issued_on == on]
    fits = [one for one in fits if term is None or str(term_of(one)) == str(term)]
    if not fits:
        words = _("“%(organisation)s” không có văn bản số %(number)s như vậy trong sổ. Hãy xem lại số, ngày, nhiệm kỳ.")
        raise NotFound("number", words % {"organisation": of.name, "number": number})
    if len(fits) > 1:
        days = ", ".join(day(one.issued_on) if one.issued_on else "?" for one in fits)
        words = _("Có %(n)s văn bản cùng số %(number)s (ngày %(days)s). Hãy nêu cả ngày ban hành.")
        raise ServiceError("issued_on", words % {"n": len(fits), "number": number, "days": days})
    return fits[0]


def _branch(document: Document, above: frozenset[int]) -> Branch:
    seen = above | {document.pk}
    rows = Document.objects.filter(links__to=document, links__kind=LinkKind.CONCRETISES).exclude(pk__in=seen)
    below = rows.select_related("organisation").defer(*_LONG).order_by("issued_on", "pk")
    return Branch(document, tuple(_branch(one, seen) for one in below))
