"""What a person sees when a page fails: for trouble of the store (full, locked, away) which it is and what to do, else
the page for errors. Called by Django wherever an error was not caught (handler500)."""

import json
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from nhiemky.register.store import trouble


def failed(request: HttpRequest) -> HttpResponse:
    said = trouble(sys.exc_info()[1])
    if said is None:
        return server_error(request)
    page = render_to_string("503.html", {"said": said})  # no request: asking who it is would ask the store
    # htmx shows no failed page: the words go to the page that is open
    told = json.dumps({"nhiemky:trouble": said})
    return HttpResponse(page, status=503, headers={"Retry-After": "60", "HX-Trigger": told})
