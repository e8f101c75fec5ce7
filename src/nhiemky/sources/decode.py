"""Bytes to letters: UTF-8, UTF-16 with its mark, the charset that a page declares, Windows-1258."""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
# a wrong guess shows as control characters, which no page has
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x80-\x9f]")


def decode(raw: bytes) -> str | None:
    """The text, or None where no known encoding fits."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _try(raw, name)
    text = _try(raw, "utf-8")
    if text is not None:
        return text
    declared = _DECLARED.search(raw[:4096])
    if declared is not None:
        text = _try(raw, declared.group(1).decode("ascii"))
        if text is not None:
            return text
    text = _try(raw, "cp1258")
    return text if text is not None and len(_CONTROL.findall(text)) <= len(text) / 200 else None


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
