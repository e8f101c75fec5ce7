"""What the body was told or decided to do: the clauses behind `yêu cầu`, `đề nghị`, `tập trung`, `mục tiêu …`."""

import re
from bisect import bisect_left
from itertools import chain

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Span, Target, Task
from nhiemky.reading.text import Page, start_of
from nhiemky.reading.vocab import lookup, pattern, words


def _split(said: str) -> tuple[str, ...]:
    return tuple(filter(None, said.split("|")))


_ACTION = pattern(
    r"\s*[\"'+*-]*\s*(?:\d[.)]\s*|một là,?\s*|hai là,?\s*|ba là,?\s*)?"
    r"(?:(?:và|cần|phải|tiếp tục|tích cực|chủ động|thường xuyên|nghiêm túc)\s+)*({verb})(?![^\W_])",
    verb=words("task_verbs"),
)
_BEFORE_DUE = re.compile(r"(?:trước|đến|trong|chậm nhất|xong|hạn)\s+(?:hết\s+|là\s+)?(?:ngày\s+|năm\s+)?$")
_OPENER = words("task_openers")
_NOT_AFTER = {word: _split(said) for word, said in lookup("task_openers", "not_after").items()}
_NOT_BEFORE = {word: _split(said) for word, said in lookup("task_openers", "not_before").items()}
_MOST_TASKS = 40  # told by one order
_MOSTLY = 0.4  # of a task's words
_LONGEST_GOAL = 400  # characters


def _told(page: Page, match: re.Match[str]) -> list[Task] | None:
    """Every part from the opener to the end of its sentence, and the sentences after it that begin with an action."""
    opened, begin = match.span()
    if opened < page.told_until or not _is_order(page.low, opened, match.group(1)):  # inside an order already read
        return None
    text, starts = page.text, page.starts
    part = page.part_at(opened)
    sentence = page.sentence[part]
    line_end = page.line_at(opened)[1]
    tasks: list[Task] = []
    for index in range(part, len(starts)):
        start = starts[index]
        if start >= line_end or len(tasks) == _MOST_TASKS:
            break
        if index == part or start < begin:
            start = max(start, begin)
        elif page.sentence[index] != sentence:
            if not _ACTION.match(page.low, start):
                break
            sentence = page.sentence[index]  # its other parts are told with it
        piece = text[start : page.ends[index]].strip(" ,:;.-–*+")
        if len(piece) > 14:
            at = text.index(piece, start)
            tasks.append(Task(piece, None, (at, at + len(piece)), 0.7, "tasks.told"))
    if tasks:
        page.told_until = tasks[-1].span[1]
    return tasks or None


def _is_order(low: str, start: int, word: str) -> bool:
    """Whether the words next to an opener leave it an order: `sự chỉ đạo của cấp trên` is none."""
    before = low[max(0, start - 24) : start].rstrip()
    behind = low[start + len(word) : start + len(word) + 20].lstrip()
    if before.endswith(_NOT_AFTER[word]) and any(
        before.endswith(said) and not before[: -len(said)][-1:].isalpha() for said in _NOT_AFTER[word]
    ):
        return False
    return not behind.startswith(_NOT_BEFORE[word]) or not any(
        behind.startswith(said) and not behind[len(said) : len(said) + 1].isalpha() for said in _NOT_BEFORE[word]
    )


def _due(page: Page, start: int, end: int) -> str | None:
    """The day a task names: `trước ngày 30/9/2023`; a year alone where only that is written."""
    for named in (page.of_kind("date"), page.of_kind("year")):
        for index in range(bisect_left(named, start, key=start_of), len(named)):
            number = named[index]
            if number.start >= end:
                break
            if _BEFORE_DUE.search(page.low, max(start, number.start - 24), number.start):
                return number.iso if number.kind == "date" else number.iso_year
    return None


RULES = (
    Rule(
        "tasks.told", _OPENER, pattern(r"({opener})(?![^\W_])(?:[^.;:\n]{0,160}+:(?!\s*\d))?", opener=_OPENER), _told,
        "Việc nêu sau lời yêu cầu, chỉ đạo: «đồng chí Bí thư yêu cầu …: Tăng cường …; Xây dựng …».",
    ),
)  # fmt: skip


def once(page: Page, found: list[list[Task]]) -> list[Task]:
    """Tasks in the order of the text, none inside another, each with the day it names (numbers are scanned by now)."""
    tasks: list[Task] = []
    if not found:
        return tasks
    done = 0
    for task in sorted(chain.from_iterable(found), key=_place):
        start, end = task.span
        if start >= done:
            due = _due(page, start, end)
            tasks.append(task if due is None else Task(task.text, due, task.span, task.confidence, task.rule))
            done = end
    return tasks


def without_goals(tasks: list[Task], goals: list[Target]) -> list[Task]:
    """Tasks that say more than a goal: `phấn đấu thu ngân sách đạt 230 tỷ đồng` is told as a target already."""
    spans = sorted(goal.span for goal in goals)
    return [task for task in tasks if not _is_told(task, spans)] if spans else tasks


def _is_told(task: Task, goals: list[Span]) -> bool:
    """Whether much of a task's words are of goals; `goals` are spans in order."""
    (start, end), told = task.span, 0
    for index in range(bisect_left(goals, (start - _LONGEST_GOAL, 0)), len(goals)):
        first, last = goals[index]
        if first >= end:
            break
        told += max(0, min(end, last) - max(start, first))
    return told > _MOSTLY * (end - start)


def _place(task: Task) -> tuple[int, int]:
    return task.span[0], -task.span[1]
