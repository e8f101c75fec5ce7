"""What a figure refers back to: `con số này`, `năm 2020 ước đạt 7.500 USD`, `đến nay đã thu 5.619 tỷ đồng`."""

import re

from nhiemky.reading.facts import Result, Target
from nhiemky.reading.grammars.figures.frame import Frame
from nhiemky.reading.grammars.figures.indicator import PLAN_NOUN
from nhiemky.reading.text import Page

Fact = Target | Result

_THIS = re.compile(
    r"(?:tỷ lệ|tỉ lệ|con số|mức|chỉ số|chỉ tiêu|số|số tiền|tổng số|số liệu|kết quả)"
    r" (?:này|trên|đó|ấy|nói trên)(?![^\W_])"
)
_BUDGET = re.compile(r"(?:thu|chi) ngân sách(?: nhà nước)?(?: trên địa bàn)?")
_BARE = re.compile(r"(?:thu|chi)(?: (?:cả năm|quý [iv]+|\d+ tháng.*))?")
HARMED = {
    **dict.fromkeys(("làm chết", "chết", "tử vong", "làm tử vong"), "người chết"),
    **dict.fromkeys(("bị thương", "làm bị thương"), "người bị thương"),
}
_HARMED = frozenset(("người chết", "người bị thương", "người tử vong", "người thiệt mạng", "người mất tích"))
_CAUSE = re.compile(
    r"(?<![^\W_])(?:tai nạn(?: giao thông| lao động| đường sắt)?|cháy|đuối nước|thiên tai|mưa lũ)(?![^\W_])"
)
_YEAR = re.compile(r" năm (?:19|20)\d\d(?!\d)")
_CHANGES = ("tăng ", "giảm ")
_FAR = 400  # characters between a figure and what it refers back to


def previous_of(targets: list[Target], results: list[Result]) -> Fact | None:
    """The fact read last."""
    if not targets or not results:
        return results[-1] if results else targets[-1] if targets else None
    return results[-1] if results[-1].span[1] > targets[-1].span[1] else targets[-1]


def meant(page: Page, frame: Frame, last: Fact | None, previous: Fact | None) -> str | None:
    """The indicator that a figure without one of its own means, if any.

    `last` is the fact before it in its part of the sentence, `previous` the one before it on the page.
    """
    near = previous is not None and frame.start - previous.span[1] < _FAR
    if frame.subject and _THIS.match(frame.subject):
        return previous.indicator if near and previous is not None else None
    if frame.number.unit_kind == "money" and _BARE.fullmatch(frame.subject):
        return _budget_before(page, frame) or None
    if frame.subject or last is not None or previous is None or not near or not frame.joins:
        return None
    if " cho biết" in frame.lead_text:  # `ông Lê Văn An cho biết, gần 8.000 tỷ đồng`: told anew
        return None
    if frame.number.unit_kind == "percent" and (PLAN_NOUN.match(frame.noun) or frame.noun):
        return None
    if frame.number.unit_kind == "money" and frame.noun and frame.join_words.startswith("có"):
        return None  # `có 4 tỷ đồng đã đầu tư vào khu công nghiệp`
    known = frame.number.unit_kind in ("money", "percent") or frame.number.unit in ("usd", "triệu usd", "tỷ usd")
    if not known or previous.unit != frame.number.unit:
        return None
    name = previous.indicator
    if "change" not in frame.joins and page.low.startswith(_CHANGES, previous.span[0]):
        name = name.removeprefix("tăng ").removeprefix("giảm ")  # `đạt 70%, tăng 4%; năm 2017 đạt 72%`
    # `GRDP năm 2022 tăng 9,2%; năm 2023 tăng 9,3%`: each has its own year
    return _YEAR.sub("", name) if _YEAR.search(frame.lead_text) else name


def harms(frame: Frame) -> bool:
    """`làm chết 5 người`, `làm 3 người chết`."""
    return frame.subject in HARMED or frame.noun in _HARMED


def harmed(page: Page, frame: Frame) -> str:
    """`12 vụ tai nạn giao thông, làm chết 5 người`: people harmed, and by what the page told last."""
    name = frame.noun if frame.noun in _HARMED else HARMED[frame.subject]
    causes = _CAUSE.findall(page.low, max(0, frame.start - _FAR), frame.start)
    return f"{name} do {causes[-1]}" if causes else name


def _budget_before(page: Page, frame: Frame) -> str:
    """`thu ngân sách nhà nước` named last before a bare `thu`."""
    start = max(0, frame.start - _FAR)
    told = [
        found for found in _BUDGET.finditer(page.low, start, frame.start) if found.group().startswith(frame.subject[:3])
    ]
    return page.text[told[-1].start() : told[-1].end()] if told else ""
