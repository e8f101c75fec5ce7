"""What stands around the text of pages: page numbers, running heads and feet, footnotes, decoration. For `flow`."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct, field

from nhiemky.sources.layout.lines import Line, line_of, rows_of
from nhiemky.sources.layout.marks import Marks, Word
from nhiemky.sources.layout.tables import PageTable

_ZONE = 0.13  # of the page's height, at its head and its foot
_NARROW_ZONE = 0.1  # where a lone figure is the page's number
_DEEPEST = 8  # lines into a page from its edge
_SAME_HEIGHT = 5.0  # points
_SURE_LETTERS = 10
_PIECE = 1.8  # of the size: a gap in a line between two things that stand at its ends
_NUMBER = re.compile(r"[-–—~.\s]*(?:trang\s*)?\d{1,4}(?:\s*(?:/|trên)\s*\d{1,4})?[-–—~.\s]*", re.IGNORECASE)
_MISREAD_NUMBER = re.compile(r"[-–—~.\s]*(?:trang\s*)?[\dlIiOo|!\])]{1,4}[-–—~.\s]*", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[(\[]?(\d{1,3})[)\].:]?")
_UNIT = re.compile(r".*(?<!\w)[kdc]?m")  # m² and km³ are no notes
_SMALL = 0.95  # of the size of the text, at most, has a footnote
_SMALL_PRINT = 0.85
_RULE = (30.0, 0.55)  # points at least and share of the width at most, of the rule above footnotes


class Note(Struct):
    """A footnote, by its number."""

    number: int
    lines: list[Line]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)


class Leaf(Struct):
    """A page taken apart: its lines and tables, and what stands around them."""

    marks: Marks
    rows: list[Line]
    tables: list[PageTable]
    heads: list[Line] = field(default_factory=list)
    feet: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def aside(self) -> list[Line]:
        """What is no part of the text: what stands slanting or sideways and in no table, and stamps of signatures."""
        groups: dict[int, list[Word]] = defaultdict(list)
        for quarters, word in self.marks.turned:
            groups[quarters].append(word)
        groups[0] = self.marks.decoration
        return [*(line_of(words) for words in groups.values() if words), *rows_of(self.marks.stamps)]


def set_edges_apart(leaves: Sequence[Leaf]) -> None:
    """Moves running heads and feet, page numbers and footnotes out of the rows of each page."""
    size = _usual_size(leaves)
    _set_running_apart(leaves, size)
    last: Note | None = None
    for leaf in leaves:
        _set_notes_apart(leaf, size, last)
        last = leaf.notes[-1] if leaf.notes else None


def _set_running_apart(leaves: Sequence[Leaf], size: float) -> None:
    """Moves what is repeated at one height of several pages, and page numbers; from the edge inwards, without a gap."""
    seen: dict[tuple[bool, str], list[tuple[int, float]]] = defaultdict(list)
    for leaf in leaves:
        for upper in (True, False):
            for piece in itertools.chain(*_edge(leaf, upper)):
                seen[upper, _key(piece)].append((leaf.marks.number, _distance(leaf, piece, upper)))

    def runs(leaf: Leaf, piece: Line, upper: bool) -> bool:
        at = _distance(leaf, piece, upper)
        alike = {page for page, there in seen[upper, _key(piece)] if abs(there - at) <= _SAME_HEIGHT}
        # twice is enough for small print: the two pages of an annex have feet of their own
        return len(alike) >= (2 if len(leaves) <= 3 or piece.size < _SMALL_PRINT * size else 3)

    for leaf in leaves:
        gone: set[int] = set()
        for upper in (True, False):
            for outer, row in enumerate(_edge(leaf, upper)):
                running = [
                    piece for piece in row
                    if runs(leaf, piece, upper) or (outer == 0 and _is_page_number(leaf, piece, upper))
                ]  # fmt: skip
                if not running:
                    break
                (leaf.heads if upper else leaf.feet).extend(running)
                gone.update(id(word) for piece in running for word in piece.words)
        if gone:
            leaf.rows = [kept for row in leaf.rows for kept in _rest(row, gone)]
            leaf.heads.sort(key=lambda line: (line.base, line.left))
            leaf.feet.sort(key=lambda line: (line.base, line.left))


def _rest(row: Line, gone: set[int]) -> list[Line]:
    """What stays of a line when some of its words go; a speck beside a page's number does not."""
    words = [word for word in row.words if id(word) not in gone]
    if len(words) == len(row.words):
        return [row]
    return [line_of(words)] if any(letter.isalnum() for word in words for letter in word.text) else []


def _edge(leaf: Leaf, upper: bool) -> list[list[Line]]:
    """The lines near the head or the foot of a page, from the edge inwards, in pieces where gaps part them."""
    height = leaf.marks.height
    notes = _rule_of_notes(leaf, goes_on=False) or height
    rows = leaf.rows[:_DEEPEST] if upper else leaf.rows[: -_DEEPEST - 1 : -1]
    return [
        _pieces(row) for row in rows
        # footnotes are repeated too (`Sửa đổi theo …`); under them only a page's number is looked for
        if (row.base if upper else height - row.top) <= _ZONE * height
        and (row.base < notes or _NUMBER.fullmatch(row.text))
    ]  # fmt: skip


def _pieces(row: Line) -> list[Line]:
    groups = [[row.words[0]]]
    for word, following in pairwise(row.words):
        if following.left - word.right > _PIECE * row.size:
            groups.append([])
        groups[-1].append(following)
    return [line_of(words) for words in groups]


def _key(piece: Line) -> str:
    """What is the same from page to page; of letters that were recognised, some never are."""
    letters = "".join(letter for letter in piece.text.lower() if letter.isalnum())
    return letters if piece.words[0].confidence is None else letters[:_SURE_LETTERS]


def _distance(leaf: Leaf, piece: Line, upper: bool) -> float:
    return piece.base if upper else leaf.marks.height - piece.base


def _is_page_number(leaf: Leaf, piece: Line, upper: bool) -> bool:
    near = _distance(leaf, piece, upper) <= _NARROW_ZONE * leaf.marks.height
    number = _MISREAD_NUMBER if piece.words[0].confidence is not None else _NUMBER
    return near and number.fullmatch(piece.text) is not None


def _usual_size(leaves: Sequence[Leaf]) -> float:
    sizes: Counter[float] = Counter()
    for leaf in leaves:
        notes = _rule_of_notes(leaf, goes_on=False) or leaf.marks.height
        for row in leaf.rows:
            if row.base > notes:
                continue
            sizes[round(row.size, 1)] += sum(len(word.text) for word in row.words)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _set_notes_apart(leaf: Leaf, size: float, last: Note | None) -> None:
    """Takes out the lines under the short rule at the foot, and from the text the raised figures that point there.

    Without a number at their head they go on with `last`, the last note of the page before.
    """
    rule = _rule_of_notes(leaf, goes_on=last is not None)
    if rule is None:
        return
    under = [row for row in leaf.rows if row.base > rule]
    if not under or any(row.size > _SMALL * size for row in under):
        return
    while last is not None and under and _number_at(under[0]) is None:
        last.lines.append(under.pop(0))
    if under and _number_at(under[0]) is None:
        return
    for row in under:
        number = _number_at(row)
        if number is not None and (not leaf.notes or number == leaf.notes[-1].number + 1):
            row.words[0].spaced = True
            leaf.notes.append(Note(number, [row]))
        else:
            leaf.notes[-1].lines.append(row)
    numbers = {note.number for note in leaf.notes}
    leaf.rows = [_without_marks(row, numbers) for row in leaf.rows if row.base <= rule]


def _rule_of_notes(leaf: Leaf, goes_on: bool) -> float | None:
    """The height of the rule above footnotes; above the rest of one from the page before it is as wide as the text."""
    marks = leaf.marks
    widest = marks.width if goes_on else _RULE[1] * marks.width
    tables = [(table.top - 2, table.bottom + 2) for table in leaf.tables]
    rules = [
        at for at, start, end in marks.across
        if at > 0.3 * marks.height and _RULE[0] <= end - start <= widest
        and start < 0.3 * marks.width and not any(top <= at <= bottom for top, bottom in tables)
    ]  # fmt: skip
    below = [at for at in rules if not any(table.top > at for table in leaf.tables)]
    return max(below, default=None)


def _number_at(row: Line) -> int | None:
    """The number that a footnote's first line begins with."""
    found = _NOTE_MARK.fullmatch(row.words[0].text) if len(row.words) > 1 else None
    return int(found[1]) if found is not None else None


def _without_marks(row: Line, numbers: set[int]) -> Line:
    kept: list[Word] = []
    for word in row.words:
        raised = word.size < 0.8 * row.size and word.base < row.base - 0.15 * row.size
        found = _NOTE_MARK.fullmatch(word.text) if raised and kept else None
        if found is not None and int(found[1]) in numbers and not _UNIT.fullmatch(kept[-1].text):
            kept[-1] = msgspec.structs.replace(kept[-1], right=word.right, spaced=word.spaced)
        else:
            kept.append(word)
    return line_of(kept)
