"""What kind of event a page tells of, from the words of its title, then of its opening."""

import re

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Genre
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import table

_ROWS = [(r["word"], r["genre"], r["weight"]) for r in table("genres")]
MARKS = dict.fromkeys((word for word, _, _ in _ROWS), "genre")  # noted by the engine
_VISIT = re.compile(r"thăm,? (?:và )?(?:làm việc|chúc|tặng)|làm việc (?:với|tại)|tiếp xúc|dâng hương")
_SESSION = re.compile(r"kỳ họp[^.]{0,60}(?:hđnd|hội đồng nhân dân|quốc hội)")
_PARTY = re.compile(r"đảng ủy|đảng bộ|chi bộ|bí thư|cấp ủy|tỉnh ủy|thành ủy|huyện ủy|quận ủy")
_YEAR_DONE = re.compile(r"năm (20\d\d)(?:,| là năm|\s+(?:đảng|xã|phường|cấp ủy))")
_YEAR_AHEAD = re.compile(r"(?:phương hướng|nhiệm vụ|mục tiêu|trong|sang|bước vào|được biết)[^.\d]{0,40}năm (20\d\d)")


def genre_of(page: Page, title: tuple[int, int], opening: tuple[int, int], marks: list[Mark]) -> Genre:
    low = page.low
    head, start = low[title[0] : title[1]], low[opening[0] : opening[1]]
    if _VISIT.search(head) and not re.search(r"hội nghị|sơ kết|tổng kết", head):
        return "other_party"
    for (first, last), weights in ((title, ("title", "any")), (opening, ("any",))):
        met = {
            low[m.start : m.end] for m in marks
            if first <= m.start < last and not low.endswith(("nghị quyết ", "nghị quyết của "), 0, m.start)
        }  # fmt: skip
        for word, genre, weight in _ROWS:
            if word in met and weight in weights:
                return genre  # type: ignore[return-value]
    if ("thăm" in start or "làm việc" in start or "dâng hương" in start) and _VISIT.search(start):
        return "other_party"
    if "kỳ họp" in head + start and _SESSION.search(head + start):
        return "other"
    if not _PARTY.search(head + start):
        return "other"
    done = {int(y) for y in _YEAR_DONE.findall(low)}
    planned = {int(y) for y in _YEAR_AHEAD.findall(low)}
    return "annual_review" if any(year + 1 in planned for year in done) else "other_party"
