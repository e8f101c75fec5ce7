"""`nhiemky board`: the targets of a term with their verdicts, as a table or as JSON."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import day_typed, organisation_and_term, today
from nhiemky.cli.say import out
from nhiemky.values.figures import day, goal_text, with_unit
from nhiemky.values.kinds import YEARLY

if TYPE_CHECKING:
    from nhiemky.register.board import Board, BoardRow


def board(
    organisation: Annotated[
        str, typer.Option(help="Tên tổ chức; bỏ trống nếu sổ chỉ có một tổ chức có chỉ tiêu.")
    ] = "",
    term: Annotated[str, typer.Option(help="Nhiệm kỳ, như 2020-2025; bỏ trống: nhiệm kỳ mới nhất.")] = "",
    as_of: Annotated[str, typer.Option(help="Ngày xét, như 30/06/2023; bỏ trống: ngày của số liệu mới nhất.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """In bảng chỉ tiêu với đánh giá và lý do."""
    open_workspace()
    from nhiemky.register import selectors

    holder, chosen = organisation_and_term(organisation, term)
    on = day_typed(as_of) if as_of else selectors.board_day(holder.pk, chosen, today())
    found = selectors.board(holder, chosen, on)
    if as_json:
        print(json.dumps(_plain(found), ensure_ascii=False, indent=1))
    else:
        out.print(_table(found))


def _table(found: "Board") -> Table:
    table = Table(title=f"{found.organisation.name}, nhiệm kỳ {found.term}, xét đến {day(found.today)}")
    for name in ("STT", "Chỉ tiêu", "Mục tiêu", "Mới nhất", "Đánh giá", "Vì sao"):
        table.add_column(name, overflow="fold")
    for field, rows in found.fields:
        table.add_section()
        if field:
            table.add_row("", f"[bold]{field}[/bold]")
        for row in rows:
            table.add_row(*_cells(row))
    return table


def _cells(row: "BoardRow") -> tuple[str, ...]:
    target, latest = row.target, row.latest
    newest = ""
    if latest is not None:
        newest = f"{with_unit(latest.value, latest.unit or '')} ({latest.period.label})"
    return str(target.number), target.name, _goal(row), newest, row.verdict.label, row.verdict.text


def _goal(row: "BoardRow") -> str:
    target = row.target
    return goal_text(target.direction, target.low, target.high, target.unit, yearly=target.meaning in YEARLY)


def _plain(found: "Board") -> dict[str, object]:
    return {
        "organisation": found.organisation.name,
        "term": str(found.term),
        "as_of": found.today.isoformat(),
        "counts": found.counts,
        "rows": [_row(row) for row in found.rows],
    }


def _row(row: "BoardRow") -> dict[str, object]:
    verdict, latest = row.verdict, row.latest
    return {
        "number": row.target.number,
        "field": row.target.field,
        "name": row.target.name,
        "goal": _goal(row),
        "latest": None
        if latest is None
        else {"period": str(latest.period), "value": latest.value, "unit": latest.unit},
        "status": str(verdict.status),
        "standing": str(verdict.standing.status) if verdict.standing else None,
        "rule": verdict.rule,
        "version": verdict.version,
        "share": verdict.share,
        "reasons": [{"vi": reason.vi, "en": reason.en} for reason in verdict.reasons],
        "missing": list(verdict.missing),
    }
