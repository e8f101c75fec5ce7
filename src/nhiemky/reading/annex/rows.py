"""What each row below a head is, and the name and unit of its indicator: `- Nông nghiệp` below `Cơ cấu kinh tế`."""

import re

from msgspec import Struct, structs

from nhiemky.reading.annex.amounts import is_figure
from nhiemky.reading.annex.grid import Grid
from nhiemky.reading.annex.records import VALUES, Role, Row, RowKind, TableReading
from nhiemky.reading.annex.units import Unit, named, unit_of
from nhiemky.reading.text import canon
from nhiemky.reading.vocab import pattern, words

_KINDS = {kind: words("table_rows", kind=kind) for kind in ("total", "part", "note", "measure")}
_TOTAL = pattern(r"(?:{total})[: ]*", total=_KINDS["total"])
_PART = pattern(r"(?:{part})\s*:?\s*", part=_KINDS["part"])
_OPENS = pattern(r"[,;]? {part} ?:?$", part=_KINDS["part"])  # `Tổng thu ngân sách, trong đó:`
_NOTE = pattern(r"(?:{note})(?![^\W_])", note=_KINDS["note"])
_MEASURE = pattern(r"(?:{measure})(?![^\W_])", measure=_KINDS["measure"])
_ROMAN = re.compile(r"[IVXLC]+[.)]?|[A-ZĐ][.)]?")
# how a row is numbered, in its own column or before its name, and how deep that puts it below the item above
_MARK = re.compile(
    r"(?P<group>[IVX]+[.)]|[A-ZĐ][.)])(?=\s|$)|(?P<dotted>\d{1,3}(?:\.\d{1,2})+)[.)]?(?=\s|$)"
    r"|(?P<item>\d{1,3})(?:[.)](?=\s|$)|$)|(?P<letter>\d{0,3}[a-zđ])(?:[.)](?=\s|$)|$)|(?P<dash>[-–—•*])(?=\s|$)|(?P<plus>\+)"
)
_DITTO = frozenset(("nt", "-nt-", '"', "''", "-", "như trên", "//"))
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_DEEPEST = 3
_BEHIND = re.compile(r"\s*(?:,|-|:)\s*([^,:-]+)$")


class Line(Struct, frozen=True, gc=False):
    """A row as facts need it: `column` is where its name stands, `depth` 0 for an indicator, more for components."""

    row: int
    kind: RowKind
    column: int
    name: str
    own: str  # the name without what it is part of
    unit: Unit | None
    depth: int = 0
    parent: int | None = None  # the row it is a component of
    mark: str = ""  # how it is numbered: item, dotted, letter, dash, plus


class _Above(Struct):
    """The rows a component may belong to, by depth."""

    lines: dict[int, Line]
    heading: bool = False  # the last item had no figures of its own

    def put(self, line: Line) -> None:
        self.lines = {depth: kept for depth, kept in self.lines.items() if depth < line.depth}
        self.lines[line.depth] = line


def lines_of(grid: Grid, reading: TableReading, column: int) -> list[Line]:
    """The rows of a reading whose names stand in `column`, top to bottom."""
    valued = [c.column for c in reading.columns if c.role in VALUES or c.role is Role.RATIO]
    table_unit = unit_of(reading.setting.unit) if reading.setting.unit else None
    above = _Above({})
    lines: list[Line] = []
    heads = [grid.filled(row) for row in reading.head]
    for row in range(reading.head[-1] + 1 if reading.head else reading.first, reading.last + 1):
        if grid.filled(row) in heads:  # told again at the top of a page
            lines.append(Line(row, RowKind.HEAD, column, "", "", None))
            continue
        line = _line(grid, reading, row, column, valued, above, table_unit)
        if lines and _goes_on(lines[-1], line):
            lines[-1] = structs.replace(
                lines[-1], name=f"{lines[-1].name} {line.own}", own=f"{lines[-1].own} {line.own}"
            )
            line = Line(row, RowKind.BLANK, column, "", "", None)
        if line.kind in (RowKind.INDICATOR, RowKind.COMPONENT, RowKind.HEADING):
            above.put(line)
        elif line.kind is RowKind.GROUP:
            above.lines = {}
        lines.append(line)
    return lines


def _line(
    grid: Grid, reading: TableReading, row: int, column: int, valued: list[int], above: _Above, table_unit: Unit | None
) -> Line:
    raw, said = grid.raw(row, column), grid.words(row, column)
    index = reading.column_of(Role.INDEX, column)
    number = grid.raw(row, index.column) if index is not None and index.column < column else ""
    has_figures = any(grid.own(row, c) not in ("", said) for c in valued)
    if not raw and not number:
        return Line(row, RowKind.BLANK, column, "", "", None)
    if _NOTE.match(said) and not any(is_figure(grid.own(row, c)) for c in valued):
        return Line(row, RowKind.NOTE, column, raw, raw, None)
    if _TOTAL.fullmatch(said):
        return Line(row, RowKind.TOTAL, column, raw, raw, None)
    mark, rest = _marked(number, raw)
    if not has_figures and (mark == "group" or _is_heading_of_group(grid, row, column, number, raw)):
        return Line(row, RowKind.GROUP, column, rest or number, rest or number, None)
    part = _PART.match(rest.lower())
    bare = rest[part.end() :].lstrip("-–+ ") if part else rest
    if part and not bare:  # `Trong đó:` by itself: what follows is of the row above
        above.heading = True
        return Line(row, RowKind.BLANK, column, rest, rest, None)
    opens = _OPENS.search(bare.lower())
    bare = bare[: opens.start()] if opens else bare
    depth = _depth(mark, number, bare, above, part is not None)
    own, told = _without_unit(bare)
    parent = above.lines.get(depth - 1) if depth else None
    unit = _unit(grid, reading, row, column, told, parent) or table_unit
    kind = RowKind.HEADING if not has_figures else RowKind.COMPONENT if depth else RowKind.INDICATOR
    above.heading = (above.heading and depth > 0) if has_figures and not opens else True
    name = _name(own, None if parent and mark == "dotted" and _is_only_a_title(parent) else parent)
    return Line(row, kind, column, name, own, unit, depth, parent.row if parent else None, mark)


def _goes_on(last: Line, line: Line) -> bool:
    """A second line of the name above, in a row of its own: without a number or figures, in small letters."""
    told = last.kind in (RowKind.INDICATOR, RowKind.COMPONENT)
    return told and line.kind is RowKind.HEADING and not line.mark and line.own[:1].islower()


def _marked(number: str, raw: str) -> tuple[str, str]:
    """How the row is numbered, in its own column or before the name, and the name without that."""
    before = _MARK.match(raw)
    if number:
        mark = _MARK.fullmatch(number) or (_ROMAN.fullmatch(number) and re.match(r"(?P<group>.)", number))
        rest = raw[before.end() :].strip() if before and before.lastgroup in ("dash", "plus") else raw
        inner = before.lastgroup if before and before.lastgroup in ("dash", "plus") else None
        return inner or (mark.lastgroup if mark else None) or "", rest
    if before is None:
        return "", raw
    return before.lastgroup or "", raw[before.end() :].strip()


def _is_heading_of_group(grid: Grid, row: int, column: int, number: str, raw: str) -> bool:
    """`I. KINH TẾ` over the whole row, or in capitals without a number."""
    wide = grid.width(row, column) >= max(2, grid.columns - 1)
    return wide or (bool(number) and _ROMAN.fullmatch(number) is not None) or (not number and raw.isupper())


def _depth(mark: str, number: str, own: str, above: _Above, is_part: bool) -> int:
    """How many rows up the hierarchy hang over this one; rows marked alike stand side by side."""
    if not above.lines:
        return 0
    deepest = max(above.lines)
    if mark == "dotted":
        return min(max(1, (number if "." in number else own).strip(".").count(".")), _DEEPEST)
    if mark in ("letter", "dash", "plus"):
        alike = [depth for depth, line in above.lines.items() if line.mark == mark]
        return max(alike) if alike else min(deepest + 1, _DEEPEST)
    return 1 if is_part or (not mark and above.heading and not _MEASURE.match(own.lower())) else 0


def _without_unit(name: str) -> tuple[str, Unit | None]:
    """`Tỷ lệ hộ nghèo (%)`, `Thu ngân sách, triệu đồng`: the indicator and the unit told with it."""
    name = name.strip(" .:;")
    for pattern_, known_only in ((_BRACKETS, False), (_BEHIND, True)):
        found = pattern_.search(name)
        unit = unit_of(canon(found[1])) if found else None
        if found and unit is not None and (not known_only or unit.kind in ("money", "percent", "measure")):
            return name[: found.start()].strip(" .:;,"), unit
    return name, None


def _unit(
    grid: Grid, reading: TableReading, row: int, column: int, told: Unit | None, parent: Line | None
) -> Unit | None:
    """The row's unit: from its column, its name, or, where nothing or `nt` stands, the row it is part of."""
    own = reading.column_of(Role.UNIT, None)
    units = [c for c in reading.columns if c.role is Role.UNIT]
    right = [c for c in units if c.column > column] or units
    own = right[0] if right else own
    said = grid.words(row, own.column) if own is not None else ""
    if said and said not in _DITTO and own is not None:
        return named(said, grid.raw(row, own.column)) or told
    if told is not None:
        return told
    if parent is not None:
        return parent.unit
    return Unit("%", kind="percent") if grid.words(row, column).startswith(("tỷ lệ", "tỉ lệ")) else None


def _is_only_a_title(parent: Line) -> bool:
    """`1. Về kinh tế` above 1.1 and 1.2, which say what they are themselves."""
    return parent.kind is RowKind.HEADING and not _MEASURE.match(parent.own.lower())


def _name(own: str, parent: Line | None) -> str:
    """The indicator in words of its own; a component that names no measure is told with what it is part of."""
    small = own[:1].lower() + own[1:] if own[1:2].islower() or own[1:2] == " " else own
    if parent is None or not parent.name or _MEASURE.match(small.lower()):
        return small
    return f"{parent.name}: {small}"


def view(lines: list[Line]) -> tuple[Row, ...]:
    return tuple(Row(line.row, line.kind, line.name) for line in lines)
