"""`nhiemky log verify`: whether the event log is whole."""

from typing import Annotated

import typer

from nhiemky.cli.bootstrap import open_workspace
from nhiemky.cli.say import fail, step

log = typer.Typer(no_args_is_help=True, help="Nhật ký các thay đổi.")


@log.callback()
def _log() -> None:
    """Nhật ký các thay đổi."""


@log.command()
def verify(
    noted: Annotated[str, typer.Option(help="Mã đã ghi lại lần trước (SỐ:MÃ): nhật ký nay có còn dòng ấy không.")] = "",
) -> None:
    """Kiểm tra nhật ký: dòng bị sửa, bị mất, bị đảo thứ tự; với --noted, cả việc thay toàn bộ nhật ký."""
    open_workspace()
    from nhiemky.register import events
    from nhiemky.register.guard import guarded

    broken = events.verify()
    if broken is not None:
        fail(f"nhật ký sai từ dòng {broken}: bị sửa, thiếu hoặc đảo thứ tự. Hãy giữ nguyên tệp và mở lại bản sao lưu.")
        raise typer.Exit(1)
    number, _, digest = noted.strip().lower().partition(":")
    if noted and not (number.isdigit() and digest):
        fail(f"mã đã ghi: gặp “{noted}”, cần dạng 1204:9f2c… như lệnh này in ra")
        raise typer.Exit(2)
    if noted and events.digest_at(int(number)) != digest:
        fail(f"dòng {number} không còn mã đã ghi: nhật ký đã bị thay bằng một nhật ký khác. Hãy mở lại bản sao lưu.")
        raise typer.Exit(1)
    seq, head = events.last()
    step(f"Nhật ký nguyên vẹn: {events.count()} dòng.")
    if not guarded():
        fail("cơ sở dữ liệu không còn tự chặn việc sửa nhật ký (có người đã gỡ). Hãy chạy `nhiemky setup` để đặt lại.")
    step(f"Mã dòng cuối (ghi lại để đối chiếu): {seq}:{head}")
