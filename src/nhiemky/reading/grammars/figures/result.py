"""A frame that the page reports: a result, and whether it fulfils the goal named before it."""

import re
from bisect import bisect_left

from nhiemky.reading.facts import Qualifier, Result, Target
from nhiemky.reading.grammars.figures.frame import Frame
from nhiemky.reading.grammars.figures.indicator import ESTIMATED
from nhiemky.reading.grammars.figures.mode import Modes
from nhiemky.reading.text import Page, start_of

_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_OF_YEAR = (" năm ", " (năm ", " vào năm ")
# `tăng bình quân 15,4%/năm, năm 2024 đạt 168 tỷ đồng`: the year of the next figure
_OF_NEXT = re.compile(r"[^,;.\d]{0,12}, (?:riêng |đến |trong )?năm \d{4} (?:đạt|là|còn|có|ước|được|đã)(?![^\W_])")
_FAR = 160  # characters of a list told in turn, and of the years before it


def fulfils(frame: Frame, plan: object) -> bool:
    """`được giao 4.500 tỷ đồng, đến nay đã thu 5.619 tỷ đồng`: what was done of the plan just named."""
    if not isinstance(plan, Target) or plan.low is None or plan.high is not None:
        return False
    return plan.unit == frame.number.unit and plan.unit == "đồng" and frame.subject in ("", "thu", "chi")


def _period(page: Page, modes: Modes, frame: Frame) -> str | None:
    """The period said last before the figure in its sentence, else the one right behind it."""
    first, last = page.sentence_bounds(frame.part)
    if "lần lượt" in frame.join_words or not (frame.own_subject or frame.joins):
        said, year = _in_turn(page, frame.number.start, first)
        if said:
            return year
    index = bisect_left(modes.period_at, frame.number.start) - 1
    if "từ " in frame.lead_text and _right_behind(page, modes, frame.number.end, index + 1):
        return modes.periods[index + 1].period  # `từ 5,6% năm 2020 xuống còn 1,9% năm 2024`
    if index >= 0 and modes.period_at[index] >= first:
        return modes.periods[index].period
    behind = index + 1 < len(modes.periods) and modes.period_at[index + 1] < min(frame.end + 20, last)
    if behind and _OF_NEXT.match(page.low, frame.end) is None:
        return modes.periods[index + 1].period
    return None


def _right_behind(page: Page, modes: Modes, end: int, index: int) -> bool:
    """Whether nothing stands between a figure and the year behind it."""
    return index < len(modes.periods) and page.low[end : modes.period_at[index]] in _OF_YEAR


def _in_turn(page: Page, figure: int, first: int) -> tuple[bool, str | None]:
    """Whether a figure is of a list told in turn over years, and its year: `năm 2021 và 2022 lần lượt là 12%, 14%`."""
    at = page.low.rfind("lần lượt", max(first, figure - _FAR), figure)
    years = _YEARS.findall(page.low, max(first, at - _FAR), at) if at >= 0 else []
    if len(years) < 2:
        return False, None
    amounts = page.of_kind("amount")
    place = bisect_left(amounts, figure, key=start_of) - bisect_left(amounts, at, key=start_of)
    return True, years[place] if place < len(years) else None


def _qualifier(frame: Frame) -> Qualifier | None:
    """The nearest qualifier; `ước đạt trên` is over: the closer word binds. `Ước thu ngân sách …` is about."""
    for meaning in reversed(frame.joins):
        if meaning in ("over", "about", "under"):
            return meaning  # type: ignore[return-value]
    told = "ước" in frame.subject or "dự kiến" in frame.subject
    return "about" if told and ESTIMATED.search(frame.subject) else None


def result_of(page: Page, modes: Modes, frame: Frame, indicator: str, plan: Target | None = None) -> Result:
    """The result of a frame; `plan` is the goal that it fulfils."""
    number = frame.number
    planned = plan.low if plan is not None else number.planned
    return Result(
        indicator, number.value or 0.0, number.high, number.unit, _qualifier(frame), _period(page, modes, frame),
        planned, None, (frame.start, frame.end), 0.9 if frame.own_subject else 0.75, "figures.result",
    )  # fmt: skip
