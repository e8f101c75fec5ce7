"""Loads sample wards (samples/**/*.yaml): an organisation, its documents, targets and results, each figure with the
sentence it is quoted from. A quote that its document does not hold is an error. Called by `nhiemky setup`.

The caller gives `load` and `read` (file → text → reading), so that this room knows no file format and no grammar.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from nhiemky.reading.facts import Reading
from nhiemky.register import selectors
from nhiemky.register.actors import Actor
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Document, Organisation
from nhiemky.register.services import add_document, add_organisation, add_result, add_target, create_review
from nhiemky.sources import Loaded

Load = Callable[[Path], Loaded]
Read = Callable[[str, str], Reading]
_ACTOR, _ADMIN = Actor("mẫu", "office"), Actor("mẫu", "admin")


@dataclass
class Ward:
    """One board file on its way into the register."""

    path: Path
    data: dict[str, Any]
    organisation: Organisation
    documents: dict[str, Document] = field(default_factory=dict)


def load_samples(folder: Path, load: Load, read: Read) -> Iterator[str]:
    """Load each file in a transaction of its own and say what was loaded; wards that are there already are left."""
    for path in sorted(folder.glob("*/*.yaml")):
        data = _yaml(path)
        if "organisation" in data:
            yield _load_ward(path, data, load, read)
    pages = folder / "pages.yaml"
    if pages.exists():
        for entry in _yaml(pages).get("pages", ()):
            yield _load_page(pages.parent / entry["path"], entry, load, read)


@transaction.atomic
def _load_ward(path: Path, data: dict[str, Any], load: Load, read: Read) -> str:
    organisation = _organisation(data["organisation"], data.get("parent"))
    if selectors.terms(organisation.pk):
        return f"{organisation.name}: đã có"
    ward = Ward(path, data, organisation)
    for name, entry in data.get("documents", {}).items():
        ward.documents[name] = _document(ward, entry, load, read)
    for entry in data.get("targets", ()):
        _target(ward, entry)
    for entry in _as_list(data.get("review")):
        create_review(organisation, entry["kind"], data["term"], entry["as_of"], _ACTOR)
    return f"{organisation.name}: {len(data.get('targets', ()))} chỉ tiêu, {len(ward.documents)} văn bản"


@transaction.atomic
def _load_page(path: Path, entry: dict[str, Any], load: Load, read: Read) -> str:
    organisation = _organisation(entry["organisation"], entry.get("parent"))
    found = load(path)
    if selectors.holds(organisation, found.sha256):
        return f"{organisation.name}: {path.name}, đã có"
    reading = read(found.text, path.name)
    held = add_document(organisation, path.name, found.text, found.sha256, reading, _ACTOR, source=found)
    return f"{organisation.name}: {path.name}, {selectors.progress(held.pk).total} đề xuất"


def _document(ward: Ward, entry: dict[str, Any], load: Load, read: Read) -> Document:
    path = ward.path.parent / entry["path"]
    found = load(path)
    reading = read(found.text, path.name) if entry.get("intake") else None
    about = {name: entry[name] for name in ("kind", "number", "issuer", "abstract", "issued_on") if name in entry}
    return add_document(ward.organisation, path.name, found.text, found.sha256, reading, _ACTOR, source=found, **about)


def _target(ward: Ward, entry: dict[str, Any]) -> None:
    fields = {name: value for name, value in entry.items() if name not in ("clause", "results")}
    where = f"{ward.path.name}, chỉ tiêu {entry.get('number')}"
    clause = entry.get("clause")
    if clause:
        fields["document"], fields["span"] = _quote(ward, clause, where)
    try:
        made = add_target(ward.organisation, _ACTOR, term=ward.data["term"], **fields)
        for result in entry.get("results") or ():
            where = f"{ward.path.name}, chỉ tiêu {entry.get('number')}, kết quả {result.get('period')}"
            _result(ward, made.pk, result, where)
    except ServiceError as error:
        said = error.message if error.message.startswith(where) else f"{where}: {error.message}"
        raise ServiceError(error.field, said) from error


def _result(ward: Ward, target_id: int, entry: dict[str, Any], where: str) -> None:
    fields = {name: value for name, value in entry.items() if name not in ("document", "quote", "nth")}
    if entry.get("quote"):
        fields["document"], fields["span"] = _quote(ward, entry, where)
    add_result(target_id, _ACTOR, approved=True, **fields)


def _quote(ward: Ward, entry: dict[str, Any], where: str) -> tuple[Document, tuple[int, int]]:
    """The document and the place of the quoted words in it; `nth` chooses among several."""
    document = ward.documents.get(entry["document"])
    if document is None:
        raise ServiceError("document", f"{where}: không có văn bản “{entry['document']}” ở mục documents.")
    quote, nth = entry["quote"], entry.get("nth")
    found = document.text.count(quote)
    if found == 0 or (found > 1 and nth is None) or (nth or 1) > found:
        raise ServiceError(
            "quote", f"{where}: “{quote}” có {found} lần trong {document.source_name}; cần đúng một (hoặc ghi nth)."
        )
    start = -1
    for _ in range(nth or 1):
        start = document.text.index(quote, start + 1)
    return document, (start, start + len(quote))


def _organisation(entry: dict[str, Any], parent: dict[str, Any] | None) -> Organisation:
    try:
        return selectors.organisation_named(entry["name"])
    except NotFound:
        above = _organisation(parent, None) if parent else None
        return add_organisation(entry["name"], entry["kind"], entry["level"], entry["place"], _ADMIN, above)


def _yaml(path: Path) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ServiceError("samples", f"{path.name} không đọc được: {error}") from error
    return loaded if isinstance(loaded, dict) else {}


def _as_list(entry: Any) -> list[dict[str, Any]]:
    return entry if isinstance(entry, list) else [entry] if entry else []
