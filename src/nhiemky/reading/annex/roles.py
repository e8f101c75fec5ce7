"""A column's role from what its head says, the lowest line first: `Kết quả › Năm 2023`, `So sánh (%) › TH/KH`."""

import re
from collections.abc import Sequence

from msgspec import Struct

from nhiemky.reading.annex.records import REPORTED, Role
from nhiemky.reading.annex.units import unit_of
from nhiemky.reading.vocab import lookup

PREVIOUS = "previous"
_TOKEN = re.compile(r"[^\W_]+|[%/+-]")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ROLES = lookup("columns", "role")
_WORDS: dict[str, list[list[str]]] = {}  # first word → phrases, the longest first
for _phrase in sorted((_TOKEN.findall(phrase) for phrase in _ROLES), key=len, reverse=True):
    _WORDS.setdefault(_phrase[0], []).append(_phrase)
_SPELLED = {" ".join(_TOKEN.findall(phrase)): phrase for phrase in _ROLES}
_BESIDE = (
    Role.NOTE,
    Role.ASSESSMENT,
    Role.LEAD,
    Role.HOLDER,
    Role.DEADLINE,
    Role.TASK,
    Role.DOCUMENT,
)  # columns beside those of figures
_NAMES = (Role.INDICATOR, Role.FIELD, Role.UNIT, Role.INDEX)
_CERTAIN, _LIKELY, _INHERITED = 0.95, 0.9, 0.85


class Said(Struct, frozen=True, gc=False):
    """A phrase of the table of heads met in a head, with its role there."""

    phrase: str
    role: str


class Head(Struct, frozen=True, gc=False):
    role: Role
    said: str  # the phrase that decided
    confidence: float
    unit: str = ""  # as told in brackets: `tỷ đồng`


def phrases_in(words: str) -> list[Said]:
    """The phrases of a head in canonical words, from its left, the longest each."""
    tokens = _TOKEN.findall(words)
    found: list[Said] = []
    at = 0
    while at < len(tokens):
        phrase = next((p for p in _WORDS.get(tokens[at], ()) if tokens[at : at + len(p)] == p), None)
        if phrase is None:
            at += 1
            continue
        spelled = _SPELLED[" ".join(phrase)]
        found.append(Said(spelled, _ROLES[spelled]))
        at += len(phrase)
    return found


def is_label(words: str) -> bool:
    """Whether a cell is the head of a column of names, numbers or units: `STT`, `Chỉ tiêu`, `Nội dung (…)`."""
    bare = " ".join(_TOKEN.findall(_IN_BRACKETS.sub(" ", words)))
    return bare in _SPELLED and _ROLES[_SPELLED[bare]] in (*_NAMES, Role.HOLDER, Role.PERSON, Role.TASK)


def head_of(levels: Sequence[str]) -> Head:
    """The role that the lines of a head give, from the topmost to the lowest; all in canonical words."""
    lines = [(words, unit) for words, unit in map(without_unit, levels) if words or unit]
    if not lines:
        return Head(Role.UNKNOWN, "", 0.0)
    unit = next((unit for _, unit in reversed(lines) if unit), "")
    said = [phrases_in(words) for words, _ in lines]
    every = [one for line in said for one in line]
    beside = [one for one in said[-1] if one.role in _BESIDE]
    decided = next((one for one in every if one.role == Role.PERSON), beside[0] if beside else None)
    if decided is not None:
        return Head(Role(decided.role), decided.phrase, _LIKELY)
    percent = unit == "%"
    head = _compared(every, said[-1], lines[-1][0], percent=percent) or _figures(said) or _named(every)
    if head.role is Role.UNKNOWN and percent:
        return Head(Role.RATIO, "%", 0.7)
    exact = len(lines) == 1 and lines[0][0] == head.said
    return Head(head.role, head.said, _CERTAIN if exact else head.confidence, unit)


def without_unit(words: str) -> tuple[str, str]:
    """`KH (tỷ đồng)` → `kh` and `tỷ đồng`; a bare `%` is a unit too."""
    for found in _IN_BRACKETS.finditer(words):
        if unit_of(found[1]) is not None:
            return " ".join((words[: found.start()] + words[found.end() :]).split()), found[1].strip()
    return ("", "%") if words.strip() == "%" else (words, "")


def _compared(every: list[Said], lowest: list[Said], words: str, *, percent: bool) -> Head | None:
    """A ratio to the plan, or a comparison with an earlier period: `% so KH`, `TH/KH`, `Tăng/giảm so cùng kỳ`."""
    roles = {one.role for one in every}
    earlier = next((one for one in every if one.role in (PREVIOUS, Role.BASELINE)), None)
    ratio = next((one for one in every if one.role == Role.RATIO), None)
    planned = Role.TARGET in roles or earlier is not None
    if ratio is None and planned and (words.startswith("%") or ("/" in words and roles & REPORTED)):
        ratio = Said("%" if words.startswith("%") else "/", Role.RATIO)
    if ratio is None and not (earlier is not None and earlier.phrase.startswith(("+", "tăng", "chênh"))):
        planned_only = percent and not roles & {Role.TARGET, *REPORTED, Role.BASELINE, PREVIOUS, *_NAMES}
        return Head(Role.RATIO, "%", _LIKELY) if planned_only else None
    if earlier is not None and not any(one.role == Role.TARGET for one in lowest):
        return Head(Role.COMPARISON, earlier.phrase, _LIKELY)
    if _sets_plan_beside_result(words):
        return Head(Role.COMPARISON, ratio.phrase if ratio else "", _LIKELY)
    if ratio is None:
        return Head(Role.COMPARISON, earlier.phrase if earlier else "", _LIKELY)
    return Head(Role.RATIO, ratio.phrase, _LIKELY if roles & {Role.TARGET, *REPORTED} else _INHERITED)


def _sets_plan_beside_result(words: str) -> bool:
    """`So sánh KH 2025/ước TH 2024`: the next year's plan in terms of this year's results."""
    above, divided, below = words.partition("/")
    if not divided:
        above, divided, below = words.partition(" so với ")
    first, second = ({one.role for one in phrases_in(part)} for part in (above, below))
    return Role.TARGET in first and not first & REPORTED and bool(second & REPORTED)


def _figures(said: list[list[Said]]) -> Head | None:
    """Targets, results and their like: the lowest line that tells decides, `Ước` above a bare `Kết quả` stays one."""
    for depth in range(len(said) - 1, -1, -1):
        head = _of_line(said[depth])
        if head is None:
            continue
        if head.role is Role.RESULT:
            above = next((h for line in reversed(said[:depth]) if (h := _of_line(line)) is not None), None)
            if above is not None and above.role in (Role.ESTIMATE, Role.CUMULATIVE):
                return above
        return head if depth == len(said) - 1 else Head(head.role, head.said, _INHERITED)
    return None


def _of_line(line: list[Said]) -> Head | None:
    roles = [one.role for one in line]
    if Role.ESTIMATE in roles and Role.TARGET in roles and Role.RESULT not in roles and roles[0] == Role.TARGET:
        roles = [Role.TARGET]  # `Kế hoạch dự kiến`
    for role in (Role.REPLACED, Role.ESTIMATE, Role.CUMULATIVE, Role.BASELINE):
        if role in roles:
            return Head(role, next(one.phrase for one in line if one.role == role), _LIKELY)
    for one in line:
        if one.role in (Role.TARGET, Role.RESULT):
            return Head(Role(one.role), one.phrase, _LIKELY)
    earlier = next((one for one in line if one.role == PREVIOUS), None)
    return Head(Role.RESULT, earlier.phrase, _INHERITED) if earlier else None


def _named(every: list[Said]) -> Head:
    for role in _NAMES:
        found = next((one for one in every if one.role == role), None)
        if found is not None:
            return Head(role, found.phrase, _LIKELY)
    return Head(Role.UNKNOWN, "", 0.0)
