"""Raw text to a `Page`: normalised letters, sentences, nothing of what they say."""

from nhiemky.reading.text.canon import canon, encoded, normalise
from nhiemky.reading.text.page import Number, Page, open_page

__all__ = ["Number", "Page", "canon", "encoded", "normalise", "open_page"]
