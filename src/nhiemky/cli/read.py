"""`nhiemky read FILE…`: readings of files on stdout, one line a fault on stderr; needs no workspace."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from nhiemky.cli import say
from nhiemky.cli.readings import explained, tabled, whys
from nhiemky.reading.facts import Reading


class Format(StrEnum):
    jsonl = "jsonl"
    table = "table"


def read(
    files: Annotated[
        list[Path], typer.Argument(help="Tệp .txt hoặc .html, hoặc thư mục chứa chúng.", show_default=False)
    ],
    format: Annotated[
        Format, typer.Option(help="jsonl: mỗi tệp một dòng JSON; table: bảng cho người xem.")
    ] = Format.table,
    explain: Annotated[bool, typer.Option("--explain", help="Nói quy tắc đọc ra từng điều, và vì sao.")] = False,
) -> None:
    """Đọc tệp và in những điều đọc được; không cần sổ."""
    from nhiemky.reading.read import read as read_text
    from nhiemky.sources import SourceError, load

    failed = 0
    encoder = msgspec.json.Encoder()
    for path in files:
        if path.is_dir() and not _spread([path]):
            say.fail(f"{path}: thư mục không có tệp .txt hoặc .html nào. Hãy xem lại đường dẫn.")
            failed += 1
    for path in _spread(files):
        try:
            loaded = load(path)
        except SourceError as error:
            say.fail(str(error))
            failed += 1
            continue
        reading = read_text(loaded.text, str(path))
        _print(reading, loaded.text, format, encoder, explain=explain)
    if failed:
        raise typer.Exit(1)


def _spread(files: list[Path]) -> list[Path]:
    """Folders stand for the text and HTML files in them, in the order of their names."""
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix.lower() in (".txt", ".html", ".htm"))
        else:
            found.append(path)
    return found


def _print(reading: Reading, text: str, format: Format, encoder: msgspec.json.Encoder, *, explain: bool) -> None:
    if format is Format.jsonl:  # the rule is on each fact; its reason is told once
        told = {**msgspec.to_builtins(reading), "why": whys(reading)} if explain else reading
        sys.stdout.buffer.write(encoder.encode(told) + b"\n")
        sys.stdout.buffer.flush()
    elif explain:
        explained(reading, text)
    else:
        tabled(reading, text)
