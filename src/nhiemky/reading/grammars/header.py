"""Title and event of a page: what it is called, when and where it was held."""

import re

from nhiemky.reading.facts import Event, PartOfDay
from nhiemky.reading.quantities import iso_date
from nhiemky.reading.text import Header, Number, Page, start_of
from nhiemky.reading.vocab import words

_DAY_PARTS: dict[str, PartOfDay] = {
    "sáng": "morning", "chiều": "afternoon", "chiều tối": "afternoon", "tối": "evening", "trưa": "afternoon",
}  # fmt: skip
_PART = re.compile(r"(?<![^\W_])(sáng|chiều(?: tối)?|tối|trưa)\s+(?:nay\s*,?\s*\(?)?(?:ngày\s+)?\(?$")
_DAY = re.compile(r"(?:(?<!hết )(?<!đến )(?<!trước )(?<!từ )ngày|hôm nay\s*,?\s*\(?|hôm|vừa qua,)\s*\(?$")
_HELD = (
    "hội nghị", "tổ chức", "họp", "đại hội", "diễn ra", "khai mạc", "làm việc", "lễ", "chủ trì", "sơ kết", "tổng kết",
    "đến thăm", "tới thăm",
)  # fmt: skip
_AT = re.compile(r"(?<![^\W_])tại\s+([^,.;:()\n]{4,80}?)(?=,|\.|;|\(|\n|\s+(?:đã|đảng|ubnd|hội nghị|diễn ra)|$)")
_CITED = re.compile(
    r"\d\s?[-/]\s?(?!sáng|chiều|tối|trưa|ngày)\S{0,14}?[a-zđ]{2,}[ ,]*(?:ngày\s+)?$|số\s[^ ]+\s+ngày\s+$"
)
# `Ngày 17/2/2025, Ban Thường vụ đã ban hành Chương trình`: a document is issued, nothing is held
_ISSUES = re.compile(
    r"[\s,]*[^,.;\n]{3,60}? (?:đã |vừa )?(?:ban hành|có (?:công văn|văn bản|tờ trình))(?![^\W_]| quyết định)"
)
_SUMS_UP = re.compile(r"(?:tổng kết|kết quả)[^.;]{0,90}?(?<!đầu )năm (20\d\d)")
_FURNITURE = frozenset(words("portal", role="furniture"))
_CAMPAIGNS = ("tiến tới ", "chào mừng ", "nhiệt liệt chào mừng", "hướng tới ", "học tập và làm theo", "đưa nghị quyết")
_PLACE = r"(?:tỉnh|thành phố|tp|huyện|quận|thị xã|phường|xã|thị trấn|đặc khu)(?: [^\W\d_]+){1,4}"
_BODY_ALONE = re.compile(
    r"(?:(?:đảng bộ|đảng ủy|ban chấp hành đảng bộ|ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|hội đồng nhân dân"
    rf"|(?:cổng|trang) thông tin điện tử) )?{_PLACE}(?:\s*[-–,]\s*{_PLACE})*"
)
_MENU_LENGTH = 150  # a longer line is no menu, whatever it holds


def header_of(page: Page) -> Header:
    """Title: the first line long enough to be one, not a menu; opening: the 900 characters after it."""
    text, at, size = page.text, 0, len(page.text)
    while at <= size:
        line_end = text.find("\n", at)
        if line_end < 0:
            line_end = size
        stripped = text[at:line_end].strip()
        long = len(stripped)
        if long >= 24 and not _is_furniture(page.low[at:line_end].strip()) and not _is_banner(page, stripped, line_end):
            start = text.index(stripped, at)
            end = start + min(long, 400)
            follows = end if long <= 400 else start
            return Header(stripped if long <= 300 else None, (start, end), (follows, min(size, follows + 1100)))
        at = line_end + 1
    return Header(None, (0, 0), (0, min(size, 900)))


def _is_banner(page: Page, line: str, end: int) -> bool:
    """`TIẾN TỚI ĐẠI HỘI LẦN THỨ XIV CỦA ĐẢNG` over the title: a campaign or the body whose site it is, in capitals."""
    if not line.isupper() or not (line.lower().startswith(_CAMPAIGNS) or _BODY_ALONE.fullmatch(line.lower())):
        return False
    below = page.text[end:].lstrip().split("\n", 1)[0]
    return 24 <= len(below.strip()) <= 300


def _is_furniture(low: str) -> bool:
    """A line that is one word of the portal's own, or a short one that holds several."""
    if low in _FURNITURE or low.count("|") > 2:
        return True
    if len(low) > _MENU_LENGTH:
        return False
    if low.startswith("trang chủ "):  # a menu begins with it
        return True
    met = 0
    for word in _FURNITURE:
        if word in low:
            met += low.count(word)
    return met >= 2


def event_of(page: Page, header: Header, year: int | None, posted: str | None, term: str | None = None) -> Event:
    """Day, part of day, hour and place of the event, from the opening; the year from the page where none is written."""
    limit = header.opening_at[1]
    best: tuple[int, Number, PartOfDay | None] | None = None
    issued: tuple[int, int] | None = None  # who issues a document is still who acts
    dates = [n for n in (*page.of_kind("date"), *page.of_kind("day_month")) if n.start <= limit]
    for number in sorted(dates, key=start_of) if len(dates) > 1 else dates:
        part = _PART.search(page.low, max(0, number.start - 26), number.start)
        called = part or _DAY.search(page.low, max(0, number.start - 20), number.start)
        if called is None or number.start < header.title_at[0] or _is_citation(page, number):
            continue
        first, last = page.sentence_bounds(page.part_at(number.start))
        if part is None and _ISSUES.match(page.low, number.end, last):
            issued = issued or (number.start, number.end)
            continue
        if page.low.startswith("trước đó", first):
            continue
        score = (2 if part else 0) + _is_held(page.low[first:last]) + (number.start - first < 40)
        if score >= 1 and (best is None or score > best[0]):
            best = (score, number, _DAY_PARTS[part.group(1)] if part else None)
    if best is None:
        return Event(span=issued)
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
    if year is None and term is not None and _LEARNED.search(low, first, last):
        return int(term[:4])
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
_LEARNED = re.compile(r"(?:quán triệt|học tập)[^.;\n]{0,60}nghị quyết đại hội")  # in the year of the congress
_MIDTERM = re.compile(r"sơ kết|giữa nhiệm kỳ|tổng kết")
_FEAST = re.compile(r"(?<!\d)(\d{1,3}) năm[^.;()\n\d]{1,80}\($")
_AHEAD = re.compile(
    r"(?<!thực hiện )(?<!thực hiện các )(?<!kết quả )(?:chỉ tiêu|nhiệm vụ|kế hoạch|dự toán|dự báo|mục tiêu)"
    r"[^.;\n\d]{0,60}năm (20\d\d)"
)


def _is_held(sentence: str) -> bool:
    return any(word in sentence for word in _HELD)


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
