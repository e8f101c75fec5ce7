"""Uploaded files and pasted text → documents in the register, each one whole or not at all; errors as sentences.

Called by the Read list. A file passes through a temporary copy, since sources read from a path; one that takes longer
than a person waits becomes a job (`incoming`), which enters its document the same way.
"""

import hashlib
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.desk.incoming import jobs
from nhiemky.desk.incoming.entering import enter, in_words
from nhiemky.desk.incoming.jobs import Job
from nhiemky.reading.read import read
from nhiemky.register import access, selectors
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.selectors import Organisation
from nhiemky.sources import Progress, SourceError, Stage, Stopped, load
from nhiemky.values.figures import figure

MEGABYTE = 1024 * 1024
SHORTEST = 40
# What is read while the person waits; the rest is a job.
QUICK = 1.5  # seconds for the pages of a PDF; no page is recognised in that time
SMALL = 2 * MEGABYTE  # of other files, whose pages nobody counts
FEW = 400  # facts, which are compared with all that the register holds
Upload: TypeAlias = "UploadedFile[bytes]"


@dataclass
class Taken:
    """What came of an upload: documents (new, or held already), files that are being read, and errors by field."""

    documents: list[Any] = field(default_factory=list)
    held: list[Any] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, at: str, message: str) -> None:
        self.errors.setdefault(at, []).append(message)


def take(organisation: Organisation, files: Iterable[Upload], text: str, actor: Actor) -> Taken:
    """Read every file and the pasted text; what cannot be read is refused with its reason, the others still enter."""
    taken, given = Taken(), list(files)
    for one in given:
        _take_file(organisation, one, actor, taken)
    if text.strip():
        _take_text(organisation, text, actor, taken)
    elif not given:
        taken.refuse("files", _("Chưa có gì để đọc: hãy chọn tệp hoặc dán nội dung vào ô bên dưới."))
    return taken


def told_of(request: HttpRequest, document: Any, *, already_held: bool = False) -> None:
    """What a person should know of a document that was just read, on the page that is opened next."""
    if already_held:
        words = _("“%s” đã có trong sổ; mở bản đã có, không đưa vào lần nữa.")
        messages.info(request, words % document.title)
    elif not selectors.progress(document.pk).total:
        words = _("Không thấy chỉ tiêu, số liệu hay văn bản nào trong “%s”. Hãy xem có đúng trang, đủ bài không.")
        messages.warning(request, words % document.title)


def _take_file(organisation: Organisation, one: Upload, actor: Actor, taken: Taken) -> None:
    name = PurePath(one.name or "tep.txt").name
    limit = settings.UPLOAD_MAX_BYTES
    if (one.size or 0) > limit:
        found, most = figure(round((one.size or 0) / MEGABYTE)), figure(limit // MEGABYTE)
        words = _("%(name)s: tệp %(found)s MB, chỉ nhận đến %(most)s MB. Hãy tách tệp hoặc dán phần cần đọc.")
        taken.refuse("files", words % {"name": name, "found": found, "most": most})
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with path.open("wb") as copy:
            copy.writelines(one.chunks())
        _take_path(organisation, path, name, "files", actor, taken)


def _take_text(organisation: Organisation, text: str, actor: Actor, taken: Taken) -> None:
    if len(text.strip()) < SHORTEST:
        taken.refuse("text", _("Nội dung quá ngắn: cần ít nhất một câu hoàn chỉnh."))
        return
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    name = _("dán-%s.txt") % digest
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.txt"
        path.write_text(text, encoding="utf-8")
        _take_path(organisation, path, name, "text", actor, taken)


def _take_path(organisation: Organisation, path: Path, name: str, at: str, actor: Actor, taken: Taken) -> None:
    try:
        held = _entered_quickly(organisation, path, name, actor)
        if held is None:
            access.require(actor, Power.ENTER, organisation)  # to be told now, not when it is read
            taken.jobs.append(jobs.put(path, name, organisation.pk, actor, get_language() or settings.LANGUAGE_CODE))
            return
    except (SourceError, ServiceError) as error:
        said = in_words(error, path)
        taken.refuse(at, f"{name}: {said}" if at == "files" else said)
    else:
        (taken.held if held.already_held else taken.documents).append(held)


def _entered_quickly(organisation: Organisation, path: Path, name: str, actor: Actor) -> Any:
    """The document, or None where it takes longer than a person waits."""
    if path.stat().st_size > SMALL and path.suffix.lower() != ".pdf":
        return None
    try:
        loaded = load(path, _in_time())
    except Stopped:
        return None
    reading = read(loaded.text, name, loaded.tables)
    many = len(reading.results) + len(reading.targets) > FEW
    return None if many else enter(organisation, loaded, name, reading, actor)


def _in_time() -> Progress:
    late = time.monotonic() + QUICK

    def tell(stage: Stage, done: int, total: int) -> None:
        if stage == "recognition" or time.monotonic() > late:
            raise Stopped

    return tell
