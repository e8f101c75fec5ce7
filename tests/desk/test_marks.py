"""Cutting text at the borders of marks: nothing lost, nothing twice, the right mark leads, portal lines dimmed."""

from hypothesis import given
from hypothesis import strategies as st

from nhiemky.desk.marks import Mark, paragraphs

TEXT = "Trang chủ\n\nThu đạt 91,8% kế hoạch năm.\nHôm nay: 702\n"


def mark(start: int, end: int, key: str = "p1", tone: str = "result") -> Mark:
    return Mark(start, end, key, tone, "")


@given(
    st.text(alphabet="ab \n", max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=8)
)
def test_no_letter_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    made = paragraphs(text, [mark(start, end, f"p{number}") for number, (start, end) in enumerate(spans)])
    printed = ["".join(piece.text for piece in paragraph.pieces) for paragraph in made]
    assert printed == [line for line in text.split("\n") if line.strip()]


def test_a_figure_leads_over_the_task_around_it() -> None:
    start = TEXT.index("91,8%")
    (line,) = [
        one for one in paragraphs(TEXT, [mark(11, 35, "p1", "task"), mark(start, start + 5, "p2")]) if one.start > 5
    ][:1]
    leads = {piece.text: piece.lead.key for piece in line.pieces if piece.lead}
    assert leads["91,8%"] == "p2"


def test_only_the_first_piece_of_a_mark_is_in_the_tab_order() -> None:
    start = TEXT.index("Thu")
    made = paragraphs(TEXT, [mark(start, start + 20, "p1"), mark(start + 4, start + 8, "q1", "warn")])
    pieces = [piece for paragraph in made for piece in paragraph.pieces if piece.lead]
    assert [piece.first for piece in pieces] == [True, False, False]
    assert pieces[1].warned


def test_portal_lines_are_dimmed_but_never_a_marked_one() -> None:
    assert [one.furniture for one in paragraphs(TEXT, [])] == [True, False, True]
    assert not paragraphs("Hôm nay: 702", [mark(9, 12)])[0].furniture
