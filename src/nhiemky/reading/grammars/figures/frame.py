"""The words around one figure: subject before it, how it is joined, the noun after it.

`tỷ lệ hộ nghèo | giảm còn | khoảng | 20%`: subject, join, qualifier, figure. A figure without a subject of its own
(`, 1.256 đảng viên`) leans on the one before it.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import lookup, words

_JOINS = lookup("qualifiers", "meaning")
_LEADS = frozenset(words("leads", role="lead"))
_MARKS = frozenset(words("leads", role="mark"))
_MARKS_OR_HALVES = _MARKS | {"đấu"}  # of `phấn đấu`
_TOLD = frozenset(("biết", "rằng", "hay", "thấy"))
_TAILS = frozenset(words("leads", role="tail"))
_STOPS = frozenset(words("stops"))


def _widths(phrases: Iterable[str], end: int) -> dict[str, tuple[int, ...]]:
    """First (`end` 0) or last (-1) word → the widths of the phrases it opens or closes, the widest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        parts = phrase.split()
        found.setdefault(parts[end], set()).add(len(parts))
    return {word: tuple(sorted(widths, reverse=True)) for word, widths in found.items()}


_JOIN_WIDTHS = _widths(_JOINS, -1)
_VERBS = frozenset(("đạt", "tăng", "giảm", "so", "ước"))  # behind them a long run-up names nothing
_LEAD_WIDTHS = _widths(_LEADS, 0)
_STOP_WIDTHS = _widths(_STOPS, 0)
# what `_TIME` may begin with, looked up before it is tried
_TIME_WORDS = frozenset(
    (
        "trong", "tới", "đến", "tính", "từ", "nay", "vào", "cuối", "hết", "đầu", "của", "giai", "sang", "qua", "hơn",
        "thời",
        "hai", "ba", "bốn", "sáu", "chín", "năm", "quý", "tháng", "ngày", "nhiệm",
    )
)  # fmt: skip
# begins with a plain set of characters, which is searched for at memory speed; a dash ends only between spaces
_NOUN_END = re.compile(r"[-,.;:()*\n](?:(?<![-.])(?!\d)|(?<=\.)(?!\w)|(?<=\s-)(?=\s))")
_IN_YEAR = re.compile(r"\s(?:vào|đến|trong)(?: hết| cuối)? năm \d{4}$")
# words that an indicator begins with: a piece before a comma that begins so belongs to what follows
_BARE_PLACES = frozenset(("phường", "xã", "huyện", "quận", "tỉnh"))
_NAMES_MEASURE = (
    "tỷ lệ",
    "tỉ lệ",
    "tốc độ",
    "tổng",
    "cơ cấu",
    "tỷ trọng",
    "diện tích",
    "sản lượng",
    "thu nhập",
    "mức ",
    "chỉ số",
    "giá trị",
    "kim ngạch",
    "năng suất",
)
_LISTING = ("trong đó", "như sau", "cụ thể", "gồm", "sau", "sau đây", "là", "bao gồm", "đó là")
_NOT_LISTED = frozenset(("không", "qua", "góp", "trong", "nhằm", "từng", "tạo", "đáp", "bảo", "đảm", "đưa"))
_HEADINGS = ("kết quả", "các ", "những ", "một số ", "nhiệm vụ", "về ", "cụ thể", "như sau", "gồm", "bao gồm")
_LONG_GOES_ON = frozenset(("và", "cho", "thuộc", "được", "do"))
_TIME = re.compile(
    r"(?:(?:trong|đến|tới|tính|từ|nay|vào|cuối|hết|đầu|của|giai|đoạn|sang|qua|hơn|thời|điểm)\s+)*"
    r"(?:(?:\d+|sáu|ba|chín) tháng(?: đầu| cuối)?(?: năm)?(?: \d{4})?|năm học \d{4}(?:\s?-\s?\d{4})?"
    r"|giai đoạn \d{4}\s?-\s?\d{4}|(?:hai|ba|bốn|\d) năm \d{4}(?: và \d{4})?"
    r"|(?:năm|quý|tháng|ngày|nhiệm kỳ)\s+[\divx]+(?:[/ -]+[\d]+)*)(?:\s+(?:đến nay|trở đi))?\s*,?\s*"
)
# `trao Huy hiệu Đảng cho 9 đảng viên (55 năm: 02 đ/c, 50 năm: 03 đ/c)`
# `3.838 xã (43,02%) đạt chuẩn nông thôn mới`: the name goes on behind its share
_SHARE_BEHIND = re.compile(
    r" \((?:hơn |gần |khoảng |chiếm )?[\d.,]+ ?%\)( (?:đạt|được|hoàn thành|có)(?: [^ .,;:()]+){1,6})"
)
_BADGE = re.compile(r"([3-9][05]) năm(?: tuổi đảng)?\s?(?::|có|cho)\s?$")
_PERIOD = re.compile(r"\d+ tháng (?:đầu|cuối) năm|\d+ tháng|cả năm|quý [iv]+")


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
    tail_near: bool  # … right behind the figure
    lead_text: str
    own_subject: bool


def frame_of(page: Page, number: Number, part: int, floor: int, ceiling: int, *, first: bool, baseline: int) -> Frame:
    """The frame of a figure.

    `floor` is the end of the fact before it in the part, `ceiling` the next one's start, `first` says that no fact
    stands before it, `baseline` is where `từ 3,36%` begins that belongs to it (0: none).
    """
    low, figure, limit = page.low, number.start, page.ends[part]
    subject, count, joins, start, joined = _run_up(low, number, floor, baseline, first=first)
    ceiling = min(limit, ceiling)
    counts = number.unit_kind == "percent" and joined.startswith("có")  # `… vì có đến 40% số xã nợ`: the noun names it
    if count > 2 and number.unit_kind in ("percent", "money") and "over" not in joins and not counts:
        noun, end = "", number.end  # the subject names it all
    else:
        noun, end = _noun(low, number, ceiling, long=count <= 2)
        bare = noun == number.unit and "plain" in joins  # `huyện có 21 xã, thị trấn`
        if (not count or bare) and ceiling == limit:  # what stands before another figure is of that one
            noun, end = _list_goes_on(low, noun, end, limit)
        elif share := _SHARE_BEHIND.match(low, end, limit):
            noun = f"{noun} {share.group(1).strip()}"
    tail, near, behind = _tail(low, number, limit)
    end = max(end, behind)
    return Frame(number, part, start, end, subject, joins, joined, noun, tail, near, low[floor:figure], count > 0)


Said = tuple[str, int, tuple[str, ...], int, str]  # a subject, its words, joins, where it starts, the join words


def _run_up(low: str, number: Number, floor: int, baseline: int, *, first: bool) -> Said:
    """What stands before a figure, back to where its piece of the sentence begins, or the pieces that belong to it."""
    figure = number.start
    cut = _piece_start(low, floor, baseline or figure)
    subject, count, joins, start, joined = _peel(low, cut, baseline or figure)
    if baseline:
        _, _, joins, _, joined = _peel(low, max(cut, figure - 24), figure)
    opened = low[cut - 1 : cut] if cut > floor else ""
    if count == 1 and subject in _BARE_PLACES:  # `phường đã giảm 100%`
        subject, count = "", 0
    badge = _badge(low, floor, figure) if number.unit_kind == "count" else None
    if badge is not None:
        return f"huy hiệu {badge.group(1)} năm tuổi đảng", 6, joins, badge.start(), joined
    if not count and opened == ":" and not baseline:
        subject, count, more, start, said = _before_colon(low, floor, cut - 1, start)
        joins, joined = more + joins, f"{said} {joined}".strip()
    if subject.endswith(("chỉ tiêu", "mục tiêu")) and count > 3:  # `nghị quyết … về chỉ tiêu 100% hộ dân …`
        subject, count = "", 0
    # `…% so với cùng kỳ và đạt 48,9% kế hoạch`, `…, so với cùng kỳ tăng 7,8%`
    if subject.startswith("so ") and (subject.endswith(" và") or "change" in joins):
        subject, count = "", 0
    leans = count <= 4 and joins and (first or subject) and opened in (",", "(") and "change" not in joins
    leans = leans or (0 < count <= 2 and opened == ",")  # `tổng đàn trâu, bò 997 con`: only where the piece names it
    if opened == ")" and joins and count <= 6 and not baseline:
        subject, count, start = _before_brackets(low, floor, cut - 1, subject, count, start)
    elif leans or (not count and opened == "(" and number.unit_kind == "money"):  # `thu rất cao (gần 348 tỷ đồng)`
        subject, count, start = _with_piece_before(low, floor, cut, subject, count, start)
    elif opened == "," and first and joins and count:
        subject, count, start = _with_measure(low, floor, cut, subject, count, start)
    return subject, count, joins, start, joined


def _with_measure(low: str, floor: int, cut: int, subject: str, count: int, start: int) -> tuple[str, int, int]:
    """`Diện tích đất tích tụ để sản xuất quy mô lớn, ứng dụng công nghệ cao đạt`: the measure opens the list of words."""
    if subject.startswith(_NAMES_MEASURE) or cut - floor > 160:
        return subject, count, start
    words, _, joins, at, _ = _peel(low, floor, cut - 1)
    if joins or not words.startswith(_NAMES_MEASURE) or not _VERBS.isdisjoint(words.split()):
        return subject, count, start
    whole = f"{words}, {subject}"
    return whole, len(whole.split()), at


def _before_brackets(low: str, floor: int, closed: int, subject: str, count: int, start: int) -> tuple[str, int, int]:
    """`tổng giá trị 5 năm (2015 - 2020) ước đạt`, `tỷ lệ đường (không tính …) được cứng hóa`: named before the remark."""
    opened = low.rfind("(", floor, closed)
    if opened < 0:
        return subject, count, start
    before, farther = _piece_before(low, floor, opened + 1)
    if not before:
        return subject, count, start
    whole = f"{before} {subject}".strip()
    return whole, len(whole.split()), farther


def _badge(low: str, floor: int, figure: int) -> "re.Match[str] | None":
    """The years of a badge right before the count of those who got it."""
    near = max(floor, figure - 24)
    if low.find("năm", near, figure) < 0 or low.find("huy hiệu", max(0, figure - 300), figure) < 0:
        return None
    return _BADGE.search(low, near, figure)


def _tail(low: str, number: Number, limit: int) -> tuple[str, bool, int]:
    """`lên` or `xuống` of `trở lên` behind a figure, whether right behind it, and where it ends."""
    up = low.find("trở ", number.end, min(number.end + 80, limit))
    if up < 0 or low.find(",", number.end, up) >= 0:
        return "", False, 0
    tail = "lên" if low.startswith("lên", up + 4) else "xuống" if low.startswith("xuống", up + 4) else ""
    if not tail:  # it is said only with both words
        return "", False, 0
    return tail, up - number.end < 14, up + 4 + len(tail)


def _before_colon(low: str, floor: int, colon: int, start: int) -> Said:
    """`Tỷ lệ hộ dùng nước sạch: 98%`, `Nông, lâm nghiệp, thủy sản: 74%`: what is listed stands before the colon."""
    end = colon
    if low[end - 1] == ")":  # `số thôn đạt chuẩn (theo Chỉ thị …): 5 thôn`
        opened = low.rfind("(", floor, end)
        end = opened if opened >= 0 else end
    if low.endswith(_LISTING, floor, end):
        return "", 0, (), start, ""
    begin = max(low.rfind(mark, floor, end) for mark in ":()*+") + 1 or floor
    begin += low.startswith(",", begin)
    subject, count, joins, at, joined = _peel(low, begin, end)
    if count < 2 or count > 18 or subject.startswith(_HEADINGS):
        return "", 0, (), start, ""
    if low[begin - 1] == ")" and begin > floor and count <= 6:
        subject, count, at = _before_brackets(low, floor, begin - 1, subject, count, at)
    return subject, count, joins, at, joined


def _with_piece_before(low: str, floor: int, cut: int, subject: str, count: int, start: int) -> tuple[str, int, int]:
    """`Tỷ lệ hộ nghèo, còn 3%`, `tỷ lệ điều tra, khám phá án đạt 80%`: the piece before the comma belongs to it."""
    before, farther = _piece_before(low, floor, cut)
    names = before.startswith(_NAMES_MEASURE) and not subject.startswith(_NAMES_MEASURE)
    if not before or not (names or count <= 2):
        return subject, count, start
    whole = f"{before}, {subject}" if subject else before
    cut = farther - 1
    if not whole.startswith(_NAMES_MEASURE) and low[cut - 1 : cut] == "," and cut - 1 > floor:
        more, farthest = _piece_before(low, floor, cut)  # `giá trị sản xuất nông, lâm, thủy sản`
        if more.startswith(_NAMES_MEASURE):
            whole, farther = f"{more}, {whole}", farthest
    return whole, len(whole.split()), farther


def _piece_before(low: str, floor: int, cut: int) -> tuple[str, int]:
    before = _piece_start(low, floor, cut - 1)
    subject, _, _, start, _ = _peel(low, before, cut - 1)
    return (subject, start) if subject and len(subject) < 90 else ("", start)


def _list_goes_on(low: str, noun: str, end: int, limit: int) -> tuple[str, int]:
    """`100% chỉ tiêu về y tế, dân số kế hoạch hóa`: a last piece without a figure or a verb is still the noun."""
    if not noun or low[end : end + 2] != ", ":
        return noun, end
    rest = low[end + 2 : limit].strip(" .")
    head = rest.split(" ", 1)[0]
    year = _IN_YEAR.search(rest)
    if year is not None:
        rest = rest[: year.start()].rstrip()
    if not rest or len(rest) > 60 or rest.count(",") > 2 or head in _JOINS or head in _NOT_LISTED:
        return noun, end
    if any(c.isdigit() for c in rest) or any(len(piece.split()) > 4 for piece in rest.split(",")[:-1]):
        return noun, end
    if head in _STOP_WIDTHS and _is_stop(rest.split(), 0):
        return noun, end
    return f"{noun}, {rest}", end + 2 + len(rest)


def _piece_start(low: str, floor: int, end: int) -> int:
    """Where the piece of a sentence that ends at `end` begins; `tổng sản phẩm (GRDP) bình quân` is one piece."""
    for _ in range(3):
        cut = max(low.rfind(", ", floor, end), low.rfind(":", floor, end), low.rfind("(", floor, end))
        cut = max(cut, low.rfind(")", floor, end), low.rfind("*", floor, end), low.rfind("+ ", floor, end))
        if cut < 0 or low[cut] != ")":
            break
        end = low.rfind("(", floor, cut)
        if end < 0 or cut - end > 12 or " " in low[end:cut]:
            break
    return floor if cut < 0 else cut + 1


def _peel(low: str, start: int, end: int) -> Said:
    """Subject, how many words it has, joins (in order), where the subject starts, and the join words."""
    piece = low[start:end]
    if '"' in piece:
        piece = piece.replace('"', " ")
    texts = piece.split()
    joins: list[str] = []
    last = len(texts)
    while last:
        for width in _JOIN_WIDTHS.get(texts[last - 1], ()):
            meaning = _JOINS.get(" ".join(texts[last - width : last]) if width > 1 else texts[last - 1])
            if meaning == "change" and texts[last - width - 1 : last - width] == ["độ"]:  # tốc độ tăng
                continue
            if meaning is not None and width <= last:
                joins.append(meaning)
                last -= width
                break
        else:
            break
    if last > 1 and texts[last - 1] in _MARKS:  # `tỷ lệ … vẫn | chiếm 58%`
        last -= 1
    if last > 2 and texts[last - 2] == "từ" and texts[last - 1][0].isdigit():  # `tăng từ 50 lên 60%`
        last -= 3 if texts[last - 3] in ("tăng", "giảm") else 2
    while last > 1 and texts[last - 1] in _TAILS:  # `… hộ dân cũng | đạt`
        last -= 1
    joins.reverse()
    joined = " ".join(texts[last:])
    first = _trim(texts, last)
    if first >= last or (last - first == 1 and texts[first] in _MARKS):
        return "", 0, tuple(joins), _offset(piece, last, end), joined
    if last - first > 20:
        last = _told_until(texts, first, last)
        first = max(first, last - 20)
    at = _offset(piece, first, end)
    subject, count = " ".join(texts[first:last]), last - first
    if count <= 2 and first:  # `6 tháng cuối năm phải đạt được tăng trưởng`: a bare subject keeps its period
        period = _PERIOD.search(low, start, at)
        subject = f"{subject} {period.group()}" if period else subject
    return subject, count, tuple(joins), at, joined


def _told_until(texts: list[str], first: int, last: int) -> int:
    """Of a long run-up (`thu ngân sách 9 tháng đạt khá so với dự toán và …, đạt`) what is measured stands first."""
    for index in range(first + 2, last):
        if texts[index] in _VERBS:
            return index
    return last


def _offset(piece: str, index: int, end: int) -> int:
    """Where word `index` of a piece begins in the text; `end` is where the piece ends."""
    rest = piece.split(None, index)
    return end - len(rest[index]) if index < len(rest) else end


def _trim(texts: list[str], last: int) -> int:
    """Index of the subject's first word: what leads up to it is passed over."""
    first = 0
    for index in range(last - 1, -1, -1) if not _MARKS_OR_HALVES.isdisjoint(texts) else ():
        if index + 1 < last and (texts[index] in _MARKS or texts[index - 1 : index + 1] == ["phấn", "đấu"]):
            first = index + 1 if not " ".join(texts[:3]).startswith(_NAMES_MEASURE) else 0
            break
    if "cho" in texts[first:last]:
        for index in range(first, last - 2):
            if texts[index] == "cho" and texts[index + 1] in _TOLD:
                first = index + 2  # `ông A cho biết …`
    moved = True
    while moved and first < last:
        moved = False
        word = texts[first]
        if word in _TIME_WORDS or word[0].isdigit():
            rest = " ".join(texts[first:last])
            time = _TIME.match(rest)
            if time is not None and time.end():
                first += len(rest[: time.end()].split())
                moved = True
                continue
        for width in _LEAD_WIDTHS.get(word, ()):
            if width <= last - first and " ".join(texts[first : first + width]) in _LEADS:
                first += width
                moved = True
                break
    return first


def _noun(low: str, number: Number, limit: int, *, long: bool) -> tuple[str, int]:
    """The words after a figure up to a stop; of a counted thing they begin with its noun."""
    begin = number.unit_start if number.unit_kind in ("count", "weak") else number.end
    at = number.end
    furthest = limit if limit < at + 160 else at + 160
    cut = _NOUN_END.search(low, at, furthest)
    stop = cut.start() if cut else furthest
    region = low[at:stop]
    if '"' in region:
        region = region.replace('"', " ")
    texts = region.split()
    if cut is None and limit > furthest and texts:
        texts.pop()  # a word cut in two
    index = taken = 0
    while index < len(texts) and taken < (24 if long else 7):
        word = texts[index]
        if word[0] == "/":  # `34,7 triệu đồng/nhóm`, `214 ha/200 ha`
            break
        if word == "trở":  # `80% trở lên số chi bộ`
            index = min(index + 2, len(texts))
            continue
        goes_on = word in _LONG_GOES_ON and (taken or (word == "thuộc" and begin < at))  # `9 đơn thuộc thẩm quyền`
        if word in _STOP_WIDTHS and _is_stop(texts, index) and not (long and goes_on):
            break
        taken += 1
        index += 1
    while index and texts[index - 1] in _LONG_GOES_ON:
        index, taken = index - 1, taken - 1
    while index and stop == limit and texts[index - 1] in _JOINS and low[limit : limit + 1].isdigit():
        index, taken = index - 1, taken - 1  # `2,2 tỷ đồng | đạt 173%`: what joins the next figure is of that one
    if taken <= 0:
        return (low[begin:at] if begin < at else ""), at
    end = _offset(region, index - 1, stop) + len(texts[index - 1])
    noun = low[begin:end]
    if "trở lên" in noun or '"' in noun:
        noun = noun.replace("trở lên", " ").replace('"', " ")
    return " ".join(noun.split()), end


def _is_stop(texts: list[str], index: int) -> bool:
    return any(" ".join(texts[index : index + width]) in _STOPS for width in _STOP_WIDTHS[texts[index]])
