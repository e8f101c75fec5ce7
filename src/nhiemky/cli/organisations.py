"""`nhiemky organisations import|export|reorganise`: organisations, and what became of them, as a table both ways."""

from pathlib import Path
from typing import Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.choose import Unclear, day_typed
from nhiemky.cli.exchange import count, refuse_missing, tell, write
from nhiemky.cli.say import step

organisations = typer.Typer(no_args_is_help=True, help="Tổ chức, và tổ chức nào thành tổ chức nào: bảng ra và vào.")

Out = Annotated[Path, typer.Option("--out", help="Ghi vào tệp này (.csv hoặc .json).")]


@organisations.callback()
def _organisations() -> None:
    """Tổ chức, và tổ chức nào thành tổ chức nào: bảng ra và vào."""


@organisations.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Bảng tổ chức: CSV, XLSX hoặc JSON.")],
    preview: Annotated[bool, typer.Option("--preview", help="Chỉ xem sẽ đổi gì, không ghi.")] = False,
) -> None:
    """Thêm tổ chức, ghi sáp nhập, chia, đổi tên, đổi cấp trên theo bảng: tất cả hoặc không gì cả, lỗi nói từng ô."""
    open_workspace()
    from nhiemky.register import services
    from nhiemky.register.actors import Actor

    refuse_missing(file)
    actor = Actor("lệnh organisations", "admin")
    seen = services.preview_bodies(file, actor)
    tell(seen.lines, ())
    if seen.errors or preview:
        count(seen.counts, "Sẽ")
        raise typer.Exit(1 if seen.errors else 0)
    count(services.import_bodies(file, actor).counts, "Đã")


@organisations.command()
def export(out: Out) -> None:
    """Ghi mọi tổ chức ra một bảng; sửa, thêm rồi nhập lại được."""
    open_workspace()
    from nhiemky.register.exchange import export_bodies

    write(out, export_bodies(_form(out)))
    step(f"Đã ghi {out}")


@organisations.command()
def reorganise(out: Out, on: Annotated[str, typer.Option("--on", help="Ngày sắp xếp địa bàn.")] = "01/07/2025") -> None:
    """Ghi bảng sáp nhập mà danh mục địa bàn cho biết, để xem rồi nhập: tổ chức ở xã cũ thành tổ chức ở xã mới."""
    open_workspace()
    from nhiemky.register.exchange import reorganised

    write(out, reorganised(day_typed(on), _form(out)))
    step(f"Đã ghi {out}. Hãy xem từng dòng, sửa, rồi `nhiemky organisations import {out}`.")


def _form(out: Path) -> str:
    form = out.suffix.lower().removeprefix(".")
    if form not in ("csv", "json"):
        raise Unclear(f"{out.name}: cần đuôi .csv hoặc .json")
    return form
