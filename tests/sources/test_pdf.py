"""PDF: the text as a person reads it, sentence by sentence, and for each word the page and box where it stands."""

import unicodedata
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from tests.report import packs
from tests.sources.papers import PROSE, SHEET, ink, lines_of, place_of, raw_pdf, read, shown, typeset, written

from nhiemky.reading.read import read as read_facts
from nhiemky.report import docx, pdf
from nhiemky.report.midterm import midterm_paper
from nhiemky.sources import load

LETTERHEAD = """#set text(size: 12pt)
#grid(columns: (1fr, 1fr), align: center,
[ĐẢNG BỘ THÀNH PHỐ SÔNG MÂY \\ *ĐẢNG ỦY PHƯỜNG MAI KHẢO* \\ \\* \\ Số 12-BC/ĐU],
[*ĐẢNG CỘNG SẢN VIỆT NAM* \\ \\ _Mai Khảo, ngày 05 tháng 7 năm 2024_])
#set text(size: 14pt)
#align(center)[*BÁO CÁO* \\ *kết quả công tác 6 tháng đầu năm 2024,* \\ *phương hướng 6 tháng cuối năm*]
"""
MANY = [f"Khu phố {number}: {prose}" for number in range(1, 10) for prose in PROSE]
PAGES = "\n\n".join(MANY)


def test_a_letterhead_is_read_side_by_side_and_paragraphs_as_one_line() -> None:
    drawn = read(typeset(LETTERHEAD + "\n\n".join(PROSE)))
    assert lines_of(drawn) == [
        "ĐẢNG BỘ THÀNH PHỐ SÔNG MÂY",
        "ĐẢNG ỦY PHƯỜNG MAI KHẢO",
        "*",
        "Số 12-BC/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Mai Khảo, ngày 05 tháng 7 năm 2024",
        "BÁO CÁO",
        "kết quả công tác 6 tháng đầu năm 2024, phương hướng 6 tháng cuối năm",
        *PROSE,
    ]


def test_a_phrase_has_the_page_and_box_in_which_it_is_drawn() -> None:
    raw = typeset(PAGES)
    drawn = read(raw)
    start = drawn.text.rindex("1.245 lượt cán bộ")
    place = drawn.places.of(start, start + len("1.245 lượt cán bộ"))
    assert place is not None
    assert place.box is not None
    page = pypdfium2.PdfDocument(raw)[(place.page or 0) - 1]
    rect = _last_found(page, "1.245 lượt cán bộ")
    assert place.page == len(pypdfium2.PdfDocument(raw))
    assert place.box == pytest.approx(rect, abs=4)
    assert 0.08 < ink(shown(raw, place.page), place.box, 595.3) < 0.5
    assert place.confidence is None


def _last_found(page: pypdfium2.PdfPage, words: str) -> tuple[float, float, float, float]:
    """Where pdfium's own search finds the words for the last time, from the top left corner."""
    text, found = page.get_textpage(), None
    search = text.search(words, match_case=True)
    while (hit := search.get_next()) is not None:
        found = hit
    assert found is not None
    boxes = [text.get_charbox(place, loose=True) for place in range(found[0], found[0] + found[1])]
    height = page.get_height()
    return (
        min(box[0] for box in boxes), height - max(box[3] for box in boxes),
        max(box[2] for box in boxes), height - min(box[1] for box in boxes),
    )  # fmt: skip


def test_a_sentence_over_the_page_stays_whole_and_what_stands_around_it_comes_last() -> None:
    around = SHEET.replace(
        "y: 2cm)",
        """y: 2cm), header: context if here().page() > 1 { align(center)[#counter(page).display()] },
        footer: [Văn phòng Đảng ủy phường Mai Khảo #h(1fr) Báo cáo 6 tháng]""",
    )
    drawn = read(typeset(PAGES, around))
    assert max(place.page for _, _, place in drawn.places) == 3
    assert lines_of(drawn)[:36] == MANY
    assert lines_of(drawn)[36:] == ["Văn phòng Đảng ủy phường Mai Khảo", "Báo cáo 6 tháng", "2"]
    parts = {drawn.text[start:end]: place.part for start, end, place in drawn.places if place.part != "body"}
    assert parts == {"Văn phòng Đảng ủy phường Mai Khảo": "footer", "Báo cáo 6 tháng": "footer", "2": "header"}


def test_two_columns_are_read_one_after_the_other() -> None:
    drawn = read(typeset(f"#align(center)[*BẢN TIN*]\n#columns(2, gutter: 14pt)[{PAGES}]"))
    assert lines_of(drawn) == ["BẢN TIN", *MANY]


def test_footnotes_keep_their_number_and_leave_the_sentence() -> None:
    note = "Theo Báo cáo số 15-BC/ĐU, ngày 10/01/2024; số liệu chưa gồm hai khu phố mới sáp nhập từ phường bên cạnh."
    drawn = read(
        typeset(f"Năm qua kết nạp 12 đảng viên#footnote[{note}], trồng 350 m#super[2] cây xanh#footnote[Số tròn.].")
    )
    assert lines_of(drawn) == [
        "Năm qua kết nạp 12 đảng viên, trồng 350 m2 cây xanh.",
        f"1 {note}",
        "2 Số tròn.",
    ]
    assert place_of(drawn, "hai khu phố mới").note == 1
    assert place_of(drawn, "Số tròn.").note == 2
    assert place_of(drawn, "12 đảng viên").note is None


def test_lists_stay_lists() -> None:
    items = [
        "- Thu thuế ngoài quốc doanh đạt 12,5 tỷ đồng, bằng 104% dự toán được giao từ đầu năm, tăng 8% so với cùng kỳ",
        "- Thu phí, lệ phí đạt 1,2 tỷ đồng",
        "+ Trong đó phí môi trường 300 triệu đồng;",
        "1. Rà soát quy hoạch;",
        "a) Hoàn thành hồ sơ đất đai;",
        "2. Cấp giấy chứng nhận.",
    ]
    source = "\n\n".join("\\" + item.replace("1.", "1\\.").replace("2.", "2\\.") for item in items)
    assert lines_of(read(typeset(source))) == items


@pytest.mark.parametrize("title", ["#text(tracking: 0.35em)[*BÁO CÁO*]", "B Á O #h(0.7em) C Á O"])
def test_a_spaced_title_is_closed_up(title: str) -> None:
    assert lines_of(read(typeset(f"#align(center)[{title}]\n\n{PROSE[0]}"))) == ["BÁO CÁO", PROSE[0]]


def test_letters_with_loose_marks_come_composed() -> None:
    text = read(typeset(unicodedata.normalize("NFD", PROSE[1]))).text
    assert text == f"{PROSE[1]}\n"


def test_a_page_turned_in_the_viewer_is_read_upright_and_boxed_as_it_is_seen() -> None:
    document = pypdfium2.PdfDocument(typeset(PROSE[0]))
    document[0].set_rotation(90)
    out = BytesIO()
    document.save(out)
    drawn = read(out.getvalue())
    assert lines_of(drawn) == [PROSE[0]]
    box = place_of(drawn, "dự toán").box
    assert box is not None
    assert box[3] - box[1] > box[2] - box[0]  # it stands on end
    assert 0.08 < ink(shown(out.getvalue(), 1), box, 841.9) < 0.5


def test_a_watermark_and_what_a_signature_shows_are_set_apart() -> None:
    behind = SHEET.replace(
        "y: 2cm)", 'y: 2cm), background: rotate(-50deg, text(90pt, fill: luma(230), weight: "bold")[BẢN NHÁP])'
    )
    signed = PdfWriter(clone_from=PdfReader(BytesIO(typeset(PROSE[0], behind))))
    _sign(signed, "Ky boi: VAN PHONG")
    drawn = read(written(signed))
    assert lines_of(drawn) == [PROSE[0], "BẢN NHÁP", "Ky boi: VAN PHONG"]
    assert place_of(drawn, "BẢN NHÁP").part == place_of(drawn, "Ky boi: VAN PHONG").part == "furniture"


def _sign(writer: PdfWriter, words: str) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

    face = StreamObject()
    face.set_data(b"BT /F 10 Tf 2 4 Td (%s) Tj ET" % words.encode())
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip # noqa: E501
    box = ArrayObject([NumberObject(n) for n in (0, 0, 200, 20)])
    face.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): box, NameObject("/Resources"): DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})})  # fmt: skip # noqa: E501
    field = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Sig"), NameObject("/F"): NumberObject(132),
        NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (30, 800, 230, 820)]),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(face)}),
    })  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(field)])


LEGACY = b"<</Font<</F<</Type/Font/Subtype/TrueType/BaseFont/%s/Encoding/WinAnsiEncoding>>>>>>"


@pytest.mark.parametrize(
    ("font", "letters", "said"),
    [
        (b".VnTime", "§¶ng bé ph\xadêng ®¹t 95,2% chØ tiªu".encode("latin-1"), "TCVN3"),
        (b"VNI-Times", "Ñaûng boä phöôøng ñaït 95,2% chæ tieâu".encode("latin-1"), "VNI"),
    ],
)
def test_letters_of_old_fonts_are_turned_and_it_is_noted(font: bytes, letters: bytes, said: str) -> None:
    drawn = read(raw_pdf(b"BT /F 14 Tf 80 700 Td (%s) Tj ET" % letters, LEGACY % font))
    assert lines_of(drawn) == ["Đảng bộ phường đạt 95,2% chỉ tiêu"]
    assert any(said in note and "Unicode" in note for note in drawn.notes)


def test_words_set_letter_by_letter_are_put_together() -> None:
    letters = b"".join(
        b"1 0 0 1 %d 700 Tm (%c) Tj " % (80 + 7 * place, letter) for place, letter in enumerate(b"nam 2024")
    )
    drawn = read(raw_pdf(b"BT /F 14 Tf " + letters.replace(b"( ) Tj", b"() Tj") + b"ET", LEGACY % b"Courier"))
    assert lines_of(drawn) == ["nam 2024"]


@pytest.mark.parametrize("pack", [packs.full, packs.forty])
def test_our_own_review_gives_the_facts_that_its_word_file_gives(tmp_path: Any, pack: Any) -> None:
    paper = midterm_paper(pack())
    written = tmp_path / "a.docx"
    written.write_bytes(docx.to_docx(paper))
    printed = read(pdf.to_pdf(paper))
    from_word, from_pdf = read_facts(load(written).text), read_facts(printed.text)
    assert len(from_word.targets) > 30
    for kind in ("targets", "results", "scoreboards", "citations", "tasks", "warnings"):
        assert len(getattr(from_pdf, kind)) == len(getattr(from_word, kind)), kind
    assert [(one.indicator, one.low, one.by) for one in from_pdf.targets] == [
        (one.indicator, one.low, one.by) for one in from_word.targets
    ]
    for result in from_pdf.results:
        place = printed.places.of(*result.span)
        assert place is not None
        assert place.page is not None
        assert place.box is not None
