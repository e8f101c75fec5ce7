"""Workbooks are read as a person sees them: what cells show, where each word stands, what is hidden or broken."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from nhiemky.sources import Loaded, SourceError, load
from nhiemky.sources.sheet import draw, grid
from nhiemky.sources.sheet.formats import shown

Book = openpyxl.Workbook
NAME = Path("bieu.xlsx")


def packed(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def made(fill: Callable[[Any], object], title: str = "PL1") -> bytes:
    """A workbook of one sheet."""
    book = Book()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    fill(sheet)
    return packed(book)


def lines(raw: bytes) -> list[str]:
    return draw(NAME, raw).text.split("\n")


def loaded(tmp_path: Path, raw: bytes, name: str = "bieu.xlsx") -> Loaded:
    path = tmp_path / name
    path.write_bytes(raw)
    return load(path)


def annex(sheet: Any) -> None:
    sheet.append(["Phụ lục 1"])
    sheet.append([])
    sheet.append(["STT", "Chỉ tiêu", "ĐVT", "Kết quả", None])
    sheet.append([None, None, None, 2023, 2024])
    sheet.append([1, "Tỷ lệ bao phủ\nbảo hiểm y tế", "%", 93.4, 94.25])
    for cells in ("A3:A4", "B3:B4", "C3:C4", "D3:E3"):
        sheet.merge_cells(cells)


def test_a_sheet_begins_with_its_name_and_has_a_line_for_each_row() -> None:
    assert lines(made(annex)) == [
        "PL1",
        "",
        "Phụ lục 1",
        "",
        "STT\tChỉ tiêu\tĐVT\tKết quả",
        "2023\t2024",
        "1\tTỷ lệ bao phủ bảo hiểm y tế\t%\t93,4\t94,25",
        "",
    ]


def test_each_word_knows_its_cell() -> None:
    drawn = draw(NAME, made(annex))
    start = drawn.text.index("94,25")
    place = drawn.places.of(start, start + 5)
    assert place is not None
    assert (place.sheet, place.cell) == ("PL1", "E5")
    assert place.label == "trang tính “PL1”, E5"


def test_the_table_keeps_merged_cells_once() -> None:
    drawn = draw(NAME, made(annex))
    (table,) = drawn.tables
    told = {(c.row, c.column): (drawn.text[c.start : c.end], c.rows, c.columns) for c in table.cells}
    assert told == {
        (0, 0): ("STT", 2, 1), (0, 1): ("Chỉ tiêu", 2, 1), (0, 2): ("ĐVT", 2, 1), (0, 3): ("Kết quả", 1, 2),
        (1, 3): ("2023", 1, 1), (1, 4): ("2024", 1, 1),
        (2, 0): ("1", 1, 1), (2, 1): ("Tỷ lệ bao phủ bảo hiểm y tế", 1, 1), (2, 2): ("%", 1, 1),
        (2, 3): ("93,4", 1, 1), (2, 4): ("94,25", 1, 1),
    }  # fmt: skip


def test_blocks_between_empty_rows_are_tables_of_their_own() -> None:
    def fill(sheet: Any) -> None:
        for row in (["A", "B"], [1, 2], [], ["Biểu 2"], [], ["C", "D", None, "F"], [3, None, None, 6]):
            sheet.append(row)

    drawn = draw(NAME, made(fill))
    assert [(t.rows, t.columns) for t in drawn.tables] == [(2, 2), (2, 3)]
    assert "C\tD\tF\n3\t\t6\n" in drawn.text


def test_sheets_follow_one_another() -> None:
    book = Book()
    first = book.active
    assert first is not None
    first.title = "Kinh tế"
    first.append(["Thu ngân sách", 12])
    book.create_sheet("Trống")
    book.create_sheet("Xã hội").append(["Hộ nghèo", 3])
    assert lines(packed(book)) == ["Kinh tế", "", "Thu ngân sách\t12", "", "", "Xã hội", "", "Hộ nghèo\t3", ""]


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.935, "0.0%", "93,5%"), (1.05, "0%", "105%"), (93.5, '0.0"%"', "93,5%"), (0.935, "0.0 %", "93,5 %"),
        (1234.5, "General", "1.234,5"), (0.1 + 0.2, "General", "0,3"), (700 / 9, "General", "77,77777778"),
        (93.4, "General", "93,4"), (12345678901, "General", "12.345.678.901"), (1e-7, "General", "0,0000001"),
        (2024, "General", "2024"), (2101, "General", "2.101"), (2024, "#,##0", "2.024"), (1234, "0", "1234"),
        (1234567.8, "#,##0.0", "1.234.567,8"), (12.5, "#,##0.##", "12,5"), (0.5, "#.##", "0,5"), (5, "00", "05"),
        (-5, "#,##0", "-5"), (-5, "#,##0;(#,##0)", "-5"), (-5, "#,##0_);[Red](#,##0)", "-5"), (-5, "0;-0;0", "-5"),
        (3, "+0;-0", "+3"), (0, '#,##0;-#,##0;"-"', "-"), (1, ";;;", ""), (0, "#", ""),
        (1234567, "#,##0,", "1.235"), (1500, "#,##0 [$₫-42A]", "1.500 ₫"), (5, '0 "hộ"', "5 hộ"), (7, "@", "7"),
        (95, '[>=90]0" cao";0" thấp"', "95 cao"), (80, '[>=90]0" cao";0" thấp"', "80 thấp"), (0.25, "# ?/?", "0,25"),
        (1e22, "0.00", "10.000.000.000.000.000.000.000"),
        (45000, "dd/mm/yyyy", "15/03/2023"), (45000, "[$-42A]dd mmmm yyyy", "15/03/2023"),
        (45000, '"ngày" dd "tháng" mm "năm" yyyy', "15/03/2023"), (45000, "mmm-yy", "03/2023"),
        (45000, "yyyy", "2023"), (45000, "mmmm", "03"), (45000, "d-mmm", "15/03"), (59, "d/m/yyyy", "28/02/1900"),
        (45000.3125, "dd/mm/yyyy hh:mm", "15/03/2023 07:30"), (0.5, "h:mm", "12:00"), (2.5, "[h]:mm", "60:00"),
        (-1, "dd/mm/yyyy", "-1"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_the_sheet_shows_it_and_as_vietnam_writes(value: float, code: str, seen: str) -> None:
    assert shown(value, code).text == seen


def test_digits_that_a_format_leaves_out_are_told() -> None:
    assert [shown(v, c).rounded for v, c in ((0.935, "0%"), (0.935, "0.0%"), (5, "0.00"), (1234567, "#,##0,"))] == [
        True, False, False, False,
    ]  # fmt: skip

    def fill(sheet: Any) -> None:
        sheet.append(["Đạt", 0.93537])
        sheet["B1"].number_format = "0%"

    (note,) = draw(NAME, made(fill)).notes
    assert "1 ô hiện số đã làm tròn" in note
    assert "B1: hiện 94%, trong ô 0,93537" in note


def test_dates_and_percentages_of_cells() -> None:
    def fill(sheet: Any) -> None:
        moment = datetime(2024, 6, 30, 7, 30)  # noqa: DTZ001 – a sheet knows no time zones
        sheet.append([date(2024, 6, 30), moment, 0.5, True, 12])
        sheet["C1"].number_format = "0%"
        sheet["E1"].number_format = "d-mmm"

    drawn = draw(NAME, made(fill))
    assert "30/06/2024\t30/06/2024 07:30\t50%\tTRUE\t12/01" in drawn.text
    assert "ô E1 là ngày không có năm" in drawn.notes[0]


def test_days_count_from_1904_where_the_file_says_so() -> None:
    book = Book()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = date(2024, 6, 30)
    assert "30/06/2024" in lines(packed(book))


def hidden_parts(book: Any) -> None:
    sheet = book.active
    sheet.title = "PL1"
    for row in (["STT", "Nháp", "Chỉ tiêu"], [1, "x", "Hộ nghèo"], [2, "y", "Bỏ"], [3, "z", "Hộ cận nghèo"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    for name, state in (("Nháp", "hidden"), ("Kín", "veryHidden")):
        extra = book.create_sheet(name)
        extra.append(["không ai thấy"])
        extra.sheet_state = state


def test_what_is_hidden_is_left_out_and_told() -> None:
    book = Book()
    hidden_parts(book)
    drawn = draw(NAME, packed(book))
    assert drawn.text == "PL1\n\nSTT\tChỉ tiêu\n1\tHộ nghèo\n3\tHộ cận nghèo\n"
    assert drawn.notes == (
        "Trang tính “Nháp” đang ẩn, không đọc.",
        "Trang tính “Kín” đang ẩn, không đọc.",
        "Trang tính “PL1”: không đọc 1 hàng ẩn (3).",
        "Trang tính “PL1”: không đọc 1 cột ẩn (B).",
    )
    place = drawn.places.of(*[drawn.text.index("Hộ cận")] * 2)
    assert place is not None
    assert place.cell == "C4"


def test_words_merged_over_a_hidden_column_are_still_seen() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Kết quả", None, "Ghi chú"])
        sheet.append([1, 2, "x"])
        sheet.merge_cells("A1:B1")
        sheet.column_dimensions["A"].hidden = True

    assert draw(NAME, made(fill)).text == "PL1\n\nKết quả\tGhi chú\n2\tx\n"


def test_formulas_without_a_value_and_with_an_error_name_their_cells() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Thu", "=SUM(C1:C9)", "#REF!", "#DIV/0!"])

    drawn = draw(NAME, made(fill))
    assert any("chưa có kết quả ở ô B1" in note for note in drawn.notes)
    assert any("báo lỗi ở ô C1 #REF!, D1 #DIV/0!" in note for note in drawn.notes)
    assert "Thu\t#REF!\t#DIV/0!" in drawn.text


def test_a_formula_shows_the_value_that_was_saved() -> None:
    raw = changed(made(lambda sheet: sheet.append(["Thu", "=A2+1"])), "sheet1.xml", b"</f>", b"</f><v>12.50</v>")
    drawn = draw(NAME, raw)
    assert "Thu\t12,5" in drawn.text
    assert drawn.notes == ()


def test_letters_of_old_fonts_are_turned() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "§¶ng bé x·"
        sheet["A1"].font = Font(name=".VnTime")
        sheet["B1"] = "Ñaûng boä xaõ"
        sheet["B1"].font = Font(name="VNI-Times")
        sheet["C1"] = CellRichText("Chỉ tiêu: ", TextBlock(InlineFont(rFont=".VnTimeH"), "hé nghÌo"))
        sheet["D1"] = "§ để nguyên"

    drawn = draw(NAME, made(fill))
    assert "Đảng bộ xã\tĐảng bộ xã\tChỉ tiêu: HỘ NGHÈO\t§ để nguyên" in drawn.text
    assert drawn.notes == ("chữ TCVN3 (ABC) đã đổi sang Unicode", "chữ VNI đã đổi sang Unicode")


def changed(raw: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The workbook with `old` replaced in one of its parts, or that part added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith(member):
                assert old in content, content
                content = content.replace(old, new)
            after.writestr(name, content)
        if not any(name.endswith(member) for name in before.namelist()):
            after.writestr(member, new)
    return out.getvalue()


def test_strings_of_all_three_kinds_are_read() -> None:
    raw = made(lambda sheet: sheet.append(["một", "hai", "ba"]))
    shared = (
        "<sst><si><t>H\u1ed9 _x0041_</t></si><si><r><rPr><rFont val='.VnTime'/></rPr><t>nghÌ</t></r><r><t>o</t></r>"
        "<rPh><t>x</t></rPh></si></sst>"
    )
    raw = changed(raw, "sheet1.xml", b'"A1" t="inlineStr"><is><t>m&#7897;t</t></is>', b'"A1" t="s"><v>0</v>')
    raw = changed(raw, "sheet1.xml", b'"B1" t="inlineStr"><is><t>hai</t></is>', b'"B1" t="s"><v>1</v>')
    raw = changed(raw, "sheet1.xml", b'"C1" t="inlineStr"><is><t>ba</t></is>', b'"C1" t="str"><v>c\xc3\xa0</v>')
    raw = changed(raw, "xl/sharedStrings.xml", b"", shared.encode())
    relation = b"<Relationship Type='x/sharedStrings' Target='sharedStrings.xml' Id='rId9'/></Relationships>"
    raw = changed(raw, "workbook.xml.rels", b"</Relationships>", relation)
    assert "Hộ A\tnghèo\tcà" in lines(raw)


def test_rows_and_cells_without_addresses_are_counted() -> None:
    raw = made(lambda sheet: [sheet.append([1, 2]), sheet.append([3, 4])])
    for old in (b' r="A1"', b' r="B1"', b' r="A2"', b' r="B2"', b'<row r="1"', b'<row r="2"'):
        raw = changed(raw, "sheet1.xml", old, b"<row" if old.startswith(b"<row") else b"")
    drawn = draw(NAME, raw)
    assert "1\t2\n3\t4" in drawn.text
    assert [place.cell for _, _, place in drawn.places][1:] == ["A1", "B1", "A2", "B2"]


def test_macros_are_not_run_and_told() -> None:
    raw = changed(made(annex), "xl/vbaProject.bin", b"", b"\xd0\xcf\x11\xe0")
    assert "Tệp có macro: chỉ đọc số liệu, không chạy macro." in draw(Path("a.xlsm"), raw).notes


def test_a_workbook_is_loaded_with_its_tables(tmp_path: Path) -> None:
    read = loaded(tmp_path, made(annex))
    assert (read.kind, len(read.tables)) == ("xlsx", 1)


def test_an_empty_workbook_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="không có chữ nào"):
        loaded(tmp_path, packed(Book()))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    raw = changed(made(annex), "xl/worksheets/sheet9.xml", b"", b" " * 30_000_000)
    with pytest.raises(SourceError, match="bom nén"):
        loaded(tmp_path, raw)


@pytest.mark.parametrize(("limit", "said"), [("CELLS", "ô có nội dung"), ("LETTERS", "ký tự"), ("STYLED", "ô")])
def test_more_than_any_report_has_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, said: str) -> None:
    raw = made(lambda sheet: [sheet.append(["Hộ nghèo", 3]) for _ in range(10)])
    monkeypatch.setattr(grid, limit, 19)
    with pytest.raises(SourceError, match=rf"bieu\.xlsx: quá 19 {said}\."):
        draw(NAME, raw)


def test_cells_at_the_ends_of_a_sheet_take_no_room() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["XFD1"], sheet["XFD1048576"] = "đầu", "giữa", "cuối"
        sheet.merge_cells("A1:XFC1")

    assert draw(NAME, made(fill)).text == "PL1\n\nđầu\tgiữa\n\ncuối\n"


def test_a_grid_too_large_for_its_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "AREA", 99)
    raw = made(lambda sheet: [sheet.cell(n, n, "x") for n in range(1, 11)])
    with pytest.raises(SourceError, match="quá 99 chỗ trong bảng"):
        draw(NAME, raw)


# XLS


def old_book() -> xlwt.Workbook:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("PL1")
    sheet.write_merge(0, 1, 0, 0, "STT")
    sheet.write_merge(0, 0, 1, 2, "Kết quả")
    sheet.write(1, 1, 2023)
    sheet.write(1, 2, "2024")
    sheet.write(2, 0, 1)
    sheet.write(2, 1, 0.935, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(2, 2, date(2024, 6, 30), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    sheet.write(3, 1, "§¶ng bé", xlwt.easyxf("font: name .VnTime"))
    font = xlwt.Font()
    font.name = "VNI-Times"
    sheet.write_rich_text(3, 2, ["Hộ ", ("ngheøo", font)])
    sheet.write(4, 1, "bỏ")
    sheet.row(4).hidden = True
    sheet.write(5, 3, "bỏ")
    sheet.col(3).hidden = True
    sheet.write(6, 1, True)
    sheet.row(6).set_cell_error(2, 0x17)
    book.add_sheet("Kín").visibility = 1
    return book


def test_xls_is_read_with_formats_fonts_and_hidden_parts() -> None:
    drawn = draw(Path("cu.xls"), packed(old_book()))
    assert drawn.text == ("PL1\n\nSTT\tKết quả\n2023\t2024\n1\t93,5%\t30/06/2024\n\tĐảng bộ\tHộ nghèo\n\nTRUE\t#REF!\n")
    assert [(t.rows, t.columns) for t in drawn.tables] == [(4, 3)]
    assert drawn.notes == (
        "chữ TCVN3 (ABC) đã đổi sang Unicode",
        "chữ VNI đã đổi sang Unicode",
        "Trang tính “Kín” đang ẩn, không đọc.",
        "Trang tính “PL1”: không đọc 1 hàng ẩn (5).",
        "Trang tính “PL1”: không đọc 1 cột ẩn (D).",
        "Trang tính “PL1”: công thức báo lỗi ở ô C7 #REF!. Hãy sửa công thức rồi lưu lại.",
    )


def test_xls_is_told_by_content(tmp_path: Path) -> None:
    assert loaded(tmp_path, packed(old_book()), "bieu.doc").kind == "xls"


def test_an_xls_with_a_password_is_refused(tmp_path: Path) -> None:
    locked = packed(old_book()).replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)  # FILEPASS for INTERFACEHDR
    with pytest.raises(SourceError, match="mật khẩu"):
        loaded(tmp_path, locked, "bieu.xls")


def test_an_xlsx_with_a_password_is_refused(tmp_path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(SourceError, match="mật khẩu"):
        loaded(tmp_path, locked)


def test_an_xls_too_large_is_refused() -> None:
    with pytest.raises(SourceError, match=r"a\.xls: tệp \.xls 16 MB"):
        draw(Path("a.xls"), b"\xd0\xcf\x11\xe0" + bytes(16 * 1024 * 1024))


def test_macros_of_an_xls_are_told() -> None:
    raw = packed(old_book()) + "_VBA_PROJECT_CUR".encode("utf-16-le")
    assert "Tệp có macro: chỉ đọc số liệu, không chạy macro." in draw(Path("a.xls"), raw).notes


def broken_files() -> Iterator[tuple[str, bytes]]:
    """Workbooks with some bytes changed or their end cut off, XLSX also inside its parts."""
    chance = random.Random(20)
    new, old = made(annex), packed(old_book())
    members = [name for name in zipfile.ZipFile(io.BytesIO(new)).namelist() if name.endswith((".xml", ".rels"))]

    def hurt(raw: bytes) -> bytes:
        bytes_ = bytearray(raw)
        for _ in range(chance.choice((1, 2, 5, 20))):
            bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
        return bytes(bytes_[: chance.randrange(len(bytes_))] if chance.random() < 0.2 else bytes_)

    for _ in range(150):
        yield "a.xlsx", hurt(new)
        yield "a.xls", hurt(old)
        member = chance.choice(members)
        content = zipfile.ZipFile(io.BytesIO(new)).read(member)
        yield "a.xlsx", changed(new, member, content, hurt(content))


def test_broken_files_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    told: list[str] = []
    read = 0
    for name, raw in broken_files():
        try:
            loaded(tmp_path, raw, name)
            read += 1
        except SourceError as error:
            told.append(str(error))
    assert read > 50
    assert len(told) > 100
    assert all(said.startswith(("a.xls: ", "a.xlsx: ")) for said in told)


WORDS = st.text("abcđếộ 1,5%\n\t", max_size=6)


@settings(max_examples=40, deadline=None)
@example({(1, 2): "1", (2, 1): "1"}, [(1, 2, 2, 1), (2, 1, 1, 2)])  # both boxes claim the cell below
@given(
    st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 5)), WORDS, min_size=1, max_size=25),
    st.lists(st.tuples(*[st.integers(1, 5)] * 4), max_size=3),
)
def test_every_cell_stands_where_its_place_says(
    cells: dict[tuple[int, int], str], boxes: list[tuple[int, int, int, int]]
) -> None:
    book = Book()
    sheet = book.active
    assert sheet is not None
    for (row, column), words in cells.items():
        sheet.cell(row, column).value = words
    for top, left, height, width in boxes:
        sheet.merge_cells(start_row=top, start_column=left, end_row=top + height - 1, end_column=left + width - 1)
    raw = packed(book)
    kept = {c.coordinate: " ".join(str(c.value).split()) for row in sheet.iter_rows() for c in row if c.value}
    drawn = draw(NAME, raw)
    told = {p.cell: drawn.text[start:end] for start, end, p in drawn.places if p.cell}
    assert told == {name: words for name, words in kept.items() if words}
    for table in drawn.tables:
        spots = [(c.row + r, c.column + k) for c in table.cells for r in range(c.rows) for k in range(c.columns)]
        assert sorted(spots) == [(r, k) for r in range(table.rows) for k in range(table.columns)]
