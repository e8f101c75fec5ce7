"""Whose body held the event of a page: the place named with it, the level where no place is named."""

import re
from collections import Counter

from msgspec import Struct

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Event, Host, Level
from nhiemky.reading.text import Header, Page
from nhiemky.reading.vocab import lookup, pattern, words

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = re.compile(rf"[ \u00a0]+([{_UPPER}][^\W\d_]*(?:[ \u00a0][{_UPPER}][^\W\d_]*){{0,3}}|\d{{1,2}}(?![\d/.,%]))")
_NAME_AT = re.compile(rf"\.? ?([{_UPPER}][^\W\d_]*(?:[ \u00a0][{_UPPER}][^\W\d_]*){{0,3}})")  # `TP.HCM`
_HO_CHI_MINH = ("HCM", "Hồ Chí Minh")
_PLACE_WORDS = tuple(w for w in words("levels") if w not in ("chi bộ", "toàn quốc"))
_COMMITTEES = lookup("committees", "place")
_SHORT_CITY = "tphcm"  # in one word
MARKS = dict.fromkeys((*_PLACE_WORDS, *_COMMITTEES, _SHORT_CITY), "place")  # noted by the engine
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
_CENTRAL_TOO = re.compile(rf"{_CENTRAL.pattern}|trung ương")
_PROVINCE = pattern(r"(?<![^\W_]){name}(?![^\W_])", name=words("provinces"))
_PROVINCE_ACTS = pattern(
    r"(?:^|, )({name}) (?:đã )?(?:tổ chức|họp|công bố|khai mạc|phát động|tổng kết|sơ kết)", name=words("provinces")
)
_VISITED = re.compile(r"(?<![^\W_])(?:thăm|chúc tết|làm việc (?:với|tại)|trao đổi kinh nghiệm)(?![^\W_])")
_VISITED_PROVINCE = pattern(
    r"(?<![^\W_])(?:thăm|làm việc)(?: (?:với|tại|và|làm|việc|lãnh|đạo|cán|bộ|chủ|chốt|tỉnh|ủy|thành|phố))* ({name})"
    r"(?![^\W_])",
    name=words("provinces"),
)
_CELL = re.compile(r"(?:(?:sáng|chiều|tối|ngày)[^,]{0,24}?,?\s*)?chi bộ\s")


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
        if word == _SHORT_CITY:
            found.append(_Mention("thành phố", "Hồ Chí Minh", at, mark.end, low.endswith(_BODIES, 0, at)))
            continue
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
    "phát", "biểu", "đảng", "cộng", "phường", "xã", "huyện", "quận", "tỉnh",
))  # fmt: skip
_SOCIETY = ("hội", "hội chủ nghĩa")  # `KINH TẾ - XÃ HỘI`
_NEVER_A_NAME = frozenset(("báo", "phát", "tổ", "quán", "triển", "lần", "nhiệm"))


def _clean(name: str) -> str:
    """A name ends before words that are no name: `Hà Trung Tổ` keeps `Hà Trung`; `phường Báo cáo` has none."""
    kept: list[str] = []
    for word in name.replace("\u00a0", " ").split(" "):
        if word.lower() in (_NO_NAME if kept else _NEVER_A_NAME):
            break
        kept.append(word)
    said = " ".join(kept)
    return "" if said.lower() in _SOCIETY else said


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
    return small if name.isupper() and len(name) > 3 and (small in text or " " in name) else name


def host_of(page: Page, header: Header, event: Event, marks: list[Mark], people: list[str]) -> Host:
    """The place whose body held the event: named with its body in title or opening, the lowest level first.

    `people` are the names of those who act on the page: `tỉnh Nguyễn Văn An` names no province.
    """
    title = _mentions(page, marks, *(header.issuer_at or header.title_at), people)
    titled = [m for m in title if m.body]
    opening = [] if titled else _mentions(page, marks, *header.opening_at, people)
    pool = titled or [m for m in opening if m.body]
    first, last = 0, 0
    if event.span is not None and not titled:
        first, last = page.sentence_bounds(page.part_at(event.span[1]))
        pool = [m for m in opening if m.body and first <= m.start < last] or pool
    central = None if header.issuer_at else _CENTRAL.search(page.low, *header.title_at)
    if central is not None and not title and (visited_too := _visited_province(page, header, event)) is not None:
        return visited_too
    local = bool(pool) and event.span is not None and any(first <= m.start < last for m in pool)
    holder = None if pool else _unnamed(page, header, event, marks, near=True)
    if central is not None and not title and holder is None and not local:
        return Host(None, "national", (central.start(), central.end()))
    province = None if pool or title else _province(page, header, event, holder)
    if province is not None:
        return province
    candidates = pool or title or ([] if holder else opening)
    visited = _VISITED.search(page.low, *header.title_at) if title and not header.issuer_at else None
    if visited is not None:
        candidates = [m for m in title if m.start >= visited.start()] or candidates
    if not candidates:
        if _is_cell(page, header, event):
            return Host(None, "cell", (header.title_at[0], header.title_at[0] + len("chi bộ")))
        return (
            holder
            or _unnamed(page, header, event, marks, near=False)
            or Host(None, "national" if central or _CENTRAL_TOO.search(page.low, *header.opening_at) else None, None)
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


def _visited_province(page: Page, header: Header, event: Event) -> Host | None:
    """`Thủ tướng thăm và làm việc tại Bắc Kạn`: whom the centre visits holds the event."""
    zones = [header.title_at]
    if event.span is not None:
        zones.append(page.sentence_bounds(page.part_at(event.span[0])))
    for first, last in zones:
        met = _VISITED_PROVINCE.search(page.low, first, last)
        if met is not None and page.text[met.start(1)].isupper():
            return Host(_full_name(met.group(1).title()), "province", met.span(1))
    return None


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
    if header.issuer_at:
        starts.append(page.low.rfind("\n", 0, header.issuer_at[1]) + 1)
    if event.span:
        starts.append(page.sentence_bounds(page.part_at(event.span[0]))[0])
    return any(_CELL.match(page.low, at) for at in starts)


def _level(word: str, name: str) -> Level | None:
    if word in ("thành phố", "tp") and name.lower().startswith(_CENTRAL_CITIES):
        return "province"
    return _LEVELS[word]  # type: ignore[return-value]
