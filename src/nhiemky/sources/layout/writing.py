"""Paragraphs, tables and what stands around them → the text itself, with a place for each word. Called by `flow`."""

from collections.abc import Sequence

from nhiemky.sources.layout.edges import Leaf
from nhiemky.sources.layout.lines import Line
from nhiemky.sources.layout.marks import Marks, Word
from nhiemky.sources.layout.paragraphs import Paragraph, text_of
from nhiemky.sources.layout.tables import PageTable
from nhiemky.sources.loaded import Drawn
from nhiemky.values.places import Part, Place, Places
from nhiemky.values.tables import Cell, Table


class Writing:
    """The text as it grows. Each word has a stretch of its own; a head or foot has one a line, as it is one mark."""

    def __init__(self, pages: dict[int, Marks]) -> None:
        self._pages = pages
        self._parts: list[str] = []
        self._end = 0
        self._places: list[tuple[int, int, Place]] = []
        self._tables: list[Table] = []
        self._around: set[tuple[Part, str]] = set()  # what was written of heads and feet

    def drawn(self) -> Drawn:
        return Drawn("".join(self._parts), Places(self._places), tuple(self._tables))

    def add_paragraph(self, paragraph: Paragraph, note: int | None = None) -> None:
        words: list[Word] = []
        stops: set[int] = set()
        for piece in paragraph.pieces:
            stops.update(len(words) + stop for stop in piece.stops)
            words.extend(piece.line.words)
        self._words(words, stops, note=note)
        self._plain("\n")

    def add_table(self, table: PageTable) -> None:
        number = len(self._tables) + 1
        cells: list[Cell] = []
        row = None
        for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
            if row is not None:
                self._plain("\t" if cell.row == row else "\n")
            row = cell.row
            start = self._end
            words = [word for line in cell.lines for word in line.words]
            self._words(words, (), table=number, row=cell.row + 1, column=cell.column + 1)
            cells.append(Cell(cell.row, cell.column, start, self._end, cell.rows, cell.columns))
        self._plain("\n")
        self._tables.append(Table(tuple(cells)))

    def add_edges(self, leaf: Leaf) -> None:
        for line in leaf.heads:
            self._around_text(line, "header")
        for line in leaf.feet:
            self._around_text(line, "footer")
        for line in leaf.aside():
            self._around_text(line, "furniture")

    def _around_text(self, line: Line, part: Part) -> None:
        """One line of a head or foot, once for all pages; of page numbers the first."""
        text = " ".join(line.text.split())
        key = part, "#" if text.strip(" -–").isdigit() else text.replace(" ", "").lower()
        if key in self._around:
            return
        self._around.add(key)
        first = line.words[0]
        box = line.left, line.top, line.right, line.bottom
        self._placed(text, Place(page=first.page, box=self._pages[first.page].shown(box), part=part))
        self._plain("\n")

    def _words(
        self, words: Sequence[Word], stops: Sequence[int] | set[int], *, table: int | None = None,
        row: int | None = None, column: int | None = None, note: int | None = None,
    ) -> None:  # fmt: skip
        for index, (parted, word) in enumerate(text_of(words)):
            self._plain("\t" if index in stops else parted)
            box = self._pages[word.page].shown((word.left, word.top, word.right, word.bottom))
            place = Place(page=word.page, box=box, note=note, table=table, row=row, column=column,
                          confidence=word.confidence)  # fmt: skip
            self._placed(word.text, place)

    def _placed(self, text: str, place: Place) -> None:
        start = self._end
        self._plain(text)
        self._places.append((start, self._end, place))

    def _plain(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._end += len(text)
