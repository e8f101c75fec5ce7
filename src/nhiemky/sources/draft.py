"""A text as it grows piece by piece, with the place of each piece and the cells of tables; at the end, a `Drawn`.

Called by the sources that walk a tree, Word and HTML. Offsets are counted last, once the letters are put right.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from nhiemky.sources.loaded import Drawn
from nhiemky.sources.mend import mend
from nhiemky.values.places import Place, Places
from nhiemky.values.tables import Cell, Table


@dataclass(frozen=True)
class DraftCell:
    """A cell of the grid and the pieces, `first` up to `end`, that are its text."""

    row: int
    column: int
    rows: int
    columns: int
    first: int
    end: int


class Draft:
    """Pieces in the order of the text. A piece is a line or what a cell holds, without line ends of its own."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._behind: list[str] = []
        self._places: list[Place | None] = []
        self._tables: list[list[DraftCell]] = []
        self._nested: list[list[DraftCell]] = []

    def __len__(self) -> int:
        """How many pieces there are: the number of the next one."""
        return len(self._texts)

    def texts(self, first: int, end: int) -> list[str]:
        """The pieces from `first` up to `end`."""
        return self._texts[first:end]

    def add(self, text: str, place: Place | None, behind: str = "\n") -> None:
        """A piece, and what stands between it and the next."""
        self._texts.append(text)
        self._places.append(place)
        self._behind.append(behind)

    def end_with(self, behind: str) -> None:
        """What stands behind the last piece after all."""
        self._behind[-1] = behind

    def begin_with(self, piece: int, text: str) -> None:
        """What a piece begins with after all."""
        self._texts[piece] = text + self._texts[piece]

    def set_apart(self, first: int, end: int) -> None:
        """Pieces that turn out to be furniture of a page."""
        for piece in range(first, end):
            place = self._places[piece]
            if place is not None:
                self._places[piece] = msgspec.structs.replace(place, part="furniture")

    def add_table(self, cells: Iterable[DraftCell], *, nested: bool = False) -> None:
        """Tables come in the order of the text, those within a cell of another behind them all."""
        (self._nested if nested else self._tables).append(list(cells))

    def drawn(self, notes: Iterable[str] = ()) -> Drawn:
        """The text in NFC with its map; all pieces are mended at once, since one line alone says too little."""
        mended, mending = mend("\n".join(self._texts))
        texts = mended.split("\n") if self._texts else []
        spans: list[tuple[int, int]] = []
        at = 0
        parts: list[str] = []
        for text, behind in zip(texts, self._behind, strict=True):
            spans.append((at, at + len(text)))
            parts += (text, behind)
            at += len(text) + len(behind)
        whole = "".join(parts[:-1])  # nothing stands behind the last piece
        tables = (*self._tables, *self._nested)
        placed = zip(spans, self._places, strict=True)
        places = Places((start, end, place) for (start, end), place in placed if place is not None and end > start)
        return Drawn(whole, places, tuple(_table(cells, spans) for cells in tables), (*notes, *mending))


def _table(cells: list[DraftCell], spans: list[tuple[int, int]]) -> Table:
    return Table(
        tuple(
            Cell(cell.row, cell.column, spans[cell.first][0], spans[cell.end - 1][1], cell.rows, cell.columns)
            for cell in cells
        )
    )
