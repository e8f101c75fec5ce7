"""What stands before a figure: its subject and how it is joined, over commas, colons and remarks in brackets."""

import re

from nhiemky.reading.grammars.figures.peel import AMOUNTS, NAMES_MEASURE, VERBS, Said, peel
from nhiemky.reading.text import Number, Page

# `năm sau đều tăng hơn năm trước`, `bình quân 5 năm`: how it went, not what
_YEAR_BY_YEAR = re.compile(
    r"(?:^| )(?:năm|tháng|quý) sau (?:đều |luôn )?(?:tăng|giảm|cao|thấp|nhiều|ít)"
    r"(?: hơn| so với)+ (?:năm|tháng|quý) trước$"
)
_AVERAGE_SPAN = re.compile(
    r"(?:bình quân|trung bình)(?: trong)?(?: mỗi| hằng| hàng| cả)?(?: \d| ba)? năm(?: qua| gần đây)?"
)
_HEAD = re.compile(
    r"\s*(?:[-+*•] )?((?:công tác|ngành|lĩnh vực|khu vực|sản xuất|kinh tế|hoạt động|phong trào|tổng|kim ngạch)"
    r"(?: [^ .;:()\d]+){1,9}?) (?:tiếp tục|được|đạt|có|tăng|giảm|luôn|đều|vẫn|phát triển|chuyển biến|duy trì|hàng năm"
    r"|hằng năm|đã|ước|từng bước)(?= )"
)
# fields that a report is divided by: `Giảm nghèo: còn 21 hộ nghèo`
_FIELDS = frozenset(
    ("giảm nghèo", "giáo dục", "y tế", "văn hóa", "môi trường", "việc làm", "dân số", "an ninh", "quốc phòng",
     "kinh tế", "xã hội", "an sinh xã hội", "an ninh trật tự", "quốc phòng - an ninh", "văn hóa - xã hội",
     "xây dựng đảng")
)  # fmt: skip
_SHORT = re.compile(r"[bcdđghklmnpqrstvxy]{3,}")  # BHYT, BHXH, THPT
_BARE_PLACES = frozenset(("phường", "xã", "huyện", "quận", "tỉnh", "nước"))
_LISTING = ("trong đó", "như sau", "cụ thể", "gồm", "sau", "sau đây", "là", "bao gồm", "đó là", "đề ra", "thông qua")
_HEADINGS = (
    "kết quả", "các ", "những ", "một số ", "nhiệm vụ", "về ", "cụ thể", "như sau", "gồm", "bao gồm", "đề ra ",
    "thông qua ", "đặt ra ", "xác định ",
)  # fmt: skip
# `trao Huy hiệu Đảng cho 9 đảng viên (55 năm: 02 đ/c, 50 năm: 03 đ/c)`
_NAMED_BEHIND = re.compile(
    r" (?:số )?(?:hộ|người|dân|chi bộ|đảng viên|cán bộ|trẻ|học sinh|gia đình|đơn vị|tổ|thôn|khu|cơ)[ ,]"
)
# … and any other noun behind `có`: `đường ngõ thay đổi, đã có 100% các tuyến đường được thắp sáng`
NOUN_BEHIND = re.compile(
    r" (?!so |kế hoạch|kh[ ,.]|dự toán|chỉ tiêu|nghị quyết|mục tiêu|trở |và |trong |tăng |giảm |theo |mỗi )[^\W\d_]"
)
_DONE = " đã "
_LEANING = frozenset(",(")
_ACTOR = re.compile(
    r"(?:(?<=[,;.:] )|(?<=và )|(?<=\n))((?:tỉnh|thành phố|huyện|thị xã|quận|thị trấn|xã|phường|thôn|sở|ngành|ubnd"
    r"|chi nhánh|ngân hàng|công ty|hội|đoàn|quỹ|chi cục|cục)(?: [^ ,;.:()\d]+){1,6}? đã) $"
)
_WHOLES = tuple(f"toàn {place} " for place in ("xã", "phường", "huyện", "quận", "tỉnh", "thị xã", "thành phố", "tp"))
WHOLE = "toàn đảng bộ"  # a subject that says whose a count is, and names nothing
_WHOLE_HAS = re.compile(
    r".*toàn (?:đảng bộ|phường|xã|huyện|quận|tỉnh|thị xã|thành phố|tp)(?: [^ ,.;:()\d]+){0,5}? có ", re.DOTALL
).match
_PREDICATES = ("không ", "được ", "chưa ")
_SURFACED = frozenset(("bê tông hóa", "nhựa hóa", "cứng hóa", "kiên cố hóa"))
_WAYS = ("tăng so ", "giảm so ", "cao hơn ", "nhiều hơn ")
_SINCE = re.compile(
    r"(tăng|giảm|cao hơn|nhiều hơn)(?: so)? (?:với )?(?:cùng kỳ|đầu năm|năm|tháng|quý|kế hoạch)(?: [^ ]+){0,4}$"
)
_BADGE = re.compile(r"([3-9][05]) năm(?: tuổi đảng)?\s?(?::|có|cho)\s?$")
# what opens a sentence names nothing: `trong ngày làm việc thứ ba, trên 90% ủy viên …`
_OPENERS = (
    "do đồng chí ", "do ông ", "do bà ", "trong ngày ", "trong buổi ", "tại buổi ", "từ đầu ", "theo ",
    "trao đổi với ", "trong tuần ", "trong một tuần ",
)  # fmt: skip
# … nor does who says it: `ông Lê Văn An cho biết, gần 8.000 tỷ đồng`, `Kết quả, năm 2023 có 5 chi bộ`
_OPENED = ("cho biết", "cho hay", "cho rằng", "đặt vấn đề", "nhấn mạnh", "khẳng định", "nêu rõ", "kết quả", "trình bày")
# `thu ngân sách tăng khá, bình quân trong 5 năm qua đạt 121%`
# `đạt 1.400 tỷ đồng, đạt kế hoạch và tăng 2 lần`
_PLAN_AND = re.compile(r"(?:kế hoạch|chỉ tiêu|mục tiêu|nghị quyết)(?: đề ra| đặt ra| được giao)? và")
_ONLY_SPAN = re.compile(r"(?:(?:trung bình|bình quân) )?(?:trong )?(?:\d|ba|năm) năm (?:qua|gần đây)")
ROUNDED = frozenset(("", "trên", "hơn", "gần", "khoảng"))
Named = tuple[str, int, int]  # a subject, how many words it has, where it starts


def run_up(page: Page, number: Number, floor: int, baseline: int, *, first: bool) -> Said:
    """What stands before a figure, back to where its piece of the sentence begins, or the pieces that belong to it."""
    low, figure = page.low, number.start
    cut = _piece_start(page, floor, baseline or figure)
    subject, count, joins, start, joined = peel(low, cut, baseline or figure)
    if baseline:
        _, _, joins, _, joined = peel(low, max(cut, figure - 24), figure)
    opened = low[cut - 1 : cut] if cut > floor else ""
    if subject[:1] in (".", ","):  # `đạt 53.6%. thu ngân sách`, `8%,thu nhập`
        subject = subject.lstrip("., ")
    changed = _SINCE.match(subject) if not joins and subject.startswith(_WAYS) else None
    if changed is not None:  # `…, tăng so với cùng kỳ 01 đơn`
        return "", 0, ("change",), start, changed.group(1)
    if subject.endswith(" và") and joined in ROUNDED:  # `100% cán bộ, công chức và 90% người dân`
        subject, count, start = "", 0, figure
    if 0 < count < 5 and _is_place(page, subject, count, cut, start):
        subject, count = "", 0
    if not count and joined.startswith("có") and number.unit_kind in ("count", "weak") and _WHOLE_HAS(low, cut, figure):
        return WHOLE, 2, joins, start, joined
    badge = _badge(low, floor, figure) if number.unit_kind == "count" else None
    if badge is not None:
        return f"huy hiệu {badge.group(1)} năm tuổi đảng", 6, joins, badge.start(), joined
    if not count and opened == ":" and not baseline:
        subject, count, more, start, said = _before_colon(page, floor, cut - 1, start)
        joins, joined = more + joins, f"{said} {joined}".strip()
    if _names_nothing(subject, count, joins):
        subject, count = "", 0
    elif opened == "," and subject[:4] in ("bình", "trun") and first and joins and _AVERAGE_SPAN.fullmatch(subject):
        return _head_of(low, floor, cut) or subject, count, joins, start, joined
    if opened == ")":
        if joins and count <= 6 and not baseline:
            subject, count, start = _before_brackets(page, floor, cut - 1, (subject, count, start))
    elif opened in _LEANING:
        if _leans(low, number, (subject, count, joins, start, joined), opened, first=first):
            subject, count, start = _with_piece_before(page, floor, cut, (subject, count, start))
        elif opened == "," and first and joins and count:
            subject, count, start = _with_measure(low, floor, cut, (subject, count, start))
    return subject, count, joins, start, joined


def _leans(low: str, number: Number, said: Said, opened: str, *, first: bool) -> bool:
    """Whether a piece behind a comma or in brackets is only read with the piece before it."""
    subject, count, joins, _, joined = said
    share = opened == "(" and "share" in joins  # `an sinh xã hội (chiếm 86,2% tổng chi)`: what follows names it
    if share and low[number.end : number.end + 2].strip().isalpha():
        return False
    if not first and subject in AMOUNTS:  # `xóa 56 nhà tạm, nhà dột nát, kinh phí 3,36 tỷ đồng`
        return False
    if 0 < count < 8 and opened == "," and (count <= 2 or _goes_on(subject)):
        return True  # `tổng đàn trâu, bò 997 con`: only where the piece names it
    changes = "change" in joins
    leans = bool(joins) and count <= 4 and (first or bool(subject)) and not changes
    if changes and first and not count and opened == ",":  # `thu ngân sách vượt dự toán, tăng 12%`
        leans = number.unit == "lần" or (number.unit == "%" and NOUN_BEHIND.match(low, number.end) is None)
    if leans and not count and number.unit_kind == "percent":
        named = _NAMED_BEHIND.match(low, number.end) or (joined.endswith("có") and NOUN_BEHIND.match(low, number.end))
        leans = not named  # `kiểm soát dịch bệnh, phấn đấu trên 85% người dân …`
    return leans or (not count and opened == "(" and number.unit_kind == "money")  # `thu rất cao (gần 348 tỷ đồng)`


def with_actor(low: str, subject: str, floor: int, start: int) -> tuple[str, int]:
    """`huyện Kim Đài đã chi trả 76 tỷ đồng`: who did it tells this amount from those of others."""
    if not low.endswith(_DONE, floor, start):
        return subject, start
    who = _ACTOR.search(low, max(floor, start - 60), start)
    return (subject, start) if who is None else (f"{who.group(1)} {subject}", who.start(1))


def _is_place(page: Page, subject: str, count: int, cut: int, start: int) -> bool:
    """`phường đã giảm 100%`, `toàn tỉnh Hà Lâm có 74 xã`."""
    if count == 1 and subject in _BARE_PLACES:
        return True
    if not page.text[start].isupper():
        return False
    return page.low.endswith(_WHOLES, cut, start)


def _names_nothing(subject: str, count: int, joins: tuple[str, ...]) -> bool:
    """Whether what stands before a figure names goals in general, what it is held against, or only a time."""
    if count > 3 and subject.endswith(("chỉ tiêu", "mục tiêu")):  # `nghị quyết … về chỉ tiêu 100% hộ dân …`
        return True
    # `…% so với cùng kỳ và đạt 48,9% kế hoạch`, `…, so với cùng kỳ tăng 7,8%`
    if subject.startswith("so ") and (subject.endswith(" và") or "change" in joins):
        return True
    if subject.endswith(" và") and _PLAN_AND.fullmatch(subject):
        return True
    return subject.endswith(("qua", "gần đây")) and _ONLY_SPAN.fullmatch(subject) is not None


def _badge(low: str, floor: int, figure: int) -> "re.Match[str] | None":
    """The years of a badge right before the count of those who got it."""
    near = max(floor, figure - 24)
    if low.find("năm", near, figure) < 0 or low.find("huy hiệu", max(0, figure - 300), figure) < 0:
        return None
    return _BADGE.search(low, near, figure)


def _before_colon(page: Page, floor: int, colon: int, start: int) -> Said:
    """`Tỷ lệ hộ dùng nước sạch: 98%`, `Nông, lâm nghiệp, thủy sản: 74%`: what is listed stands before the colon."""
    low, end = page.low, colon
    if low[end - 1] == ")":  # `số thôn đạt chuẩn (theo Chỉ thị …): 5 thôn`
        opened = low.rfind("(", floor, end)
        end = opened if opened >= 0 else end
    if low.endswith(_LISTING, floor, end):
        return "", 0, (), start, ""
    begin = max(low.rfind(mark, floor, end) for mark in ":()*+") + 1 or floor
    begin += low.startswith(",", begin)
    subject, count, joins, at, joined = peel(low, begin, end)
    short = count < 2 and not _SHORT.fullmatch(subject) and not _is_item(low, begin, subject)
    if short or count > 18 or subject.startswith(_HEADINGS) or subject in _FIELDS:
        return "", 0, (), start, ""
    if low[begin - 1] == ")" and begin > floor and count <= 6:
        subject, count, at = _before_brackets(page, floor, begin - 1, (subject, count, at))
    return subject, count, joins, at, joined


def _is_item(low: str, begin: int, subject: str) -> bool:
    """`- Ngô: 538 ha`: one word that opens an item of a list."""
    return len(subject) > 2 and low.startswith(f"- {subject}:", begin) and low[begin - 1 : begin] in ("", "\n")


def _before_brackets(page: Page, floor: int, closed: int, named: Named) -> Named:
    """`tổng thu 5 năm (2015 - 2020) ước đạt`, `tỷ lệ đường (trừ quốc lộ) được cứng hóa`: named before remarks."""
    subject, _, _ = named
    opened = page.low.rfind("(", floor, closed)
    if opened < 0:
        return named
    before, farther = _piece_before(page, floor, opened + 1)
    if not before:
        return named
    whole = f"{before} {subject}".strip()
    return whole, len(whole.split()), farther


def _with_measure(low: str, floor: int, cut: int, named: Named) -> Named:
    """`Diện tích đất tích tụ để sản xuất quy mô lớn, ứng dụng công nghệ cao đạt`: the measure opens a list of words."""
    subject, _, _ = named
    if subject.startswith(NAMES_MEASURE) or cut - floor > 160:
        return named
    words, _, joins, at, _ = peel(low, floor, cut - 1)
    if joins or "chuyển dịch" in words or not words.startswith(NAMES_MEASURE) or not VERBS.isdisjoint(words.split()):
        return named
    whole = f"{words}, {subject}"
    return whole, len(whole.split()), at


def _head_of(low: str, floor: int, cut: int) -> str:
    """`Ngành dịch vụ tiếp tục tăng trưởng cao, bình quân 5 năm tăng 9%`: what the sentence opens with, or nothing."""
    head = _HEAD.match(low, floor, cut)
    return head.group(1) if head is not None else ""


def _goes_on(subject: str) -> bool:
    """`Đường ngõ được cứng hóa, không lầy lội vào mùa mưa đạt 100%`: only what is said of the one named before."""
    return subject.startswith(_PREDICATES) or subject in _SURFACED


def _with_piece_before(page: Page, floor: int, cut: int, named: Named) -> Named:
    """`Tỷ lệ hộ nghèo, còn 3%`, `tỷ lệ điều tra, khám phá án đạt 80%`: the piece before the comma belongs to it."""
    low, (subject, count, _) = page.low, named
    before, farther = _piece_before(page, floor, cut)
    if before.endswith(" trước") and (steady := _YEAR_BY_YEAR.search(before)):
        before = before[: steady.start()] or _head_of(low, floor, cut)
    names = (before.startswith(NAMES_MEASURE) and not subject.startswith(NAMES_MEASURE)) or _goes_on(subject)
    if not before or not (names or count <= 2) or before.startswith(_OPENERS) or before.endswith(_OPENED):
        return named
    whole = f"{before}, {subject}" if subject else before
    cut = farther - 1
    if not whole.startswith(NAMES_MEASURE) and low[cut - 1 : cut] == "," and cut - 1 > floor:
        more, farthest = _piece_before(page, floor, cut)  # `giá trị sản xuất nông, lâm, thủy sản`
        if more.startswith(NAMES_MEASURE):
            whole, farther = f"{more}, {whole}", farthest
    return whole, len(whole.split()), farther


def _piece_before(page: Page, floor: int, cut: int) -> tuple[str, int]:
    before = _piece_start(page, floor, cut - 1)
    subject, _, _, start, _ = peel(page.low, before, cut - 1)
    return (subject, start) if subject and len(subject) < 90 else ("", start)


def _in_years(low: str, cut: int) -> bool:
    """`các năm 2021, 2022, 2023`."""
    return low[cut + 2 : cut + 4] == "20" and low[cut - 4 : cut].isdecimal() and low[cut + 2 : cut + 6].isdecimal()


def _piece_start(page: Page, floor: int, end: int) -> int:
    """Where the piece of a sentence that ends at `end` begins; `tổng sản phẩm (GRDP) bình quân` is one piece."""
    low, cuts = page.low, page.cuts
    for _ in range(3):
        cut = cuts.rfind(1, floor, end)
        while (
            cut >= 0
            and low[cut] in ",+"
            and (
                cut + 1 >= end
                or low[cut + 1] != " "
                or low.startswith("phòng, chống", cut - 5)
                or (low[cut + 2] == "2" and _in_years(low, cut))
            )
        ):
            cut = cuts.rfind(1, floor, cut)  # `3,5`
        if cut < 0 or low[cut] != ")":
            break
        end = low.rfind("(", floor, cut)
        if end < 0 or cut - end > 12 or " " in low[end:cut] or low[end + 1 : cut].isdecimal():  # `(1) Thu nhập …`
            break
    return floor if cut < 0 else cut + 1
