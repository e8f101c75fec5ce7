"""The words around one figure: subject before it, how it is joined, the noun after it.

`tỷ lệ hộ nghèo | giảm còn | khoảng | 20%`: subject, join, qualifier, figure. A figure without a subject of its own
(`, 1.256 đảng viên`) leans on the one before it.
"""

import re

from msgspec import Struct

from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import lookup, words

_JOINS = lookup("qualifiers", "meaning")
_JOIN_WIDTH = max(len(w.split()) for w in _JOINS)
_LEADS = frozenset(words("leads", role="lead"))
_LEAD_WIDTH = max(len(w.split()) for w in _LEADS)
_MARKS = frozenset(words("leads", role="mark"))
_STOPS = frozenset(words("stops"))
_STOP_WIDTH = max(len(w.split()) for w in _STOPS)
_WORD = re.compile(r"[^\s\"]+")
_TIME = re.compile(
    r"(?:(?:trong|đến|tính|từ|nay|vào|cuối|hết|đầu|của|giai|đoạn|sang|qua|hơn|thời|điểm)\s+)*"
    r"(?:(?:\d+|sáu|ba|chín) tháng(?: đầu| cuối)?(?: năm)?(?: \d{4})?|năm học \d{4}(?:\s?-\s?\d{4})?"
    r"|(?:năm|quý|tháng|ngày|nhiệm kỳ)\s+[\divx]+(?:[/ -]+[\d]+)*)(?:\s+(?:đến nay|trở đi))?\s*,?\s*"
)
_PERIOD = re.compile(r"\d+ tháng (?:đầu|cuối) năm|\d+ tháng|cả năm|quý [iv]+")
_UPTO = re.compile(r"trở (lên|xuống)")


class Frame(Struct, gc=False):
    number: Number
    part: int
    start: int  # where the fact begins in the text
    end: int
    subject: str
    joins: tuple[str, ...]  # meanings of the words between subject and figure, the nearest last
    join_words: str
    noun: str  # the words after the figure, the unit's noun among them when things are counted
    tail: str  # `lên`, `xuống` or ``: of `trở lên`
    lead_text: str
    baseline: float | None = None
    own_subject: bool = True


def frame_of(page: Page, number: Number, part: int, floor: int, ceiling: int, *, first: bool, baseline: int) -> Frame:
    """The frame of a figure.

    `floor` is the end of the fact before it in the part, `ceiling` the next one's start, `first` says that no fact
    stands before it, `baseline` is where `từ 3,36%` begins that belongs to it (0: none).
    """
    low = page.low
    cut = _piece_start(low, floor, baseline or number.start)
    subject, joins, start, joined = _peel(low, cut, baseline or number.start)
    if baseline:
        _, joins, _, joined = _peel(low, max(cut, number.start - 24), number.start)
    if first and cut > floor and (joins if not subject else len(subject.split()) <= 2):
        # `Tỷ lệ hộ nghèo, còn 3%`, `tỷ trọng công nghiệp, xây dựng còn 22%`: the piece before the comma belongs to it
        farther_subject, farther = _piece_before(low, floor, cut)
        if farther_subject:
            subject, start = f"{farther_subject}, {subject}" if subject else farther_subject, farther
    long = not subject or len(subject.split()) <= 2
    noun, end = _noun(low, number, min(page.ends[part], ceiling), long=long)
    if long and not subject:
        noun, end = _list_goes_on(low, noun, end, min(page.ends[part], ceiling))
    clause_end = _clause_end(low, number.end, page.ends[part])
    up = _UPTO.search(low, number.end, clause_end)
    return Frame(
        number, part, start, max(end, number.end), subject, joins, joined, noun,
        up.group(1) if up else "", low[floor : number.start], own_subject=bool(subject),
    )  # fmt: skip


def _piece_before(low: str, floor: int, cut: int) -> tuple[str, int]:
    before = _piece_start(low, floor, cut - 1)
    subject, _, start, _ = _peel(low, before, cut - 1)
    return (subject, start) if subject and len(subject) < 90 else ("", start)


def _list_goes_on(low: str, noun: str, end: int, limit: int) -> tuple[str, int]:
    """`100% chỉ tiêu về y tế, dân số kế hoạch hóa gia đình`: a last piece without a figure or a verb is still the noun."""
    if not noun or low[end : end + 2] != ", ":
        return noun, end
    rest = low[end + 2 : limit].strip(" .")
    head = rest.split(" ", 1)[0]
    if not rest or len(rest) > 60 or "," in rest or head in _STOPS or head in _JOINS or any(c.isdigit() for c in rest):
        return noun, end
    return f"{noun}, {rest}", end + 2 + len(rest)


def _piece_start(low: str, floor: int, end: int) -> int:
    cut = max(low.rfind(", ", floor, end), low.rfind(":", floor, end), low.rfind("(", floor, end))
    cut = max(cut, low.rfind(" - ", floor, end), low.rfind(")", floor, end), low.rfind("*", floor, end))
    return floor if cut < 0 else cut + 1


def _clause_end(low: str, start: int, end: int) -> int:
    cut = low.find(",", start, end)
    return end if cut < 0 else cut


def _peel(low: str, start: int, end: int) -> tuple[str, tuple[str, ...], int, str]:
    """Subject, joins (in order), where the subject starts, and the join words."""
    found = [(m.group(), m.start()) for m in _WORD.finditer(low, start, end)]
    texts = [w for w, _ in found]
    joins: list[str] = []
    last = len(texts)
    while last:
        for width in range(min(_JOIN_WIDTH, last), 0, -1):
            meaning = _JOINS.get(" ".join(texts[last - width : last]) if width > 1 else texts[last - 1])
            if meaning is not None:
                joins.append(meaning)
                last -= width
                break
        else:
            break
    first = _trim(texts, last, found, low)
    joined = " ".join(texts[last:])
    if first >= last:
        return "", tuple(reversed(joins)), (found[last][1] if last < len(found) else end), joined
    if last - first == 1 and texts[first] in _MARKS:
        return "", tuple(reversed(joins)), found[first][1], joined
    first = max(first, last - 20)
    subject_start = found[first][1]
    stop = found[last - 1]
    subject = low[subject_start : stop[1] + len(stop[0])]
    if last - first <= 2 and first:  # `6 tháng cuối năm phải đạt được tăng trưởng`: a bare subject keeps its period
        period = _PERIOD.search(low, start, subject_start)
        subject = f"{subject} {period.group()}" if period else subject
    return subject, tuple(reversed(joins)), subject_start, joined


def _trim(texts: list[str], last: int, found: list[tuple[str, int]], low: str) -> int:
    """Index of the subject's first word: what leads up to it is passed over."""
    first = 0
    for index in range(last - 1, -1, -1):
        if texts[index] in _MARKS and index + 1 < last:
            first = index + 1
            break
    moved = True
    while moved and first < last:
        moved = False
        time = _TIME.match(low, found[first][1])
        if time is not None and time.end() > found[first][1]:
            while first < last and found[first][1] < time.end():
                first += 1
            moved = True
            continue
        for width in range(min(_LEAD_WIDTH, last - first), 0, -1):
            if " ".join(texts[first : first + width]) in _LEADS:
                first += width
                moved = True
                break
    return first


def _noun(low: str, number: Number, limit: int, *, long: bool) -> tuple[str, int]:
    """The words after a figure up to a stop; of a counted thing they begin with its noun."""
    begin = number.unit_start if number.unit_kind in ("count", "weak") else number.end
    at = number.end
    taken = 0
    texts = [(m.group(), m.end()) for m in _WORD.finditer(low, at, min(limit, at + 130))]
    index, end = 0, at
    width_limit = 16 if long else 7
    while index < len(texts) and taken < width_limit:
        word, word_end = texts[index]
        bare = word.rstrip(",.;:()")
        if word[0] in ",.;:()-*" or (not bare):
            break
        stop = _stop_width(texts, index)
        if stop and not (long and taken == 0 and word in ("trở",)):
            if long and word == "trở":  # `80% trở lên số chi bộ`
                index += 2
                continue
            if not (long and word in ("và", "cho", "thuộc", "được", "do") and taken):
                break
        if word == "trở":
            index += 2
            continue
        taken += 1
        end = word_end - (len(word) - len(bare))
        index += 1
        if len(bare) != len(word) or "(" in bare:
            break
    if taken == 0:
        return (low[begin : number.end] if begin < number.end else ""), number.end
    noun = " ".join(low[begin:end].replace("trở lên", " ").split())
    return noun.strip(' "'), end


def _stop_width(texts: list[tuple[str, int]], index: int) -> int:
    for width in range(_STOP_WIDTH, 0, -1):
        if index + width <= len(texts) and " ".join(w for w, _ in texts[index : index + width]) in _STOPS:
            return width
    return 0
