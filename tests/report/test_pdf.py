"""The bytes of the PDF: only Tinos, every Vietnamese letter, form, links, the same words as the paper."""

import re
import unicodedata
from functools import cache
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream
from tests.report import packs

from nhiemky.report import pdf
from nhiemky.report.midterm import midterm_paper
from nhiemky.report.paper import Sources, lines, plain

_MM = 72 / 25.4
_BASES = "a ă â e ê i o ô ơ u ư y"
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_LOWER = [unicodedata.normalize("NFC", base + tone) for base in _BASES.split() for tone in ["", *_TONES]] + ["đ"]
LETTERS = [letter for letter in _LOWER if letter not in "aeiouy"] + [letter.upper() for letter in _LOWER if letter not in "aeiouy"]  # fmt: skip # noqa: E501


@cache
def made(name: str = "full") -> bytes:
    return pdf.to_pdf(midterm_paper(getattr(packs, name)()))


def reader(name: str = "full") -> PdfReader:
    return PdfReader(BytesIO(made(name)))


def page_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u2060\ufffe]|\[\d+\]", "", unicodedata.normalize("NFC", text))


def fonts(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for page in PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            held = font.get_object()
            found[held["/BaseFont"]] = held
        for form in page["/Resources"].get("/XObject", {}).values():  # type: ignore[attr-defined]
            for font in form.get_object().get("/Resources", {}).get("/Font", {}).values():
                found[font.get_object()["/BaseFont"]] = font.get_object()
    return found


@pytest.mark.parametrize("make", packs.ALL)
def test_only_tinos_is_embedded(make: Any) -> None:
    held = fonts(made(make.__name__))
    assert held
    for name, font in held.items():
        assert re.fullmatch(r"/[A-Z]{6}\+Tinos-(Regular|Bold|Italic|BoldItalic)", name)
        inside = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in inside


def test_all_134_vietnamese_letters_have_a_glyph() -> None:
    assert len(LETTERS) == 134
    pack = packs.one_target()
    pack["rows"][0]["target"]["name"] = " ".join(LETTERS)
    data = pdf.to_pdf(midterm_paper(pack))
    text = squeezed("".join(page_texts(data)))
    assert "".join(LETTERS) in text
    assert not list(_missing_glyphs(data))


def _missing_glyphs(data: bytes) -> Any:
    """Glyph number 0 (the empty box) in any text that is shown."""
    document = PdfReader(BytesIO(data))
    for number, page in enumerate(document.pages):
        content = ContentStream(page.get_contents(), document)
        for operands, operator in content.operations:
            shown = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else []
            for part in shown:
                raw = getattr(part, "original_bytes", part if isinstance(part, bytes) else b"")
                yield from (number for place in range(0, len(raw), 2) if raw[place : place + 2] == b"\0\0")


@pytest.mark.parametrize("make", packs.ALL)
def test_every_line_of_the_paper_is_in_the_file(make: Any) -> None:
    paper = midterm_paper(make())
    text = "".join(squeezed(page) for page in page_texts(made(make.__name__)))
    for line in {plain(line) for line in lines(paper)} - {plain(annex.footer) for annex in paper.annexes}:
        wanted = squeezed(line)
        # a line may run over a page: then its two halves stand apart
        half = len(wanted) // 2
        assert wanted in text or (wanted[: half // 2] in text and wanted[-half // 2 :] in text), line


@pytest.mark.parametrize("make", packs.ALL)
def test_draft_is_marked_on_each_page_and_numbers_start_on_the_second(make: Any) -> None:
    pages = page_texts(made(make.__name__))
    for number, text in enumerate(pages, start=1):
        assert text.count("DỰ THẢO") == 2, number
        told = [line.strip() for line in text.splitlines()]
        assert (f"{number} DỰ THẢO" in told) is (number > 1)


def test_page_number_is_ten_millimetres_from_the_top_and_text_keeps_the_margins() -> None:
    document = pypdfium2.PdfDocument(made())
    page = document[1]
    width, height = page.get_size()
    assert (round(width / _MM), round(height / _MM)) == (210, 297)
    text = page.get_textpage()
    boxes = [(text.get_text_range(place, 1), text.get_charbox(place)) for place in range(text.count_chars())]
    upper = [box for letter, box in boxes if letter == "2" and box[3] > height - 20 * _MM]
    assert any(9 <= (height - box[3]) / _MM <= 12 for box in upper)
    body = [box for letter, box in boxes if letter.strip() and box[3] < height - 20 * _MM and box[3] - box[1] < 20]
    assert min(box[0] for box in body) >= 29.5 * _MM
    assert max(box[2] for box in body) <= width - 14.5 * _MM
    assert min(box[1] for box in body) >= 19 * _MM


def test_annex_lies_across_and_its_header_repeats() -> None:
    held = reader("forty")
    wide = [page for page in held.pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) > 2
    for page in wide:
        assert "Mục tiêu NQ" in " ".join(page.extract_text().split())


def test_links_resolve_to_the_list_of_sources() -> None:
    held = reader()
    paper = midterm_paper(packs.full())
    listed = next(block for annex in paper.annexes for block in annex.blocks if isinstance(block, Sources))
    last = [place for place, page in enumerate(held.pages) if "NGUỒN SỐ LIỆU" in page.extract_text()][-1]
    targets, links = set(), 0
    for page in held.pages:
        for note in page.get("/Annots", []):
            note = note.get_object()
            assert note["/Subtype"] == "/Link"
            goal = note["/Dest"] if "/Dest" in note else note["/A"]["/D"]
            goal = held.named_destinations[goal].dest_array if isinstance(goal, str) else goal.get_object()
            page_number = held.get_page_number(goal[0].get_object())
            assert page_number is not None
            assert page_number >= last
            targets.add((page_number, round(float(goal[3]))))
            links += 1
    assert links > 100
    assert len(targets) == len(listed.lines)


def test_properties_are_of_the_pack_not_of_the_clock() -> None:
    about = reader().metadata
    assert about is not None
    assert about.title is not None
    assert about.title.startswith("BÁO CÁO kiểm điểm giữa nhiệm kỳ")
    assert about.author == "ĐẢNG ỦY PHƯỜNG AN BÌNH"
    assert about.creation_date is not None
    assert about.creation_date.date().isoformat() == "2023-06-30"


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert pdf.to_pdf(midterm_paper(packs.full())) == made()


def test_a_missing_font_says_how_to_get_it(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    pdf._fonts.cache_clear()
    with pytest.raises(pdf.FontError, match=r"run --setup"):
        pdf.to_pdf(midterm_paper(packs.nothing()))
    pdf._fonts.cache_clear()
