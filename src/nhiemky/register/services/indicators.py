"""What an indicator is: its name, which way is good, and how figures of several bodies become one."""

from typing import Any

from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError, missing
from nhiemky.register.folding import fold
from nhiemky.register.models import Indicator
from nhiemky.register.models.targets import Aggregation, Nature, Polarity
from nhiemky.register.services.records import locked, write

_CHOICES: dict[str, dict[str, str]] = {
    field: {str(value): str(label) for value, label in kind.choices}
    for field, kind in (("polarity", Polarity), ("nature", Nature), ("aggregation", Aggregation))
}


@write
def edit_indicator(indicator_id: int, actor: Actor, **changes: Any) -> Indicator:
    """Change name, polarity, nature, aggregation or `denominator` (an indicator's id, or None) of an indicator, which
    is everybody's: mergers join its figures by what is said here. Figures themselves stay as they are."""
    access.require_whole(actor, Power.COMPILE)
    indicator = locked(Indicator.objects.all(), indicator_id, _("chỉ số"))
    before = _said(indicator)
    for field, value in changes.items():
        if field in _CHOICES:
            setattr(indicator, field, checks.one_of(value, _CHOICES[field], field) if value else "")
        elif field == "name":
            _rename(indicator, value)
        elif field == "denominator":
            indicator.denominator = _denominator(indicator, value)
        else:
            raise ServiceError(field, _("Không sửa được ô “%s” của một chỉ số.") % field)
    if indicator.aggregation == Aggregation.WEIGHTED and indicator.denominator_id is None:
        words = _("Bình quân theo mẫu số cần mẫu số (như số hộ, số dân). Hãy chọn chỉ số làm mẫu số.")
        raise ServiceError("denominator", words)
    changed = {field: [old, new] for (field, old), new in zip(before.items(), _said(indicator).values(), strict=True)}
    changed = {field: pair for field, pair in changed.items() if pair[0] != pair[1]}
    if changed:
        indicator.save()
        events.append(actor, "edit_indicator", indicator, {"changed": changed})
    return indicator


def _rename(indicator: Indicator, value: Any) -> None:
    name = checks.text(value, "name", 300, _("tên chỉ số"))
    same = Indicator.objects.filter(folded_name=fold(name)[:300], unit=indicator.unit).exclude(pk=indicator.pk)
    if same.exists():
        raise ServiceError("name", _("Đã có chỉ số “%s” với đơn vị ấy. Hãy dùng chỉ số đã có.") % name)
    indicator.name, indicator.folded_name = name, fold(name)[:300]


def _denominator(indicator: Indicator, value: Any) -> Indicator | None:
    if value is None:
        return None
    found = Indicator.objects.filter(pk=value).first()
    if found is None:
        raise missing(_("chỉ số"), value, "denominator")
    if found.pk == indicator.pk or found.denominator_id is not None or found.unit == "%":
        words = _("“%s” không làm mẫu số được: mẫu số là một số đếm khác, tự nó không có mẫu số. Hãy chọn chỉ số khác.")
        raise ServiceError("denominator", words % found.name)
    return found


def _said(indicator: Indicator) -> dict[str, Any]:
    return {
        field: getattr(indicator, field) for field in ("name", "polarity", "nature", "aggregation", "denominator_id")
    }
