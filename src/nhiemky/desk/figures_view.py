"""The form of a body's figures of one period, and what a person has typed into it → the rows of the grid, and the
figures that `services.enter_figures` takes: only what differs from what the report holds. Called by its view."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.desk import amounts
from nhiemky.desk.board_view import goal_words, short_period
from nhiemky.register.exchange import Form, FormRow
from nhiemky.register.services import Entry
from nhiemky.ui.statuses import name
from nhiemky.values.figures import figure
from nhiemky.values.kinds import ResultKind
from nhiemky.values.period import Period, Term

KINDS = (ResultKind.OFFICIAL, ResultKind.ESTIMATE)
_FIELDS = ("value", "kind", "note")


@dataclass(frozen=True)
class GridRow:
    """One target: what is known beside the three inputs, and what the check says of what was typed."""

    key: int
    number: int
    name: str
    field: str
    unit: str
    goal: str
    planned: str
    before: str
    standing: str  # the approved figure of this period, where the report has none
    value: str
    kind: str
    note: str
    error: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    form: Form
    rows: tuple[GridRow, ...]

    @property
    def version(self) -> int:
        return self.form.held.version if self.form.held is not None else 0

    @property
    def state(self) -> str:
        """draft, submitted or returned; empty where nothing was begun."""
        return str(self.form.held.state) if self.form.held is not None else ""

    @property
    def filled(self) -> int:
        return sum(bool(row.value) for row in self.rows)

    @property
    def errors(self) -> int:
        return sum(bool(row.error) for row in self.rows)

    @property
    def doubts(self) -> int:
        return sum(bool(row.warnings) for row in self.rows)


def grid_of(form: Form, typed: Mapping[str, str] | None = None, entry: Entry | None = None) -> Grid:
    """`typed`: the inputs as they were sent (`value-12`); without them what the report holds."""
    return Grid(form, tuple(_row(row, form, typed, entry) for row in form.rows))


def changes(form: Form, typed: Mapping[str, str]) -> dict[int, dict[str, Any]]:
    """What was typed otherwise than the report has it, by target; an emptied value takes its figure out."""
    found: dict[int, dict[str, Any]] = {}
    as_of = typed.get("as_of", "").strip()
    for row in form.rows:
        said, held = _typed(row.target.pk, typed), _held(row, form)
        if said == held and not (as_of and said["value"]):
            continue
        if not said["value"]:
            if held["value"]:
                found[row.target.pk] = {"value": ""}
            continue
        own = row.held.as_of if row.held is not None and _reported(row, form) else None
        found[row.target.pk] = {**said, "unit": row.unit, "as_of": as_of or own}
    return found


def periods_of(term: str, today: date) -> tuple[str, ...]:
    """The periods that people report most, those that have begun, newest first."""
    parts = ("", "9M", "H1")
    every = [Period(year, part or None) for year in Term.parse(term).years for part in parts]
    return tuple(str(one) for one in sorted((one for one in every if one.start <= today), reverse=True))


def _row(row: FormRow, form: Form, typed: Mapping[str, str] | None, entry: Entry | None) -> GridRow:
    target, said = row.target, _held(row, form) if typed is None else _typed(row.target.pk, typed)
    error = entry.errors.get(target.pk) if entry is not None else None
    before = ""
    if row.before is not None:
        period, value = row.before
        before = f"{figure(value / row.factor)} ({short_period(period)})"
    standing = row.held is not None and not _reported(row, form)
    return GridRow(
        target.pk,
        target.number,
        target.name,
        target.field,
        row.unit,
        goal_words(target),
        amounts.full(row.planned, target.unit) if row.planned is not None else "",
        before,
        figure(row.held.value / row.factor) if standing and row.held is not None else "",
        said["value"],
        said["kind"],
        said["note"],
        error.message if error is not None else "",
        entry.warnings.get(target.pk, ()) if entry is not None else (),
    )


def _reported(row: FormRow, form: Form) -> bool:
    """Whether the figure of the row is the report's own, not the one approved before it."""
    return row.held is not None and form.held is not None and row.held.submission_id == form.held.pk


def _held(row: FormRow, form: Form) -> dict[str, str]:
    if row.held is None or not _reported(row, form):
        return {"value": "", "kind": ResultKind.OFFICIAL.value, "note": ""}
    return {"value": figure(row.held.value / row.factor), "kind": row.held.kind, "note": row.held.note}


def _typed(key: int, typed: Mapping[str, str]) -> dict[str, str]:
    said = {field: typed.get(f"{field}-{key}", "").strip() for field in _FIELDS}
    return {**said, "kind": said["kind"] or ResultKind.OFFICIAL.value}


def kind_choices() -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, name(kind)) for kind in KINDS)


def tally(grid: Grid) -> str:
    """`Đã nhập 7 / 12 chỉ tiêu · 1 lỗi · 2 điều cần xem`."""
    parts = [_("Đã nhập %(n)s / %(all)s chỉ tiêu") % {"n": grid.filled, "all": len(grid.rows)}]
    if grid.errors:
        parts.append(ngettext("%(n)s lỗi", "%(n)s lỗi", grid.errors) % {"n": grid.errors})
    if grid.doubts:
        parts.append(_("%s chỗ cần xem lại") % grid.doubts)
    return " · ".join(parts)
