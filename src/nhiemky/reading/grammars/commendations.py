"""Commendations: how many collectives and persons were praised, and for what. Counts only, never names."""

import re
from bisect import bisect_left

from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Commendation
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import lookup, pattern, words

WHY = {
    "commendations.count": "Số tập thể, cá nhân trong câu nói về khen thưởng: «19 tập thể được khen thưởng».",
}
_GROUP = pattern(r"\s*({recipient})(?![^\W_])", recipient=words("recipients"))
_PLAIN = frozenset(words("recipients", plain="yes"))
_FIRST_LETTERS = frozenset(word[:2] for word in words("recipients"))
_PRAISES = lookup("praises", "kind")
MARKS = dict.fromkeys(_PRAISES, "praise")  # noted by the engine
_PROMISED = re.compile(r"(?<!theo )đề nghị[^.;]{0,60}(?:tặng|khen)|phấn đấu(?! vươn| đi)|mục tiêu|danh sách")
_REACH = 600  # characters of a sentence on either side; one without an end must not cost more
_NOT_GIVEN = re.compile(r"kết quả|nỗ lực|cố gắng|tinh thần|suất|quà|thăm|tham gia|tham dự|\d\s*%")
_GIVEN_BEHIND = re.compile(
    r"[^.;]{0,110}?(?:được|nhận|vinh dự)(?![^\W_])[^.;]{0,70}?(?:khen|dương|cờ|vinh danh|tôn vinh)"
)
_REASON = re.compile(
    r"((?:có|đạt|vì|đã có)\s+(?:nhiều\s+)?(?:thành tích|đóng góp|kết quả)[^.;\n]{0,160}?)"
    r"(?=\s+(?:được|đã được)\s|[.;\n]|$)"
)
_NAMED = r"(?:chi bộ|tập thể|đảng bộ|đảng ủy|ủy ban|ubnd|công an|trường|cơ quan)\s+[^\d,.;:]{2,40}"
_NAMED_LIST = re.compile(rf"(?:{_NAMED},\s+){{0,6}}{_NAMED}\s+và\s*$")
_NAMED_ONE = re.compile(r"(?:^|,\s*)(?:chi|tập|đảng|ủy|ubnd|công|trường|cơ)")


def find(page: Page, marks: list[Mark]) -> list[Commendation]:
    """How many of each kind of recipients were praised; `marks` are the words of praise that the engine met."""
    found: list[Commendation] = []
    done: dict[tuple[int, str], int] = {}  # told already, and in which sentence
    last = -1  # where the group before ends
    low = page.low
    if all(_PRAISES[low[mark.start : mark.end]] == "badge" for mark in marks):
        return found
    starts = [mark.start for mark in marks]
    for number in page.numbers:
        at = number.figure_end
        if low[at + 1 : at + 3] not in _FIRST_LETTERS and low[at : at + 2] not in _FIRST_LETTERS:
            continue
        if number.kind not in ("amount", "other") or number.value is None or number.planned is not None:
            continue
        group = _GROUP.match(low, at)
        if group is None:
            continue
        first, end = page.sentence_bounds(page.part_at(number.start))
        bounds = max(first, number.start - _REACH), min(end, number.start + _REACH)
        said = marks[bisect_left(starts, bounds[0]) : bisect_left(starts, bounds[1])]
        if not said or not _is_praised(page, number, group, said, last):
            continue
        last = group.end()
        count = int(number.value)
        if not found:
            count += _named_before(low, said, bounds[0], number.start)
        key = (count, group.group(1))
        if done.setdefault(key, first) != first:  # a caption or a headline repeats it
            continue
        reason = _REASON.search(low, group.end(), bounds[1])
        found.append(
            Commendation(
                count, page.text[group.start(1) : group.end(1)],
                page.text[reason.start(1) : reason.end(1)] if reason else None,
                (number.start, group.end(1)), 0.9, "commendations.count",
            )
        )  # fmt: skip
    return found


def _is_praised(page: Page, number: Number, group: re.Match[str], said: list[Mark], last: int) -> bool:
    """Whether the words of praise in its sentence (`said`) stand at this group, or it follows one that they do."""
    low = page.low
    part = page.part_at(number.start)
    first, end = page.sentence_bounds(part)
    if _PROMISED.search(low, max(page.starts[part], number.start - _REACH), number.start):
        return False
    before = [word for word in said if word.end <= number.start]
    nearest = before[-1] if before else next((word for word in said if word.start >= group.end()), None)
    if nearest is None or _PRAISES[low[nearest.start : nearest.end]] == "badge":
        return False
    if not before and ";" in low[group.end() : nearest.start] and low[nearest.end + 1 : nearest.end + 2].isdecimal():
        return False  # `kết nạp 5 đảng viên; biểu dương 8 cá nhân`: praise of those behind it
    follows = first <= last <= number.start and _NOT_GIVEN.search(low, last, number.start) is None
    if before:
        given = _NOT_GIVEN.search(low, nearest.end, number.start) is None
        return given and (group.group(1) in _PLAIN or follows or number.start - nearest.end < 70)
    return follows or group.group(1) in _PLAIN or _GIVEN_BEHIND.match(low, group.end(), end) is not None


def _named_before(low: str, said: list[Mark], start: int, end: int) -> int:
    """`Đảng bộ phường A, Chi bộ B và 8 đảng viên`: the named ones are praised too."""
    if not low.endswith("và ", start, end):
        return 0
    praised = max((word.end for word in said if word.end <= end), default=start)
    named = _NAMED_LIST.search(low, max(praised, end - 300), end)
    return len(_NAMED_ONE.findall(named.group())) if named else 0
