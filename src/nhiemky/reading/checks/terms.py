"""Terms and years that deny each other: one congress with two terms, a mid-term review held after the term."""

import re

from nhiemky.reading.checks.told import WRITER, Told, spoken, warning
from nhiemky.reading.facts import Congress, Warning
from nhiemky.reading.text import Number
from nhiemky.reading.vocab import pattern

WHY = {
    "checks.term": "Một đại hội mà ghi hai nhiệm kỳ: «lần thứ IX, nhiệm kỳ 2020-2025», sau lại là «2021-2026».",
    "checks.length": "Nhiệm kỳ có năm cuối không thể có: «nhiệm kỳ 2020-2052», «nhiệm kỳ 2025-2020».",
    "checks.time": "Việc xảy ra ngoài thời gian của nó: «Ngày 25/5/2025 … sơ kết giữa nhiệm kỳ 2020-2025».",
    "checks.body": "Văn bản của cấp huyện sau khi cấp ấy không còn: «12-KH/HU ngày 5/8/2025».",
}
_TERM_WORD = re.compile(r"(?<![^\W_])(?:nhiệm kỳ|nhiệm kì)\s\(?$")
_TERM_SPELLED = re.compile(r"n?g?hiệm k[ỳì]\s\(?$")  # `nghiệm kỳ` is met as well
_YEARS = 5
_MIDTERM = pattern(r"(?<![^\W_]){midterm}(?![^\W_])", midterm=spoken("midterm"))
_REVIEW = pattern(r"(?<![^\W_]){review}(?![^\W_])", review=spoken("review"))
_OF_YEAR = re.compile(r"(?:6 tháng|sáu tháng|9 tháng|quý [iv]+|năm)(?: (?:đầu|cuối) năm)?,? (?:năm )?$")
_DISTRICT_CODE = re.compile(r"/(?:HU|QU|ThU|TXU)$")
_LAST_DAY = "2025-06-30"  # of the district level (Law 72/2025/QH15)
_OPENING = 700  # characters in which a page says what it is about
_NEXT_TERMS = 2040  # a longer span that ends before is history (`nhiệm kỳ 1981-2003` of a foreign premier)
_LONGEST = 10  # years: two terms told as one; a shorter one than five is met too (cells, unions, other bodies)


def of_one_congress(congresses: list[Congress]) -> list[Warning]:
    """One congress told with two terms."""
    told: dict[tuple[str | None, int], Congress] = {}
    found = []
    for congress in congresses:
        if congress.term is None:
            continue
        first = told.setdefault((congress.level, congress.ordinal), congress)
        if first.term != congress.term:
            message = (
                f"Đại hội lần thứ {congress.ordinal} được ghi hai nhiệm kỳ: {first.term} và {congress.term}; "
                "cần giữ một nhiệm kỳ."
            )
            found.append(warning("term_mismatch", "checks.term", congress.span, message, WRITER))
    return found


def out_of_time(told: Told) -> list[Warning]:
    """Terms of a length that none has, reviews outside what they review, documents of bodies that are no more."""
    found = [w for kind in ("term", "other") for n in told.page.of_kind(kind) if n.high for w in _length(told, n)]
    for number in told.page.of_kind("date"):
        if number.iso and not number.malformed:
            found += _review(told, number, number.iso)
    for code in told.page.of_kind("code"):
        found += _dissolved(told, code)
    return [*found, *_two_ends(told)]


def _two_ends(told: Told) -> list[Warning]:
    """`nhiệm kỳ 2016-2021` and `nhiệm kỳ 2016-2020`: a term of one first year ends once, five years later."""
    low = told.page.low
    terms = [
        n
        for n in told.page.of_kind("term")
        if n.value and n.high and _TERM_SPELLED.search(low, max(0, n.start - 12), n.start)
    ]
    whole = {n.value for n in terms if n.high == (n.value or 0) + _YEARS}
    found = []
    for number in terms:
        if number.value in whole and number.high == (number.value or 0) + _YEARS - 1:
            written, first = told.page.text[number.start : number.end], int(number.value or 0)
            message = f"“Nhiệm kỳ {written}” khác với nhiệm kỳ {first}-{first + _YEARS} cùng văn bản; cần giữ một."
            found.append(warning("term_mismatch", "checks.term", (number.start, number.end), message, WRITER, 0.8))
    return found


def _length(told: Told, number: Number) -> list[Warning]:
    low = told.page.low
    if not _TERM_WORD.search(low, max(0, number.start - 12), number.start):
        return []
    years = (number.high or 0) - (number.value or 0)
    if 0 < years <= _LONGEST or (years > 0 and (number.high or 0) <= _NEXT_TERMS):
        return []
    written = told.page.text[number.start : number.end]
    message = f"“Nhiệm kỳ {written}” không thể có; nhiệm kỳ của Đảng, HĐND là 5 năm."
    return [warning("term_mismatch", "checks.length", (number.start, number.end), message, WRITER)]


def _review(told: Told, day: Number, iso: str) -> list[Warning]:
    """The day of a sentence that tells of a review, against the year or the term reviewed."""
    page, low = told.page, told.page.low
    begins, ends = page.sentence_bounds(page.part_at(day.start))
    if day.start - begins > 30:
        return []
    review = _REVIEW.search(low, day.end, min(ends, day.end + 160))
    if review is None and day.start < _OPENING:  # a title tells of it
        review = _REVIEW.search(low, max(0, day.start - 250), day.start)
    if review is None:
        return []
    year = int(iso[:4])
    until = page.sentence_bounds(page.part_at(review.start()))[1]
    middle = _MIDTERM.search(low, review.start(), min(until, review.end() + 60))
    for number in told.between(review.end(), min(until, review.end() + 200)):
        if middle and number.kind == "term" and number.value and number.high:
            if number.value + 1 < year < number.high:
                return []
            reviewed = f"giữa nhiệm kỳ {number.iso}"
            return [_untimely(told, day, number, reviewed)]
        if not middle and number.kind == "year" and _OF_YEAR.search(low, max(0, number.start - 28), number.start):
            if 0 <= year - int(number.value or 0) <= 1:
                return []
            return [_untimely(told, day, number, f"năm {int(number.value or 0)}")]
        if number.kind in ("term", "year"):
            return []
    return []


def _untimely(told: Told, day: Number, number: Number, reviewed: str) -> Warning:
    written = told.page.text[day.start : day.end]
    message = f"Hội nghị ngày {written} lại sơ kết, tổng kết {reviewed}; cần xem lại ngày hoặc thời kỳ."
    span = (min(day.start, number.start), max(day.end, number.end))
    return warning("term_mismatch", "checks.time", span, message, WRITER, 0.85)


def _dissolved(told: Told, code: Number) -> list[Warning]:
    written = "".join(told.page.text[code.start : code.end].split())
    if not _DISTRICT_CODE.search(written):
        return []
    for day in told.between(code.end, code.end + 12):
        if day.kind == "date" and day.iso and day.iso > _LAST_DAY:
            message = f"“{written}” ngày {told.page.text[day.start : day.end]}: cấp huyện kết thúc từ 01/7/2025."
            return [warning("term_mismatch", "checks.body", (code.start, day.end), message, WRITER)]
    return []
