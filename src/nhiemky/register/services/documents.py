"""Takes a text with its reading into the register: a document, its proposals and its questions. No figure yet."""

import re
from datetime import date
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.reading.facts import Reading
from nhiemky.register import access, checks, events, intake
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.infer import document_day
from nhiemky.register.models import Document, Organisation, Proposal, Question
from nhiemky.register.models.places import names
from nhiemky.register.services.organisations import organisation_of_host
from nhiemky.register.services.records import write
from nhiemky.sources import Loaded
from nhiemky.values.kinds import DocumentKind
from nhiemky.values.secrecy import degree_of_secrecy

# Letters that no other language has.
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@write
def add_document(
    organisation: Organisation,
    name: str,
    text: str,
    sha256: str,
    reading: Reading | None,
    actor: Actor,
    *,
    kind: str = "page",
    number: str = "",
    issuer: str = "",
    abstract: str = "",
    issued_on: date | None = None,
    source: Loaded | None = None,
) -> Document:
    """Keep the document; the same digest once more gives the one held, with `already_held` set. Without a reading the
    text is kept for clauses and results entered by hand. `source` is the file it was drawn from, with its map."""
    access.require(actor, Power.ENTER, organisation)
    held = Document.objects.filter(organisation=organisation, sha256=sha256).first()
    if held is not None:
        held.already_held = True
        return held
    _check_text(text, reading)
    found: dict[str, Any] = intake.plain(reading) if reading is not None else {}
    made = Document.objects.create(
        organisation=organisation,
        kind=checks.one_of(kind, dict(names(DocumentKind)), "kind"),
        issued_on=issued_on or document_day(found),
        source_name=checks.text(name, "name", 300, _("tên tệp")),
        number=number, issuer=issuer, abstract=abstract, text=text, sha256=sha256, reading=found, **_drawn(source),
        added_by=actor.name, added_at=timezone.now(),
    )  # fmt: skip
    events.append(actor, "add_document", made, {"name": made.source_name, "sha256": sha256} | _propose(made))
    return made


@write
def add_page(
    name: str, text: str, sha256: str, reading: Reading, actor: Actor, *, source: Loaded | None = None
) -> Document:
    """Keep a page for the Party committee of the place it names, made where there is none; both or neither."""
    holder = organisation_of_host(reading.host.unit, reading.host.level, actor)
    return add_document(holder, name, text, sha256, reading, actor, source=source)


def _drawn(source: Loaded | None) -> dict[str, Any]:
    """What a document keeps of its file besides the text."""
    if source is None:
        return {}
    tables = [msgspec.to_builtins(table) for table in source.tables]
    return {"format": source.kind, "places": source.places.plain(), "tables": tables, "notes": list(source.notes)}


def _check_text(text: str, reading: Reading | None) -> None:
    if degree_of_secrecy(text) is not None:
        raise ServiceError("file", _("Văn bản đóng dấu mật không được đưa vào phần mềm. Hãy bỏ tệp này ra."))
    if reading is not None and reading.text_length != len(text):
        words = _("Văn bản có %(held)s ký tự nhưng đã đọc %(read)s; vị trí sẽ lệch. Hãy đọc lại tệp.")
        raise ServiceError("file", words % {"held": len(text), "read": reading.text_length})
    if (
        reading is not None
        and not _VIETNAMESE.search(text)
        and not any(getattr(reading, kind) for kind in intake.KINDS)
    ):
        raise ServiceError(
            "file",
            _("Không phải tiếng Việt có dấu, không đọc được điều gì. Hãy kiểm tra lại nội dung hoặc bảng mã chữ."),
        )


def _propose(document: Document) -> dict[str, int]:
    proposals, questions = intake.propose(document)
    Proposal.objects.bulk_create(proposals, batch_size=200)
    Question.objects.bulk_create(questions, batch_size=200)
    return {"proposals": len(proposals), "questions": len(questions)}
