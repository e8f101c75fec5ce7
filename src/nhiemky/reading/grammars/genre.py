"""What kind of event a page tells of, from the words of its title, then of its opening."""

import re

from nhiemky.reading.facts import Genre
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import table

_ROWS = [(r["word"], r["genre"], r["weight"]) for r in table("genres")]
_VISIT = re.compile(r"thăm,? (?:và )?(?:làm việc|chúc|tặng)|làm việc (?:với|tại)|tiếp xúc|dâng hương")
_PARTY = re.compile(r"đảng ủy|đảng bộ|chi bộ|bí thư|cấp ủy|tỉnh ủy|thành ủy|huyện ủy|quận ủy")
_YEAR_DONE = re.compile(r"(?:trong )?năm (20\d\d)(?:,| là năm|\s+(?:đảng|xã|phường|cấp ủy))")


def genre_of(page: Page, title: tuple[int, int], opening: tuple[int, int], event_year: int | None) -> Genre:
    low = page.low
    head, start = low[title[0] : title[1]], low[opening[0] : opening[1]]
    if _VISIT.search(head) and not re.search(r"hội nghị|sơ kết|tổng kết", head):
        return "other_party"
    for where, weights in ((head, ("title", "any")), (start, ("any",))):
        for word, genre, weight in _ROWS:
            if weight in weights and word in where:
                return genre  # type: ignore[return-value]
    whole = low[: opening[1] + 2500]
    if _VISIT.search(start):
        return "other_party"
    reported = _YEAR_DONE.findall(whole)
    if reported and _PARTY.search(whole) and (event_year is None or int(reported[0]) < event_year or "kết quả" in whole):
        return "annual_review"
    return "other_party" if _PARTY.search(head + start) and "hđnd" not in head + start else "other"
