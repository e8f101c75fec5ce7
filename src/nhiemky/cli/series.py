"""`nhiemky series`: the figures of one indicator over the years, joined across mergers, as a table or as JSON."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import Unclear, day_typed, organisation_and_term, today
from nhiemky.cli.say import out
from nhiemky.values.figures import day, with_unit

if TYPE_CHECKING:
    from nhiemky.register.series import JoinedPoint, Series


def series(
    target: Annotated[int, typer.Argument(help="Số thứ tự của chỉ tiêu trên bảng.")],
    organisation: Annotated[str, typer.Option(help="Tên tổ chức; bỏ trống nếu chỉ một tổ chức có chỉ tiêu.")] = "",
    term: Annotated[str, typer.Option(help="Nhiệm kỳ, như 2025-2030; bỏ trống: nhiệm kỳ mới nhất.")] = "",
    as_of: Annotated[str, typer.Option(help="Ngày xét, như 30/06/2026; bỏ trống: hôm nay.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """In số liệu của một chỉ tiêu qua các năm, liền qua sáp nhập; chỗ không gộp được nói rõ vì sao."""
    open_workspace()
    from nhiemky.register import joining, selectors

    holder, chosen = organisation_and_term(organisation, term)
    aim = selectors.target_numbered(holder, chosen, target)
    if aim is None:
        raise Unclear(f"{holder.name}, nhiệm kỳ {chosen}: không có chỉ tiêu số {target}; xem số bằng `nhiemky board`")
    found = joining.joined_series(holder, aim.indicator, day_typed(as_of) if as_of else today())
    names = selectors.names_of({body for point in found.points for body in point.of})
    if as_json:
        print(json.dumps([_plain(point, names) for point in found.points], ensure_ascii=False, indent=1))
        return
    table = Table(title=f"{holder.name}: {aim.name}")
    for name in ("Kỳ", "Số liệu", "Gộp từ", "Lưu ý"):
        table.add_column(name, overflow="fold")
    for point in found.points:
        table.add_row(*_cells(point, names))
    out.print(table)
    _tell_breaks(found)


def _cells(point: "JoinedPoint", names: dict[int, str]) -> tuple[str, ...]:
    value = with_unit(point.value, point.unit) if point.value is not None else "–"
    joined = ", ".join(names[body] for body in point.bodies) if point.joined else ""
    return point.period.label, value, joined, _note(point)


def _note(point: "JoinedPoint") -> str:
    if point.reason is not None:
        return f"không gộp được: {point.reason.label}"
    return f"mới có {len(point.bodies)}/{len(point.of)} đơn vị" if point.incomplete else ""


def _tell_breaks(found: "Series") -> None:
    for one in found.breaks:
        out.print(f"Đứt đoạn trước {day(one.on)}: {one.reason.label}.")


def _plain(point: "JoinedPoint", names: dict[int, str]) -> dict[str, object]:
    return {
        "period": str(point.period),
        "value": None if point.value is None else float(point.value),
        "unit": point.unit,
        "kind": point.kind,
        "joined": point.joined,
        "bodies": [names[body] for body in point.bodies],
        "missing": [names[body] for body in point.of if body not in point.bodies],
        "reason": str(point.reason) if point.reason is not None else None,
        "results": list(point.refs),
    }
