"""Which results a column of percentages is of: by the formula below its head, by its words, or by the figures."""

import re

import msgspec

from nhiemky.reading.annex.amounts import Amount, amount_of
from nhiemky.reading.annex.grid import Grid
from nhiemky.reading.annex.heads import NUMBERING, Top
from nhiemky.reading.annex.records import REPORTED, Column, Role

_FORMULA = re.compile(r"\(?(\w{1,2})\)?\s*=\s*\(?(\w{1,2})\)?\s*[/:]\s*\(?(\w{1,2})\)?(?:\s*[x*]\s*100\s*%?)?")
_ROUNDED = 0.6  # points of a percentage


def attached(grid: Grid, top: Top, body: range, columns: list[Column]) -> list[Column]:
    """Each ratio with the column of results it is of: by the formula below the head, its words, or the one before."""
    formulas = _formulas(grid, top)
    out: list[Column] = []
    for column in columns:
        if column.role not in (Role.RATIO, Role.COMPARISON):
            out.append(column)
            continue
        above, below = formulas.get(column.column, (None, None))
        if below is not None and above is not None and column.role is Role.RATIO:
            divisor = columns[below]
            if divisor.role in REPORTED:  # by the figures it is a comparison with an earlier period
                out.append(msgspec.structs.replace(column, role=Role.COMPARISON))
                continue
        of = above if above is not None and columns[above].role in REPORTED else _of(grid, body, column, columns)
        out.append(msgspec.structs.replace(column, of=of))
    return out


def _formulas(grid: Grid, top: Top) -> dict[int, tuple[int | None, int | None]]:
    """Column → the columns that `5=4/3` below its head divides."""
    if top.numbers is None:
        return {}
    cells = grid.filled(top.numbers)
    places = {found[1]: column for column, words in cells if (found := NUMBERING.fullmatch(words))}
    return {
        column: (places.get(found[2]), places.get(found[3]))
        for column, words in cells
        if (found := _FORMULA.fullmatch(words))
    }


def _of(grid: Grid, body: range, column: Column, columns: list[Column]) -> int | None:
    """The results a ratio without a formula is of: told by its words, by the figures, or the last ones before it."""
    left = [c for c in columns if c.role in REPORTED and c.column < column.column]
    latest = max((c.period[:4] for c in left if c.period), default="")
    left = [c for c in left if not c.period or c.period[:4] == latest]  # not those of the year before
    if not left:
        return next((c.column for c in columns if c.role in REPORTED), None)
    if "ước" in column.words or "uth" in column.words.split():
        left = [c for c in left if c.role is Role.ESTIMATE] or left
    fitting = {c.column: _fits(grid, body, column.column, c.column, columns) for c in left}
    return max(reversed(left), key=lambda c: fitting[c.column]).column


def _fits(grid: Grid, body: range, ratio: int, result: int, columns: list[Column]) -> int:
    """In how many rows a ratio is what results and some target make."""
    goals = [c.column for c in columns if c.role is Role.TARGET]
    count = 0
    for row in body:
        said, value, *plans = (amount_of(grid.words(row, c)) for c in (ratio, result, *goals))
        if isinstance(said, Amount) and isinstance(value, Amount):
            count += any(
                isinstance(p, Amount) and p.low > 0 and abs(100 * value.low / p.low - said.low) <= _ROUNDED
                for p in plans
            )
    return count
