"""Numbered documents cited: number as written, kind, date, issuer, subject; a bare number (`Chỉ thị 05`) too."""

import re
from itertools import chain

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Citation
from nhiemky.reading.quantities import iso_date
from nhiemky.reading.text import Number, Page, any_between
from nhiemky.reading.vocab import lookup, pattern, words

WHY = {
    "citations.number": "Số, ký hiệu đầy đủ của văn bản: «07-CTr/TU», «12/NQ-HĐND».",
}
_KINDS = lookup("documents", "code")
_NAMES = words("documents")
_KIND_IN_NUMBER = re.compile(r"(?:^|[-/\s\d])(CTHĐ|C[Tt][Rr]|T[Tt][Rr]|QyĐ|QĐi|[A-ZĐ]{2})(?=[-/]|$)")
_RESOLUTION = ("nghị quyết số ", "nghị quyết ")
_WRITTEN_SO = {"CTR": "CTr", "TTR": "TTr"}
_DATED = re.compile(r"[\s,(]*(?:ngày\s+)?(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)")
_DATED_IN_WORDS = re.compile(r"[\s,(]*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d\d)")
_ISSUER = re.compile(
    r"[\s,)]*của\s+((?:[^.,;:()\"\n“”]"
    r"(?!(?:thực hiện|về |v/v|quy định|triển khai|cho |đối với|đã |và |tại |khóa ))){2,70})"
)
_DAY = r"ngày\s+(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)"
# `Ngày 06/8/2021, Ban Thường vụ Tỉnh ủy đã ban hành Chỉ thị số …`
_ISSUED_BEFORE = pattern(
    _DAY + r"\s*,?\s*([^.,;:\n]{3,60}?)\s+(?:đã |vừa )?(?:ban hành|ký|ra|có)\s+({name})\s+(?:số\s*)?$", name=_NAMES
)
_ISSUED_BEHIND = re.compile(rf"\s*(?:được|do)\s+([^.,;:\n]{{3,60}}?)\s+ban hành(?:\s+{_DAY})?")
_REACH = 170  # characters before a number in which its issuer may stand
_SUBJECT = re.compile(r"[\s,)\"]*(?:về(?: việc)?|v/v)\s+(.{6,160}?)(?=[\".;\n]|$)|[\s,]*\"(.{6,200}?)\"")
_ISSUERS = words("issuers")
_BARE_ISSUER = pattern(
    r"[\s,]*(?:-\s*)?của\s+((?:(?:btv|ban thường vụ|bch|ban chấp hành)\s+)?{issuer})(?![^\W_])", issuer=_ISSUERS
)
_NUMBER = re.compile(r"\d{1,3}")


def from_numbers(page: Page) -> list[Citation]:
    """Documents whose full number the scan has met; the address of a web page is none."""
    return [_full(page, n) for n in page.of_kind("code") if not page.text[n.start : n.end].islower()]


def without_counts(page: Page, bare: list[list[Citation]]) -> list[Citation]:
    """`kết luận 01 tổ chức đảng có vi phạm` counts; it names no document."""
    counted = [n.start for n in page.of_kind("amount") if n.unit_kind == "count"] if bare else []
    return [c for c in chain.from_iterable(bare) if not any_between(counted, *c.span)]


def _full(page: Page, number: Number) -> Citation:
    text, end = page.text, number.end
    written = "".join(text[number.start : end].split()).replace("–", "-")
    kind = _KIND_IN_NUMBER.search(written)
    code: str | None = kind.group(1) if kind else None
    if "/QH" in written:
        code = "NQ" if page.low.endswith(_RESOLUTION, 0, number.start) else "Luật"
    code = _WRITTEN_SO.get((code or "").upper(), code)
    date, end = _date(page, end)
    issuer, end = _issuer(page, end)
    if date is None and issuer is None:
        date, issuer, end = _issued(page, number.start, end)
    subject = _SUBJECT.match(page.low, end)
    about = text[slice(*subject.span(subject.lastindex or 1))].strip(' ”“"') if subject else None
    return Citation(written, code, date, issuer, about, (number.start, end), 0.97, "citations.number")


def _date(page: Page, end: int) -> tuple[str | None, int]:
    dated = _DATED.match(page.low, end) or _DATED_IN_WORDS.match(page.low, end)
    if dated is None:
        return None, end
    day, month, year = (int(g) for g in dated.groups())
    return iso_date(year, month, day), dated.end()


def _issuer(page: Page, end: int) -> tuple[str | None, int]:
    found = _ISSUER.match(page.low, end)
    if found is None:
        return None, end
    name = page.text[found.start(1) : found.end(1)].strip(' “”"')
    return name, found.start(1) + len(name)


def _issued(page: Page, start: int, end: int) -> tuple[str | None, str | None, int]:
    """Day and issuer told with the act of issuing: before the number or behind it."""
    low = page.low
    before = _ISSUED_BEFORE.search(low, max(0, start - _REACH), start)
    found, last = (before, end) if before else (_ISSUED_BEHIND.match(low, end), end)
    if found is None:
        return None, None, end
    day, month, year, name = (*found.groups()[:3], 4) if before else (*found.groups()[1:4], 1)
    issuer = page.text[found.start(name) : found.end(name)].strip()
    date = iso_date(int(year), int(month), int(day)) if day else None
    return date, issuer, last if before else found.end()


def _bare(page: Page, match: re.Match[str]) -> list[Citation] | None:
    """`Chỉ thị 05 của Bộ Chính trị`; `các Nghị quyết 57, 59 và 66 của …` names three."""
    rest = page.low[match.end() : match.end() + 1]
    if rest in "/-%" and rest:
        return None
    if match.group(1) in _VERBS and page.text[match.start()].islower() and not _NAMED.match(page.low, match.end(2)):
        return None
    code = _KINDS[match.group(1)]
    end = match.end()
    date, end = _date(page, end)
    of = _BARE_ISSUER.match(page.low, end)
    issuer = page.text[of.start(1) : of.end(1)] if of else None
    end = of.end() if of else end
    first = Citation(match.group(2), code, date, issuer, None, (match.start(), end), 0.85, "citations.bare")
    more = [
        Citation(said.group(), code, date, issuer, None, said.span(), 0.85, "citations.bare")
        for said in _NUMBER.finditer(page.low, *match.span(3))
    ]
    return [first, *more]


# `quy định 47 nhóm bệnh`, `kết luận 01 chi ủy …`: verbs, unless what follows belongs to a document
_VERBS = ("quy định", "kết luận", "báo cáo", "thông báo", "hướng dẫn", "kế hoạch")
_NAMED = re.compile(r"\s*(?:[,.;:()\"]|$|(?:của|ngày|về|và|đã|được|khóa|năm|trên|tại|là)(?![^\W_])|-)")

RULES = (
    Rule(
        "citations.bare",
        _NAMES,
        pattern(
            r"({name})(?:[^\S\n]+số)?[^\S\n]+(\d{1,3}(?!\d)|(?:(?<=số )|(?!19|20))\d{4}(?=\s+(?:ngày\s+\d|của\s)))"
            r"(?!\d|[.,/]\d|\s?[-/]\s?[a-zđ]|[-/a-z%])"
            r"((?:(?:\s*,|\s+và)\s+\d{1,3}(?=\s*(?:[,.;)]|$|và\s+\d|của\s|ngày\s|về\s)))*)"
            r"(?!\s*(?:chỉ tiêu|nhiệm vụ|giải pháp|năm|tháng|chuyên đề|nội dung|{name}))",
            name=_NAMES,
        ),
        _bare,
        "Văn bản chỉ gọi bằng số: «Chỉ thị 05 của Bộ Chính trị».",
    ),
)  # fmt: skip
