"""Takes a text with its reading into the register: a document, its proposals and its questions. No figure yet."""

import re
from collections.abc import Callable
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
from nhiemky.register.infer import document_day, document_kind, letterhead_number
from nhiemky.register.models import Article, Document, Organisation, Proposal, Question
from nhiemky.register.models.places import names
from nhiemky.register.services.articles import new_article
from nhiemky.register.services.organisations import organisation_of_host
from nhiemky.register.services.records import locked, write
from nhiemky.sources import Loaded
from nhiemky.values.figures import day
from nhiemky.values.kinds import DocumentKind
from nhiemky.values.secrecy import degree_of_secrecy

# Letters that no other language has.
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_NUMBER = re.compile(r"(?:Số\s*)?\d{1,6}(?:\s*[-/.]\s*[\w.&]+)*", re.IGNORECASE)
_FIRST_DAY = date(1930, 2, 3)
_LONG = ("text", "places", "tables")


@write
def add_document(
    organisation: Organisation,
    name: str,
    text: str,
    sha256: str,
    reading: Reading | None,
    actor: Actor,
    *,
    kind: str | None = None,
    number: str = "",
    issuer: str = "",
    abstract: str = "",
    issued_on: date | None = None,
    source: Loaded | None = None,
    address: str = "",
) -> Document:
    """Keep the document; the same digest once more gives the one held, with `already_held` set. Without a reading the
    text is kept for clauses and results entered by hand. `source` is the file it was drawn from, with its map.

    Its number is looked for in the letterhead, its kind in the number, where they are not given. A page of a portal
    (`address`, or a time of publication) is kept as an article too: the same item elsewhere is one source with it."""
    access.require(actor, Power.ENTER, organisation)
    held = Document.objects.filter(organisation=organisation, sha256=sha256).first()
    if held is not None:
        held.already_held = True
        return held
    _check_text(text, reading)
    found: dict[str, Any] = intake.plain(reading) if reading is not None else {}
    number = _number(number or letterhead_number(text))
    made = Document.objects.create(
        organisation=organisation,
        kind=checks.one_of(kind or document_kind(number) or DocumentKind.PAGE, dict(names(DocumentKind)), "kind"),
        issued_on=issued_on or document_day(found),
        source_name=checks.text(name, "name", 300, _("tên tệp")),
        number=number, issuer=checks.short(issuer, "issuer", 300), abstract=checks.short(abstract, "abstract", 600),
        text=text, sha256=sha256, reading=found, **_drawn(source),
        added_by=actor.name, added_at=timezone.now(),
    )  # fmt: skip
    article = _article(made, actor, address)
    told = {"name": made.source_name, "sha256": sha256, "article": article.pk if article is not None else None}
    events.append(actor, "add_document", made, told | _propose(made))
    return made


@write
def add_page(
    name: str,
    text: str,
    sha256: str,
    reading: Reading,
    actor: Actor,
    *,
    source: Loaded | None = None,
    address: str = "",
) -> Document:
    """Keep a page for the Party committee of the place it names, made where there is none; both or neither."""
    holder = organisation_of_host(reading.host.unit, reading.host.level, actor)
    return add_document(holder, name, text, sha256, reading, actor, source=source, address=address)


@write
def edit_document(document_id: int, actor: Actor, **changes: Any) -> Document:
    """Set what a document is known by: kind, number, issued_on, issuer, abstract. A number without a kind sets the kind
    that its letters say, where the document was taken for a page; the log keeps both."""
    document = locked(Document.objects.select_related("organisation").defer(*_LONG), document_id, _("văn bản"))
    access.require(actor, Power.COMPILE, document.organisation)
    before = {name: getattr(document, name) for name in _FACTS}
    for name in changes:
        if name not in _FACTS:
            raise ServiceError(name, _("Không sửa được ô “%s” của một văn bản.") % name)
        setattr(document, name, _FACTS[name](changes[name]))
    inferred = document_kind(document.number)
    if "kind" not in changes and "number" in changes and document.kind == DocumentKind.PAGE and inferred:
        document.kind = inferred
    changed = {name: [old, getattr(document, name)] for name, old in before.items() if old != getattr(document, name)}
    if changed:
        document.save(update_fields=list(changed))
        events.append(actor, "edit_document", document, {"changed": changed})
        intake.rematch(document.organisation_id)
    return document


def _kind(value: Any) -> str:
    return checks.one_of(value, dict(names(DocumentKind)), "kind")


def _number(value: Any) -> str:
    """`07-CTr/TU`: figures, then the letters of the kind and of the body."""
    said = checks.short(value, "number", 60).replace("–", "-")
    if said and not _NUMBER.fullmatch(said):
        words = _("Gặp “%s”; cần số, ký hiệu như 07-CTr/TU hoặc 15/KH-UBND. Hãy ghi như trên văn bản.")
        raise ServiceError("number", words % said)
    return said


def _issued_on(value: Any) -> date | None:
    found = checks.real_day(value, "issued_on") if value else None
    if found is not None and not _FIRST_DAY <= found <= timezone.localdate():
        words = _("Ngày ban hành %(found)s không thể đúng; cần một ngày từ %(first)s đến hôm nay. Hãy sửa ngày.")
        raise ServiceError("issued_on", words % {"found": day(found), "first": day(_FIRST_DAY)})
    return found


_FACTS: dict[str, Callable[[Any], Any]] = {
    "kind": _kind,
    "number": _number,
    "issued_on": _issued_on,
    "issuer": lambda value: checks.short(value, "issuer", 300),
    "abstract": lambda value: checks.short(value, "abstract", 600),
}


def _article(document: Document, actor: Actor, address: str) -> Article | None:
    """A page of a portal as a news item; a day of publication that was misread does not keep the page out."""
    published = str(document.reading.get("published_at") or "")[:10]
    if document.kind != DocumentKind.PAGE or not (address or published):
        return None
    on = published if published <= timezone.localdate().isoformat() else None
    return new_article(document.organisation, actor, document.title[:400], address, "", on, document)


def _drawn(source: Loaded | None) -> dict[str, Any]:
    """What a document keeps of its file besides the text."""
    if source is None:
        return {}
    tables = [msgspec.to_builtins(table) for table in source.tables]
    return {"format": source.kind, "places": source.places.plain(), "tables": tables, "notes": list(source.notes)}


def _check_text(text: str, reading: Reading | None) -> None:
    checks.plain(text, "file")
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
