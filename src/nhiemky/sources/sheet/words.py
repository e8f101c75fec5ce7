"""A cell's runs of letters to its words: legacy fonts turned to Unicode, blanks and line breaks made one space, NFC."""

import re
import unicodedata
from collections.abc import Sequence

from nhiemky.sources.legacy import Legacy, decoded, legacy_of_font

Run = tuple[str, str | None]  # letters and the font that draws them; None: the cell's own

_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how XLSX writes a control character


def words_of(runs: Sequence[Run], font: str | None = None) -> tuple[str, Legacy | None]:
    """The words of a cell whose font is `font`, and the legacy encoding that some of them were in."""
    text: list[str] = []
    letters, drawn, met = "", None, None
    for part, own in runs:
        encoding = legacy_of_font(own or font)
        if encoding != drawn:  # letters of VNI may stand in two runs of one font
            text.append(decoded(letters, drawn) if drawn else letters)
            letters, drawn = "", encoding
        letters += _CODED.sub(lambda code: chr(int(code[1], 16)), part) if "_x" in part else part
        met = met or encoding
    text.append(decoded(letters, drawn) if drawn else letters)
    return unicodedata.normalize("NFC", " ".join("".join(text).split())), met
