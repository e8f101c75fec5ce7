"""`nhiemky intake FILE…`: files → documents with proposals in the register; one bad file does not stop the others."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import fail, out

if TYPE_CHECKING:
    from nhiemky.register.actors import Actor


def intake(
    files: Annotated[list[Path], typer.Argument(help="Tệp văn bản hoặc HTML.")],
    organisation: Annotated[
        str, typer.Option(help="Tổ chức có trong sổ; bỏ trống: theo đơn vị chủ trì mà trang nêu.")
    ] = "",
) -> None:
    """Đọc tệp và đưa các đề xuất vào sổ, chờ người quyết định."""
    open_workspace()
    from nhiemky.register.actors import Actor

    actor = Actor("lệnh intake", "office")
    failed = 0
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=out, transient=True, disable=not out.is_terminal
    ) as progress:
        task = progress.add_task("", total=len(files))
        for path in files:
            progress.update(task, description=f"Đọc {path.name} …", advance=1)
            failed += not take(path, organisation, actor)
    if failed:
        raise typer.Exit(1)


def take(path: Path, organisation: str, actor: "Actor") -> bool:
    """One file read and its proposals put before a person; False where nothing came of it, which is said."""
    from nhiemky.reading.read import read
    from nhiemky.register import selectors, services
    from nhiemky.register.errors import ServiceError
    from nhiemky.sources import SourceError, load

    try:
        loaded = load(path)
        reading = read(loaded.text, loaded.name, loaded.tables)
        if organisation:
            holder = selectors.organisation_named(organisation)
            held = services.add_document(holder, loaded.name, loaded.text, loaded.sha256, reading, actor, source=loaded)
        else:
            held = services.add_page(loaded.name, loaded.text, loaded.sha256, reading, actor, source=loaded)
    except SourceError as error:
        fail(str(error))  # names the file itself
        return False
    except ServiceError as error:
        fail(error.message, path.name)
        return False
    total = selectors.progress(held.pk).total
    asked = len(selectors.questions(held.pk))
    known = "đã có trong sổ; " if held.already_held else ""
    out.print(f"{path}: {known}{total} đề xuất, {asked} câu hỏi → {held.organisation.name}", markup=False)
    if not total:
        fail("không thấy chỉ tiêu, số liệu hay văn bản nào. Hãy xem có đúng trang, đủ bài không.", path.name)
    return True
