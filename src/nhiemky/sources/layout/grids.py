"""Ruled lines of a page → the grids they draw: cells with their place, merged ones once. Called by `tables`."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

Rule = tuple[float, float, float]  # at, start, end

_NEAR = 3.0  # points: between lines that are one, and from a line's end to the line it meets
_OPEN = 15.0  # how far rules reach beyond the last upright before a column is taken to lie there
_MOST_CELLS = 20_000  # graph paper has more
_MOST = 800  # rules in one direction; a table of a page has dozens, the hatching of a chart thousands


class GridCell(Struct, frozen=True):
    """A cell at (`row`, `column`) that covers `rows` × `columns`; its box is in points."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


class Grid(Struct, frozen=True):
    """`xs` and `ys` bound its columns and rows; cells go row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def grids_of(across: Iterable[Rule], down: Iterable[Rule]) -> list[Grid]:
    """The grids of at least two columns that rules draw, top down."""
    level, upright = _merged(across), _merged(down)
    if len(level) > _MOST or len(upright) > _MOST:
        return []
    met = _meeting(level, upright)
    found = [_grid([level[i] for i in one], [upright[i] for i in other]) for one, other in met]
    return sorted((grid for grid in found if grid is not None), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one height that touch are one: Word draws each cell's border by itself."""
    lanes: list[list[Rule]] = []
    for rule in sorted(rules):
        if lanes and rule[0] - lanes[-1][-1][0] <= _NEAR / 2 and rule[0] - lanes[-1][0][0] <= _NEAR:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    merged: list[Rule] = []
    for lane in lanes:
        at = sum(rule[0] for rule in lane) / len(lane)
        start, end = None, 0.0
        for _, first, last in sorted(lane, key=lambda rule: rule[1]):
            if start is None:
                start, end = first, last
            elif first <= end + _NEAR:
                end = max(end, last)
            else:
                merged.append((at, start, end))
                start, end = first, last
        if start is not None:
            merged.append((at, start, end))
    return merged


def _meeting(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[int], list[int]]]:
    """Groups of rules that meet one another, as indices of both kinds."""
    group = list(range(len(level) + len(upright)))

    def root(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    for i, (y, left, right) in enumerate(level):
        for j, (x, top, bottom) in enumerate(upright):
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                group[root(i)] = root(len(level) + j)
    gathered: dict[int, tuple[list[int], list[int]]] = {}
    for one in range(len(group)):
        rows, columns = gathered.setdefault(root(one), ([], []))
        (rows if one < len(level) else columns).append(one if one < len(level) else one - len(level))
    return [(rows, columns) for rows, columns in gathered.values() if len(rows) >= 2 and columns]


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    xs, ys = _places(rule[0] for rule in upright), _places(rule[0] for rule in level)
    left, right = min(rule[1] for rule in level), max(rule[2] for rule in level)
    # tables open at the sides: the outer columns are bounded by the ends of the level rules
    if left < xs[0] - _OPEN:
        xs.insert(0, left)
    if right > xs[-1] + _OPEN:
        xs.append(right)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, level, upright)))


def _places(found: Iterable[float]) -> list[float]:
    """Distances without those that are nearly one (the two lines of a double border)."""
    places: list[float] = []
    for one in sorted(found):
        if not places or one - places[-1] > _NEAR:
            places.append(one)
    return places


def _cells(xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]) -> Iterable[GridCell]:
    columns, rows = len(xs) - 1, len(ys) - 1
    walls = [[_drawn(upright, xs[j], (y0 + y1) / 2) for j in range(columns + 1)] for y0, y1 in pairwise(ys)]
    floors = [[_drawn(level, y, (x0 + x1) / 2) for x0, x1 in pairwise(xs)] for y in ys]
    taken = [[False] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            if taken[i][j]:
                continue
            wide = 1
            while j + wide < columns and not walls[i][j + wide] and not taken[i][j + wide]:
                wide += 1
            tall = 1
            while i + tall < rows and _goes_on(i + tall, j, wide, walls, floors, taken):
                tall += 1
            for y in range(i, i + tall):
                taken[y][j : j + wide] = [True] * wide
            yield GridCell(i, j, tall, wide, xs[j], ys[i], xs[j + wide], ys[i + tall])


def _goes_on(
    row: int, column: int, wide: int, walls: list[list[bool]], floors: list[list[bool]], taken: list[list[bool]]
) -> bool:
    """Whether a cell of that width reaches into `row`: no line above it there and none within."""
    span = range(column, column + wide)
    if any(floors[row][j] or taken[row][j] for j in span):
        return False
    if any(walls[row][j] for j in range(column + 1, column + wide)):
        return False
    ends = column + wide
    return ends == len(walls[row]) - 1 or walls[row][ends]


def _drawn(rules: list[Rule], at: float, through: float) -> bool:
    return any(abs(rule[0] - at) <= _NEAR and rule[1] - _NEAR <= through <= rule[2] + _NEAR for rule in rules)
