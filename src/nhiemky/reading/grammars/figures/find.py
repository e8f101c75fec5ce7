"""From frames to facts: a page's figures become targets and results, each with its indicator and span."""

import re
from collections.abc import Mapping

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Result, Target
from nhiemky.reading.grammars.figures.frame import Frame, frame_of
from nhiemky.reading.grammars.figures.goal import targets_of
from nhiemky.reading.grammars.figures.indicator import cased, indicator_of
from nhiemky.reading.grammars.figures.mode import Modes, is_future, modes_of, until_year
from nhiemky.reading.grammars.figures.result import amends, result_of, with_ratio
from nhiemky.reading.grammars.figures.zero import Zero, zero_facts
from nhiemky.reading.text import Number, Page

WHY = {
    "figures.target": "Con số của một chỉ số mà văn bản hứa sẽ đạt: «phấn đấu đạt 93% trở lên».",
    "figures.result": "Con số của một chỉ số mà văn bản báo là đã làm được: «đã kết nạp 03 đảng viên».",
}
Facts = tuple[list[Target], list[Result]]

_STEP = re.compile(r"(?:xuống|lên|còn|đến)(?:\s+(?:còn|đến|tới|trên|dưới|mức))*\s*$")


def find(
    page: Page, marks: Mapping[str, list[Mark]], zeros: list[list[Zero]], page_year: int | None, term_end: int | None
) -> Facts:
    """Targets and results of a page whose numbers are scanned. `term_end` is the last year of the page's term."""
    targets: list[Target] = []
    results: list[Result] = []
    parts = _by_part(page)
    if not parts and not zeros:
        return targets, results
    modes = modes_of(page, marks, page_year)
    for part, numbers in parts:
        _read_part(page, modes, part, numbers, term_end, targets, results)

    def by(part: int, start: int, end: int) -> str | None:
        year = until_year(page, modes, part, start, end) or term_end
        return str(year) if year else None

    for group in zeros:
        zero_facts(page, group, lambda part, at: bool(is_future(page, modes, part, at)), by, targets, results)
    return targets, results


def _by_part(page: Page) -> list[tuple[int, list[Number]]]:
    """Amounts that may be facts, grouped by the part of a sentence they stand in."""
    groups: list[tuple[int, list[Number]]] = []
    for number in page.of_kind("amount"):
        if number.unit_kind in ("", "board"):
            continue
        if number.value == 1 and page.low[max(0, number.start - 6) : number.start].endswith(("trên ", "mỗi ", "/")):
            continue  # `giá trị sản phẩm trên 1 ha` is a rate
        part = page.part_at(number.start)
        if groups and groups[-1][0] == part:
            groups[-1][1].append(number)
        else:
            groups.append((part, [number]))
    return groups


def _read_part(
    page: Page, modes: Modes, part: int, numbers: list[Number], term_end: int | None,
    targets: list[Target], results: list[Result],
) -> None:  # fmt: skip
    if modes.skipped(*page.sentence_bounds(part)) or (modes.boxes and modes.in_box(page, numbers[0].start)):
        return
    numbers = [n for n in numbers if not n.spelled or n.value != 1 or len(numbers) > 1]  # `một` alone is an article
    floor, baseline = page.starts[part], 0
    leaning: Frame | None = None  # what a figure without a subject leans on
    last: Target | Result | None = None
    for index, number in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        ceiling = following.start if following else page.ends[part]
        frame = frame_of(page, number, part, floor, ceiling, first=last is None, baseline=baseline)
        if following is not None and _is_baseline(page, number, following):
            baseline = page.low.rindex("từ", 0, number.start)
            continue
        baseline, floor = 0, max(number.end, frame.end)
        if isinstance(last, Result) and amends(frame, last):
            results[-1] = last = with_ratio(frame, last)
            continue
        indicator = indicator_of(frame, leaning, last)
        if not indicator or (number.unit_kind == "weak" and "plain" not in frame.joins):
            continue
        indicator = cased(page, frame, indicator)
        if _promised(page, modes, frame):
            promised = targets_of(page, modes, frame, indicator, last, term_end)
            targets += promised
            last = promised[0]
        else:
            last = result_of(page, modes, frame, indicator)
            results.append(last)
        if frame.own_subject or leaning is None:
            leaning = frame


def _promised(page: Page, modes: Modes, frame: Frame) -> bool:
    """By its cues; without any, by its form: `93% trở lên` right behind the figure, or a range, is a goal."""
    future = is_future(page, modes, frame.part, frame.number.start)
    if future is not None:
        return future
    return frame.tail_near or (frame.number.high is not None and "share" not in frame.joins)


def _is_baseline(page: Page, number: Number, following: Number) -> bool:
    """`từ 3,36% xuống còn 3,34%`: the first figure is where the change starts, not a fact of its own."""
    between = page.low[number.end : following.start]
    return (
        page.low[max(0, number.start - 8) : number.start].rstrip().endswith(("từ", "từ mức", "từ trên"))
        and len(between) < 60
        and _STEP.search(between) is not None
        and number.unit_kind == following.unit_kind
    )
