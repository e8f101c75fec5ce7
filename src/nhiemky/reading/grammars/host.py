"""Whose body held the event of a page: the place named with it, the level where no place is named."""

import re
from collections import Counter

from msgspec import Struct

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Event, Host, Level
from nhiemky.reading.grammars.header import Header
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import lookup, table, words

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = re.compile(rf"[ \u00a0]+([{_UPPER}][^\W\d_]*(?:[ \u00a0][{_UPPER}][^\W\d_]*){{0,3}}|\d{{1,2}}(?![\d/.,%]))")
_PLACE_WORDS = tuple(w for w in words("levels") if w not in ("chi bộ", "toàn quốc"))
_COMMITTEES = lookup("committees", "place")
_SHORT_CITY = "tphcm"  # written as one word
MARKS = dict.fromkeys((*_PLACE_WORDS, *_COMMITTEES, _SHORT_CITY), "place")  # noted by the engine
_LONGEST_WORD = max(map(len, MARKS))
_LEVELS = lookup("levels", "level")
_BODIES = tuple(
    f"{body} " for body in (
        "đảng ủy", "đảng bộ", "ubnd", "hđnd", "ủy ban nhân dân", "hội đồng nhân dân", "thường trực",
        "công tác đảng của", "cấp ủy", "chi bộ", "mttq", "đảng ủy các", "đảng bộ các",
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
# `TP.HCM`, `Thành ủy TP HCM`, `thành phố HCM`
_IN_SHORT = re.compile(r"[. \u00a0]*(?:TP[. \u00a0]*)?(?:HCM|Hồ Chí Minh)(?![^\W_])")
_CITY = "Hồ Chí Minh"
_PROVINCES = tuple(line["word"].title() for line in table("provinces"))
_CENTRAL = re.compile(r"thủ tướng|chính phủ|quốc hội|bộ chính trị|ban bí thư|tổng bí thư|trung ương")
_LEAD = 400  # characters of an opening that tell whose news it is
_VISITED = re.compile(r"(?<![^\W_])(?:thăm|chúc tết|làm việc (?:với|tại)|trao đổi kinh nghiệm)(?![^\W_])")
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
        name, ends = _named(text, word, mark.end, people)
        if not name:
            continue
        committee = _COMMITTEES.get(word)
        body = committee is not None or low.endswith(_BODIES, 0, at)
        if word == _SHORT_CITY:
            word = "thành phố"
        found.append(_Mention(committee or word, name, at, ends, body))
    return found


def _named(text: str, word: str, end: int, people: list[str]) -> tuple[str, int]:
    """The name behind a word for a place, and where it ends; empty where none follows."""
    if word == _SHORT_CITY:
        return _CITY, end
    if word in ("tp", "thành phố", "thành ủy") and (short := _IN_SHORT.match(text, end)):
        return _CITY, short.end()
    named = _NAME.match(text, end + (word == "tp" and text.startswith(".", end)))
    if named is None:
        return "", end
    name = _clean(_without_person(text, named.start(1), named.group(1), people))
    at = named.start(1)
    if name.startswith("TP"):  # `Thành ủy TP Hà Nội`
        at, name = at + 3, name[3:]
    if name.isupper() and name.isascii() and not name.isdigit():  # `chỉ số cấp tỉnh PAPI`
        return "", end
    return _as_written_small(text, name), at + len(name)


_NO_NAME = frozenset((
    "tổ", "sơ", "quán", "giai", "nhân", "quyết", "đã", "lần", "khóa", "nhiệm", "năm", "triển", "tổng", "trao", "họp",
    "học", "báo", "phát", "biểu",
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
    if event.span is not None and not titled:
        first, last = page.sentence_bounds(page.part_at(event.span[1]))
        pool = [m for m in opening if m.body and first <= m.start < last] or pool
    central = _CENTRAL.search(page.low, *header.title_at)
    holder = None if pool else _unnamed(page, header, event, marks, near=True)
    if not title and not pool:
        title = _provinces_in(page, *header.title_at)
    if central is not None and not title and holder is None:
        return Host(None, "national", (central.start(), central.end()))
    if holder is not None and holder.level == "province" and not title:
        return _of_the_province(page, marks, holder, people)
    candidates = pool or title or ([] if holder else opening)
    visited = _VISITED.search(page.low, *header.title_at) if title else None
    if visited is not None:
        candidates = [m for m in title if m.start >= visited.start()] or candidates
    if not candidates:
        if _is_cell(page, header, event):
            return Host(None, "cell", (header.title_at[0], header.title_at[0] + len("chi bộ")))
        return holder or _unnamed(page, header, event, marks, near=False) or _central(page, header)
    best = min(candidates, key=lambda m: (_ORDER.get(m.word, 4), m.start))
    word = "thành phố" if best.word == "tp" else best.word
    level = "cell" if _is_cell(page, header, event) else _level(best.word, best.name)
    return Host(f"{word} {best.name}", level, (best.start, best.end))


def _provinces_in(page: Page, start: int, end: int) -> list[_Mention]:
    """`Hải Phòng cần nỗ lực`, `thăm Bắc Kạn`: provinces that a title names without their word."""
    title = page.text[start:end]
    found = []
    for name in _PROVINCES:
        at = title.find(name)
        if at >= 0:
            word = "thành phố" if name.lower() in _CENTRAL_CITIES else "tỉnh"
            found.append(_Mention(word, name, start + at, start + at + len(name), body=False))
    return found if len(found) == 1 else []


def _of_the_province(page: Page, marks: list[Mark], holder: Host, people: list[str]) -> Host:
    """`Ban Thường vụ Tỉnh ủy` of a page that names one province more than others."""
    named = Counter(m.name for m in _mentions(page, marks, 0, len(page.low), people) if m.name in _PROVINCES)
    (name, times), (_, next_times), *_ = [*named.most_common(2), ("", 0), ("", 0)]
    return Host(f"tỉnh {name}", holder.level, holder.span) if times > next_times else holder


def _central(page: Page, header: Header) -> Host:
    """A central body where no place is named at all."""
    for zone in (header.title_at, (header.opening_at[0], header.opening_at[0] + _LEAD)):
        found = _CENTRAL.search(page.low, *zone)
        if found is not None:
            return Host(None, "national", (found.start(), found.end()))
    return Host(None, None, None)


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
