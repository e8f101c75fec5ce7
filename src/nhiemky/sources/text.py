"""A plain text's bytes to its text in NFC, each line that says something a paragraph."""

import re
import unicodedata
from pathlib import Path

from nhiemky.sources.decode import decode
from nhiemky.sources.loaded import Drawn, SourceError
from nhiemky.values.places import Place, Places

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def draw(path: Path, raw: bytes) -> Drawn:
    text = unicodedata.normalize("NFC", written(path, raw)).replace("\r\n", "\n").replace("\r", "\n")
    lines = enumerate(_LINE.finditer(text), 1)
    return Drawn(text, Places((line.start(), line.end(), Place(paragraph=number)) for number, line in lines))


def written(path: Path, raw: bytes) -> str:
    """The letters that the bytes stand for."""
    text = decode(raw)
    if text is None:
        raise SourceError(f"{path.name}: không rõ bảng mã chữ. Hãy lưu lại tệp ở dạng UTF-8 rồi đọc lại.")
    return text.removeprefix("\ufeff")
