"""Grids and words → tables with their cells' lines; a table that goes on over pages is made one. Called by `flow`."""

from bisect import bisect_right
from collections import defaultdict
from difflib import SequenceMatcher

import msgspec
from msgspec import Struct

from nhiemky.sources.layout.grids import Grid, GridCell, grids_of
from nhiemky.sources.layout.lines import Line, rows_of
from nhiemky.sources.layout.marks import Marks, Word, turned

_SHIFT = 9.0  # points: how much wider or narrower the columns of a table may be on its next page
_ASIDE = 60.0  # and how far the whole of it may be shifted
_HEAD = 6  # rows that a repeated head has at most
_LIKE = 0.8  # how alike two heads must be of which one was recognised in a picture


class TableCell(Struct):
    row: int
    column: int
    rows: int
    columns: int
    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


class PageTable(Struct):
    """A table on a page, or, once joined, on several. `xs` bound its columns."""

    top: float
    bottom: float
    xs: list[float]
    cells: list[TableCell]

    @property
    def rows(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)

    def row(self, number: int) -> list[TableCell]:
        return [cell for cell in self.cells if cell.row == number]


def ruled_tables(marks: Marks) -> list[PageTable]:
    """The tables that rules draw on a page, top down. Their words leave `marks`."""
    found = (_filled(grid, marks) for grid in grids_of(marks.across, marks.down))
    return [table for table in found if table is not None]


def _filled(grid: Grid, marks: Marks) -> PageTable | None:
    where = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    held: dict[GridCell, list[Word]] = defaultdict(list)
    sideways: dict[tuple[GridCell, int], list[Word]] = defaultdict(list)
    outside, still_turned = [], []
    for word in marks.words:
        if grid.holds(word.middle, word.height):
            held[_cell_at(grid, where, word)].append(word)
        else:
            outside.append(word)
    for quarters, word in marks.turned:
        shown = _on_page(word, quarters, marks)
        if grid.holds(shown.middle, shown.height):
            sideways[_cell_at(grid, where, shown), quarters].append(word)
        else:
            still_turned.append((quarters, word))
    if len({*held, *(cell for cell, _ in sideways)}) < 2:
        return None  # a frame around text, or a chart
    marks.words, marks.turned = outside, still_turned
    lines = {cell: rows_of(words) for cell, words in held.items()}
    for (cell, quarters), words in sideways.items():
        lines[cell] = lines.get(cell, []) + [_line_on_page(line, quarters, marks) for line in rows_of(words)]
    cells = [TableCell(one.row, one.column, one.rows, one.columns, lines.get(one, [])) for one in grid.cells]
    return PageTable(grid.ys[0], grid.ys[-1], list(grid.xs), cells)


def _cell_at(grid: Grid, where: dict[tuple[int, int], GridCell], word: Word) -> GridCell:
    row = min(bisect_right(grid.ys, word.height), len(grid.ys) - 1) - 1
    column = min(bisect_right(grid.xs, word.middle), len(grid.xs) - 1) - 1
    return where[row, column]


def _on_page(word: Word, quarters: int, marks: Marks) -> Word:
    """A word that stands sideways, with its box as it lies on the page."""
    wide, tall = (marks.height, marks.width) if quarters % 2 else (marks.width, marks.height)
    left, top, right, bottom = turned((word.left, word.top, word.right, word.bottom), -quarters % 4, wide, tall)
    return msgspec.structs.replace(word, left=left, top=top, right=right, bottom=bottom)


def _line_on_page(line: Line, quarters: int, marks: Marks) -> Line:
    # what separates the words of a sideways line cannot be seen from their boxes any more
    words = [msgspec.structs.replace(_on_page(word, quarters, marks), spaced=True) for word in line.words]
    return Line(words, line.left, line.right, line.base, line.size)


def joined_tables(first: PageTable, following: PageTable) -> bool:
    """Whether `following`, at the head of the next page, goes on with `first`; then its rows are now in `first`."""
    if len(first.xs) != len(following.xs):
        return False
    aside = first.xs[0] - following.xs[0]  # sheets lie a little elsewhere on the scanner
    if abs(aside) > _ASIDE or any(abs(x - y - aside) > _SHIFT for x, y in zip(first.xs, following.xs, strict=True)):
        return False
    skipped = _repeated_head(first, following)
    cells = [cell for cell in following.cells if cell.row >= skipped]
    if not cells:
        return True
    rest = _rest_of_row(first, following, skipped)
    shift = first.rows - skipped - (1 if rest else 0)
    for cell in cells:
        if rest and cell.row == skipped:
            upper = next(one for one in rest if one.column == cell.column)
            upper.lines = upper.lines + cell.lines
        else:
            first.cells.append(msgspec.structs.replace(cell, row=cell.row + shift))
    return True


def _repeated_head(first: PageTable, following: PageTable) -> int:
    """How many rows at the top of `following` repeat the head of `first`, word for word unless recognised."""
    count = 0
    while count < min(_HEAD, first.rows, following.rows) and _says_the_same(first.row(count), following.row(count)):
        count += 1
    return count


def _says_the_same(one: list[TableCell], other: list[TableCell]) -> bool:
    if [(cell.column, cell.rows, cell.columns) for cell in one] != [(c.column, c.rows, c.columns) for c in other]:
        return False
    texts, others = [cell.text for cell in one], [cell.text for cell in other]
    if any(texts) and texts == others:
        return True
    recognised = any(word.confidence for cell in other for line in cell.lines for word in line.words)
    return recognised and SequenceMatcher(None, " ".join(texts), " ".join(others), False).ratio() > _LIKE


def _rest_of_row(first: PageTable, following: PageTable, row: int) -> list[TableCell]:
    """The cells of the last row of `first` if the next page's first row is the rest of it: no number, no beginning."""
    last = [cell for cell in first.cells if cell.row + cell.rows == first.rows]
    rest = following.row(row)
    same = [(cell.column, cell.columns) for cell in last] == [(cell.column, cell.columns) for cell in rest]
    if not same or len(rest) < 2 or rest[0].lines or not last[0].lines:
        return []
    begun = [cell.text[0] for cell in rest if cell.lines]
    return last if begun and all(letter.islower() or letter in "(,;" for letter in begun) else []
