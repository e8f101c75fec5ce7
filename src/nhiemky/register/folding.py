"""Names without marks, for search and for comparing: "Tỷ lệ hộ nghèo" → "ty le ho ngheo"; đ becomes d."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

# Words that say how a thing is counted, not which thing: they must not make two indicators look alike.
_WEAK = (
    "ty le so luong tong muc tinh trong tren dia ban hang nam binh quan dat cua cac cho va la duoc chi tieu nhiem ky "
    "phuong xa toan thuc hien ket qua moi theo ve cap co"
)
WEAK = frozenset(_WEAK.split(" "))


@lru_cache(maxsize=1 << 14)  # a register's names are met again at every match
def fold(text: str) -> str:
    """Lower case, no marks, single blanks, letters and digits only."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str, unit: str = "") -> float:
    """0 to 1: how much of the two names' words is shared; words that only say how to count, the unit's among them,
    weigh a quarter: "đảng viên" is in every count of Party members, whatever is counted."""
    first, second = fold(one).split(), fold(other).split()
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    weak = WEAK | set(fold(unit).split())
    words = _overlap(set(first), set(second), weak)
    pairs = _overlap(set(_pairs(first)), set(_pairs(second)), weak)
    return round(min(0.7 * words + 0.3 * pairs, 0.99), 4)


def _overlap(first: set[str], second: set[str], weak: frozenset[str]) -> float:
    total = _weight(first, weak) + _weight(second, weak)
    return 2 * _weight(first & second, weak) / total if total else 0.0


def _weight(words: Iterable[str], weak: frozenset[str]) -> float:
    return sum(0.25 if all(part in weak for part in word.split()) else 1.0 for word in words)


def _pairs(words: list[str]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(words)] or words
