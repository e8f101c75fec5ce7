"""`nhiemky places import|check`: the administrative units of the register, with what became of them."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import fail, step

if TYPE_CHECKING:
    from nhiemky.register.services.places import PlacesPlan

places = typer.Typer(no_args_is_help=True, help="Địa bàn: tỉnh, huyện (đến 30/06/2025), xã và đơn vị kế tiếp.")
_SHOWN = 20


@places.callback()
def _places() -> None:
    """Địa bàn: tỉnh, huyện (đến 30/06/2025), xã và đơn vị kế tiếp."""


@places.command("import")
def import_(
    file: Annotated[Path | None, typer.Argument(help="Bảng TSV; bỏ trống: bảng 7/2025 đi kèm.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Chỉ xem sẽ đổi gì, không ghi.")] = False,
) -> None:
    """Nhập các đơn vị hành chính và đơn vị kế tiếp; nhập lại không đổi gì."""
    open_workspace()
    from nhiemky.register.actors import Actor
    from nhiemky.register.place_rows import shipped
    from nhiemky.register.services.places import BadTable, import_places, plan_places

    started = time.monotonic()
    name, text = shipped() if file is None else (file.name, _text(file))
    step(f"Đọc {name} …")
    try:
        if preview:
            _tell(plan_places(text, name), "Sẽ")
            return
        plan = import_places(text, name, Actor("lệnh places", "admin"))
    except BadTable as bad:
        for fault in bad.faults:
            fail(str(fault), bad.file)
        raise typer.Exit(1) from bad
    _tell(plan, "Đã")
    step(f"Xong: {plan.rows} dòng trong {time.monotonic() - started:.1f} giây.")


@places.command()
def check() -> None:
    """Kiểm tra địa bàn trong sổ: cấp trên, đơn vị kế tiếp, tổ chức ở đơn vị đã hết."""
    open_workspace()
    from nhiemky.register.places import check_places

    report = check_places()
    for line in report.notes:
        step(line)
    for line in report.faults[:_SHOWN]:
        fail(line)
    if report.faults:
        fail(f"{len(report.faults)} chỗ không khớp.")
        raise typer.Exit(1)
    step("Địa bàn trong sổ khớp nhau.")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fail(f"không đọc được ở byte {error.start}; cần tệp chữ UTF-8. Hãy lưu lại dạng “Unicode (UTF-8)”.", file.name)
        raise typer.Exit(1) from error


def _tell(plan: "PlacesPlan", verb: str) -> None:
    if plan.empty:
        step("Không có gì thay đổi.")
        return
    words = {
        "new": "thêm {} đơn vị",
        "ended": "kết thúc {} đơn vị",
        "changed": "sửa {} đơn vị",
        "passed": "ghi {} kế tục",
        "withdrawn": "bỏ {} kế tục",
    }
    step(f"{verb} " + ", ".join(words[what].format(count) for what, count in plan.counts.items() if count) + ".")
    for row in plan.ended[:_SHOWN]:
        step(f"  kết thúc: {row.code} {row.name}")
    for before, row in plan.changed[:_SHOWN]:
        step(f"  sửa: {row.code} {before.name} → {row.name}")
