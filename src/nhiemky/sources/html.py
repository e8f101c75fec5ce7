"""A page's HTML to its visible text, furniture included: blocks on lines of their own, nothing lost, nothing hidden."""

import re

from resiliparse.extract.html2text import extract_plain_text

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_BLANKS = re.compile(r"[ \t]+")
_LINES = re.compile(r"\n{3,}")


def looks_like_html(text: str) -> bool:
    return _HTML.match(text[:4096]) is not None


def text_of_html(html: str) -> str:
    """All visible text; what is menu and what is article is for reading to tell."""
    text = extract_plain_text(
        html, preserve_formatting=True, main_content=False, list_bullets=False, links=False, alt_texts=False
    )
    return _LINES.sub("\n\n", "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n"))).strip()
