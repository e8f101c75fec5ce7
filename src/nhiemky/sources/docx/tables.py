"""A table of Word to its grid: which cell stands where and how far it reaches; and whether it is only layout."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from nhiemky.sources.docx.package import W
from nhiemky.sources.docx.runs import WRAPPERS
from nhiemky.sources.docx.styles import Styles, is_on, value

_WIDEST = 1000  # columns; Word allows 63


@dataclass
class GridCell:
    element: etree._Element
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass
class Grid:
    """The cells of each row from left to right; what a merged cell covers is not there again."""

    rows: list[list[GridCell]] = field(default_factory=list)
    columns: int = 0


def grid_of(table: etree._Element) -> Grid:
    """Cells with their places, rows and columns from 0. Deleted and hidden rows are not there."""
    grid = Grid()
    open_above: dict[int, GridCell] = {}  # by column, the merged cell that reaches down to the row before
    for row in _within(table, "tr"):
        if is_on(row.find(f"{W}trPr/{W}hidden")) or row.find(f"{W}trPr/{W}del") is not None:
            continue
        column = _number(value(row, "trPr/gridBefore"), 0)
        cells: list[GridCell] = []
        reaching: dict[int, GridCell] = {}
        for element in _within(row, "tc"):
            columns = _number(value(element, "tcPr/gridSpan"), 1)
            down = _merge(element, "vMerge")
            if _merge(element, "hMerge") == "continue" and cells:
                cells[-1].columns += columns
            elif down == "continue" and column in open_above:
                reaching[column] = open_above[column]
                reaching[column].rows += 1
            else:
                cells.append(GridCell(element, len(grid.rows), column, columns=columns))
                if down is not None:
                    reaching[column] = cells[-1]
            column += columns
        grid.rows.append(cells)
        grid.columns = max(grid.columns, column)
        open_above = reaching
    return grid


def is_layout(table: etree._Element, grid: Grid, styles: Styles) -> bool:
    """Whether a table only puts blocks side by side: a letterhead, the signatures, a frame around a page.

    Its paragraphs are lines of the text then, since a letterhead on one line would say nothing (nor its stamp).
    """
    if grid.columns <= 1:
        return True
    side_by_side = len(grid.rows) == 1 or (len(grid.rows) <= 3 and grid.columns <= 2)
    return side_by_side and not _has_borders(table, styles)


def _has_borders(table: etree._Element, styles: Styles) -> bool:
    for borders in table.iter(f"{W}tblBorders", f"{W}tcBorders"):
        if any(border.get(f"{W}val") not in ("nil", "none", None) for border in borders):
            return True
    own = table.find(f"{W}tblPr/{W}tblBorders")
    return own is None and styles.has_borders(value(table, "tblPr/tblStyle"))


def _within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, also where a content control or a change is wrapped around them."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in WRAPPERS or child.tag == f"{W}sdt":
            yield from _within(child, name)


def _merge(cell: etree._Element, kind: str) -> str | None:
    merge = cell.find(f"{W}tcPr/{W}{kind}")
    return None if merge is None else merge.get(f"{W}val", "continue")


def _number(text: str | None, other: int) -> int:
    return min(int(text), _WIDEST) if text is not None and text.isdecimal() and len(text) < 9 else other
