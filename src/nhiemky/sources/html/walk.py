"""A page's tree to a draft: blocks on lines of their own, tables as tables, hidden things left out; for `draw`."""

import re

from lxml import etree

from nhiemky.sources.draft import Draft
from nhiemky.sources.fonts import joined
from nhiemky.sources.html.furniture import Block
from nhiemky.sources.html.tables import Grid, is_data
from nhiemky.sources.legacy import Legacy, legacy_of_font
from nhiemky.values.places import Place

# What a browser does not show as text, and the fields of forms, whose choices nobody made.
_UNSEEN = frozenset((
    "head", "title", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed",
    "audio", "video", "canvas", "map", "select", "option", "optgroup", "datalist", "textarea", "input",
    "button", "progress", "meter", "dialog",
))  # fmt: skip
# How many lines a block stands apart by: paragraphs and headings by two, as they are drawn.
_APART = dict.fromkeys((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "pre", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
), 1) | dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6"), 2)  # fmt: skip
_COUNTED = frozenset(("a", "h1", "pre"))
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_FOR_EARS = frozenset(("sr-only", "visually-hidden", "screen-reader-text"))
_FONT = re.compile(r"font(?:-family)?\s*:[^;]*?((?:\.vn|vni[-_ ])[^\"',;]*)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class Walk:
    """One page, walked: its draft, its blocks and the old letters met."""

    def __init__(self, root: etree._Element | None, *, with_hidden: bool = False) -> None:
        self.draft = Draft()
        self.legacy: set[Legacy] = set()
        self.blocks: list[Block] = []
        self._pieces: list[tuple[str, Legacy | None]] = []
        self._fonts: list[Legacy | None] = [None]
        self._apart = self._paragraphs = self._tables = 0
        self._kept = self._titles = self._links = 0  # open elements: `pre`, `h1`, `a`
        self._linked = 0  # letters in links since the last block
        self._new = True  # the next line begins a paragraph
        self._grid: Grid | None = None
        self.depth = 0
        if root is not None:
            self._walk(root, with_hidden)

    def _walk(self, root: etree._Element, with_hidden: bool) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        unseen: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                tag, attributes = element.tag, element.attrib
                if tag in _UNSEEN or (attributes and not with_hidden and _is_hidden(tag, attributes)):
                    walk.skip_subtree()
                    unseen = element
                    continue
                self._begin(element, tag)
                self._fonts.append((_legacy_of(attributes) if attributes else None) or self._fonts[-1])
                text = element.text
            else:
                text = element.tail
                if element is unseen:
                    unseen = None
                else:
                    self._end(element, element.tag)
            if text:
                self._say(text)
        self._line()

    def _begin(self, element: etree._Element, tag: str) -> None:
        if tag in _APART:
            self._break(_APART[tag])
            if self._grid is not None:
                if tag == "tr":
                    self._grid.begin_row()
                elif tag in ("td", "th"):
                    self._grid.begin_cell(element)
            elif tag == "table" and is_data(element):
                self._grid = Grid(element)
                self._tables += 1
        elif tag == "br":
            self._line(new=False)
        if tag in _COUNTED:
            self._count(tag, 1)

    def _end(self, element: etree._Element, tag: str) -> None:
        if len(self._fonts) > self.depth:
            self.depth = len(self._fonts)
        self._fonts.pop()
        if tag in _APART:
            if self._grid is not None:
                self._end_in(self._grid, element)
            self._break(_APART[tag])
        if tag in _COUNTED:
            self._count(tag, -1)

    def _end_in(self, grid: Grid, element: etree._Element) -> None:
        if grid.in_cell and element.tag in ("td", "th"):
            self._cell(grid)
        elif element.tag == "tr" and grid.cells:
            self.draft.end_with("\n")
        elif element is grid.table:
            self._table(grid)

    def _count(self, tag: str, by: int) -> None:
        if tag == "a":
            self._links += by
        elif tag == "h1":
            self._titles += by
        elif tag == "pre":
            self._kept += by

    def _say(self, text: str) -> None:
        if text.isspace() and not self._pieces:
            return
        if self._links:
            self._linked += len(text.strip())
        if not self._kept or "\n" not in text:
            self._pieces.append((text, self._fonts[-1]))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._line(new=False)
            self._pieces.append((line, self._fonts[-1]))

    def _break(self, apart: int) -> None:
        self._line()
        if self._grid is None or not self._grid.in_cell:
            self._apart = max(self._apart, apart)

    def _line(self, *, new: bool = True) -> None:
        """The line that was said; in a cell only a blank, since a cell is one line."""
        if self._grid is not None and self._grid.in_cell:
            self._pieces.append((" ", None))
            return
        if self._pieces and (text := self._text()):
            self._paragraphs += self._new
            self._block(len(self.draft), len(self.draft) + 1, (text,))
            self._add(text, Place(paragraph=self._paragraphs))
            self._new = False
        self._new = self._new or new

    def _cell(self, grid: Grid) -> None:
        row, column = grid.place
        text = self._text()
        grid.end_cell(len(self.draft))
        self._add(text, Place(table=self._tables, row=row, column=column))
        self.draft.end_with("\t")

    def _table(self, grid: Grid) -> None:
        self._grid = None
        if grid.cells:
            self.draft.add_table(grid.cells)
            first, end = grid.cells[0].first, grid.cells[-1].end
            self._block(first, end, tuple(self.draft.texts(first, end)))

    def _block(self, first: int, end: int, texts: tuple[str, ...]) -> None:
        linked = self._linked / max(1, sum(map(len, texts)))
        self.blocks.append(Block(first, end, texts, linked, self._titles > 0))
        self._linked = 0

    def _add(self, text: str, place: Place) -> None:
        if self._apart == 2 and len(self.draft):
            self.draft.end_with("\n\n")
        self._apart = 1
        self.draft.add(text, place)

    def _text(self) -> str:
        text, used = joined(self._pieces)
        self._pieces.clear()
        if used is not None:
            self.legacy.add(used)
        return _BLANKS.sub(" ", text).strip()


def _is_hidden(tag: str, attributes: etree._Attrib) -> bool:
    if tag in ("html", "body"):  # hidden only until a script has run
        return False
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or (style is not None and _HIDING.search(style) is not None)
        or not _FOR_EARS.isdisjoint(attributes.get("class", "").split())
    )


def _legacy_of(attributes: etree._Attrib) -> Legacy | None:
    """The encoding of the font that an element names, as pages saved from Word do."""
    style = attributes.get("style")
    found = _FONT.search(style) if style is not None else None
    face = found[1] if found is not None else attributes.get("face")
    return legacy_of_font(face) if face is not None else None
