"""A page's bytes to its visible text, furniture included and told apart: nothing lost, nothing hidden shown."""

from pathlib import Path

from lxml import etree
from resiliparse.extract.html2text import extract_plain_text

from nhiemky.sources.draft import Draft
from nhiemky.sources.html.furniture import furniture
from nhiemky.sources.html.walk import Walk
from nhiemky.sources.loaded import Drawn
from nhiemky.sources.mend import converted
from nhiemky.sources.text import written
from nhiemky.values.places import Place

_DEEP = 200  # elements within each other; pages have some 40, and finding main text takes time by the square of it


def draw(path: Path, raw: bytes) -> Drawn:
    """The text of a page as its reader sees it, block by block."""
    html, note = written(path, raw)
    notes = [note] if note else []
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):  # beyond 2,048 it stops
        notes += ["trang có thẻ HTML lồng nhau quá sâu; chỉ đọc chữ, không tách bảng và khung trang"]
        return _lines(html, notes)
    walk = Walk(root)
    if not walk.blocks:  # pages that a script uncovers
        walk = Walk(root, with_hidden=True)
        notes += ["trang giấu mọi chữ cho đến khi chạy mã; đã đọc cả chữ bị giấu"] if walk.blocks else []
    for block in furniture(html, walk.blocks) if walk.depth <= _DEEP else ():
        walk.draft.set_apart(block.first, block.end)
    return walk.draft.drawn([*notes, *(converted(legacy) for legacy in sorted(walk.legacy))])


def _lines(html: str, notes: list[str]) -> Drawn:
    draft = Draft()
    text = extract_plain_text(html, preserve_formatting=True, list_bullets=False, alt_texts=False)
    for number, line in enumerate(filter(None, (" ".join(line.split()) for line in text.split("\n"))), 1):
        draft.add(line, Place(paragraph=number))
    return draft.drawn(notes)
