"""Template tags of the desk: the top bar with its counts, the organisation switch."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.desk.access import actor
from nhiemky.desk.history import words
from nhiemky.desk.scope import scope_of
from nhiemky.register import access, selectors
from nhiemky.register.access import Power
from nhiemky.register.exchange.records import Change
from nhiemky.ui.statuses import name

register = template.Library()


@register.inclusion_tag("desk/parts/top.html", takes_context=True)
def desk_top(context: Context) -> dict[str, Any]:
    """Menu with the screen that is open and what waits on each; without a sign-in only the name and the language."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return {"request": request, "user": user, "items": []}
    scope, who = scope_of(request), actor(request)
    waiting = selectors.undecided_documents(scope.organisation.pk) if scope.organisation else 0
    screens = [
        ("today", _("Việc hôm nay"), 0),
        ("documents", _("Đọc văn bản"), waiting),
        ("board", _("Bảng chỉ tiêu"), 0),
        *([("figures", _("Nhập số liệu"), 0)] if access.ever(who, Power.ENTER) else []),
        *([("approvals", _("Duyệt"), selectors.count_waiting(who))] if access.ever(who, Power.APPROVE) else []),
        ("reviews", _("Sơ kết"), 0),
    ]
    items = [_item(request.path, reverse(f"desk:{name}"), label, count) for name, label, count in screens]
    return {"request": request, "user": user, "items": items}


def _item(path: str, url: str, name: str, count: int) -> dict[str, Any]:
    return {
        "url": url,
        "name": name,
        "count": count,
        "current": path == url or (url != "/" and path.startswith(url)),
        "exact": path == url,
    }


@register.inclusion_tag("desk/parts/organisation.html", takes_context=True)
def organisation_switch(context: Context, back: str = "") -> dict[str, Any]:
    """A select of organisations where there are several, else the name."""
    request = context["request"]
    return {"scope": scope_of(request), "back": back or request.path, "csrf_token": context.get("csrf_token")}


@register.filter
def event_words(event: Any) -> str:
    """An event of the log as a sentence."""
    return words(event)


@register.filter
def change_name(change: str) -> str:
    """What an import does with a row, in the reader's language."""
    return name(Change(change))
