"""`nhiemky check-figures`: the figures of a term that do not fit, as a table or as JSON, with who is to be asked."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import day_typed, organisation_and_term, today
from nhiemky.cli.say import out, step
from nhiemky.values.figures import day

if TYPE_CHECKING:
    from nhiemky.assess.consistency import Figure, Finding


def check_figures(
    organisation: Annotated[
        str, typer.Option(help="Tên tổ chức; bỏ trống nếu sổ chỉ có một tổ chức có chỉ tiêu.")
    ] = "",
    term: Annotated[str, typer.Option(help="Nhiệm kỳ, như 2020-2025; bỏ trống: nhiệm kỳ mới nhất.")] = "",
    as_of: Annotated[str, typer.Option(help="Ngày xét, như 30/06/2023; bỏ trống: hôm nay.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Soát số liệu của tổ chức và đơn vị trực thuộc: chỗ không khớp, hỏi ai; mã thoát 1 nếu có chỗ sai."""
    open_workspace()
    from nhiemky.assess.consistency import Severity
    from nhiemky.register.consistency import consistency

    holder, chosen = organisation_and_term(organisation, term)
    on = day_typed(as_of) if as_of else today()
    found = consistency(holder, chosen, on)
    if as_json:
        print(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
    elif found:
        out.print(_table(found, f"{holder.name}, nhiệm kỳ {chosen}, xét đến {day(on)}"))
    else:
        step(f"{holder.name}, nhiệm kỳ {chosen}: số liệu không có chỗ nào không khớp.")
    if any(one.severity is Severity.ERROR for one in found):
        raise typer.Exit(1)


def _table(found: "tuple[Finding, ...]", title: str) -> Table:
    table = Table(title=title)
    for name in ("Mức", "Chỗ không khớp", "Hỏi ai", "Quy tắc"):
        table.add_column(name, overflow="fold")
    for one in found:
        table.add_row(one.severity.label, f"{one.vi}.", one.ask_vi, one.rule)
    return table


def _plain(one: "Finding") -> dict[str, object]:
    return {
        "rule": one.rule,
        "version": one.version,
        "severity": str(one.severity),
        "message": {"vi": one.vi, "en": one.en},
        "ask": {"vi": one.ask_vi, "en": one.ask_en},
        "figures": [_figure(figure) for figure in one.figures],
    }


def _figure(one: "Figure") -> dict[str, object]:
    return {
        "result": one.ref,
        "organisation": one.body_name,
        "indicator": one.name,
        "period": str(one.period),
        "value": one.value,
        "unit": one.unit,
        "document": one.document_name,
    }
