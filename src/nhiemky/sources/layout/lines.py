"""Words → lines: those on one height gathered from left to right, letter-spaced titles closed up again."""

from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from msgspec import Struct

from nhiemky.sources.layout.marks import Word

_RAISED = 0.55  # of the size: how far a raised figure or a lowered mark stands from the line it belongs to
_TOUCHING = 0.14  # of the size
_SPACED_TITLE = 4  # letters standing alone from which on they are one title (`B Á O  C Á O`)
_WIDER = 1.5  # times the gap within a spaced word is a gap between words


class Line(Struct):
    """Words on one height, left to right."""

    words: list[Word]
    left: float
    right: float
    base: float
    size: float

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        return joined(self.words)

    @property
    def page(self) -> int:
        return self.words[0].page


def line_of(words: list[Word]) -> Line:
    """A line of words already in order. Its base and size are those of most of its letters."""
    by_size: dict[float, int] = {}
    for word in words:
        by_size[word.size] = by_size.get(word.size, 0) + len(word.text)
    size = max(by_size, key=lambda one: (by_size[one], one))
    base = next(word.base for word in words if word.size == size)
    return Line(words, words[0].left, max(word.right for word in words), base, size)


def rows_of(words: Iterable[Word]) -> list[Line]:
    """Lines over the whole width, top down; what stands in two columns at one height is in one."""
    rows: list[list[Word]] = []
    bases: list[tuple[float, float]] = []  # base and size of each row's largest word so far
    for word in sorted(words, key=lambda one: (one.base, one.left)):
        for at in range(len(rows) - 1, max(-1, len(rows) - 5), -1):
            base, size = bases[at]
            apart = word.base - base
            if apart < _RAISED * max(size, word.size) and _of_one_line(rows[at], word, apart, size):
                rows[at].append(word)
                if word.size > size * 1.05:
                    bases[at] = word.base, word.size
                break
        else:
            rows.append([word])
            bases.append((word.base, word.size))
    lines = [line_of(_closed_up(_without_doubles(sorted(row, key=lambda one: one.left)))) for row in rows]
    return sorted(lines, key=lambda line: (line.base, line.left))


def _of_one_line(row: list[Word], word: Word, apart: float, size: float) -> bool:
    """Words of one size stand on one line only if on one height; a smaller one may be raised or lowered."""
    alike = 0.8 * size < word.size < 1.25 * size
    return not alike or apart < 0.3 * min(size, word.size)


def joined(words: list[Word]) -> str:
    """The words of a line as text, a space where one stands or a gap shows."""
    parts: list[str] = []
    for index, word in enumerate(words):
        parts.append(word.text)
        if index + 1 < len(words) and is_apart(word, words[index + 1]):
            parts.append(" ")
    return "".join(parts)


def is_apart(word: Word, following: Word) -> bool:
    return word.spaced or following.left - word.right > _TOUCHING * max(word.size, following.size)


def _without_doubles(words: list[Word]) -> list[Word]:
    """Bold letters are sometimes made by printing them twice, a hair apart: then once is enough."""
    kept: list[Word] = []
    for word in words:
        again = any(
            one.text == word.text and abs(one.left - word.left) < 0.15 * word.size and abs(one.base - word.base) < 1
            for one in kept[-3:]
        )
        if not again:
            kept.append(word)
    return kept


def _closed_up(words: list[Word]) -> list[Word]:
    """Letters standing alone in a row are put together to the words of the spaced title that they are."""
    closed: list[Word] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and len(words[end].text) == 1 and words[end].text.isupper():
            end += 1
        if end - at >= _SPACED_TITLE:
            closed.extend(_title(words[at:end]))
        else:
            closed.extend(words[at:end])
        if end < len(words):
            closed.append(words[end])
        at = end + 1
    return closed


def _title(letters: list[Word]) -> list[Word]:
    gaps = [after.left - one.right for one, after in pairwise(letters)]
    within = median(sorted(gaps)[: max(1, len(gaps) * 2 // 3)])
    if max(gaps) > 4 * letters[0].size:  # marks of columns, not letters of a word
        return letters
    words: list[Word] = []
    start = 0
    for index in range(1, len(letters) + 1):
        if index == len(letters) or gaps[index - 1] > max(_WIDER * within, within + 0.15 * letters[0].size):
            words.append(_merged(letters[start:index]))
            start = index
    return words


def _merged(letters: list[Word]) -> Word:
    first, last = letters[0], letters[-1]
    sure = [one.confidence for one in letters if one.confidence is not None]
    return Word(
        "".join(one.text for one in letters), first.left, min(one.top for one in letters), last.right,
        max(one.bottom for one in letters), first.base, first.size, first.page, last.spaced, min(sure, default=None),
    )  # fmt: skip
