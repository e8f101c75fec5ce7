"""A frame that the page reports: a result, or the ratio of the result before it."""

from bisect import bisect_left

from nhiemky.reading.facts import Qualifier, Result
from nhiemky.reading.grammars.figures.frame import Frame
from nhiemky.reading.grammars.figures.indicator import PLAN_NOUN
from nhiemky.reading.grammars.figures.mode import Modes
from nhiemky.reading.text import Page


def amends(frame: Frame, last: Result) -> bool:
    """Whether the figure is the ratio of the fact before it: `…, đạt 790,2%`, `bằng 102% kế hoạch`."""
    number = frame.number
    if number.unit_kind != "percent" or frame.own_subject or not frame.joins:
        return False
    if "share" in frame.joins or "change" in frame.joins:
        return False
    planned = PLAN_NOUN.match(frame.noun) is not None or "so với" in frame.noun
    if last.unit == "%":
        return planned and last.ratio is None
    words = frame.join_words
    return last.ratio is None and (planned or not frame.noun or words.startswith(("đạt", "bằng", "hoàn thành", "vượt")))


def with_ratio(frame: Frame, last: Result) -> Result:
    value = frame.number.value or 0.0
    ratio = 100 + value if "over" in frame.joins and frame.join_words.endswith("vượt") else value
    return Result(
        last.indicator, last.value, last.high, last.unit, last.qualifier, last.period, last.planned, ratio,
        (last.span[0], frame.number.end), last.confidence, last.rule,
    )  # fmt: skip


def _period(page: Page, modes: Modes, frame: Frame) -> str | None:
    """The period said last before the figure in its sentence, else the one right behind it."""
    first, last = page.sentence_bounds(frame.part)
    index = bisect_left(modes.period_at, frame.number.start) - 1
    if index >= 0 and modes.period_at[index] >= first:
        return modes.periods[index].period
    if index + 1 < len(modes.periods) and modes.period_at[index + 1] < min(frame.end + 20, last):
        return modes.periods[index + 1].period
    return None


def _qualifier(frame: Frame) -> Qualifier | None:
    """The nearest qualifier; `ước đạt trên` is over: the closer word binds."""
    for meaning in reversed(frame.joins):
        if meaning in ("over", "about", "under"):
            return meaning  # type: ignore[return-value]
    return None


def result_of(page: Page, modes: Modes, frame: Frame, indicator: str) -> Result:
    number = frame.number
    return Result(
        indicator, number.value or 0.0, number.high, number.unit, _qualifier(frame), _period(page, modes, frame),
        number.planned, None, (frame.start, frame.end), 0.9 if frame.own_subject else 0.75, "figures.result",
    )  # fmt: skip
