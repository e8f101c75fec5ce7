"""Sheets as their readers give them, laid out as one text: a line for a sheet's name and each row, tabs between cells.

Hidden rows and columns are left out here; blocks of cells between empty rows become tables. Called by `draw`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nhiemky.sources.loaded import Drawn, SourceError
from nhiemky.sources.sheet.formats import shown
from nhiemky.values.figures import figure
from nhiemky.values.places import Place, Places
from nhiemky.values.tables import Cell, Table

CELLS = 200_000  # cells with something in them, of a whole file; a province's largest annex has some thousands
STYLED = 3_000_000  # cells at all: whole columns are given borders and say nothing
LETTERS = 10_000_000  # as for any file; a few shared words can be told a million times
AREA = 2_000_000  # places of the tables' grids: two cells far apart are few cells and a large table
_LISTED = 3  # cells that a note names

Spot = tuple[int, int]
Box = tuple[int, int, int, int]  # first row and column, last row and column; all counted from 0


@dataclass
class Sheet:
    """What is in one sheet: the words of its cells, which are merged, what is hidden."""

    name: str
    cells: dict[Spot, str] = field(default_factory=dict)
    merged: list[Box] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    broken: list[tuple[Spot, str]] = field(default_factory=list)  # formulas that give an error, and which
    unknown: list[Spot] = field(default_factory=list)  # formulas whose value the file does not hold
    rounded: list[tuple[Spot, str]] = field(default_factory=list)  # shown with fewer digits than stored
    short_dates: list[Spot] = field(default_factory=list)  # a day and month: may have been typed as 3/12

    def number(self, spot: Spot, value: float, code: str, *, from_1904: bool) -> str:
        """What a cell shows of its number; digits left out and days without a year are noted."""
        seen = shown(value, code, from_1904=from_1904)
        if seen.rounded:
            self.rounded.append((spot, f"hiện {seen.text}, trong ô {figure(value)}"))
        if seen.short_date:
            self.short_dates.append(spot)
        return seen.text

    def is_hidden(self, spot: Spot) -> bool:
        return spot[0] in self.hidden_rows or spot[1] in self.hidden_columns


class Budget:
    """Counts what a file holds and refuses it when it is more than any report: `SourceError` names the file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._left = {"ô": STYLED, "ô có nội dung": CELLS, "ký tự": LETTERS, "chỗ trong bảng": AREA}
        self._most = dict(self._left)

    def take(self, what: str, count: int = 1) -> None:
        self._left[what] -= count
        if self._left[what] < 0:
            most = f"{self._most[what]:,}".replace(",", ".")
            raise SourceError(f"{self._file}: quá {most} {what}. Hãy xóa phần thừa hoặc tách thành nhiều tệp.")

    def take_words(self, words: str) -> None:
        self.take("ô có nội dung")
        self.take("ký tự", len(words))


def address(spot: Spot) -> str:
    """`C7` of (6, 2)."""
    row, column = spot
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def lay_out(sheets: Iterable[Sheet], budget: Budget, notes: Iterable[str] = ()) -> Drawn:
    """The text of all sheets with the place of each cell, their tables, and what a person should know."""
    page = _Text()
    told = list(notes)
    for sheet in sheets:
        told += _notes(sheet)
        blocks = list(_blocks(sheet, budget))
        if blocks:
            page.begin(sheet.name)
        for block in blocks:
            page.add(block)
    return Drawn("".join(page.parts), Places(page.places), tuple(page.tables), tuple(told))


@dataclass
class _Block:
    """Rows without an empty one between them, hidden ones left out, in the block's own rows and columns from 0."""

    sheet: str
    height: int
    width: int
    cells: dict[Spot, tuple[str, Spot, int, int]]  # words, spot in the file, rows and columns covered
    covered: set[Spot]

    @property
    def is_table(self) -> bool:
        return self.height > 1 and self.width > 1


class _Text:
    """The text as it grows, with the places and tables told so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[tuple[int, int, Place]] = []
        self.tables: list[Table] = []
        self._end = 0

    def begin(self, sheet: str) -> None:
        if self._end:
            self._write("\n\n")
        self._write(sheet, Place(sheet=sheet))
        self._write("\n")

    def add(self, block: _Block) -> None:
        self._write("\n")
        cells = [cell for row in range(block.height) for cell in self._row(block, row)]
        if block.is_table:
            self.tables.append(Table(tuple(cells)))

    def _row(self, block: _Block, row: int) -> list[Cell]:
        """One row's line; in a table empty cells are kept, so that all its rows have the same number of tabs."""
        cells: list[Cell] = []
        for column in range(block.width):
            if (row, column) in block.covered:
                continue
            words, spot, rows, columns = block.cells.get((row, column), ("", (0, 0), 1, 1))
            if not words and not block.is_table:
                continue
            if cells:
                self._write("\t")
            start = self._end
            if words:
                self._write(words, Place(sheet=block.sheet, cell=address(spot)))
            cells.append(Cell(row, column, start, self._end, rows, columns))
        self._write("\n")
        return cells

    def _write(self, words: str, place: Place | None = None) -> None:
        self.parts.append(words)
        start, self._end = self._end, self._end + len(words)
        if place is not None and words:
            self.places.append((start, self._end, place))


def _blocks(sheet: Sheet, budget: Budget) -> Iterator[_Block]:
    cells, merged = _seen(sheet, budget)
    under = {row for box in merged.values() for row in range(box[0], box[2] + 1)} - sheet.hidden_rows
    band: list[int] = []
    for row in sorted({row for row, _ in cells} | under):
        if band and _gap(sheet, band[-1], row):
            yield _block(sheet, band, cells, merged, budget)
            band = []
        band.append(row)
    if band:
        yield _block(sheet, band, cells, merged, budget)


def _seen(sheet: Sheet, budget: Budget) -> tuple[dict[Spot, str], dict[Spot, Box]]:
    """The words that a person sees, and the merged boxes by the spot of their words: the first that is not hidden."""
    cells = {spot: words for spot, words in sheet.cells.items() if not sheet.is_hidden(spot)}
    last_row = max((row for row, _ in sheet.cells), default=0)
    last_column = max((column for _, column in sheet.cells), default=0)
    merged: dict[Spot, Box] = {}
    inside: set[Spot] = set()
    taken: set[Spot] = set()
    for top, left, bottom, right in sheet.merged:
        bottom, right = min(bottom, last_row), min(right, last_column)
        words = sheet.cells.get((top, left))
        if not words or bottom < top or right < left:
            continue
        budget.take("chỗ trong bảng", (bottom - top + 1) * (right - left + 1))
        box = [
            (row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
            if not sheet.is_hidden((row, column))
        ]  # fmt: skip
        if box and taken.isdisjoint(box):  # a broken file may merge a cell twice: the first box has it
            taken.update(box)
            cells[box[0]] = words
            merged[box[0]] = (*box[0], *box[-1])
            inside.update(box[1:])
    return {spot: words for spot, words in cells.items() if spot not in inside}, merged


def _gap(sheet: Sheet, above: int, below: int) -> bool:
    return any(row not in sheet.hidden_rows for row in range(above + 1, below))


def _block(sheet: Sheet, band: list[int], cells: dict[Spot, str], merged: dict[Spot, Box], budget: Budget) -> _Block:
    rows = {row: index for index, row in enumerate(band)}
    own = {spot: words for spot, words in cells.items() if spot[0] in rows}
    # a merged box covers no column of its own: a title over the whole sheet makes the table no wider
    columns = {column: index for index, column in enumerate(sorted({column for _, column in own}))}
    budget.take("chỗ trong bảng", len(rows) * len(columns))
    placed: dict[Spot, tuple[str, Spot, int, int]] = {}
    covered: set[Spot] = set()
    for spot, words in own.items():
        box = merged.get(spot, (*spot, *spot))
        high = [rows[row] for row in range(box[0], box[2] + 1) if row in rows]
        wide = [columns[column] for column in range(box[1], box[3] + 1) if column in columns]
        at = rows[spot[0]], columns[spot[1]]
        placed[at] = (words, spot, len(high), len(wide))
        covered.update((row, column) for row in high for column in wide if (row, column) != at)
    return _Block(sheet.name, len(rows), len(columns), placed, covered)


def _notes(sheet: Sheet) -> Iterator[str]:
    named = f"Trang tính “{sheet.name}”"
    rows = sorted({row for row, _ in sheet.cells} & sheet.hidden_rows)
    columns = sorted({column for _, column in sheet.cells} & sheet.hidden_columns)
    if rows:
        yield f"{named}: không đọc {len(rows)} hàng ẩn ({_some(str(row + 1) for row in rows)})."
    if columns:
        yield f"{named}: không đọc {len(columns)} cột ẩn ({_some(address((0, c))[:-1] for c in columns)})."
    if sheet.broken:
        cells = _some(f"{address(spot)} {error}" for spot, error in sheet.broken)
        yield f"{named}: công thức báo lỗi ở ô {cells}. Hãy sửa công thức rồi lưu lại."
    if sheet.unknown:
        cells = _some(address(spot) for spot in sheet.unknown)
        yield f"{named}: công thức chưa có kết quả ở ô {cells}. Hãy mở bằng Excel, lưu lại rồi đọc lại."
    if sheet.rounded:
        spot, seen = sheet.rounded[0]
        yield f"{named}: {len(sheet.rounded)} ô hiện số đã làm tròn, đọc như ô hiện (như {address(spot)}: {seen})."
    if sheet.short_dates:
        cells = _some(address(spot) for spot in sheet.short_dates)
        yield f"{named}: ô {cells} là ngày không có năm; có thể Excel đã đổi từ số gõ như 3/12. Hãy xem lại."


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    rest = len(listed) - _LISTED
    return ", ".join(listed[:_LISTED]) + (f" và {rest} nơi khác" if rest > 0 else "")
