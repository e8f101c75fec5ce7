"""Closes a period of an organisation to new figures, and opens it again: each time with who, when and why."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Organisation, PeriodLock
from nhiemky.register.services.records import write
from nhiemky.values.language import capital, name_in
from nhiemky.values.period import Period


@write
def lock_period(organisation: Organisation, period: str | Period, actor: Actor, reason: str) -> PeriodLock:
    """From now on no figure of the period, or of a part of it, comes in, is approved or corrected."""
    access.require(actor, Power.APPROVE, organisation)
    of = checks.period(period)
    reason = checks.text(reason, "reason", 600, _("lý do khóa kỳ"))
    held = _lock_on(organisation, of)
    if held is not None:
        raise ServiceError("period", _closed(held))
    made = PeriodLock.objects.create(
        organisation=organisation, period=str(of), locked_by=actor.name, locked_at=timezone.now(), reason=reason
    )
    events.append(actor, "lock_period", made, {"organisation": organisation.pk, "period": str(of), "reason": reason})
    return made


@write
def reopen_period(organisation: Organisation, period: str | Period, actor: Actor, reason: str) -> PeriodLock:
    """Open a closed period again; what is corrected now stands in the next review with its reason."""
    access.require(actor, Power.APPROVE, organisation)
    of = checks.period(period)
    reason = checks.text(reason, "reason", 600, _("lý do mở lại kỳ"))
    held = PeriodLock.objects.filter(organisation=organisation, period=str(of), reopened_at=None).first()
    if held is None:
        words = _("%(period)s của “%(organisation)s” không bị khóa. Hãy tải lại trang.")
        raise ServiceError("period", words % {"period": _name(of), "organisation": organisation.name})
    held.reopened_by, held.reopened_at, held.reopen_reason = actor.name, timezone.now(), reason
    held.save()
    events.append(actor, "reopen_period", held, {"organisation": organisation.pk, "period": str(of), "reason": reason})
    return held


def refuse_locked(organisation: Organisation, period: Period, field: str = "period") -> None:
    """ServiceError while the period, or a longer one that holds it, is closed for the organisation."""
    held = _lock_on(organisation, period)
    if held is not None:
        raise ServiceError(field, _closed(held))


def _lock_on(organisation: Organisation, period: Period) -> PeriodLock | None:
    held = PeriodLock.objects.filter(organisation=organisation, period__startswith=str(period.year), reopened_at=None)
    return next((one for one in held if Period.parse(one.period).holds(period)), None)


def _closed(held: PeriodLock) -> str:
    words = _(
        "%(period)s đã được %(who)s khóa (%(reason)s); không ghi, duyệt hay sửa số liệu của kỳ này. "
        "Hãy mở lại kỳ với lý do rồi làm tiếp."
    )
    return words % {"period": _name(Period.parse(held.period)), "who": held.locked_by, "reason": held.reason}


def _name(period: Period) -> str:
    return capital(name_in(get_language(), period))
