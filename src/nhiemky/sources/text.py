"""A plain text's bytes to its text in NFC, each line that says something a paragraph."""

import re
from pathlib import Path

from nhiemky.sources.decode import decode
from nhiemky.sources.loaded import Drawn, SourceError
from nhiemky.sources.mend import mend
from nhiemky.values.places import Place, Places

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def draw(path: Path, raw: bytes) -> Drawn:
    text, note = written(path, raw)
    text, notes = mend(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = enumerate(_LINE.finditer(text), 1)
    places = Places((line.start(), line.end(), Place(paragraph=number)) for number, line in lines)
    return Drawn(text, places, notes=(note, *notes) if note else notes)


def written(path: Path, raw: bytes) -> tuple[str, str]:
    """The letters that the bytes stand for, and a note where that was a guess."""
    found = decode(raw)
    if found is None:
        raise SourceError(f"{path.name}: không rõ bảng mã chữ. Hãy lưu lại tệp ở dạng UTF-8 rồi đọc lại.")
    text, note = found
    return text.removeprefix("\ufeff"), note
