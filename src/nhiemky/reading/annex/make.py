"""Facts of a recognised annex: each figure under a column of targets or results, named and measured by its row."""

import re

from nhiemky.reading.annex.amounts import Amount, Why, amount_of, is_figure, is_year
from nhiemky.reading.annex.doubts import warnings_of
from nhiemky.reading.annex.figure import Figure
from nhiemky.reading.annex.grid import Grid
from nhiemky.reading.annex.records import REPORTED, AnnexFacts, Column, LeftOut, Role, RowKind, TableReading
from nhiemky.reading.annex.rows import Line, lines_of
from nhiemky.reading.annex.units import counted_in, unit_of
from nhiemky.reading.facts import Direction, Qualifier, Result, Target
from nhiemky.values.tables import Table

_QUALIFIERS: dict[str, Qualifier] = {
    "over": "over", "at_least": "over", "under": "under", "at_most": "under", "about": "about",
}  # fmt: skip
_YEARLY = ("hằng năm", "hàng năm", "mỗi năm", "từng năm")
_AVERAGE = ("bình quân", "trung bình", "bq")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHARES = ("%", "‰", "điểm %")
_NEAR = 0.6  # points of a percentage that rounding may take
_DOUBT = 0.15  # taken off the confidence where words beside the figure were passed over


def facts_of(text: str, table: Table, reading: TableReading) -> AnnexFacts:
    """Targets, results, warnings and what gave none, by the reading's roles, changed by a person or not."""
    grid = Grid(text, table)
    targets: list[Target] = []
    results: list[Result] = []
    left_out: list[LeftOut] = []
    figures: list[Figure] = []
    told: list[tuple[Figure, Result]] = []
    lines: dict[int, Line] = {}
    for names in (c.column for c in reading.columns if c.role is Role.INDICATOR):
        for line in lines_of(grid, reading, names):
            lines[line.row] = line
            row = _row(grid, reading, line, left_out)
            figures += row.values()
            targets += _targets(grid, reading, line, row)
            found = _results(grid, reading, row, left_out)
            told += found
            results += [result for _, result in found]
    return AnnexFacts(tuple(targets), tuple(results), tuple(warnings_of(lines, figures, told)), tuple(left_out))


def _row(grid: Grid, reading: TableReading, line: Line, left_out: list[LeftOut]) -> dict[int, Figure]:
    """The figures of one row by column; a cell that is none is left out with its reason."""
    found: dict[int, Figure] = {}
    for column in _of_names(reading, line.column):
        cell = grid.cell(line.row, column.column)
        said = grid.own(line.row, column.column)
        if cell is None or not said:
            continue
        if line.kind is RowKind.HEAD or (not line.name and not is_figure(said)):
            continue
        why = _no_row(line) or _read(found, line, column, said, cell.start, cell.end)
        if why and why != Why.BLANK.value:
            left_out.append(LeftOut(line.row, column.column, grid.raw(line.row, column.column), why,
                                    (cell.start, cell.end)))  # fmt: skip
    return found


def _of_names(reading: TableReading, names: int) -> list[Column]:
    """The columns of figures that belong to a column of names: those up to the next one, in tables side by side."""
    others = [c.column for c in reading.columns if c.role is Role.INDICATOR]
    following = min((c for c in others if c > names), default=len(reading.columns))
    first = names if names != min(others) else -1
    return [
        c for c in reading.columns
        if first < c.column < following and (c.role in REPORTED or c.role in (Role.TARGET, Role.BASELINE))
    ]  # fmt: skip


def _no_row(line: Line) -> str:
    if line.kind is RowKind.TOTAL:
        return "hàng cộng, không phải chỉ tiêu riêng"
    if line.kind in (RowKind.NOTE, RowKind.GROUP):
        return "hàng ghi chú hoặc tên nhóm"
    return "" if line.name else "hàng không có tên chỉ tiêu"


def _read(found: dict[int, Figure], line: Line, column: Column, said: str, start: int, end: int) -> str:
    """Puts the cell's figure into `found`; why not, where it has none."""
    amount = amount_of(said)
    if isinstance(amount, Why):
        return amount.value
    unit = line.unit
    if column.unit and (unit is None or column.unit == "%"):
        unit = unit_of(column.unit)
    if unit is None and is_year(said):
        return Why.TIME.value
    amount = amount.times(unit.times if unit is not None else 1.0)
    if unit is None or (amount.planned is not None and unit.kind == "percent"):  # `8/8` of a share counts things
        unit = counted_in(line.own)
    told = amount.unit or unit
    name = told.name if told is not None else ""
    found[column.column] = Figure(line, column, amount, name, start, end)
    return ""


def _targets(grid: Grid, reading: TableReading, line: Line, row: dict[int, Figure]) -> list[Target]:
    """A goal for each column of targets; a year's plan beside that year's result is only the result's plan."""
    known = {f.column.period for f in row.values() if f.column.role in (Role.RESULT, Role.CUMULATIVE)}
    base = next((f for f in row.values() if f.column.role is Role.BASELINE), None)
    goals: list[Target] = []
    for figure in row.values():
        if figure.column.role is Role.TARGET and (figure.column.is_term or figure.column.period not in known):
            target = _target(grid, reading, figure, base)
            if not any(_same(target, other) for other in goals):  # assigned by two bodies
                goals.append(target)
    return goals


def _same(one: Target, other: Target) -> bool:
    said, told = ((t.direction, t.low, t.high, t.unit, t.by) for t in (one, other))
    return said == told


def _target(grid: Grid, reading: TableReading, figure: Figure, base: Figure | None) -> Target:
    amount, column, line = figure.amount, figure.column, figure.line
    direction, indicator = _direction(figure)
    name = line.name.lower()
    rate = amount.rate or (line.unit is not None and line.unit.yearly and amount.unit is None)
    said = amount.yearly or column.yearly
    average = rate or amount.average or any(word in f"{name} {column.words}" for word in _AVERAGE)
    each = rate or any(word in name for word in _YEARLY)
    yearly = said or (each and figure.unit != "đồng")  # income a year is a level
    by = (
        amount.by
        or _deadline(grid, reading, line)
        or (None if yearly and column.is_term and not average else column.by)
    )
    return Target(
        indicator, direction, amount.low, amount.high, figure.unit, "year" if yearly else None, by,
        base.amount.low if base is not None and base.unit == figure.unit else None,
        (figure.start, figure.end), _confidence(reading, figure), "annex.target",
    )  # fmt: skip


def _deadline(grid: Grid, reading: TableReading, line: Line) -> str | None:
    """The year in the row's own column of deadlines."""
    column = reading.column_of(Role.DEADLINE)
    found = _YEAR.search(grid.words(line.row, column.column)) if column is not None else None
    return found[0] if found else None


def _direction(figure: Figure) -> tuple[Direction, str]:
    """The goal's direction and its indicator: `Giảm tỷ lệ hộ nghèo` by 1% is a decrease of the rate."""
    amount, name = figure.amount, figure.line.name
    if amount.zero:
        return "zero", name
    if amount.high is not None:
        return "range", name
    if amount.change is not None:
        return ("decrease" if amount.change == "giảm" else "increase"), name
    if amount.down or amount.bound in ("at_most", "under"):
        return "at_most", name
    if amount.bound in ("at_least", "over"):
        return "at_least", name
    if amount.low == 0:
        return "zero", name
    if figure.unit in _SHARES and name.startswith("giảm "):
        return "decrease", name.removeprefix("giảm ")
    return "equal", name


def _results(
    grid: Grid, reading: TableReading, row: dict[int, Figure], left_out: list[LeftOut]
) -> list[tuple[Figure, Result]]:
    """A result for each column of results, with the plan of its period and the ratio that stands for it."""
    found: list[tuple[Figure, Result]] = []
    goals = [f for f in row.values() if f.column.role is Role.TARGET]
    for figure in row.values():
        alone = figure.column.role is Role.BASELINE and not goals
        if figure.column.role not in REPORTED and not alone:
            continue
        result = _result(grid, reading, figure, goals, left_out)
        twin = next((i for i, (_, other) in enumerate(found) if _same_result(other, result)), None)
        if twin is None:
            found.append((figure, result))
        elif found[twin][1].ratio is None:  # `6 tháng` and `đến thời điểm chốt`
            found[twin] = (figure, result)
    return found


def _same_result(one: Result, other: Result) -> bool:
    said, told = ((r.indicator, r.value, r.high, r.unit, r.period) for r in (one, other))
    return said == told


def _result(
    grid: Grid, reading: TableReading, figure: Figure, goals: list[Figure], left_out: list[LeftOut]
) -> Result:  # fmt: skip
    column, amount, name = figure.column, figure.amount, figure.line.name
    # `lũy kế kết nạp đảng viên` is no result of one year, though it is told for one
    if (column.running or amount.running) and figure.unit not in _SHARES:
        name = f"lũy kế {name}"
    qualifier = _QUALIFIERS.get(amount.bound or "") or ("about" if column.role is Role.ESTIMATE else None)
    ratio = amount.ratio if amount.ratio is not None else _ratio(grid, reading, figure, left_out)
    planned = amount.planned if amount.planned is not None else _planned(figure, goals, ratio)
    return Result(
        name, amount.low, amount.high, figure.unit, qualifier, figure.period, planned, ratio,
        (figure.start, figure.end), _confidence(reading, figure), "annex.result",
    )  # fmt: skip


def _planned(figure: Figure, goals: list[Figure], ratio: float | None) -> float | None:
    """The goal of the result's own period: of several the one its ratio is of, else the nearest to its left."""
    period = figure.period
    same = [
        g for g in goals
        if g.unit == figure.unit and g.amount.change is None and period is not None
        and (g.column.period == period or (g.column.is_term and g.column.by == period))
    ]  # fmt: skip
    value = 100 * figure.amount.low
    same = [g for g in same if ratio and g.amount.low and abs(value / g.amount.low - ratio) <= _NEAR] or same
    left = [g for g in same if g.column.column < figure.column.column]
    nearest = left[-1] if left else same[0] if same else None
    return nearest.amount.low if nearest is not None else None


def _ratio(grid: Grid, reading: TableReading, figure: Figure, left_out: list[LeftOut]) -> float | None:
    """The percentage of the plan that a column tells of this result."""
    line = figure.line
    for column in reading.columns:
        if column.role is not Role.RATIO or column.of != figure.column.column:
            continue
        said = grid.own(line.row, column.column)
        amount = amount_of(said)
        if isinstance(amount, Amount) and amount.high is None and amount.planned is None:
            more = 100.0 if amount.bound == "over" and "vượt" in said and not amount.beyond_plan else 0.0
            return amount.low + more
        cell = grid.cell(line.row, column.column)
        if cell is not None and isinstance(amount, Why) and amount is not Why.BLANK:
            left_out.append(LeftOut(line.row, column.column, grid.raw(line.row, column.column), amount.value,
                                    (cell.start, cell.end)))  # fmt: skip
    return None


def _confidence(reading: TableReading, figure: Figure) -> float:
    names = reading.columns[figure.line.column].confidence
    sure = min(names, figure.column.confidence, reading.confidence)
    doubt = (_DOUBT if figure.amount.loose else 0) + (_DOUBT if not figure.unit else 0)
    if figure.column.role in REPORTED and figure.column.period is None:
        doubt += _DOUBT
    return round(max(0.1, sure - doubt), 2)
