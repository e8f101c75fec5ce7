"""The bytes of the DOCX: form, styles, links, header rows, and the same words as the paper."""

import zipfile
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree
from tests.report import packs

from nhiemky.report.docx import to_docx
from nhiemky.report.midterm import midterm_paper
from nhiemky.report.paper import lines, plain


@cache
def made(name: str = "full") -> bytes:
    return to_docx(midterm_paper(getattr(packs, name)()))


def opened(name: str = "full") -> Document:
    return docx.Document(BytesIO(made(name)))


def all_text(document: Any, *, marks: bool = False) -> str:
    """Body text in order; the small [n] left out, for the paper has them as marks, unless `marks`."""
    said = []
    for run in document.element.body.iter(qn("w:r")):
        raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is not None
        if marks or not raised:
            said += ["\n" if part.tag == qn("w:br") else part.text or "" for part in run if part.tag in (qn("w:t"), qn("w:br"))]  # fmt: skip # noqa: E501
    return "".join(said)


@pytest.mark.parametrize("make", packs.ALL)
def test_every_line_of_the_paper_is_in_the_file(make: Any) -> None:
    paper, text = midterm_paper(make()), all_text(opened(make.__name__))
    body = {plain(line) for line in lines(paper)} - {plain(annex.footer) for annex in paper.annexes}
    assert not [line for line in body if line not in text]


def test_page_form() -> None:
    sections = opened().sections
    for section in sections:
        edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(edge / Mm(1)) for edge in edges if edge is not None] == [20, 20, 30, 15]
        assert section.header_distance is not None
        assert round(section.header_distance / Mm(1)) == 10
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    size = (sections[0].page_width or 0, sections[0].page_height or 0)
    assert [round(side / Mm(1)) for side in size] == [210, 297]


def test_draft_on_every_page_and_number_on_all_but_the_first() -> None:
    for place, section in enumerate(opened().sections):
        assert section.different_first_page_header_footer is (place == 0)
        xml = etree.tostring(section.header._element, encoding="unicode")
        assert "DỰ THẢO" in section.header.paragraphs[0].text
        assert 'string="DỰ THẢO"' in xml
        assert " PAGE " in xml
    first = opened().sections[0].first_page_header
    assert "DỰ THẢO" in first.paragraphs[0].text
    assert " PAGE " not in etree.tostring(first._element, encoding="unicode")


def test_header_rows_repeat_and_no_row_splits() -> None:
    table = opened().tables[2]
    assert [cell.text for cell in table.rows[0].cells][:4] == ["STT", "Chỉ tiêu", "ĐVT", "Mục tiêu NQ"]
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert len(table.rows) == 1 + 12 + 4


@pytest.mark.parametrize("make", packs.ALL)
def test_links_resolve_and_ids_differ(make: Any) -> None:
    body = opened(make.__name__).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert anchors <= set(names)


def test_times_new_roman_everywhere_in_vietnamese() -> None:
    with zipfile.ZipFile(BytesIO(made())) as file:
        styles = etree.fromstring(file.read("word/styles.xml"))
    used = {paragraph.style.style_id for paragraph in opened().paragraphs if paragraph.style is not None}
    for style in styles.iter(qn("w:style")):
        if style.get(qn("w:styleId")) in used:
            fonts = [value for found in style.iter(qn("w:rFonts")) for value in found.attrib.values()]
            assert fonts == ["Times New Roman"] * 4
    defaults = styles.find(qn("w:docDefaults"))
    assert defaults is not None
    languages = [found.get(qn("w:val")) for found in defaults.iter(qn("w:lang"))]
    assert languages == ["vi-VN"]
    assert {font for run in opened().element.body.iter(qn("w:rFonts")) for font in run.attrib.values()} == set()


def test_body_is_fourteen_points_on_twenty_justified() -> None:
    normal: Any = opened().styles["Normal"]
    assert normal.font.size == Pt(14)
    assert normal.paragraph_format.line_spacing == Pt(20)
    assert round(normal.paragraph_format.first_line_indent / Mm(1)) == 10
    assert normal.paragraph_format.space_after == Pt(6)


def test_letterhead_and_signature() -> None:
    left, right = opened().tables[0].rows[0].cells
    said = [paragraph.text for paragraph in left.paragraphs]
    assert said[:3] == ["ĐẢNG BỘ THÀNH PHỐ SÔNG MÂY", "ĐẢNG ỦY PHƯỜNG AN BÌNH", "*"]
    assert said[3].replace("\u00a0", " ") == "Số      -BC/ĐU"
    assert right.paragraphs[0].text == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert right.paragraphs[0].runs[0].underline
    tables = opened().tables
    signed = next(table.rows[0].cells for table in tables if "Nơi nhận:" in table.rows[0].cells[0].text)
    assert [paragraph.text for paragraph in signed[1].paragraphs] == ["T/M BAN CHẤP HÀNH", "BÍ THƯ", ""]
    assert signed[1].paragraphs[0].runs[0].bold
    assert not signed[1].paragraphs[1].runs[0].bold


def test_chart_has_alt_text_and_is_png() -> None:
    document = opened()
    described = [found.get("descr") for found in document.element.body.iter(qn("wp:docPr"))]
    assert described == [
        "Số chỉ tiêu theo kết quả đánh giá. Không đạt: 1; Nguy cơ không đạt: 1; Chưa đủ căn cứ: 1; Chưa có số liệu: 1; "
        "Chưa đến kỳ: 1; Đúng lộ trình: 3; Đã đạt: 3; Vượt chỉ tiêu: 1."
    ]
    assert [shape.width for shape in document.inline_shapes] == [Mm(140)]


def test_footer_of_the_annex_names_rules_date_and_digest() -> None:
    paper = midterm_paper(packs.full())
    for section in opened().sections[1:]:
        text = section.footer.paragraphs[0].text
        assert "Số liệu chốt ngày 30/06/2023" in text
        assert "path.each_year v1" in text
        assert paper.digest in text


def test_properties() -> None:
    about = opened().core_properties
    assert about.title == "BÁO CÁO kiểm điểm giữa nhiệm kỳ thực hiện Nghị quyết Đại hội Đảng bộ phường An Bình, nhiệm kỳ 2020-2025"  # fmt: skip # noqa: E501
    assert (about.language, about.category) == ("vi-VN", "DỰ THẢO")
    assert about.created is not None
    assert about.created.date().isoformat() == "2023-06-30"


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert to_docx(midterm_paper(packs.full())) == made()
