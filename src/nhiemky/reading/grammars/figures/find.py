"""From figures to facts: a page's figures become targets and results, each with its indicator and span."""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import pairwise

from msgspec import structs

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Result, Target
from nhiemky.reading.grammars.figures.mode import Modes, is_future, modes_of, until_year
from nhiemky.reading.grammars.figures.part import Part
from nhiemky.reading.grammars.figures.zero import Zero, zero_facts
from nhiemky.reading.text import Number, Page, start_of

WHY = {
    "figures.target": "Con số của một chỉ số mà văn bản hứa sẽ đạt: «phấn đấu đạt 93% trở lên».",
    "figures.result": "Con số của một chỉ số mà văn bản báo là đã làm được: «đã kết nạp 03 đảng viên».",
}
_FEW = 5  # more are counted for themselves
_NEAR = 160  # characters between two goals of a list
_DOWN_TO = ("xuống ", "xuống còn ", "còn ")
_RATES = ("trên ", "mỗi ", "/")
_PER_PEOPLE = (1000.0, 10000.0, 100000.0)
_AVERAGES = ("bình quân ", "trung bình ", "cứ ")
_RANKS = ("thứ ", "trong nhóm ", "một trong ", " 1 trong ", "01 trong ", "vào nhóm ", "top ", "tốp ")
Facts = tuple[list[Target], list[Result]]


def find(
    page: Page, marks: Mapping[str, list[Mark]], zeros: list[list[Zero]], page_year: int | None, term_end: int | None
) -> Facts:
    """Targets and results of a page whose numbers are scanned. `term_end` is the last year of the page's term."""
    targets: list[Target] = []
    results: list[Result] = []
    parts = _by_part(page)
    if not parts and not zeros:
        return targets, results
    modes = modes_of(page, marks, page_year)
    for part, numbers in parts:
        if numbers[0].spelled and all(n.spelled and n.value == 1 for n in numbers):  # `một` alone is an article
            continue
        if not _tells_of_others(page, modes, part, numbers[0]):
            Part(page, modes, part, term_end, targets, results).read(numbers)
    if not zeros:
        return targets, results

    def by(part: int, start: int, end: int) -> str | None:
        year = until_year(page, modes, part, start, end) or term_end
        return str(year) if year else None

    goals, told = ([fact.span[1] for fact in facts] for facts in (targets, results))

    def promised(part: int, at: int) -> bool:
        future = is_future(page, modes, part, at)
        return _goes_on(goals, told, at) if future is None else future

    for group in zeros:
        zero_facts(page, group, promised, by, targets, results)
    return targets, results


def _goes_on(goals: list[int], told: list[int], at: int) -> bool:
    """Whether the fact before an offset is a goal close by: a list of goals goes on in another sentence."""
    before, since = bisect_left(goals, at), bisect_left(told, at)
    if not before or at - goals[before - 1] > _NEAR:
        return False
    return not since or told[since - 1] < goals[before - 1]


def _by_part(page: Page) -> list[tuple[int, list[Number]]]:
    """Amounts that may be facts, grouped by the part of a sentence they stand in."""
    groups: list[tuple[int, list[Number]]] = []
    low, part, until = page.low, 0, -1
    amounts = page.of_kind("amount")
    shorter = _shortened(page)
    for number in sorted([*amounts, *shorter], key=start_of) if shorter else amounts:
        if number.unit_kind in ("", "board"):
            continue
        start = number.start
        if (number.value == 1 or number.unit == "dân") and _is_rate(low, number):
            continue
        if low.endswith(_RANKS, 0, start):  # `lần thứ 16 Đảng bộ thành phố`, `trong nhóm 10 địa phương`
            continue
        if (number.value or 0) <= _FEW and _is_in_a_name(low, number, first=start >= until):
            continue
        if start < until:
            groups[-1][1].append(number)
            continue
        part = page.part_at(start)
        until = page.starts[part + 1] if part + 1 < len(page.starts) else len(low)
        groups.append((part, [number]))
    return groups


def _is_in_a_name(low: str, number: Number, *, first: bool) -> bool:
    """`tổng dư nợ của 2 ngân hàng đạt 512 tỷ đồng`, `lúa nước 2 vụ 310 ha`: a count in the name of what is told."""
    if number.unit == "vụ":
        if low.endswith(("lúa ", "màu ", "rau "), 0, number.start):  # `sản xuất lúa 3 vụ xuống giống 5.430 ha`
            return True
        return low[number.end : number.end + 1] == " " and low[number.end + 1 : number.end + 2].isdecimal()
    return first and number.unit_kind in ("count", "weak") and low.endswith("của ", 0, number.start)


def _shortened(page: Page) -> list[Number]:
    """`cấp phép giảm từ 15 ngày xuống còn 10 ngày`: times that are a result, each with the one it comes from."""
    low, found = page.low, []
    told = page.of_kind("duration")
    for before, number in pairwise(told):
        start = number.start
        if start - before.end < 30 and low.endswith(_DOWN_TO, 0, start) and low.endswith("từ ", 0, before.start):
            found += [structs.replace(n, kind="amount", unit_kind="measure") for n in (before, number)]
    return found


def _is_rate(low: str, number: Number) -> bool:
    """`giá trị sản phẩm trên 1 ha`, `bình quân 1 xã có 13,3 trạm`, `một thôn có 2,2 trạm`: what another is told of."""
    start = number.start
    if low.endswith(_RATES, max(0, start - 6), start):
        return True
    if number.unit_kind == "measure":  # `4 triệu đồng một m2`
        return number.spelled or low.endswith("đồng ", max(0, start - 5), start)
    if number.unit_kind not in ("count", "weak"):
        return False
    if number.unit == "dân":  # `26 giường bệnh trên một vạn dân`
        return number.value in _PER_PEOPLE
    return low.endswith(_AVERAGES, max(0, start - 11), start) or (number.spelled and low.startswith(" có ", number.end))


def _tells_of_others(page: Page, modes: Modes, part: int, first: Number) -> bool:
    """Whether a sentence tells of attendance, praise or a household, or a line of the portal's own boxes."""
    return modes.skipped(page, part) or bool(modes.boxes and modes.in_box(page, first.start))
