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
_VISIT = re.compile(
    r"thăm,? (?:và )?(?:làm việc|chúc|tặng|hỏi)|làm việc (?:với|tại)|tiếp xúc(?! với (?:nhân )?dân)|dâng hương"
    r"|(?:buổi|đi|đã) khảo sát"
)
_CONGRESS_HELD = re.compile(
    r"(?<!nghị quyết )đại hội đại biểu [^.;]{0,140}(?:khai mạc|diễn ra|bế mạc|thành công|tiến hành|phiên)"
)
_OF_TERM = re.compile(
    r"(?:sơ kết|tổng kết|kiểm điểm|đánh giá|kết quả|(?:sau|qua|nhìn lại) (?:\d|một|hai|ba|nửa)[^.;\n]{0,20})"
    r"[^.;\n]{0,60}nghị quyết đại hội"
)
_TERM_REVIEWED = re.compile(r"sơ kết (?:\d{1,2}|một|hai|giữa|nửa)[^.;\n]{0,30}nghị quyết đại hội")
_OF_RESOLUTION = ("nghị quyết ", "nghị quyết của ")
_SESSION = re.compile(r"kỳ họp[^.]{0,60}(?:hđnd|hội đồng nhân dân|quốc hội)")
# what the sentence of the event tells of others than the Party: a session, an election, an interview
_OF_STATE = re.compile(
    rf"{_SESSION.pattern}|(?:hđnd|hội đồng nhân dân)[^.]{{0,80}}(?:kỳ họp|phiên họp|họp thẩm tra)"
    r"|(?:quốc hội|hđnd) (?:đã |tập trung |tiếp tục ){0,2}(?:thảo luận|chất vấn)"
    r"|trao đổi với (?:báo chí|phóng viên)|trả lời (?:phỏng vấn|báo chí)"
)
_SIX_MONTHS = re.compile(r"(?:6|sáu|9|chín) tháng (?:đầu|cuối) năm|sơ kết|tổng kết")
# `Ban Chấp hành Đảng bộ quận tổ chức Hội nghị lần thứ 22`, `Ban Bí thư đã họp`
_COMMITTEE = re.compile(
    r"(?:ban chấp hành|bch)[^.;]{0,80}(?:tổ chức|họp|khai mạc)[^.;]{0,20} hội nghị lần thứ (?:\d|[ivx])"
    r"|(?:ban bí thư|bộ chính trị)(?: trung ương đảng)? (?:đã )?họp(?![^\W_])"
)
_LOOKS_BACK = re.compile(r"sơ kết|tổng kết|đánh giá|kiểm điểm|quán triệt|học tập")
_PLENUM = re.compile(r"ngày làm việc[^.;]{0,30} hội nghị (?:[^.;]{0,30})?trung ương")
_PARTY = re.compile(
    r"đảng ủy|đảng bộ|chi bộ|bí thư|cấp ủy|tỉnh ủy|thành ủy|huyện ủy|quận ủy|ban (?:dân vận|tuyên giáo|nội chính)"
)
_IN_GENERAL = re.compile(
    r"đảng bộ,? (?:và )?chính quyền|(?:chủ trương|chỉ đạo|quan tâm) của (?:tỉnh ủy|thành ủy|huyện ủy|đảng)"
)
# `đánh giá tình hình thực hiện nhiệm vụ năm 2025 và triển khai nhiệm vụ năm 2026`
_REVIEWED = re.compile(
    r"(?:đánh giá|kiểm điểm|báo cáo) (?:những )?(?:kết quả|tình hình)"
    r"(?:[^.;\n]{0,90}?(?P<quarter>qu[ýí] i+v?(?![^\W_]))"
    r"|[^.;\n]{0,160}?năm (?P<done>20\d\d)[^.\n]{1,120}?năm (?P<next>20\d\d))"
)
_NEEDS_EVENT = ("6 tháng đầu năm", "sáu tháng đầu năm", "9 tháng đầu năm")  # in the opening a figure may be of them
_OF_EVENT = re.compile(r"sơ kết|đánh giá|hội nghị|họp|báo cáo|kiểm điểm")
_FIRST = 300  # characters of the opening
_TITLE = 250  # characters; a longer first line is a paragraph
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
    told = low[slice(*held)]
    plain = _of_its_body(told, start[:_FIRST], _reviewed(head + start))
    if plain is not None and not _SIX_MONTHS.search(head):
        return plain
    whole = ("title", "event", "any")
    zones = [(title, whole if title[1] - title[0] <= _TITLE else whole[1:]), (held, whole[1:]), (opening, whole[2:])]
    if title[0] <= held[0] < held[1] < title[1]:  # no title: the first line tells of the event
        zones.insert(0, (held, whole))
    for (first, last), weights in zones:
        if (first, last) == opening and _is_visit(told):
            return "other_party"
        best = _best_in(page, marks, first, last, weights)
        if best < len(_ROWS):
            kind: Genre = _ROWS[best][1]  # type: ignore[assignment]
            return _reviewed(head + start) or kind if kind == "committee_meeting" else kind
    if "đại hội" in told and _CONGRESS_HELD.search(told) and not _LOOKS_BACK.search(head):
        return "congress"
    both = head + start
    reviewed = _reviewed(both)
    if reviewed is not None:
        return reviewed
    if "kỳ họp" in both and _SESSION.search(both):
        return "other"
    if _is_visit(start):
        return "other_party"
    if not _PARTY.search(_IN_GENERAL.sub("", both)):
        return "other"
    return "annual_review" if _looks_back_and_ahead(page) else "other_party"


def is_of_resolution(page: Page, title: tuple[int, int]) -> bool:
    """Whether a review is titled after the resolution of a term, whose targets its counts are then of."""
    behind = title[1], title[1] + _FIRST
    return _OF_TERM.search(page.low, *title) is not None or _TERM_REVIEWED.search(page.low, *behind) is not None


def _best_in(page: Page, marks: list[Mark], first: int, last: int, weights: tuple[str, ...]) -> int:
    """The row of the word that tells most of a stretch of text; behind the last row where none does."""
    best = len(_ROWS)
    for mark in marks:
        if mark.start >= last + _LONGEST_WORD:  # marks come in the order of their ends
            break
        if first <= mark.start < last:
            rank = _RANK[page.low[mark.start : mark.end]]
            if rank < best and _ROWS[rank][2] in weights and _tells(page, mark, weights):
                best = rank
    return best


def _of_its_body(told: str, start: str, reviewed: Genre | None) -> Genre | None:
    """What the sentence of the event says by who met: a council or an election, or a committee that reviews nothing."""
    if "ủy ban bầu cử" in told or (_names_others(told) and _OF_STATE.search(told) and not _SIX_MONTHS.search(told)):
        return reviewed or "other"
    if ("hội nghị lần thứ" in told or "họp" in told) and _COMMITTEE.search(told) and not _LOOKS_BACK.search(told):
        return "committee_meeting"
    return "committee_meeting" if _PLENUM.search(start) else None


def _names_others(told: str) -> bool:
    """Whether a sentence has any word of `_OF_STATE`."""
    return "hđnd" in told or "hội đồng" in told or "quốc hội" in told or "trao đổi với" in told or "trả lời" in told


def _tells(page: Page, mark: Mark, weights: tuple[str, ...]) -> bool:
    """Whether a word tells of the event: not of the resolution of one, nor of the months that a figure is of."""
    low = page.low
    if low.endswith(_OF_RESOLUTION, 0, mark.start):
        return False
    if weights == ("any",) and low.startswith(_NEEDS_EVENT, mark.start):
        return _OF_EVENT.search(low, *page.sentence_bounds(page.part_at(mark.start))) is not None
    return True


def _reviewed(text: str) -> Genre | None:
    """A quarter or a year that is looked back on, with the next one planned, whoever met."""
    if "đánh giá" not in text and "kiểm điểm" not in text and "báo cáo" not in text:
        return None
    said = _REVIEWED.search(text)
    if said is None:
        return None
    if said["quarter"]:
        return "quarter_review"
    return "annual_review" if int(said["next"]) == int(said["done"]) + 1 else None


def _is_visit(text: str) -> bool:
    asked = "khảo sát" in text or "thăm" in text or "làm việc" in text or "tiếp xúc" in text or "dâng hương" in text
    return asked and _VISIT.search(text) is not None


def _looks_back_and_ahead(page: Page) -> bool:
    """Whether a year that is told of is followed by one that is planned: `năm 2023, …`, `nhiệm vụ năm 2024`."""
    low = page.low
    done: set[int] = set()
    planned: set[int] = set()
    for at in page.digits:
        if not (low.startswith("20", at) and low.endswith("năm ", 0, at) and low[at : at + 4].isdecimal()):
            continue
        if _YEAR_DONE.match(low, at):
            done.add(int(low[at : at + 4]))
        if _YEAR_AHEAD.search(low, max(0, at - _AHEAD_AT_MOST), at):
            planned.add(int(low[at : at + 4]))
    return any(year + 1 in planned for year in done)
