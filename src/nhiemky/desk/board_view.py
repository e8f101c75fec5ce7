"""A board or one target from the register → what their pages print: groups, summary, drawings, words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhiemky.assess.target import Forecast
from nhiemky.desk import amounts
from nhiemky.desk.drawings import big_chart, path_at, small_chart
from nhiemky.register.board import Board, BoardRow
from nhiemky.register.selectors import ResultLine, TargetDetail
from nhiemky.ui.statuses import Look, english, look, rank, spoken
from nhiemky.values.figures import decimals, roman, rounded
from nhiemky.values.kinds import YEARLY, PeriodMeaning, ResultKind
from nhiemky.values.period import Period, year_fraction

STALE_AFTER_DAYS = 183
PHONE = (360, 300)
CAGR_WORDS = {
    "target_achieved": gettext_noop("đã đạt"),
    "substantial_progress": gettext_noop("đủ nhanh"),
    "moderate_progress": gettext_noop("tiến khá"),
    "limited_progress": gettext_noop("chậm"),
    "deterioration": gettext_noop("đi lùi"),
}


@dataclass(frozen=True)
class Cell:
    """A year's figure: `part` names the part of the year it stands for when it is not the whole."""

    text: str
    part: str = ""
    estimate: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the board in words."""

    target: Any
    goal: str
    years: tuple[Cell, ...]
    latest: str
    latest_note: str
    as_of: date | None
    stale: bool
    chart: str
    look: Look
    status: str
    standing: str
    why: str
    all_reasons: tuple[str, ...]
    estimate: str
    estimate_note: str


@dataclass(frozen=True)
class Count:
    number: int
    look: Look


@dataclass(frozen=True)
class BoardPage:
    board: Board
    years: tuple[int, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    counts: tuple[Count, ...]
    total: int


def board_page(board: Board, worst: bool) -> BoardPage:
    """Rows under their fields, or as one list worst first."""
    years = tuple(year for year in board.term.years if date(year, 12, 31) <= board.today)
    lines = [(row, board_line(row, years, board.today)) for row in board.rows]
    if worst:
        ranked = sorted(lines, key=lambda pair: (rank(pair[0].verdict.stands), pair[0].target.number))
        groups: tuple[tuple[str, tuple[Line, ...]], ...] = (("", tuple(line for _row, line in ranked)),)
    else:
        by_number = {row.target.pk: line for row, line in lines}
        groups = tuple((name, tuple(by_number[row.target.pk] for row in rows)) for name, rows in board.fields)
    return BoardPage(board, years, groups, counted(board.counts), len(board.rows))


def counted(counts: Mapping[str, int]) -> tuple[Count, ...]:
    """How many targets have each verdict, worst first; one that none has is not shown."""
    found = sorted((status for status, number in counts.items() if number), key=rank)
    return tuple(Count(counts[status], look(status)) for status in found)


def board_line(row: BoardRow, years: tuple[int, ...], today: date) -> Line:
    verdict, target, latest = row.verdict, row.target, row.latest
    reasons = tuple(spoken(reason) for reason in verdict.reasons)
    return Line(
        target=target,
        goal=goal_words(target),
        years=tuple(_cell(row.by_year.get(year), target.unit) for year in years),
        latest=amounts.short(latest.value, target.unit) if latest else "—",
        latest_note=_latest_note(latest) if latest else "",
        as_of=latest.as_of if latest else None,
        stale=latest is not None and _stale(latest.as_of, verdict.stands, today),
        chart=small_chart(row),
        look=look(verdict.stands),
        status=str(verdict.status),
        standing=str(verdict.standing.status) if verdict.standing else "",
        why="; ".join(reasons[:1]),
        all_reasons=reasons,
        estimate=_forecast(row),
        estimate_note=_how(verdict.forecast),
    )


def _how(forecast: Forecast | None) -> str:
    """Which method told the end of the term, and why that one."""
    if forecast is None:
        return ""
    return forecast.note_en if english() else forecast.note


def _stale(as_of: date, status: str, today: date) -> bool:
    """Older than half a year, unless the goal is reached already."""
    return status not in ("met", "exceeded") and (today - as_of).days > STALE_AFTER_DAYS


def goal_words(target: Any) -> str:
    if target.meaning == PeriodMeaning.MILESTONE and target.unit in ("", "đạt"):
        return _("đạt")
    yearly = target.meaning in YEARLY
    return amounts.goal(target.direction, target.low, target.high, target.unit, yearly=yearly)


def _cell(result: Any, unit: str) -> Cell:
    if result is None:
        return Cell("")
    return Cell(amounts.short(result.value, unit), _part(result.period), result.kind == ResultKind.ESTIMATE)


def _latest_note(result: Any) -> str:
    """What the figure stands for where that is no whole year: a part of one, or all years from the term's start."""
    return _("lũy kế") if result.running_total else _part(result.period)


def _part(period: Period) -> str:
    """`6T` for a half-year, `QII`, `9T`, `T6` (H1, QII, 9M, M6 in English); empty for a whole year."""
    part = period.part or ""
    if part.startswith("Q"):
        return f"Q{roman(int(part[1]))}"
    if english():
        return part.replace("M0", "M")
    if part.startswith("M"):
        return f"T{int(part[1:])}"
    return {"H1": "6T", "H2": "6T cuối", "9M": "9T"}.get(part, "")


def short_period(period: Period) -> str:
    """`6T 2023`, `2023`: a period where a table cell has little room."""
    return f"{_part(period)} {period.year}".strip()


def _forecast(row: BoardRow) -> str:
    found = row.verdict.forecast
    if found is None:
        return ""
    unit, digits = row.target.unit, _digits(row)
    low, high = (amounts.short(rounded(value, digits), unit) for value in (found.low, found.high))
    return low if low == high else f"{low}–{high}"


def _digits(row: BoardRow) -> int:
    """Decimals that the target's own figures are written with: a forecast pretends no more."""
    held = (row.target.low, row.target.high, *(point.value for point in row.points))
    return max((decimals(value) for value in held if value is not None), default=0)


@dataclass(frozen=True)
class ResultRow:
    """A result with what the path asked for at its day and the sentence that says it, cut around the figure."""

    line: ResultLine
    value: str
    path: str
    kind: ResultKind
    before: str
    said: str
    after: str
    span: str


@dataclass(frozen=True)
class TargetPage:
    row: BoardRow
    line: Line
    on: date
    chart: str
    narrow: str
    results: tuple[ResultRow, ...]
    clause: tuple[str, str, str] | None
    second: str
    needed: str
    actual: str
    detail: TargetDetail
    path: tuple[tuple[int, str], ...]


def target_page(detail: TargetDetail, on: date) -> TargetPage:
    row = detail.row
    years = tuple(year for year in row.goal.term.years if date(year, 12, 31) <= on)
    clause = detail.clause_source.parts if detail.clause_source else None
    unit, line = row.target.unit, board_line(row, years, on)
    return TargetPage(
        row,
        line,
        on,
        big_chart(row, line.goal, line.estimate),
        big_chart(row, line.goal, line.estimate, PHONE),
        tuple(_result_row(line, row) for line in reversed(detail.results)),
        clause,
        _second(row),
        _pace(row.verdict.needed_pace, unit),
        _pace(row.verdict.actual_pace, unit),
        detail,
        tuple((year, amounts.full(value, unit)) for year, value in row.goal.path),
    )


def _result_row(line: ResultLine, row: BoardRow) -> ResultRow:
    result, sentence = line.result, line.sentence
    planned = path_at(row, year_fraction(Period.parse(result.period).end))
    before, said, after = sentence.parts if sentence else ("", "", "")
    return ResultRow(
        line,
        amounts.full(result.value, row.target.unit),
        amounts.full(rounded(planned, max(_digits(row), 1)), row.target.unit) if planned is not None else "",
        ResultKind(result.kind),
        before,
        said,
        after,
        f"{line.span[0]}-{line.span[1]}" if line.span else "",
    )


def _second(row: BoardRow) -> str:
    """What the CAGR rule says, and whether both rules agree."""
    answer = row.verdict.cagr
    if answer is None:
        return ""
    agrees = _("cùng kết luận") if answer.agrees else _("khác kết luận")
    ratio = f" ({amounts.short(rounded(answer.ratio, 2), '')})" if answer.ratio is not None else ""
    said = CAGR_WORDS.get(answer.status)
    return f"{_(said) if said else answer.status}{ratio}, {agrees}"


def _pace(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return _("%s mỗi năm") % amounts.full(rounded(value, 2), _("điểm") if unit == "%" else unit)
