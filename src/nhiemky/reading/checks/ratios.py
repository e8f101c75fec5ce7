"""Ratios to a plan that cannot well be, and those that their own figures deny: `đạt 790,2%`, `45/50, đạt 95%`."""

import re

from nhiemky.reading.checks.told import FIGURES, Told, is_share, said, spoken, warning
from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Result, Warning
from nhiemky.reading.text import Number
from nhiemky.reading.vocab import pattern

WHY = {
    "checks.ratio": "Tỷ lệ so với kế hoạch trên 300 hay dưới 10: «thu ngân sách đạt 790,2%», «đạt 4,2% dự toán».",
    "checks.terms": "Tỷ lệ trái với chính hai số của nó: «45/50 hộ, đạt 95%», «15/20 hộ, vượt 75%».",
    "checks.met": "Nói là vượt mà con số chưa tới: «đạt 94% kế hoạch, vượt chỉ tiêu đề ra».",
}
_HIGHEST, _LOWEST = 300, 10
_NEAR = 20  # characters between the two figures and a ratio that no comma parts from them
_LEFT, _OVER = "còn lại", "vượt"
WORDS = (_OVER,)
_NOT_PLAN = pattern(r"\s*(?:so )?(?:với |của )?{other}", other=spoken("other_base"))
_PLAN = pattern(r"\s*(?:so )?(?:với |của )?{plan}(?![^\W_])", plan=spoken("plan"))
_REACHED = re.compile(r"(?<![^\W_])(?:đạt|bằng|hoàn thành|ước đạt)\s(?:\S+\s)?$")
_EXCEEDS = re.compile(r"(?<![^\W_])vượt\s(?:\S+\s)?$")
_SAID_OVER = re.compile(
    r"[\s,)(]{1,3}(?:và )?vượt (?:\S+ ){0,3}(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)(?! \d)"
)
_OVER_GOAL = re.compile(
    r"[^.;\n\d]{0,14}vượt (?:so với )?(?:chỉ tiêu|mục tiêu|kế hoạch|nghị quyết)(?: [^\W\d]+){0,6} \(?(?:là )?(?=\d)"
)
_BETTER_LESS = pattern(r"(?<![^\W_]){less}(?![^\W_])", less=spoken("less"))


def to_plan(told: Told, marks: list[Mark], results: list[Result]) -> list[Warning]:
    """Ratios of results, and shares that stand at a plan without an amount of their own."""
    found: list[Warning] = []
    for result in results:
        if result.ratio is not None:
            found += _of_result(told, result, result.ratio)
    for share in told.shares:
        found += _at_plan(told, share)
    for mark in marks:
        if told.page.low.startswith(_OVER, mark.start):
            for reached in told.before(mark.start, 1):
                found += _exceeded(told, reached)
    return found


def _of_result(told: Told, result: Result, ratio: float) -> list[Warning]:
    found = []
    if not _LOWEST <= ratio <= _HIGHEST and _is_of_plan(told, result, ratio):
        found.append(_implausible(ratio, result.span))
    if result.planned and result.unit != "%" and _stands_at(told, result):
        true = 100 * result.value / result.planned
        loose = 1.0 if result.unit == "đồng" or ratio == int(ratio) else 0.15
        if abs(true - ratio) > loose:
            meant = f", tức vượt {said(round(true - 100, 2), '%')}" if ratio > 100 and true > 100 else ""
            message = (
                f"{said(result.value, result.unit)} trên {said(result.planned, result.unit)} là "
                f"{said(round(true, 2), '%')}{meant}, văn bản ghi {said(ratio, '%')}."
            )
            found.append(warning("ratio_mismatch", "checks.terms", result.span, message, FIGURES))
    return found


def _stands_at(told: Told, result: Result) -> bool:
    """`18/25 tuyến, đạt 72%`; not `14/46 địa phương … có mức nợ vượt 30% vốn`."""
    figures = told.between(result.span[0], result.span[1])
    count = next((n for n in figures if n.planned is not None), None)
    share = next((n for n in figures if count is not None and n.start > count.start and is_share(n)), None)
    between = told.page.low[count.end : share.start] if count is not None and share is not None else ""
    return len(between) < _NEAR or "," in between or "(" in between


def _is_of_plan(told: Told, result: Result, ratio: float) -> bool:
    """A low ratio needs the word (`bằng 4,2% dự toán`); what is left over, a share of GDP or of last year is none."""
    low, (start, end) = told.page.low, result.span
    share = next((n for n in told.between(start, end) if is_share(n) and n.value in (ratio, ratio - 100)), None)
    behind = share.end if share else end
    if _NOT_PLAN.match(low, behind) or _LEFT in low[max(0, start - 40) : end]:
        return False
    if ratio > _HIGHEST:
        return True
    return _PLAN.match(low, behind) is not None and not low.endswith(
        ("-", "(", "giảm ", "tăng "), 0, share.start if share else end
    )


def _implausible(ratio: float, span: tuple[int, int]) -> Warning:
    over = f" (vượt {said(ratio - 100, '%')})" if ratio > _HIGHEST else ""
    message = (
        f"Tỷ lệ {said(ratio, '%')}{over} so với kế hoạch là bất thường; cần nêu rõ so với số nào (cả năm hay 6 tháng)."
    )
    return warning("implausible_ratio", "checks.ratio", span, message, FIGURES)


def _exceeded(told: Told, reached: Number) -> list[Warning]:
    """`đạt 92,1%, vượt chỉ tiêu 93,5%`: said to exceed what it does not reach."""
    low = told.page.low
    over = _OVER_GOAL.match(low, reached.end)
    if over is None or not reached.value or not _REACHED.search(low, max(0, reached.start - 22), reached.start):
        return []
    goal = next(iter(told.between(over.end() - 1, over.end() + 1)), None)
    value = reached.value or 0
    if goal is None or goal.unit != reached.unit or not value < (goal.value or 0) <= 1.5 * value:
        return []
    begins = told.page.starts[told.page.part_at(reached.start)]
    if _BETTER_LESS.search(low, begins, reached.start):
        return []
    message = (
        f"Đạt {said(value, reached.unit)} mà nói là vượt {said(goal.value or 0, goal.unit)}; "
        "cần xem lại một trong hai số."
    )
    return [warning("ratio_mismatch", "checks.met", (reached.start, goal.end), message, FIGURES)]


def _at_plan(told: Told, share: Number) -> list[Warning]:
    low, value = told.page.low, share.value or 0
    if value < 100 and _PLAN.match(low, share.end):
        plan = _PLAN.match(low, share.end)
        over = _SAID_OVER.match(low, plan.end()) if plan else None
        if over and _REACHED.search(low, max(0, share.start - 22), share.start):
            message = f"Đạt {said(value, '%')} kế hoạch mà nói là vượt; cần xem lại tỷ lệ hoặc lời đánh giá."
            return [warning("ratio_mismatch", "checks.met", (share.start, over.end()), message, FIGURES)]
    if _LOWEST <= value <= _HIGHEST - 100 or not _PLAN.match(low, share.end):
        return []
    before = max(0, share.start - 22)
    if _REACHED.search(low, before, share.start):
        ratio = value
    elif value > _HIGHEST - 100 and _EXCEEDS.search(low, before, share.start):
        ratio = value + 100
    else:
        return []
    if _LEFT in low[max(0, share.start - 60) : share.start]:
        return []
    return [] if _LOWEST <= ratio <= _HIGHEST else [_implausible(ratio, (share.start, share.end))]
