"""A frame that the page commits to: a target with its direction, its year and where it starts from."""

import re

from msgspec import structs

from nhiemky.reading.facts import Direction, Result, Target
from nhiemky.reading.grammars.figures.frame import Frame
from nhiemky.reading.grammars.figures.indicator import PLAN_NOUN
from nhiemky.reading.grammars.figures.mode import Modes, until_year
from nhiemky.reading.quantities.figures import figure_value
from nhiemky.reading.text import Page

Goal = tuple[Direction, float | None, float | None]
Fact = Target | Result

_YEARLY = re.compile(r"(?:mỗi|hằng|hàng|từng|một|/)\s?năm")
_EACH_YEAR = re.compile(r"h[ằà]ng năm|mỗi năm")
_FROM = re.compile(r"từ\s+(?:mức\s+)?(\d+(?:[.,]\d+)*)\s?%?[^\d;.]{0,60}$")
_DOWN = re.compile(r"(?:xuống|giảm còn|giảm xuống|chỉ còn|còn)(?:\s+(?:còn|mức|dưới))*\s*$")
_TWO_FUNDS = re.compile(
    r"((?:chỉ tiêu )?(?:thu )?(?:thuế|quỹ|phí).{3,60}?) và ((?:thuế|quỹ|phí)\s.{3,60})", re.IGNORECASE
)
_OPENING_YEAR = re.compile(r"\s*(?:trong )?năm (20\d\d)")
_YEAR_BEHIND = re.compile(r"[^.;\d]{0,30}\b(?:vào|trong) (?:cuối )?năm (20\d\d)")
_SPAN_WITHIN = re.compile(r"(?:giai đoạn|thời kỳ) 20\d\d\s?-\s?(20\d\d)")
_YEAR_WITHIN = re.compile(r"(?<!với )(?<!của )(?<!từ )(?<!kỳ )năm (20\d\d)(?! so)")
_PLANNED = re.compile(
    r"(?<!thực hiện )(?<!kết quả )(?:kế hoạch|phương hướng|nhiệm vụ|chỉ tiêu|dự toán|mục tiêu)"
    r"[^.;\n\d]{0,90}năm (20\d\d)"
)
_LEAD_CHANGE = re.compile(r"^(?:giảm|hạ|kéo giảm|tăng|nâng)\s+")


def targets_of(
    page: Page, modes: Modes, frame: Frame, indicator: str, last: Fact | None, term_end: int | None
) -> list[Target]:
    """The target of a frame; two where `thuế … và quỹ …` share a figure. `last` is the fact before it in the part."""
    direction, low, high = _goal(frame, last)
    yearly, average = _is_yearly(page, frame, last)
    year = _year(page, modes, frame, term_end, yearly=yearly, average=average)
    baseline = _baseline(frame)
    if baseline is not None and low is not None and direction in ("decrease", "increase", "equal"):
        direction = "at_most" if low < baseline else "at_least"
    if baseline is not None or direction in ("decrease", "increase"):
        indicator = _LEAD_CHANGE.sub("", indicator)
    target = Target(
        indicator, direction, low, high, frame.number.unit, "year" if yearly else None, str(year) if year else None,
        baseline, (frame.start, frame.end), 0.9 if frame.own_subject else 0.75, "figures.target",
    )  # fmt: skip
    both = _TWO_FUNDS.match(indicator)
    return [target] if both is None else [structs.replace(target, indicator=name) for name in both.groups()]


def _goal(frame: Frame, last: Fact | None) -> Goal:
    direction, low, high = _direction(frame)
    if frame.join_words.startswith("vượt") and low is not None and PLAN_NOUN.match(frame.noun):  # `vượt 5-10% kế hoạch`
        return ("range", 100 + low, 100 + high) if high is not None else ("at_least", 100 + low, None)
    leaning = last if isinstance(last, Target) and direction == "equal" and not frame.own_subject else None
    if (
        leaning is not None and leaning.unit == frame.number.unit and leaning.direction in ("at_most", "at_least")
    ):  # `… tối đa 50%, đến năm 2025 là 20%`
        return leaning.direction, low, high
    return direction, low, high


def _direction(frame: Frame) -> Goal:
    """`giảm tỷ lệ hộ nghèo 0,5%` is a decrease by the amount; `… xuống còn 3%` a level to come down to."""
    number, joins = frame.number, frame.joins
    value, high = number.value, number.high
    lead = frame.lead_text
    down = ("còn" in lead or "xuống" in lead) and _DOWN.search(lead) is not None
    if not down and number.unit_kind == "percent" and frame.subject.startswith(("giảm ", "kéo giảm ", "hạ ")):
        return "decrease", value, high
    if high is not None and "change" not in joins:
        return "range", value, high
    if not down and "change" in joins:
        return ("decrease" if "giảm" in frame.join_words else "increase"), value, high
    if down and "giảm" in lead:
        return "at_most", value, None
    if frame.tail == "xuống" or "under" in joins or "at_most" in joins or "tối đa" in lead:
        return "at_most", value, None
    if frame.tail == "lên" or "over" in joins or "at_least" in joins or "tối thiểu" in lead:
        return "at_least", value, None
    return "equal", value, None


def _is_yearly(page: Page, frame: Frame, last: Fact | None) -> tuple[bool, bool]:
    """Whether it is promised for each year, and whether as an average over the years."""
    number, part_end = frame.number, page.ends[frame.part]
    comma = page.low.find(",", frame.end, part_end)
    behind = page.low[number.end : comma if comma >= 0 else part_end][:60]
    around = f"{page.low[frame.start : frame.end]} {frame.lead_text} {behind}"
    average = "bình quân" in around or "trung bình" in around
    if number.per_year and number.unit_kind != "money":
        return True, average
    if number.unit_kind == "money":  # income a head a year is a level, not a promise for each year
        around = frame.lead_text
    if "năm" in around and _YEARLY.search(around):
        return True, average
    if isinstance(last, Target) and last.per == "year" and page.part_at(last.span[0]) == frame.part:
        told = page.low[page.starts[frame.part] : last.span[1]]  # `hằng năm A đạt 80%, B đạt 100%`
        return _EACH_YEAR.search(told) is not None, average
    return False, average


def _year(page: Page, modes: Modes, frame: Frame, term_end: int | None, *, yearly: bool, average: bool) -> int | None:
    """The year a target runs to: named, or the term's end; a promise for each year has one only where it is written."""
    year = until_year(page, modes, frame.part, frame.number.start, frame.end)
    if yearly and not average and not frame.number.per_year:
        return year if year and str(year) in page.text[page.starts[frame.part] : page.ends[frame.part]] else None
    return year or term_end or (None if yearly else _year_named(page, frame) or _year_planned(page))


def _year_named(page: Page, frame: Frame) -> int | None:
    """`Năm 2024, phấn đấu …`, `… vào năm 2025`: the year the sentence opens with, or the one right behind the fact."""
    start = page.sentence_bounds(frame.part)[0]
    found = _OPENING_YEAR.match(page.low, start) or _YEAR_BEHIND.match(page.low, frame.end)
    span = _SPAN_WITHIN.findall(page.low, start, frame.end)
    if span:  # `giai đoạn 2016-2020, phấn đấu xây dựng 20.000 căn nhà`
        return int(span[-1])
    if found is None:
        within = _YEAR_WITHIN.findall(page.low, start, frame.number.start)
        return int(within[-1]) if within else None
    return int(found.group(1))


def _year_planned(page: Page) -> int | None:
    """The one year that a page is about planning: `Nghị quyết về kế hoạch … năm 2026`; None where it plans several."""
    title, opening = page.heads
    said = set(_PLANNED.findall(page.low, *title)) or set(_PLANNED.findall(page.low, *opening))
    return int(said.pop()) if len(said) == 1 else None


def _baseline(frame: Frame) -> float | None:
    found = _FROM.search(frame.lead_text) if "từ" in frame.lead_text else None
    return figure_value(found.group(1)) if found else None
