"""Reviews: what is missing first, then the frozen pack, then the paper as DOCX or PDF, marked as a draft."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.desk.access import actor, page
from nhiemky.desk.forms import ReviewForm
from nhiemky.desk.review_view import gaps_of, review_page
from nhiemky.desk.scope import Scope, scope_of
from nhiemky.register import selectors, services
from nhiemky.register.errors import ServiceError
from nhiemky.report.docx import to_docx
from nhiemky.report.midterm import midterm_paper
from nhiemky.report.pack import PackError
from nhiemky.report.pdf import FontError, to_pdf
from nhiemky.values.period import Term

MAKERS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (to_pdf, "application/pdf"),
}


@page()
def listing(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "desk/nothing.html", {"scope": scope})
    held = list(selectors.reviews(scope.organisation))
    return render(request, "desk/reviews.html", {"scope": scope, "reviews": held})


@page("GET", "HEAD", "POST")
def add(request: HttpRequest) -> HttpResponse:
    """GET with `?term=…&as_of=…` shows what is missing on that day; POST freezes the figures."""
    scope = scope_of(request)
    if scope.organisation is None or not scope.terms:
        return render(request, "desk/nothing.html", {"scope": scope})
    given = request.POST if request.method == "POST" else (request.GET if "as_of" in request.GET else None)
    form = ReviewForm(given, terms=scope.terms, today=timezone.localdate(), initial=_first(scope))
    checked = form.is_valid()
    if checked and request.method == "POST":
        try:
            data = form.cleaned_data
            made = services.create_review(scope.organisation, "midterm", data["term"], data["as_of"], actor(request))
        except ServiceError as error:
            form.refuse(error.field, error.message)
            checked = False
        else:
            messages.success(request, _("Đã chốt số liệu; bản dự thảo tải được ngay."))
            return redirect("desk:review", made.pk)
    context: dict[str, Any] = {"scope": scope, "form": form, "gaps": None}
    if checked:
        context["gaps"] = gaps_of(scope.organisation, form.cleaned_data["term"], form.cleaned_data["as_of"])
    return render(request, "desk/review_add.html", context, status=422 if given is not None and form.errors else 200)


def _first(scope: Scope) -> dict[str, Any]:
    """The middle of the term where it is over, else the day of the newest figures."""
    middle = Term.parse(scope.term).midpoint
    return {"term": scope.term, "as_of": middle if middle <= timezone.localdate() else scope.as_of}


@page()
def show(request: HttpRequest, review_id: int) -> HttpResponse:
    return render(
        request, "desk/review.html", {"scope": scope_of(request), "page": review_page(selectors.review(review_id))}
    )


@page()
def download(request: HttpRequest, review_id: int, form: str) -> HttpResponse:
    """The paper from the frozen pack: the same bytes whenever it is asked for."""
    if form not in MAKERS:
        raise Http404(_("Chỉ có bản DOCX và bản PDF."))
    held = selectors.review(review_id)
    make, content_type = MAKERS[form]
    try:
        made = make(midterm_paper(held.pack))
    except (PackError, FontError) as error:
        messages.error(request, str(error))
        return redirect("desk:review", review_id)
    name = f"du-thao-kiem-diem-{held.term}-{held.as_of:%Y%m%d}.{form}"
    return HttpResponse(made, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
