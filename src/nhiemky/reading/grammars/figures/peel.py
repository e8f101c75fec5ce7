"""A piece of a sentence before a figure, peeled: `tỷ lệ hộ nghèo | giảm còn | khoảng` is subject and joins."""

import re
from collections.abc import Iterable

from nhiemky.reading.vocab import lookup, words

JOINS = lookup("qualifiers", "meaning")
_LEADS = frozenset(words("leads", role="lead"))
_MARKS = frozenset(words("leads", role="mark"))
_MARKS_OR_HALVES = _MARKS | {"đấu"}  # of `phấn đấu`
_OWED = frozenset(("thu", "nộp"))
_TOLD = frozenset(("biết", "rằng", "hay", "thấy"))
_WHOLE = frozenset(("chứng", "tín", "địa", "đình", "đồng", "còn", "ngược", "đi"))  # chứng chỉ, còn lại, đồng đều
_BEFORE_DOI = frozenset(("cân", "tuyệt", "tương", "phản"))  # `tổng thu trong cân đối`
# what joins nothing behind that word: `trở lên`, `nông thôn mới`
_ENDS_A_WORD = {"lên": ("trở",), "xuống": ("trở",), "mới": ("thôn", "trồng"), "đến": ("tiếp",)}
_OF_RATINGS = frozenset(("tốt", "xuất", "nhiệm"))
_MEAN_INCOME = ["nhập", "bình", "quân"]
_TAILS = frozenset(words("leads", role="tail"))
_LOOSE = _MARKS | _TAILS | {"đối"}  # of `đối với`


def widths(phrases: Iterable[str], end: int) -> dict[str, tuple[int, ...]]:
    """First (`end` 0) or last (-1) word → the widths of the phrases it opens or closes, the widest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        parts = phrase.split()
        found.setdefault(parts[end], set()).add(len(parts))
    return {word: tuple(sorted(widths, reverse=True)) for word, widths in found.items()}


_JOIN_WIDTHS = widths(JOINS, -1)
_LEAD_WIDTHS = widths(_LEADS, 0)
VERBS = frozenset(("đạt", "tăng", "giảm", "so", "ước"))  # behind them a long run-up names nothing
# what `_TIME` may begin with, looked up before it is tried
_TIME_WORDS = frozenset(
    (
        "trong", "tới", "đến", "tính", "từ", "nay", "vào", "cuối", "hết", "đầu", "của", "giai", "sang", "qua", "hơn",
        "thời",
        "hai", "ba", "bốn", "sáu", "chín", "năm", "quý", "tháng", "ngày", "nhiệm",
    )
)  # fmt: skip
_SIGNS = "\u2500"  # from here on letters are signs and small pictures
_PASSED = _TIME_WORDS | _LEAD_WIDTHS.keys()
# words that an indicator begins with: a piece before a comma that begins so belongs to what follows
NAMES_MEASURE = (
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
    "nhu cầu ",
    "kim ngạch",
    "năng suất",
)
# … and those that keep it over `đã`: `nguồn vốn đầu tư công đã giải ngân đạt 55%`
_MEASURES = (*NAMES_MEASURE, "nguồn vốn ", "vốn ", "kế hoạch vốn ", "số ", "kinh phí ", "doanh thu ", "dư nợ ")
# amounts that say of what only with the fact before them
AMOUNTS = frozenset(
    (
        "số tiền",
        "phạt tiền",
        "xử phạt",
        "tiền phạt",
        "số tiền phạt",
        "tổng số tiền phạt",
        "tổng số tiền",
        "kinh phí",
        "tổng kinh phí",
        "trị giá",
        "tổng trị giá",
        "giá trị",
        "tổng giá trị",
        "tổng mức đầu tư",
        "mức đầu tư",
        "vốn đầu tư",
        "tổng vốn đầu tư",
        "tổng vốn",
        "số vốn",
        "tổng số vốn",
        "tổng nguồn vốn",
        "kinh phí thực hiện",
        "tổng kinh phí thực hiện",
        "tổng mức vốn",
        "vốn đăng ký",
        "tổng vốn đăng ký",
        "số vốn đăng ký",
        "tổng số vốn đăng ký",
    )
)
_IN_IT = ["trong", "đó"]
HOLDERS = ("phường", "xã", "thị trấn", "quận", "huyện", "tỉnh", "thành phố", "thị xã", "đảng bộ", "toàn đảng bộ")
_MEASURES_BEGIN = frozenset(("tỷ", "tỉ", "tốc"))
_OPENS_MEASURE = frozenset(("khi", "do", "vì", "nhờ", "nên", "mà"))
# so với, đối với, phù hợp với, có công với
_WITH_OTHERS = frozenset(("so", "đối", "cùng", "hợp", "gắn", "ứng", "cấp", "công"))
_OF_AMOUNTS = frozenset(
    (
        "số",
        "tổng",
        "kinh",
        "trị",
        "vốn",
        "mức",
        "giá",
        "chiều",
        "độ",
        "diện",
        "khối",
        "tỷ",
        "tỉ",
        "các",
        "những",
        "nhiều",
    )
)
_TIME = re.compile(
    r"(?:(?:trong|đến|tới|tính|từ|nay|vào|cuối|hết|đầu|của|giai|đoạn|sang|qua|hơn|thời|điểm)\s+)*"
    r"(?:(?:\d+|sáu|ba|chín) tháng(?: đầu| cuối)?(?: năm)?(?: \d{4})?|năm học \d{4}(?:\s?-\s?\d{4})?"
    r"|giai đoạn \d{4}\s?-\s?\d{4}|\d(?:-\d)? năm (?:trở lại đây|gần đây|qua)|(?:hai|ba|bốn|\d) năm \d{4}(?: và \d{4})?"
    r"|\d{1,2}/\d{1,2}(?:/\d{4})?|(?<=đến )20\d\d"
    r"|(?:năm|quý|tháng|ngày|nhiệm kỳ)\s+[\divx]+(?![^\W_])(?:[/ -]+[\d]+)*)(?:\s+(?:đến nay|trở đi))?\s*,?\s*"
)
_PERIOD = re.compile(r"\d+ tháng (?:đầu|cuối) năm|\d+ tháng|cả năm|quý [iv]+")
Said = tuple[str, int, tuple[str, ...], int, str]  # a subject, its words, joins, where it starts, the join words


def is_holder(subject: str) -> bool:
    """Whether a subject is whose the counts are: `phường Kim Đài`, `toàn đảng bộ`; `xã hội hóa` is no commune."""
    return subject.startswith(HOLDERS) and not subject.startswith("xã hội")


def peel(low: str, start: int, end: int) -> Said:
    """Subject, how many words it has, joins (in order), where the subject starts, and the join words."""
    piece = low[start:end]
    if '"' in piece:
        piece = piece.replace('"', " ")
    texts = piece.split()
    joins, last = _joins_of(texts)
    joined = " ".join(texts[last:]) if joins or last < len(texts) else ""
    first = _trim(texts, last)
    if first >= last or (last - first == 1 and (texts[first] in _MARKS or texts[first] == "chỉ")):
        return "", 0, tuple(joins), offset(piece, last, end), joined
    first = _turned(texts, first, last)
    if last - first > 20:
        last = _told_until(texts, first, last)
        first = max(first, last - 20)
    at = offset(piece, first, end)
    subject, count = " ".join(texts[first:last]), last - first
    if count <= 2 and first:  # `6 tháng cuối năm phải đạt được tăng trưởng`: a bare subject keeps its period
        period = _PERIOD.search(low, start, at)
        subject = f"{subject} {period.group()}" if period else subject
    return subject, count, tuple(joins), at, joined


def _joins_of(texts: list[str]) -> tuple[list[str], int]:
    """The joins that a run-up ends in, in order, and how many words stand before them."""
    joins: list[str] = []
    last = len(texts)
    while last:
        for width in _JOIN_WIDTHS.get(texts[last - 1], ()):
            meaning = JOINS.get(" ".join(texts[last - width : last]) if width > 1 else texts[last - 1])
            if meaning == "change" and texts[last - width - 1 : last - width] == ["độ"]:  # tốc độ tăng
                continue
            if texts[last - 3 : last] == _MEAN_INCOME:
                continue
            if last > 1 and texts[last - 2] in _ENDS_A_WORD.get(texts[last - 1], ()):
                continue  # `sinh con thứ 3 trở lên`
            if meaning is not None and width <= last:
                joins.append(meaning)
                last -= width
                break
        else:
            break
    if last > 1 and (texts[last - 1] in _LOOSE or texts[last - 2] in ("từ", "phấn")):
        last = _loosened(texts, last)
    joins.reverse()
    return joins, last


def _loosened(texts: list[str], last: int) -> int:
    """The same without words that only lead over to the joins."""
    if texts[last - 2 : last] == ["phấn", "đấu"]:  # `huyện phấn đấu | giảm`
        return 0 if " ".join(texts[: last - 2]) in HOLDERS else last - 2
    if texts[last - 1] == "đối" and texts[last - 2] not in _BEFORE_DOI:  # `kiểm tra đối với`
        last -= 1
    if last > 1 and texts[last - 1] in _MARKS:  # `tỷ lệ … vẫn | chiếm 58%`
        last -= 1
    if last > 2 and texts[last - 2] == "từ" and texts[last - 1][0].isdecimal():  # `tăng từ 50 lên 60%`
        last -= 3 if texts[last - 3] in ("tăng", "giảm") else 2
    while last > 1 and texts[last - 1] in _TAILS and texts[last - 2] not in _WHOLE:  # `… hộ dân cũng | đạt`
        last -= 1
    return last


def _told_until(texts: list[str], first: int, last: int) -> int:
    """Of a long run-up (`thu ngân sách 9 tháng đạt khá so với dự toán và …, đạt`) what is measured stands first."""
    for index in range(first + 2, last):
        if texts[index] in VERBS:
            return index
    return last


def _turned(texts: list[str], first: int, last: int) -> int:
    """`hộ nghèo giảm nhanh nhưng hộ cận nghèo | còn cao`, `… tăng so với cùng kỳ với đàn trâu`: what is named last."""
    said = texts[first:last]
    if "nhưng" in said:
        at = last - said[::-1].index("nhưng")
        if last - at > 1:
            return at
    if last - first > 8 and "với" in said:
        at = last - said[::-1].index("với")
        if 0 < last - at <= 6 and texts[at - 2] not in _WITH_OTHERS and texts[at] not in _OF_AMOUNTS:
            return at
    return first


def offset(piece: str, index: int, end: int) -> int:
    """Where word `index` of a piece begins in the text; `end` is where the piece ends."""
    rest = piece.split(None, index)
    return end - len(rest[index]) if index < len(rest) else end


def _measure_in(texts: list[str], first: int, last: int) -> int:
    """Where the measure behind a conjunction begins: `… tiềm năng về rừng khi tỷ lệ che phủ đang …`."""
    for index in range(1, last - 2):
        if texts[index] in _MEASURES_BEGIN and texts[index - 1] in _OPENS_MEASURE and texts[index + 1] in ("lệ", "độ"):
            return index
    return first


def _trim(texts: list[str], last: int) -> int:
    """Index of the subject's first word: what leads up to it is passed over."""
    first = 0
    for index in range(last - 1, -1, -1) if not _MARKS_OR_HALVES.isdisjoint(texts) else ():
        if index + 1 < last and (texts[index] in _MARKS or texts[index - 1 : index + 1] == ["phấn", "đấu"]):
            if texts[index + 1] == "qua":  # `lao động đã qua đào tạo`
                continue
            index -= texts[index] == "phải" and texts[index + 1] in _OWED  # `mỗi ngày phải thu`
            said = " ".join(texts[2:5] if texts[:2] == _IN_IT else texts[:3])
            first = index + 1 if not said.startswith(_MEASURES) else 0
            break
    if "cho" in texts:
        for index in range(first, last - 1):
            if texts[index] == "cho" and texts[index + 1] in _TOLD:
                first = index + 2  # `ông A cho biết …`
    if not _MEASURES_BEGIN.isdisjoint(texts):
        first = _measure_in(texts, first, last)
    while first < last:
        word = texts[first]
        if word not in _PASSED and not word[0].isdecimal():
            if word[0] < _SIGNS:
                break
            first += 1  # `🔹 125 suất quà`
            continue
        if word in _TIME_WORDS or word[0].isdecimal():
            rest = " ".join(texts[first:last])
            time = _TIME.match(rest)
            if time is not None and time.end():
                first += len(rest[: time.end()].split())
                continue
        for width in _LEAD_WIDTHS.get(word, ()):
            if word == "hoàn" and texts[first + 2 : first + 3] and texts[first + 2] in _OF_RATINGS:
                continue  # `hoàn thành tốt nhiệm vụ đạt 77%`
            if width <= last - first and " ".join(texts[first : first + width]) in _LEADS:
                first += width
                break
        else:
            break
    return first
