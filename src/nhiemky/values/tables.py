"""A table as sources find it and reading recognises it: cells with their place in the grid and in the text."""

from msgspec import Struct


class Cell(Struct, frozen=True, gc=False):
    """A cell at (`row`, `column`), counted from 0, that covers `rows` × `columns`; `start:end` is its text."""

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1


class Table(Struct, frozen=True):
    """Cells in the order of the text, row by row; a merged cell stands once, at its first row and column.

    In the text the cells of a row are separated by a tab and rows by a line end; an empty cell has `start == end`.
    """

    cells: tuple[Cell, ...]

    @property
    def start(self) -> int:
        return min((cell.start for cell in self.cells), default=0)

    @property
    def end(self) -> int:
        return max((cell.end for cell in self.cells), default=0)

    @property
    def rows(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        return max((cell.column + cell.columns for cell in self.cells), default=0)
