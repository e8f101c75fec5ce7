"""A picture of a page → its marks: words as recognised with their boxes, ruled lines. Called by `scan` and `pdf`."""

import re
import unicodedata
from collections import Counter, defaultdict
from statistics import median

from msgspec import Struct
from PIL import Image

from nhiemky.sources.layout.marks import Marks, Word
from nhiemky.sources.scan.cells import tokens_of_page
from nhiemky.sources.scan.picture import POINT, prepared, sized
from nhiemky.sources.scan.tesseract import Token, quarters_to_upright

_DOUBTFUL = 0.6  # sureness under which the page may lie on its side
_JUNK = 0.3  # under which strokes of seals and signatures are taken for signs and letters
_SPECK = re.compile(r"[.,_|`'~^¬‘’\\]{1,2}")  # dirt beside a word; no such sign stands alone in Vietnamese
_ONE_SIZE = 0.18  # sizes that differ by less on a page are one, since a word's height tells its size but roughly
# How high letters stand over their line and reach under it, in parts of the size.
_PLAIN, _TALL, _SMALL_MARK, _CAPITAL_MARK, _DEEP = 0.46, 0.68, 0.2, 0.24, 0.21
_TALL_LETTERS = frozenset("bdđfhklt0123456789%&?!/()[]{}|\"'“”‘’")
_DEEP_LETTERS = frozenset("gjpqyQ()[]{}/,;|")
_DOT_BELOW = "\u0323"


class Recognised(Struct):
    """A page's marks, and how sure its words are, 0 to 1; 0 where there are none."""

    marks: Marks
    confidence: float
    dots: float = 0.0  # to the inch, of the picture given


def recognised(picture: Image.Image, number: int, width: float) -> Recognised:
    """Page `number` from a grey picture that shows a page `width` points wide."""
    scale = width / picture.width
    as_it_is = _once(picture, number, scale, 0)
    if as_it_is.confidence >= _DOUBTFUL and not _stands_on_end(as_it_is.marks.words):
        return as_it_is
    turn = quarters_to_upright(sized(picture))
    if not turn:
        return as_it_is
    turned = _once(picture.rotate(-90 * turn, expand=True), number, scale, turn)
    return max(as_it_is, turned, key=lambda one: (not _stands_on_end(one.marks.words), one.confidence))


def _stands_on_end(words: list[Word]) -> bool:
    """Whether most words are taller than wide: tesseract reads lines on end too, and gives them upside down."""
    long = [word for word in words if len(word.text) > 2]
    return sum(word.bottom - word.top > word.right - word.left for word in long) > len(long) / 2


def _once(picture: Image.Image, number: int, scale: float, turn: int) -> Recognised:
    """`scale` is how many points a pixel of the picture shows."""
    ready = prepared(sized(picture))
    wide, tall = ready.image.size
    lines = _lines(tokens_of_page(ready))
    marks = Marks(number, wide * POINT, tall * POINT, turn, ready.angle, scale * picture.width / (wide * POINT))
    marks.words = _words(lines, number)
    marks.across, marks.down = ready.across, ready.down
    letters = sum(len(word.text) for word in marks.words)
    sure = sum(len(word.text) * (word.confidence or 0) for word in marks.words) / letters if letters else 0.0
    return Recognised(marks, sure, 72 / scale)


def _lines(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each line, without strokes taken for letters and lines of signs only (what is left of a rule)."""
    lines: dict[tuple[int, int, int], list[Token]] = defaultdict(list)
    for token in tokens:
        sure = token.confidence >= _JUNK or (len(token.text) > 2 and _is_lettered(token))
        if sure and not _SPECK.fullmatch(token.text):
            lines[token.line].append(token)
    return [line for line in lines.values() if any(_is_lettered(token) for token in line)]


def _is_lettered(token: Token) -> bool:
    return any(letter.isalnum() or letter == "%" for letter in token.text)


def _words(lines: list[list[Token]], number: int) -> list[Word]:
    """Tokens as words; the size and base of each line are judged from the heights of its letters."""
    judged = [(group, *_size_and_base(group)) for group in lines]
    usual = _usual(judged)
    words = []
    for group, size, base in judged:
        size = usual if abs(size - usual) < _ONE_SIZE * usual else size
        for token in group:
            words.append(
                Word(token.text, token.left * POINT, token.top * POINT, token.right * POINT, token.bottom * POINT,
                     base * POINT, size * POINT, number, True, round(token.confidence, 2))
            )  # fmt: skip
    return words


def _size_and_base(group: list[Token]) -> tuple[float, float]:
    sizes, bases = [], []
    for token in filter(_is_lettered, group):
        high, low = _reach(token.text)
        size = (token.bottom - token.top) / (high + low)
        sizes.append(size)
        bases.append(token.bottom - low * size)
    return median(sizes), median(bases)


def _reach(text: str) -> tuple[float, float]:
    """How high a word stands over its line and how deep under it, in parts of the size."""
    high, low = 0.25, 0.0
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base, marks = parts[0], parts[1:]
        tall = _TALL if base in _TALL_LETTERS or base.isupper() else _PLAIN
        above = [mark for mark in marks if mark != _DOT_BELOW and mark != "\u031b"]
        high = max(high, tall + (_CAPITAL_MARK if base.isupper() else _SMALL_MARK) * min(len(above), 1.5))
        low = max(low, _DEEP if base in _DEEP_LETTERS or _DOT_BELOW in marks else 0.0)
    return high, low


def _usual(judged: list[tuple[list[Token], float, float]]) -> float:
    """The size of most letters of the page."""
    sizes: Counter[int] = Counter()
    for group, size, _ in judged:
        sizes[round(size / 3)] += sum(len(token.text) for token in group)
    if not sizes:
        return 1.0
    common = sizes.most_common(1)[0][0]
    near = [size for _, size, _ in judged if abs(size / 3 - common) <= 1]
    return median(near)
