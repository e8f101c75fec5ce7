"""`nhiemky assess`: the verdicts of a workspace on a day, with the numbers they rest on, as a table, JSON or CSV."""

import csv
import json
import sys
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from nhiemky.assess.target import summary
from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import Unclear, day_typed, organisation_and_term, today
from nhiemky.cli.say import out
from nhiemky.values.figures import day, goal_text, with_unit
from nhiemky.values.kinds import YEARLY, PeriodMeaning, VerdictStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhiemky.register.board import Board, BoardRow

# one row a target, the same names in JSON and CSV
COLUMNS = (
    "organisation", "term", "as_of", "number", "field", "name", "goal", "unit", "meaning", "status", "status_vi",
    "standing", "standing_rule", "before", "rule", "version", "value", "value_on", "expected", "share", "needed_pace",
    "pace_from_today", "actual_pace", "stale", "cagr", "cagr_ratio", "forecast_low", "forecast_mid", "forecast_high",
    "forecast_method", "why", "why_en", "outlook", "outlook_en", "missing",
)  # fmt: skip


def assess(
    organisation: Annotated[str, typer.Option(help="Tên tổ chức; bỏ trống: mọi tổ chức có chỉ tiêu.")] = "",
    term: Annotated[str, typer.Option(help="Nhiệm kỳ, như 2020-2025; bỏ trống: nhiệm kỳ mới nhất của từng nơi.")] = "",
    as_of: Annotated[str, typer.Option(help="Ngày xét, như 30/06/2023; bỏ trống: ngày của số liệu mới nhất.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON, mỗi chỉ tiêu một đối tượng.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="In CSV, mỗi chỉ tiêu một dòng.")] = False,
) -> None:
    """Đánh giá các chỉ tiêu: trạng thái, lộ trình, dự báo, điều còn thiếu và vì sao."""
    if as_json and as_csv:
        raise Unclear("chọn một trong hai: --json hoặc --csv")
    open_workspace()
    boards = _some(_boards(organisation, term, as_of), term)  # one at a time: a province has thousands
    if as_json:
        print(json.dumps([_plain(found, row) for found in boards for row in found.rows], ensure_ascii=False, indent=1))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_flat(found, row) for found in boards for row in found.rows)
    else:
        for found in boards:
            out.print(_table(found))


def _some(boards: "Iterator[Board]", term: str) -> "Iterator[Board]":
    """The same boards, of which there is at least one."""
    first = next(boards, None)
    if first is None:
        raise Unclear(f"không tổ chức nào trong sổ có chỉ tiêu của nhiệm kỳ {term}; hãy bỏ --term hoặc ghi lại")
    return chain((first,), boards)


def _boards(organisation: str, term: str, as_of: str) -> "Iterator[Board]":
    """Of the named organisation, or of each that has targets in the term."""
    from nhiemky.register import selectors

    on = day_typed(as_of) if as_of else None
    names = [organisation] if organisation else [one.name for one in selectors.organisations_with_targets()]
    if not names:
        raise Unclear("sổ chưa có chỉ tiêu nào; hãy nhận chỉ tiêu ở trang Đọc văn bản trước")
    for name in names:
        holder, chosen = organisation_and_term(name, term)
        found = selectors.board(holder, chosen, on or selectors.board_day(holder.pk, chosen, today()))
        if found.rows or organisation:
            yield found


def _table(found: "Board") -> Table:
    title = f"{found.organisation.name}, nhiệm kỳ {found.term}, xét đến {day(found.today)}"
    counts = _counts(found)
    table = Table(title=f"{title}\n{counts}" if counts else title)
    for name in ("STT", "Chỉ tiêu", "Mục tiêu", "Số để xét", "Đánh giá", "Vì sao", "Sắp tới"):
        table.add_column(name, overflow="fold")
    for row in found.rows:
        table.add_row(*_cells(row))
    return table


def _counts(found: "Board") -> str:
    """`Không đạt 1, Đúng lộ trình 5, Đã điều chỉnh 2 (Nguy cơ không đạt 1, Đã đạt 1)`."""
    told = [f"{VerdictStatus(status).label} {number}" for status, number in found.counts.items()]
    stand = summary(row.verdict.standing for row in found.rows if row.verdict.standing)
    if stand:
        inside = ", ".join(f"{status.label} {number}" for status, number in stand.items())
        adjusted = next(place for place, words in enumerate(told) if words.startswith(VerdictStatus.ADJUSTED.label))
        told[adjusted] += f" ({inside})"
    return ", ".join(told)


def _cells(row: "BoardRow") -> tuple[str, ...]:
    verdict, target = row.verdict, row.target
    judged = "" if verdict.value is None else with_unit(round(verdict.value, 4), _unit(row))
    when = f" ({day(verdict.value_on)})" if judged and verdict.value_on else ""
    ahead = f"{verdict.outlook.vi}." if verdict.outlook else ""
    return str(target.number), target.name, _goal(row), judged + when, verdict.label, verdict.text, ahead


def _goal(row: "BoardRow") -> str:
    target = row.target
    return goal_text(target.direction, target.low, target.high, target.unit, yearly=target.meaning in YEARLY)


def _unit(row: "BoardRow") -> str:
    """What the judged number is told in: a share of plan is percent whatever the plan is told in."""
    return "% kế hoạch" if row.goal.meaning is PeriodMeaning.AGAINST_PLAN else row.target.unit


def _plain(found: "Board", row: "BoardRow") -> dict[str, Any]:
    """The columns, with lists and objects where CSV has text, and what the verdict was made of."""
    forecast = row.verdict.forecast
    return _flat(found, row) | {
        "missing": list(row.verdict.missing),
        "reasons": [{"vi": one.vi, "en": one.en, "numbers": dict(one.numbers)} for one in row.verdict.reasons],
        "forecast_note": forecast.note if forecast else row.verdict.forecast_note,
        "inputs": row.verdict.inputs,
    }


def _flat(found: "Board", row: "BoardRow") -> dict[str, Any]:
    verdict, target, forecast = row.verdict, row.target, row.verdict.forecast
    cagr, outlook = verdict.cagr, verdict.outlook
    return {
        "organisation": found.organisation.name,
        "term": str(found.term),
        "as_of": found.today.isoformat(),
        "number": target.number,
        "field": target.field,
        "name": target.name,
        "goal": _goal(row),
        "unit": _unit(row),
        "meaning": target.meaning,
        "status": str(verdict.status),
        "status_vi": verdict.status.label,
        "standing": str(verdict.standing.status) if verdict.standing else None,
        "standing_rule": verdict.standing.rule if verdict.standing else None,
        "before": str(verdict.before) if verdict.before else None,
        "rule": verdict.rule,
        "version": verdict.version,
        "value": verdict.value,
        "value_on": verdict.value_on.isoformat() if verdict.value_on else None,
        "expected": verdict.expected,
        "share": verdict.share,
        "needed_pace": verdict.needed_pace,
        "pace_from_today": verdict.pace_from_today,
        "actual_pace": verdict.actual_pace,
        "stale": verdict.stale,
        "cagr": cagr.status if cagr else None,
        "cagr_ratio": cagr.ratio if cagr else None,
        "forecast_low": forecast.low if forecast else None,
        "forecast_mid": forecast.mid if forecast else None,
        "forecast_high": forecast.high if forecast else None,
        "forecast_method": forecast.method if forecast else None,
        "why": verdict.text,
        "why_en": " ".join(f"{reason.en}." for reason in verdict.reasons),
        "outlook": outlook.vi if outlook else None,
        "outlook_en": outlook.en if outlook else None,
        "missing": "; ".join(verdict.missing),
    }
