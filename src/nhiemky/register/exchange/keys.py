"""The hidden sheet of a template: for which body, term and period it was made, which row is which target, and what
stood there. Written with the template, read with the file that comes back; a checksum tells what was tampered with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from openpyxl.workbook import Workbook

from nhiemky.values.canonical import canonical, sha256_of

FORMAT = 1
SHEET = "nhiemky"


class KeysBroken(Exception):
    """The hidden sheet is there and is not what was written."""


@dataclass(frozen=True)
class KeyRow:
    """A row as it went out: its target, the words that must not change, and what its input cells held."""

    target: int
    number: int
    name: str
    unit: str
    version: int = 0
    held: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return digest_of(self.name, self.unit)


@dataclass(frozen=True)
class Keys:
    kind: str  # figures, targets
    organisation: int
    name: str
    term: str
    period: str = ""
    submission: int = 0
    version: int = 0
    rows: tuple[KeyRow, ...] = ()
    format: int = FORMAT


def digest_of(name: str, unit: str) -> str:
    return sha256_of([" ".join(name.split()), " ".join(unit.split())])[:16]


def write_keys(book: Workbook, keys: Keys) -> None:
    """A line a row, since a cell holds no more than 32,767 letters; very hidden: Excel's menu does not show it."""
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
    lines = _lines(keys)
    sheet.append([lines[0], _sum(lines)])
    for line in lines[1:]:
        sheet.append([line])


def read_keys(cells: Iterable[tuple[Any, ...]]) -> Keys:
    """The keys of a hidden sheet's rows; KeysBroken where they are not as written."""
    rows = [row for row in cells if row and row[0] is not None]
    lines = [str(row[0]) for row in rows]
    if not rows or len(rows[0]) < 2 or rows[0][1] != _sum(lines):
        raise KeysBroken
    try:
        head = msgspec.json.decode(lines[0])
        made = [KeyRow(**{key: one[key] for key in _ROW}) for one in map(msgspec.json.decode, lines[1:])]
        return Keys(**head, rows=tuple(made))
    except (msgspec.MsgspecError, TypeError, KeyError) as error:
        raise KeysBroken from error


_ROW = ("target", "number", "name", "unit", "version", "held")


def _lines(keys: Keys) -> list[str]:
    head = {name: getattr(keys, name) for name in keys.__dataclass_fields__ if name != "rows"}
    rows = [{name: getattr(row, name) for name in _ROW} | {"digest": row.digest} for row in keys.rows]
    return [canonical(head), *map(canonical, rows)]


def _sum(lines: list[str]) -> str:
    return sha256_of(lines)
