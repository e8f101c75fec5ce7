"""Today: what waits for a decision, what is asked, which targets are worst."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nhiemky.desk.access import page
from nhiemky.desk.document_lines import document_lines
from nhiemky.desk.scope import scope_of
from nhiemky.register import selectors
from nhiemky.ui.statuses import look, rank

RED = ("missed", "at_risk", "undecidable")


@page()
def show(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "desk/nothing.html", {"scope": scope})
    held = scope.organisation
    documents = [line for line in document_lines(held) if line.left]
    questions = selectors.open_questions(held)
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
            "waiting": len(documents) + len(questions),
        },
    )
