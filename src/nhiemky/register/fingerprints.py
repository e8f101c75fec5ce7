"""Whether two texts are one news item: a fingerprint of 64 bits finds those alike, their words and figures decide.

Only lines of running text count: three portals frame one item with menus and headlines of their own.
"""

import re
from hashlib import blake2b

from nhiemky.register.folding import fold

_BITS = 64
_FAR = (
    22  # bits that differ between a text and the same one cut to half; two texts that share nothing differ in about 32
)
_SHARED, _FIGURES = 0.7, 0.8
_LINE = 12  # words: menus and boxes are shorter
_FEWEST = 3  # threes of words: "Thông báo" alone names no item
_MOST = 4000  # words that are looked at


def fingerprint(text: str) -> str:
    """16 hexadecimal digits: each three words vote for the bits of their digest."""
    votes = [0] * _BITS
    for three in _threes(text):
        digest = int.from_bytes(blake2b(three.encode(), digest_size=8).digest())
        for bit in range(_BITS):
            votes[bit] += 1 if digest >> bit & 1 else -1
    return f"{sum(1 << bit for bit, vote in enumerate(votes) if vote > 0):016x}"


def alike(one: str, other: str) -> bool:
    """Whether the texts of two fingerprints are worth comparing."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= _FAR


def same_item(one: str, other: str) -> bool:
    """Most of the shorter text's words stand in the longer one, and its figures too: last month's report in the same
    words with other figures is another item."""
    first, second = sorted((_threes(one), _threes(other)), key=len)
    if len(first) < _FEWEST or len(first & second) < _SHARED * len(first):
        return False
    counted, there = _figures(one, other)
    return len(counted & there) >= _FIGURES * len(counted)


def _figures(one: str, other: str) -> tuple[frozenset[str], frozenset[str]]:
    found = (frozenset(re.findall(r"\d+(?:[.,/]\d+)*", " ".join(_lines(text)))) for text in (one, other))
    fewer, more = sorted(found, key=len)
    return fewer, more


def _threes(text: str) -> frozenset[str]:
    words = fold(" ".join(_lines(text))).split()[:_MOST]
    return frozenset(" ".join(words[at : at + 3]) for at in range(max(len(words) - 2, 1)) if words)


def _lines(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if len(line.split()) >= _LINE]
    return lines or [text]
