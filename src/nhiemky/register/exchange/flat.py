"""Figures as flat rows, one a target and period: what is in force out to CSV, JSON and XLSX, such files back to rows.

`export_figures` is asked for by the commands, `flat_rows` by services.imports_flat.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nhiemky.register.bodies import names_to_write
from nhiemky.register.exchange import look, plain
from nhiemky.register.exchange.columns import columns
from nhiemky.register.exchange.records import Row
from nhiemky.register.exchange.rows import rows_of
from nhiemky.register.models import Organisation, Result
from nhiemky.register.models.results import ResultState
from nhiemky.values.kinds import Qualifier, ResultKind
from nhiemky.values.period import Period

NEEDED = ("organisation", "target", "period", "value")
_COLUMNS = columns("flat")


def export_figures(organisations: Iterable[Organisation], form: str, term: str = "") -> Iterator[bytes]:
    """The figures in force of these bodies, in the order of their names: `csv` or `json`, piece by piece."""
    rows = figures_of(organisations, term)
    if form == "json":
        return plain.to_json(rows)
    return plain.to_csv(_COLUMNS, {key: column.label for key, column in _COLUMNS.items()}, rows)


def figures_of(organisations: Iterable[Organisation], term: str = "") -> Iterator[dict[str, Any]]:
    """A row for each target and period: approved, in force, an official figure before an estimate, no forecast."""
    bodies = list(organisations)
    names = names_to_write(bodies)
    for organisation in bodies:
        held = Result.objects.filter(target__organisation=organisation, state=ResultState.APPROVED)
        held = held.filter(target__term=term) if term else held
        rows = list(held.exclude(kind=ResultKind.FORECAST).select_related("target").order_by("as_of", "pk"))
        replaced = {one.supersedes_id for one in rows}
        best: dict[tuple[str, int, str], Result] = {}
        for one in sorted(rows, key=lambda one: one.kind == ResultKind.OFFICIAL):
            if one.pk not in replaced and one.target is not None:
                best[one.target.term, one.target.number, one.period] = one
        for key in sorted(best, key=lambda key: (key[0], key[1], Period.parse(key[2]))):
            yield _row(names[organisation.pk], best[key])


def flat_rows(path: Path) -> Iterator[Row]:
    """The rows of a file of figures, read as they are asked for."""
    return rows_of(path, "flat", NEEDED)


def add_sheet(book: Workbook, rows: Iterable[dict[str, Any]]) -> None:
    """The same rows as a sheet of a workbook, which can be imported again."""
    sheet = book.create_sheet("Số liệu")
    look.head(sheet, 1, _COLUMNS.values())
    at = 1
    for at, row in enumerate(rows, 2):
        for column, (key, value) in enumerate(row.items(), 1):
            shown, number_format = _cell(key, value)
            look.put(sheet, at, column, shown, form=number_format)
    _finish(sheet, at)


def _finish(sheet: Worksheet, last: int) -> None:
    width = get_column_letter(len(_COLUMNS))
    sheet.auto_filter.ref = f"A1:{width}{last}"
    look.page(sheet, 1, f"{width}{last}", "A2")
    if last > 1:
        look.with_decimals(sheet, f"F2:G{last}", "F2")


def _cell(key: str, value: Any) -> tuple[Any, str]:
    if key in ("value", "high", "planned", "ratio") and value is not None:
        return look.number(value), look.WHOLE
    if key == "as_of":
        return value, look.DAY
    if key == "running_total":
        return "có" if value else None, ""
    return getattr(value, "label", value), look.ORDINAL if key == "number" else ""


def _row(organisation: str, one: Result) -> dict[str, Any]:
    target = one.target
    if target is None:
        raise TypeError("a flat row is of a target")
    return {
        "organisation": organisation,
        "term": target.term,
        "number": target.number,
        "target": " ".join(target.name.split()),
        "period": one.period,
        "value": plain.number_of(one.value),
        "high": plain.number_of(one.high),
        "unit": one.unit,
        "qualifier": Qualifier(one.qualifier) if one.qualifier else None,
        "planned": plain.number_of(one.planned),
        "ratio": plain.number_of(one.ratio),
        "running_total": one.running_total,
        "kind": ResultKind(one.kind),
        "as_of": one.as_of,
        "note": " ".join(one.note.split()),
    }
