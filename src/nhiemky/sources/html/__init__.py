"""A page's HTML to its visible text, furniture included: blocks on lines of their own, nothing lost, nothing hidden."""

import re
from pathlib import Path

from resiliparse.extract.html2text import extract_plain_text

from nhiemky.sources.loaded import Drawn
from nhiemky.sources.mend import mend
from nhiemky.sources.text import written

_BLANKS = re.compile(r"[ \t]+")
_LINES = re.compile(r"\n{3,}")


def draw(path: Path, raw: bytes) -> Drawn:
    html, note = written(path, raw)
    text, notes = mend(_text(html))
    return Drawn(text, notes=(note, *notes) if note else notes)


def _text(html: str) -> str:
    """All visible text; what is menu and what is article is for reading to tell."""
    text = extract_plain_text(
        html, preserve_formatting=True, main_content=False, list_bullets=False, links=False, alt_texts=False
    )
    return _LINES.sub("\n\n", "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n"))).strip()
