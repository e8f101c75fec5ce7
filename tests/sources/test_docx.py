"""Word files as offices have them: what the page shows comes out once, in order, with its place in the file."""

import io
from pathlib import Path

import docx
import pytest
from tests.sources.word import SENTENCE, char, code, lines, listed, p, r, read, table, tc, tr, word

from nhiemky.sources import Loaded
from nhiemky.values.tables import Table

FIRST = p(SENTENCE)


def shown(loaded: Loaded, found: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): loaded.text[cell.start : cell.end] for cell in found.cells}


def test_a_document_made_by_an_office_program(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Báo cáo sơ kết", 1)
    made.add_paragraph(SENTENCE)
    grid = made.add_table(2, 2)
    grid.style = "Table Grid"
    for row, words in enumerate([("Chỉ tiêu", "Kết quả"), ("Tỷ lệ hộ nghèo", "0,5%")]):
        for column, one in enumerate(words):
            grid.cell(row, column).text = one
    made.add_paragraph("Nơi nhận: như trên.", style="List Number")
    out = io.BytesIO()
    made.save(out)
    loaded = read(tmp_path, out.getvalue())
    assert loaded.text == (
        f"Báo cáo sơ kết\n{SENTENCE}\nChỉ tiêu\tKết quả\nTỷ lệ hộ nghèo\t0,5%\n1. Nơi nhận: như trên."
    )
    labels = {loaded.text[start:end]: place.label for start, end, place in loaded.places}
    assert labels[SENTENCE] == "đoạn 2"
    assert labels["0,5%"] == "bảng 1, hàng 2, cột 2"
    assert labels["1. Nơi nhận: như trên."] == "đoạn 3"
    assert shown(loaded, loaded.tables[0])[1, 0] == "Tỷ lệ hộ nghèo"
    assert loaded.notes == ()


# --- tables ---


def test_merged_cells_stand_once_where_they_begin(tmp_path: Path) -> None:
    span, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        tr(tc("STT", properties=down), tc("Chỉ tiêu", properties=down), tc("Năm", properties=span)),
        tr(tc("", properties=on), tc("", properties=on), "2022", "2023"),
        tr("1", "Tỷ lệ hộ nghèo", "0,7", ""),
        tr("2", tc("Thu ngân sách", properties=span), "45"),
    )
    loaded = read(tmp_path, word(FIRST + table(*rows) + p("Hết.")))
    assert loaded.text == (
        f"{SENTENCE}\nSTT\tChỉ tiêu\tNăm\n2022\t2023\n1\tTỷ lệ hộ nghèo\t0,7\t\n2\tThu ngân sách\t45\nHết."
    )
    (found,) = loaded.tables
    assert (found.rows, found.columns) == (4, 4)
    spread = {
        (cell.row, cell.column): (cell.rows, cell.columns) for cell in found.cells if cell.rows + cell.columns > 2
    }
    assert spread == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (3, 1): (1, 2)}
    assert shown(loaded, found)[1, 3] == "2023"
    empty = next(cell for cell in found.cells if (cell.row, cell.column) == (2, 3))
    assert empty.start == empty.end
    at = loaded.text.index("45")
    place = loaded.places.of(at, at + 2)
    assert place is not None
    assert place.label == "bảng 1, hàng 4, cột 4"


def test_a_table_may_end_in_empty_rows(tmp_path: Path) -> None:
    loaded = read(tmp_path, word(FIRST + table(tr("A", "B"), tr("", ""), tr("", ""))))
    assert loaded.text == f"{SENTENCE}\nA\tB\n\t\n\t"
    assert all(cell.start == cell.end <= len(loaded.text) for cell in loaded.tables[0].cells[2:])


def test_old_side_merges_and_rows_that_begin_late(tmp_path: Path) -> None:
    first, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    rows = (
        tr("A", tc("B", properties=first), tc("", properties=on)),
        tr("C", "D", properties='<w:gridBefore w:val="1"/>'),
        tr("E", "F", "G"),
    )
    (found,) = read(tmp_path, word(FIRST + table(*rows))).tables
    assert [(cell.row, cell.column, cell.columns) for cell in found.cells] == [
        (0, 0, 1), (0, 1, 2), (1, 1, 1), (1, 2, 1), (2, 0, 1), (2, 1, 1), (2, 2, 1)
    ]  # fmt: skip


def test_a_cell_is_one_line_and_a_table_in_it_a_table_too(tmp_path: Path) -> None:
    inner = table(tr("trong", ""), tr("này", "kia"))
    two = tc("Dòng một", p("Dòng", "<w:r><w:br/></w:r>", "hai"), "<w:p/>")
    loaded = read(tmp_path, word(FIRST + table(tr("A", two), tr("B", tc("Có bảng:", inner, "<w:p/>")))))
    assert loaded.text.split("\n")[1:] == ["A\tDòng một Dòng hai", "B\tCó bảng: trong này kia"]
    outer, nested = loaded.tables
    assert shown(loaded, outer) == {
        (0, 0): "A", (0, 1): "Dòng một Dòng hai", (1, 0): "B", (1, 1): "Có bảng: trong này kia"
    }  # fmt: skip
    assert shown(loaded, nested) == {(0, 0): "trong", (0, 1): "", (1, 0): "này", (1, 1): "kia"}


@pytest.mark.parametrize("wrapped", ["rows", "cells", "table"])
def test_content_controls_around_tables_lose_nothing(tmp_path: Path, wrapped: str) -> None:
    def around(inside: str) -> str:
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    row = f"<w:tr>{around(tc('C'))}{tc('D')}</w:tr>" if wrapped == "cells" else tr("C", "D")
    row = around(row) if wrapped == "rows" else row
    whole = table(tr("A", "B"), row)
    assert lines(tmp_path, around(whole) if wrapped == "table" else whole) == ["A\tB", "C\tD"]


def test_a_letterhead_and_signatures_are_lines_not_tables(tmp_path: Path) -> None:
    left = tc("ĐẢNG BỘ THÀNH PHỐ", "ĐẢNG ỦY PHƯỜNG MAI KHẢO", "Số 05-BC/ĐU")
    right = tc("ĐẢNG CỘNG SẢN VIỆT NAM", "Mai Khảo, ngày 12 tháng 7 năm 2023")
    loaded = read(tmp_path, word(table(tr(left, right), borders=False) + FIRST))
    assert loaded.text.split("\n") == [
        "ĐẢNG BỘ THÀNH PHỐ", "ĐẢNG ỦY PHƯỜNG MAI KHẢO", "Số 05-BC/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Mai Khảo, ngày 12 tháng 7 năm 2023", SENTENCE,
    ]  # fmt: skip
    assert loaded.tables == ()
    assert [place.label for _, _, place in loaded.places][-1] == "đoạn 6"
    framed = read(tmp_path, word(FIRST + table(tr(tc("Một khung", table(tr("A", "B"), tr("C", "D")))))))
    assert framed.text.split("\n")[1:] == ["Một khung", "A\tB", "C\tD"]
    assert len(framed.tables) == 1


# --- what stands beside the body ---


def test_notes_come_last_under_their_number_and_only_if_referred_to(tmp_path: Path) -> None:
    def note(kind: str, name: int, *texts: str) -> str:
        return f'<w:{kind} w:id="{name}">{"".join(map(p, texts))}</w:{kind}>'

    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = p("Đạt 95%", refer.format(7), " kế hoạch", refer.format(3), '<w:r><w:endnoteReference w:id="1"/></w:r>', ".")
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        + note("footnote", 3, "Ước cả năm.") + note("footnote", 7, "Số của phòng thống kê.", "Trang hai.")
        + note("footnote", 9, "Không ai dẫn.")
    )  # fmt: skip
    loaded = read(tmp_path, word(FIRST + body, {"footnotes": notes, "endnotes": note("endnote", 1, "Cuối bài.")}))
    assert loaded.text.split("\n")[1:] == [
        "Đạt 95% kế hoạch.", "[1] Số của phòng thống kê.", "Trang hai.", "[2] Ước cả năm.", "[i] Cuối bài."
    ]  # fmt: skip
    at = loaded.text.index("Trang hai")
    place = loaded.places.of(at, at + 5)
    assert place is not None
    assert place.label == "chú thích 1"


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('Trong khung')}{p('dòng hai')}</w:txbxContent>"
    new = f"<w:drawing><a:graphic><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphic></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    for shape in (both, new, old, both.replace(new, "")):
        loaded = read(tmp_path, word(FIRST + p("Trước.", f"<w:r>{shape}</w:r>", " Sau.")))
        assert loaded.text.split("\n")[1:] == ["Trước. Sau.", "Trong khung", "dòng hai"], shape
        at = loaded.text.index("Trong khung")
        place = loaded.places.of(at, at + 5)
        assert place is not None
        assert (place.part, place.label) == ("box", "đoạn 2, khung")
    bare = f"<mc:AlternateContent><mc:Choice>{p('Mới')}</mc:Choice><mc:Fallback>{p('Cũ')}</mc:Fallback>"
    assert lines(tmp_path, f"{bare}</mc:AlternateContent>") == ["Mới"]


def test_heads_and_feet_are_read_once_without_page_numbers(tmp_path: Path) -> None:
    number = (char("begin"), code(" PAGE \\* MERGEFORMAT "), char("separate"), r("12"), char("end"))
    of = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>30</w:t></w:r></w:fldSimple>'
    sections = (
        '<w:sectPr><w:headerReference r:id="header1"/><w:headerReference r:id="header2"/>'
        '<w:footerReference r:id="footer1"/></w:sectPr>'
    )
    parts = {
        "header1": p("Đảng ủy phường Mai Khảo"),
        "header2": p("Đảng ủy phường Mai Khảo") + p("12"),
        "footer1": p("Trang ", *number, of),
    }
    loaded = read(tmp_path, word(FIRST + f"<w:p><w:pPr>{sections}</w:pPr></w:p>" + p("Hết.") + sections, parts))
    assert loaded.text.split("\n")[1:] == ["Hết.", "Đảng ủy phường Mai Khảo", "Trang"]
    assert [place.label for _, _, place in loaded.places] == ["đoạn 1", "đoạn 2", "đầu trang", "chân trang"]


def test_pages_are_those_of_the_last_layout(tmp_path: Path) -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = p("Cuối trang một.", turn, " Sang trang hai.") + p(turn, "Trang ba.") + table(tr("A", "B"), tr("C", "D"))
    loaded = read(tmp_path, word(FIRST + body))
    labels = [place.label for _, _, place in loaded.places]
    assert labels[:3] == ["trang 1, đoạn 1", "trang 1, đoạn 2", "trang 3, đoạn 3"]
    assert labels[-1] == "trang 3, bảng 1, hàng 2, cột 2"


# --- numbers that Word draws ---

_LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{}<w:lvlText w:val="%1.%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>'
    '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>'
    '<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    '<w:lvl w:ilvl="5"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
)
_NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{_LEVELS.format("")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{_LEVELS.format("<w:isLgl/>")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="8"/>'
    '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
)


def test_list_numbers_are_as_word_draws_them(tmp_path: Path) -> None:
    body = "".join(
        [
            listed("Kinh tế"), listed("Thu ngân sách", level=1), listed("thuế", level=2), listed("phí", level=2),
            listed("chấm", level=3), listed("gạch", level=4), listed("vòng", level=5), listed("Hộ nghèo", level=1),
            listed("lại từ đầu", level=2), p("Xen giữa."), listed("Xã hội"), listed("Mới", level=1),
            listed("Đếm tiếp", number=2), listed("Đặt lại", number=3), listed("rồi tiếp", number=3),
            listed("cùng một nguồn"), listed("thôi đánh số", number=0), listed("không có danh sách ấy", number=77),
            listed("La Mã", number=4), listed("toàn số thường", number=4, level=1),
        ]
    )  # fmt: skip
    assert lines(tmp_path, body, numbering=_NUMBERING) == [
        "I. Kinh tế", "I.1. Thu ngân sách", "a) thuế", "b) phí", "• chấm", "- gạch", "• vòng", "I.2. Hộ nghèo",
        "a) lại từ đầu", "Xen giữa.", "II. Xã hội", "II.1. Mới", "III. Đếm tiếp", "VIII. Đặt lại", "IX. rồi tiếp",
        "X. cùng một nguồn", "thôi đánh số", "không có danh sách ấy", "I. La Mã", "1.1. toàn số thường",
    ]  # fmt: skip


def test_headings_numbered_by_their_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Plain"><w:basedOn w:val="Plain"/></w:style>'
    )
    numbering = _NUMBERING.replace('<w:start w:val="1"/><w:numFmt w:val="decimal"/>', '<w:pStyle w:val="H2"/>', 1)
    body = p("Một", style="H1") + p("Con", style="H2") + p("Hai", style="H1") + p("thường", style="Plain")
    assert lines(tmp_path, body, styles=styles, numbering=numbering) == ["I. Một", "I.1. Con", "II. Hai", "thường"]


def test_a_column_of_numbers_that_word_draws(tmp_path: Path) -> None:
    empty = listed("").replace(r(""), "")
    body = table(tr(tc(empty), "Hộ nghèo"), tr(tc(empty), "Thu ngân sách")) + empty + listed("Tiếp")
    assert lines(tmp_path, body, numbering=_NUMBERING) == ["I.\tHộ nghèo", "II.\tThu ngân sách", "IV. Tiếp"]
