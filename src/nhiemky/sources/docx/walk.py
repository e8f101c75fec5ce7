"""Word's body to a draft: paragraphs and tables in their order, boxes behind the paragraph they hang on.

Called by `draw` for the body, then for the notes and the heads and feet of pages.
"""

from collections import Counter

import msgspec
from lxml import etree

from nhiemky.sources.docx.numbers import Numbers
from nhiemky.sources.docx.package import W
from nhiemky.sources.docx.runs import WRAPPERS, Found, Runs, alternative, is_placeholder
from nhiemky.sources.docx.styles import Styles, value
from nhiemky.sources.docx.tables import GridCell, grid_of, is_layout
from nhiemky.sources.draft import Draft, DraftCell
from nhiemky.sources.legacy import Legacy
from nhiemky.values.places import Place

_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


class Walk:
    """One document as it is walked: its draft, where the walk is, and what it noticed on the way."""

    def __init__(self, styles: Styles, numbers: Numbers, *, with_pages: bool) -> None:
        self.draft = Draft()
        self.notes: list[tuple[str, str]] = []
        self.noticed: Counter[str] = Counter()
        self.legacy: set[Legacy] = set()
        self._styles, self._numbers, self._runs = styles, numbers, Runs(styles)
        self._page = 1 if with_pages else None
        self._paragraphs = self._tables = 0
        self._carried = ""  # of a paragraph whose end was deleted: it goes on in the next
        self._seen: set[str] = set()

    def blocks(self, parent: etree._Element, within: Place | None = None, *, cell: bool = False) -> None:
        """What stands in `parent`. `within` is the place that all of it has; None counts paragraphs of the body."""
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, within, cell)
            elif tag == f"{W}tbl":
                self._table(child, within, cell)
            elif tag in WRAPPERS:
                self.blocks(child, within, cell=cell)
            elif tag == f"{W}sdt":
                if not is_placeholder(child):
                    for content in child.iterfind(f"{W}sdtContent"):
                        self.blocks(content, within, cell=cell)
            elif tag == _ALTERNATIVE:
                self.blocks(alternative(child), within, cell=cell)
            elif tag in (f"{W}altChunk", f"{W}subDoc"):
                self.noticed["chunks"] += 1

    def note(self, number: int, name: str, element: etree._Element) -> None:
        """A footnote, under its number as Word shows it."""
        first = len(self.draft)
        self.blocks(element, Place(note=number))
        if len(self.draft) > first:
            self.draft.begin_with(first, f"[{name}] ")

    def _paragraph(self, element: etree._Element, within: Place | None, cell: bool) -> None:
        style = value(element, "pPr/pStyle")
        found = self._runs.read(element)
        self.notes += found.notes
        self.noticed.update(pictures=found.pictures, objects=found.objects)
        self.legacy |= {found.legacy} if found.legacy else set()
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._carried += found.text
            return
        text, self._carried = (self._carried + found.text).strip(), ""
        number = self._number(element, style)
        if text or cell:
            text = f"{number} {text}".strip()
        place = self._turn(found, text, within, style)
        if cell:
            if text := " ".join(text.split()):
                self.draft.add(text, place, " ")
        else:
            for line in filter(None, map(str.strip, text.split("\n"))):
                if self._is_new(line, place):
                    self.draft.add(line, place)
        for box in found.boxes:
            self.blocks(box, msgspec.structs.replace(place, part="box"), cell=cell)

    def _turn(self, found: Found, text: str, within: Place | None, style: str | None) -> Place:
        """The place of a paragraph, with the pages turned in it."""
        if self._page is not None:
            self._page += found.pages_before
        page = self._page
        if self._page is not None:
            self._page += found.pages - found.pages_before
        if within is not None:
            return within
        self._paragraphs += bool(text)
        is_contents = self._styles.name(style).startswith("toc")  # it says the headings twice
        return Place(page=page, paragraph=self._paragraphs, part="furniture" if is_contents else "body")

    def _number(self, element: etree._Element, style: str | None) -> str:
        listed = value(element, "pPr/numPr/numId")
        if listed is not None:
            return self._numbers.before(listed, value(element, "pPr/numPr/ilvl") or "0", style)
        by_style = self._styles.numbering(style)
        return self._numbers.before(*by_style, style) if by_style is not None else ""

    def _is_new(self, line: str, place: Place) -> bool:
        """Heads and feet are said once, without page numbers; all else as often as it stands there."""
        if place.part not in ("header", "footer"):
            return True
        known = line in self._seen or not any(map(str.isalpha, line))
        self._seen.add(line)
        return not known

    def _table(self, element: etree._Element, within: Place | None, cell: bool) -> None:
        grid = grid_of(element)
        flowing = within is not None and not cell  # in a box, a note, the head of a page: no table of its own
        if flowing or (not cell and is_layout(element, grid, self._styles)):
            for row in grid.rows:
                for one in row:
                    self.blocks(one.element, within)
            return
        if not cell:
            self._tables += 1
        table, cells = self._tables, []
        for row in grid.rows:
            for one in row:
                cells.append(self._cell(one, table, within))
                self.draft.end_with(self._gap(one is row[-1], cell))
        self.draft.add_table(cells, nested=cell)

    def _gap(self, is_last: bool, nested: bool) -> str:
        """What stands behind a cell: the rows of a table within a cell are on one line with it."""
        if nested:
            return " " if any(self.draft.texts(len(self.draft) - 1, len(self.draft))) else ""
        return "\n" if is_last else "\t"

    def _cell(self, one: GridCell, table: int, within: Place | None) -> DraftCell:
        """A cell's paragraphs on one line; a table within it is a table too, its cells on that line."""
        first = len(self.draft)
        place = within or Place(page=self._page, table=table, row=one.row + 1, column=one.column + 1)
        self.blocks(one.element, place, cell=True)
        if len(self.draft) == first:
            self.draft.add("", None, "")
        return DraftCell(one.row, one.column, one.rows, one.columns, first, len(self.draft))
