"""Decides on what a reading proposes: accept, edit, link, reject, and undo of each, back to exactly what was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, intake
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError, missing
from nhiemky.register.models import Document, Proposal, Result, Target
from nhiemky.register.models.documents import ProposalState, Relation
from nhiemky.register.services.edits import clean
from nhiemky.register.services.making import SAME_RESULT, SAME_TARGET, make_result, make_target, unmake
from nhiemky.register.services.recording import record
from nhiemky.register.services.records import locked, settle, values, write


class Suggested:
    """Stands for "the target that the proposal suggests"."""


SUGGESTED: Final = Suggested()
_STATE = (
    "state", "edited", "reason", "suggested_target_id", "suggestion_score", "relation", "relation_note", "decided_by",
    "decided_at", "made_type", "made_id",
)  # fmt: skip


@dataclass(frozen=True)
class Decided:
    """The proposal after the step, what it made, and what the clerk should know."""

    proposal: Proposal
    made: Model | None = None
    warnings: tuple[str, ...] = ()


@write
def accept_proposal(
    proposal_id: int,
    actor: Actor,
    *,
    target_id: int | Suggested | None = SUGGESTED,
    edits: Mapping[str, Any] | None = None,
    as_new: bool = False,
) -> Decided:
    """Take a fact into the register.

    A target fact makes a target, unless it equals one held (or `target_id` names one): then it is a further source of
    that. A result fact makes a result of the target (omitted: the suggested one; None: of its indicator only),
    approved unless the actor typed another figure than the document says: that one waits for someone else. A figure
    already held is confirmed, not doubled. Ratings, commendations and tasks make their row, citations of a document
    held a link; other kinds are kept as confirmed facts of the document.
    """
    proposal = _pending(proposal_id, actor)
    changed = clean(proposal, edits) if edits else {}
    _remember(proposal, "accept", actor, typed=bool(changed))
    proposal.edited = {**(proposal.edited or {}), **changed} or None
    made, warnings = _make(proposal, actor, target_id, as_new)
    settle(proposal, ProposalState.ACCEPTED, actor)
    proposal.save()
    told = {
        "kind": proposal.kind,
        "edits": proposal.edited,
        "made_type": proposal.made_type,
        "made_id": proposal.made_id,
    }
    events.append(actor, "accept_proposal", proposal, {**told, "made": values(made) if made else None})
    if isinstance(made, Result):
        intake.rematch_figures(made.organisation_id, made.target_id)
    elif proposal.kind == "targets":
        intake.rematch(proposal.document.organisation_id)
    return Decided(proposal, made, warnings)


@write
def reject_proposal(proposal_id: int, actor: Actor, reason: str = "") -> Decided:
    """Leave a fact out of the register."""
    proposal = _pending(proposal_id, actor)
    _remember(proposal, "reject", actor)
    proposal.reason = checks.short(reason, "reason", 400)
    settle(proposal, ProposalState.REJECTED, actor)
    proposal.save()
    events.append(actor, "reject_proposal", proposal, {"kind": proposal.kind, "reason": proposal.reason})
    return Decided(proposal)


@write
def edit_proposal(proposal_id: int, actor: Actor, edits: Mapping[str, Any]) -> Decided:
    """Correct fields of a fact before it is decided; what was read stays beside the correction."""
    proposal = _pending(proposal_id, actor)
    changed = clean(proposal, edits)
    if not changed:
        return Decided(proposal)
    _remember(proposal, "edit", actor, typed=True)
    proposal.edited = {**(proposal.edited or {}), **changed}
    intake.apply(proposal, intake.match(proposal, intake.held_by(proposal.document.organisation_id)))
    proposal.save()
    events.append(actor, "edit_proposal", proposal, {"kind": proposal.kind, "changed": changed})
    return Decided(proposal)


@write
def link_proposal(proposal_id: int, actor: Actor, target_id: int | None) -> Decided:
    """Choose the target a fact belongs to, or none; the fact is still to be decided."""
    proposal = _pending(proposal_id, actor)
    if not proposal.is_figure:
        raise ServiceError("target_id", _("Chỉ số liệu và chỉ tiêu mới gắn được với một chỉ tiêu của sổ."))
    target = _target(proposal, target_id)
    _remember(proposal, "link", actor)
    proposal.suggested_target, proposal.suggestion_score = target, 1.0 if target else 0.0
    if proposal.kind == "results":
        held = intake.held_of(proposal.document.organisation_id, target_id)
        proposal.relation, proposal.relation_note = intake.relate(proposal, target, held)
    else:
        proposal.relation, proposal.relation_note = (Relation.DUPLICATE if target else Relation.NEW), ""
    proposal.save()
    events.append(actor, "link_proposal", proposal, {"kind": proposal.kind, "target": target_id})
    return Decided(proposal)


@write
def undo(proposal_id: int, actor: Actor) -> Proposal:
    """Take back the last step on a proposal (accept, reject, edit or link) and what it made; the log keeps both. A
    figure that someone else has returned stays as returned, one that someone else has approved is not taken away."""
    proposal = locked(Proposal.objects.select_related("document__organisation"), proposal_id, _("đề xuất"))
    access.require(actor, Power.COMPILE, proposal.document.organisation)
    if not proposal.history:
        raise ServiceError("", _("Đề xuất này chưa có bước nào để hoàn tác. Hãy tải lại trang."))
    before: dict[str, Any] = proposal.history[-1]
    removed = None
    if (proposal.made_type, proposal.made_id) != (before["made_type"], before["made_id"]):
        removed = unmake(proposal.made_type, proposal.made_id, proposal.decided_by)
    for field in _STATE:
        setattr(proposal, field, before[field])
    proposal.decided_at = parse_datetime(before["decided_at"]) if before["decided_at"] else None
    if before["suggested_target_id"] and not Target.objects.filter(pk=before["suggested_target_id"]).exists():
        proposal.suggested_target_id = None
    proposal.history = proposal.history[:-1]
    proposal.save()
    events.append(actor, "undo", proposal, {"step": before["step"], "removed": removed})
    if proposal.kind == "targets":
        intake.rematch(proposal.document.organisation_id)
    elif proposal.kind == "results":
        for target in {removed["target_id"] if removed else None, proposal.suggested_target_id}:
            intake.rematch_figures(proposal.document.organisation_id, target)
    proposal.refresh_from_db()
    return proposal


@write
def accept_confident(document_id: int, actor: Actor, threshold: float = 0.9) -> int:
    """Accept all proposals of a document that are sure and contradict nothing; targets first, so that results find
    them. One that a check refuses stays for a person. Returns how many were accepted."""
    document = locked(Document.objects.select_related("organisation"), document_id, _("văn bản"))
    access.require(actor, Power.COMPILE, document.organisation)
    targets = [one for one in intake.sure_ones(document_id, threshold) if one.kind == "targets"]
    accepted = _accept_each(targets, actor, threshold)
    return accepted + _accept_each(intake.sure_ones(document_id, threshold), actor, threshold)


def _accept_each(proposals: list[Proposal], actor: Actor, threshold: float) -> int:
    accepted = 0
    for proposal in proposals:
        # Read again: accepting one fact may make the next a repetition of it, or a contradiction.
        proposal.refresh_from_db(fields=("relation", "suggestion_score", "suggested_target"))
        if intake.is_sure(proposal, threshold):
            try:
                accept_proposal(proposal.pk, actor)
            except ServiceError:
                continue
            accepted += 1
    return accepted


def _make(
    proposal: Proposal, actor: Actor, target_id: int | Suggested | None, as_new: bool
) -> tuple[Model | None, tuple[str, ...]]:
    if proposal.kind == "targets":
        return _accept_target(proposal, target_id, as_new)
    if proposal.kind == "results":
        return _accept_result(proposal, actor, target_id, as_new)
    return record(proposal, actor, as_new=as_new)


def _accept_target(
    proposal: Proposal, target_id: int | Suggested | None, as_new: bool
) -> tuple[Target | None, tuple[str, ...]]:
    if isinstance(target_id, Suggested):
        if proposal.relation == Relation.CONTRADICTION and not as_new:
            advice = _("Hãy gắn với chỉ tiêu ấy (giữ mức trong sổ), hoặc nhận thành chỉ tiêu mới.")
            raise ServiceError("target_id", f"{proposal.relation_note} {advice}")
        repeats = proposal.suggested_target if proposal.relation == Relation.DUPLICATE else None
    else:
        repeats = _target(proposal, target_id)
    if repeats is not None and not as_new:
        proposal.suggested_target, proposal.made_type, proposal.made_id = repeats, SAME_TARGET, repeats.pk
        told = _("Đã có trong sổ là chỉ tiêu %(number)s: %(name)s; ghi thêm nguồn này.")
        return None, (told % {"number": repeats.number, "name": repeats.name},)
    made, warnings = make_target(proposal)
    proposal.made_type, proposal.made_id = "target", made.pk
    return made, warnings


def _accept_result(
    proposal: Proposal, actor: Actor, target_id: int | Suggested | None, as_new: bool
) -> tuple[Result | None, tuple[str, ...]]:
    target = proposal.suggested_target if isinstance(target_id, Suggested) else _target(proposal, target_id)
    held = intake.held_of(proposal.document.organisation_id, target.pk if target is not None else None)
    same = None if as_new else intake.repeated(proposal, target, held)
    if same is not None:
        proposal.suggested_target, proposal.made_type, proposal.made_id = target, SAME_RESULT, same.pk
        return None, (_("Số này đã có trong sổ; ghi thêm nguồn này, không ghi hai lần."),)
    made, warnings = make_result(proposal, target, actor)
    proposal.suggested_target, proposal.made_type, proposal.made_id = target, "result", made.pk
    if made.supersedes is not None:
        warnings += (_("Thay cho số đã duyệt trước đó (%s); số cũ vẫn được giữ.") % made.supersedes,)
    return made, warnings


def _pending(proposal_id: int, actor: Actor) -> Proposal:
    rows = Proposal.objects.select_related("document__organisation", "suggested_target__indicator")
    proposal = locked(rows, proposal_id, _("đề xuất"))
    access.require(actor, Power.COMPILE, proposal.document.organisation)
    if proposal.state != ProposalState.PENDING:
        at = timezone.localtime(proposal.decided_at) if proposal.decided_at else timezone.localtime()
        words = _("Đề xuất này đã được %(who)s bỏ lúc %(at)s. Hãy tải lại trang.")
        if proposal.state == ProposalState.ACCEPTED:
            words = _("Đề xuất này đã được %(who)s nhận lúc %(at)s. Hãy tải lại trang.")
        raise ServiceError("", words % {"who": proposal.decided_by, "at": f"{at:%H:%M %d/%m/%Y}"})
    return proposal


def _target(proposal: Proposal, target_id: int | None) -> Target | None:
    if target_id is None:
        return None
    held = Target.objects.filter(pk=target_id).select_related("indicator").first()
    if held is None:
        raise missing(_("chỉ tiêu"), target_id, "target_id")
    if held.organisation_id != proposal.document.organisation_id:
        words = _("Chỉ tiêu “%s” là của tổ chức khác. Hãy chọn chỉ tiêu của đơn vị này.")
        raise ServiceError("target_id", words % held.name)
    return held


def _remember(proposal: Proposal, step: str, actor: Actor, *, typed: bool = False) -> None:
    """The state before a step, who takes it, and whether they type something of their own in it."""
    before: dict[str, Any] = {field: getattr(proposal, field) for field in _STATE}
    before |= {"by": actor.name, "typed": typed}
    before["decided_at"] = proposal.decided_at.isoformat() if proposal.decided_at else None
    proposal.history = [*proposal.history, {"step": step, **before}]
