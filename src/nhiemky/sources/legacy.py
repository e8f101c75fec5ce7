"""Letters of the two encodings that offices used before Unicode, TCVN3 and VNI, to Unicode, by font or asked.

Both draw Vietnamese at the codes of Western letters, so a file says `§¶ng` or `Ñaûng` where the page shows “Đảng”.
Called for runs of Word whose font says so, and by `mend` where only the letters tell.
"""

import re
import unicodedata
from typing import Literal

from nhiemky.sources.vietnamese import LETTERS

Legacy = Literal["tcvn3", "tcvn3 capitals", "vni"]

# TCVN 5712:1993, third form (VN3, “ABC”): one code a letter from A1 on, a blank where none is; no capitals with a tone,
# for those another font, whose name ends in H, draws the small letters as capitals. The test compares the table with
# glibc's TCVN5712-1.
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
_TCVN3 = {code: letter for code, letter in enumerate(_TCVN3_LETTERS, 0xA1) if letter != " "}
# VNI-Windows, as published by VNI and in use in the South: a plain letter and, behind it, a letter that stands for its
# mark, capital as the letter before; seven letters of their own.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",  # sắc huyền hỏi ngã nặng
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}
_VNI_BASES = "aeouyôö"


def _vni_table() -> dict[str, str]:
    """What two letters, or one, stand for: `aù` → á, `ñ` → đ; the second may be small behind a capital too."""
    alone = {**_VNI_ALONE, **{one.upper(): letter.upper() for one, letter in _VNI_ALONE.items()}}
    table = dict(alone)
    for base in _VNI_BASES + _VNI_BASES.upper():
        for mark, marks in _VNI_MARKS.items():
            letter = unicodedata.normalize("NFC", alone.get(base, base) + marks)
            if letter in LETTERS:  # not every letter takes every mark
                table[base + mark] = table[base + mark.upper()] = letter
    return table


_VNI = _vni_table()
_IN_VNI = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
_TCVN3_FONT = re.compile(r"\.vn|vn(?:time|arial)", re.IGNORECASE)
_VNI_FONT = re.compile(r"vni[-_ ]", re.IGNORECASE)


def legacy_of_font(font: str | None) -> Legacy | None:
    """The encoding that a font draws, by its name: `.VnTime`, `.VnArial NarrowH`, `VNI-Times`; None for Unicode."""
    name = (font or "").strip()
    if _TCVN3_FONT.match(name):
        return "tcvn3 capitals" if name[-1] in "Hh" else "tcvn3"
    return "vni" if _VNI_FONT.match(name) else None


def is_code(letter: str, encoding: Legacy) -> bool:
    """Whether a letter may stand in text of that encoding: plain, or one of the Western letters that it uses."""
    return letter < "\x80" or (letter <= "\xff" if encoding == "vni" else ord(letter) in _TCVN3)


def decoded(text: str, encoding: Legacy) -> str:
    """What `text`, written in a legacy encoding and read as Western letters, says; composed letters."""
    if encoding == "vni":
        return _IN_VNI.sub(lambda found: _VNI[found[0]], text)
    small = text.translate(_TCVN3)
    return small.upper() if encoding == "tcvn3 capitals" else small
