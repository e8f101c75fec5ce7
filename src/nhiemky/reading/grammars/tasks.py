"""What the body was told or decided to do: the clauses behind `yêu cầu`, `đề nghị`, `tập trung`, `mục tiêu …`."""

import re

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Task
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import pattern, words

_ACTION = pattern(
    r"\s*[\"'+*-]*\s*(?:\d[.)]\s*|một là,?\s*|hai là,?\s*|ba là,?\s*)?"
    r"(?:(?:và|cần|phải|tiếp tục|tích cực|chủ động|thường xuyên|nghiêm túc)\s+)*({verb})(?![^\W_])",
    verb=words("task_verbs"),
)
_BEFORE_DUE = re.compile(r"(?:trước|đến|trong|chậm nhất|xong|hạn)\s+(?:hết\s+|là\s+)?(?:ngày\s+|năm\s+)?$")
_OPENER = words("task_openers")


def _told(page: Page, match: re.Match[str]) -> list[Task] | None:
    """Every part from the opener to the end of its sentence, and the sentences after it that begin with an action."""
    if match.start() < page.told_until:  # inside an order already read
        return None
    part = page.part_at(match.start())
    line_end = page.text.find("\n", match.start())
    line_end = len(page.text) if line_end < 0 else line_end
    tasks: list[Task] = []
    begin = match.end()
    index = part
    while index < len(page.starts) and page.starts[index] < line_end and len(tasks) < 40:
        start, end = max(page.starts[index], begin), page.ends[index]
        if index > part and page.sentence[index] != page.sentence[part] and not _ACTION.match(page.low, start):
            break
        piece = page.text[start:end].strip(" ,:;.-–*+")
        if len(piece) > 14:
            at = page.text.index(piece, start)
            tasks.append(Task(piece, None, (at, at + len(piece)), 0.7, "tasks.told"))
        index += 1
    if tasks:
        page.told_until = tasks[-1].span[1]
    return tasks or None


def _due(page: Page, start: int, end: int) -> str | None:
    """The day a task names: `trước ngày 30/9/2023`; a year alone where only that is written."""
    for number in (*page.of_kind("date"), *page.of_kind("year")):
        if start <= number.start < end and _BEFORE_DUE.search(page.low, max(start, number.start - 24), number.start):
            if number.kind == "date":
                return number.iso
            if number.kind == "year":
                return number.iso_year
    return None


RULES = (
    Rule(
        "tasks.told", _OPENER, pattern(r"(?:{opener})(?![^\W_])(?:[^.;:\n]{0,160}?:(?!\s*\d))?", opener=_OPENER), _told,
        "What follows an order: «đồng chí Bí thư yêu cầu …: Tăng cường …; Xây dựng …».",
    ),
)  # fmt: skip


def once(page: Page, found: list[list[Task]]) -> list[Task]:
    """Tasks in the order of the text, none inside another, each with the day it names (numbers are scanned by now)."""
    tasks: list[Task] = []
    for task in sorted((t for group in found for t in group), key=lambda t: (t.span[0], -t.span[1])):
        if not tasks or task.span[0] >= tasks[-1].span[1]:
            tasks.append(Task(task.text, _due(page, *task.span), task.span, task.confidence, task.rule))
    return tasks
