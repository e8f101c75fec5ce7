"""Targets as a living table, one target with its chart and sources, and a result entered by hand."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.desk.access import actor, page
from nhiemky.desk.approvals_view import waiting_notes
from nhiemky.desk.board_view import board_page, target_page
from nhiemky.desk.forms import AddResultForm
from nhiemky.desk.scope import follow, half_years, read_day, scope_of, time_left
from nhiemky.register import access, selectors, services
from nhiemky.register.access import Power
from nhiemky.register.errors import ServiceError
from nhiemky.values.figures import day


@page()
def board(request: HttpRequest) -> HttpResponse:
    """`?term=2020-2025&as_of=30/06/2023&sort=worst`: the annex as of that day."""
    scope = scope_of(request)
    if scope.organisation is None or not scope.term:
        return render(request, "desk/nothing.html", {"scope": scope})
    held = selectors.board(scope.organisation, scope.term, scope.as_of)
    worst = request.GET.get("sort") == "worst"
    made = board_page(held, worst)
    asked = {"term": scope.term, "as_of": day(scope.as_of)}
    context: dict[str, Any] = {
        "scope": scope,
        "page": made,
        "worst": worst,
        "columns": 8 + len(made.years),
        "term_words": scope.term.replace("-", " – "),
        "left": time_left(scope.as_of, scope.term_span.last_day),
        "days": [on for on in half_years(scope.term_span) if on <= timezone.localdate()],
        "query_fields": urlencode(asked),
        "query_worst": urlencode({**asked, "sort": "worst"}),
        "waiting": waiting_notes(row.target.pk for row in held.rows),
    }
    return render(request, "desk/board.html", context)


@page()
def show(request: HttpRequest, target_id: int) -> HttpResponse:
    return _target(request, target_id, AddResultForm(today=timezone.localdate(), initial={"kind": "official"}))


@page("GET", "HEAD", "POST")
def add_result(request: HttpRequest, target_id: int) -> HttpResponse:
    """Add a figure by hand; errors stand at their fields and nothing is written."""
    if request.method != "POST":
        return redirect(f"{reverse('desk:target', args=[target_id])}#add")
    form = AddResultForm(request.POST, today=timezone.localdate())
    if form.is_valid():
        try:
            _write(request, target_id, form)
        except ServiceError as error:
            form.refuse(error.field, error.message)
        else:
            messages.success(request, _("Đã thêm kết quả; số liệu vào bảng sau khi được duyệt."))
            return redirect("desk:target", target_id)
    return _target(request, target_id, form, status=422)


@page("POST")
def decide_result(request: HttpRequest, result_id: int) -> HttpResponse:
    """Approve a figure that waits, or send it back with a reason; who may not is told why."""
    held = selectors.result(result_id)
    try:
        if request.POST.get("act") == "return":
            services.return_result(result_id, actor(request), request.POST.get("reason", ""))
            messages.success(request, _("Đã trả lại số liệu kèm lý do."))
        else:
            services.approve_result(result_id, actor(request))
            messages.success(request, _("Đã duyệt; số liệu đã vào bảng."))
    except ServiceError as error:
        messages.error(request, error.message)
    return redirect("desk:target", held.target_id) if held.target_id else redirect("desk:board")


def _write(request: HttpRequest, target_id: int, form: AddResultForm) -> None:
    data = form.cleaned_data
    services.add_result(
        target_id,
        actor(request),
        period=str(form.period()),
        value=data["value"],
        kind=data["kind"],
        as_of=data["as_of"],
        note=data["note"],
    )


def _target(request: HttpRequest, target_id: int, form: AddResultForm, status: int = 200) -> HttpResponse:
    held = selectors.target(target_id)
    follow(request, held.organisation_id)
    scope = scope_of(request)
    asked = read_day(request.GET.get("as_of", ""))
    on = asked or selectors.board_day(held.organisation_id, held.term, timezone.localdate())
    context: dict[str, Any] = {
        "scope": scope,
        "page": target_page(selectors.target_detail(target_id, on), on),
        "form": form,
        "may_approve": access.may(actor(request), Power.APPROVE, held.organisation),
    }
    return render(request, "desk/target.html", context, status=status)
