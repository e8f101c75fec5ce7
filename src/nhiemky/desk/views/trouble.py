"""What a person sees when a page fails: for trouble of the store (full, locked, away) which it is and what to do, else
the page for errors. Called by Django wherever an error was not caught (handler500, handler400)."""

import json
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import bad_request, server_error

from nhiemky.register.store import trouble


def failed(request: HttpRequest) -> HttpResponse:
    return _told(request, sys.exc_info()[1]) or server_error(request)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django takes a session that the store would not keep for one that was deleted, and calls the request bad."""
    return _told(request, exception) or bad_request(request, exception)


def _told(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    with translation.override(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)):
        said = trouble(error)
        if said is None:
            return None
        page = render_to_string("503.html", {"said": said})  # no request: asking who it is would ask the store
    # htmx shows no failed page: the words go to the page that is open
    told = json.dumps({"nhiemky:trouble": said})
    return HttpResponse(page, status=503, headers={"Retry-After": "60", "HX-Trigger": told})
