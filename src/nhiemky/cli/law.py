"""`nhiemky law`: the dated parameters, one explained with its references, and what ought to be checked again."""

import json
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from nhiemky.cli.choose import Unclear, day_typed
from nhiemky.cli.say import fail, out, step
from nhiemky.law import LawError, NotInForce, Parameter, load, vietnam_day
from nhiemky.values.figures import day

law = typer.Typer(no_args_is_help=True, help="Tham số pháp luật có ngày hiệu lực và căn cứ.")

AsOf = Annotated[str, typer.Option(help="Ngày xét, như 30/06/2026; bỏ trống: hôm nay.")]


@law.command(name="list")
def listing(as_of: AsOf = "") -> None:
    """Liệt kê tham số với giá trị có hiệu lực trong ngày."""
    on = _day(as_of)
    table = Table(title=f"Tham số có hiệu lực ngày {day(on)}")
    for name in ("Tham số", "Nội dung", "Giá trị", "Từ ngày", "Đối chiếu"):
        table.add_column(name, overflow="fold")
    for one in load().parameters.values():
        try:
            held = one.on(on)
        except NotInForce:
            table.add_row(one.id, one.vi, "chưa có", day(one.values[0].since), "")
        else:
            table.add_row(one.id, one.vi, _short(held.value), day(held.since), day(held.checked_on))
    out.print(table)


@law.command()
def explain(name: Annotated[str, typer.Argument(help="Tên tham số, như task.due_soon.")]) -> None:
    """Mọi giá trị của một tham số: từ ngày nào, căn cứ gì, đối chiếu khi nào."""
    one = _parameter(name)
    step(f"{one.id}: {one.vi} ({one.unit}; {one.file})")
    for held in one.values:
        step(f"\nTừ {day(held.since)}: {_whole(held.value)}")
        step(f"  Căn cứ: {held.reference}. Đối chiếu ngày {day(held.checked_on)}.")
        if held.note:
            step(f"  Lưu ý: {held.note}")


@law.command()
def check(as_of: AsOf = "") -> None:
    """Tham số quá 18 tháng chưa đối chiếu, năm chưa có đủ lịch nghỉ; mã thoát 1 nếu có."""
    on, held = _day(as_of), load()
    told = [one.vi for one in held.warnings(on)]
    calendar = held.calendar
    for year in (on.year, on.year + 1):
        if year not in calendar.years:
            told.append(f"chưa có lịch nghỉ lễ, tết năm {year}; hãy bổ sung vào law/data/holidays.yaml")
        elif year in calendar.provisional:
            told.append(f"lịch nghỉ lễ, tết năm {year} chưa ghi đủ; hãy bổ sung khi lịch được công bố")
    for line in told:
        fail(line)
    if told:
        raise typer.Exit(1)
    step(f"{len(held.parameters)} tham số đều có căn cứ và được đối chiếu trong 18 tháng.")


def _day(as_of: str) -> date:
    return day_typed(as_of) if as_of else vietnam_day(datetime.now(UTC))


def _parameter(name: str) -> Parameter:
    try:
        return load().parameter(name)
    except LawError as error:
        raise Unclear(str(error)) from error


def _short(value: Any) -> str:
    text = _whole(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _whole(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=day)
