"""Tables to readings of annexes: each is looked at for heads that speak of targets and results. Called by `read`."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from nhiemky.reading.annex.columns import columns_of
from nhiemky.reading.annex.grid import LARGEST, Grid
from nhiemky.reading.annex.heads import Top, find_top
from nhiemky.reading.annex.make import facts_of
from nhiemky.reading.annex.records import Column, LeftOut, Role, Row, RowKind, Setting, TableReading
from nhiemky.reading.annex.rows import lines_of, view
from nhiemky.reading.annex.times import setting_of
from nhiemky.reading.facts import Result, Span, Target, Task, Warning
from nhiemky.reading.text import canon
from nhiemky.values.tables import Table

Fact = TypeVar("Fact", Target, Result, Task)
_NEAR = 1500  # characters before a table in which its title stands
_TITLE_LINES = 12
_PAGE_NUMBER = 12  # characters that may stand between a table and its next page
_LEFT_OUT = {
    Role.COMPARISON: "so với kỳ trước: tính lại được từ hai kết quả",
    Role.REPLACED: "mục tiêu trước khi điều chỉnh, không còn dùng",
    Role.UNKNOWN: "chưa nhận ra cột này nói gì",
}


class Annexes(Struct, frozen=True):
    """All facts of a document's annexes and where in the text those stand, which prose is not to read again."""

    targets: tuple[Target, ...] = ()
    results: tuple[Result, ...] = ()
    warnings: tuple[Warning, ...] = ()
    spans: tuple[Span, ...] = ()

    def outside(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts that no annex holds."""
        if not self.spans:
            return list(facts)
        return [f for f in facts if not any(s < f.span[1] and f.span[0] < e for s, e in self.spans)]


def read_tables(text: str, tables: Iterable[Table]) -> Annexes:
    """Facts of the tables as they are recognised, nothing confirmed or changed by a person."""
    found = readings(text, tables)
    made = [facts_of(text, table, reading) for table, reading in found]
    return Annexes(
        tuple(t for facts in made for t in facts.targets), tuple(r for facts in made for r in facts.results),
        tuple(w for facts in made for w in facts.warnings), tuple(reading.span for _, reading in found),
    )  # fmt: skip


def recognise(text: str, table: Table) -> TableReading | None:
    """The first annex in a table of `text` (in NFC), or None: then it is read as prose."""
    return next(iter(readings_in(text, table)), None)


def readings(text: str, tables: Iterable[Table]) -> list[tuple[Table, TableReading]]:
    """Every annex in the tables of a document, in order; a table without a head goes on with the one before it."""
    found: list[tuple[Table, TableReading]] = []
    end = 0
    for table in tables:
        before = found[-1][1] if found and len(text[end : table.start].strip()) <= _PAGE_NUMBER else None
        found += [(table, reading) for reading in readings_in(text, table, end, before)]
        end = max(end, table.end)
    return found


def readings_in(text: str, table: Table, after: int = 0, before: TableReading | None = None) -> list[TableReading]:
    """The annexes of one table, top to bottom; the text from `after` on may hold its title, `before` its head."""
    if table.rows * table.columns > LARGEST or table.rows < 2 or table.columns < 2:
        return []
    grid = Grid(text, table)
    found: list[TableReading] = []
    top = find_top(grid, 0)
    if top is None:
        going_on = _goes_on(text, grid, table, before)
        return [going_on] if going_on else []
    start = 0
    while top is not None:
        following = _another(grid, top)
        last = (following.rows[0] if following else grid.rows) - 1
        reading = _reading(text, grid, table, top, range(start, last + 1), after)
        if reading is not None:
            found.append(reading)
        start, top = last + 1, following
    return found


def _another(grid: Grid, top: Top) -> Top | None:
    """The next head that says something else; the same head told again on a further page is none."""
    said = [words for _, words in grid.filled(top.rows[0])]
    following = find_top(grid, top.last + 1)
    while following is not None and [words for _, words in grid.filled(following.rows[0])] == said:
        following = find_top(grid, following.last + 1)
    return following


def _reading(text: str, grid: Grid, table: Table, top: Top, rows: range, after: int) -> TableReading | None:
    setting = _setting(text, grid, table, top, rows, after)
    body = range(top.last + 1, rows.stop)
    columns = columns_of(grid, top, body, setting)
    return None if columns is None else _told(text, grid, table, top, rows, columns, setting)


def _goes_on(text: str, grid: Grid, table: Table, before: TableReading | None) -> TableReading | None:
    """A table without a head and as wide as the one before: its next page."""
    if before is None or len(before.columns) != grid.columns:
        return None
    names = before.column_of(Role.INDICATOR)
    if names is None or not any(grid.words(row, names.column) for row in range(grid.rows)):
        return None
    columns = tuple(msgspec.structs.replace(c, confidence=round(0.8 * c.confidence, 2)) for c in before.columns)
    return _told(text, grid, table, None, range(grid.rows), columns, before.setting)


def _told(
    text: str, grid: Grid, table: Table, top: Top | None, rows: range, columns: tuple[Column, ...], setting: Setting
) -> TableReading | None:
    """The reading with its rows and what is left out; None where no figure comes of it."""
    names = next(c for c in columns if c.role is Role.INDICATOR)
    head = top.rows if top else ()
    sure = min(names.confidence, max(c.confidence for c in columns if c.role is not Role.INDICATOR))
    reading = TableReading(
        span=_span(grid, rows), first=rows.start, last=rows.stop - 1,
        head=(*head, top.numbers) if top and top.numbers is not None else head,
        columns=columns, rows=(), setting=setting, left_out=(), confidence=sure,
    )  # fmt: skip
    facts = facts_of(text, table, reading)
    if not facts.targets and not facts.results:
        return None
    kinds = [*_above(grid, top, rows), *view(lines_of(grid, reading, names.column))]
    return msgspec.structs.replace(
        reading, rows=tuple(kinds), left_out=(*_columns_left_out(grid, columns, head), *facts.left_out)
    )


def _above(grid: Grid, top: Top | None, rows: range) -> list[Row]:
    if top is None:
        return []
    titles = [Row(row, RowKind.TITLE, " ".join(words for _, words in grid.filled(row)))
              for row in range(rows.start, top.rows[0])]  # fmt: skip
    heads = [Row(row, RowKind.HEAD, "") for row in top.rows]
    return [*titles, *heads, *([Row(top.numbers, RowKind.NUMBERS, "")] if top.numbers is not None else [])]


def _columns_left_out(grid: Grid, columns: Sequence[Column], head: tuple[int, ...]) -> list[LeftOut]:
    found = []
    for column in columns:
        why = _LEFT_OUT.get(column.role)
        cell = grid.cell(head[0], column.column) if head else None
        if why and cell is not None and column.words:
            found.append(LeftOut(None, column.column, column.words, why, (cell.start, cell.end)))
    return found


def _span(grid: Grid, rows: range) -> tuple[int, int]:
    cells = [cell for row in rows for column in range(grid.columns) if (cell := grid.cell(row, column)) is not None]
    return min(cell.start for cell in cells), max(cell.end for cell in cells)


def _setting(text: str, grid: Grid, table: Table, top: Top, rows: range, after: int) -> Setting:
    """What the lines above the table, and those of it above its head, say of time and unit."""
    lines = [line for line in text[max(after, table.start - _NEAR) : table.start].split("\n") if line.strip()]
    own = [grid.raw(row, column) for row in range(rows.start, top.rows[0]) for column, _ in grid.filled(row)]
    near = canon(" ".join(" ".join((*lines[-_TITLE_LINES:], *own)).split()))
    return setting_of(near, canon(text[: table.start]))
