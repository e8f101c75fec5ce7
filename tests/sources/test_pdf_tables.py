"""Tables of a PDF: ruled or only aligned, merged, over pages; cells with their text, their spot and their box."""

from tests.sources.papers import SHEET, ink, lines_of, place_of, raw_pdf, read, shown, typeset

from nhiemky.sources.loaded import Drawn
from nhiemky.values.tables import Table

HEAD = """table.header(table.cell(rowspan: 2)[STT], table.cell(rowspan: 2)[Chỉ tiêu], table.cell(rowspan: 2)[ĐVT],
table.cell(colspan: 2)[Thực hiện], table.cell(rowspan: 2)[Ghi chú], [Năm 2023], [Năm 2024]),"""
FIRST = """table.cell(colspan: 6)[I. Kinh tế], [1], [Tổng thu ngân sách nhà nước trên địa bàn phường],
[tỷ đồng], [33,1], [36,7], [], table.cell(colspan: 6)[II. Xã hội],"""
COLUMNS = "columns: (1cm, 5cm, 2cm, 2cm, 2cm, 2.5cm),"
BARE = SHEET + "#set par(first-line-indent: 0pt, justify: false)\n"


def texts(drawn: Drawn, table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): drawn.text[cell.start : cell.end] for cell in table.cells}


def test_merged_heads_and_group_rows_stand_once_in_the_grid() -> None:
    drawn = read(typeset(f"#table({COLUMNS} {HEAD} {FIRST} [2], [Hộ nghèo], [hộ], [24], [15], [giảm])\n\nHết.", BARE))
    (table,) = drawn.tables
    assert (table.rows, table.columns) == (6, 6)
    spans = {(cell.row, cell.column): (cell.rows, cell.columns) for cell in table.cells}
    assert spans[0, 0] == spans[0, 1] == spans[0, 5] == (2, 1)
    assert spans[0, 3] == (1, 2)
    assert spans[2, 0] == spans[4, 0] == (1, 6)
    assert texts(drawn, table)[3, 1] == "Tổng thu ngân sách nhà nước trên địa bàn phường"
    assert lines_of(drawn) == [
        "STT\tChỉ tiêu\tĐVT\tThực hiện\tGhi chú",
        "Năm 2023\tNăm 2024",
        "I. Kinh tế",
        "1\tTổng thu ngân sách nhà nước trên địa bàn phường\ttỷ đồng\t33,1\t36,7\t",
        "II. Xã hội",
        "2\tHộ nghèo\thộ\t24\t15\tgiảm",
        "Hết.",
    ]


def test_a_cell_is_told_by_its_spot_and_box() -> None:
    raw = typeset(f"Biểu dưới đây.\n\n#table({COLUMNS} {HEAD} {FIRST} [2], [Hộ nghèo], [hộ], [24], [15], [])", BARE)
    drawn = read(raw)
    place = place_of(drawn, "36,7")
    assert (place.page, place.table, place.row, place.column) == (1, 1, 4, 5)
    assert place.label == "trang 1, bảng 1, hàng 4, cột 5"
    assert place.box is not None
    assert 0.05 < ink(shown(raw, 1), place.box, 595.3) < 0.5
    assert place_of(drawn, "Biểu dưới đây").table is None


def test_a_table_over_pages_is_one_and_its_repeated_head_stands_once() -> None:
    rows = "".join(
        f"[{number}], [Chỉ tiêu thứ {number}], [%], [{number},5], [{number},7], [đạt]," for number in range(2, 70)
    )
    numbered = BARE.replace("y: 2cm)", "y: 2cm), footer: align(center)[#context counter(page).display()]")
    drawn = read(typeset(f"#table({COLUMNS} {HEAD} {FIRST} {rows})\n\nHết bảng.", numbered))
    (table,) = drawn.tables
    assert table.rows == 5 + 68
    assert drawn.text.count("Chỉ tiêu\tĐVT") == 1
    assert texts(drawn, table)[72, 1] == "Chỉ tiêu thứ 69"
    assert place_of(drawn, "Chỉ tiêu thứ 69").page == 3
    assert lines_of(drawn)[-2:] == ["Hết bảng.", "1"]


def test_a_row_cut_by_the_page_is_put_together() -> None:
    words = " ".join(f"nội dung thứ {number} của mục" for number in range(20))
    long = f"Kết quả: {words}"
    cells = ["TT", "Nội dung", "Kết quả", "1", "Xây dựng nếp sống văn minh", long, "2", "Thi đua", "Tốt"]
    made = f"#table(columns: (1cm, 6cm, 6cm), {', '.join(f'[{cell}]' for cell in cells)})"
    drawn = read(typeset(f"#v(18cm)\n{made}", BARE))
    (table,) = drawn.tables
    assert table.rows == 3
    assert texts(drawn, table)[1, 2] == long
    assert texts(drawn, table)[2, 1] == "Thi đua"


def test_an_annex_lies_across_with_heads_on_end() -> None:
    across = BARE.replace('"a4"', '"a4", flipped: true')
    turned = "rotate(-90deg, reflow: true)[Đơn vị tính]"
    source = f"PHỤ LỤC\n\n#table(columns: 4, [STT], [Chỉ tiêu], {turned}, [Kế hoạch], [1], [Thu ngân sách], [tỷ], [30])"
    raw = typeset(source, across)
    drawn = read(raw)
    assert lines_of(drawn) == ["PHỤ LỤC", "STT\tChỉ tiêu\tĐơn vị tính\tKế hoạch", "1\tThu ngân sách\ttỷ\t30"]
    box = place_of(drawn, "Đơn vị tính").box
    assert box is not None
    assert box[3] - box[1] > 3 * (box[2] - box[0])
    assert 0.05 < ink(shown(raw, 1), box, 841.9) < 0.5


def test_columns_without_rules_are_a_table_where_three_of_them_line_up() -> None:
    rows = [
        ["STT", "Chỉ tiêu", "Năm 2023", "Năm 2024"],
        ["1", "Tổng thu ngân sách nhà nước trên địa bàn phường", "33,1", "36,7"],
        ["2", "Chi thường xuyên", "12,5", "13,8"],
        ["3", "Hộ nghèo", "24", "15"],
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    grid = f"#grid(columns: (1cm, 6cm, 2.5cm, 2.5cm), column-gutter: 14pt, row-gutter: 8pt, {cells})"
    drawn = read(typeset(f"Bảng 1. Thu, chi\n\n{grid}\n\nSau bảng là lời văn bình thường của báo cáo.", BARE))
    (table,) = drawn.tables
    assert (table.rows, table.columns) == (4, 4)
    assert lines_of(drawn) == [
        "Bảng 1. Thu, chi",
        *("\t".join(row) for row in rows),
        "Sau bảng là lời văn bình thường của báo cáo.",
    ]


def test_figures_beside_their_names_stay_on_their_lines() -> None:
    names = ["Thu nội địa", "Thu phí, lệ phí", "Thu khác", "Chi đầu tư"]
    grid = ", ".join(f"[{name}], [{number},5 tỷ đồng]" for number, name in enumerate(names, start=1))
    drawn = read(typeset(f"#grid(columns: (6cm, 4cm), row-gutter: 8pt, {grid})", BARE))
    assert lines_of(drawn) == [f"{name}\t{number},5 tỷ đồng" for number, name in enumerate(names, start=1)]


def test_borders_drawn_as_thin_boxes_rule_a_table_and_a_frame_does_not() -> None:
    boxes = b"".join(b"80 %d 300 0.5 re f\n" % y for y in (600, 640, 680)) + b"".join(
        b"%d 600 0.5 80 re f\n" % x for x in (80, 180, 379)
    )
    words = b"".join(
        b"BT /F 12 Tf %d %d Td (%s) Tj ET\n" % (x, y, word)
        for x, y, word in ((90, 655, b"Nam"), (190, 655, b"Thu"), (90, 615, b"2024"), (190, 615, b"36,7"))
    )
    frame = b"60 500 400 40 re S BT /F 12 Tf 70 515 Td (Trong khung) Tj ET\n"
    fonts = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    drawn = read(raw_pdf(boxes + words + frame, fonts))
    assert lines_of(drawn) == ["Nam\tThu", "2024\t36,7", "Trong khung"]
    assert [(table.rows, table.columns) for table in drawn.tables] == [(2, 2)]
