"""Enter figures: a body's grid of one period, checked as one types, saved, sent, taken back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.desk.access import actor, page
from nhiemky.desk.figures_view import Grid, changes, grid_of, kind_choices, periods_of, tally
from nhiemky.desk.forms import period_parts
from nhiemky.desk.scope import scope_of
from nhiemky.register import access, selectors, services
from nhiemky.register.access import Power
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.exchange import Form, figures_template, form_of, terms_to_report
from nhiemky.values.language import Unreadable
from nhiemky.values.period import Period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVIDENCE = 30  # documents offered as evidence, newest first


@page()
def show(request: HttpRequest) -> HttpResponse:
    """`?period=2023-H1`: the grid of that period; without it the newest half-year that has ended."""
    form = asked(request, request.GET)
    return _nothing(request) if form is None else shown(request, grid_of(form))


@page("POST")
def check(request: HttpRequest) -> HttpResponse:
    """For htmx, while a person types: what stands against each figure; nothing is written."""
    form = asked(request, request.POST)
    if form is None:
        return HttpResponse(status=204)
    try:
        entry = services.check_entries(form.submission, changes(form, request.POST), actor(request))
    except ServiceError as error:
        return render(request, "desk/parts/figures_said.html", {"trouble": error.message})
    grid = grid_of(form, request.POST, entry)
    return render(request, "desk/parts/figures_said.html", {"grid": grid, "tally": tally(grid)})


@page("POST")
def save(request: HttpRequest) -> HttpResponse:
    """`act`: save, send, or back (taken back). What is refused stays as it was typed, each error at its row."""
    form = asked(request, request.POST)
    if form is None:
        return redirect("desk:figures")
    act, who = request.POST.get("act", "save"), actor(request)
    try:
        if act == "back":
            services.take_back(_begun(form), who, _version(request))
            messages.success(request, _("Đã lấy lại: sửa rồi gửi lại."))
        else:
            _enter(request, form, send=act == "send")
    except services.FiguresRefused as error:
        entry = services.check_entries(form.submission, changes(form, request.POST), who)
        return shown(request, grid_of(form, request.POST, entry), trouble=error.message, status=422)
    except ServiceError as error:
        again = asked(request, request.POST) or form
        return shown(request, grid_of(again, request.POST), trouble=error.message, status=409)
    return redirect(at(form))


@page()
def template(request: HttpRequest) -> HttpResponse:
    """The form of the period as a workbook."""
    form = asked(request, request.GET)
    if form is None:
        return redirect("desk:figures")
    made = figures_template(form.organisation, form.term, form.period)
    name = f"bieu-so-lieu-{form.period}.xlsx"
    return HttpResponse(made, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def asked(request: HttpRequest, fields: Any) -> Form | None:
    """The form of the organisation that is chosen; None where it has nothing to report, or is not there at all."""
    scope = scope_of(request)
    terms = terms_to_report(scope.organisation) if scope.organisation is not None else ()
    if scope.organisation is None or not terms:
        return None
    term = fields.get("term", "")
    term = term if term in terms else terms[0]
    usual = periods_of(term, timezone.localdate())
    return form_of(scope.organisation, term, _period(fields, usual))


def shown(request: HttpRequest, grid: Grid, *, trouble: str = "", status: int = 200) -> HttpResponse:
    form = grid.form
    today = timezone.localdate()
    usual = periods_of(str(form.term), today)
    period = str(form.period)
    closed = [one for one in selectors.locks(form.organisation) if one.reopened_at is None]
    context: dict[str, Any] = {
        "scope": scope_of(request),
        "grid": grid,
        "period": period,
        "periods": usual if period in usual else (period, *usual),
        "kinds": kind_choices(),
        "tally": tally(grid),
        "trouble": trouble,
        "may": access.may(actor(request), Power.ENTER, form.organisation),
        "lock": next((one for one in closed if Period.parse(one.period).holds(form.period)), None),
        "default_day": min(form.period.end, today),
        "papers": selectors.documents(form.organisation)[:EVIDENCE],
        "picked": request.POST.getlist("evidence"),
        "as_of": request.POST.get("as_of", ""),
        "note": request.POST.get("note", ""),
        "parts": period_parts(),
    }
    return render(request, "desk/figures.html", context, status=status)


def at(form: Form) -> str:
    return f"{reverse('desk:figures')}?{urlencode({'term': str(form.term), 'period': str(form.period)})}"


def _enter(request: HttpRequest, form: Form, *, send: bool) -> None:
    """Checked first, so that a report that is refused is not even begun."""
    who, typed = actor(request), changes(form, request.POST)
    papers = _papers(request) if send else []
    if typed or form.held is None:
        entry = services.check_entries(form.submission, typed, who)
        if entry.errors:
            raise services.FiguresRefused(entry)
    held = services.open_submission(form.organisation, form.period, form.term, who)
    version = _version(request) or held.version
    if typed:
        services.enter_figures(held.pk, typed, who, version)
        version += 1
    if not send:
        messages.success(request, _("Đã lưu; chưa gửi."))
        return
    services.submit(held.pk, who, version, note=request.POST.get("note", ""), evidence=papers)
    messages.success(request, _("Đã gửi số liệu. Người khác duyệt thì số vào bảng; lấy lại được khi chưa ai duyệt."))


def _papers(request: HttpRequest) -> list[Any]:
    return [selectors.document(int(key)) for key in request.POST.getlist("evidence") if key.isdecimal()]


def _begun(form: Form) -> int:
    if form.held is None:
        raise NotFound("", _("Kỳ này chưa có lần báo số nào. Hãy tải lại trang."))
    return form.held.pk


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _period(fields: Any, usual: tuple[str, ...]) -> Period:
    """As chosen from the list, or typed as year and part; else the newest half or whole year that has ended."""
    typed = fields.get("period", "")
    year, part = fields.get("year", "").strip(), fields.get("part", "")
    try:
        return Period.parse(f"{year}-{part}" if year and part else year or typed)
    except Unreadable:
        today = timezone.localdate()
        ended = (Period.parse(one) for one in usual)
        return next((one for one in ended if one.end < today), Period.parse(usual[-1] if usual else str(today.year)))


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/nothing.html", {"scope": scope_of(request)})
