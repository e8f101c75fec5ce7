"""Word files for tests, made part by part: a zip with the XML that Word would have written."""

import io
import zipfile
from pathlib import Path

from nhiemky.sources import Loaded, load

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SENTENCE = "Đảng bộ phường Mai Khảo có 318 đảng viên."
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = {
    "w": W, "r": _TYPES, "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006", "v": "urn:schemas-microsoft-com:vml",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}  # fmt: skip
_SPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())


def word(
    body: str,
    parts: dict[str, str] | None = None,
    extra: dict[str, bytes] | None = None,
    main: str = "word/document.xml",
) -> bytes:
    """A file with that body; `parts` are other parts by kind (`styles`, `header1`…), `extra` whole members by name."""
    parts = parts or {}
    folder, _, name = main.rpartition("/")
    relations = "".join(
        f'<Relationship Id="{part}" Type="{_TYPES}/{part.rstrip("0123456789")}" Target="{part}.xml"/>' for part in parts
    )
    members: dict[str, str | bytes] = {
        "_rels/.rels": _relations(f'<Relationship Id="rId1" Type="{_TYPES}/officeDocument" Target="{main}"/>'),
        main: f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        # one that leads nowhere, as some programs leave behind
        f"{folder}/_rels/{name}.rels": _relations(
            f'{relations}<Relationship Id="lost" Type="{_TYPES}/image" Target="../NULL"/>'
        ),
    }
    for part, content in parts.items():
        plain = part.rstrip("0123456789")
        root = {"header": "w:hdr", "footer": "w:ftr", "theme": "a:theme"}.get(plain, f"w:{plain}")
        members[f"{folder}/{part}.xml"] = f"<{root} {_SPACES}>{content}</{root}>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, raw in {**members, **(extra or {})}.items():
            archive.writestr(member, raw)
    return out.getvalue()


def _relations(inside: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs (plain text or XML)."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "", font: str = "") -> str:
    """A run; `properties` is what stands in its `w:rPr`."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    return f'<w:r><w:rPr>{fonts}{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str, borders: bool = True) -> str:
    kind = "single" if borders else "nil"
    lines = f'<w:tblPr><w:tblBorders><w:top w:val="{kind}"/></w:tblBorders></w:tblPr>'
    return f"<w:tbl>{lines}{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    inside = "".join(cell if cell.startswith("<w:tc") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def tc(*blocks: str, properties: str = "") -> str:
    inside = "".join(block if block.startswith("<") else p(block) for block in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def char(kind: str) -> str:
    """Where a field begins, separates its code from its result, ends."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def read(folder: Path, raw: bytes) -> Loaded:
    path = folder / "báo cáo.docx"
    path.write_bytes(raw)
    loaded = load(path)
    assert loaded.kind == "docx"
    for start, end, place in loaded.places:
        assert loaded.text[start:end] == loaded.text[start:end].strip() != ""
        assert loaded.places.of(start, end) == place
    return loaded


def lines(folder: Path, body: str, **parts: str) -> list[str]:
    """The lines of a document that begins with the sentence, without it."""
    found = read(folder, word(p(SENTENCE) + body, parts)).text.split("\n")
    assert found[0] == SENTENCE
    return found[1:]
