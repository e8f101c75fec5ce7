"""The tables of a document → annexes of targets and results, with the roles that a person has given to their columns.

Called by the service that reads a table again and by the Read screen; `Document.table_roles` holds what was said.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from nhiemky.reading import annex
from nhiemky.reading.annex.grid import LARGEST, Grid
from nhiemky.reading.annex.records import Column, Role, Setting, TableReading
from nhiemky.register import intake
from nhiemky.register.models import Document
from nhiemky.values.tables import Table

KINDS = ("targets", "results", "tasks")  # facts that a table gives, or that its words gave when they were read as prose
Roles = dict[int, tuple[Role, str | None]]  # column → its role, and the period of its figures where a person says one


@dataclass(frozen=True)
class Annex:
    """A table, or the part of one below its own head. `found` is what it was recognised as, `reading` that with the
    roles said by a person (`said`: roles, by, at, confirmed)."""

    key: str  # `1-0`: the table's number from 1, and its first row from 0
    number: int
    table: Table
    found: TableReading | None
    reading: TableReading
    said: dict[str, Any] | None = None

    @property
    def confirmed(self) -> bool:
        return bool(self.said and self.said["confirmed"])


def annexes_of(document: Document) -> list[Annex]:
    """Every annex of a document in order: those recognised, and those that a person said to be one."""
    tables = document.grids
    numbers = {id(table): number for number, table in enumerate(tables, 1)}
    made = [
        _annex(document, f"{numbers[id(table)]}-{reading.first}", numbers[id(table)], table, reading)
        for table, reading in annex.readings(document.text, tables)
    ]
    known = {one.key for one in made}
    made += [one for key in document.table_roles if key not in known and (one := _by_hand(document, key)) is not None]
    return sorted(made, key=lambda one: (one.table.start, one.reading.first))


def annex_at(document: Document, key: str) -> Annex | None:
    """The annex of a key; of a table that was not recognised one whose columns are all unknown yet."""
    return next((one for one in annexes_of(document) if one.key == key), None) or _by_hand(document, key)


def may_be_annex(table: Table) -> bool:
    """Whether a person could say what the columns of a table hold."""
    return table.rows > 1 and table.columns > 1 and table.rows * table.columns <= LARGEST


def with_roles(reading: TableReading, roles: Roles) -> TableReading:
    """The reading as a person has looked at it: what was changed is changed, and all of it is sure."""
    for column, (role, period) in roles.items():
        reading = reading.with_role(column, role, period)
    return msgspec.structs.replace(reading, confidence=1.0)


def facts_of(document: Document, one: Annex) -> dict[str, list[dict[str, Any]]]:
    """Facts and warnings (kind → facts as JSON) that the table gives: as first read, or by the roles said since."""
    first = {
        kind: [fact for fact in document.reading.get(kind) or () if _within(fact["span"], one.reading.span)]
        for kind in (*KINDS, "warnings")
    }
    if one.said is None:
        return first
    made = intake.plain(annex.facts_of(document.text, one.table, one.reading))
    others = [found for found in first["warnings"] if not str(found["rule"]).startswith("annex.")]
    return {"targets": made["targets"], "results": made["results"], "tasks": [], "warnings": made["warnings"] + others}


def _annex(document: Document, key: str, number: int, table: Table, found: TableReading) -> Annex:
    said = document.table_roles.get(key)
    roles = _roles(said, len(found.columns)) if said else {}
    return Annex(key, number, table, found, with_roles(found, roles) if said else found, said)


def _by_hand(document: Document, key: str) -> Annex | None:
    """A table that was not recognised, with the roles a person gave; it is read from its first row of several cells."""
    number, dash, first = key.partition("-")
    tables = document.grids
    if not dash or not number.isdecimal() or first != "0" or not 0 < int(number) <= len(tables):
        return None
    table = tables[int(number) - 1]
    if not may_be_annex(table):
        return None
    grid = Grid(document.text, table)
    head = next((row for row in range(grid.rows) if len(grid.filled(row)) > 1), 0)
    columns = tuple(
        Column(column=column, role=Role.UNKNOWN, words=grid.words(head, column), said="", confidence=1.0)
        for column in range(grid.columns)
    )
    reading = TableReading((table.start, table.end), 0, table.rows - 1, (head,), columns, (), Setting(), (), 1.0)
    said = document.table_roles.get(key)
    roles = _roles(said, len(columns)) if said else {}
    return Annex(key, int(number), table, None, with_roles(reading, roles), said)


def _roles(said: dict[str, Any], columns: int) -> Roles:
    """The roles as kept, without those of columns that the table (read by a later version) does not have."""
    return {int(at): (Role(role), period) for at, (role, period) in said["roles"].items() if int(at) < columns}


def _within(span: list[int], of: tuple[int, int]) -> bool:
    return span[0] < of[1] and of[0] < span[1]
