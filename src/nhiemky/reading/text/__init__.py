"""Raw text to a `Page`: normalised letters, sentences, nothing of what they say."""

from nhiemky.reading.text.canon import WORD_BYTE, canon, coded, encoded, normalise
from nhiemky.reading.text.page import Header, Number, Page, any_between, divide, open_page, start_of

__all__ = [
    "WORD_BYTE",
    "Header",
    "Number",
    "Page",
    "any_between",
    "canon",
    "coded",
    "divide",
    "encoded",
    "normalise",
    "open_page",
    "start_of",
]
