"""Changes a target by a document: adjusts its goal, drops it, takes it up again, and undoes the last of these.

What it was and what it is stand in the adjustment; the target holds what is decided last. Nothing is overwritten.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, intake
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Adjustment, Document, Target, TargetPath
from nhiemky.register.models.targets import TargetState
from nhiemky.register.services.records import values, write
from nhiemky.register.services.target_fields import GOAL, warnings_of
from nhiemky.register.services.targets import check_lead, path_of, saved_target, seen, set_fields, set_path
from nhiemky.register.standing_goals import PATH, from_plain
from nhiemky.values.canonical import canonical
from nhiemky.values.figures import day

_ADJUSTABLE = frozenset(
    (*GOAL, "name", "baseline_year", "deadline", "step_like", "lead_body", "lead", "coordinating_bodies")
)
_COLUMNS = sorted((_ADJUSTABLE - {"lead"}) | {"lead_id", "state", "state_reason"})


@write
def adjust_target(
    target_id: int,
    actor: Actor,
    *,
    on: Any,
    reason: str,
    document: Document | None = None,
    reference: str = "",
    version: int | None = None,
    path: Mapping[int, Any] | None = None,
    **changes: Any,
) -> Adjustment:
    """Change the goal from a day on, by a document held or its number and date as `reference`. `changes` are columns of
    the goal, `path` years to figures (None takes one away). On days before `on` the former goal stays in force."""
    target = seen(target_id, version, actor, Power.DECIDE)
    if target.state == TargetState.DROPPED:
        raise ServiceError("", _("Chỉ tiêu này đã thôi thực hiện. Hãy khôi phục trước rồi mới điều chỉnh."))
    for field in sorted(set(changes) - _ADJUSTABLE):
        raise ServiceError(field, _("Không điều chỉnh được ô “%s” của một chỉ tiêu.") % field)
    ground = _ground(target, actor, on, reason, document, reference)
    before = _held(target)
    set_fields(target, changes)
    if "lead" in changes:
        check_lead(actor, target)
    set_path(target, path or {}, str(changes.get("unit") or target.unit))
    if _held(target) == before:
        raise ServiceError("", _("Chưa có gì thay đổi so với mức đang thực hiện. Hãy nhập mức mới."))
    return _keep(target, actor, "adjust_target", TargetState.ADJUSTED, before, ground)


@write
def drop_target(
    target_id: int,
    actor: Actor,
    *,
    on: Any,
    reason: str,
    document: Document | None = None,
    reference: str = "",
    version: int | None = None,
) -> Adjustment:
    """Stop carrying a target out from a day on, by a document."""
    target = seen(target_id, version, actor, Power.DECIDE)
    if target.state == TargetState.DROPPED:
        raise ServiceError("", _("Chỉ tiêu này đã thôi thực hiện rồi. Hãy tải lại trang."))
    ground = _ground(target, actor, on, reason, document, reference)
    return _keep(target, actor, "drop_target", TargetState.DROPPED, _held(target), ground)


@write
def reinstate_target(
    target_id: int,
    actor: Actor,
    *,
    on: Any,
    reason: str,
    document: Document | None = None,
    reference: str = "",
    version: int | None = None,
) -> Adjustment:
    """Take up a dropped target again, in the state it was dropped from."""
    target = seen(target_id, version, actor, Power.DECIDE)
    last = _last(target)
    if target.state != TargetState.DROPPED or last is None:
        raise ServiceError("", _("Chỉ tiêu này đang thực hiện; chỉ khôi phục được chỉ tiêu đã thôi thực hiện."))
    ground = _ground(target, actor, on, reason, document, reference)
    return _keep(target, actor, "reinstate_target", TargetState(last.before["state"]), _held(target), ground)


@write
def undo_adjustment(target_id: int, actor: Actor, *, version: int | None = None) -> Target:
    """Take back the last adjustment (or dropping, or taking up again) and what it changed; the log keeps both."""
    target = seen(target_id, version, actor, Power.DECIDE)
    last = _last(target)
    if last is None:
        raise ServiceError("", _("Chỉ tiêu này chưa có lần điều chỉnh nào. Hãy tải lại trang."))
    now = _held(target)
    if any(now.get(column) != value for column, value in last.after.items()):
        raise ServiceError(
            "", _("Chỉ tiêu đã được sửa sau lần điều chỉnh này. Hãy sửa lại như lúc điều chỉnh rồi mới hoàn tác.")
        )
    for column, value in last.before.items():
        if column == PATH:
            TargetPath.objects.filter(target=target).delete()
            set_path(target, {int(year): Decimal(step) for year, step in value.items()}, target.unit)
        else:
            setattr(target, column, from_plain(column, value))
    taken = values(last)
    last.delete()
    target.version += 1
    saved_target(target)
    events.append(actor, "undo_adjustment", target, {"removed": taken, "version": target.version})
    intake.rematch(target.organisation_id)
    return target


def _ground(
    target: Target, actor: Actor, on: Any, reason: str, document: Document | None, reference: str
) -> dict[str, Any]:
    """From when, why and by which paper: the columns of the adjustment that say so."""
    since = checks.real_day(on, "on")
    term = checks.term(target.term)
    if not term.first_day <= since <= term.last_day:
        words = _("Ngày %(found)s nằm ngoài nhiệm kỳ %(term)s; cần từ %(first)s đến %(last)s. Hãy sửa ngày.")
        said = {"found": day(since), "term": term, "first": day(term.first_day), "last": day(term.last_day)}
        raise ServiceError("on", words % said)
    last = _last(target)
    if last is not None and since < last.on:
        words = _("Đã có điều chỉnh từ ngày %(last)s; lần sau không thể có hiệu lực sớm hơn, từ %(found)s.")
        raise ServiceError("on", words % {"last": day(last.on), "found": day(since)})
    if document is not None:
        access.require(actor, Power.READ, document.organisation)
    named = checks.short(reference, "reference", 300)
    if document is None and not named:
        raise ServiceError("document", _("Chưa có văn bản quyết định. Hãy chọn văn bản, hoặc ghi số, ngày của nó."))
    why = checks.text(reason, "reason", 600, _("lý do điều chỉnh"))
    return {"on": since, "document": document, "reference": named, "reason": why}


def _keep(
    target: Target, actor: Actor, verb: str, state: TargetState, before: dict[str, Any], ground: dict[str, Any]
) -> Adjustment:
    paper = ground["reference"] or ground["document"].title
    target.state = state
    target.state_reason = "" if state == TargetState.ACTIVE else f"{ground['reason']} ({paper})"[:400]
    target.version += 1
    saved_target(target)
    after = _held(target)
    changed = [column for column in after if after[column] != before[column]]
    made = Adjustment.objects.create(
        target=target,
        state=state,
        before={column: before[column] for column in changed},
        after={column: after[column] for column in changed},
        made_by=actor.name,
        made_at=timezone.now(),
        **ground,
    )
    told = {column: [before[column], after[column]] for column in changed}
    events.append(actor, verb, target, {"changed": told, "made": values(made), "version": target.version})
    intake.rematch(target.organisation_id)
    target.warnings = warnings_of(target)
    return made


def _held(target: Target) -> dict[str, Any]:
    """The columns that an adjustment may change, with the path, as JSON keeps them."""
    held = {column: getattr(target, column) for column in _COLUMNS} | {PATH: path_of(target)}
    plain: dict[str, Any] = json.loads(canonical(held))
    return plain


def _last(target: Target) -> Adjustment | None:
    return target.adjustments.order_by("-on", "-pk").first()
