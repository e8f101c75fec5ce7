"""What a person is shown of a table and may change, where its facts stand, and workbooks read from file to fact."""

from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.grids import drawn
from tests.report import packs

from nhiemky.reading import annex
from nhiemky.reading.annex import Role, RowKind, TableReading
from nhiemky.reading.facts import Result, Target
from nhiemky.report.docx import to_docx
from nhiemky.report.midterm import midterm_paper
from nhiemky.report.pdf import to_pdf
from nhiemky.sources import load
from nhiemky.values.period import Period
from nhiemky.values.tables import Table

BEFORE = "KẾT QUẢ THỰC HIỆN CHỈ TIÊU NHIỆM KỲ 2020-2025\n"
GRID = """
STT | Chỉ tiêu | ĐVT | Mục tiêu NQ | Năm 2022 | Số khác | % so cùng kỳ | Đánh giá
I | Xã hội | | | | | |
1 | Tỷ lệ bao phủ BHYT | % | ≥ 93 | 91,8 | 92,4 | 101 | đạt
2 | Hộ nghèo | hộ | 12 | Không rõ | 10 | |
3 | Xã đạt chuẩn | | Đạt | | | |
Ghi chú: số liệu của các ban, ngành | < | < | < | < | < | < | <
"""


def reading_of(grid: str = GRID, before: str = BEFORE) -> tuple[str, Table, TableReading]:
    text, table = drawn(grid, before)
    reading = annex.recognise(text, table)
    assert reading is not None
    return text, table, reading


def test_each_column_tells_its_role_and_the_words_that_decided_it() -> None:
    _, _, reading = reading_of()
    told = [(c.role.label, c.words, c.said) for c in reading.columns]
    assert told == [
        ("số thứ tự", "stt", "stt"),
        ("tên chỉ tiêu", "chỉ tiêu", "chỉ tiêu"),
        ("đơn vị tính", "đvt", "đvt"),
        ("mục tiêu, kế hoạch", "mục tiêu nq", "mục tiêu nq"),
        ("kết quả", "năm 2022", ""),
        ("chưa rõ", "số khác", ""),
        ("so với kỳ trước", "% so cùng kỳ", "cùng kỳ"),
        ("đánh giá", "đánh giá", "đánh giá"),
    ]
    sure = {c.column: c.confidence for c in reading.columns}
    assert sure[3] > sure[4] > sure[5]


def test_each_row_tells_its_kind() -> None:
    _, _, reading = reading_of()
    assert [(row.kind, row.name) for row in reading.rows] == [
        (RowKind.HEAD, ""),
        (RowKind.GROUP, "Xã hội"),
        (RowKind.INDICATOR, "tỷ lệ bao phủ BHYT"),
        (RowKind.INDICATOR, "hộ nghèo"),
        (RowKind.INDICATOR, "xã đạt chuẩn"),
        (RowKind.NOTE, "Ghi chú: số liệu của các ban, ngành"),
    ]


def test_what_gives_no_fact_is_told_with_its_reason_and_place() -> None:
    text, _, reading = reading_of()
    assert [(o.row, o.column, o.words, o.why) for o in reading.left_out] == [
        (None, 5, "số khác", "chưa nhận ra cột này nói gì"),
        (None, 6, "% so cùng kỳ", "so với kỳ trước: tính lại được từ hai kết quả"),
        (3, 4, "Không rõ", "ô không có con số"),
        (4, 3, "Đạt", "ô ghi tình trạng, không có con số"),
    ]
    assert [text[slice(*o.span)] for o in reading.left_out] == ["Số khác", "% so cùng kỳ", "Không rõ", "Đạt"]


def test_a_person_may_give_a_column_another_role() -> None:
    text, table, reading = reading_of()
    before = annex.facts_of(text, table, reading)
    assert [r.value for r in before.results] == [91.8]
    changed = reading.with_role(5, Role.RESULT, "2023").with_role(4, Role.UNKNOWN)
    after = annex.facts_of(text, table, changed)
    assert [(r.indicator, r.value, r.period) for r in after.results] == [
        ("tỷ lệ bao phủ BHYT", 92.4, "2023"),
        ("hộ nghèo", 10.0, "2023"),
    ]
    assert [c.confidence for c in changed.columns if c.column == 5] == [1.0]
    assert reading.columns[5].role is Role.UNKNOWN  # the first reading stays as it was


def test_a_name_column_may_be_chosen_too() -> None:
    text, table, reading = reading_of("STT | Chỉ tiêu | Diễn giải | Kế hoạch 2024\n1 | Hộ nghèo | số hộ còn lại | 12\n")
    changed = reading.with_role(1, Role.NOTE).with_role(2, Role.INDICATOR)
    assert [t.indicator for t in annex.facts_of(text, table, changed).targets] == ["số hộ còn lại"]


def test_a_reading_is_plain_data() -> None:
    _, _, reading = reading_of()
    assert msgspec.json.decode(msgspec.json.encode(reading), type=TableReading) == reading


@pytest.mark.parametrize("role", Role)
def test_roles_are_named_in_both_languages(role: Role) -> None:
    assert role.label
    assert role.english
    assert role.label != role.english


def test_facts_stand_in_the_cells_that_say_them() -> None:
    text, table, reading = reading_of()
    facts = annex.facts_of(text, table, reading)
    made: list[Target | Result] = [*facts.targets, *facts.results]
    told = {(fact.rule, text[slice(*fact.span)]) for fact in made}
    assert told == {("annex.target", "≥ 93"), ("annex.target", "12"), ("annex.result", "91,8")}
    assert reading.span == (table.start, table.end)


def test_words_beside_a_figure_and_a_missing_unit_make_it_less_sure() -> None:
    text, table, reading = reading_of(
        "Nội dung | Chỉ tiêu phấn đấu\nTỷ lệ hộ dùng nước sạch | 98%\nMôi trường | các ngõ, xóm sạch 98%\nĐiểm | 98\n"
    )
    plain, beside, without = (t.confidence for t in annex.facts_of(text, table, reading).targets)
    assert plain > beside
    assert plain > without


def test_a_table_of_another_kind_is_left_to_prose() -> None:
    text, table = drawn("Họ và tên | Chức vụ\nTrần Thị Mẫu | Bí thư\n")
    assert annex.recognise(text, table) is None
    assert annex.readings(text, [table]) == []


def test_a_headless_table_far_below_another_is_not_its_next_page() -> None:
    text, first = drawn("Chỉ tiêu | Kế hoạch 2024\nHộ nghèo | 12\n", BEFORE)
    text, second = drawn("Bình quân | 14\nHộ | 15\n", f"{text}\nSố liệu tham khảo của đơn vị khác\n")
    assert [table for table, _ in annex.readings(text, [first, second])] == [first]


def test_prose_keeps_what_no_annex_holds() -> None:
    text, table, reading = reading_of(before=f"Tỷ lệ bao phủ BHYT đạt 91,8%.\n{BEFORE}")
    found = annex.read_tables(text, [table])
    assert found.spans == (reading.span,)
    assert [t.low for t in found.targets] == [93, 12]
    elsewhere = msgspec.structs.replace(found.results[0], span=(0, 28))
    assert found.outside([elsewhere, *found.results]) == [elsewhere]
    assert annex.read_tables(text, []) == annex.Annexes()


# From a workbook to facts


def sheet_of(book: Any) -> None:
    """A plan sheet as an office makes it: title, unit above the table, merged heads, percentages as such."""
    sheet = book.active
    sheet.title = "Biểu 01"
    rows = [
        ["ĐẢNG ỦY XÃ TÂN LŨNG"],
        ["KẾT QUẢ THỰC HIỆN CHỈ TIÊU 6 THÁNG ĐẦU NĂM 2024"],
        [None, None, None, None, "ĐVT: triệu đồng"],
        ["STT", "Chỉ tiêu", "Kế hoạch 2024", "Thực hiện", None],
        [None, None, None, "6 tháng", "% so KH"],
        ["I", "KINH TẾ"],
        [1, "Thu ngân sách", 45000, 24300, 0.54],
        [2, "Tỷ lệ hộ nghèo (%)", "<1", 0.85, None],
        [3, "Hồ sơ trực tuyến", 1, 0.992, 0.992],
    ]
    for row in rows:
        sheet.append(row)
    for cells in ("A1:E1", "A2:E2", "A4:A5", "B4:B5", "C4:C5", "D4:E4"):
        sheet.merge_cells(cells)
    for cell in ("E7", "E9", "C9"):
        sheet[cell].number_format = "0%"
    sheet["D9"].number_format = "0.0%"
    sheet["C7"].number_format = "#,##0"


def test_a_workbook_is_read_from_file_to_fact(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet_of(book)
    path = tmp_path / "bieu.xlsx"
    book.save(path)
    loaded = load(path)
    ((table, reading),) = annex.readings(loaded.text, loaded.tables)
    facts = annex.facts_of(loaded.text, table, reading)
    assert [(t.indicator, t.direction, t.low, t.unit, t.by) for t in facts.targets] == [
        ("thu ngân sách", "equal", 45e9, "đồng", "2024"),
        ("tỷ lệ hộ nghèo", "at_most", 1.0, "%", "2024"),
        ("hồ sơ trực tuyến", "equal", 100.0, "%", "2024"),
    ]
    assert [(r.indicator, r.value, r.unit, r.period, r.ratio) for r in facts.results] == [
        ("thu ngân sách", 24.3e9, "đồng", "2024-H1", 54.0),
        ("tỷ lệ hộ nghèo", 0.85, "%", "2024-H1", None),
        ("hồ sơ trực tuyến", 99.2, "%", "2024-H1", 99.0),
    ]
    place = loaded.places.of(*facts.results[0].span)
    assert place is not None
    assert place.label == "trang tính “Biểu 01”, D7"
    assert facts.warnings == ()


# The annex of our own reviews, from the paper back to its figures


@pytest.mark.parametrize("name", ["kiểm điểm.docx", "kiểm điểm.pdf"])
def test_the_annex_of_our_own_review_is_read_back(tmp_path: Path, name: str) -> None:
    pack = packs.full()
    paper = midterm_paper(pack)
    path = tmp_path / name
    path.write_bytes(to_docx(paper) if name.endswith("docx") else to_pdf(paper))
    loaded = load(path)
    ((table, reading),) = annex.readings(loaded.text, loaded.tables)
    facts = annex.facts_of(loaded.text, table, reading)
    goals = {(t.indicator.lower(), t.direction, t.low, t.high) for t in facts.targets}
    told = {(r.indicator.lower(), r.period, r.value) for r in facts.results}
    rows = [row for row in pack["rows"] if row["target"]["low"] is not None]
    assert len(rows) > 10
    for row in rows:
        target, said = row["target"], row["target"]["name"].lower()
        assert (said, target["direction"], target["low"], target["high"]) in goals
        for result in row["results"]:
            assert (said, result["period"], result["value"]) in told
    assert [left.words for left in reading.left_out] == ["theo lời văn Nghị quyết[28]"]


# Whatever a table holds

SAID = sorted(
    {
        cell.strip()
        for file in ("term", "yearly", "thin", "odd")
        for case in yaml.safe_load((Path(__file__).parent / "annexes" / f"{file}.yaml").read_text("utf-8"))
        for line in case["table"].split("\n")
        for cell in line.split("|")
    }
)
CELL = st.one_of(st.sampled_from(SAID), st.text("0123456789.,%/-+≥<>=() ivxđ", max_size=8), st.text(max_size=5))
ROWS = st.integers(2, 6).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=9))


@settings(max_examples=300, deadline=None)
@given(ROWS, CELL)
def test_any_table_is_read_or_left_and_every_fact_says_what_its_cell_says(rows: list[list[str]], before: str) -> None:
    grid = "\n".join(" | ".join(cell.replace("|", " ").replace("\n", " ") for cell in row) for row in rows) or "x"
    text, table = drawn(grid, before.replace("\r", " "))
    spans = {(cell.start, cell.end) for cell in table.cells}
    for _, reading in annex.readings(text, [table]):
        facts = annex.facts_of(text, table, reading)
        told: list[Target | Result] = [*facts.targets, *facts.results]
        for fact in told:
            assert fact.span in spans
            assert fact.indicator
            assert 0 < fact.confidence <= 1
        for result in facts.results:
            assert result.period is None or Period.parse(result.period)
        assert annex.facts_of(text, table, reading) == facts
