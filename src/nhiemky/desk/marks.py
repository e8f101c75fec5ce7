"""A stretch of text and the spans of facts → pieces, each with the facts that cover it.

Pure: called by `blocks`. Overlapping spans are cut at every border, so no piece is printed twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_RANK = {"result": 0, "target": 0, "task": 1, "date": 1, "warn": 3, "span": 4}


@dataclass(frozen=True)
class Mark:
    """A span and what it belongs to. `key` names the proposal (`p12`) or question (`q3`); `tone` is its style; `away`
    says that its card is on another page of the document."""

    start: int
    end: int
    key: str
    tone: str
    label: str
    done: bool = False
    away: bool = False

    @property
    def href(self) -> str:
        return f"?p={self.key[1:]}#{self.key}" if self.away else f"#{self.key}"


@dataclass(frozen=True)
class Piece:
    """A run of text under the same marks; `first` says that its leading mark begins here."""

    text: str
    marks: tuple[Mark, ...]
    first: bool = False

    @property
    def lead(self) -> Mark | None:
        """The mark a click selects: figures before tasks, tasks before names, the shortest first, a warning last."""
        return min(self.marks, key=lambda mark: (_RANK.get(mark.tone, 2), mark.end - mark.start), default=None)

    @property
    def warned(self) -> bool:
        return any(mark.tone == "warn" for mark in self.marks)

    @property
    def keys(self) -> str:
        return " ".join(mark.key for mark in self.marks)


class Cutter:
    """Cuts stretches of a text, asked for from its start to its end, at the borders of the marks that cross them."""

    def __init__(self, text: str, marks: Iterable[Mark]) -> None:
        self._text = text
        held = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
        self._coming = sorted(held, key=lambda mark: mark.start, reverse=True)
        self._open: list[Mark] = []

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The stretch in pieces; of each leading mark the first piece says so."""
        here = self._crossing(start, end)
        borders = sorted(
            {start, end, *(min(max(edge, start), end) for mark in here for edge in (mark.start, mark.end))}
        )
        pieces, seen = [], set[str]()
        for left, right in pairwise(borders):
            over = tuple(mark for mark in here if mark.start <= left and mark.end >= right)
            lead = Piece("", over).lead
            key = lead.key if lead else ""
            pieces.append(Piece(self._text[left:right], over, first=bool(key) and key not in seen))
            seen.add(key)
        return tuple(pieces)

    def _crossing(self, start: int, end: int) -> list[Mark]:
        """A document may hold thousands of cells and of marks: those passed are forgotten."""
        self._open = [mark for mark in self._open if mark.end > start]
        while self._coming and self._coming[-1].start < end:
            mark = self._coming.pop()
            if mark.end > start:
                self._open.append(mark)
        return [mark for mark in self._open if mark.start < end]
