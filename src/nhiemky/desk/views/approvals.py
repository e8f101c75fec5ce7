"""Approve: what waits for this person, several decided at once, a decision taken back; periods closed and opened."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.desk.access import actor, page
from nhiemky.desk.approvals_view import approvals_page, title_of
from nhiemky.desk.forms import PeriodForm
from nhiemky.desk.scope import scope_of
from nhiemky.desk.toasts import Toast, keep, toast_of
from nhiemky.register import access, selectors, services
from nhiemky.register.access import Power
from nhiemky.register.errors import ServiceError

_KEY = re.compile(r"r(\d{1,15})|s(\d{1,15})\.(\d{1,9})")
_UNDO = "approvals-undo"


@page()
def show(request: HttpRequest) -> HttpResponse:
    """`?page=2`: the next of a long queue."""
    return _page(request, _number(request.GET), toast_of(request))


@page("POST")
def decide(request: HttpRequest) -> HttpResponse:
    """Approve or return the items that are picked, each by itself: one that cannot be says why, the others are done."""
    picked = [one for one in dict.fromkeys(request.POST.getlist("pick")) if _KEY.fullmatch(one)]
    back, reason = request.POST.get("act") == "return", request.POST.get("reason", "")
    done, refused = _each(picked, lambda one: _return(request, one, reason) if back else _approve(request, one))
    if not picked:
        refused = {"": _("Chưa chọn mục nào. Hãy chọn rồi duyệt hoặc trả lại.")}
    request.session[_UNDO] = done
    toast = _done(len(done), back=back) if done else None
    if refused:
        return _page(request, _number(request.POST), toast, refused, reason)
    if toast:
        keep(request, toast)
    return redirect(_at(request.POST))


@page("POST")
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the decision that was taken last, on all its items."""
    done, refused = _each(request.session.pop(_UNDO, []), lambda one: _withdraw(request, one))
    for one, why in refused.items():
        messages.error(request, f"{_title(one)}: {why}")
    if done:
        words = ngettext(
            "Đã rút lại: %(n)s mục chờ duyệt như trước.", "Đã rút lại: %(n)s mục chờ duyệt như trước.", len(done)
        )
        keep(request, Toast(words % {"n": len(done)}))
    return redirect("desk:approvals")


@page("GET", "HEAD", "POST")
def periods(request: HttpRequest) -> HttpResponse:
    """The organisation's closed periods; closing one, opening one again, each with a reason."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "desk/nothing.html", {"scope": scope})
    form, wrong = PeriodForm(request.POST or None), ("", "")
    if request.method == "POST" and request.POST.get("act") == "reopen":
        form, wrong = PeriodForm(), _reopened(request, scope.organisation)
        if not wrong[1]:
            messages.success(request, _("Đã mở lại kỳ. Số sửa từ nay được nêu ở báo cáo kế tiếp."))
            return redirect("desk:periods")
    elif request.method == "POST" and form.is_valid():
        try:
            services.lock_period(scope.organisation, str(form.period()), actor(request), form.cleaned_data["reason"])
        except ServiceError as error:
            form.refuse(error.field, error.message)
        else:
            messages.success(request, _("Đã khóa kỳ: không ghi, duyệt hay sửa số của kỳ này nữa."))
            return redirect("desk:periods")
    context = {
        "scope": scope,
        "form": form,
        "wrong_period": wrong[0],
        "wrong": wrong[1],
        "locks": selectors.locks(scope.organisation),
        "may": access.may(actor(request), Power.APPROVE, scope.organisation),
    }
    return render(request, "desk/periods.html", context, status=422 if form.errors or wrong[1] else 200)


def _reopened(request: HttpRequest, organisation: Any) -> tuple[str, str]:
    """The period, and why it could not be opened again ("" where it was)."""
    period = "-".join(part for part in (request.POST.get("year", ""), request.POST.get("part", "")) if part)
    try:
        services.reopen_period(organisation, period, actor(request), request.POST.get("reason", ""))
    except ServiceError as error:
        return period, error.message
    return period, ""


def _page(
    request: HttpRequest,
    number: int,
    toast: Toast | None,
    refused: Mapping[str, str] | None = None,
    reason: str = "",
) -> HttpResponse:
    who = actor(request)
    if not access.ever(who, Power.APPROVE):
        raise PermissionDenied(access.lacking(who, Power.APPROVE))
    held = approvals_page(who, number, refused, reason)
    waits = {one.key for one in held.items} | {one.key for own in held.own for one in own.items}
    gone = [(_title(one), why) for one, why in (refused or {}).items() if one not in waits]
    context = {"page": held, "gone": gone, "toast": toast, "picked": frozenset(refused or ())}
    return render(request, "desk/approvals.html", context, status=409 if refused else 200)


def _each(keys: list[str], step: Callable[[str], str]) -> tuple[list[str], dict[str, str]]:
    done, refused = [], {}
    for key in keys:
        try:
            done.append(step(key))
        except ServiceError as error:
            refused[key] = error.message
    return done, refused


def _approve(request: HttpRequest, key: str) -> str:
    """The key by which the decision can be taken back."""
    result, submission, version = _parts(key)
    if result:
        services.approve_result(result, actor(request))
        return key
    made = services.approve_submission(submission, actor(request), version)
    return f"s{made.pk}.{made.version}"


def _return(request: HttpRequest, key: str, reason: str) -> str:
    result, submission, version = _parts(key)
    if result:
        services.return_result(result, actor(request), reason)
        return key
    made = services.return_submission(submission, actor(request), version, reason)
    return f"s{made.pk}.{made.version}"


def _withdraw(request: HttpRequest, key: str) -> str:
    result, submission, version = _parts(key)
    if result:
        services.withdraw_decision(result, actor(request))
    else:
        services.withdraw_submission_decision(submission, actor(request), version)
    return key


def _parts(key: str) -> tuple[int, int, int]:
    """`r12` → 12, 0, 0; `s5.3` → 0, 5, 3."""
    found = _KEY.fullmatch(key)
    result, submission, version = found.groups(default="0") if found else ("0", "0", "0")
    return int(result), int(submission), int(version)


def _done(count: int, *, back: bool) -> Toast:
    if back:
        words = ngettext("Đã trả lại %(n)s mục kèm lý do.", "Đã trả lại %(n)s mục kèm lý do.", count)
    else:
        words = ngettext("Đã duyệt %(n)s mục; số liệu đã vào bảng.", "Đã duyệt %(n)s mục; số liệu đã vào bảng.", count)
    return Toast(words % {"n": count}, reverse("desk:approvals-undo"))


def _title(key: str) -> str:
    try:
        return title_of(key) if key else ""
    except ServiceError:
        return _("Một mục đã không còn")


def _number(fields: Any) -> int:
    typed = fields.get("page", "")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1


def _at(fields: Any) -> str:
    """The same page of the queue, at the item that follows the one decided on."""
    number, following = _number(fields), fields.get("next", "")
    query = f"?{urlencode({'page': number})}" if number > 1 else ""
    mark = f"#{following}" if re.fullmatch(r"[rs]\d{1,15}", following) else ""
    return f"{reverse('desk:approvals')}{query}{mark}"
