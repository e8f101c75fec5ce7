"""What time a head or a title speaks of: `TH 6 tháng đầu năm 2024` is 2024-H1, `đến cuối nhiệm kỳ` the term's end."""

import re

from msgspec import Struct

from nhiemky.reading.annex.records import Setting
from nhiemky.reading.quantities.dates import roman

_YEAR = r"((?:19|20)\d\d)"
_MONTHS = re.compile(
    rf"(?<!\d)0?(\d{{1,2}}) ?(?:tháng|t)(?![^\W\d_])(?: (đầu|cuối)(?: năm)?)?(?:[ /]*(?:năm )?{_YEAR})?"
)
_MONTH = re.compile(rf"(?<![^\W\d_])(?:tháng|t) ?(\d{{1,2}})(?!\d)(?: ?[/-] ?{_YEAR}| năm {_YEAR})?")
_QUARTER = re.compile(rf"(?<![^\W_])(?:quý|q) ?(iv|i{{1,3}}|[1-4])(?![^\W_])(?:[ /]*(?:năm )?{_YEAR})?")
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}}) ?[/.-] ?(\d{{1,2}})(?: ?[/.-] ?{_YEAR}|(?!\d| ?[/.%]))")
_DAY_IN_WORDS = re.compile(rf"ngày (\d{{1,2}}) tháng (\d{{1,2}})(?: năm {_YEAR})?")
_AS_OF = re.compile(rf"đến(?: hết)?(?: ngày)? (\d{{1,2}})[/.-](\d{{1,2}})[/.-]{_YEAR}")
_SPAN = re.compile(rf"{_YEAR} ?- ?{_YEAR}")
_YEARS = re.compile(rf"(?<![\d/]){_YEAR}(?!\d)")
_NTH = re.compile(r"năm (?:thứ )?(nhất|hai|ba|tư|năm|[1-5])(?![\d\w])")
_NTHS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5}
_TERM = re.compile(r"nhiệm kỳ|đại hội|(?<!tháng )(?:5|năm) năm(?! ?\d)")
_RESOLUTION = re.compile(r"(?<![^\W_])(?:nghị quyết|nq)(?![^\W_])(?!.*(?:hđnd|hội đồng nhân dân))")
_UNTIL = re.compile(r"(?<![^\W_])(?:đến|hết|cuối kỳ)(?![^\W_])")
_NOW = re.compile(r"đến nay|thời điểm|hiện nay|báo cáo")
_WHOLE_YEAR = re.compile(r"cả năm|trong năm|(?:kế hoạch|kh|thực hiện|th|dự toán|chỉ tiêu|giao|ước) năm(?! \d| ?trước)")
_BEFORE = re.compile(r"cùng kỳ|năm trước|năm ngoái|(?<![^\W_])ck(?![^\W_])")
_YEARLY = re.compile(r"(?:hằng|hàng|mỗi|từng|một) năm|/ ?năm(?! \d)")
_UNIT = re.compile(r"(?:đvt|đơn vị tính|đơn vị) ?: ?([^;)]+)")
_ABOUT = re.compile(r"(?P<results>kết quả|tình hình|số liệu)|kế hoạch|mục tiêu|phấn đấu|giao chỉ tiêu|phân bổ")
_PARTS = {(6, "đầu"): "H1", (6, "cuối"): "H2", (3, "đầu"): "Q1", (9, "đầu"): "9M"}
_ENDS = {(31, 3): "Q1", (30, 6): "H1", (30, 9): "9M", (31, 12): ""}


class When(Struct, frozen=True, gc=False):
    """`part` without `year` where no year is said; `until` for “đến …”, `term` for the whole term."""

    year: int | None = None
    part: str | None = None
    span: tuple[int, int] | None = None
    term: bool = False
    until: bool = False
    before: bool = False  # of an earlier period: cùng kỳ, năm trước
    now: bool = False  # as of the report
    yearly: bool = False
    nth: int | None = None  # of the term's years

    @property
    def is_said(self) -> bool:
        return bool(self.year or self.part is not None or self.span or self.term or self.before or self.now or self.nth)


def when_of(words: str) -> When:
    """What a head, in canonical words, says of its time."""
    span = _SPAN.search(words)
    rest = _SPAN.sub(" ", words)
    year, part, rest = _part(rest)
    if year is None:
        said = _YEARS.search(rest)
        year = int(said[1]) if said else None
    nth = _NTH.search(rest) if year is None and part is None else None
    whole = year is None and part is None and _WHOLE_YEAR.search(words) is not None
    return When(
        year=year,
        part="" if whole else part,
        span=(int(span[1]), int(span[2])) if span else None,
        term=span is not None or _TERM.search(words) is not None or _RESOLUTION.search(words) is not None,
        until=_UNTIL.search(words) is not None,
        before=_BEFORE.search(words) is not None,
        now=part is None and year is None and _NOW.search(words) is not None,
        yearly=_YEARLY.search(words) is not None,
        nth=(_NTHS.get(nth[1]) or int(nth[1])) if nth else None,
    )


def _part(words: str) -> tuple[int | None, str | None, str]:
    """Year, part of it (`H1`, `` for the whole) and the words without them."""
    for pattern, part_of in ((_DAY_IN_WORDS, _of_day), (_DAY, _of_day), (_MONTHS, _of_months), (_QUARTER, _of_quarter),
                             (_MONTH, _of_month)):  # fmt: skip
        found = pattern.search(words)
        part = part_of(found) if found else None
        if found is not None and part is not None:
            year = next((int(g) for g in found.groups()[1:] if g and re.fullmatch(_YEAR, g)), None)
            return year, part, words[: found.start()] + words[found.end() :]
    return None, None, words


def _of_day(found: re.Match[str]) -> str | None:
    day, month = int(found[1]), int(found[2])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return _ENDS.get((day, month), f"M{month:02d}")


def _of_months(found: re.Match[str]) -> str | None:
    """`6 tháng` is the first half; numbers of months without a name of their own are not told apart."""
    return _PARTS.get((int(found[1]), found[2] or "đầu")) or ("" if found[1] == "12" else None)


def _of_quarter(found: re.Match[str]) -> str | None:
    return f"Q{roman(found[1])}"


def _of_month(found: re.Match[str]) -> str | None:
    return f"M{int(found[1]):02d}" if 1 <= int(found[1]) <= 12 else None


def setting_of(near: str, before: str) -> Setting:
    """What canonical words near a table (its title) and in the text before it say; the nearest is believed first."""
    when = when_of(_without_days(near))
    term = _term(near) or _term(before)
    year = when.year if when.year is not None and not when.span else None
    if year is None:
        years = [int(found[1]) for found in re.finditer(rf"năm {_YEAR}", _SPAN.sub(" ", _without_days(near)))]
        year = years[-1] if years else None
    if year is None:
        days = [int(found[3]) for found in _DAY_IN_WORDS.finditer(f"{before} {near}") if found[3]]
        year = days[-1] if days else None
    part = when.part or None
    as_of = _AS_OF.search(near)
    if part is None and as_of is not None:
        year, part = int(as_of[3]), _of_day(as_of) or None
    units = _UNIT.findall(near)
    about = _ABOUT.search(near)
    reports = about is not None and about["results"] is not None
    return Setting(term, year, part, units[-1].strip() if units else "", reports)


def _without_days(words: str) -> str:
    """Without days of signing; `đến ngày 30/6/2023` is read apart."""
    return _DAY_IN_WORDS.sub(" ", re.sub(rf"ngày {_DAY.pattern}", " ", words))


def _term(words: str) -> tuple[int, int] | None:
    """The term or plan period that is named last: five years, or five counted from the first to the last."""
    found = [(int(m[1]), int(m[2])) for m in _SPAN.finditer(words)]
    named = [(first, last) for first, last in found if last - first in (4, 5)]
    return named[-1] if named else None
