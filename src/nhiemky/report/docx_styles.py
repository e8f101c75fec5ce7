"""Word styles of a Party paper: Times New Roman 14, exactly 20 pt a line, headings that Word's own pane can show."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from nhiemky.report.docx_xml import element, shade

FONT = "Times New Roman"
BODY, BASIS, PROMPT, NOTE = "Normal", "Can cu", "Phan phai viet", "Ghi chu nho"
CENTRED, CAPTION, CELL, SOURCE = "Giua dong", "Ten bieu do", "O bang", "Nguon so lieu"
LETTERHEAD, TITLE, ANNEX = "Tieu de van ban", "Ten loai", "Phu luc"


def set_styles(document: Document) -> None:
    """All styles the paper uses, made or remade in the default file of python-docx."""
    _defaults(document)
    styles = document.styles
    _shape(styles[BODY], size=14, align="justify", first=10, after=6)
    for level in (1, 2, 3):
        align = "center" if level == 1 else "left"
        heading = _shape(styles[f"Heading {level}"], bold=True, align=align, first=0 if level == 1 else 10)
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_before = Pt(10 if level < 3 else 6)
        heading.paragraph_format.space_after = Pt(6)
    _new(document, BASIS)
    _prompt(_new(document, PROMPT, size=13, italic=True, first=0, align="justify"))
    _new(document, NOTE, size=8.5, align="center", first=0, after=0, line=None)
    _new(document, CENTRED, align="center", first=0)
    _new(document, CAPTION, size=12, italic=True, align="center", first=0, after=10)
    _new(document, CELL, size=10.5, align="left", first=0, after=0, line=None)
    _source(_new(document, SOURCE, size=12, align="justify", first=0, after=4, line=None))
    _new(document, LETTERHEAD, align="center", first=0, after=2, line=None)
    _new(document, TITLE, size=16, bold=True, align="center", first=0, after=2, line=None)
    annex = _new(document, ANNEX, bold=True, align="center", first=0, after=4)
    annex.paragraph_format.keep_with_next = True
    element("w:outlineLvl", annex.element.get_or_add_pPr(), val="0")


def _defaults(document: Document) -> None:
    """One font for all scripts, no theme font, Vietnamese as the language of proofing."""
    found = document.styles.element.find(qn("w:docDefaults"))
    assert found is not None
    properties = found.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(properties):
        if child.tag in (qn("w:rFonts"), qn("w:lang")):
            properties.remove(child)
    properties.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    properties.append(element("w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))


def _new(document: Document, name: str, **shape: Any) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[BODY]
    return _shape(style, **shape)


_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def _shape(
    style: Any,
    *,
    size: float | None = 14,
    bold: bool = False,
    italic: bool = False,
    align: str = "justify",
    first: float = 10,
    after: float = 6,
    line: float | None = 20,
) -> Any:
    font, paragraph = style.font, style.paragraph_format
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), FONT)
    font.size, font.bold, font.italic, font.color.rgb = Pt(size or 14), bold, italic, RGBColor(0, 0, 0)
    paragraph.alignment = _ALIGN[align]
    paragraph.first_line_indent = Mm(first)
    paragraph.space_before, paragraph.space_after = Pt(0), Pt(after)
    paragraph.widow_control = True
    if line is None:
        paragraph.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    return style


def _prompt(style: Any) -> None:
    """What people have still to write stands out on screen and in print: a grey ground and a line at the left."""
    style.paragraph_format.left_indent = Mm(3)
    properties = style.element.get_or_add_pPr()
    borders = element("w:pBdr")
    element("w:left", borders, val="single", sz="12", space="6", color="8C8C8C")
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    ground = element("w:pPr")
    shade(ground, "F4F4F4")
    properties.insert_element_before(ground[0], "w:tabs", "w:spacing", "w:ind", "w:jc")


def _source(style: Any) -> None:
    style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Mm(11), Mm(-11)
    style.paragraph_format.tab_stops.add_tab_stop(Mm(11))
