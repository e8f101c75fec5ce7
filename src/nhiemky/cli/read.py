"""`nhiemky read FILE…`: readings of files on stdout or kept in a file, one line a fault on stderr; no workspace."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from nhiemky.cli import say
from nhiemky.cli.folder import Kept, Pace, Summary, spread
from nhiemky.cli.readings import LISTS, explained, tabled, whys
from nhiemky.reading.facts import Reading
from nhiemky.reading.read import read as read_text
from nhiemky.sources import Loaded, SourceError, load

_ENCODE = msgspec.json.Encoder().encode
Show = Callable[[Loaded, Reading], None]


class Format(StrEnum):
    jsonl = "jsonl"
    table = "table"


def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Tệp (Word, PDF, Excel, HTML, .txt, ảnh quét), hoặc thư mục chứa chúng.", show_default=False
        ),
    ],
    format: Annotated[
        Format, typer.Option(help="jsonl: mỗi tệp một dòng JSON; table: bảng cho người xem.")
    ] = Format.table,
    explain: Annotated[bool, typer.Option("--explain", help="Nói quy tắc đọc ra từng điều, và vì sao.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Ghi JSON (mỗi tệp một dòng) vào tệp này; chạy lại thì đọc tiếp các tệp chưa có.", show_default=False
        ),
    ] = None,
) -> None:
    """Đọc tệp và in những điều đọc được; không cần sổ."""
    summary = Summary()
    for path in files:
        if path.is_dir() and next(spread([path]), None) is None:
            say.fail(f"{path}: thư mục không có tệp nào đọc được. Hãy xem lại đường dẫn.")
            summary.failed += 1
    many = len(files) > 1 or any(path.is_dir() for path in files)
    kept = Kept(out) if out is not None else None
    show = _kept_in(kept, explain=explain) if kept is not None else _shown_as(format, explain=explain)
    try:
        with Pace(files, quiet=kept is None or not many) as pace:
            _read_all(files, kept.done if kept is not None else set(), show, summary, pace)
    except KeyboardInterrupt:
        summary.say()
        say.fail("đã dừng giữa chừng." + (" Chạy lại lệnh này để đọc tiếp." if kept is not None else ""))
        raise typer.Exit(130) from None
    if out is not None or (many and sys.stderr.isatty()):
        summary.say()
    if summary.failed:
        raise typer.Exit(1)


def _read_all(files: list[Path], known: set[str], show: Show, summary: Summary, pace: Pace) -> None:
    for path in spread(files):
        pace.step()
        if str(path) in known:
            summary.known += 1
            continue
        try:
            loaded = load(path)
        except SourceError as error:
            say.fail(str(error))
            summary.failed += 1
            continue
        for note in loaded.notes:
            say.note(note, path.name)
        reading = read_text(loaded.text, str(path), loaded.tables)
        show(loaded, reading)
        summary.add(reading)


def _shown_as(format: Format, *, explain: bool) -> Show:
    def shown(loaded: Loaded, reading: Reading) -> None:
        if format is Format.jsonl:
            sys.stdout.buffer.write(_line(loaded, reading, explain=explain) + b"\n")
            sys.stdout.buffer.flush()
        elif explain:
            explained(reading, loaded)
        else:
            tabled(reading, loaded)

    return shown


def _kept_in(kept: Kept, *, explain: bool) -> Show:
    return lambda loaded, reading: kept.add(_line(loaded, reading, explain=explain))


def _line(loaded: Loaded, reading: Reading, *, explain: bool) -> bytes:
    """A reading as JSON; with the place of each fact where the file has pages, tables or cells."""
    if not explain and not len(loaded.places):
        return _ENCODE(reading)
    told: dict[str, Any] = msgspec.to_builtins(reading)
    for name in LISTS if len(loaded.places) else ():
        for fact in told[name]:
            fact["place"] = loaded.places.of(*fact["span"])
    if explain:  # the rule is on each fact; its reason is told once
        told["why"] = whys(reading)
    return _ENCODE(told)
