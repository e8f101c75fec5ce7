"""`nhiemky register check`: whether the summaries agree with the results, and puts them right where asked."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import fail, step
from nhiemky.values.figures import figure

if TYPE_CHECKING:
    from nhiemky.register.services.rebuild import Difference

_SHOWN = 20  # a person reads no more; the rest is counted

register = typer.Typer(no_args_is_help=True, help="Sổ chỉ tiêu, kết quả.")


@register.callback()
def _register() -> None:
    """Sổ chỉ tiêu, kết quả."""


@register.command()
def check(
    mend: Annotated[bool, typer.Option("--mend", help="Sửa các số tổng hợp chưa khớp.")] = False,
) -> None:
    """Tính lại số mới nhất, số tổng hợp tỉnh và chung từ các kết quả, so với số đang giữ."""
    open_workspace()
    from nhiemky.register.services.rebuild import check_summaries

    found: list[Difference] = []
    bar = Progress(
        TextColumn("Tính lại"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=None)
        for at in check_summaries(mend=mend):
            found += at.differences
            bar.update(task, completed=at.done, total=at.parts)
            if bar.disable and at.done % 100 == 0:
                print(f"nhiemky: {figure(at.done)}/{figure(at.parts)} phần …", file=sys.stderr, flush=True)
    _tell(found, mend)


def _tell(found: "list[Difference]", mend: bool) -> None:
    if not found:
        step("Các số tổng hợp khớp với kết quả.")
        return
    for one in found[:_SHOWN]:
        step(f"{one.table} {_named(one.key)}: đang giữ {_said(one.held)}, tính lại được {_said(one.found)}")
    if len(found) > _SHOWN:
        step(f"… và {figure(len(found) - _SHOWN)} dòng khác")
    if mend:
        step(f"Đã sửa {figure(len(found))} dòng tổng hợp.")
        return
    fail(f"{figure(len(found))} dòng tổng hợp không khớp với kết quả; chạy lại với --mend để sửa.")
    raise typer.Exit(1)


def _named(key: tuple[object, ...]) -> str:
    """Ids and period; a sum is of figures of the period or of running totals."""
    ways = {False: "trong kỳ", True: "cộng dồn"}
    return " ".join(ways[part] if isinstance(part, bool) else str(part) for part in key)


def _said(row: tuple[object, ...] | None) -> str:
    return "không có" if row is None else " ".join("–" if value is None else str(value) for value in row)
