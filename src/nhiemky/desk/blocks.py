"""A document's text, marks, tables and map → what the Read screen prints on the left: paragraphs, tables, furniture.

Pure: called by the Read view. Every letter of the text is printed once, furniture and the heads of pages dimmed; of a
long text a window, in which a table keeps its head.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from nhiemky.desk.marks import Cutter, Mark, Piece
from nhiemky.reading.text import canon
from nhiemky.reading.vocab import words
from nhiemky.values.places import Places
from nhiemky.values.tables import Cell, Table

# Lines that a portal prints around an article. Only a line that holds nothing marked is dimmed, and nothing is hidden.
_FURNITURE = re.compile(
    r"\s*(thời tiết|tỷ giá|tỉ giá|giá vàng|đang (truy cập|online)|lượt (truy cập|xem|đọc)|tổng (số )?(lượt )?truy cập|"
    r"hôm nay(?=\s*:)|hôm qua(?=\s*:)|số người|trang chủ|liên kết|chia sẻ|in (bài|trang)|gửi email|cỡ chữ|"
    r"quay lại|đầu trang|tin (liên quan|khác|mới|cùng)|các tin|bản quyền|©|đăng nhập|tìm kiếm|sơ đồ|rss|facebook|zalo|"
    r"đánh giá bài viết|ý kiến|bình luận|từ khóa|chuyên mục|menu|trực tuyến|ngày đăng|đăng ngày|đang online|online)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[.;,!?]\s|[.!?]$")
_NUMBER = re.compile(r"\s*(?:[≥≤<>~±+-]\s*)?\d[\d.,/\s–-]*%?\s*")
_ASIDE = frozenset(("furniture", "header", "footer"))
FOLDED = 4  # lines of furniture in a row that are put away behind one line


@dataclass(frozen=True)
class Paragraph:
    """A line; `aside` says why it is dimmed: `furniture`, `header` or `footer`."""

    shape: ClassVar = "line"
    pieces: tuple[Piece, ...]
    start: int
    aside: str = ""


@dataclass(frozen=True)
class TableCell:
    pieces: tuple[Piece, ...]
    rows: int = 1
    columns: int = 1
    head: bool = False
    number: bool = False

    @property
    def width(self) -> str:
        """How much room the words want: names of indicators would else stand a word a line."""
        length = sum(len(piece.text) for piece in self.pieces)
        return "long" if length > 24 else "mid" if length > 8 else ""


@dataclass(frozen=True)
class TableRow:
    """`kind` is what the row was recognised as (`group`, `total` …); empty where the table was not."""

    cells: tuple[TableCell, ...]
    kind: str = ""


@dataclass(frozen=True)
class TableBlock:
    """The table of a number (from 1); `above` and `below` are how many of its rows stand outside the window."""

    shape: ClassVar = "table"
    number: int
    rows: tuple[TableRow, ...]
    start: int
    aside: str = ""
    above: int = 0
    below: int = 0


@dataclass(frozen=True)
class Folded:
    """Furniture of several lines in a row."""

    shape: ClassVar = "folded"
    blocks: tuple[Paragraph | TableBlock, ...]


Block = Paragraph | TableBlock | Folded
Kinds = Mapping[int, Mapping[int, str]]  # a table's number → its rows' kinds


def blocks(
    text: str,
    marks: Iterable[Mark],
    tables: Sequence[Table] = (),
    places: Places | None = None,
    kinds: Kinds | None = None,
    window: tuple[int, int] | None = None,
) -> list[Block]:
    """The text of the window (else all of it) in order; a table is kept together where its cells hold all its text."""
    cutter = Cutter(text, marks)
    parts = places or Places()
    made: list[Paragraph | TableBlock] = []
    at, end = window or (0, len(text))
    for number, table in sorted(enumerate(tables, 1), key=lambda both: both[1].start):
        if table.end <= at or table.start >= end:
            continue
        cut = table.start < at and not made  # by the window; one that begins further on may lie in a cell of another
        if (table.start < at and not cut) or not _is_whole(text, table):
            continue
        made += _paragraphs(text, at, table.start, cutter, parts)
        rows = _rows_within(table, at, end)
        if rows:
            made.append(_table(text, number, table, cutter, parts, (kinds or {}).get(number, {}), rows))
        at = table.end
    return _folded([*made, *_paragraphs(text, at, end, cutter, parts)])


def _paragraphs(text: str, first: int, last: int, cutter: Cutter, places: Places) -> Iterator[Paragraph]:
    for found in _LINE.finditer(text, first, last):
        if not found.group().strip():
            continue
        start, end = found.span()
        pieces = cutter.pieces(start, end)
        aside = "" if any(piece.marks for piece in pieces) else _aside(text, start, end, places)
        yield Paragraph(pieces, start, aside)


def _aside(text: str, start: int, end: int, places: Places) -> str:
    """Why a stretch without marks is dimmed: by its place in the file, else by the words of portals."""
    found = {place.part for place in places.within(start, end)}
    if found and found <= _ASIDE:
        return sorted(found)[0]
    return "furniture" if _is_furniture(text[start:end]) else ""


def _is_furniture(line: str) -> bool:
    """A short line that opens with a portal's own words, or is one of them, and is no sentence."""
    bare = line.strip()
    if len(bare) > 120 or _SENTENCE.search(bare):
        return False
    return bool(_FURNITURE.match(bare)) or canon(bare) in words("portal", role="furniture")


def _is_whole(text: str, table: Table) -> bool:
    """Cells in the order of text and grid, each at a place of its own, with only blanks between them."""
    at, last = table.start, (-1, -1)
    for cell in table.cells:
        if cell.start < at or (cell.row, cell.column) <= last or text[at : cell.start].strip():
            return False
        at, last = cell.end, (cell.row, cell.column)
    return table.start < table.end


def _rows_within(table: Table, start: int, end: int) -> range:
    """The rows that a stretch of text touches; all, the empty ones at the ends too, where it holds the whole table."""
    if start <= table.start and table.end <= end:
        return range(table.rows)
    touched = [cell.row for cell in table.cells if cell.start < end and cell.end > start]
    return range(touched[0], touched[-1] + 1) if touched else range(0)


def _table(
    text: str, number: int, table: Table, cutter: Cutter, places: Places, kinds: Mapping[int, str], shown: range
) -> TableBlock:
    """The rows shown, below the table's head."""
    heads = [row for row in range(shown.start) if kinds.get(row) == "head"]
    over = {
        (row, column): cell
        for cell in table.cells
        if cell.row < shown.stop and (cell.row + cell.rows > shown.start or cell.row in heads)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    rows, columns = [], range(table.columns)
    for row in (*heads, *shown):
        cells, last = [], shown.stop if row >= shown.start else heads[-1] + 1
        for column in columns:
            cell = over.get((row, column))
            if cell is None:
                cells.append(TableCell(()))
            elif cell.column == column and row in (cell.row, shown.start):
                cells.append(_cell(text, cell, row, last, cutter, head=kinds.get(row) == "head"))
        rows.append(TableRow(tuple(cells), kinds.get(row, "")))
    marked = any(piece.marks for line in rows for cell in line.cells for piece in cell.pieces)
    parts = {place.part for place in places.within(table.start, table.end)}
    aside = sorted(parts)[0] if parts <= _ASIDE and parts and not marked else ""
    return TableBlock(number, tuple(rows), table.start, aside, shown.start - len(heads), table.rows - shown.stop)


def _cell(text: str, cell: Cell, row: int, last: int, cutter: Cutter, *, head: bool) -> TableCell:
    """A cell in its row; one that began above the rows shown goes on in the first of them, without its marks."""
    number = not head and _NUMBER.fullmatch(text, cell.start, cell.end) is not None
    begun = cell.row < row and cell.start < cell.end
    pieces = (Piece(text[cell.start : cell.end], ()),) if begun else cutter.pieces(cell.start, cell.end)
    return TableCell(pieces, min(cell.row + cell.rows, last) - row, cell.columns, head, number)


def _folded(made: list[Paragraph | TableBlock]) -> list[Block]:
    """Long runs of furniture put away; heads and feet of pages stay where they are."""
    out: list[Block] = []
    for aside, run in groupby(made, key=lambda block: block.aside):
        held = tuple(run)
        if aside == "furniture" and len(held) >= FOLDED:
            out.append(Folded(held))
        else:
            out += held
    return out
