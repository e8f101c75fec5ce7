"""Today: what waits for a decision, what is asked, which targets are worst."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nhiemky.desk.access import actor, page
from nhiemky.desk.approvals_view import brief
from nhiemky.desk.document_lines import document_lines
from nhiemky.desk.scope import scope_of
from nhiemky.register import access, selectors
from nhiemky.register.access import Power
from nhiemky.ui.statuses import look, rank

APPROVALS = 5  # of the queue; the Approve screen has them all
RED = ("missed", "at_risk", "undecidable")


@page()
def show(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "desk/nothing.html", {"scope": scope})
    held, who = scope.organisation, actor(request)
    documents = [line for line in document_lines(held) if line.left]
    questions = selectors.open_questions(held)
    approvals = brief(who, APPROVALS)
    rows = selectors.board(held, scope.term, scope.as_of).rows if scope.term else ()
    bad = sorted((row for row in rows if row.verdict.stands in RED), key=lambda row: rank(row.verdict.stands))
    return render(
        request,
        "desk/today.html",
        {
            "scope": scope,
            "today": timezone.localdate(),
            "documents": documents,
            "questions": questions,
            "bad": [(row, look(row.verdict.stands)) for row in bad],
            "approvals": approvals,
            "returned": selectors.returned_to(who, held),
            "sent_back": selectors.returned_submissions(held) if access.may(who, Power.ENTER, held) else [],
            "waiting": approvals.total + len(documents) + len(questions),
        },
    )
