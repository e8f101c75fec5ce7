"""What each column of an annex's table holds: roles by the words of its head, checked against the cells below."""

import itertools
import re
from collections.abc import Iterable

from nhiemky.reading.annex.amounts import is_figure
from nhiemky.reading.annex.dating import Spoken, dated
from nhiemky.reading.annex.grid import Grid
from nhiemky.reading.annex.heads import Top, levels_of
from nhiemky.reading.annex.ratios import attached
from nhiemky.reading.annex.records import REPORTED, VALUES, Column, Role, Setting
from nhiemky.reading.annex.roles import head_of
from nhiemky.reading.annex.times import When, when_of
from nhiemky.reading.annex.units import unit_of

_INDEX = re.compile(r"(?:\d{1,3}|[ivxlc]+|[a-zđ])[.)]?")


def columns_of(grid: Grid, top: Top, body: range, setting: Setting) -> tuple[Column, ...] | None:
    """Every column with its role; None where the table is none of targets and results."""
    found: list[Spoken] = []
    for column in range(grid.columns):
        levels = levels_of(grid, top, column)
        found.append(Spoken(head_of(levels), when_of(" ".join(levels)), " › ".join(levels)))
    if any(spoken.head.role in (Role.PERSON, Role.DOCUMENT) for spoken in found):
        return None
    shares = [_share(grid, body, column) for column in range(grid.columns)]
    roles = _checked(grid, body, found, shares)
    if Role.HOLDER in roles or Role.INDICATOR not in roles:
        return None
    roles = [_of_year(role, spoken.when, setting, roles) for role, spoken in zip(roles, found, strict=True)]
    columns = attached(grid, top, body, dated(roles, found, setting))
    return tuple(columns) if any(c.role in VALUES and shares[c.column] > 0 for c in columns) else None


def _share(grid: Grid, body: range, column: int) -> float:
    """How many of the cells that say something hold a figure."""
    told = [words for row in body if (words := grid.own(row, column))]
    return sum(map(is_figure, told)) / len(told) if told else 0.0


def _checked(grid: Grid, body: range, found: list[Spoken], shares: list[float]) -> list[Role]:
    """Roles by words, put right where the cells below say otherwise: `Chỉ tiêu` over figures, `Đơn vị` over bodies."""
    roles = [spoken.head.role for spoken in found]
    for column, role in enumerate(roles):
        if role is Role.UNIT and _is_of_bodies(grid, body, column):
            roles[column] = Role.HOLDER if found[column].head.said == "đơn vị" else Role.LEAD
        elif role is Role.ASSESSMENT and shares[column] > 0.5:
            roles[column] = Role.RATIO
        elif role is Role.UNKNOWN and _is_of_numbers(grid, body, column):
            roles[column] = Role.INDEX
    names = [c for c, role in enumerate(roles) if role is Role.INDICATOR]
    texts = [c for c in range(grid.columns) if _is_of_names(grid, body, c, shares[c])]
    if not any(c in texts for c in names):  # `Mục tiêu` over names, or no head at all
        if Role.TASK in roles and Role.TARGET not in roles:
            return roles  # what is to be done, not what is to be reached
        open_ = [c for c in texts if roles[c] in (Role.TARGET, Role.FIELD, Role.TASK, Role.UNKNOWN)]
        named = [c for c in open_ if roles[c] is not Role.UNKNOWN] or open_
        if named:
            roles[named[0]] = Role.INDICATOR
            names = [*names, named[0]]
    for column in names:
        if column not in texts and shares[column] > 0.5:
            roles[column] = Role.TARGET  # `Nội dung | Chỉ tiêu`
    return _one_name_each(grid, body, roles)


def _one_name_each(grid: Grid, body: range, roles: list[Role]) -> list[Role]:
    """Of two columns of names side by side (`Lĩnh vực | Chỉ tiêu`) the one that differs most from row to row names."""
    names = [c for c, role in enumerate(roles) if role is Role.INDICATOR]
    for left, right in itertools.pairwise(names):
        if any(roles[c] in VALUES for c in range(left + 1, right)):
            continue  # two tables
        kinds = {c: len({grid.words(row, c) for row in body}) for c in (left, right)}
        roles[left if kinds[right] >= kinds[left] else right] = Role.FIELD
    return roles


def _is_of_names(grid: Grid, body: range, column: int, share: float) -> bool:
    told = [words for row in body if (words := grid.own(row, column))]
    long = sum(len(words.split()) > 1 and not unit_of(words) for words in told)
    return bool(told) and share < 0.5 and long >= 0.5 * len(told)


def _is_of_numbers(grid: Grid, body: range, column: int) -> bool:
    """1, 2, 3 or I, 1, a down a column without a head."""
    told = [words for row in body if (words := grid.own(row, column))]
    return bool(told) and all(_INDEX.fullmatch(words) for words in told) and told[0] in ("1", "i", "a", "1.", "i.")


def _is_of_bodies(grid: Grid, body: range, column: int) -> bool:
    """Whether a column headed `Đơn vị` names bodies: its cells are several words and no known units."""
    told = [words for row in body if (words := grid.own(row, column))]
    return bool(told) and sum(unit_of(words) is None and len(words.split()) > 1 for words in told) > 0.5 * len(told)


def _of_year(role: Role, when: When, setting: Setting, roles: Iterable[Role]) -> Role:
    """A head that is only a year: a result beside targets or under such a title, else a target still to be reached."""
    if role is not Role.UNKNOWN or not when.is_said:
        return role
    return Role.RESULT if set(roles) & {Role.TARGET, *REPORTED} or setting.reports else Role.TARGET
