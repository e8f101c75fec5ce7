"""`nhiemky law`: the dated parameters, one explained with its references, and what ought to be checked again."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from nhiemky.cli.choose import Unclear, day_typed
from nhiemky.cli.say import fail, out, step
from nhiemky.law import Dated, LawError, NotInForce, Parameter, load, vietnam_day
from nhiemky.values.figures import day

law = typer.Typer(no_args_is_help=True, help="Tham số pháp luật có ngày hiệu lực và căn cứ.")

AsJson = Annotated[bool, typer.Option("--json", help="In JSON, có cả tiếng Anh.")]
AsOf = Annotated[str, typer.Option(help="Ngày xét, như 30/06/2026; bỏ trống: hôm nay.")]


@law.command(name="list")
def listing(as_of: AsOf = "", as_json: AsJson = False) -> None:
    """Liệt kê tham số với giá trị có hiệu lực trong ngày."""
    on = _day(as_of)
    if as_json:
        _print([_plain(one, _in_force(one, on)) for one in load().parameters.values()])
        return
    table = Table(title=f"Tham số có hiệu lực ngày {day(on)}")
    for name in ("Tham số", "Nội dung", "Giá trị", "Từ ngày", "Đối chiếu"):
        table.add_column(name, overflow="fold")
    for one in load().parameters.values():
        found = _in_force(one, on)
        for held in found:
            table.add_row(one.id, one.vi, _short(held.value), day(held.since), day(held.checked_on))
        if not found:
            table.add_row(one.id, one.vi, "chưa có", day(one.values[0].since), "")
    out.print(table)


@law.command()
def explain(
    name: Annotated[str, typer.Argument(help="Tên tham số, như task.due_soon.")], as_json: AsJson = False
) -> None:
    """Mọi giá trị của một tham số: từ ngày nào, căn cứ gì, đối chiếu khi nào."""
    one = _parameter(name)
    if as_json:
        _print(_plain(one, one.values))
        return
    step(f"{one.id}: {one.vi} ({one.unit}; {one.file})")
    for held in one.values:
        step(f"\nTừ {day(held.since)}: {_whole(held.value)}")
        step(f"  Căn cứ: {held.reference}. Đối chiếu ngày {day(held.checked_on)}.")
        if held.note:
            step(f"  Lưu ý: {held.note}")


@law.command()
def check(
    as_of: AsOf = "",
    strict: Annotated[bool, typer.Option("--strict", help="Mã thoát 1 cả khi chỉ có điều phải chờ công bố.")] = False,
) -> None:
    """Tham số quá 18 tháng chưa đối chiếu, năm thiếu lịch nghỉ: mã thoát 1; điều còn chờ công bố thì chỉ nhắc."""
    on, held = _day(as_of), load()
    calendar, next_year = held.calendar, on.year + 1
    to_do = [one.vi for one in held.warnings(on)]
    if on.year not in calendar.years:
        to_do.append(f"chưa có lịch nghỉ lễ, tết năm {on.year}; hãy bổ sung vào law/data/holidays.yaml")
    waits = [
        f"lịch nghỉ lễ, tết năm {year} chưa ghi đủ; hãy bổ sung khi lịch được công bố"
        for year in (on.year, next_year)
        if year in calendar.provisional
    ]
    if next_year not in calendar.years:
        waits.append(f"chưa có lịch nghỉ lễ, tết năm {next_year}; hãy bổ sung khi lịch được công bố")
    for line in (*to_do, *waits):
        fail(line)
    if to_do or (strict and waits):
        raise typer.Exit(1)
    step(f"{len(held.parameters)} tham số đều có căn cứ và được đối chiếu trong 18 tháng.")


def _day(as_of: str) -> date:
    return day_typed(as_of) if as_of else vietnam_day(datetime.now(UTC))


def _in_force(one: Parameter, on: date) -> tuple[Dated, ...]:
    """The value of that day; none before the first."""
    try:
        return (one.on(on),)
    except NotInForce:
        return ()


def _plain(one: Parameter, held: tuple[Dated, ...]) -> dict[str, Any]:
    """The parameter with these of its values; days as ISO text."""
    return {"id": one.id, "vi": one.vi, "en": one.en, "unit": one.unit, "file": one.file,
            "values": [asdict(value) for value in held]}  # fmt: skip


def _print(found: Any) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=1, default=str))


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
