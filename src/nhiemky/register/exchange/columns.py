"""The columns of templates and exports: their heads, widths and other names, from columns.tsv."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from nhiemky.register.folding import fold


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    width: int
    other: tuple[str, ...]


@cache
def columns(sheet: str) -> dict[str, Column]:
    """The columns of a sheet (figures, targets, flat) in their order, by key."""
    return {column.key: column for kind, column in _rows() if kind == sheet}


@cache
def names(sheet: str) -> dict[str, str]:
    """Every head that is known, without marks and case → its column's key. A key is a head of machines."""
    known: dict[str, str] = {}
    for column in columns(sheet).values():
        for head in (column.key, column.key.replace("_", " "), column.label, *column.other):
            known.setdefault(head_of(head), column.key)
    return known


def head_of(text: object) -> str:
    return fold(" ".join(str(text or "").split()))


@cache
def _rows() -> tuple[tuple[str, Column], ...]:
    text = (resources.files(__package__) / "columns.tsv").read_text(encoding="utf-8")
    made = []
    for line in text.splitlines()[3:]:
        sheet, key, label, width, *other = line.split("\t")
        made.append((sheet, Column(key, label, int(width), tuple(other[0].split("|")) if other else ())))
    return tuple(made)
