"""A page's HTML to text: `draw(path, raw)`. Called by `sources.load`."""

from nhiemky.sources.html.draw import draw

__all__ = ["draw"]
