"""Bytes to letters: UTF-8, UTF-16 with its mark, the charset that a page declares, Windows-1258."""

import codecs
import re

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


def decode(raw: bytes) -> str | None:
    """The text, or None where no known encoding fits."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _guess(raw, name)
    text = _try(raw, "utf-8")
    if text is not None:
        return text
    declared = _DECLARED.search(raw[:4096])
    if declared is not None and _OF_PAGES.fullmatch(name := declared.group(1).decode("ascii")):
        text = _guess(raw, name)
        if text is not None:
            return text
    return _guess(raw, "cp1258")


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, LookupError):
        return None


def _guess(raw: bytes, name: str) -> str | None:
    text = _try(raw, name)
    return text if text is not None and len(_CONTROL.findall(text)) <= len(text) / 200 else None
