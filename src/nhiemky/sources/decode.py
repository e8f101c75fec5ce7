"""Bytes to letters: UTF-8, UTF-16 with its mark or without, the charset that a page declares, Windows-1258, Western.

TCVN3 and VNI have no codes of their own, their bytes come out as Western letters here, and `mend` turns those.
"""

import codecs
import re
import unicodedata

from nhiemky.sources.vietnamese import vietnameseness

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),  # before UTF-16, whose mark the first begins with
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
# Charsets that a page may declare; Python has many more codecs (`unicode_escape`, `undefined`), and one whose
# declaration could be read byte by byte is not in UTF-16.
_OF_PAGES = re.compile(
    r"utf-?8|us-ascii|(?:windows|cp|iso|x-)-?[0-9][0-9_-]*|latin-?1|koi8-[ru]|gb[k0-9]+|big5", re.IGNORECASE
)
# a wrong guess shows as control characters, which no page has
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x80-\x9f]")
_LIKELY = 0.7  # of the words with marks: a Vietnamese text has 0.98, a wrong guess under 0.4


def decode(raw: bytes) -> tuple[str, str] | None:
    """The text, and a note where its encoding was guessed; None where no known encoding fits."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _sure(_guess(raw, name))
    wide = wide_encoding(raw)
    if wide is not None:
        return _sure(_guess(raw, wide))
    text = _try(raw, "utf-8")
    if text is not None:
        return text, ""
    declared = _DECLARED.search(raw[:4096])
    if declared is not None and _OF_PAGES.fullmatch(name := declared.group(1).decode("ascii")):
        text = _guess(raw, name)
        if text is not None:
            return text, ""
    return _mostly_utf_8(raw) or _of_one_byte(raw)


def wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without its mark: the blanks, digits and plain letters, over half of a text, have a zero byte each."""
    head = raw[: 8192 & ~1]
    even, odd = head[::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    if pairs >= 8 and odd > pairs / 3 and even < pairs / 50:
        return "utf-16-le"
    return "utf-16-be" if pairs >= 8 and even > pairs / 3 and odd < pairs / 50 else None


def _mostly_utf_8(raw: bytes) -> tuple[str, str] | None:
    """A file in UTF-8 that was cut off, or into which lines of another encoding were pasted: those by themselves."""
    torn = raw.decode("utf-8", "replace")
    lost = torn.count("\ufffd")
    if lost > sum(letter > "\x7f" for letter in torn) / 2:
        return None
    lines = torn.split("\n")
    for index, line in enumerate(raw.split(b"\n")):
        if "\ufffd" in lines[index]:
            other = _of_one_byte(line)
            if other is not None and vietnameseness(other[0]) > vietnameseness(lines[index]):
                lines[index] = other[0]
    text = "\n".join(lines)
    lost = text.count("\ufffd")
    return text, f"tệp UTF-8 có {lost} chữ hỏng, không đọc được" if lost else "tệp UTF-8 có dòng ở bảng mã khác"


def _of_one_byte(raw: bytes) -> tuple[str, str] | None:
    """Windows-1258 where that gives Vietnamese; else Western letters, which `mend` may know as TCVN3 or VNI."""
    vietnamese = _guess(raw, "cp1258")
    if vietnamese is not None:
        vietnamese = unicodedata.normalize("NFC", vietnamese)
        if vietnameseness(vietnamese) >= _LIKELY:
            return vietnamese, "chữ Windows-1258 đã đổi sang Unicode"
    return _sure(_guess(raw, "cp1252") or _guess(raw, "latin-1") or vietnamese)


def _sure(text: str | None) -> tuple[str, str] | None:
    return None if text is None else (text, "")


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, LookupError):
        return None


def _guess(raw: bytes, name: str) -> str | None:
    text = _try(raw, name)
    return text if text is not None and len(_CONTROL.findall(text)) <= len(text) / 200 else None
