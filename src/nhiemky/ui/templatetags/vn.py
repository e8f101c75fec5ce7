"""Template tags for figures, dates and periods as Vietnamese offices write them, and for pills and icons."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from nhiemky.ui import statuses
from nhiemky.ui.icons import icon as draw_icon
from nhiemky.ui.statuses import Spoken, look, name
from nhiemky.values import figures, kinds
from nhiemky.values.period import Period

register = template.Library()
UNKNOWN = "—"
WEEKDAYS = (
    _("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"),
)  # fmt: skip


@register.filter
def figure(value: Any, digits: int | None = None) -> str:
    """1234567.8 → `1.234.567,8`; None → `—`."""
    if value is None or value == "":
        return UNKNOWN
    return figures.figure(value if isinstance(value, Decimal | int | float) else Decimal(str(value)), digits)


@register.simple_tag
def amount(value: Any, unit: str = "") -> str:
    """A figure with its unit: `91,8%`, `314 đảng viên`, money in words; None → `—`."""
    if value is None or value == "":
        return UNKNOWN
    number = value if isinstance(value, Decimal | int | float) else Decimal(str(value))
    return figures.with_unit(number, unit)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A date, or a day or month as ISO text, as dd/mm/yyyy, in local time; None → `—`."""
    if not value:
        return UNKNOWN
    if isinstance(value, str):
        return figures.iso_day(value.partition("T")[0])
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return figures.day(value)


@register.filter
def weekday(value: date) -> str:
    """`Thứ Tư`, `Chủ nhật`."""
    return str(WEEKDAYS[value.weekday()])


@register.filter
def moment(value: datetime | None) -> str:
    """A time as `14:05 ngày 27/03/2023`, in local time."""
    if value is None:
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M} {figures.day(local.date())}"


@register.filter
def period(value: str | Period | None) -> str:
    """`2023-H1` → `6 tháng đầu năm 2023`; what cannot be read is shown as it stands."""
    if not value:
        return UNKNOWN
    try:
        return name(Period.parse(value) if isinstance(value, str) else value)
    except ValueError:
        return str(value)


@register.filter
def percent(share: float | None) -> str:
    """0.86 → `86%`."""
    return UNKNOWN if share is None else f"{figures.figure(round(share * 100))}%"


@register.simple_tag
def icon(name: str) -> SafeString:
    return draw_icon(name)


@register.simple_tag
def pill(status: str, size: str = "") -> SafeString:
    """A verdict as icon, word and colour."""
    shown = look(status)
    return format_html('<span class="pill tone-{} {}">{}{}</span>', shown.tone, size, draw_icon(shown.icon), shown.word)


@register.filter
def kind(value: str, of: str) -> str:
    """`"by_deadline"|kind:"PeriodMeaning"` → its name in the reader's language; what is unknown stays as it is."""
    try:
        return name(getattr(kinds, of)(value))
    except ValueError:
        return str(value)


@register.filter
def spoken(text: Spoken) -> str:
    """A sentence that has both languages (`vi`, `en`), in the reader's."""
    return statuses.spoken(text)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`row.by_year|get:year`: a value of a mapping, or None."""
    return mapping.get(key) if mapping else None
