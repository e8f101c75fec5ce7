"""A table of a page to its grid while it is walked; and whether it is one, or only how the page is laid out."""

from lxml import etree

from nhiemky.sources.draft import DraftCell

_LONG = 600  # characters: more, in several paragraphs, is an article and no cell
_WIDEST = 200  # columns


class Grid:
    """Where the cells stand; told as rows and cells begin and end."""

    def __init__(self, table: etree._Element) -> None:
        self.table = table
        self.cells: list[DraftCell] = []
        self.in_cell = False
        self._rows = sum(1 for _ in table.iter("tr"))
        self._row = self._column = -1
        self._reaching: dict[int, int] = {}  # by column, how many rows a cell of a row above still covers
        self._open = (0, 0, 1, 1)

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the open cell, from 1."""
        return self._open[0] + 1, self._open[1] + 1

    def begin_row(self) -> None:
        self._row, self._column = self._row + 1, 0
        self._reaching = {column: rows - 1 for column, rows in self._reaching.items() if rows > 1}

    def begin_cell(self, cell: etree._Element) -> None:
        if self._row < 0:
            self.begin_row()
        while self._reaching.get(self._column):
            self._column += 1
        columns = max(1, min(_number(cell.get("colspan"), 1), _WIDEST - self._column))
        left = max(1, self._rows - self._row)
        rows = min(_number(cell.get("rowspan"), 1) or left, left)  # 0 is: to the end
        self._open = (self._row, self._column, rows, columns)
        if rows > 1 and self._column < _WIDEST:
            self._reaching |= dict.fromkeys(range(self._column, self._column + columns), rows)
        self._column += columns
        self.in_cell = True

    def end_cell(self, piece: int) -> None:
        row, column, rows, columns = self._open
        self.cells.append(DraftCell(row, column, rows, columns, piece, piece + 1))
        self.in_cell = False


def is_data(table: etree._Element) -> bool:
    """Whether a table is one: rows and columns of short cells. Pages of old portals are laid out in tables as well."""
    if table.get("role") in ("presentation", "none") or next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")]
    if len(rows) < 2 or max(rows) < 2:
        return False
    return not any(
        sum(1 for _ in cell.iter("p", "div", "li", "br")) > 3 and sum(map(len, cell.itertext())) > _LONG
        for cell in table.iter("td", "th")
    )


def _number(text: str | None, other: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else other
