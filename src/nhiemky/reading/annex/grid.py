"""A table's cells by row and column, a merged one at each place it covers, with their words as rules see them."""

from nhiemky.reading.text import canon
from nhiemky.values.tables import Cell, Table

LARGEST = 500_000  # places; no annex has a hundredth of it


class Grid:
    """`words(row, column)`: canonical, blanks squeezed, empty where nothing stands."""

    def __init__(self, text: str, table: Table) -> None:
        self.rows, self.columns = table.rows, table.columns
        self._text, self._from = text, table.start
        self._low = canon(text[table.start : table.end])  # as long as the text it is of
        self._cells: dict[tuple[int, int], Cell] = {}
        self._words: dict[Cell | None, str] = {None: ""}
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self._cells[row, column] = cell

    def cell(self, row: int, column: int) -> Cell | None:
        return self._cells.get((row, column))

    def raw(self, row: int, column: int) -> str:
        """As written, blanks squeezed."""
        cell = self.cell(row, column)
        return "" if cell is None else " ".join(self._text[cell.start : cell.end].split())

    def words(self, row: int, column: int) -> str:
        cell = self.cell(row, column)
        words = self._words.get(cell)
        if words is None:
            said = self._low[cell.start - self._from : cell.end - self._from] if cell else ""
            words = self._words[cell] = " ".join(said.split())
        return words

    def own(self, row: int, column: int) -> str:
        """The words of a cell that begins in this row and column; empty where a merged one goes on."""
        cell = self.cell(row, column)
        return self.words(row, column) if cell is not None and (cell.row, cell.column) == (row, column) else ""

    def filled(self, row: int) -> list[tuple[int, str]]:
        """Column and words of the row's cells that say something, a cell over several columns once."""
        found: list[tuple[int, str]] = []
        last: Cell | None = None
        for column in range(self.columns):
            cell = self.cell(row, column)
            if cell is not None and cell is not last and (words := self.words(row, column)):
                found.append((column, words))
            last = cell
        return found

    def width(self, row: int, column: int) -> int:
        cell = self.cell(row, column)
        return cell.columns if cell else 1
