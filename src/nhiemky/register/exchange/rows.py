"""A file → its rows, by its content and not by its name: a workbook, JSON or CSV. Called by what reads flat files."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from nhiemky.register.exchange import cells, plain
from nhiemky.register.exchange.records import Row

_LONGEST = 1_048_576  # rows of a sheet


def rows_of(path: Path, kind: str, needed: tuple[str, ...]) -> Iterator[Row]:
    """Read as they are asked for."""
    return _from_sheet(path, kind, needed) if zipfile.is_zipfile(path) else rows_of_text(path, kind, needed)


def rows_of_text(path: Path, kind: str, needed: tuple[str, ...]) -> Iterator[Row]:
    with path.open("rb") as file:
        start = file.read(64).removeprefix(plain.MARK.encode()).lstrip()
    read = plain.from_json if start.startswith((b"[", b"{")) else plain.from_csv
    return read(path, kind, needed)


def _from_sheet(path: Path, kind: str, needed: tuple[str, ...]) -> Iterator[Row]:
    with cells.opened(path) as book:
        head = cells.only_head(book, kind, needed, path.name)
        yield from cells.rows_under(book, head, path.name, _LONGEST)
