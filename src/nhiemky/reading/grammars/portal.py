"""What the portal says about the page itself: when it was posted, how often seen, who signed it, whose it is."""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Visitors
from nhiemky.reading.quantities import iso_date
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import pattern, words

# `Nguyễn Sự (TTXVN)`, `HOÀNG PHƯƠNG`, `Minh Thà/KD&PL`: one to five capitalised words at the very end
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"(?:[{_UPPER}][^\W\d_]*\.?(?:\s[{_UPPER}][^\W\d_]*\.?){{1,4}}|[{_UPPER}]{{1,2}}\.[{_UPPER}][^\W\d_]+)"
_PAIR = rf"[{_UPPER}][^\W\d_]+ - [{_UPPER}][^\W\d_]+"  # two first names: `Hưng - Thủy/VOV.VN`
_BYLINE = re.compile(
    r"(?:CTV|PV|(?:Tin|Bài)(?: bài)?(?:(?:,| và| -) (?:[Ảả]nh|video|clip|[Bb]ài))*|Tác giả(?: bài viết)?"
    r"|Thực hiện|Người viết)?"
    r"(?:\s*:)?"
    rf"\s*({_NAME}|{_PAIR}(?=/))(?:\s*[-–/(]\s*([^\n()/]{{2,60}})\)?| ghi| thực hiện| tổng hợp)?\s*$"
)
_LABELLED = re.compile(rf"(?<= )(?:Tin|Bài)(?:(?:,| và) (?:ảnh|video|clip|bài))*:\s*({_NAME})(\Z)")
_SEPARATORS = re.compile(r"\D")
_COUNT_BEFORE = re.compile(r"(?:^|[\n|]|\s\s)\s*(\d[\d.,]*)\s*$")
_LAST_STOP = re.compile(r".*(?:[.!?…/”\"]\s+|\./\.)", re.DOTALL)


class Portal(Struct, frozen=True, gc=False):
    """One thing the portal says."""

    kind: str
    value: str | int
    start: int
    end: int


_WEEKDAYS = ("thứ ", "chủ nhật")


def _opens_line(page: Page, at: int) -> bool:
    """Whether nothing but signs stands before it on its line: a weekday inside a sentence is no line of the portal."""
    return not any(c.isalpha() for c in page.low[max(page.line_at(at)[0], at - 60) : at])


def _posted(page: Page, match: re.Match[str]) -> Portal | None:
    if page.low.startswith(_WEEKDAYS, match.start()) and not _opens_line(page, match.start()):
        return None
    groups = match.groupdict()
    way = next(number for number in "123" if groups.get("d" + number) is not None)
    day, month, year = (int(groups[k + way]) for k in "dmy")
    date = iso_date(year, month, day)
    if date is None:
        return None
    hour, minute, half = groups["h" + way], groups["n" + way], groups.get("p" + way) or ""
    if hour is None:
        return Portal("published_at", date, match.start(), match.end())
    clock = int(hour) + (12 if half in ("pm", "ch") and int(hour) < 12 else 0)
    if clock > 23 or int(minute) > 59:
        return None
    return Portal("published_at", f"{date}T{clock:02}:{minute}", match.start(), match.end())


_IN_A_BOX = 60  # characters of a portal's line before one of its counts


def _count(kind: str) -> Callable[[Page, re.Match[str]], Portal | None]:
    def make(page: Page, match: re.Match[str]) -> Portal | None:
        digits = _SEPARATORS.sub("", match.group(1))
        if match.start() - page.line_at(match.start())[0] >= _IN_A_BOX:  # `hồ sơ trực tuyến 1.287` in a sentence
            return None
        return Portal(kind, int(digits), match.start(), match.end()) if 0 < len(digits) <= 12 else None

    return make


def _views(page: Page, match: re.Match[str]) -> Portal | None:
    """`Lượt xem: 64`, or `943 lượt xem` on a line of its own."""
    start = match.start()
    counted = match if match.group(1) else _COUNT_BEFORE.search(page.low, max(0, start - 24), start)
    digits = _SEPARATORS.sub("", counted.group(1)) if counted else ""
    return Portal("views", int(digits), start, match.end()) if 0 < len(digits) <= 12 else None


def _credit(page: Page, match: re.Match[str]) -> Portal | None:
    if (
        match.start()
        and page.text[match.start() - 1] not in "\n(|"
        and page.text[match.start() - 2 : match.start()] != ". "
    ):
        return None
    said = match.lastindex or 1
    value = page.text[match.start(said) : match.end(said)].strip(" .)")
    return Portal("credit", value, match.start(), match.end()) if value else None


_ISO = r"(?P<y3>20\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)(?:[T ,|]{1,3}(?P<h3>\d\d):(?P<n3>\d\d))?"
_POSTED = (
    r"(?:{head})[\s:|,-]*(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)[,\s]*)?(?:ngày\s+)?(?:"
    r"(?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})[/.-](?P<y1>(?:19|20)\d\d)(?:[\s|,;()\-:]{0,6}(?:lúc|vào|gmt\+7)?[\s|,-]{0,3}"
    r"(?P<h1>\d{1,2})\s?[:hg]\s?(?P<n1>\d\d)(?::\d\d)?\s?(?P<p1>am|pm|sa|ch)?)?"
    r"|(?P<h2>\d{1,2})\s?[:hg]\s?(?P<n2>\d\d)(?::\d\d)?\s?(?P<p2>am|pm|sa|ch)?[\s|,;()\-]{0,6}(?:ngày\s+)?"
    r"(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>(?:19|20)\d\d)"
    rf"|{_ISO})"
)
_ISO_LINE = re.compile(rf"(?m)^(?P<said>[^\n]{{0,30}}?)(?<!\d){_ISO}(?::\d\d)?[^\n\w]*$")
_HEADS = words("portal", role="posted")

RULES = (
    Rule("portal.posted", _HEADS, pattern(_POSTED, head=_HEADS), _posted,
         "Dòng ngày giờ do cổng thông tin ghi: «Ngày đăng 15/03/2023 | 19:52»."),
    Rule("portal.views", words("portal", role="views"),
         pattern(r"{head}(?![^\W_])\s*:?(?:\s*(\d[\d.,]*)(?!\d*[/%])|(?=\s*(?:\n|\||$)))",
                 head=words("portal", role="views")),
         _views,
         "Số lượt xem của trang: «Lượt xem: 64»."),
    Rule("portal.online", words("portal", role="online"),
         pattern(r"{head}(?![^\W_])\s*:?\s*(\d[\d.,]*)", head=words("portal", role="online")), _count("online"),
         "Số người đang xem cổng: «Đang online 36»."),
    Rule("portal.today", words("portal", role="today"),
         pattern(r"{head}(?![^\W_])\s*:?\s*(\d[\d.,]*)\s*(?=\n|$|lượt|\||[^\W\d])", head=words("portal", role="today")),
         _count("today"), "Số lượt truy cập hôm nay: «Hôm nay: 1326»."),
    Rule("portal.credit", words("portal", role="credit"),
         pattern(r"{head}\s*(?::\s*((?:[a-z0-9-]+\.)+(?:vn|com|net|org))(?=[\s|)]|$)|:\s*([^\n|]{2,80}?)\s*(?=\n|$|\||\))|\s([^\n|:]{2,60}):\s*(?=https?://))",
                 head=words("portal", role="credit")), _credit,
         "Nguồn mà trang ghi: «Nguồn: Cổng thông tin …»."),
)  # fmt: skip


_COUNTED = ("lượt xem", "lượt đọc")  # behind the day: `09/12/2020   156 lượt xem`
_LONGEST_LINE = 300  # of a title or a line under it


def _posted_line(page: Page) -> Portal | None:
    """A line that holds only a day and a time, as many portals set under the title: `(08:22 06/07/2024)`.

    A day alone is enough in the first lines of a page.
    """
    text, low = page.text, page.low
    head = _lines_end(text, 4)
    iso = _ISO_LINE.search(text, 0, head) if text.find("-", 0, head) >= 0 else None
    if iso is not None and (iso.group("h3") or not iso.group("said").strip()):
        return _posted(page, iso)
    head = _lines_end(text, 10)
    for number in page.of_kind("date"):
        if number.iso is None or number.start > 4000:
            continue
        start, end = page.line_at(number.start)
        letters = sum(c.isalpha() for c in low[start:end]) if end - start <= 60 else 60
        if letters > 22:
            continue
        clock = next((n.iso for n in page.of_kind("clock") if start <= n.start < end), None)
        if clock is not None:
            return Portal("published_at", f"{number.iso}T{clock}", start, end)
        told = not letters or low.endswith(_COUNTED, start, end) or _AUTHOR.match(text, start, end) is not None
        if told and start > 0 and end <= head:
            return Portal("published_at", number.iso, start, end)
    return None


def _lines_end(text: str, count: int) -> int:
    """Where the first `count` lines with something on them end; the article's own long lines are none of them."""
    end = 0
    while count and end < len(text):
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        if line_end - end > _LONGEST_LINE:
            break
        count -= bool(text[end:line_end].strip())
        end = line_end + 1
    return end


class About(Struct, frozen=True, gc=False):
    """What the portal says about the page."""

    published_at: str | None
    views: int | None
    visitors: Visitors
    byline: str | None
    credit: str | None


def about(page: Page, said: list[Portal]) -> About:
    """All of it together; `said` is what the rules have met, the first of a kind counts."""
    first: dict[str, Any] = {}
    for thing in said:
        first.setdefault(thing.kind, thing.value)
    posted: Any = first.get("published_at")
    if posted is None:
        line = _posted_line(page)
        posted = line.value if line else None
    name, source = byline(page)
    if name is None and source is None:
        name = _signed_above(page)
        if name is not None and name.startswith("Theo "):
            source, name = name[5:], None
    visitors = Visitors(first.get("online"), first.get("today"))
    return About(posted, first.get("views"), visitors, name, first.get("credit", source))


def _once(line: str) -> str:
    """A signature that ends a line twice, told once: `Xuân Dần/VOV Xuân Dần/VOV`."""
    words_of = line.rsplit(" ", 4) if "/" in line else []
    return line[: -len(" ".join(words_of[3:])) - 1] if words_of[1:3] == words_of[3:] != [] else line


def byline(page: Page) -> tuple[str | None, str | None]:
    """Who signed the page and the source in brackets behind the name, read off its last lines."""
    text = page.text
    end = len(text.rstrip())
    for _ in range(12):  # furniture below the signature is passed over line by line
        start = text.rfind("\n", 0, end) + 1
        start += len(text[start:end]) - len(text[start:end].lstrip(" \t\u00a0"))  # a signature set to the right
        line = _once(text[max(start, end - 120) : end])
        if start and not any(letter.isalnum() for letter in line):  # a line of signs that a portal leaves behind
            end = len(text[:start].rstrip())
            continue
        if line.startswith("Theo ") and len(line) < 60 and line[-1:] not in ".!?…:":
            return None, line[5:].strip()
        tail = line[max(line.rfind(". "), line.rfind("\n")) + 1 :].strip(" .)")
        if tail.lower() in _PAPERS:
            return None, tail
        found = _BYLINE.match(line) if end - start < 90 else None
        if found is None and line[-1:] not in "!?…:":  # behind the last sentence of a paragraph
            stop = _LAST_STOP.match(line)
            tail = line[stop.end() :] if stop else ""
            if tail.startswith("Theo ") and len(tail) < 40 and tail[5].isupper():
                return None, tail[5:].strip()
            found = _BYLINE.match(line, stop.end()) if stop and stop.end() < len(line) else None
            if found is None and ":" in line:
                found = _LABELLED.search(line)
        if found is not None and found.group(1).lower() in _PAPERS:
            return None, found.group(1)
        if found is not None and _is_name(found.group(1)):
            return (None, None) if _is_of_office(text, start) else _signed(found)
        if start == 0 or end - start > 90 or line[-1:] in ".!?…":
            return None, None
        end = len(text[:start].rstrip())
    return None, None


def _is_of_office(text: str, start: int) -> bool:
    """Whether the line above names the office of who signs a document: `PHÓ CHỦ TỊCH`, perhaps with `(Đã ký)` below."""
    above = [line.strip() for line in text[max(0, start - 160) : start].split("\n") if line.strip()]
    while above and above[-1].strip("()").lower().startswith(("đã ký", "ký tên")):
        above.pop()
    return bool(above) and above[-1].isupper() and above[-1].lower().startswith(_ROLES)


_ROLES = words("roles")
_PAPERS = frozenset(words("portal", role="paper"))
_CAPTIONED = re.compile(rf"\n({_NAME}(?: - {_NAME})?)(?: thực hiện| ghi| tổng hợp)?[ ]*\n\s*\n")
# under the title: `Tác giả: Thiện Tâm`, `01/07/2024 - Nông Thị Bích`
_AUTHOR = re.compile(
    rf"(?m)(?:^|[|.\s])Tác giả:\s*({_NAME})(?=\s*(?:[|.]|$))|^\s*\d{{1,2}}/\d{{1,2}}/\d{{4}}\s*[-–|]\s*({_NAME})\s*$"
)
_BESIDE_DAY = re.compile(rf"({_NAME})\s*\|\s*\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}")
_STOPS = tuple('.!?…”"')
_CAPTIONS = 900  # characters of captions below a signature


def _signed_above(page: Page) -> str | None:
    """A signature above the captions that end a page, or in its first lines beside the day: `LAN ANH | 28/04/2020`."""
    text = page.text
    tail = max(0, len(text) - _CAPTIONS)
    for found in _CAPTIONED.finditer(text, tail) if text.find("\n\n", tail) >= 0 else ():
        captions = [line for line in text[found.end() :].split("\n") if line.strip()]
        ended = text[: found.start()].rstrip()[-1:] in _STOPS
        if ended and _is_name(found.group(1)) and len(captions) < 7 and all(len(line) < 220 for line in captions):
            return found.group(1)
    named = _AUTHOR.search(text, 0, _lines_end(text, 10))
    if named is not None and _is_name(named.group(1) or named.group(2)):
        return str(named.group(1) or named.group(2))
    start, head = 0, _lines_end(text, 4) if "|" in text else 0
    while 0 <= start < head and text.find("|", start, head) >= 0:
        beside = _BESIDE_DAY.match(text, start)
        if beside is not None and _is_name(beside.group(1)):
            return beside.group(1)
        start = text.find("\n", start) + 1 or head
    return None


_FURNITURE = frozenset(words("portal", role="furniture"))
_NO_SOURCES = frozenset(words("portal", role="no source"))
_SOURCES = ("báo ", "đài ", "trung tâm", "cổng ", "trang ", "ban ", "văn phòng", "theo ")
_SECOND_NAME = re.compile(rf"[{_UPPER}][^\W\d_]+(?:\s[{_UPPER}][^\W\d_]+){{1,3}}$")


def _signed(line: re.Match[str]) -> tuple[str, str | None]:
    """Name and source of a signature; a second name behind a dash signs too, `(CTV)` is no source."""
    name, source = line.group(1).removesuffix("."), (line.group(2) or "").strip()
    if source.lower() in _NO_SOURCES or source.lower().startswith("ảnh"):
        return name, None
    between = line.string[line.end(1) : line.start(2)].strip() if source else ""
    if between in ("-", "–") and _SECOND_NAME.match(source) and not source.lower().startswith(_SOURCES):
        return line.string[line.start(1) : line.end(2)].strip(), None
    return name, source or None


def _is_name(text: str) -> bool:
    low = text.lower()
    return low not in _FURNITURE and not any(word in low for word in ("hội nghị", "đảng", "ubnd", "ảnh"))
