"""Annexes of a document → the panels on which a person confirms what their columns hold, and what such a form says.

Called by the Read views. A period is typed as people write it: `2023`, `6 tháng 2023`, `quý I/2023`.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhiemky.reading import annex
from nhiemky.reading.annex.grid import Grid
from nhiemky.reading.annex.records import VALUES, Column, Role, RowKind
from nhiemky.reading.annex.times import when_of
from nhiemky.reading.text import canon
from nhiemky.register.annexes import Annex, Roles, annex_at, facts_of
from nhiemky.ui.statuses import english, name
from nhiemky.values.figures import roman
from nhiemky.values.language import Unreadable, capital
from nhiemky.values.period import Period
from nhiemky.values.places import Place

SHOWN_ROWS = 5
SHOWN_LEFT_OUT = 20
UNSURE = 0.8
_HIDDEN_ROLES = (Role.TASK, Role.DOCUMENT, Role.PERSON, Role.HOLDER)  # of tables that are no annexes of figures
_TIMED = VALUES - {Role.REPLACED}
# why the reading leaves out a cell or a column, for the catalogue
LEFT_OUT = (
    gettext_noop("ô để trống"),
    gettext_noop("ô ghi tình trạng, không có con số"),
    gettext_noop("ô không có con số"),
    gettext_noop("ô ghi thời gian, không phải mức"),
    gettext_noop("ô có nhiều con số, không rõ số nào là mức"),
    gettext_noop("ô là câu văn dài"),
    gettext_noop("hàng cộng, không phải chỉ tiêu riêng"),
    gettext_noop("hàng ghi chú hoặc tên nhóm"),
    gettext_noop("hàng không có tên chỉ tiêu"),
    gettext_noop("so với kỳ trước: tính lại được từ hai kết quả"),
    gettext_noop("mục tiêu trước khi điều chỉnh, không còn dùng"),
    gettext_noop("chưa nhận ra cột này nói gì"),
)


@dataclass
class Asked:
    """The table that a person looks at: what was typed for it and what is wrong with that, by field."""

    key: str
    roles: Roles = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ColumnView:
    """A column: its head, what it was taken for and why; `role` and `period` as they stand in the form."""

    number: int
    head: str
    role: str
    period: str
    said: str
    unsure: bool
    role_error: str
    period_error: str


@dataclass(frozen=True)
class LeftOutView:
    where: str
    words: str
    why: str


@dataclass(frozen=True)
class TablePanel:
    key: str
    number: int
    title: str
    targets: int
    results: int
    by_hand: bool
    nothing: bool  # a person said that it is no annex
    confirmed: bool
    said_by: str
    said_at: datetime | None
    columns: tuple[ColumnView, ...]
    choices: tuple[tuple[str, str, bool], ...]  # role, its name, whether its figures have a time
    rows: tuple[tuple[str, ...], ...]
    more_rows: int
    left_out: tuple[LeftOutView, ...]
    more_left_out: int
    open: bool
    error: str


def panels(document: Any, annexes: list[Annex], asked: Asked | None) -> tuple[TablePanel, ...]:
    """A panel for each annex, open where a person looks at it, else the first that nobody has confirmed."""
    shown = list(annexes)
    if asked is not None and all(one.key != asked.key for one in shown):
        by_hand = annex_at(document, asked.key)
        shown += [by_hand] if by_hand is not None else []
    first = next((one.key for one in shown if not one.confirmed), "")
    opened = asked.key if asked is not None else first
    return tuple(_panel(document, one, asked if asked and asked.key == one.key else None, opened) for one in shown)


def row_kinds(annexes: Iterable[Annex]) -> dict[int, dict[int, str]]:
    """A table's number → what its rows were recognised as; the row of column numbers belongs to the head."""
    kinds: dict[int, dict[int, str]] = {}
    for one in annexes:
        if any(column.role in VALUES for column in one.reading.columns):
            rows = kinds.setdefault(one.number, {})
            rows.update({row.row: row.kind.value for row in one.reading.rows})
            rows.update(dict.fromkeys(one.reading.head, RowKind.HEAD.value))
    return kinds


def typed_roles(one: Annex, typed: Mapping[str, str]) -> Asked:
    """What a form says of each column; what cannot be read stands in `errors` at its field."""
    asked = Asked(one.key, typed=typed)
    kept = (one.said or {}).get("roles", {})
    for column in one.reading.columns:
        field_name, said = f"role-{column.column}", typed.get(f"role-{column.column}", column.role.value)
        try:
            role = Role(said)
        except ValueError:
            asked.errors[field_name] = _("Gặp “%(value)s”; hãy chọn một mục trong danh sách.") % {"value": said}
            continue
        words = " ".join(typed.get(f"period-{column.column}", _time(column)).split())
        period = kept.get(str(column.column), [None, None])[1]
        if role in _TIMED and words != _time(column):
            period = _period(words, asked, f"period-{column.column}")
        asked.roles[column.column] = (role, period)
    if not asked.errors and all(role is Role.UNKNOWN for role, _said in asked.roles.values()):
        asked.errors["roles"] = _(
            "Chưa chọn cột nào. Hãy chọn cột tên chỉ tiêu và cột số liệu, hoặc bấm “Không phải bảng chỉ tiêu”."
        )
    return asked


def _period(words: str, asked: Asked, at: str) -> str | None:
    """`6 tháng 2023` → `2023-H1`; an error at its field where no year is told."""
    with suppress(Unreadable):
        return str(Period.parse(words))
    when = when_of(canon(words))
    with suppress(Unreadable):
        if when.year is not None:
            return str(Period(when.year, when.part or None))
    asked.errors[at] = _("Gặp “%s”; cần kỳ của cột này, như 2023, 6 tháng 2023, quý I/2023.") % words
    return None


def _time(column: Column) -> str:
    """The time of a column as the form shows it: the year a goal runs to, else the period of its figures, in short."""
    if column.role is Role.TARGET and column.period is None:
        return column.by or ""
    if column.period is None or english():
        return column.period or ""
    found = Period.parse(column.period)
    part = found.part or ""
    if part.startswith("Q"):
        return f"quý {roman(int(part[1]))}/{found.year}"
    if part.startswith("M"):
        return f"tháng {int(part[1:])}/{found.year}"
    return {"": "{}", "H1": "6 tháng {}", "H2": "6 tháng cuối năm {}", "9M": "9 tháng {}"}[part].format(found.year)


def _panel(document: Any, one: Annex, asked: Asked | None, opened: str) -> TablePanel:
    facts = facts_of(document, one)
    grid = Grid(document.text, one.table)
    rows, more = _sample(grid, one)
    left_out = _left_out(grid, document, one)
    said = one.said or {}
    columns = tuple(_column(grid, one, column, asked) for column in one.reading.columns)
    used = {column.role for column in columns}
    errors = asked.errors if asked is not None else {}
    return TablePanel(
        key=one.key,
        number=one.number,
        title=_title(document, one),
        targets=len(facts["targets"]),
        results=len(facts["results"]),
        by_hand=one.found is None,
        nothing=bool(said) and all(column.role is Role.UNKNOWN for column in one.reading.columns),
        confirmed=one.confirmed,
        said_by=str(said.get("by", "")),
        said_at=parse_datetime(said["at"]) if said else None,
        columns=columns,
        choices=tuple(
            (role.value, _role_name(role), role in _TIMED) for role in Role if role not in _HIDDEN_ROLES or role in used
        ),
        rows=rows,
        more_rows=more,
        left_out=left_out[:SHOWN_LEFT_OUT],
        more_left_out=max(0, len(left_out) - SHOWN_LEFT_OUT),
        open=one.key == opened,
        error=errors.get("roles") or errors.get("", ""),
    )


def _title(document: Any, one: Annex) -> str:
    """`Bảng 2 · trang 3`, with the row it begins at where a table holds several annexes."""
    place = document.map.of(one.reading.span[0], one.reading.span[0] + 1)
    around = name(Place(page=place.page, sheet=place.sheet)) if place is not None else ""
    below = _("từ hàng %s") % (one.reading.first + 1) if one.reading.first else ""
    return " · ".join(filter(None, (_("Bảng %s") % one.number, around, below)))


def _role_name(role: Role) -> str:
    return _("không đọc cột này") if role is Role.UNKNOWN else name(role)


def _column(grid: Grid, one: Annex, column: Column, asked: Asked | None) -> ColumnView:
    number = column.column
    heads = dict.fromkeys(grid.raw(row, number) for row in one.reading.head)
    typed: Mapping[str, str] = asked.typed if asked is not None else {}
    errors: Mapping[str, str] = asked.errors if asked is not None else {}
    return ColumnView(
        number=number,
        head=" › ".join(words for words in heads if words) or capital(_("cột %s") % (number + 1)),
        role=typed.get(f"role-{number}", column.role.value),
        period=typed.get(f"period-{number}", _time(column)),
        said=column.said,
        unsure=column.confidence < UNSURE and column.role is not Role.UNKNOWN,
        role_error=errors.get(f"role-{number}", ""),
        period_error=errors.get(f"period-{number}", ""),
    )


def _sample(grid: Grid, one: Annex) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The first rows below the head that hold more than a group's name, and how many others there are."""
    first = one.reading.head[-1] + 1 if one.reading.head else one.reading.first
    filled = [row for row in range(first, one.reading.last + 1) if grid.filled(row)]
    shown = [row for row in filled if len(grid.filled(row)) > 2][:SHOWN_ROWS] or filled[:SHOWN_ROWS]
    cells = tuple(tuple(grid.raw(row, at) if grid.own(row, at) else "" for at in range(grid.columns)) for row in shown)
    return cells, len(filled) - len(shown)


def _left_out(grid: Grid, document: Any, one: Annex) -> tuple[LeftOutView, ...]:
    """Cells that give nothing by the roles as they are, after the columns that were left out and still are."""
    told = one.found.left_out if one.found is not None else ()
    before = {column.column: column.role for column in one.found.columns} if one.found is not None else {}
    same = {column.column for column in one.reading.columns if before.get(column.column) is column.role}
    columns = [left for left in told if left.row is None and left.column in same]
    cells = annex.facts_of(document.text, one.table, one.reading).left_out
    return tuple(
        LeftOutView(
            _("cả cột") if left.row is None else _("hàng %s") % (left.row + 1),
            grid.raw(one.reading.head[-1], left.column) if left.row is None else left.words,
            _(left.why),
        )
        for left in (*columns, *cells)
    )
