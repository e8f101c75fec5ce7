"""Promised or reported: the last cue before a figure decides, and what the paragraph has been about."""

import re
from bisect import bisect_left
from collections.abc import Mapping

from msgspec import Struct

from nhiemky.reading.engine import Mark
from nhiemky.reading.quantities import PeriodSaid, periods
from nhiemky.reading.text import Page, any_between, start_of
from nhiemky.reading.vocab import lookup

# words that the engine marks for this grammar
ROLES = ("future", "past", "done", "plan", "report", "met", "keep", "still")
MARKS = {**lookup("cues", "role"), **lookup("not_results", "covers")}
_NUMBERED = re.compile(r"(?:[-+*•]|\d{1,2}[.)]|[ivx]{1,4}[.)]|[a-zđ][.)])?\s*(?:các |một số |những |về )?")
_UNTIL = frozenset(("đến", "tới", "hết", "cuối", "trước"))  # the words before `năm 2025`
_OF_PAST = re.compile(r"(?:^|[,.;:(]|cụ thể|trong) ?(?:trong |đầu )?năm $")
_SINCE_END = re.compile(r"so (?:với )?(?:thời điểm )?(?:cuối |hết |trước |đến )+(?:năm )?$")  # `so với cuối năm 2015`
# `vượt chỉ tiêu Nghị quyết Đại hội đề ra`, `(Nghị quyết đề ra 5%)`: what was set, told beside what came of it
_OF_PLAN_SET = re.compile(r"\((?:nghị quyết|kế hoạch|chỉ tiêu|mục tiêu)(?: [^ ,.;:()\d]+){0,4} $")
_SET = ("đề ra", "đặt ra")
_COUNTED = re.compile(
    r"(?<!\d)\d{1,3}/\d{1,3} (?:chỉ tiêu|mục tiêu|nhiệm vụ)(?: [^ ,.;:()\d]+){0,4} $"
)  # `19/21 chỉ tiêu`
# `9,8%/ mục tiêu 13%`, `đạt 106% mục tiêu đại hội`: what a figure is held against
_BEHIND_FIGURE = ("%/", "%/ ", "% / ", "% ", "đồng/", "đồng/ ")
_IN_BRACKETS = re.compile(r"\([^()]{0,60}\d[^()]{0,20}\)")  # `đạt 9,1% (mục tiêu nghị quyết 11,5%)`
_PLANS = ("mục tiêu", "chỉ tiêu", "kế hoạch")
_OPENS = re.compile(r"(?: [^ ,.;:()\d]+){0,6},? ?(?:trong đó|cụ thể|gồm|như sau|cụ thể như sau)?:")
_MET = re.compile(r"đạt|hoàn thành|vượt|thực hiện|kết quả")
_REPORTED = re.compile(
    r"(?:(?:kết quả|tình hình)(?: [^ ,.;:()\d]+){0,4}"
    r"|đã (?:[^ ,.;:()\d]+ ){0,3}hoàn thành(?: tốt| vượt| thắng lợi| xuất sắc)*) $"
)
_TASKS_AHEAD = re.compile(
    r"nhiệm vụ(?: [^:.;,\n\d]{0,40})? (?:\d tháng cuối năm|(?:thời gian|năm) tới|quý tới|tháng tới)"
    r"[^:.;\n]{0,40}(?::|$|\n)"
)
_SO_MANY_OF = re.compile(r"\d/\d{1,3} $")
_CUES_BACK = 100  # a paragraph has fewer words that tell a plan from a result, a whole text in one line has not
_SET_NEAR = 40  # characters from `vượt chỉ tiêu` to the `đề ra` of who set it
_PROMISE_NEAR = 20  # characters from a promise to `vượt kế hoạch`
Cue = tuple[int, int, str]  # start, end (less than zero: of two that begin together the longer comes first), role
_AHEAD = ("phương hướng", "mục tiêu", "chỉ tiêu")
# `đảng viên hoàn thành nhiệm vụ (năm 2016 có …)` announces nothing
_TASKS = re.compile(r"(?<!hoàn thành )(?<!xuất sắc )(?<!tốt )nhiệm vụ")


class Modes(Struct, gc=False):
    """Cue positions of a page with their roles, and the years that plans run to."""

    at: list[int]
    roles: list[str]
    until_at: list[int]
    until: list[int]
    past_at: list[int]  # years before the page's: `năm 2010 có`
    page_year: int | None
    skips: list[int]  # words that leave out a whole sentence
    lesser: list[int]  # … or the part that they stand in
    period_at: list[int]
    periods: list[PeriodSaid]
    boxes: list[int]

    def in_box(self, page: Page, start: int) -> bool:
        """Whether a figure stands in a short line under a heading of the portal (`Thời tiết`, `Tỷ giá ngoại tệ`)."""
        index = bisect_left(self.boxes, start) - 1
        if index < 0 or start - self.boxes[index] > 300:
            return False
        first, last = page.line_at(start)
        return last - first < 40

    def skipped(self, page: Page, part: int) -> bool:
        """Whether a part of a sentence, or the whole of it, tells of no results."""
        if not self.skips and not self.lesser:
            return False
        whole = any_between(self.skips, *page.sentence_bounds(part))
        return whole or any_between(self.lesser, page.starts[part], page.ends[part])


def modes_of(page: Page, marks: Mapping[str, list[Mark]], page_year: int | None) -> Modes:
    cues = [(m.start, -m.end, m.label) for role in ROLES for m in marks.get(role, ())]
    cues += [(start, -start, "plan") for start in (*_plan_headings(page, marks), *_plans_set(page))]
    cues = _longest(page.low, cues)
    at, roles = [c[0] for c in cues], [c[2] for c in cues]
    skips, lesser = ([m.start for m in marks.get(label, ())] for label in ("sentence", "part"))
    boxes = [m.start for m in marks.get("furniture", ())]
    said = periods(page, page_year, marks.get("relative", ()))
    until_at, until, past_at = [], [], []
    school = [n for n in page.of_kind("term") if page.low.startswith("học", n.start - 4)]
    years = page.of_kind("year")
    for number in sorted((*years, *school), key=start_of) if school else years:
        if _is_goal_year(page.low, number.start):
            until_at.append(number.start)
            until.append(int(number.value or 0))
        elif (
            page_year is not None
            and (number.value or 0) < page_year
            and _OF_PAST.search(page.low, max(0, number.start - 10), number.start)
        ):
            past_at.append(number.start)
    return Modes(at, roles, until_at, until, past_at, page_year, skips, lesser, [p.start for p in said], said, boxes)


def _longest(low: str, cues: list[Cue]) -> list[Cue]:
    """In order, without those inside a longer one: `vượt mục tiêu` reports, whatever `mục tiêu` says."""
    cues.sort()
    kept: list[Cue] = []
    end = -1
    for cue in cues:
        start, stop, role = cue[0], -cue[1], cue[2]
        if start < stop <= end:
            continue
        if role == "still":  # `sản xuất duy trì ổn định`
            end = max(end, stop)
            continue
        if role == "keep":  # `đạt 62 xã; duy trì 200 mô hình` goes on with what was reported
            told = bool(kept) and kept[-1][2] in ("past", "done") and "." not in low[-kept[-1][1] : start]
            cue = (start, -stop, "past" if told else "kept")
        elif role == "met":  # `phấn đấu vượt kế hoạch đề ra` promises
            if kept and kept[-1][2] in ("future", "kept") and _is_close(low, -kept[-1][1], start):
                continue
            cue = (start, -stop, "past")
        elif _is_beside(low, kept, start, role):
            continue
        elif role == "plan" and _REPORTED.search(low, max(0, start - _SET_NEAR), start):
            cue = (start, -stop, "report")  # `Kết quả thực hiện các chỉ tiêu:`
        kept.append(cue)
        end = max(end, stop)
    return kept


def _is_beside(low: str, kept: list[Cue], start: int, role: str) -> bool:
    """Whether a cue tells neither: it stands inside what is planned, or is what a figure is held against."""
    if role == "past" and low.startswith("hiện có", start):
        return bool(kept) and _is_of_a_plan(low, kept[-1], start)
    if role == "plan" and low[start - 2 : start - 1].isdecimal() and _SO_MANY_OF.search(low, start - 8, start):
        return True  # `8/8 nhiệm vụ trọng tâm được hoàn thành`
    return role in ("future", "plan") and _is_held_against(low, kept, start, role)


def _is_held_against(low: str, kept: list[Cue], start: int, role: str) -> bool:
    """Whether a word of goals only says what a figure before it is held against."""
    if low.startswith(_PLANS, start):
        if low.endswith(_BEHIND_FIGURE, 0, start):
            return True
        if low[start - 1 : start] == "(" and _IN_BRACKETS.match(low, start - 1):
            return True
    return role == "future" and low.startswith(_SET, start) and _is_of_set(low, kept, start)


def _is_of_a_plan(low: str, before: Cue, start: int) -> bool:
    """`mục tiêu đến năm 2020 là bảo vệ diện tích rừng hiện có 5.840 ha`: what there is belongs to what is planned."""
    between = low[-before[1] : start]
    return before[2] in ("future", "plan") and not any(mark in between for mark in ",.;:\n")


def _is_close(low: str, end: int, start: int) -> bool:
    return start - end < _PROMISE_NEAR and "," not in low[end:start]


def _is_of_set(low: str, kept: list[Cue], start: int) -> bool:
    """Whether `đề ra` tells only what a result reached or went beyond, or the goal beside it in brackets."""
    if _COUNTED.search(low, max(0, start - _SET_NEAR), start) is not None:
        return True
    if kept and kept[-1][2] == "past" and low.startswith("vượt", kept[-1][0]):
        between = low[-kept[-1][1] : start]
        if len(between) < _SET_NEAR and not any(mark in between for mark in ",.;:("):
            return True
    return _OF_PLAN_SET.search(low, max(0, start - _SET_NEAR), start) is not None


def _plan_headings(page: Page, marks: Mapping[str, list[Mark]]) -> list[int]:
    """`Chỉ tiêu năm 2024:`, `CÁC CHỈ TIÊU CHỦ YẾU`: lines that open a list of goals, each where it begins."""
    low, found = page.low, []
    for mark in (mark for role in ("goal", "future", "plan") for mark in marks.get(role, ())):
        begin, end = page.line_at(mark.start)
        if mark.start - begin > 8 or not _NUMBERED.fullmatch(low, begin, mark.start):
            continue
        if low.startswith("nhiệm vụ", mark.start):  # a field of work too, unless it says when
            if _TASKS_AHEAD.match(low, mark.start):
                found.append(begin)
            continue
        line = low[begin:end].rstrip()
        if (
            len(line) < 130
            and (line.endswith(":") or (line[-1:] not in ".;,?!" and end < len(low)))
            and "kết quả" not in line
        ):
            found.append(begin)
    return found


def _plans_set(page: Page) -> list[int]:
    """`Hội nghị thống nhất 17 chỉ tiêu, trong đó: thu ngân sách 295 tỷ đồng; …`: counts that open a list of goals."""
    low = page.low
    return [
        n.start
        for n in page.of_kind("amount")
        if n.unit_kind == "board" and n.planned is None and n.unit.startswith("chỉ tiêu")
        and _OPENS.match(low, n.end) and not _MET.search(low, max(0, n.start - 60), n.start)
    ]  # fmt: skip


def _is_goal_year(low: str, start: int) -> bool:
    """`đến hết năm 2025`, `phương hướng, nhiệm vụ năm 2017`, `từ năm học 2018 - 2019`."""
    tail = low[max(0, start - 60) : start]
    words_before = tail.split()[-3:]
    if not words_before or ("so " in tail and _SINCE_END.search(tail)):
        return False
    if words_before[-1] in _UNTIL or (words_before[-1] == "năm" and words_before[-2:-1] and words_before[-2] in _UNTIL):
        return True
    if words_before[-1] == "học":
        return words_before[0] in ("từ", "trong")
    clause = tail[max(tail.rfind("."), tail.rfind(";")) + 1 :]
    if words_before[-1] != "năm":
        return False
    return any(word in clause for word in _AHEAD) or ("nhiệm vụ" in clause and _TASKS.search(clause) is not None)


def is_future(page: Page, modes: Modes, part: int, start: int) -> bool | None:
    """Whether a figure at `start` is promised; None where nothing in its sentence or paragraph tells."""
    first, _ = page.sentence_bounds(part)
    index = bisect_left(modes.at, start)
    role, where = "", -1
    if index and modes.at[index - 1] >= first:
        role, where = modes.roles[index - 1], modes.at[index - 1]
    year_at, year = _until(modes, start, first)
    if year is not None and year_at > where and (modes.page_year is None or year > modes.page_year):
        return True
    if role == "done":
        return _is_listed_goal(page, modes, part, index)
    if role:
        return role in ("future", "plan", "kept")
    if modes.past_at and any_between(modes.past_at, max(first, year_at + 1), start):
        return False
    planned = _paragraph_plans(page, modes, part, index)
    if planned is not None:
        return planned
    if page.low.startswith(("hằng năm ", "hàng năm ", "mỗi năm "), page.starts[part]):
        return True
    after = bisect_left(modes.until_at, start)  # `hoàn thành 100% … đến năm 2025`
    ends = after < len(modes.until_at) and modes.until_at[after] < page.ends[part]
    return True if ends and (modes.page_year is None or modes.until[after] > modes.page_year) else None


def has_cue(page: Page, modes: Modes, part: int, start: int) -> bool:
    """Whether the sentence has a cue, or a year that plans run to, before a figure."""
    first, _ = page.sentence_bounds(part)
    index, year = bisect_left(modes.at, start), bisect_left(modes.until_at, start)
    return (index > 0 and modes.at[index - 1] >= first) or (year > 0 and modes.until_at[year - 1] >= first)


def is_kept(page: Page, modes: Modes, part: int, start: int) -> bool:
    """Whether only `duy trì`, `bảo đảm` promises a figure: in a report what is kept is reported."""
    index = bisect_left(modes.at, start)
    if not index or modes.roles[index - 1] != "kept" or modes.at[index - 1] < page.sentence_bounds(part)[0]:
        return False
    return not _paragraph_plans(page, modes, part, index)


def _is_listed_goal(page: Page, modes: Modes, part: int, index: int) -> bool:
    """`- Lao động đã qua đào tạo đạt 85%` under a heading of goals: `đã` is of the name and reports nothing."""
    first, _ = page.sentence_bounds(part)
    if index > 1 and modes.at[index - 2] >= first and modes.roles[index - 2] == "past":
        return False
    return _is_listed(page, part) and bool(_paragraph_plans(page, modes, part, index))


def _is_listed(page: Page, part: int) -> bool:
    """Whether a part is of an item of a list that another line opens."""
    return page.block_start(part) < page.line_start(part)


def _paragraph_plans(page: Page, modes: Modes, part: int, index: int) -> bool | None:
    """Whether an earlier sentence of the paragraph opened a plan and none since closed it."""
    floor = page.block_start(part)
    for i in range(index - 1, max(-1, index - 1 - _CUES_BACK), -1):
        if modes.at[i] < floor:
            return None
        if modes.roles[i] == "plan":
            return True
        if modes.roles[i] in ("report", "past") or (modes.roles[i] == "done" and not _is_listed(page, part)):
            return False
    return None


def _until(modes: Modes, start: int, floor: int) -> tuple[int, int | None]:
    index = bisect_left(modes.until_at, start) - 1
    if index >= 0 and modes.until_at[index] >= floor:
        return modes.until_at[index], modes.until[index]
    return -1, None


def until_year(page: Page, modes: Modes, part: int, start: int, end: int) -> int | None:
    """The year a plan runs to: named in the clause, else the last one named in the paragraph."""
    after = bisect_left(modes.until_at, start)
    if after < len(modes.until_at) and modes.until_at[after] < end:
        return modes.until[after]
    floor = page.block_start(part)
    _, year = _until(modes, start, floor)
    return year or _year_of_plan(modes, start, floor)


def _year_of_plan(modes: Modes, start: int, floor: int) -> int | None:
    """`nhiệm vụ 6 tháng cuối năm 2024`: a plan for the rest of a year runs to its end."""
    last = bisect_left(modes.period_at, start) - 1
    for i in range(last, max(-1, last - _CUES_BACK), -1):
        if modes.period_at[i] < floor:
            break
        if modes.periods[i].period.endswith("-H2"):
            return int(modes.periods[i].period[:4])
    return None
