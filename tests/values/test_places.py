"""The map from a document's text back into its file: what a span's place is called, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.values.places import Place, Places

PAGES = Places(
    [
        (0, 5, Place(page=3, box=(10, 20, 50, 30), confidence=0.9)),
        (6, 10, Place(page=3, box=(55, 20, 90, 32), confidence=0.7)),
        (12, 20, Place(page=4, box=(10, 10, 50, 20))),
    ]
)


@pytest.mark.parametrize(
    ("place", "vietnamese", "english"),
    [
        (Place(page=3), "trang 3", "page 3"),
        (Place(paragraph=7), "đoạn 7", "paragraph 7"),
        (Place(page=2, table=1, row=4, paragraph=9), "trang 2, bảng 1, hàng 4", "page 2, table 1, row 4"),
        (Place(note=5, paragraph=30), "chú thích 5", "footnote 5"),
        (Place(sheet="PL1", cell="C7"), "trang tính “PL1”, C7", "sheet “PL1”, C7"),
        (Place(sheet="PL1"), "trang tính “PL1”", "sheet “PL1”"),
        (Place(part="header"), "đầu trang", "page header"),
        (Place(page=3, part="footer"), "trang 3, chân trang", "page 3, page footer"),
        (Place(paragraph=2, part="box"), "đoạn 2, khung", "paragraph 2, box"),
        (Place(paragraph=2, part="furniture"), "đoạn 2", "paragraph 2"),
        (Place(), "", ""),
    ],
)  # fmt: skip
def test_a_place_is_called_as_people_find_it(place: Place, vietnamese: str, english: str) -> None:
    assert (place.label, place.english) == (vietnamese, english)


def test_a_span_has_the_box_around_it_on_its_first_page_and_the_least_confidence() -> None:
    place = PAGES.of(2, 8)
    assert place is not None
    assert (place.page, place.box, place.confidence) == (3, (10, 20, 90, 32), 0.7)
    over_pages = PAGES.of(7, 15)
    assert over_pages is not None
    assert (over_pages.page, over_pages.box) == (3, (55, 20, 90, 32))


def test_between_stretches_there_is_no_place() -> None:
    assert PAGES.of(10, 12) is None
    assert PAGES.of(20, 30) is None
    assert Places().of(0, 5) is None


def test_stretches_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="begins before 5"):
        Places([(0, 5, Place()), (4, 6, Place())])


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9), st.integers(1, 99)), max_size=20))
def test_a_map_comes_back_from_plain_lists(steps: list[tuple[int, int, int]]) -> None:
    at, stretches = 0, []
    for gap, length, page in steps:
        stretches.append((at + gap, at + gap + length, Place(page=page)))
        at += gap + length
    kept = Places.from_plain(Places(stretches).plain())
    assert list(kept) == stretches
    assert all(kept.of(start, end) == place for start, end, place in stretches)
