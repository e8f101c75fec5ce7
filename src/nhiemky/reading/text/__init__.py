"""Raw text to a `Page`: normalised letters, sentences, nothing of what they say."""

from nhiemky.reading.text.canon import canon, normalise
from nhiemky.reading.text.page import Number, Page, open_page

__all__ = ["Number", "Page", "canon", "normalise", "open_page"]
