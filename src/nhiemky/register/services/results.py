"""Adds results and decides on them; a later figure of the same period takes the former's place and keeps it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, intake, summaries, typed
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Document, Indicator, Latest, Organisation, Result, Target
from nhiemky.register.models.places import names
from nhiemky.register.models.results import ResultState
from nhiemky.register.services.periods import refuse_locked
from nhiemky.register.services.records import check_source, locked, settle, source_of, values, write
from nhiemky.register.services.versioned import not_to_come, today
from nhiemky.register.units import parse_unit
from nhiemky.values.kinds import Qualifier, ResultKind
from nhiemky.values.period import Period

_OPEN = (ResultState.PROPOSED, ResultState.SUBMITTED)


@write
def add_result(
    target_id: int,
    actor: Actor,
    *,
    period: Any,
    value: Any,
    unit: str | None = None,
    kind: str = "official",
    as_of: date | None = None,
    document: Document | None = None,
    span: tuple[int, int] | None = None,
    note: str = "",
    approved: bool = False,
    **more: Any,
) -> Result:
    """A figure of one period of a target, waiting for approval (`approved`: samples and imports, by who may approve).

    `more`: high, planned, ratio, qualifier, running_total, cell.
    """
    target = locked(Target.objects.select_related("organisation", "indicator"), target_id, _("chỉ tiêu"))
    access.require(actor, Power.ENTER, target.organisation)
    if approved:
        access.require(actor, Power.APPROVE, target.organisation)
    check_source(actor, document, span)
    fields = {"period": period, "value": value, "unit": target.unit if unit is None else unit, "kind": kind}
    fields |= {"as_of": as_of, "document": document, "span": span, "note": note, **more}
    made, warnings = new_result(target.organisation, target, target.indicator, fields, actor, approved=approved)
    events.append(actor, "add_result", made, {"made": values(made), "warnings": list(warnings)})
    if approved:
        intake.rematch_figures(target.organisation_id, target.pk)
    return made


def new_result(
    organisation: Organisation,
    target: Target | None,
    indicator: Indicator,
    fields: Mapping[str, Any],
    actor: Actor,
    *,
    approved: bool,
    added_by: str = "",
) -> tuple[Result, tuple[str, ...]]:
    """Checked and saved, without an event; the warnings are for the person who enters it. `added_by`: who typed it,
    where that is not the actor."""
    refuse_locked(organisation, checks.period(fields["period"]))
    made, warnings = checked_result(organisation, target, indicator, fields, actor, _told_before(target))
    made.added_by = added_by or made.added_by
    if approved:
        _approve(made, actor)
    else:
        made.save()
    return made, warnings


def checked_result(
    organisation: Organisation,
    target: Target | None,
    indicator: Indicator,
    fields: Mapping[str, Any],
    actor: Actor,
    before: Latest | None,
) -> tuple[Result, tuple[str, ...]]:
    """The result of what was typed or read, not yet saved; errors name their field. `before`: the target's latest."""
    given = checks.short(fields.get("unit"), "unit", 60)
    value = typed.value_of(fields["value"], given, target, before.value if before is not None else None)
    period = checks.period(fields["period"])
    kind = checks.one_of(fields.get("kind") or "official", dict(names(ResultKind)), "kind")
    as_of = not_to_come(fields.get("as_of") or min(period.end, today()), "as_of")
    if target is not None:
        checks.within_term(period, checks.term(target.term))
        checks.same_kind(given, target.unit)
    warnings = checks.within_life(period, organisation.name, organisation.valid_to)
    warnings += checks.sensible(value, given) + checks.timely(period, as_of, kind)
    kept = checks.in_base(value, given, "value")
    if target is not None:
        told = (Period.parse(before.period), before.value) if before is not None else None
        warnings += typed.doubts(target, period, kept, told)
    made = Result(
        organisation=organisation,
        target=target,
        indicator=indicator,
        period=str(period),
        value=kept,
        unit=parse_unit(given).name or (target.unit if target is not None else ""),
        qualifier=_qualifier(fields.get("qualifier")),
        ratio=checks.share(fields.get("ratio"), "ratio"),
        running_total=bool(fields.get("running_total")),
        kind=kind,
        as_of=as_of,
        note=checks.short(fields.get("note"), "note", 600),
        cell=checks.short(fields.get("cell"), "cell", 60),
        state=ResultState.PROPOSED,
        added_by=actor.name,
        added_at=timezone.now(),
        **source_of(fields),
        **{name: _in_base(fields.get(name), name, given) for name in ("high", "planned")},
    )
    return made, warnings


@write
def approve_result(result_id: int, actor: Actor) -> Result:
    """Approve a figure that waits; nobody approves what they entered or sent themselves."""
    result = _waiting(result_id, actor)
    refuse_locked(result.organisation, Period.parse(result.period))
    _approve(result, actor)
    events.append(actor, "approve_result", result, {"supersedes": result.supersedes_id})
    intake.rematch_figures(result.organisation_id, result.target_id)
    return result


@write
def return_result(result_id: int, actor: Actor, reason: str) -> Result:
    """Send a figure back, with the reason."""
    result = _waiting(result_id, actor)
    reason = checks.text(reason, "reason", 600, _("lý do trả lại"))
    settle(result, ResultState.RETURNED, actor)
    corrects, result.supersedes = result.supersedes_id, None
    result.save()
    events.append(actor, "return_result", result, {"reason": reason, "corrects": corrects})
    return result


@write
def correct_result(result_id: int, actor: Actor, value: Any, reason: str, unit: str | None = None) -> Result:
    """Another value for an approved figure, with the reason: a figure of its own, which waits for someone else's
    approval and then takes the place of the former."""
    rows = Result.objects.select_related("organisation", "target__indicator", "indicator", "document")
    held = locked(rows, result_id, _("bản ghi kết quả"))
    access.require(actor, Power.ENTER, held.organisation)
    reason = checks.text(reason, "reason", 600, _("lý do sửa"))
    if held.state != ResultState.APPROVED:
        raise ServiceError("", _("Chỉ sửa số đã duyệt; số này thì duyệt hoặc trả lại. Hãy tải lại trang."))
    _refuse_replaced(held)
    same = ("period", "kind", "as_of", "qualifier", "running_total", "document", "cell")
    fields = {**{name: getattr(held, name) for name in same}, "span": (held.span_start, held.span_end)}
    fields |= {"value": value, "unit": held.unit if unit is None else unit, "note": reason}
    refuse_locked(held.organisation, Period.parse(held.period))
    made, warnings = checked_result(held.organisation, held.target, held.indicator, fields, actor, None)
    if made.value == held.value:
        raise ServiceError("value", _("Số mới bằng số đã duyệt; không có gì để sửa."))
    made.supersedes = held
    made.save()
    told = {"corrects": held.pk, "before": held.value, "reason": reason, "made": values(made)}
    events.append(actor, "correct_result", made, {**told, "warnings": list(warnings)})
    return made


def refuse_own(actor: Actor, *names: str) -> None:
    """Nobody decides on a figure that they entered or sent, whatever their role."""
    if actor.name in names:
        raise ServiceError("", _("Không ai tự duyệt hay trả lại số liệu do chính mình nhập, gửi. Hãy để người khác."))


def in_force() -> Q:
    """Of results: those whose place no approved figure has taken."""
    return ~Q(Exists(Result.objects.filter(supersedes=OuterRef("pk"), state=ResultState.APPROVED)))


def _waiting(result_id: int, actor: Actor) -> Result:
    result = locked(Result.objects.select_related("organisation", "submission"), result_id, _("bản ghi kết quả"))
    access.require(actor, Power.APPROVE, result.organisation)
    if result.state not in _OPEN:
        words = _("Số liệu này đã được %s trả lại. Hãy tải lại trang.")
        if result.state == ResultState.APPROVED:
            words = _("Số liệu này đã được %s duyệt. Hãy tải lại trang.")
        raise ServiceError("", words % result.decided_by)
    if result.submission is not None:
        words = _("Số này nằm trong lần báo số của “%s”. Hãy duyệt hoặc trả lại cả lần báo số.")
        raise ServiceError("", words % result.organisation.name)
    refuse_own(actor, result.added_by)
    return result


def _approve(result: Result, actor: Actor) -> None:
    """Saved as the figure in force, in place of the one it corrects or of the one told before it."""
    settle(result, ResultState.APPROVED, actor)
    if result.supersedes is None:
        result.supersedes = _former(result)
    else:
        _refuse_replaced(result.supersedes)
    if result.target_id is None:
        result.save()
        return
    with summaries.kept((result.target_id,), (result.period,)):
        result.save()


def _former(result: Result) -> Result | None:
    """The approved figure that this one takes the place of: same target or indicator, period and kind."""
    held = Result.objects.filter(
        in_force(),
        organisation=result.organisation,
        target=result.target,
        period=result.period,
        kind=result.kind,
        running_total=result.running_total,
        state=ResultState.APPROVED,
    )
    if result.target_id is None:
        held = held.filter(indicator=result.indicator)
    return held.exclude(pk=result.pk).order_by("-id").first()


def _refuse_replaced(held: Result) -> None:
    later = Result.objects.filter(supersedes=held, state=ResultState.APPROVED).first()
    if later is not None:
        words = _("Số này đã được thay bằng %(later)s (%(who)s duyệt). Hãy tải lại trang và sửa số mới.")
        raise ServiceError("", words % {"later": later, "who": later.decided_by})


def _told_before(target: Target | None) -> Latest | None:
    return None if target is None else Latest.objects.filter(target=target).first()


def _in_base(value: Any, field: str, unit: str) -> Any:
    found = checks.number(value, field)
    return None if found is None else checks.in_base(found, unit, field)


def _qualifier(value: Any) -> str:
    return checks.one_of(value, dict(names(Qualifier)), "qualifier") if value else ""
