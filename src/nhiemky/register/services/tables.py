"""Reads a table of a document again by the roles that a person gives to its columns, or confirms them as they are."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.reading.annex.records import VALUES, Role
from nhiemky.register import access, annexes, events, intake
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.annexes import Annex, Roles
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Document, Proposal, Question
from nhiemky.register.models.documents import ProposalState, QuestionState
from nhiemky.register.services.records import locked, write
from nhiemky.values.period import Period

_UNTOLD = ("confidence", "rule")  # how a fact was found, not what it says
_Fact = tuple[str, str, int, int]  # kind, what it says, its span


@dataclass(frozen=True)
class TableRead:
    """What became of a table's proposals: `kept` were decided before; `differing` of those are read otherwise now."""

    added: int
    removed: int
    kept: int
    differing: int

    @property
    def changed(self) -> bool:
        return bool(self.added or self.removed)


@write
def read_table(document_id: int, key: str, roles: Roles | None, actor: Actor, *, confirmed: bool = False) -> TableRead:
    """Replace what waits of a table by what it says under `roles` (None: as it was first read); what was decided
    stays. The roles are kept with the document, `confirmed` once a person says that they are right."""
    document = locked(Document.objects.select_related("organisation"), document_id, _("văn bản"))
    access.require(actor, Power.COMPILE, document.organisation)
    one = annexes.annex_at(document, key)
    if one is None:
        raise NotFound("", _("Văn bản này không có bảng “%s”. Hãy tải lại trang.") % key)
    if roles is None:
        document.table_roles.pop(key, None)
    else:
        _check(one, roles)
        document.table_roles[key] = {
            "roles": {str(column): [role.value, period] for column, (role, period) in sorted(roles.items())},
            "confirmed": confirmed,
            "by": actor.name,
            "at": timezone.now().isoformat(),
        }
    document.save(update_fields=["table_roles"])
    one = annexes.annex_at(document, key) or one
    facts = annexes.facts_of(document, one)
    done = _replace_proposals(document, one.reading.span, facts)
    _replace_questions(document, one.reading.span, facts["warnings"])
    said = {"table": key, "roles": document.table_roles.get(key, {}).get("roles"), "confirmed": confirmed}
    events.append(actor, "read_table", document, {**said, "added": done.added, "removed": done.removed})
    return done


def _check(one: Annex, roles: Roles) -> None:
    """Roles that give no figure are refused, unless all say that the table is none of targets and results."""
    for column, (_role, period) in roles.items():
        if not 0 <= column < len(one.reading.columns):
            raise ServiceError("", _("Bảng này không có cột %s. Hãy tải lại trang.") % (column + 1))
        if period is not None:
            Period.parse(period)
    given = {roles[at.column][0] if at.column in roles else at.role for at in one.reading.columns}
    named, valued = Role.INDICATOR in given, bool(given & (VALUES - {Role.REPLACED}))
    if named and not valued:
        raise ServiceError(
            "roles", _("Chưa có cột nào là số liệu. Hãy chọn ít nhất một cột mục tiêu, kết quả, ước hoặc lũy kế.")
        )
    if valued and not named:
        raise ServiceError("roles", _("Chưa có cột tên chỉ tiêu. Hãy chọn cột ghi tên chỉ tiêu."))


def _replace_proposals(document: Document, span: tuple[int, int], facts: dict[str, list[dict[str, Any]]]) -> TableRead:
    rows = Proposal.objects.select_for_update().filter(document=document, kind__in=annexes.KINDS)
    here = list(rows.filter(span_start__lt=span[1], span_end__gt=span[0]))
    wanted = {_said(kind, fact, fact["span"]): (kind, fact) for kind in annexes.KINDS for fact in facts[kind]}
    decided = [one for one in here if one.state != ProposalState.PENDING]
    waiting = {_of(one): one for one in here if one.state == ProposalState.PENDING}
    told = {_of(one) for one in decided}
    gone = [one.pk for said, one in waiting.items() if said not in wanted]
    Proposal.objects.filter(pk__in=gone).delete()
    fresh = [both for said, both in wanted.items() if said not in waiting and said not in told]
    _surer([(one, wanted[said][1]) for said, one in waiting.items() if said in wanted])
    _propose(document, fresh)
    return TableRead(len(fresh), len(gone), len(decided), len(told - wanted.keys()))


def _surer(kept: list[tuple[Proposal, dict[str, Any]]]) -> None:
    """What is read as before is as sure as it is now: a person has looked at the columns."""
    for proposal, fact in kept:
        proposal.confidence = fact["confidence"]
        proposal.fact |= {key: fact[key] for key in _UNTOLD}
    Proposal.objects.bulk_update([one for one, _fact in kept], ["confidence", "fact"], batch_size=200)


def _propose(document: Document, fresh: list[tuple[str, dict[str, Any]]]) -> None:
    held = intake.held_by(document.organisation_id)
    last: dict[str, int] = {}
    for kind, position in (
        Proposal.objects.filter(document=document).order_by("position").values_list("kind", "position")
    ):
        last[kind] = position
    made = []
    for kind, fact in fresh:
        last[kind] = last.get(kind, -1) + 1
        made.append(intake.proposal_of(document, kind, last[kind], fact, held))
    Proposal.objects.bulk_create(made, batch_size=200)


def _replace_questions(document: Document, span: tuple[int, int], warnings: list[dict[str, Any]]) -> None:
    """Open questions about the table become those of the new reading; an answered one is not asked again."""
    rows = Question.objects.filter(document=document, span_start__lt=span[1], span_end__gt=span[0])
    wanted = {(found["code"], found["message"]): found for found in warnings}
    known = {(one.code, one.message): one for one in rows}
    gone = [one.pk for said, one in known.items() if one.state == QuestionState.OPEN and said not in wanted]
    Question.objects.filter(pk__in=gone).delete()
    Question.objects.bulk_create(
        [intake.question_of(document, found) for said, found in wanted.items() if said not in known]
    )


def _of(proposal: Proposal) -> _Fact:
    return _said(proposal.kind, proposal.fact, (proposal.span_start, proposal.span_end))


def _said(kind: str, fact: dict[str, Any], span: Any) -> _Fact:
    told = {key: value for key, value in fact.items() if key not in ("span", *_UNTOLD)}
    return kind, json.dumps(told, sort_keys=True), span[0], span[1]
