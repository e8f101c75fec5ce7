"""A filled-in form of figures, as a workbook: previewed row by row, then taken in as it was previewed or not at all.

Between the two steps the file travels in the page, signed, so that nothing is kept of one that nobody confirms.
"""

import hashlib
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.desk.access import actor, page
from nhiemky.desk.figures_view import grid_of
from nhiemky.desk.scope import follow
from nhiemky.desk.views.figures import asked, shown
from nhiemky.register import services
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange.records import Preview, Stale

MOST = 1024 * 1024  # a form of a hundred targets has a fortieth of it
_SALT = "nhiemky.figures"
_HOUR = 3600


@page("POST")
def take(request: HttpRequest) -> HttpResponse:
    """A file: its preview. `held`, the file of a preview that a person confirms: into the report of its period."""
    if "held" in request.POST:
        return _confirm(request)
    given = request.FILES.get("file")
    if given is None:
        return _refuse(request, _("Chưa chọn tệp nào. Hãy chọn biểu Excel đã điền."))
    if (given.size or 0) > MOST:
        return _refuse(request, _("Tệp lớn hơn 1 MB, không phải biểu nhập số liệu. Hãy chọn lại."))
    file, content = PurePath(given.name or "bieu.xlsx").name, given.read()
    try:
        return _preview(
            request, file, content, _read(file, content, lambda path: services.preview_figures(path, actor(request)))
        )
    except ServiceError as error:
        return _refuse(request, error.message)


def _confirm(request: HttpRequest) -> HttpResponse:
    try:
        held = signing.loads(request.POST["held"], salt=_SALT, max_age=_HOUR)
    except signing.BadSignature:
        return _refuse(request, _("Bản xem trước đã quá một giờ. Hãy chọn lại tệp."))
    file, content = held["file"], b64decode(held["content"])
    try:
        preview = _read(file, content, lambda path: services.preview_figures(path, actor(request)))
        if _seen(preview) != held["seen"]:
            raise Stale(preview)
        done = services.import_figures(preview, actor(request))
    except Stale as error:
        return _preview(request, file, content, error.preview, trouble=error.message)
    except ServiceError as error:
        return _refuse(request, error.message)
    keys = done.filled.keys
    follow(request, keys.organisation)
    messages.success(request, _("Đã nhập biểu “%s”; chưa gửi. Hãy xem lại rồi gửi.") % file)
    return redirect(f"{reverse('desk:figures')}?term={keys.term}&period={keys.period}")


def _preview(request: HttpRequest, file: str, content: bytes, preview: Preview, trouble: str = "") -> HttpResponse:
    held = {"file": file, "content": b64encode(content).decode(), "seen": _seen(preview)}
    context: dict[str, Any] = {
        "preview": preview,
        "file": file,
        "trouble": trouble,
        "held": "" if preview.errors or preview.empty else signing.dumps(held, salt=_SALT, compress=True),
    }
    return render(request, "desk/figures_in.html", context, status=422 if preview.errors else 409 if trouble else 200)


def _read(file: str, content: bytes, read: Callable[[Path], Preview]) -> Preview:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file
        path.write_bytes(content)
        return read(path)


def _seen(preview: Preview) -> str:
    return hashlib.sha256(repr(preview.seen).encode()).hexdigest()


def _refuse(request: HttpRequest, message: str) -> HttpResponse:
    form = asked(request, request.POST)
    if form is None:
        messages.error(request, message)
        return redirect("desk:figures")
    return shown(request, grid_of(form), trouble=message, status=422)
