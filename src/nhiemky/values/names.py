"""A name → the key that puts it in its place in a list and tells it from others. Called by models and by sorting.

Digits only, so that every database's own collation and Python order keys alike: syllable by syllable as dictionaries
do, letters (a ă â … ư v x y) before tones; Chi bộ 2 before Chi bộ 10. Where a tone mark stands (hoà, hòa), capitals,
punctuation, forms of Unicode and leading zeros say nothing: two names with one key are one name.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CODES: Final = {letter: f"{at:02d}" for at, letter in enumerate(_LETTERS, 10)}
_TONES: Final = {"\u0300": "01", "\u0309": "02", "\u0303": "03", "\u0301": "04", "\u0323": "05"}
_LEVEL, _NUMBER, _OTHER = "00", "06", "99"  # no tone; a number; a letter that Vietnamese does not have
_PARTS: Final = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """Not longer than 2,000 digits for a name of 200 letters."""
    parts = _PARTS.findall(unicodedata.normalize("NFC", name).lower())
    return "".join(_number(part) if part.isdecimal() else _syllable(part) for part in parts)


def _number(part: str) -> str:
    value = "".join(str(unicodedata.decimal(one)) for one in part).lstrip("0") or "0"
    return f"{_NUMBER}{len(value):03d}{value}"


def _syllable(part: str) -> str:
    """Its letters, then its tone, wherever it is written."""
    marks = unicodedata.normalize("NFD", part)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    letters = "".join(_CODES.get(letter) or f"{_OTHER}{ord(letter):07d}" for letter in bare)
    return letters + next((_TONES[mark] for mark in marks if mark in _TONES), _LEVEL)
