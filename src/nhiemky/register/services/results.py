"""Adds results and decides on them; a later figure of the same period takes the former's place and keeps it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import checks, events, intake
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Document, Indicator, Organisation, Result, Target
from nhiemky.register.models.places import names
from nhiemky.register.models.results import ResultState
from nhiemky.register.services.records import locked, may_write, settle, source_of, values, write
from nhiemky.register.units import parse_unit, to_base
from nhiemky.values.figures import with_unit
from nhiemky.values.kinds import ResultKind
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
    """A figure of one period of a target, waiting for approval (`approved`: entered by who may decide, as samples are).

    `more`: high, planned, ratio, qualifier, running_total.
    """
    may_write(actor)
    if approved and actor.role == "body":
        raise _own_figure()
    target = locked(Target.objects.select_related("organisation", "indicator"), target_id, _("chỉ tiêu"))
    fields = {"period": period, "value": value, "unit": target.unit if unit is None else unit, "kind": kind}
    fields |= {"as_of": as_of, "document": document, "span": span, "note": note, **more}
    made, warnings = new_result(target.organisation, target, target.indicator, fields, actor, approved=approved)
    events.append(actor, "add_result", made, {"made": values(made), "warnings": list(warnings)})
    if approved:
        intake.rematch(target.organisation_id)
    return made


def new_result(
    organisation: Organisation,
    target: Target | None,
    indicator: Indicator,
    fields: dict[str, Any],
    actor: Actor,
    *,
    approved: bool,
) -> tuple[Result, tuple[str, ...]]:
    """Checked and saved, without an event; the warnings are for the person who enters it."""
    given = str(fields.get("unit") or "")
    value = checks.needed(fields["value"], "value")
    period = checks.period(fields["period"])
    kind = checks.one_of(fields.get("kind") or "official", dict(names(ResultKind)), "kind")
    as_of = fields.get("as_of") or min(period.end, timezone.localdate())
    warnings = _checked(target, period, value, given) + checks.timely(period, as_of, kind)
    made = Result(
        organisation=organisation,
        target=target,
        indicator=indicator,
        period=str(period),
        value=to_base(value, given)[0],
        unit=parse_unit(given).name or (target.unit if target is not None else ""),
        qualifier=fields.get("qualifier") or "",
        ratio=checks.number(fields.get("ratio"), "ratio"),
        running_total=bool(fields.get("running_total")),
        kind=kind,
        as_of=as_of,
        note=fields.get("note") or "",
        state=ResultState.PROPOSED,
        added_by=actor.name,
        added_at=timezone.now(),
        **source_of(fields),
        **{name: _in_base(fields.get(name), name, given) for name in ("high", "planned")},
    )
    if approved:
        _approve(made, actor)
    made.save()
    return made, warnings


def _checked(target: Target | None, period: Period, value: Decimal, unit: str) -> tuple[str, ...]:
    """Errors stop; the warnings come back."""
    if target is None:
        return checks.sensible(value, unit)
    checks.within_term(period, checks.term(target.term))
    checks.same_kind(unit, target.unit)
    warnings = checks.sensible(value, unit)
    if target.low is not None and intake.is_far(to_base(value, unit)[0], target):
        told = _("%(found)s khác xa mức chỉ tiêu %(goal)s; hãy xem lại đơn vị trong nguồn.")
        warnings += (told % {"found": with_unit(value, unit), "goal": with_unit(target.low, target.unit)},)
    return warnings


@write
def approve_result(result_id: int, actor: Actor) -> Result:
    """Approve a figure that waits; a body never approves what it entered itself."""
    result = _waiting(result_id, actor)
    _approve(result, actor)
    result.save()
    events.append(actor, "approve_result", result, {"supersedes": result.supersedes_id})
    intake.rematch(result.organisation_id)
    return result


@write
def return_result(result_id: int, actor: Actor, reason: str) -> Result:
    """Send a figure back, with the reason."""
    reason = checks.text(reason, "reason", 600, _("lý do trả lại"))
    result = _waiting(result_id, actor)
    settle(result, ResultState.RETURNED, actor)
    result.save()
    events.append(actor, "return_result", result, {"reason": reason})
    return result


def _waiting(result_id: int, actor: Actor) -> Result:
    may_write(actor)
    result = locked(Result.objects.select_related("organisation"), result_id, _("bản ghi kết quả"))
    if result.state not in _OPEN:
        words = _("Số liệu này đã được %s trả lại. Hãy tải lại trang.")
        if result.state == ResultState.APPROVED:
            words = _("Số liệu này đã được %s duyệt. Hãy tải lại trang.")
        raise ServiceError("", words % result.decided_by)
    if actor.role == "body" and result.added_by == actor.name:
        raise _own_figure()
    return result


def _own_figure() -> ServiceError:
    return ServiceError("", _("Đơn vị không tự duyệt số liệu của mình. Hãy để văn phòng hoặc lãnh đạo duyệt."))


def _approve(result: Result, actor: Actor) -> None:
    settle(result, ResultState.APPROVED, actor)
    result.supersedes = _former(result)


def _former(result: Result) -> Result | None:
    """The approved figure that this one takes the place of: same target or indicator, period and kind."""
    held = Result.objects.filter(
        organisation=result.organisation,
        target=result.target,
        period=result.period,
        kind=result.kind,
        running_total=result.running_total,
        state=ResultState.APPROVED,
        superseded_by=None,
    )
    if result.target_id is None:
        held = held.filter(indicator=result.indicator)
    return held.exclude(pk=result.pk).order_by("-id").first()


def _in_base(value: Any, field: str, unit: str) -> Any:
    found = checks.number(value, field)
    return None if found is None else to_base(found, unit)[0]
