"""Read: the list of documents, taking new ones in, the Read screen, all sure proposals at once, questions answered."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.desk.access import actor, page
from nhiemky.desk.document_lines import document_lines
from nhiemky.desk.genres import genre_name
from nhiemky.desk.incoming import jobs
from nhiemky.desk.reader import THRESHOLD, read_page, read_part
from nhiemky.desk.scope import Scope, follow, scope_of
from nhiemky.desk.stretches import wish_of
from nhiemky.desk.tables_view import Asked
from nhiemky.desk.toasts import toast_of
from nhiemky.desk.uploads import MEGABYTE, Taken, take, told_of
from nhiemky.desk.views.incoming import job_list
from nhiemky.register import selectors, services
from nhiemky.register.errors import ServiceError
from nhiemky.sources import ENDINGS


@page()
def listing(request: HttpRequest) -> HttpResponse:
    return _listing(request, scope_of(request))


def _listing(request: HttpRequest, scope: Scope, taken: Taken | None = None) -> HttpResponse:
    if scope.organisation is None:
        return render(request, "desk/nothing.html", {"scope": scope})
    jobs.run_next()  # what waited when the desk was stopped
    context: dict[str, Any] = {
        "documents": document_lines(scope.organisation),
        "scope": scope,
        "limit_mb": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "accept": ",".join(sorted(ENDINGS)),
        "errors": taken.errors if taken else {},
        "text": request.POST.get("text", "") if taken and "text" in taken.errors else "",
        **job_list(request),
    }
    return render(request, "desk/documents.html", context, status=422 if taken else 200)


@page("POST")
def add(request: HttpRequest) -> HttpResponse:
    """Take in files and pasted text; one opens at once, several are listed, a long one says how far it is."""
    scope = scope_of(request)
    if scope.organisation is None:
        return redirect("desk:documents")
    taken = take(scope.organisation, request.FILES.getlist("files"), request.POST.get("text", ""), actor(request))
    for one in taken.held:
        told_of(request, one, already_held=True)
    if taken.documents:
        words = ngettext("Đã đọc %(n)s văn bản.", "Đã đọc %(n)s văn bản.", len(taken.documents))
        messages.success(request, words % {"n": len(taken.documents)})
    for one in taken.documents:
        told_of(request, one)
    if taken.errors:
        return _listing(request, scope, taken)
    made = taken.documents + taken.held
    if len(made) + len(taken.jobs) != 1:
        return redirect("desk:documents")
    return redirect("desk:read", made[0].pk) if made else redirect("desk:incoming", taken.jobs[0].key)


@page()
def show(request: HttpRequest, document_id: int) -> HttpResponse:
    """`?span=120-164` marks a passage; `?p=12` opens with that proposal selected, `?table=1-0` with that table."""
    table = request.GET.get("table", "")
    held = read_page(document_id, wish_of(request.GET), Asked(table) if table else None)
    follow(request, held.document.organisation_id)
    genre = genre_name(held.document)
    return render(request, "desk/read.html", {"page": held, "genre": genre, "toast": toast_of(request)})


@page()
def part(request: HttpRequest, document_id: int) -> HttpResponse:
    """For htmx: the page of proposals that `show` would open with, text and list; with `?text=` the text alone."""
    wish = wish_of(request.GET)
    return render(request, "desk/parts/part.html", {"page": read_part(document_id, wish), "text_only": wish.text})


@page("POST")
def accept_confident(request: HttpRequest, document_id: int) -> HttpResponse:
    """Accept what the reading is sure of; the accepted ones are remembered so that one click takes all back."""
    before, offered = selectors.pending_ids(document_id), selectors.confident(document_id, THRESHOLD)
    try:
        count = services.accept_confident(document_id, actor(request), THRESHOLD)
    except ServiceError as error:
        messages.error(request, error.message)
        return redirect("desk:read", document_id)
    done = sorted(before - selectors.pending_ids(document_id))
    request.session["bulk"] = {"document": document_id, "proposals": done}
    words = ngettext("Đã nhận %(n)s đề xuất chắc chắn.", "Đã nhận %(n)s đề xuất chắc chắn.", count) % {"n": count}
    if offered > count:  # what was accepted first may show that another one is told twice, or differently
        words += " " + _("%s đề xuất để lại: nay trùng hoặc khác số vừa nhận, hãy xem từng cái.") % (offered - count)
    request.session["toast"] = {
        "words": words,
        "undo": reverse("desk:undo-confident", args=[document_id]) if done else "",
    }
    return redirect("desk:read", document_id)


@page("POST")
def undo_confident(request: HttpRequest, document_id: int) -> HttpResponse:
    """Take back what the last `accept_confident` accepted, newest first."""
    bulk = request.session.pop("bulk", {})
    taken_back, kept = 0, []
    for proposal_id in reversed(bulk.get("proposals", []) if bulk.get("document") == document_id else []):
        try:
            services.undo(proposal_id, actor(request))
            taken_back += 1
        except ServiceError as error:
            kept.append(error.message)
    request.session["toast"] = {"words": _("Đã hoàn tác %s đề xuất.") % taken_back}
    for message in kept:
        messages.error(request, message)
    return redirect("desk:read", document_id)


@page("POST")
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    """Keep the owner's answer, set the question aside with a reason, or ask again."""
    held = selectors.question(question_id)
    act, said = request.POST.get("act", ""), request.POST.get("answer", "")
    try:
        if act == "reopen":
            services.reopen_question(question_id, actor(request))
        elif act == "dismiss":
            services.dismiss_question(question_id, actor(request), said)
        else:
            services.answer_question(question_id, actor(request), said)
    except ServiceError as error:
        whole = read_page(held.document_id)
        context: dict[str, Any] = {"page": whole, "genre": genre_name(whole.document)}
        context["question_error"] = {"pk": question_id, "message": error.message}
        return render(request, "desk/read.html", context, status=422)
    return redirect(f"{reverse('desk:read', args=[held.document_id])}#q{question_id}")
