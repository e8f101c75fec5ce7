"""Where the head of an annex's table is: rows that speak of columns, and the row of column numbers below them."""

import re

from msgspec import Struct

from nhiemky.reading.annex.amounts import is_figure
from nhiemky.reading.annex.grid import Grid
from nhiemky.reading.annex.roles import is_label, phrases_in
from nhiemky.reading.annex.times import when_of
from nhiemky.reading.annex.units import unit_of

_DEEPEST = 5  # rows of a head
_LONGEST = 30  # words of a head's cell
NUMBERING = re.compile(r"\(?(\d{1,2}|[a-z])\)?(?:\s*=.*)?")


class Top(Struct, frozen=True, gc=False):
    """The rows of a head, and the row of column numbers below it."""

    rows: tuple[int, ...]
    numbers: int | None

    @property
    def last(self) -> int:
        return self.numbers if self.numbers is not None else self.rows[-1]


def find_top(grid: Grid, start: int) -> Top | None:
    """The first head at or below row `start`."""
    for row in range(start, grid.rows):
        if not is_head(grid, row):
            continue
        first = row
        while first > start and _leads(grid, first - 1, row):
            first -= 1
        last = row
        while last + 1 < grid.rows and last - first + 1 < _DEEPEST and _goes_on(grid, first, last + 1):
            last += 1
        numbers = last + 1 if last + 1 < grid.rows and _is_numbering(grid, last + 1) else None
        return Top(tuple(range(first, last + 1)), numbers)
    return None


def is_head(grid: Grid, row: int) -> bool:
    """Two cells that speak as heads do, one of them the label of names or numbers; no figures but years."""
    cells = grid.filled(row)
    if len(cells) < 2 or any(_is_figure(words) or len(words.split()) > _LONGEST for _, words in cells):
        return False
    labels = sum(is_label(words) for _, words in cells)
    heads = sum(1 for _, words in cells if _speaks(words))
    return (labels > 0 and heads >= 2) or (heads >= 2 and heads == len(cells) and not grid.words(row, 0))


def _speaks(words: str) -> bool:
    return bool(phrases_in(words)) or when_of(words).is_said or words == "%"


def _is_figure(words: str) -> bool:
    return is_figure(words) and not when_of(words).is_said and not phrases_in(words) and words != "%"


def _leads(grid: Grid, row: int, head: int) -> bool:
    """A row above the labels that holds the upper lines of some heads: nothing stands over the first label."""
    cells = grid.filled(row)
    first = grid.filled(head)[0][0]
    over = [column for column, words in cells if _speaks(words) and column > first and ":" not in words]
    return bool(cells) and len(over) == len(cells) and all(grid.width(row, c) < grid.columns for c, _ in cells)


def _goes_on(grid: Grid, first: int, row: int) -> bool:
    """A further line of the head: below merged labels, or with nothing below the labels."""
    cells = grid.filled(row)
    if not cells or any(_is_figure(words) for _, words in cells):
        return False
    labels = [column for column, words in grid.filled(first) if is_label(words)]
    own = [(column, grid.own(row, column)) for column, _ in cells]
    if any(words and column in labels for column, words in own):
        return False
    told = [words for _, words in own if words]
    below_merged = any(not words for _, words in own)
    return bool(told) and (below_merged or bool(labels)) and all(_speaks(words) or unit_of(words) for words in told)


def _is_numbering(grid: Grid, row: int) -> bool:
    cells = grid.filled(row)
    return len(cells) >= min(3, grid.columns) and all(NUMBERING.fullmatch(words) for _, words in cells)


def levels_of(grid: Grid, top: Top, column: int) -> list[str]:
    """The lines of a column's head from its top; of a line unmerged in print the cell to the left goes on."""
    lines: list[str] = []
    last = None
    for row in top.rows:
        cell = grid.cell(row, column)
        words = grid.words(row, column)
        if not words and row != top.rows[-1] and grid.words(top.rows[-1], column):
            words = next((w for c in range(column - 1, -1, -1) if (w := grid.words(row, c))), "")
            words = "" if is_label(words) else words
        if words and cell is not last:
            lines.append(words)
        last = cell
    return lines
