"""Word's DOCX to text: `draw(path, raw)`. Called by `sources.load`.

The XML is read here, not through python-docx, whose paragraphs leave out content controls, smart tags, text boxes,
inserted text, notes and list numbers, and which opens no file with a dangling relation (issues 155, 339, 797, 1389).
"""

from nhiemky.sources.docx.draw import draw

__all__ = ["draw"]
