"""One proposal: accept, edit, reject, undo. htmx swaps card, progress and undo bar; a plain post redirects."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from nhiemky.desk.access import actor, page
from nhiemky.desk.forms import FactForm, fact_form
from nhiemky.desk.genres import genre_name
from nhiemky.desk.reader import card_page, inferred_period, read_page
from nhiemky.desk.stretches import Wish
from nhiemky.desk.toasts import Toast, decided, keep
from nhiemky.register import selectors, services
from nhiemky.register.errors import NotFound, ServiceError


@page()
def card(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The card as it stands (htmx: leaving an edit), else the Read screen at it."""
    held = selectors.proposal(proposal_id)
    if not request.headers.get("HX-Request"):
        return redirect(_at(held.document_id, proposal_id))
    return _card(request, proposal_id)


@page("POST")
def accept(request: HttpRequest, proposal_id: int) -> HttpResponse:
    return _decide(request, proposal_id, lambda: _accept(request, proposal_id, None))


@page("POST")
def reject(request: HttpRequest, proposal_id: int) -> HttpResponse:
    return _decide(request, proposal_id, lambda: services.reject_proposal(proposal_id, actor(request)).warnings)


@page("POST")
def undo(request: HttpRequest, proposal_id: int) -> HttpResponse:
    return _decide(request, proposal_id, lambda: _undo(request, proposal_id))


@page("GET", "HEAD", "POST")
def edit(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """GET shows the form in the card; POST accepts the corrected fact or shows what is wrong at its field."""
    held = selectors.proposal(proposal_id)
    if request.method != "POST":
        return _form(request, held, fact_form(held.kind, held.current, inferred_period(held.document, held)))
    form = fact_form(held.kind, held.current, None, request.POST)
    if not form.is_valid():
        return _form(request, held, form, status=422)
    try:
        notes = _accept(request, proposal_id, form.edits())
    except NotFound:
        raise
    except ServiceError as error:
        form.refuse(error.field, error.message)
        return _form(request, held, form, status=422)
    return _done(request, proposal_id, notes)


def _undo(request: HttpRequest, proposal_id: int) -> tuple[str, ...]:
    services.undo(proposal_id, actor(request))
    return ()


def _accept(request: HttpRequest, proposal_id: int, edits: dict[str, Any] | None) -> tuple[str, ...]:
    """The chosen target: none given keeps the suggestion, empty means no target (for a target fact: a new one)."""
    chosen = request.POST.get("target")
    target_id = services.SUGGESTED if chosen is None else (int(chosen) if chosen.isdigit() else None)
    return services.accept_proposal(proposal_id, actor(request), target_id=target_id, edits=edits).warnings


def _decide(request: HttpRequest, proposal_id: int, act: Callable[[], tuple[str, ...]]) -> HttpResponse:
    try:
        notes = act()
    except NotFound:
        raise
    except ServiceError as error:
        if request.headers.get("HX-Request"):
            return _card(request, proposal_id, errors=[error.message], status=409)
        keep(request, Toast(error.message, bad=True))
        return redirect(_at(selectors.proposal(proposal_id).document_id, proposal_id))
    return _done(request, proposal_id, notes)


def _done(request: HttpRequest, proposal_id: int, notes: tuple[str, ...]) -> HttpResponse:
    held = card_page(proposal_id)
    toast = decided(held.card, notes)
    if request.headers.get("HX-Request"):
        return render(
            request, "desk/parts/swap.html", {"page": held, "card": held.card, "toast": toast, "notes": notes}
        )
    keep(request, toast)
    return redirect(_at(held.document.pk, proposal_id))


def _card(request: HttpRequest, proposal_id: int, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    held = card_page(proposal_id)
    context = {"page": held, "card": held.card, "card_errors": errors or []}
    return render(request, "desk/parts/card.html", context, status=status)


def _form(request: HttpRequest, held: Any, form: FactForm, status: int = 200) -> HttpResponse:
    if request.headers.get("HX-Request"):
        page_held = card_page(held.pk)
        context = {"page": page_held, "card": page_held.card, "form": form}
        return render(request, "desk/parts/card.html", context, status=status)
    whole = read_page(held.document_id, Wish(selected=held.pk))
    context = {"page": whole, "edited": held.pk, "edit_form": form, "genre": genre_name(whole.document)}
    return render(request, "desk/read.html", context, status=status)


def _at(document_id: int, proposal_id: int) -> str:
    return f"{reverse('desk:read', args=[document_id])}?p={proposal_id}#p{proposal_id}"
