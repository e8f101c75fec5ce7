"""A document as the Read screen prints it: nothing lost, nothing twice, tables whole, furniture dimmed and folded."""

from hypothesis import given
from hypothesis import strategies as st

from nhiemky.desk.blocks import Block, Folded, Paragraph, TableBlock, blocks
from nhiemky.desk.marks import Mark
from nhiemky.values.places import Place, Places
from nhiemky.values.tables import Cell, Table

TEXT = "Trang chủ\n\nThu đạt 91,8% kế hoạch năm.\nHôm nay: 702\n"
TABLE = "Phụ lục\nChỉ tiêu\tNăm 2023\nKinh tế\t\nThu\t31,2\nHết."

BLANKS = str.maketrans("", "", "\t\n")


def mark(start: int, end: int, key: str = "p1") -> Mark:
    return Mark(start, end, key, "result", "")


def cells(*spans: tuple[int, int, str]) -> Table:
    """(row, column, words) → cells where the words first stand in TABLE."""
    made = []
    for row, column, words in spans:
        start = TABLE.index(words)
        made.append(Cell(row, column, start, start + len(words)))
    return Table(tuple(made))


WHOLE = cells((0, 0, "Chỉ tiêu"), (0, 1, "Năm 2023"), (1, 0, "Kinh tế"), (2, 0, "Thu"), (2, 1, "31,2"))


def printed(block: Block) -> list[str]:
    if isinstance(block, Folded):
        return [words for one in block.blocks for words in printed(one)]
    if isinstance(block, Paragraph):
        return ["".join(piece.text for piece in block.pieces)]
    return ["".join(piece.text for piece in cell.pieces) for row in block.rows for cell in row.cells]


@given(
    st.text(alphabet="ab \n", max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=8)
)
def test_no_letter_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    made = blocks(text, [mark(start, end, f"p{number}") for number, (start, end) in enumerate(spans)])
    assert [words for block in made for words in printed(block)] == [line for line in text.split("\n") if line.strip()]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 60), st.integers(0, 9)), max_size=6))
def test_no_letter_is_lost_whatever_a_table_says(spans: list[tuple[int, int, int, int]]) -> None:
    table = Table(tuple(Cell(row, column, start, start + size) for row, column, start, size in sorted(spans)))
    made = blocks(TABLE, [], [table])
    kept = "".join(words for block in made for words in printed(block))
    assert kept.translate(BLANKS) == TABLE.translate(BLANKS)


def test_a_table_stands_between_its_lines_with_marks_in_its_cells() -> None:
    start = TABLE.index("31,2")
    first, table, last = blocks(TABLE, [mark(start, start + 4)], [WHOLE], kinds={1: {0: "head", 1: "group"}})
    assert (printed(first), printed(last)) == (["Phụ lục"], ["Hết."])
    assert isinstance(table, TableBlock)
    assert [row.kind for row in table.rows] == ["head", "group", ""]
    assert [len(row.cells) for row in table.rows] == [2, 2, 2]  # the empty cell has its place
    assert all(cell.head for cell in table.rows[0].cells)
    figure = table.rows[2].cells[1]
    assert figure.number
    assert [piece.lead.key for piece in figure.pieces if piece.lead] == ["p1"]


def test_a_merged_cell_stands_once() -> None:
    head = Cell(0, 0, 8, 25, columns=2)
    table = Table((head, *WHOLE.cells[2:]))
    made = blocks(TABLE, [], [table])[1]
    assert isinstance(made, TableBlock)
    assert [(cell.columns, cell.rows) for cell in made.rows[0].cells] == [(2, 1)]


def test_a_table_inside_a_cell_is_printed_with_that_cell() -> None:
    inner = cells((0, 0, "Kinh tế"), (1, 0, "Thu"))
    assert [block.shape for block in blocks(TABLE, [], [WHOLE, inner])] == ["line", "table", "line"]


def test_portal_lines_are_dimmed_but_never_a_marked_one() -> None:
    assert [one.aside for one in blocks(TEXT, []) if isinstance(one, Paragraph)] == ["furniture", "", "furniture"]
    (marked,) = blocks("Hôm nay: 702", [mark(9, 12)])
    assert isinstance(marked, Paragraph)
    assert not marked.aside


def test_what_the_file_says_of_its_parts_dims_them_too() -> None:
    text = "Đảng ủy phường\nThu đạt 91,8%.\nTrang 2"
    places = Places([(0, 14, Place(part="header")), (15, 29, Place()), (30, 37, Place(part="footer"))])
    assert [one.aside for one in blocks(text, [], (), places) if isinstance(one, Paragraph)] == ["header", "", "footer"]


def test_a_long_menu_is_folded() -> None:
    text = "\n".join(f"Mục {number}" for number in range(6)) + "\nThu đạt 91,8%."
    end = text.index("\nThu")
    folded, line = blocks(text, [], (), Places([(0, end, Place(part="furniture"))]))
    assert isinstance(folded, Folded)
    assert len(folded.blocks) == 6
    assert printed(line) == ["Thu đạt 91,8%."]
