"""Pieces in reading order → paragraphs: a sentence goes on over lines, columns and pages. For `flow`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from nhiemky.sources.layout.columns import Piece
from nhiemky.sources.layout.lines import is_apart
from nhiemky.sources.layout.marks import Word

_INDENT = 0.6  # of the size: what a line is set in by, at least, to be seen
_DEEP = 4.5  # of the size: further in than this no hanging line of a list stands
_PITCH = 1.27  # times the usual distance of lines, beyond which a paragraph ends
_OTHER_SIZE = 1.12
_SLACK = 0.35  # of the size: how much a stretched line may end before the edge
_ENDED = re.compile(r"[.:;!?…][”\"’')\]]*$")
# what an item of a list begins with; a number alone may also be a line's chance beginning
_ITEM = re.compile(r"[-–+*•·▪●►]\s?\S|\[\d{1,3}\]\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4}|[IVX]{1,5})[.)]\s")
_LEADERS = re.compile(r"[.…_]{4,}\s*\d*$")  # of contents and forms
_CUT = re.compile(r".*\w[-/]")  # a word broken behind a hyphen or stroke goes on at once: `21-NQ/` + `TU`


class Paragraph(Struct):
    """The pieces that a paragraph runs over."""

    pieces: list[Piece]


class Spacing(Struct):
    """How far lines of each size usually stand apart on each page."""

    usual: dict[tuple[int, int], float]

    def of(self, piece: Piece) -> float:
        return self.usual.get((piece.line.page, round(piece.line.size)), 1.3 * piece.line.size)


def spacing_of(pieces: Sequence[Piece]) -> Spacing:
    """The usual distance: a lower quartile, since many distances are between paragraphs."""
    seen: dict[tuple[int, int], list[float]] = defaultdict(list)
    for above, below in pairwise(pieces):
        apart, size = below.line.base - above.line.base, below.line.size
        same = above.line.page == below.line.page and above.column == below.column
        if same and 0.8 * size < apart < 2.2 * size and _alike(above, below):
            seen[below.line.page, round(size)].append(apart)
    return Spacing({key: sorted(found)[len(found) // 4] for key, found in seen.items()})


def paragraphs_of(pieces: Iterable[Piece], spacing: Spacing, indented: bool) -> list[Paragraph]:
    """Paragraphs of text that no table interrupts; `indented` if first lines are set in throughout."""
    made: list[Paragraph] = []
    for piece in pieces:
        if made and _goes_on(made[-1].pieces, piece, spacing, indented):
            made[-1].pieces.append(piece)
        else:
            made.append(Paragraph([piece]))
    return made


def are_indented(pieces: Sequence[Piece]) -> bool:
    """Whether first lines are set in: many lines that follow the end of a sentence are, and few others."""
    starts = [
        below.line.left - below.left > _INDENT * below.line.size
        for above, below in pairwise(pieces)
        if _ENDED.search(above.line.text) and below.line.text[:1].isupper() and below.column == 0
    ]
    return len(starts) >= 3 and sum(starts) > 0.6 * len(starts)


def text_of(words: Sequence[Word]) -> list[tuple[str, Word]]:
    """The words of lines that were put together, each with what parts it from the one before: nothing or a space."""
    parted: list[tuple[str, Word]] = []
    for index, word in enumerate(words):
        before = words[index - 1] if index else None
        parted.append(("" if before is None or not _space_between(before, word) else " ", word))
    return parted


def _space_between(before: Word, word: Word) -> bool:
    if before.page == word.page and abs(before.base - word.base) < 0.5 * max(before.size, word.size):
        return is_apart(before, word)
    return not (_CUT.fullmatch(before.text) and word.text[0].isalnum())


def _alike(one: Piece, other: Piece) -> bool:
    a, b = one.line.size, other.line.size
    return max(a, b) <= _OTHER_SIZE * min(a, b)


def _goes_on(sofar: list[Piece], piece: Piece, spacing: Spacing, indented: bool) -> bool:
    last = sofar[-1]
    above, below = last.line, piece.line
    if last.stops or piece.stops or not _alike(last, piece) or _LEADERS.search(above.text):
        return False
    first_is_small = below.text[:1].islower()
    ended = _ENDED.search(above.text) is not None
    if above.page != below.page or last.column != piece.column:
        return _goes_over(last, piece, first_is_small and not ended, ended, indented)
    apart, usual = below.base - above.base, spacing.of(piece)
    if apart > 2 * usual or (apart > _PITCH * usual and (ended or not first_is_small)):
        return False
    if _begins_item(sofar, piece, ended):
        return False
    if first_is_small and not ended:
        return not _is_title(last, piece)
    if _would_fit(last, below.words[0]):
        return False
    return _in_one_shape(sofar, piece, ended and not first_is_small)


def _is_title(last: Piece, piece: Piece) -> bool:
    """Whether a line is the kind of paper that it is, in capitals, above what it is about: `BÁO CÁO`, `kết quả …`."""
    capitals = last.line.text.isupper() and not piece.line.text.isupper()
    return capitals and _would_fit(last, piece.line.words[0])


def _begins_item(sofar: list[Piece], piece: Piece, ended: bool) -> bool:
    """An item begins behind an ended or short line, set in, or under an item; elsewhere `2. ` and `– ` are chance."""
    if not _ITEM.match(piece.line.text):
        return False
    first, last, set_in = sofar[0], sofar[-1], _INDENT * piece.line.size
    beside = _ITEM.match(first.line.text) is not None and abs(piece.line.left - first.line.left) < set_in
    return ended or beside or _would_fit(last, piece.line.words[0]) or piece.line.left - last.line.left > set_in


def _would_fit(last: Piece, word: Word) -> bool:
    """Whether the next line's first word had room on the last line: then that one was ended on purpose."""
    size = last.line.size
    return last.line.right + 0.22 * size + (word.right - word.left) <= last.right - _SLACK * size


def _in_one_shape(sofar: list[Piece], piece: Piece, ended: bool) -> bool:
    """Whether a line stands under the last as the next of its paragraph: flush, hanging, or back from an indent."""
    last, size = sofar[-1], piece.line.size
    shift = piece.line.left - last.line.left
    if _centred(last) and _centred(piece):
        return True
    if shift > _INDENT * size:
        return len(sofar) == 1 and _ITEM.match(last.line.text) is not None and shift < _DEEP * size
    if shift < -_INDENT * size:
        return len(sofar) == 1
    # flush with the last: two first lines set in alike, or the middle of a paragraph
    both_set_in = len(sofar) == 1 and last.line.left - last.left > _INDENT * size
    return not (both_set_in and ended)


def _centred(piece: Piece) -> bool:
    line, size = piece.line, piece.line.size
    off = (line.left - piece.left) - (piece.right - line.right)
    return abs(off) < size and line.left - piece.left > size


def _goes_over(last: Piece, piece: Piece, small: bool, ended: bool, indented: bool) -> bool:
    """Whether a paragraph goes on over the end of a page or column."""
    if (last.column != piece.column and _centred(last)) or _ITEM.match(piece.line.text):
        return False
    if small:
        return True
    if piece.line.text.isupper() and not last.line.text.isupper():
        return False  # a letterhead's other side, a heading
    full = not _would_fit(last, piece.line.words[0])
    flush = piece.line.left - piece.left <= _INDENT * piece.line.size
    return full and flush and not _centred(last) and (not ended or indented)
