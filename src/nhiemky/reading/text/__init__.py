"""Raw text to a `Page`: normalised letters, sentences, nothing of what they say."""

from nhiemky.reading.text.canon import WORD_BYTE, canon, coded, encoded, normalise
from nhiemky.reading.text.page import Header, Number, Page, divide, open_page

__all__ = ["WORD_BYTE", "Header", "Number", "Page", "canon", "coded", "divide", "encoded", "normalise", "open_page"]
