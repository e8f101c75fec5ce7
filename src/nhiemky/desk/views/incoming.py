"""Files that are being read: a page of each with its progress, all on the Read list; thrown away, read again."""

import time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.desk.access import actor, page
from nhiemky.desk.incoming import jobs
from nhiemky.desk.incoming.jobs import Gone, Job
from nhiemky.desk.incoming.shown import view_of
from nhiemky.desk.scope import scope_of
from nhiemky.desk.uploads import told_of
from nhiemky.register import access, selectors
from nhiemky.register.access import Power
from nhiemky.register.errors import ServiceError


@page("GET", "HEAD", "POST")
def show(request: HttpRequest, key: str) -> HttpResponse:
    """GET: how far it is, for htmx the part that changes; the document, once it is there. POST: `act` is `cancel` (also
    for what cannot be read) or `again`."""
    whole = not request.headers.get("HX-Request")
    if not whole and jobs.find(key) is None:  # thrown away in another window
        return HttpResponse(headers={"HX-Redirect": reverse("desk:documents")})
    job = _job(request, key)
    if request.method == "POST":
        return _act(request, job)
    if job.state == "done":
        return _read(request, job, whole=whole)
    if whole:
        jobs.run_next()  # what waited when the desk was stopped
    template = "desk/incoming.html" if whole else "desk/parts/job.html"
    return render(request, template, {"one": view_of(job), "alone": True})


@page()
def listing(request: HttpRequest) -> HttpResponse:
    """For htmx: all jobs of the organisation; those done since the page was opened lead to their documents."""
    since = request.GET.get("since", "")
    return render(request, "desk/parts/jobs.html", job_list(request, int(since) if since.isdecimal() else None))


def job_list(request: HttpRequest, since: int | None = None) -> dict[str, Any]:
    """What the Read list says of files that are being read."""
    organisation = scope_of(request).organisation
    every = [one for one in jobs.every() if organisation is not None and one.organisation == organisation.pk]
    shown = [one for one in every if one.state != "done" or (since is not None and one.began > since)]
    return {
        "jobs": [view_of(one) for one in shown],
        "since": since if since is not None else int(time.time()),
        "active": any(one.active for one in shown),
    }


def _job(request: HttpRequest, key: str) -> Job:
    job = jobs.find(key)
    if job is None or all(one.pk != job.organisation for one in scope_of(request).organisations):
        raise Http404(_("Tệp này không còn được đọc: đã bỏ, hoặc đã đọc xong từ hôm trước."))
    return job


def _act(request: HttpRequest, job: Job) -> HttpResponse:
    try:
        access.require(actor(request), Power.ENTER, selectors.organisations().get(pk=job.organisation))
    except ServiceError as error:
        messages.error(request, error.message)
        return redirect("desk:incoming", job.key)
    if request.POST.get("act") == "again":
        if job.state == "stopped":
            try:
                jobs.again(job)
            except Gone:
                return redirect("desk:documents")
        return redirect("desk:incoming", job.key)
    if job.state != "done":
        jobs.throw_away(job)
        messages.info(request, _("Đã bỏ “%s”; không có gì vào sổ.") % job.name)
    return redirect("desk:documents")


def _read(request: HttpRequest, job: Job, *, whole: bool) -> HttpResponse:
    address = reverse("desk:read", args=[job.document])
    told_of(request, selectors.document(job.document or 0), already_held=job.held)
    return redirect(address) if whole else HttpResponse(headers={"HX-Redirect": address})
