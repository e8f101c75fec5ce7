"""Where a stretch of a document's text stands in the file it came from: page and box, paragraph, or cell of a table.

Made by `sources`, kept with the document, shown beside each fact. Offsets count characters of the document's text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from msgspec import Struct

Box = tuple[float, float, float, float]  # left, top, right, bottom in points from the page's top left corner
Part = Literal["body", "header", "footer", "box", "furniture"]


_BESIDE = {"header": ("đầu trang", "page header"), "footer": ("chân trang", "page footer"), "box": ("khung", "box")}


class Place(Struct, frozen=True, gc=False, omit_defaults=True):
    """One place of a file; what does not apply is None. Pages, paragraphs, tables, rows and columns count from 1."""

    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    note: int | None = None  # a footnote's number
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None  # `C7`, of a sheet
    part: Part = "body"
    confidence: float | None = None  # 0 to 1, of letters recognised in a picture

    @property
    def label(self) -> str:
        """`trang 3, bảng 1, hàng 4, cột 2`; what stands outside the body says so: `trang 3, chân trang`."""
        place = self._label("trang", "bảng", "hàng", "cột", "đoạn", "chú thích", "trang tính")
        return ", ".join(filter(None, (place, _BESIDE.get(self.part, ("", ""))[0])))

    @property
    def english(self) -> str:
        place = self._label("page", "table", "row", "column", "paragraph", "footnote", "sheet")
        return ", ".join(filter(None, (place, _BESIDE.get(self.part, ("", ""))[1])))

    def _label(self, page: str, table: str, row: str, column: str, paragraph: str, note: str, sheet: str) -> str:
        if self.sheet is not None:
            return f"{sheet} “{self.sheet}”, {self.cell}" if self.cell else f"{sheet} “{self.sheet}”"
        named = (
            (page, self.page), (table, self.table), (row, self.row), (column, self.column), (note, self.note),
            (paragraph, self.paragraph if self.table is None and self.note is None else None),
        )  # fmt: skip
        return ", ".join(f"{word} {number}" for word, number in named if number is not None)


class Places:
    """A document's map: stretches of its text in order, none overlapping, each with its place."""

    __slots__ = ("_ends", "_places", "_starts")

    def __init__(self, stretches: Iterable[tuple[int, int, Place]] = ()) -> None:
        ordered = list(stretches)
        self._starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._places = [place for _, _, place in ordered]
        last = 0
        for start, end in zip(self._starts, self._ends, strict=True):
            if start < last or end < start:
                raise ValueError(f"stretch {start}–{end} begins before {last}; they come in order, none overlapping")
            last = end

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Any:
        return iter(zip(self._starts, self._ends, self._places, strict=True))

    def within(self, start: int, end: int) -> list[Place]:
        """The places that a span touches, in order."""
        first = bisect_right(self._ends, start)
        return self._places[first : bisect_left(self._starts, max(end, start + 1))]

    def of(self, start: int, end: int) -> Place | None:
        """The place of a span: where it begins, with the box around all of it on that page, the least confidence."""
        found = self.within(start, end)
        if not found:
            return None
        first = found[0]
        same = [place for place in found if place.page == first.page]
        boxes = [place.box for place in same if place.box is not None]
        sure = [place.confidence for place in same if place.confidence is not None]
        return msgspec.structs.replace(
            first, box=_around(boxes) if boxes else None, confidence=min(sure) if sure else None
        )

    def plain(self) -> list[Any]:
        """The map as plain lists for JSON: `[start, end, {…}]` each."""
        return [[start, end, msgspec.to_builtins(place)] for start, end, place in self]

    @classmethod
    def from_plain(cls, stretches: Iterable[Any]) -> "Places":
        return cls((start, end, msgspec.convert(place, Place)) for start, end, place in stretches)


def _around(boxes: list[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
