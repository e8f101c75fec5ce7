"""The words around one figure: subject before it, how it is joined, the noun after it.

`tỷ lệ hộ nghèo | giảm còn | khoảng | 20%`: subject, join, qualifier, figure. A figure without a subject of its own
(`, 1.256 đảng viên`) leans on the one before it.
"""

from msgspec import Struct

from nhiemky.reading.grammars.figures.before import NOUN_BEHIND, ROUNDED, run_up, with_actor
from nhiemky.reading.grammars.figures.behind import (
    BRACKETS_BEHIND,
    OF_CRITERIA,
    OWN_PLAN,
    counted_by,
    list_goes_on,
    noun_of,
    or_others,
    people_go_on,
    purpose_of,
    rated,
    shared_with,
    tail_of,
)
from nhiemky.reading.grammars.figures.peel import is_holder
from nhiemky.reading.text import Number, Page


class Frame(Struct, gc=False):
    number: Number
    part: int
    start: int  # where the fact begins in the text
    end: int
    subject: str
    joins: tuple[str, ...]  # meanings of the words between subject and figure, the nearest last
    join_words: str
    noun: str  # the words after the figure, the unit's noun among them when things are counted
    tail: str  # `lên`, `xuống` or ``: of `trở lên`
    tail_near: bool  # … right behind the figure
    lead_text: str
    own_subject: bool


def frame_of(page: Page, number: Number, part: int, floor: int, ceiling: int, *, first: bool, baseline: int) -> Frame:
    """The frame of a figure.

    `floor` is the end of the fact before it in the part, `ceiling` the next one's start, `first` says that no fact
    stands before it, `baseline` is where `từ 3,36%` begins that belongs to it (0: none).
    """
    low, figure, limit = page.low, number.start, page.ends[part]
    subject, count, joins, start, joined = run_up(page, number, floor, baseline, first=first)
    ceiling = min(limit, ceiling)
    counts = number.unit_kind == "percent" and _is_named_behind(low, number, joined)
    if count > 2 and number.unit_kind in ("percent", "money") and "over" not in joins and not counts:
        noun, end = "", number.end  # the subject names it all
    else:
        holds = joined.startswith("có") and is_holder(subject)  # `huyện Kim Đài có 46 cơ sở đảng được …`
        noun, end = noun_of(low, number, ceiling, long=count <= 2 or counts or holds)
        if low[end : end + 1] == ",":
            noun, end = people_go_on(low, number, noun, end, ceiling)
        bare = noun == number.unit and "plain" in joins  # `huyện có 21 xã, thị trấn`
        if low.startswith(" (", end):
            more = BRACKETS_BEHIND.match(low, end, limit)
            noun = f"{noun} {more.group(1).strip()}" if more else noun
        elif criteria := OF_CRITERIA.match(low, end, limit):
            noun, end = f"{noun}{criteria.group(1)}", criteria.end()
        elif (not count or bare) and ceiling == limit:  # what stands before another figure is of that one
            noun, end = list_goes_on(low, noun, end, limit)
        elif not count and number.unit_kind == "percent":
            noun, end = shared_with(low, noun, end, limit)
        if noun.startswith("là ") and number.unit_kind == "percent":  # `hơn 50% là đồng bào thiểu số`
            noun = noun[3:]
    if number.unit_kind == "count":
        if noun == number.unit or noun.endswith((" thu nhập", " doanh thu")):
            noun, end = counted_by(low, number, noun, end, limit)
        noun, end = or_others(low, noun, end, limit) if low[end : end + 1] == "," else rated(low, noun, end, limit)
    elif not noun and number.unit_kind == "money":
        noun, end = purpose_of(low, subject, end, limit)
    if number.unit_kind == "money" and 0 < count < 4:
        subject, start = with_actor(low, subject, floor, start)
    tail, near, behind = tail_of(low, number, limit)
    end = max(end, behind)
    return Frame(number, part, start, end, subject, joins, joined, noun, tail, near, low[floor:figure], count > 0)


def _is_named_behind(low: str, number: Number, joined: str) -> bool:
    """`… vì có đến 40% số xã nợ`, `cho 100% số thôn`, `phân loại 50% lượng rác`: the noun behind a share names it."""
    if joined in ROUNDED:
        return NOUN_BEHIND.match(low, number.end) is not None
    if joined.startswith(("có", "chiếm")):
        return True
    if joined.endswith("hoàn thành"):
        return OWN_PLAN.match(low, number.end + 1) is not None
    return joined.startswith("cho") and low.startswith((" số ", " các ", " hộ "), number.end)
