"""Everyday pages give no facts, also where they mention a public body in passing; a short text is always read."""

from pathlib import Path

import pytest

from nhiemky.reading.read import read

NEWS = sorted((Path(__file__).resolve().parents[2] / "benchmarks" / "news").glob("*.txt"))
IN_PASSING = (
    "",
    "\nTheo UBND phường, tuyến đường mở lại vào ngày mai.",
    "\nCông an tỉnh cho biết thêm. UBND xã đã lập biên bản.",
)


def test_there_are_pages() -> None:
    assert len(NEWS) >= 12


@pytest.mark.parametrize("mention", IN_PASSING, ids=["plain", "a ward", "police and commune"])
@pytest.mark.parametrize("page", NEWS, ids=lambda page: page.stem)
def test_a_page_of_another_world_holds_nothing(page: Path, mention: str) -> None:
    reading = read(page.read_text(encoding="utf-8") + mention)
    lists = (reading.results, reading.targets, reading.scoreboards, reading.ratings, reading.commendations)
    assert [list(found) for found in lists] == [[], [], [], [], []]
    assert (reading.warnings, reading.genre) == ((), "other")


def test_what_the_portal_says_of_such_a_page_is_kept() -> None:
    texts = [page.read_text(encoding="utf-8") for page in NEWS]
    bare = next(text for text in texts if "Lượt" not in text and "online" not in text.lower())
    reading = read(bare + "\nLượt xem: 64\nĐang online 12")
    assert (reading.views, reading.visitors.online, reading.host.unit) == (64, 12, None)


def test_a_pasted_sentence_is_read_whatever_it_speaks_of() -> None:
    assert [(r.value, r.unit) for r in read("Tỷ lệ bao phủ BHYT đạt 91,8%.").results] == [(91.8, "%")]
