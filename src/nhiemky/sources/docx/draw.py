"""A Word file's bytes to its text with the map back: body, then notes, then heads and feet of pages, each once."""

from pathlib import Path

from lxml import etree

from nhiemky.sources.docx.numbers import Numbers, figure_of
from nhiemky.sources.docx.package import Package, R, W
from nhiemky.sources.docx.styles import Styles
from nhiemky.sources.docx.walk import Walk
from nhiemky.sources.loaded import Drawn, SourceError
from nhiemky.sources.mend import converted
from nhiemky.values.places import Part, Place

_FEW = 400  # characters: a document with fewer, and pictures, is likely one that was scanned
_NOTICED = {
    "objects": "có {} đối tượng nhúng (bảng Excel, công thức) không đọc; cần thì lưu riêng rồi đọc",
    "chunks": "có {} phần ghép từ tệp khác không đọc; hãy mở bằng Word rồi lưu lại để gộp vào",
}


def draw(path: Path, raw: bytes) -> Drawn:
    """The text of a `.docx`, `.docm` or `.dotx`; macros are not run, links not followed."""
    package = Package(path, raw)
    root = package.xml(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise SourceError(
            f"{path.name}: không có phần thân văn bản Word ({package.main}). Hãy mở bằng Word, lưu lại rồi đọc lại."
        )
    walk = Walk(
        Styles(_part(package, "styles"), _part(package, "theme")),
        Numbers(_part(package, "numbering")),
        with_pages=next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None,
    )
    walk.blocks(body)
    _notes(walk, package)
    for kind in ("header", "footer"):
        _edges(walk, package, body, kind)
    drawn = walk.draft.drawn(_noticed(walk, package))
    return _checked(path, walk, drawn)


def _part(package: Package, kind: str) -> etree._Element | None:
    names = package.related(package.main, kind)
    return package.xml(names[0]) if names else None


def _notes(walk: Walk, package: Package) -> None:
    """The notes that the body refers to, in the order of their numbers; none that only the part still holds."""
    for kind, form in (("footnote", "decimal"), ("endnote", "lowerRoman")):
        part = _part(package, f"{kind}s")
        by_id = {note.get(f"{W}id"): note for note in part} if part is not None else {}
        asked = list(dict.fromkeys(name for of_kind, name in walk.notes if of_kind == kind))
        for number, name in enumerate(asked, 1):
            if name in by_id:
                walk.note(number, figure_of(number, form), by_id[name])


def _edges(walk: Walk, package: Package, body: etree._Element, kind: str) -> None:
    part: Part = "header" if kind == "header" else "footer"
    names = [package.target(package.main, edge.get(f"{R}id")) for edge in body.iter(f"{W}{kind}Reference")]
    for name in dict.fromkeys(filter(None, names)):
        root = package.xml(name)
        if root is not None:
            walk.blocks(root, Place(part=part))


def _noticed(walk: Walk, package: Package) -> list[str]:
    notes = [converted(legacy) for legacy in sorted(walk.legacy, key=converted)]
    notes += [words.format(walk.noticed[kind]) for kind, words in _NOTICED.items() if walk.noticed[kind]]
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        notes.append("tệp có macro; phần mềm chỉ đọc chữ, không chạy macro")
    return list(dict.fromkeys(notes))


def _checked(path: Path, walk: Walk, drawn: Drawn) -> Drawn:
    """A scan pasted into Word has pictures in place of text."""
    pictures = walk.noticed["pictures"]
    if not pictures or len(drawn.text) > _FEW:
        return drawn
    if not drawn.text.strip():
        raise SourceError(
            f"{path.name}: chỉ có {pictures} ảnh, không có chữ. Hãy lưu ra PDF rồi đọc để chữ trong ảnh được nhận dạng."
        )
    note = f"có {pictures} ảnh mà ít chữ; chữ trong ảnh không đọc, cần thì lưu ra PDF rồi đọc"
    return Drawn(drawn.text, drawn.places, drawn.tables, (*drawn.notes, note))
