"""Numbered documents cited: number as written, kind, date, issuer, subject; a bare number (`Chỉ thị 05`) too."""

import re

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Citation
from nhiemky.reading.quantities import iso_date
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import lookup, pattern, words

WHY = {
    "citations.number": "Số, ký hiệu đầy đủ của văn bản: «07-CTr/TU», «12/NQ-HĐND».",
}
_KINDS = lookup("documents", "code")
_NAMES = words("documents")
_KIND_IN_NUMBER = re.compile(r"(?:^|[-/\s\d])(CTHĐ|CTr|TTr|QyĐ|QĐi|[A-ZĐ]{2})(?=[-/]|$)")
_DATED = re.compile(r"[\s,(]*(?:ngày\s+)?(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)")
_DATED_IN_WORDS = re.compile(r"[\s,(]*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d\d)")
_ISSUER = re.compile(
    r"[\s,)]*của\s+((?:[^.,;:()\"\n“”](?!(?:thực hiện|về |v/v|quy định|triển khai|cho |đối với|đã |và ))){2,70})"
)
_SUBJECT = re.compile(r"[\s,)\"]*(?:về(?: việc)?|v/v)\s+(.{6,160}?)(?=[\".;\n]|$)")
_ISSUERS = words("issuers")
_BARE_ISSUER = pattern(r"\s*(?:-\s*)?(?:/[^\s]+\s+)?của\s+({issuer})", issuer=_ISSUERS)


def from_numbers(page: Page) -> list[Citation]:
    """Documents whose full number the scan has met."""
    return [_full(page, n) for n in page.of_kind("code")]


def without_counts(page: Page, bare: list[Citation]) -> list[Citation]:
    """`kết luận 01 tổ chức đảng có vi phạm` counts; it names no document."""
    counted = [n.start for n in page.of_kind("amount") if n.unit_kind == "count"] if bare else []
    return [c for c in bare if not any(c.span[0] <= at < c.span[1] for at in counted)]


def _full(page: Page, number: Number) -> Citation:
    text, end = page.text, number.end
    written = "".join(text[number.start : end].split()).replace("–", "-")
    kind = _KIND_IN_NUMBER.search(written)
    code: str | None = "Luật" if "/QH" in written else (kind.group(1) if kind else None)
    date, end = _date(page, end)
    issuer, end = _issuer(page, end)
    subject = _SUBJECT.match(page.low, end)
    return Citation(
        written, code, date, issuer, text[subject.start(1) : subject.end(1)].strip(" ”“\"") if subject else None,
        (number.start, end), 0.97, "citations.number",
    )  # fmt: skip


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


def _bare(page: Page, match: re.Match[str]) -> Citation | None:
    rest = page.low[match.end() : match.end() + 1]
    if rest in "/-%" and rest:
        return None
    code = _KINDS[match.group(1)]
    issuer = page.text[match.start(3) : match.end(3)] if match.group(3) else None
    return Citation(
        page.text[match.start(2) : match.end(2)], code, None, issuer, None, match.span(), 0.85, "citations.bare"
    )


RULES = (
    Rule(
        "citations.bare",
        _NAMES,
        pattern(
            r"({name})(?:\s+số)?\s+(\d{1,3})(?![\d.,/]*\d|\s?[-/]\s?[a-zđ]|[-/a-z%])"
            r"(?:\s*(?:-\s*)?của\s+({issuer}))?"
            r"(?!\s*(?:chỉ tiêu|nhiệm vụ|giải pháp|năm|tháng))",
            name=_NAMES, issuer=_ISSUERS,
        ),
        _bare,
        "Văn bản chỉ gọi bằng số: «Chỉ thị 05 của Bộ Chính trị».",
    ),
)  # fmt: skip
