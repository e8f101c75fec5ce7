"""A long document is read in pages: every fact on one of them, its text beside it; any address gets a page."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.desk.blocks import TableBlock, blocks
from nhiemky.desk.stretches import MOST, SIZE, SPREAD, Wish, stretch, wish_of
from nhiemky.values.tables import Cell, Table

LINE = "Tỷ lệ hộ dùng nước sạch đạt 91,8% kế hoạch.\n"


def spans(count: int, every: int = len(LINE)) -> list[tuple[int, int]]:
    return [(at * every + 28, at * every + 33) for at in range(count)]


@given(st.lists(st.integers(0, 200_000), max_size=120), st.integers(1, 200))
def test_every_fact_is_on_one_page_and_its_text_beside_it(starts: list[int], page: int) -> None:
    text = LINE * (200_100 // len(LINE))
    held = [(start, start + 5) for start in sorted(starts)]
    first = stretch(text, held, None, Wish())
    seen: list[int] = []
    for number in range(1, first.count + 1):
        one = stretch(text, held, None, Wish(page=number))
        seen += range(one.first, one.last)
        assert one.last - one.first <= SIZE
        assert one.end - one.start < SPREAD + 10_000
        assert all(one.start <= start and end <= one.end for start, end in held[one.first : one.last])
    assert seen == list(range(len(held)))
    assert stretch(text, held, None, Wish(page=page)).number == min(page, first.count)


def test_a_short_document_is_one_page_with_all_its_text() -> None:
    one = stretch(LINE * 30, spans(30), None, Wish())
    assert (one.count, one.start, one.end, one.lines_before, one.lines_after) == (1, 0, len(LINE) * 30, 0, 0)


def test_the_page_of_a_fact_and_of_a_passage() -> None:
    text, held = LINE * 500, spans(500)
    assert stretch(text, held, SIZE, Wish()).number == 2
    passage = (len(LINE) * 300, len(LINE) * 300 + 20)
    at = stretch(text, held, None, Wish(span=passage))
    assert at.first <= 300 < at.last
    assert at.start <= passage[0] < passage[1] <= at.end


def test_more_text_is_shown_line_by_line_and_never_all_of_a_huge_one() -> None:
    text = LINE * 20_000
    start, end = 10_010, 10_020
    wide = stretch(text, spans(20_000), None, Wish(page=8, text=(start, end)))
    assert text[wide.start : wide.end] == LINE
    assert wide.lines_before + wide.lines_after + 1 == 20_000
    most = stretch(text, [], None, Wish(text=(0, 10**9)))
    assert most.end < MOST + len(LINE)
    further = stretch(text, [], None, wish_of({"text": most.wider_after}))
    assert further.end > most.end


@given(st.dictionaries(st.sampled_from(["p", "past", "page", "span", "text"]), st.text(max_size=24)))
def test_any_address_gives_a_page(asked: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(asked)
    one = stretch(LINE * 90, spans(90), None, wish_of(query))
    assert 1 <= one.number <= one.count
    assert 0 <= one.start <= one.end <= len(LINE) * 90


def table_of(rows: int) -> tuple[str, Table]:
    """A head, then a group that is merged over all rows below it, each with a name."""
    text, cells = "Nhóm\tChỉ tiêu\n", [Cell(0, 0, 0, 4), Cell(0, 1, 5, 13)]
    for row in range(1, rows):
        group = "Xã hội" if row == 1 else ""
        start = len(text)
        if group:
            cells.append(Cell(row, 0, start, start + len(group), rows=rows - 1))
        cells.append(Cell(row, 1, start + len(group) + 1, start + len(group) + 6))
        text += f"{group}\tx{row:04}\n"
    return text, Table(tuple(cells))


def test_a_table_is_cut_by_rows_below_its_head_and_says_how_many_are_left_out() -> None:
    text, table = table_of(500)
    start = text.index("x0300") - 1
    (block,) = blocks(text, [], [table], kinds={1: {0: "head"}}, window=(start, start + 3 * 7))
    assert isinstance(block, TableBlock)
    words = [["".join(piece.text for piece in cell.pieces) for cell in row.cells] for row in block.rows]
    assert words == [["Nhóm", "Chỉ tiêu"], ["Xã hội", "x0300"], ["x0301"], ["x0302"]]
    assert block.rows[1].cells[0].rows == 3
    assert (block.above, block.below) == (299, 197)


def test_a_table_outside_the_window_is_not_there() -> None:
    text, table = table_of(5)
    after = text + "Hết.\n"
    assert [type(block).__name__ for block in blocks(after, [], [table], window=(len(text), len(after)))] == [
        "Paragraph"
    ]
