"""`nhiemky check-figures`: the figures of a term that do not fit, as a table or as JSON, with who is to be asked."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import Unclear, day_typed, organisation_and_term, today
from nhiemky.cli.say import out, step
from nhiemky.values.figures import day

if TYPE_CHECKING:
    from nhiemky.assess.consistency import Figure, Finding
    from nhiemky.register.selectors import Organisation


def check_figures(
    organisation: Annotated[
        str, typer.Option(help="Tên tổ chức; bỏ trống nếu sổ chỉ có một tổ chức có chỉ tiêu.")
    ] = "",
    term: Annotated[str, typer.Option(help="Nhiệm kỳ, như 2020-2025; bỏ trống: nhiệm kỳ mới nhất.")] = "",
    as_of: Annotated[str, typer.Option(help="Ngày xét, như 30/06/2023; bỏ trống: hôm nay.")] = "",
    approved: Annotated[bool, typer.Option("--approved", help="Chỉ soát số đã duyệt.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Soát số liệu của tổ chức và đơn vị trực thuộc: chỗ không khớp, hỏi ai; mã thoát 1 nếu có chỗ sai."""
    open_workspace()
    from nhiemky.assess.consistency import Severity
    from nhiemky.register.consistency import consistency, waiting

    holder, chosen = _holder_and_term(organisation, term)
    on = day_typed(as_of) if as_of else today()
    found = consistency(holder, chosen, on)
    read = () if approved else waiting(holder, chosen, on)
    if as_json:
        print(json.dumps([_plain(one) for one in (*found, *read)], ensure_ascii=False, indent=1))
    else:
        title = f"{holder.name}, nhiệm kỳ {chosen}, xét đến {day(on)}"
        _print(found, f"{title}: số đã duyệt")
        if not approved:
            _print(read, f"{title}: số đọc từ văn bản, chưa ai quyết định")
    if any(one.severity is Severity.ERROR for one in (*found, *read)):
        raise typer.Exit(1)


def _holder_and_term(organisation: str, term: str) -> "tuple[Organisation, str]":
    """A body that has only documents so far is checked for the term that they speak of."""
    from nhiemky.register import selectors
    from nhiemky.register.undecided import terms_read

    if organisation and not term:
        holder = selectors.organisation_named(organisation)
        if not selectors.terms(holder.pk):
            found = next(terms_read(holder.pk), None)
            if found is None:
                raise Unclear(f"{holder.name} chưa có chỉ tiêu hay văn bản nào; hãy đọc văn bản vào sổ trước")
            return holder, found
    return organisation_and_term(organisation, term)


def _print(found: "tuple[Finding, ...]", title: str) -> None:
    if not found:
        step(f"{title}: không có chỗ nào không khớp.")
        return
    table = Table(title=title)
    for name in ("Mức", "Chỗ không khớp", "Hỏi ai", "Quy tắc"):
        table.add_column(name, overflow="fold")
    for one in found:
        table.add_row(one.severity.label, f"{one.vi}.", one.ask_vi, one.rule)
    out.print(table)


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
    """`result` is the id of an approved figure, `proposal` that of one nobody has decided on."""
    read = isinstance(one.ref, str)
    return {
        "result": None if read else one.ref,
        "proposal": int(str(one.ref)[1:]) if read else None,
        "organisation": one.body_name,
        "indicator": one.name,
        "period": str(one.period),
        "value": one.value,
        "unit": one.unit,
        "document": one.document_name,
    }
