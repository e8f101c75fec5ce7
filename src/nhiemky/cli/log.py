"""`nhiemky log verify`: whether the event log is whole."""

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import fail, step

log = typer.Typer(no_args_is_help=True, help="Nhật ký các thay đổi.")


@log.callback()
def _log() -> None:
    """Nhật ký các thay đổi."""


@log.command()
def verify() -> None:
    """Kiểm tra nhật ký: dòng bị sửa, bị mất, bị đảo thứ tự."""
    open_workspace()
    from nhiemky.register import events

    broken = events.verify()
    if broken is not None:
        fail(f"nhật ký sai từ dòng {broken}: bị sửa, thiếu hoặc đảo thứ tự. Hãy giữ nguyên tệp và mở lại bản sao lưu.")
        raise typer.Exit(1)
    step(f"Nhật ký nguyên vẹn: {events.count()} dòng.")
