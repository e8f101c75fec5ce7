"""A Word file's zip to its XML parts, found by their relations; nothing outside the file is ever opened.

Not by `docx.Document`: that refuses files whose relations name a missing part (`word/NULL`, python-docx issue 797).
"""

import posixpath
from pathlib import Path

from lxml import etree

from nhiemky.sources.archive import open_zip
from nhiemky.sources.loaded import SourceError

PART = 64 * 1024 * 1024  # bytes of one part's XML; the body of 1,000 pages has some 20 million
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Word's “Strict Open XML” says the same under other names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


class Package:
    """The parts of one file."""

    def __init__(self, path: Path, raw: bytes) -> None:
        self._path = path
        self._zip = open_zip(path, raw)
        # some programs write `word\document.xml` or other capitals than the relations have
        self._members = {name.replace("\\", "/").lstrip("/").lower(): name for name in self._zip.namelist()}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        mains = self.related("", "officeDocument")
        self.main = next((name for name in mains if self.has(name)), "word/document.xml")

    def has(self, name: str) -> bool:
        return name.lower() in self._members

    def names(self) -> list[str]:
        """All members, small letters, with slashes."""
        return list(self._members)

    def xml(self, name: str) -> etree._Element | None:
        """A part's root element; None where there is no such part."""
        if not self.has(name):
            return None
        member = self._zip.getinfo(self._members[name.lower()])
        if member.file_size > PART:
            raise SourceError(
                f"{self._path.name}: phần {name} có {member.file_size // 1024**2} MB, chỉ đọc đến {PART // 1024**2} MB "
                "(hơn 3.000 trang). Hãy tách thành nhiều tệp."
            )
        try:
            return self._parsed(self._zip.read(member))
        except SourceError:
            raise
        except Exception as error:
            raise SourceError(
                f"{self._path.name}: phần {name} bị hỏng ({type(error).__name__}). "
                "Hãy mở bằng Word, chọn Open and Repair, lưu lại rồi đọc lại."
            ) from error

    def related(self, source: str, kind: str) -> list[str]:
        """The parts that `source` refers to as `styles`, `footnotes`, …; the file itself is the source ``""``."""
        return [name for of_kind, name in self._relations_of(source).values() if of_kind == kind]

    def target(self, source: str, relation: str | None) -> str | None:
        """The part that a relation of `source` leads to."""
        found = self._relations_of(source).get(relation or "")
        return found[1] if found is not None else None

    def _parsed(self, raw: bytes) -> etree._Element:
        if b"purl.oclc.org/ooxml" in raw:
            for strict, usual in _STRICT:
                raw = raw.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        root = etree.fromstring(raw, parser)
        if root.getroottree().docinfo.internalDTD is not None:  # ECMA-376 part 2 forbids it, only attacks have it
            raise SourceError(
                f"{self._path.name}: có khai báo DTD, điều mà Word không bao giờ ghi; tệp có thể độc hại. "
                "Hãy kiểm tra nơi gửi tệp."
            )
        return root

    def _relations_of(self, source: str) -> dict[str, tuple[str, str]]:
        if source not in self._relations:
            folder, name = posixpath.split(source)
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relations[source] = {
                element.get("Id", ""): (
                    element.get("Type", "").rpartition("/")[2],
                    posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
                )
                for element in (root if root is not None else ())
                if element.tag == _RELATED and element.get("TargetMode") != "External"
            }
        return self._relations[source]
