"""Uploaded files and pasted text → documents in the register, each one whole or not at all; errors as sentences.

Called by the Read list. A file passes through a temporary copy, since sources read from a path.
"""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from nhiemky.reading.read import read
from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.selectors import Organisation
from nhiemky.sources import SourceError, load
from nhiemky.values.figures import figure
from nhiemky.values.language import capital

MEGABYTE = 1024 * 1024
SHORTEST = 40
Upload: TypeAlias = "UploadedFile[bytes]"


@dataclass
class Taken:
    """What came of an upload: documents (new, or held already) and errors by field."""

    documents: list[Any] = field(default_factory=list)
    held: list[Any] = field(default_factory=list)
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
        loaded = load(path)
        reading = read(loaded.text, name, loaded.tables)
        held = services.add_document(organisation, name, loaded.text, loaded.sha256, reading, actor, source=loaded)
    except (SourceError, ServiceError) as error:
        said = capital(str(error).removeprefix(f"{path.name}: "))
        taken.refuse(at, f"{name}: {said}" if at == "files" else said)
    else:
        (taken.held if held.already_held else taken.documents).append(held)
