"""Letters in one form: NFC for the text that spans point into, `canon` for what rules are matched against.

`canon` keeps the length, so an offset in it is an offset in the text: lower case, the modern tone placement (uỷ is ủy,
hoà is hòa), plain spaces, hyphens and quotation marks. Rules are written in that form. One table look-up over UTF-16
units does all of it at memory speed.
"""

import re
import unicodedata
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_PLAIN = {
    "\u00a0": " ", "\t": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u2013": "-",
    "\u2014": "-", "\u2212": "-", "\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'",
}  # fmt: skip
_TONED = {
    "o": dict(zip("àáảãạèéẻẽẹ", "òóỏõọòóỏõọ", strict=True)),
    "u": dict(zip("ỳýỷỹỵ", "ùúủũụ", strict=True)),
}
_BARE = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy", strict=True))
_DIGIT = 64
_LETTER = 128
WORD_BYTE = 64
_VIETNAMESE = "đàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_HALVES = re.compile("[\ud800-\udfff]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def _tables() -> tuple[NDArray[np.uint16], NDArray[np.uint8], NDArray[np.uint8]]:
    """Letter → its canonical letter, its kind, and its byte."""
    lower = np.arange(65536, dtype=np.uint16)
    for code in range(65536):
        if 0xD800 <= code < 0xE000:
            continue
        small = chr(code).lower()
        if len(small) == 1 and ord(small) < 65536:
            lower[code] = ord(small)
    for mark, plain in _PLAIN.items():
        lower[ord(mark)] = ord(plain)
    kind = np.zeros(65536, dtype=np.uint8)
    kind[[code for code in range(65536) if not 0xD800 <= code < 0xE000 and chr(code).isalpha()]] = _LETTER
    kind[ord("o")] += (
        1  # 1 and 2 open a pair that 16 and 32 close: 17 is oà, 34 is uỳ, and of two letters 128 + 128 is nothing
    )
    kind[ord("u")] += 2
    kind[ord("0") : ord("9") + 1] = _DIGIT
    kind[[ord(c) for c in _TONED["o"]]] += 16
    kind[[ord(c) for c in _TONED["u"]]] += 32
    solid = [not 0xD800 <= code < 0xE000 and chr(code).isalnum() for code in range(65536)]
    byte = np.where(np.array(solid), 255, 0).astype(np.uint8)
    for number, letter in enumerate(" \n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~‰…", 1):
        byte[ord(letter)] = number
    for number, letter in enumerate(f"0123456789abcdefghijklmnopqrstuvwxyz²³{_VIETNAMESE}", WORD_BYTE):
        byte[ord(letter)] = number
    return lower, kind, byte


_LOWER, _KIND, _BYTE = _tables()


class Letters(NamedTuple):
    """A text as rules see it: `low` is its canonical form, `digits` where each run of digits begins, `coded` a byte for
    each letter (every Vietnamese letter its own; `WORD_BYTE` and above are letters and digits) and a 0 at the end."""

    low: str
    digits: list[int]
    coded: bytes


def normalise(raw: str) -> str:
    """NFC with `\\n` line ends and without a byte-order mark: the text that spans point into."""
    text = raw if unicodedata.is_normalized("NFC", raw) else unicodedata.normalize("NFC", raw)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")


def encoded(text: str) -> tuple[str, bytes]:
    """The text with its UTF-8 bytes; half a pair of UTF-16, which is no letter, is replaced."""
    try:
        return text, text.encode()
    except UnicodeEncodeError:
        text = _HALVES.sub("\ufffd", text)
        return text, text.encode()


def canon(text: str) -> str:
    """The form that rules match; as long as `text`."""
    return letters(text).low


def coded(text: str) -> bytes:
    """The bytes of a text already canonical, as the engine's words are."""
    return letters(text).coded[:-1]


def letters(text: str) -> Letters:
    """All that rules need of a text, in one pass."""
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) != 2 * len(text):  # one letter, one unit: what lies beyond takes a place holder
        raw = _BEYOND.sub("\ufffd", text).encode("utf-16-le", "surrogatepass")
    units = _LOWER.take(np.frombuffer(b"\0\0" + raw + b"\0\0", dtype=np.uint16))  # no letter before and behind
    kinds = _KIND.take(units)
    pairs = kinds[1:-2] + kinds[2:-1]
    low = units[1:-1].tobytes().decode("utf-16-le", "surrogatepass")
    places = (((pairs == 17) | (pairs == 34)) & (kinds[3:] < _LETTER)).nonzero()[0].tolist()
    for at in places:
        _modern_tone(low, at, units)
    if places:
        low = units[1:-1].tobytes().decode("utf-16-le", "surrogatepass")
    digit = kinds == _DIGIT
    digits = (digit[1:] > digit[:-1]).nonzero()[0].tolist()
    return Letters(low, digits, _BYTE.take(units[1:]).tobytes())


def _modern_tone(low: str, at: int, units: NDArray[np.uint16]) -> None:
    """uỷ → ủy, hoà → hòa, in place, but not in quý; `units` have one more in front. Called where the syllable ends."""
    first, second = low[at], low[at + 1]
    tone = _TONED[first].get(second) if first in _TONED else None
    if tone is None or (first == "u" and low[at - 1 : at] == "q"):
        return
    units[at + 1], units[at + 2] = ord(tone), ord(_BARE[second])
