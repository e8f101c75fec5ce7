"""Title, host and event of a page: whose body met, when and where."""

import re
from collections import Counter

from msgspec import Struct

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Event, Host, Level, PartOfDay
from nhiemky.reading.quantities import iso_date
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import lookup, pattern, words

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = re.compile(rf"[ \u00a0]+([{_UPPER}][^\W\d_]*(?:[ \u00a0][{_UPPER}][^\W\d_]*){{0,3}}|\d{{1,2}}(?![\d/.,%]))")
_NAME_AT = re.compile(rf"\.? ?([{_UPPER}][^\W\d_]*(?:[ \u00a0][{_UPPER}][^\W\d_]*){{0,3}})")  # `TP.HCM`
_HO_CHI_MINH = ("HCM", "Hồ Chí Minh")
_PLACE_WORDS = tuple(w for w in words("levels") if w not in ("chi bộ", "toàn quốc"))
_COMMITTEES = lookup("committees", "place")
MARKS = dict.fromkeys((*_PLACE_WORDS, *_COMMITTEES), "place")  # noted by the engine
_LONGEST_WORD = max(map(len, MARKS))
_LEVELS = lookup("levels", "level")
_BODIES = tuple(
    f"{body} " for body in (
        "đảng ủy", "đảng bộ", "ubnd", "hđnd", "ủy ban nhân dân", "hội đồng nhân dân", "thường trực",
        "công tác đảng của", "cấp ủy", "chi bộ", "mttq", "đảng ủy các", "đảng bộ các", "thành ủy", "tỉnh ủy",
    )
)  # fmt: skip
_OWN_BODIES = ("đảng ủy ", "đảng bộ ", "ubnd ", "hđnd ", "ủy ban nhân dân ")
_OFFICES = ("bí thư ", "thường trực ", "chủ tịch ", "tổ chức ", "tuyên giáo ", "dân vận ", "kiểm tra ", "văn phòng ")
_ORDER = {
    "phường": 0,
    "xã": 0,
    "thị trấn": 0,
    "đặc khu": 0,
    "quận": 1,
    "huyện": 1,
    "thị xã": 1,
    "thành phố": 2,
    "tỉnh": 3,
}
_CENTRAL_CITIES = ("hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế", "hcm")
_CENTRAL = re.compile(r"thủ tướng|chính phủ|quốc hội|bộ chính trị|ban bí thư|tổng bí thư")
_PROVINCE = pattern(r"(?<![^\W_]){name}(?![^\W_])", name=words("provinces"))
_PROVINCE_ACTS = pattern(
    r"(?:^|, )({name}) (?:đã )?(?:tổ chức|họp|công bố|khai mạc|phát động|tổng kết|sơ kết)", name=words("provinces")
)
_DAY_PARTS: dict[str, PartOfDay] = {"sáng": "morning", "chiều": "afternoon", "tối": "evening", "trưa": "afternoon"}
_PART = re.compile(r"(?<![^\W_])(sáng|chiều|tối|trưa)\s+(?:nay\s*,?\s*\(?)?(?:ngày\s+)?\(?$")
_DAY = re.compile(r"(?:(?<!hết )(?<!đến )(?<!trước )(?<!từ )ngày|hôm nay\s*,?\s*\(?|hôm|vừa qua,)\s*\(?$")
_HELD = (
    "hội nghị", "tổ chức", "họp", "đại hội", "diễn ra", "khai mạc", "làm việc", "lễ", "chủ trì", "sơ kết", "tổng kết",
)  # fmt: skip
_AT = re.compile(r"(?<![^\W_])tại\s+([^,.;:()\n]{4,80}?)(?=,|\.|;|\(|\n|\s+(?:đã|đảng|ubnd|hội nghị|diễn ra)|$)")
_CITED = re.compile(r"[-/][a-zđ]{2,}[ ,]*(?:ngày\s+)?$|số\s[^ ]+\s+ngày\s+$")
_VISITED = re.compile(r"(?<![^\W_])(?:thăm|chúc tết|làm việc (?:với|tại)|trao đổi kinh nghiệm)(?![^\W_])")
_SUMS_UP = re.compile(r"(?:tổng kết|kết quả)[^.;]{0,90}?(?<!đầu )năm (20\d\d)")
_CELL = re.compile(r"(?:(?:sáng|chiều|tối|ngày)[^,]{0,24}?,?\s*)?chi bộ\s")
_FURNITURE = frozenset(words("portal", role="furniture"))


_MENU_LENGTH = 150  # a longer line is no menu, whatever it holds


class Header(Struct, frozen=True, gc=False):
    title: str | None
    title_at: tuple[int, int]
    opening_at: tuple[int, int]


def header_of(page: Page) -> Header:
    """Title: the first line long enough to be one, not a menu; opening: the 900 characters after it."""
    text, at, size = page.text, 0, len(page.text)
    while at <= size:
        line_end = text.find("\n", at)
        if line_end < 0:
            line_end = size
        stripped = text[at:line_end].strip()
        long = len(stripped)
        if long >= 24 and not _is_furniture(page.low[at:line_end].strip()):
            start = text.index(stripped, at)
            end = start + min(long, 400)
            follows = end if long <= 400 else start
            return Header(stripped if long <= 300 else None, (start, end), (follows, min(size, follows + 1100)))
        at = line_end + 1
    return Header(None, (0, 0), (0, min(size, 900)))


def _is_furniture(low: str) -> bool:
    """A line that is one word of the portal's own, or a short one that holds several."""
    if low in _FURNITURE or low.count("|") > 2:
        return True
    if len(low) > _MENU_LENGTH:
        return False
    met = 0
    for word in _FURNITURE:
        if word in low:
            met += low.count(word)
    return met >= 2


class _Mention(Struct, gc=False):
    word: str
    name: str
    start: int
    end: int
    body: bool


def _mentions(page: Page, marks: list[Mark], start: int, end: int, people: list[str]) -> list[_Mention]:
    text, low = page.text, page.low
    found: list[_Mention] = []
    for mark in marks:
        at = mark.start
        if at >= end + _LONGEST_WORD:  # marks come in the order of their ends
            break
        if not start <= at < end:
            continue
        word = low[at : mark.end]
        named = _NAME.match(text, mark.end) if word != "tp" else _NAME_AT.match(text, mark.end)
        if named is None:
            continue
        if named.group(1).isupper() and _is_abbreviated(word, named.group(1), text[at : mark.end]):
            continue
        name = _clean(_without_person(text, named.start(1), named.group(1), people))
        if not name:
            continue
        if low.endswith("đoàn ", 0, at):  # `đại biểu Lê Văn An (đoàn TP.HCM)`
            continue
        if name in _HO_CHI_MINH:
            found.append(_Mention("thành phố", "Hồ Chí Minh", at, named.end(1), low.endswith(_BODIES, 0, at)))
            continue
        committee = _COMMITTEES.get(word)
        body = committee is not None or low.endswith(_BODIES, 0, at)
        found.append(_Mention(committee or word, _as_written_small(text, name), at, named.start(1) + len(name), body))
    return found


def _is_abbreviated(word: str, name: str, written: str) -> bool:
    """`chính công cấp tỉnh PAPI`, `Thành ủy TP.HCM`: capitals that are no name of a place."""
    if name in _HO_CHI_MINH:
        return False
    return name.startswith("TP") or (written.islower() and name.isascii() and name.isalpha() and len(name) > 2)


_NO_NAME = frozenset((
    "giai", "tổ", "sơ", "quán", "đã", "lần", "khóa", "nhiệm", "năm", "triển", "tổng", "trao", "họp", "học", "báo",
    "phát", "biểu",
))  # fmt: skip
_NEVER_A_NAME = frozenset(("báo", "phát", "tổ", "quán", "triển", "lần", "nhiệm"))


def _clean(name: str) -> str:
    """A name ends before words that are no name: `Hà Trung Tổ` keeps `Hà Trung`; `phường Báo cáo` has none."""
    kept: list[str] = []
    for word in name.replace("\u00a0", " ").split(" "):
        if word.lower() in (_NO_NAME if kept else _NEVER_A_NAME):
            break
        kept.append(word)
    return " ".join(kept)


def _without_person(text: str, start: int, name: str, people: list[str]) -> str:
    """A place's name ends where a person's begins: `Bí thư Đảng ủy phường Hà Trung Nguyễn Văn An`."""
    if not people:
        return name
    at = start
    for word in name.split():
        at = text.index(word, at)
        if text.startswith(tuple(people), at):
            return text[start:at].rstrip()
        at += len(word)
    return name


def _as_written_small(text: str, name: str) -> str:
    """A name of a heading in capitals as the text writes it: `HÀ TRUNG` is `Hà Trung`."""
    small = name.title()
    return small if name.isupper() and len(name) > 3 and small in text else name


def host_of(page: Page, header: Header, event: Event, marks: list[Mark], people: list[str]) -> Host:
    """The place whose body held the event: named with its body in title or opening, the lowest level first.

    `people` are the names of those who act on the page: `tỉnh Nguyễn Văn An` names no province.
    """
    title = _mentions(page, marks, *header.title_at, people)
    titled = [m for m in title if m.body]
    opening = [] if titled else _mentions(page, marks, *header.opening_at, people)
    pool = titled or [m for m in opening if m.body]
    first, last = 0, 0
    if event.span is not None and not titled:
        first, last = page.sentence_bounds(page.part_at(event.span[1]))
        pool = [m for m in opening if m.body and first <= m.start < last] or pool
    central = _CENTRAL.search(page.low, *header.title_at)
    local = bool(pool) and event.span is not None and any(first <= m.start < last for m in pool)
    holder = None if pool else _unnamed(page, header, event, marks, near=True)
    if central is not None and not title and holder is None and not local:
        return Host(None, "national", (central.start(), central.end()))
    province = None if pool or title else _province(page, header, event, holder)
    if province is not None:
        return province
    candidates = pool or title or ([] if holder else opening)
    visited = _VISITED.search(page.low, *header.title_at) if title else None
    if visited is not None:
        candidates = [m for m in title if m.start >= visited.start()] or candidates
    if not candidates:
        central = central or (_CENTRAL.search(page.low, *header.opening_at) if holder is None else None)
        if _is_cell(page, header, event):
            return Host(None, "cell", (header.title_at[0], header.title_at[0] + len("chi bộ")))
        return (
            holder
            or _unnamed(page, header, event, marks, near=False)
            or Host(None, "national" if central else None, None)
        )
    best = min(candidates, key=lambda m: (_ORDER.get(m.word, 4), m.start))
    word = "thành phố" if best.word == "tp" else best.word
    level = "cell" if _is_cell(page, header, event) else _level(best.word, best.name)
    return Host(f"{word} {best.name}", level, (best.start, best.end))


def _province(page: Page, header: Header, event: Event, holder: Host | None) -> Host | None:
    """A province named without its word: `Quảng Nam tổ chức hội nghị`, or the one that a `Tỉnh ủy` must be of."""
    low, text = page.low, page.text
    if holder is not None:
        if holder.level != "province" or holder.unit is not None:
            return None
        told = Counter(met.group() for met in _PROVINCE.finditer(low) if text[met.start()].isupper())
        most = told.most_common(2)
        if not most or (len(most) > 1 and most[0][1] == most[1][1]):
            return None
        return Host(_full_name(most[0][0].title()), "province", holder.span)
    met = _PROVINCE.match(low, header.title_at[0])
    if met is None and event.span is not None:
        acts = _PROVINCE_ACTS.search(low, *page.sentence_bounds(page.part_at(event.span[0])))
        met = _PROVINCE.match(low, acts.start(1)) if acts else None
    if met is None or not text[met.start()].isupper():
        return None
    return Host(_full_name(met.group().title()), "province", met.span())


def _full_name(province: str) -> str:
    return f"{'thành phố' if province.lower().startswith(_CENTRAL_CITIES) else 'tỉnh'} {province}"


def _unnamed(page: Page, header: Header, event: Event, marks: list[Mark], *, near: bool) -> Host | None:
    """The level of a body whose place is not named: `Đảng ủy phường tổ chức …`.

    `near` asks for one that acts in the event's sentence; else one that an office only names will do, the lowest.
    """
    if near:
        zones = [page.sentence_bounds(page.part_at(event.span[0]))] if event.span else []
    else:
        zones = [header.title_at, header.opening_at]
    for first, last in zones:
        found = _bodies(page, marks, first, last, acting=near)
        if found:
            word, start, end = min(found, key=lambda body: _ORDER.get(body[0], 4))
            return Host(None, _level(word, ""), (start, end))
    return None


def _bodies(page: Page, marks: list[Mark], first: int, last: int, *, acting: bool) -> list[tuple[str, int, int]]:
    """Bodies in a stretch of text: word of the place, bounds; not `Thành ủy`, whose level its city decides."""
    low = page.low
    found = []
    for mark in marks:
        if mark.start >= last + _LONGEST_WORD:  # marks come in the order of their ends
            break
        if not first <= mark.start < last:
            continue
        said = low[mark.start : mark.end]
        start, word = mark.start, _COMMITTEES.get(said)
        if word is None:
            body = next((body for body in _OWN_BODIES if low.endswith(body, first, start)), "")
            start, word = start - len(body), said if body else ""
        if word not in _ORDER or word == "thành phố" or low.startswith(" viên", mark.end):
            continue
        if not (acting and low.endswith(_OFFICES, first, start)):
            found.append((word, start, mark.end))
    return found


def _is_cell(page: Page, header: Header, event: Event) -> bool:
    """Whether the title, or the sentence of the event, begins with a cell: `Chi bộ khu phố 4, phường … tổ chức`."""
    starts = [header.title_at[0]]
    if event.span:
        starts.append(page.sentence_bounds(page.part_at(event.span[0]))[0])
    return any(_CELL.match(page.low, at) for at in starts)


def _level(word: str, name: str) -> Level | None:
    if word in ("thành phố", "tp") and name.lower().startswith(_CENTRAL_CITIES):
        return "province"
    return _LEVELS[word]  # type: ignore[return-value]


def event_of(page: Page, header: Header, year: int | None, posted: str | None, term: str | None = None) -> Event:
    """Day, part of day, hour and place of the event, from the opening; the year from the page where none is written."""
    limit = header.opening_at[1]
    best: tuple[int, Number, PartOfDay | None] | None = None
    dates = [n for n in (*page.of_kind("date"), *page.of_kind("day_month")) if n.start <= limit]
    for number in sorted(dates, key=_start) if len(dates) > 1 else dates:
        part = _PART.search(page.low, max(0, number.start - 26), number.start)
        called = part or _DAY.search(page.low, max(0, number.start - 20), number.start)
        if called is None or number.start < header.title_at[0] or _is_citation(page, number):
            continue
        first, last = page.sentence_bounds(page.part_at(number.start))
        score = (2 if part else 0) + _is_held(page.low[first:last]) + (number.start - first < 40)
        if score >= 1 and (best is None or score > best[0]):
            best = (score, number, _DAY_PARTS[part.group(1)] if part else None)
    if best is None:
        return Event()
    _, number, day_part = best
    first, last = page.sentence_bounds(page.part_at(number.start))
    if posted is None and number.kind != "date":
        year = _year_of_event(page, header, number, year, term)
    date = number.iso if number.kind == "date" else _with_year(number, year, posted, page.low[first:last])
    clock = next((n.iso for n in page.of_kind("clock") if first <= n.start < last), None)
    at = page.low.find("tại", number.end, last)
    place = _AT.search(page.low, at, last) if at >= 0 else None
    return Event(
        date, day_part, clock, page.text[place.start(1) : place.end(1)].strip() if place else None,
        (number.start, number.end),
    )  # fmt: skip


def _year_of_event(page: Page, header: Header, day: Number, year: int | None, term: str | None) -> int | None:
    """The year of a day without one, as what is held tells it; else the year of the page.

    A congress begins its term, a feast counts from its first day, and what is set in December is for the year to come.
    """
    low = page.low
    first, last = page.sentence_bounds(page.part_at(day.start))
    named = low.find("đại hội", first, last) >= 0
    if named and _CONGRESS_HELD.search(low, first, last) and not _MIDTERM.search(low, *header.title_at):
        terms = (n for n in page.of_kind("term") if first <= n.start < last and n.high == (n.value or 0) + 5)
        of = next((n.iso for n in terms), term)
        if of is not None:  # a page that speaks of years of the term is about the end of it
            begins = int(of[:4])
            return begins if year is None or year <= begins + 1 else int(of[5:])
    month, of_month = divmod(int(day.value or 0), 100)
    for date in page.of_kind("date"):
        if date.start > header.opening_at[1]:
            break
        if date.iso and date.iso.endswith(f"-{month:02}-{of_month:02}") and low[date.start - 1 : date.start] == "(":
            feast = _FEAST.search(low, max(0, date.start - 100), date.start)
            if feast is not None:
                return int(date.iso[:4]) + int(feast.group(1))
    if month >= 11 and year is not None:
        ahead = _AHEAD.search(low, header.title_at[0], header.opening_at[1])
        if (
            ahead is not None
            and int(ahead.group(1)) == year
            and str(year) not in low[header.title_at[0] : ahead.start()]
        ):
            return year - 1
    return year


_CONGRESS_HELD = re.compile(
    r"(?:tổ chức|tiến hành|khai mạc|diễn ra|bế mạc|dự)"
    r"(?:\s+(?:phiên|lễ|trọng thể|thành công|khai mạc|trù bị)){0,3}\s+đại hội"
    r"|(?<!nghị quyết )đại hội [^.;]{0,140}(?:khai mạc|diễn ra|bế mạc)"
)
_MIDTERM = re.compile(r"sơ kết|giữa nhiệm kỳ|tổng kết")
_FEAST = re.compile(r"(?<!\d)(\d{1,3}) năm[^.;()\n\d]{1,80}\($")
_AHEAD = re.compile(
    r"(?<!thực hiện )(?<!thực hiện các )(?<!kết quả )(?:chỉ tiêu|nhiệm vụ|kế hoạch|dự toán|dự báo|mục tiêu)"
    r"[^.;\n\d]{0,60}năm (20\d\d)"
)


def _is_held(sentence: str) -> bool:
    return any(word in sentence for word in _HELD)


def _start(number: Number) -> int:
    return number.start


def _is_citation(page: Page, number: Number) -> bool:
    before = page.low[max(0, number.start - 40) : number.start]
    return _CITED.search(before) is not None


def _with_year(number: Number, year: int | None, posted: str | None, sentence: str) -> str | None:
    """A day with the page's year; news is posted after the event, and January sums up the year before."""
    if year is None:
        return None
    month, day = divmod(int(number.value or 0), 100)
    date = iso_date(year, month, day)
    if posted is not None:
        return iso_date(year - 1, month, day) if date and month - int(posted[5:7]) > 2 else date
    summed = _SUMS_UP.search(sentence)
    if summed is not None and (month <= 3 or month >= 10):
        return iso_date(int(summed.group(1)) + (month <= 3), month, day)
    return date
