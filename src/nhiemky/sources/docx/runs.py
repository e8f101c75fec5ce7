"""A paragraph of Word to its text: letters decoded by font; what is deleted, hidden or a field's code is left out.

What stands beside the text (boxes, notes, pictures) is kept apart for `walk`, which calls this.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from nhiemky.sources.docx.package import W
from nhiemky.sources.docx.styles import Styles, is_on, value
from nhiemky.sources.docx.symbols import shown
from nhiemky.sources.fonts import joined
from nhiemky.sources.legacy import Legacy

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
# Wrappers that say nothing of their own; python-docx reads through none of them but hyperlinks (issues 155, 339).
WRAPPERS = frozenset(
    W + name
    for name in ("hyperlink", "smartTag", "sdtContent", "customXml", "ins", "moveTo", "dir", "bdo", "ruby", "rubyBase")
) | {f"{_M}oMathPara", f"{_M}oMath"}  # fmt: skip
_HEX = re.compile("[0-9A-Fa-f]{1,4}")
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\xad",
}  # fmt: skip
_MATH_GAPS = {f"{_M}den": "/", f"{_M}sup": "^", f"{_M}sub": "_"}


@dataclass
class Found:
    """What a paragraph holds: its text, and elements that stand elsewhere on the page."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # `footnote` or `endnote` with its id
    pictures: int = 0
    objects: int = 0
    pages: int = 0  # that begin in the paragraph, as Word last laid it out
    pages_before: int = 0  # of these, before its first letter
    legacy: Legacy | None = None  # letters that were decoded


@dataclass
class _Field:
    code: str = ""
    is_shown: bool = False  # its result has begun; before it stands its code


class Runs:
    """Reads the paragraphs of one document in order; a field, such as a table of contents, may span many of them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []

    def read(self, paragraph: etree._Element) -> Found:
        found = Found()
        pieces: list[tuple[str, Legacy | None]] = []
        self._walk(paragraph, value(paragraph, "pPr/pStyle"), pieces, found)
        found.text, found.legacy = joined(pieces)
        return found

    def _walk(
        self, parent: etree._Element, style: str | None, pieces: list[tuple[str, Legacy | None]], found: Found
    ) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, style, pieces, found)
            elif tag in WRAPPERS:
                self._walk(child, style, pieces, found)
            elif tag == f"{W}sdt":
                if not is_placeholder(child):
                    for content in child.iterfind(f"{W}sdtContent"):
                        self._walk(content, style, pieces, found)
            elif tag == f"{W}fldSimple":
                if not _is_page_number(child.get(f"{W}instr", "")):
                    self._walk(child, style, pieces, found)
            elif tag == f"{_MC}AlternateContent":
                self._walk(alternative(child), style, pieces, found)
            elif isinstance(tag, str) and tag.startswith(_M):
                pieces.append((_formula(child), None))

    def _run(
        self, run: etree._Element, style: str | None, pieces: list[tuple[str, Legacy | None]], found: Found
    ) -> None:
        properties = run.find(f"{W}rPr")
        look = self._styles.of_run(properties, style)
        text = ""
        for child in run:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"))
                text += _filled_in(child) if not look.hidden else ""
            elif tag == f"{W}instrText" and self._fields:
                self._fields[-1].code += child.text or ""
            elif tag == f"{W}lastRenderedPageBreak":
                found.pages += 1
                found.pages_before += not text and not any(piece.strip() for piece, _ in pieces)
            elif look.hidden or not all(field.is_shown for field in self._fields):
                continue
            elif tag == f"{W}t":
                text += (child.text or "").replace("\n", " ")
            elif tag in _SIGNS:
                text += _SIGNS[tag]
            elif tag == f"{W}sym":
                code = _HEX.fullmatch(child.get(f"{W}char", ""))
                text += shown(chr(int(code[0], 16)), child.get(f"{W}font", "")) if code else ""
            elif isinstance(tag, str):
                self._beside(child, found)
        if text:
            pieces.append((shown(text, look.font or ""), look.legacy))

    def _field(self, kind: str | None) -> None:
        """A field is its code, which is not shown, and its result, which is, unless it is the page's own number."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_shown = not _is_page_number(self._fields[-1].code)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _beside(self, element: etree._Element, found: Found) -> None:
        if element.tag == f"{_MC}AlternateContent":
            for child in alternative(element):
                self._beside(child, found)
        elif element.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            found.notes.append((element.tag[len(W) :].removesuffix("Reference"), element.get(f"{W}id", "")))
        elif element.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            boxes = _outermost_boxes(element)
            found.boxes += boxes
            found.objects += element.tag == f"{W}object"
            found.pictures += not boxes and next(element.iter(f"{_A}blip", f"{_VML}imagedata"), None) is not None


def _filled_in(field: etree._Element) -> str:
    """What a field of an old form shows, which is not in its result: a box ticked or not, the choice of a list."""
    box, choices = field.find(f"{W}ffData/{W}checkBox"), field.find(f"{W}ffData/{W}ddList")
    if box is not None:
        ticked = is_on(box.find(f"{W}checked"))
        return "☒" if (is_on(box.find(f"{W}default")) if ticked is None else ticked) else "☐"
    if choices is not None:
        entries, chosen = choices.findall(f"{W}listEntry"), value(choices, "result") or "0"
        at = int(chosen) if chosen.isdecimal() and len(chosen) < 4 else 0
        return entries[at].get(f"{W}val", "") if at < len(entries) else ""
    return ""


def _is_page_number(code: str) -> bool:
    """Whether a field is the page's own number; a reference to a page (PAGEREF) is part of what a sentence says."""
    return code.split(maxsplit=1)[:1] in (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])


def is_placeholder(control: etree._Element) -> bool:
    """Whether a content control shows “Click here to enter text”, which nobody wrote."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def alternative(element: etree._Element) -> etree._Element:
    """Of `mc:AlternateContent`, which says the same thing twice for new and old programs, one."""
    choices = [child for child in element if child.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    return next((choice for choice in choices if len(choice)), element[0] if len(element) else element)


def _outermost_boxes(element: etree._Element) -> list[etree._Element]:
    """The contents of text boxes in a drawing; a box in a box is found when the outer one is read."""
    boxes: list[etree._Element] = []
    for child in element:
        if child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_MC}AlternateContent":
            boxes += _outermost_boxes(alternative(child))
        else:
            boxes += _outermost_boxes(child)
    return boxes


def _formula(element: etree._Element) -> str:
    """A formula on one line: `a/b`, `m^2`."""
    text = ""
    for part in element.iter():
        if part.tag in _MATH_GAPS and text:
            text += _MATH_GAPS[part.tag]
        elif part.tag == f"{_M}t":
            text += part.text or ""
    return text
