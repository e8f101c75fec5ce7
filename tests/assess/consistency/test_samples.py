"""The samples' planted defects are all found, by a reading's warnings or by the rules on its figures; mended, none is.

Each page is read, its results become figures as the register would hold them, and both kinds of finding are gathered.
"""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from nhiemky.assess.consistency import Figure, check
from nhiemky.reading.facts import Reading, Result, Target
from nhiemky.reading.read import read
from nhiemky.sources import load
from nhiemky.values.kinds import PeriodMeaning
from nhiemky.values.period import Period

SAMPLES = Path(__file__).parents[3] / "samples"
TODAY = date(2026, 11, 23)
PAGES = tuple(sorted(path.name for path in (SAMPLES / "pages").iterdir()))
AN_BINH = tuple(sorted(path.name for path in (SAMPLES / "an-binh" / "pages").iterdir()))

# Which rule finds what was planted; `day` is the reading's own, it is about no figure.
PLANTED = {
    "cam-uyen.txt": {"transfers.sum", "ratio.unnamed"},
    "hac-tri.html": {"income.implausible"},
    "lac-dien.html": set(),
    "nghi-uyen.txt": set(),
    "van-khao.txt": {"term.count", "malformed_date"},
    "bao-cao-2021.txt": set(),
    "bao-cao-2022.txt": set(),
    "bao-cao-6-thang-2023.txt": {"transfers.sum", "ratio.unnamed", "income.implausible", "term.count"},
    "nghi-quyet.txt": set(),
    "tin-so-ket-6-thang-2023.txt": {"transfers.sum", "ratio.unnamed", "income.implausible", "term.count"},
}
MENDED = {
    "cam-uyen.txt": (("15 đảng viên", "13 đảng viên"), ("đạt 745,8%", "đạt 74,5% dự toán năm")),
    "hac-tri.html": (("trên 9 tỷ đồng", "trên 90 triệu đồng"),),
    "van-khao.txt": (("14/42023", "14/4/2023"), ("26/20 đảng viên", "26 đảng viên")),
    "bao-cao-6-thang-2023.txt": (
        ("cho 13 đảng viên", "cho 12 đảng viên"), ("đạt 632,5%", "đạt 63,2% dự toán năm"),
        ("trên 11 tỷ đồng", "trên 71 triệu đồng"), ("20/15 đảng viên", "20 đảng viên"),
    ),
    "tin-so-ket-6-thang-2023.txt": (
        ("cho 13 đảng viên", "cho 12 đảng viên"), ("đạt 632,5%", "đạt 63,2% dự toán năm"),
        ("trên 11 tỷ đồng", "trên 71 triệu đồng"), ("20/15 đảng viên", "20 đảng viên"),
    ),
}  # fmt: skip


@cache
def text_of(name: str) -> str:
    folder = SAMPLES / ("pages" if name in PAGES else "an-binh/pages")
    return load(folder / name).text


def mended(name: str) -> str:
    text = text_of(name)
    for old, new in MENDED.get(name, ()):
        assert old in text, old
        text = text.replace(old, new)
    return text


def figures_of(name: str, reading: Reading, goals: tuple[Target, ...]) -> list[Figure]:
    day = reading.event.date or reading.published_at or ""
    year = next((word for word in ("2021", "2022") if word in name), day[:4] or "2023")
    usual = f"{year}-H1" if "6-thang" in name or reading.genre == "halfyear_review" else year
    return [figure_of(name, one, Period.parse(one.period or usual), goals) for one in reading.results]


def figure_of(name: str, one: Result, period: Period, goals: tuple[Target, ...]) -> Figure:
    """A goal of each year answers for a result that has all its words, as the register would suggest it."""
    words = set(one.indicator.split())
    goal = next(
        (goal for goal in goals if goal.per and one.unit == goal.unit and set(goal.indicator.split()) <= words), None
    )
    return Figure(
        body="ward", indicator=one.indicator, period=period, value=one.value, unit=one.unit, name=one.indicator,
        body_name="Phường", document=name, document_name=name, high=one.high, qualifier=one.qualifier or "",
        planned=one.planned, ratio=one.ratio, meaning=PeriodMeaning.EACH_YEAR if goal else None,
        goal=goal.low if goal else None,
    )  # fmt: skip


def found(texts: dict[str, str]) -> dict[str, set[str]]:
    """Document → what is found in it, all documents read together."""
    readings = {name: read(text, name) for name, text in texts.items()}
    goals = tuple(goal for reading in readings.values() for goal in reading.targets)
    figures = [one for name, reading in readings.items() for one in figures_of(name, reading, goals)]
    told: dict[str, set[str]] = {name: set() for name in texts}
    for one in check(figures, TODAY):
        told[str(one.figures[0].document)].add(one.rule)
    for name, reading in readings.items():
        told[name] |= {str(one.code) for one in reading.warnings if one.code == "malformed_date"}
    return told


@pytest.mark.parametrize("name", PAGES)
def test_what_was_planted_in_a_page_is_found_and_nothing_else(name: str) -> None:
    assert found({name: text_of(name)}) == {name: PLANTED[name]}


def test_what_was_planted_in_a_ward_s_documents_is_found_and_nothing_else() -> None:
    assert found({name: text_of(name) for name in AN_BINH}) == {name: PLANTED[name] for name in AN_BINH}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_mended_gives_neither_warning_nor_finding(name: str) -> None:
    assert found({name: mended(name)}) == {name: set()}
    assert read(mended(name), name).warnings == ()


def test_a_ward_s_documents_that_are_mended_give_neither() -> None:
    assert found({name: mended(name) for name in AN_BINH}) == {name: set() for name in AN_BINH}
    assert [warning for name in AN_BINH for warning in read(mended(name), name).warnings] == []


def test_a_figure_told_otherwise_in_the_news_is_found() -> None:
    """The ward's report and its news item agree; one digit changed in the news, they do not."""
    texts = {name: mended(name) for name in AN_BINH}
    news = "tin-so-ket-6-thang-2023.txt"
    texts[news] = texts[news].replace("536 đảng viên, trong đó 529", "546 đảng viên, trong đó 539")
    assert found(texts)[news] == {"told.twice"}
