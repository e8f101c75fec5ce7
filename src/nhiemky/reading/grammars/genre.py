"""What kind of event a page tells of, from the words of its title, of the event's sentence, then of its opening."""

import re

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Genre
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import table

_ROWS = [(r["word"], r["genre"], r["weight"]) for r in table("genres")]
MARKS = dict.fromkeys((word for word, _, _ in _ROWS), "genre")  # noted by the engine
_LONGEST_WORD = max(map(len, MARKS))
_RANK = {word: rank for rank, (word, _, _) in enumerate(_ROWS)}
_MEETING = re.compile(r"hội nghị|sơ kết|tổng kết")
_VISIT = re.compile(r"thăm,? (?:và )?(?:làm việc|chúc|tặng)|làm việc (?:với|tại)|tiếp xúc|dâng hương")
_OF_RESOLUTION = ("nghị quyết ", "nghị quyết của ")
_SESSION = re.compile(r"kỳ họp[^.]{0,60}(?:hđnd|hội đồng nhân dân|quốc hội)")
_PARTY = re.compile(r"đảng ủy|đảng bộ|chi bộ|bí thư|cấp ủy|tỉnh ủy|thành ủy|huyện ủy|quận ủy")
_YEAR_DONE = re.compile(r"20\d\d(?:,| là năm|\s+(?:đảng|xã|phường|cấp ủy))")
_YEAR_AHEAD = re.compile(r"(?:phương hướng|nhiệm vụ|mục tiêu|trong|sang|bước vào|được biết)[^.\d]{0,40}năm $")
_AHEAD_AT_MOST = 57  # characters that `_YEAR_AHEAD` reads


def genre_of(
    page: Page, title: tuple[int, int], opening: tuple[int, int], event: tuple[int, int] | None, marks: list[Mark]
) -> Genre:
    """`title` and `opening` are bounds of the text, `event` those of the day the event took place on, if it is told."""
    low = page.low
    head, start = low[title[0] : title[1]], low[opening[0] : opening[1]]
    if _is_visit(head) and not _MEETING.search(head):
        return "other_party"
    held = page.sentence_bounds(page.part_at(event[0])) if event else (0, 0)
    zones = [(title, ("title", "event", "any")), (held, ("event", "any")), (opening, ("any",))]
    if title[0] <= held[0] < held[1] < title[1]:  # no title: the first line tells of the event
        zones.insert(0, (held, ("title", "event", "any")))
    for (first, last), weights in zones:
        best = len(_ROWS)
        for mark in marks:
            if mark.start >= last + _LONGEST_WORD:  # marks come in the order of their ends
                break
            if first <= mark.start < last:
                rank = _RANK[low[mark.start : mark.end]]
                if rank < best and _ROWS[rank][2] in weights and not low.endswith(_OF_RESOLUTION, 0, mark.start):
                    best = rank
        if best < len(_ROWS):
            return _ROWS[best][1]  # type: ignore[return-value]
    if _is_visit(start):
        return "other_party"
    both = head + start
    if "kỳ họp" in both and _SESSION.search(both):
        return "other"
    if not _PARTY.search(both):
        return "other"
    return "annual_review" if _looks_back_and_ahead(page) else "other_party"


def _is_visit(text: str) -> bool:
    asked = "thăm" in text or "làm việc" in text or "tiếp xúc" in text or "dâng hương" in text
    return asked and _VISIT.search(text) is not None


def _looks_back_and_ahead(page: Page) -> bool:
    """Whether a year that is told of is followed by one that is planned: `năm 2023, …`, `nhiệm vụ năm 2024`."""
    low = page.low
    done: set[int] = set()
    planned: set[int] = set()
    for at in page.digits:
        if not (low.startswith("20", at) and low.endswith("năm ", 0, at) and low[at : at + 4].isdigit()):
            continue
        if _YEAR_DONE.match(low, at):
            done.add(int(low[at : at + 4]))
        if _YEAR_AHEAD.search(low, max(0, at - _AHEAD_AT_MOST), at):
            planned.add(int(low[at : at + 4]))
    return any(year + 1 in planned for year in done)
