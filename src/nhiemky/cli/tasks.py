"""`nhiemky tasks`: tasks worst first with days late and who decides, as a table or as JSON."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import Unclear, day_typed, today
from nhiemky.cli.say import out
from nhiemky.values.figures import day

if TYPE_CHECKING:
    from nhiemky.register.selectors import Organisation
    from nhiemky.register.work import TaskLine


def tasks(
    organisation: Annotated[
        str, typer.Option(help="Tên tổ chức; bỏ trống nếu sổ chỉ có một tổ chức giao nhiệm vụ.")
    ] = "",
    owned: Annotated[bool, typer.Option("--owned", help="Nhiệm vụ tổ chức phải làm, thay vì đã giao.")] = False,
    late: Annotated[bool, typer.Option("--late", help="Chỉ việc quá hạn.")] = False,
    as_of: Annotated[str, typer.Option(help="Ngày xét, như 30/06/2026; bỏ trống: hôm nay.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """In nhiệm vụ, việc xấu trước: quá hạn mấy ngày, chờ ai."""
    open_workspace()
    from nhiemky.register import work

    holder = _chosen(organisation)
    on = day_typed(as_of) if as_of else today()
    lines = (work.tasks_owned if owned else work.tasks)(holder, on)
    if late:
        lines = tuple(line for line in lines if line.verdict.status in work.LATE)
    if as_json:
        print(json.dumps([_plain(line) for line in lines], ensure_ascii=False, indent=1))
        return
    table = Table(title=f"{holder.name}, nhiệm vụ tính đến {day(on)}")
    for name in ("Nhiệm vụ", "Chủ trì", "Hạn", "Trạng thái", "Vì sao", "Chờ"):
        table.add_column(name, overflow="fold")
    for line in lines:
        table.add_row(*_cells(line))
    out.print(table)


def _chosen(name: str) -> "Organisation":
    from nhiemky.register import selectors, work

    if name:
        return selectors.organisation_named(name)
    givers = list(work.givers())
    if len(givers) != 1:
        names = ", ".join(giver.name for giver in givers) or "chưa tổ chức nào giao nhiệm vụ"
        raise Unclear(f"hãy nêu --organisation; trong sổ: {names}")
    return givers[0]


def _cells(line: "TaskLine") -> tuple[str, ...]:
    verdict = line.verdict
    due = day(verdict.due) if verdict.due else ""
    waits = f"{line.decides.name}: {line.missing}" if line.missing else ""
    return line.task.title, line.task.owner.name, due, verdict.status.label, verdict.text, waits


def _plain(line: "TaskLine") -> dict[str, object]:
    verdict = line.verdict
    return {
        "id": line.task.pk,
        "title": line.task.title,
        "owner": line.task.owner.name,
        "source": line.source,
        "due": verdict.due.isoformat() if verdict.due else None,
        "extended_to": verdict.extended_to.isoformat() if verdict.extended_to else None,
        "status": str(verdict.status),
        "late": verdict.late,
        "late_working": verdict.late_working,
        "acceptor_late": verdict.acceptor_late,
        "charged_to": verdict.charged_to,
        "rule": verdict.rule,
        "version": verdict.version,
        "reasons": [{"vi": reason.vi, "en": reason.en} for reason in verdict.reasons],
        "reminders": line.reminders,
        "obstacle": line.obstacle,
        "decides": line.decides.name,
        "missing": line.missing,
    }
