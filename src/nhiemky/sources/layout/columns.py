"""Lines over a page's width → pieces in reading order: columns one after another, aligned rows as rows. For `flow`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from nhiemky.sources.layout.lines import Line, line_of
from nhiemky.sources.layout.marks import Word
from nhiemky.sources.layout.tables import PageTable, TableCell

Gap = tuple[float, float]

_GUTTER = 0.9  # of the size; the spaces of a stretched line are as wide, but do not lie above one another
_NARROW = 0.6  # the same where many lines leave it free
_MANY = 4
_LONGEST = 150  # lines of a column; a page of small print has ninety
_AWAY = 1e6
_FAR = 3.0  # of the size: a single line with a gap so wide holds two things (`Nơi nhận:      T/M BAN CHẤP HÀNH`)
_PARTED = 2.6  # of the size: from one base to the next, beyond which a band of columns ends
_LOOSE = 1.7  # the same for a line that stands in one column only
_FLUSH = 3.0  # points
# what stands before an item of a list: it is no column of its own
_MARKER = re.compile(r"[-–+*•·▪o●►✓]|\[\d{1,3}\]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivxIVX]{1,5})[.):]?|[A-Z][.)]")
_FIGURE = re.compile(r"[-–+≥≤<>~]?\s*\d[\d.,%/ -]*\D{0,12}|[-–x]")


class Piece(Struct):
    """A line within its column, from `left` to `right`; before the words numbered in `stops` stands a tab."""

    line: Line
    left: float
    right: float
    column: int = 0  # 0 over the whole width
    stops: tuple[int, ...] = ()


def pieces_of(rows: Sequence[Line], left: float, right: float) -> list[Piece | PageTable]:
    """The rows of a page whose text reaches from `left` to `right`, in the order they are read."""
    pieces: list[Piece | PageTable] = []
    free = [_free(row) for row in rows]
    at = 0
    while at < len(rows):
        end, gutters = _band(rows, free, at)
        band = rows[at:end]
        gutters = [gutter for gutter in gutters if not _only_markers(band, gutter)]
        if gutters and not _both([rows[at]], gutters[0]) and len(_band(rows, free, at + 1)[1]) > len(gutters):
            gutters = []  # a title above columns hides some of them
        if gutters:
            pieces.extend(_arranged(band, gutters, left, right))
            at = end
        else:
            pieces.append(_single(rows[at], left, right))
            at += 1
    return pieces


def _band(rows: Sequence[Line], free: Sequence[list[Gap]], at: int) -> tuple[int, list[Gap]]:
    """Where the rows from `at` end that leave the same gutters free, and those that part columns."""
    gutters = [gap for gap in free[at] if gap[1] - gap[0] >= _NARROW * rows[at].size]
    end = at + 1
    while gutters and end < min(len(rows), at + _LONGEST):
        row = rows[end]
        common = [(max(a, c), min(b, d)) for a, b in gutters for c, d in free[end]]
        left = [gap for gap in common if gap[1] - gap[0] >= _NARROW * row.size]
        one_sided = all(row.right <= gap[0] or row.left >= gap[1] for gap in left)
        if not left or row.base - rows[end - 1].base > (_LOOSE if one_sided else _PARTED) * row.size:
            break
        lost = [gap for gap in gutters if not any(a < gap[1] and b > gap[0] for a, b in left)]
        if lost and _strength(rows[at:end], lost) > 0.8 * _strength(rows[at:end], left):
            break  # a line across the columns ends them; that a river in one of them runs dry does not
        gutters = left
        end += 1
    return end, [gutter for gutter in gutters if _parts_columns(rows[at:end], gutter)]


def _strength(band: Sequence[Line], gutters: Sequence[Gap]) -> int:
    """How many lines at most a gutter parts."""
    return max((_both(band, gutter) for gutter in gutters if _parts_columns(band, gutter)), default=0)


def _both(band: Sequence[Line], gutter: Gap) -> int:
    return sum(row.left < gutter[0] + 0.1 and row.right > gutter[1] - 0.1 for row in band)


def _parts_columns(band: Sequence[Line], gutter: Gap) -> bool:
    """Whether text stands on both sides of a gutter so often, or so far apart, that it is no chance of a few lines."""
    before = [row.left < gutter[0] + 0.1 for row in band]
    behind = [row.right > gutter[1] - 0.1 for row in band]
    both = _both(band, gutter)
    wide = (gutter[1] - gutter[0]) / band[0].size
    flush = sum(-0.5 < (gutter[0] - row.right) / row.size < 0.5 for row in band)
    if both >= _MANY or (both >= 2 and (wide >= _GUTTER or flush >= _MANY)):
        return True
    # columns whose lines stand at different heights
    beside = sum(
        below.base - above.base < 0.9 * below.size
        for (above, one, _), (below, _, other) in pairwise(zip(band, before, behind, strict=True))
        if one and other
    )
    crossed = both and sum(before) > both and sum(behind) > both and wide >= 1.5 * _GUTTER
    return bool(crossed) or (beside >= _MANY and wide >= _GUTTER)


def _free(row: Line) -> list[Gap]:
    return [(-_AWAY, row.left), *_gaps(row), (row.right, _AWAY)]


def _gaps(row: Line) -> list[Gap]:
    gaps: list[Gap] = []
    reached = row.words[0].right
    for word in row.words[1:]:
        if word.left > reached:
            gaps.append((reached, word.left))
        reached = max(reached, word.right)
    return gaps


def _only_markers(band: Sequence[Line], gutter: Gap) -> bool:
    """Whether all that stands left of a gutter are marks of list items: `1.`, `a)`, `[12]`, `-`."""
    before = [[word for word in row.words if word.right <= gutter[0] + 0.1] for row in band]
    marks = all(len(words) <= 1 and all(_MARKER.fullmatch(word.text) for word in words) for words in before)
    return marks and not _ruled_by_numbers(band, gutter)


def _ruled_by_numbers(band: Sequence[Line], gutter: Gap) -> bool:
    """Whether the rows are numbered and hold further columns: a table's first column, not a list."""
    numbered = sum(row.words[0].text.rstrip(".").isdigit() for row in band)
    columned = sum(any(b - a >= 2 * row.size for a, b in _gaps(row) if a > gutter[1]) for row in band)
    return numbered >= 3 and columned >= 3


def _single(row: Line, left: float, right: float) -> Piece:
    """A row alone with a gap: a tab for the gap where it is wide, else the row is a stretched line."""
    stops = [
        index
        for index, (word, following) in enumerate(pairwise(row.words), start=1)
        if following.left - word.right >= _FAR * row.size
    ]
    return Piece(row, left, right, stops=tuple(stops))


def _arranged(band: Sequence[Line], gutters: list[Gap], left: float, right: float) -> list[Piece | PageTable]:
    cells = [_parted(row, gutters) for row in band]
    full = sum(sum(map(bool, row)) >= 3 for row in cells)
    if len(gutters) >= 2 and len(band) >= 3 and full >= 0.6 * len(band):
        title = next(index for index, row in enumerate(cells) if sum(map(bool, row)) > 1)
        above = [Piece(row, left, right) for row in band[:title]]
        return [*above, _aligned(band[title:], cells[title:], gutters)]
    paired = [row for row in cells if row[0] and any(row[1:])]
    figures = sum(all(_FIGURE.fullmatch(_text(words)) for words in row[1:] if words) for row in paired)
    if figures >= 0.6 * len(paired) and len(paired) >= 0.5 * len(band):
        return [_tabbed(row, left, right) for row in cells]
    pieces: list[Piece | PageTable] = []
    bounds = [left, *(x for gutter in gutters for x in gutter), right]
    for column in range(len(gutters) + 1):
        words = [row[column] for row in cells if row[column]]
        lines = [line_of(one) for one in words]
        edge, far = bounds[2 * column + 1], bounds[min(2 * column + 2, len(bounds) - 1)]
        flush = sum(line.right >= edge - _FLUSH for line in lines) >= 0.5 * len(lines)
        pieces.extend(Piece(line, bounds[2 * column], edge if flush else far, column + 1) for line in lines)
    return pieces


def _parted(row: Line, gutters: list[Gap]) -> list[list[Word]]:
    parts: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for word in row.words:
        parts[sum(word.middle > (gutter[0] + gutter[1]) / 2 for gutter in gutters)].append(word)
    return parts


def _text(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def _tabbed(cells: list[list[Word]], left: float, right: float) -> Piece:
    words = [word for cell in cells for word in cell]
    stops, count = [], 0
    for cell in cells:
        if cell and count:
            stops.append(count)
        count += len(cell)
    return Piece(line_of(words), left, right, stops=tuple(stops))


def _aligned(band: Sequence[Line], cells: list[list[list[Word]]], gutters: list[Gap]) -> PageTable:
    """Rows without rules as a table: a row that leaves the first column free goes on with the row above."""
    numbered = sum(bool(row[0]) for row in cells) >= 0.3 * len(cells)
    rows: list[list[list[Line]]] = []
    for row in cells:
        lines = [[line_of(words)] if words else [] for words in row]
        if rows and ((numbered and not row[0]) or sum(map(bool, row)) == 1):
            rows[-1] = [above + below for above, below in zip(rows[-1], lines, strict=True)]
        else:
            rows.append(lines)
    made = [
        TableCell(number, column, 1, 1, lines) for number, row in enumerate(rows) for column, lines in enumerate(row)
    ]
    xs = [min(row.left for row in band), *((a + b) / 2 for a, b in gutters), max(row.right for row in band)]
    return PageTable(band[0].top, band[-1].bottom, xs, made)
