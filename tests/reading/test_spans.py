"""A fact's span holds what the fact says: figures, names and numbers are read again from the passage alone.

The figures here are parsed by a small reader of this file's own, so that a slip in reading's does not excuse itself.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from nhiemky.reading.facts import Reading, Result, Target
from nhiemky.reading.read import ENGINE, WHY, read
from nhiemky.sources import load

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path
    for folder in (ROOT / "samples", Path(__file__).parent)
    for path in folder.rglob("*")
    if path.suffix in (".txt", ".html")
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SCALE = re.compile(r"\s*(nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)(?!\s+lệ)")
_TIMES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_RANGE = re.compile(r"\s*(?:-|–|đến|tới)\s*\d+(?:[.,]\d+)*(?=\s)")
_HALF = re.compile(r"\s*rưỡi")
LISTS = (
    "congresses", "citations", "people", "targets", "results", "scoreboards", "tasks", "ratings", "commendations",
    "milestones", "warnings",
)  # fmt: skip


def figure(digits: str) -> float:
    """`1.234,5` → 1234.5; a single stop before other than three digits is a decimal one."""
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    return float(digits.replace(",", "."))


def values_told(passage: str) -> list[float]:
    """Every value that a passage tells in digits: plain, with its scale, and compound (`49 tỷ 687 triệu`)."""
    told: list[float] = []
    larger, ended = 0.0, -1
    for met in _FIGURE.finditer(passage):
        value = figure(met.group())
        told.append(value)
        span = _RANGE.match(passage, met.end())  # `2 - 2,2 triệu`: both are millions
        end = span.end() if span else met.end()
        if _SCALE.match(passage, end) is None:
            continue
        times = 1.0
        while (scale := _SCALE.match(passage, end)) is not None:  # `16,4 nghìn tỷ`
            times, end = times * _TIMES[scale.group(1)], scale.end()
        value = (value + 0.5 if _HALF.match(passage, end) else value) * times
        larger = larger + value if ended >= 0 and not passage[ended : met.start()].strip() else value
        ended = end
        told += [value, larger]
    return told


def is_told(value: float, passage: str) -> bool:
    low = passage.lower()
    if value == 0 and re.search(r"không|hết|0", low):
        return True
    told = values_told(low)
    if "vượt" in low:  # *vượt 12%* is a ratio of 112
        told += [100 + other for other in told]
    return any(abs(value - other) <= 1e-9 * max(1.0, abs(value)) for other in told)


@pytest.fixture(scope="module", params=FILES, ids=lambda path: str(path.relative_to(ROOT)))
def page(request: pytest.FixtureRequest) -> tuple[str, Reading]:
    text = load(request.param).text
    return text, read(text)


def passage(text: str, fact: Any) -> str:
    start, end = fact.span
    return text[start:end]


def test_the_parser_of_this_file_reads_as_vietnam_writes() -> None:
    text = "49 tỷ 687 triệu đồng; 1.256; 3,36%; 94.54; 16,4 nghìn tỷ; 4 triệu rưỡi; 2 - 2,2 triệu; tỷ lệ 5 tỷ lệ"
    assert all(is_told(value, text) for value in (49687e6, 2e6, 2.2e6, 1256, 3.36, 94.54, 16400e9, 4.5e6, 5))
    assert not is_told(5e9, text)
    assert is_told(112, "vượt 12% kế hoạch")
    assert not is_told(112, "đạt 12% kế hoạch")


def test_every_figure_stands_in_its_span(page: tuple[str, Reading]) -> None:
    text, reading = page
    facts: list[Target | Result] = [*reading.targets, *reading.results]
    missing = [
        (fact.rule, key, value, passage(text, fact))
        for fact in facts
        for key in ("value", "low", "high", "planned", "ratio", "baseline")
        if (value := getattr(fact, key, None)) is not None
        and re.search(r"\d", passage(text, fact))  # else it is written in words
        and not is_told(value, passage(text, fact))
    ]
    assert missing == []


def test_the_samples_tell_figures() -> None:
    readings = [read(load(path).text) for path in FILES]
    assert sum(len(reading.targets) for reading in readings) >= 20
    assert sum(len(reading.results) for reading in readings) >= 40


def test_few_figures_are_written_in_words(page: tuple[str, Reading]) -> None:
    text, reading = page
    facts: list[Target | Result] = [*reading.targets, *reading.results]
    worded = [f for f in facts if not re.search(r"\d", passage(text, f)) and not f.rule.startswith(("figures.zero",))]
    worded = [f for f in worded if f.rule != "figures.toward"]
    assert len(worded) <= 0.1 * len(facts)


def test_counts_stand_in_their_spans(page: tuple[str, Reading]) -> None:
    text, reading = page
    for praise in reading.commendations:
        assert {float(praise.count), float(praise.count - 1)} & set(values_told(passage(text, praise)))
    for milestone in reading.milestones:
        assert is_told(milestone.years, passage(text, milestone))
    for board in reading.scoreboards:
        counts = (board.total, board.achieved, board.exceeded, board.early, board.expected, board.tasks)
        assert all(is_told(count, passage(text, board)) for count in (*counts, board.breakthroughs) if count)


def test_every_name_stands_in_its_span(page: tuple[str, Reading]) -> None:
    text, reading = page
    for person in reading.people:
        words = " ".join(passage(text, person).split())
        assert person.name in words
        assert person.roles


def test_every_document_number_stands_in_its_span(page: tuple[str, Reading]) -> None:
    text, reading = page
    for citation in reading.citations:
        written = re.sub(r"\s+", "", passage(text, citation)).replace("–", "-")
        assert citation.number in written


def test_tasks_and_ratings_are_the_words_of_their_spans(page: tuple[str, Reading]) -> None:
    text, reading = page
    assert all(task.text == passage(text, task) for task in reading.tasks)
    assert all(str(rating.year) in passage(text, rating) for rating in reading.ratings if rating.year)
    assert all("hoàn thành" in passage(text, rating).lower() for rating in reading.ratings)


def test_spans_are_of_the_passage_and_not_of_the_page(page: tuple[str, Reading]) -> None:
    _, reading = page
    facts = [fact for name in LISTS for fact in getattr(reading, name) if name != "scoreboards"]  # told in pieces
    assert all(fact.span[1] - fact.span[0] <= 400 for fact in facts)


def test_every_rule_named_has_its_reason(page: tuple[str, Reading]) -> None:
    _, reading = page
    assert {fact.rule for name in LISTS for fact in getattr(reading, name)} <= set(WHY)


def test_every_reason_is_a_sentence_with_an_example() -> None:
    assert {rule.id for rule in ENGINE.rules} <= set(WHY)
    for rule, why in WHY.items():
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", rule)
        assert re.fullmatch(r"[A-ZĐ].{20,160}\.", why), rule
        assert re.search(r"«[^»]{3,}»", why), rule
