"""XLSX and XLSM to sheets: the XML inside is read row by row, with the number formats, fonts and hidden cells that
ready-made readers leave out; no macro, link or formula is followed. Called by `draw`.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from lxml import etree

from nhiemky.sources.archive import open_zip
from nhiemky.sources.loaded import SourceError
from nhiemky.sources.mend import converted
from nhiemky.sources.sheet.formats import BUILT_IN
from nhiemky.sources.sheet.grid import Budget, Sheet, Spot
from nhiemky.sources.sheet.words import Run, words_of

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_COLUMNS = 16_384  # of a sheet
_SHEET = "/worksheet"  # how the type of a sheet's relation ends; chart sheets have another


@dataclass
class _Book:
    strings: list[list[Run]]
    formats: list[str]  # by style
    fonts: list[str | None]
    from_1904: bool
    budget: Budget
    notes: list[str]


def read_xlsx(path: Path, raw: bytes, budget: Budget) -> tuple[list[Sheet], list[str]]:
    """The sheets that a person sees and notes on the file. Raises `SourceError`, or what the XML reader raises."""
    with open_zip(path, raw) as archive:
        names = set(archive.namelist())
        book_part = _book_part(archive, names)
        if book_part is None:
            raise SourceError(f"{path.name}: thiếu phần workbook của Excel. Hãy mở bằng Excel rồi lưu lại ra .xlsx.")
        targets = _relations(archive, names, book_part)
        root = etree.fromstring(archive.read(book_part), _parser())
        book = _Book([], ["General"], [None], _is_1904(root), budget, [])
        for kind, part in targets.values():
            if part in names and kind.endswith("/sharedStrings"):
                book.strings = list(_strings(archive, part, budget))
            elif part in names and kind.endswith("/styles"):
                book.formats, book.fonts = _styles(archive.read(part))
        if any(name.endswith("vbaProject.bin") for name in names):
            book.notes.append("Tệp có macro: chỉ đọc số liệu, không chạy macro.")
        sheets = []
        for element in root.iterfind("{*}sheets/{*}sheet"):
            name = element.get("name") or "?"
            kind, part = targets.get(_relation_id(element), ("", ""))
            if not kind.endswith(_SHEET) or part not in names:
                continue
            if element.get("state", "visible") != "visible":
                book.notes.append(f"Trang tính “{name}” đang ẩn, không đọc.")
                continue
            with archive.open(part) as stream:
                sheets.append(_sheet(name, stream, book))
        return sheets, book.notes


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _walk(stream: IO[bytes], *tags: str) -> Iterator[Any]:
    """Elements as they end, each cleared behind it, so that a sheet of any length takes little room."""
    wanted = [f"{{*}}{tag}" for tag in tags]
    for _, element in etree.iterparse(stream, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _book_part(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    main = [part for kind, part in _relations(archive, names, "").values() if kind.endswith("/officeDocument")]
    return next((part for part in (*main, "xl/workbook.xml") if part in names), None)


def _relations(archive: zipfile.ZipFile, names: set[str], part: str) -> dict[str, tuple[str, str]]:
    """A part's relations: id → (type, the other part's name in the archive)."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in names:
        return {}
    found = {}
    for relation in etree.fromstring(archive.read(listed), _parser()).iterfind("{*}Relationship"):
        other = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
        found[relation.get("Id") or ""] = (relation.get("Type") or "", other)
    return found


def _relation_id(element: Any) -> str:
    """The `r:id` of a sheet, whose namespace has two forms."""
    return next((value for name, value in element.attrib.items() if name.endswith("}id")), "")


def _is_1904(root: Any) -> bool:
    settings = root.find("{*}workbookPr")
    return settings is not None and settings.get("date1904") in ("1", "true")


def _strings(archive: zipfile.ZipFile, part: str, budget: Budget) -> Iterator[list[Run]]:
    with archive.open(part) as stream:
        for element in _walk(stream, "si"):
            runs = _runs(element)
            budget.take("ký tự", sum(len(letters) for letters, _ in runs))
            yield runs


def _runs(element: Any) -> list[Run]:
    """The letters of a shared or inline string with their fonts; how Japanese is pronounced (`rPh`) is left out."""
    runs: list[Run] = []
    for child in element:
        name = etree.QName(child).localname
        if name == "t":
            runs.append((child.text or "", None))
        elif name == "r":
            font = child.find("{*}rPr/{*}rFont")
            runs.append((child.findtext("{*}t") or "", None if font is None else font.get("val")))
    return runs


def _styles(raw: bytes) -> tuple[list[str], list[str | None]]:
    """The number format and the font of each style."""
    root = etree.fromstring(raw, _parser())
    own = {int(f.get("numFmtId")): f.get("formatCode") or "" for f in root.iterfind("{*}numFmts/{*}numFmt")}
    fonts = [(name.get("val") if (name := f.find("{*}name")) is not None else None)
             for f in root.iterfind("{*}fonts/{*}font")]  # fmt: skip
    formats: list[str] = []
    named: list[str | None] = []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        number, font = int(style.get("numFmtId") or 0), int(style.get("fontId") or 0)
        formats.append(own.get(number) or BUILT_IN.get(number, "General"))
        named.append(fonts[font] if font < len(fonts) else None)
    return formats or ["General"], named or [None]


def _sheet(name: str, stream: IO[bytes], book: _Book) -> Sheet:
    sheet = Sheet(name)
    at = -1
    for element in _walk(stream, "row", "col", "mergeCell"):
        tag = etree.QName(element).localname
        if tag == "row":
            at = int(element.get("r") or at + 2) - 1
            if element.get("hidden") in ("1", "true") or element.get("ht") == "0":
                sheet.hidden_rows.add(at)
            _row(sheet, at, element, book)
        elif tag == "col":
            if element.get("hidden") in ("1", "true") or element.get("width") == "0":
                sheet.hidden_columns.update(range(int(element.get("min")) - 1, min(int(element.get("max")), _COLUMNS)))
        else:
            ends = [_spot(end) for end in (element.get("ref") or "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                sheet.merged.append((*ends[0], *ends[1]))
    return sheet


def _spot(reference: str) -> Spot | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _row(sheet: Sheet, row: int, element: Any, book: _Book) -> None:
    column = -1
    for cell in element.iterfind("{*}c"):
        book.budget.take("ô")
        spot = _spot(cell.get("r") or "") or (row, column + 1)
        column = spot[1]
        if spot[0] != row or column >= _COLUMNS:
            raise ValueError(f"cell {cell.get('r')} in row {row + 1}")
        words = _words(sheet, spot, cell, book)
        if words:
            book.budget.take_words(words)
            sheet.cells[spot] = words


def _words(sheet: Sheet, spot: Spot, cell: Any, book: _Book) -> str:
    """What the cell shows; what is odd about it is noted in the sheet."""
    style = int(cell.get("s") or 0)
    style = style if style < len(book.formats) else 0
    kind: str = cell.get("t", "n")
    value: str | None = cell.findtext("{*}v")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return "" if inline is None else _letters(_runs(inline), style, book)
    if value is None or not value.strip():
        if cell.find("{*}f") is not None and kind != "str":  # "" is the result of many a formula
            sheet.unknown.append(spot)
        return ""
    if kind == "s":
        return _letters(book.strings[int(value)], style, book)
    if kind in ("str", "d"):
        return _letters([(value, None)], style, book)
    if kind == "e":
        sheet.broken.append((spot, value))
        return value
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return sheet.number(spot, float(value), book.formats[style], from_1904=book.from_1904)


def _letters(runs: list[Run], style: int, book: _Book) -> str:
    words, encoding = words_of(runs, book.fonts[style])
    if encoding is not None and (note := converted(encoding)) not in book.notes:
        book.notes.append(note)
    return words
