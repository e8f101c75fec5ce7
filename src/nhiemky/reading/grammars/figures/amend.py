"""What a figure adds to the result before it and is no fact of its own: its ratio, its plan, a whole set."""

import re

from msgspec import structs

from nhiemky.reading.facts import Result
from nhiemky.reading.grammars.figures.fit import OF_BEFORE
from nhiemky.reading.grammars.figures.frame import Frame
from nhiemky.reading.grammars.figures.indicator import PLAN_NOUN
from nhiemky.reading.text import Number, Page

# `bằng 6,5% (Nghị quyết đề ra 5%)`: with a goal of its own, it is no ratio of the count before it
_GOAL_BEHIND = re.compile(
    r" \((?:nghị quyết|kế hoạch|chỉ tiêu|mục tiêu|nq|kh)(?: (?:đề ra|đặt ra|được giao|giao|là))*:? [\d,.]+ ?%"
)
_STROKE = re.compile(r"\s?/\s?(?:kh|kế hoạch|chỉ tiêu|mục tiêu|nq|nghị quyết|dự toán)?\s?")
_PLAN_OPENED = re.compile(
    r"(?:kế hoạch|mục tiêu|chỉ tiêu|nghị quyết|dự toán)(?: đề ra| đặt ra| được giao| năm)? \((?:từ )?$"
)
_PLAN_NAMED = re.compile(
    r"(?:trong khi |so với )?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|nghị quyết|kh|nq)"
    r"(?: (?:đề ra|đặt ra|được giao|giao|năm|cả năm|cả nhiệm kỳ|đại hội))*"
)
_SHARE_OF_PLAN = re.compile(r"(?:dự toán|kế hoạch|chỉ tiêu giao)(?![^\W_])")
_OF_PLAN = re.compile(r"so (?:với )?(?:dự toán|kế hoạch|kh\b|chỉ tiêu|nghị quyết|nq\b|pháp lệnh|mục tiêu)")


def amended(page: Page, frame: Frame, last: Result) -> Result | None:
    """The result before it with what the figure adds; None where it is a figure of its own."""
    number = frame.number
    if _is_plan_of(page, number, last) or _is_plan_in_brackets(page, number, last) or _is_plan_named(frame, last):
        if last.planned is not None or number.high is not None:
            return last
        return structs.replace(last, planned=number.value, span=(last.span[0], number.end))
    if _is_share_in_brackets(frame, last):
        return structs.replace(
            last, value=number.value, planned=number.planned, unit=number.unit, ratio=last.value,
            span=(last.span[0], number.end),
        )  # fmt: skip
    if _is_whole_set(page, frame, last):
        span = (last.span[0], frame.end)
        return structs.replace(last, indicator=f"{last.indicator} đạt {frame.noun or number.unit}", span=span)
    return None


def _is_plan_named(frame: Frame, last: Result) -> bool:
    """`bình quân 3,53% trong khi kế hoạch là 4%`."""
    alike = frame.number.unit == last.unit or (
        frame.number.unit_kind == "count" and frame.lead_text.lstrip().startswith("(")
    )  # `kết nạp 14 đảng viên (NQ cả nhiệm kỳ 20 đồng chí)`
    return alike and _PLAN_NAMED.fullmatch(frame.subject) is not None


def _is_plan_of(page: Page, number: Number, last: Result) -> bool:
    """`214 ha/200 ha`, `92,8%/KH 93%`: the plan right behind a stroke."""
    between = page.low[last.span[1] : number.start]
    if between == "/" and number.unit_kind == "count":  # `19.260 cơ sở/21.148 đơn vị`
        return (number.value or 0) >= last.value
    return "/" in between and len(between) < 20 and number.unit == last.unit and _STROKE.fullmatch(between) is not None


def _is_plan_in_brackets(page: Page, number: Number, last: Result) -> bool:
    """`tăng 8,08%, vượt kế hoạch đề ra (7,3 - 7,5%)`."""
    if number.unit != last.unit or page.low.find("(", max(0, number.start - 5), number.start) < 0:
        return False
    return _PLAN_OPENED.search(page.low, max(0, number.start - 50), number.start) is not None


def _is_share_in_brackets(frame: Frame, last: Result) -> bool:
    """`vốn đầu tư đạt 61,8% kế hoạch (376,7 tỷ/609,1 tỷ đồng)`: the amounts that the share was reckoned from."""
    number = frame.number
    if last.unit != "%" or number.unit_kind != "money" or not number.planned or last.planned is not None:
        return False
    return frame.lead_text.endswith("(") and abs(100 * (number.value or 0) / number.planned - last.value) < 1


def _is_whole_set(page: Page, frame: Frame, last: Result) -> bool:
    """`5 xã đạt 19/19 tiêu chí`: all of a set right behind a count says what is counted."""
    number = frame.number
    return (
        number.unit.startswith("tiêu chí") and number.planned is not None and number.planned == number.value
        and page.low[last.span[1] : number.start].strip() == "đạt"
    )  # fmt: skip


def is_ratio(page: Page, frame: Frame, last: Result) -> bool:
    """Whether the figure is a ratio of the fact before it: `…, đạt 790,2%`, `bằng 102% kế hoạch`, `vượt 7%`."""
    number = frame.number
    if not frame.joins and not frame.own_subject and last.planned is not None and frame.lead_text.strip() == "(":
        return number.unit_kind == "percent"  # `17/20 xã đạt chuẩn (85%)`
    if number.unit_kind == "percent" and frame.lead_text.endswith("(") and PLAN_NOUN.match(frame.noun):
        return not frame.own_subject  # `doanh thu 210 tỷ (78% KH)`
    of_plan = _OF_PLAN.match(frame.subject) is not None  # `so dự toán giao đạt 44%`
    if number.unit_kind != "percent" or (frame.own_subject and not of_plan) or not frame.joins:
        return False
    if last.unit != "%" and _GOAL_BEHIND.match(page.low, number.end):
        return False
    if of_plan:
        return True
    if "share" in frame.joins:
        return _SHARE_OF_PLAN.match(frame.noun) is not None  # `chiếm 43% dự toán`
    if "change" in frame.joins:
        return False
    words = frame.join_words
    if words in ("tỷ lệ", "=") and last.planned is None and not PLAN_NOUN.match(frame.noun):
        return last.unit == "đồng"  # `58 hộ tỷ lệ 2,37%` is a share
    if OF_BEFORE.match(page.low, number.end):  # `bằng 112% so với cùng kỳ` is of no plan
        return False
    planned = PLAN_NOUN.match(frame.noun) is not None or "so với" in frame.noun
    if last.unit == "%":
        planned = (
            planned or _OF_PLAN.match(page.low, number.end + 1) is not None
        )  # `là 90%, đạt 112% so với nghị quyết`
        return planned or (words.endswith("vượt") and not frame.noun)
    return planned or not frame.noun or words.startswith(("đạt", "bằng", "=", "hoàn thành", "vượt"))


def with_ratio(frame: Frame, last: Result) -> Result:
    value = frame.number.value or 0.0
    ratio = 100 + value if "over" in frame.joins and frame.join_words.endswith("vượt") else value
    return Result(
        last.indicator, last.value, last.high, last.unit, last.qualifier, last.period, last.planned, ratio,
        (last.span[0], frame.number.end), last.confidence, last.rule,
    )  # fmt: skip
