"""`nhiemky backup` and `restore`: the whole register as one file, and back; both may run beside `nhiemky serve`."""

from pathlib import Path
from typing import Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import fail, step
from nhiemky.values.figures import figure


def backup(
    file: Annotated[Path, typer.Argument(help="Tệp sẽ ghi, như so-2026-11-23.nhiemky.")],
) -> None:
    """Ghi cả sổ ra một tệp, cả khi đang có người dùng."""
    open_workspace()
    from nhiemky.register import archive

    made = archive.write(file, _told)
    step(f"Đã ghi {file}: {figure(made.total)} dòng.")
    step(f"Mã kiểm (ghi lại để đối chiếu): {made.digest}")


def restore(
    file: Annotated[Path, typer.Argument(help="Tệp do `nhiemky backup` ghi.")],
    digest: Annotated[str, typer.Option(help="Mã kiểm đã ghi lại; khác thì không khôi phục.")] = "",
    check: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra tệp, không khôi phục.")] = False,
) -> None:
    """Khôi phục cả sổ vào một thư mục làm việc mới (NHIEMKY_WORKSPACE)."""
    if not file.is_file():
        fail("không có tệp này. Hãy xem lại tên tệp", str(file))
        raise typer.Exit(1)
    if check:
        open_workspace()
    else:
        from nhiemky.cli.setup import prepare

        prepare()
    from nhiemky.register import archive

    try:
        found = archive.check(file)
        if digest and digest.strip().lower() != found.digest:
            raise archive.ArchiveError(f"mã kiểm của {file.name} là {found.digest}, khác mã đưa vào. Không nhận gì.")
        if not check:
            archive.read(file, _told)
    except archive.ArchiveError as error:
        fail(str(error))
        raise typer.Exit(1) from error
    done = "Tệp nguyên vẹn" if check else "Đã khôi phục, nhật ký nguyên vẹn"
    step(f"{done}: {figure(found.total)} dòng. Mã kiểm: {found.digest}")


def _told(table: str, rows: int) -> None:
    if rows and rows % 100_000 == 0:
        step(f"  {table.removeprefix('register_')}: {figure(rows)} dòng")
