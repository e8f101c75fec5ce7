"""Cutting text at the borders of marks: the right mark leads, one piece of each is in the tab order."""

from nhiemky.desk.marks import Cutter, Mark

TEXT = "Trang chủ\n\nThu đạt 91,8% kế hoạch năm.\nHôm nay: 702\n"


def mark(start: int, end: int, key: str = "p1", tone: str = "result") -> Mark:
    return Mark(start, end, key, tone, "")


def test_a_figure_leads_over_the_task_around_it() -> None:
    start = TEXT.index("91,8%")
    pieces = Cutter(TEXT, [mark(11, 35, "p1", "task"), mark(start, start + 5, "p2")]).pieces(11, 38)
    assert {piece.text: piece.lead.key for piece in pieces if piece.lead}["91,8%"] == "p2"


def test_only_the_first_piece_of_a_mark_is_in_the_tab_order() -> None:
    start = TEXT.index("Thu")
    marks = [mark(start, start + 20, "p1"), mark(start + 4, start + 8, "q1", "warn")]
    pieces = [piece for piece in Cutter(TEXT, marks).pieces(11, 38) if piece.lead]
    assert [piece.first for piece in pieces] == [True, False, False]
    assert pieces[1].warned


def test_a_mark_over_several_stretches_is_met_in_each() -> None:
    cutter = Cutter(TEXT, [mark(0, 40)])
    assert [bool(cutter.pieces(*span)[0].marks) for span in ((0, 9), (11, 38), (39, 51))] == [True, True, True]
    assert not cutter.pieces(41, 51)[0].marks
