"""Whatever a person does to the cells of a form: it is entered as typed, or told by cell; never a traceback."""

import shutil
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from tests.register.exchange import BODY, form, four, row_of, sheet_of

from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange.records import FileRefused, Preview
from nhiemky.register.models import Organisation, Result, Target
from nhiemky.register.services import import_figures, preview_figures
from nhiemky.values.figures import exact, parse_figure

_CACHE: dict[str, Any] = {}
_FIGURES = some.one_of(
    some.integers(-(10**6), 10**12),
    some.floats(-1e6, 1e9, allow_nan=False).map(lambda value: round(value, 8)),
    some.decimals(-100, 10**6, places=3).map(lambda value: str(value).replace(".", ",")),
)
_WORDS = some.sampled_from(
    ("", "  ", "1.500", "1,5", "31/02/2022", "=A1", "=1/0", "không có", "#REF!", "ước", "official", "9-10", "12%", "-")
)
_LETTERS = some.text(some.characters(exclude_categories=("Cc", "Cs")), max_size=8)
_TYPED = some.one_of(_FIGURES, _WORDS, some.booleans(), some.dates(date(1950, 1, 1)), _LETTERS)
# Rows 7 to 13 hold the targets (7, 9, 10, 12) and the headings of their fields.
_CELL = some.one_of(
    some.tuples(some.just("G"), some.sampled_from((7, 9, 10, 12)), some.one_of(_FIGURES, _TYPED)),
    some.tuples(some.sampled_from("GHIJ"), some.integers(6, 14), _TYPED),
    some.tuples(some.sampled_from("ABCDEFGHIJK"), some.integers(3, 16), _TYPED),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(_CELL, min_size=1, max_size=4))
def test_any_cells_may_be_changed(changes: list[tuple[str, int, Any]]) -> None:
    _of, targets = _world()
    Result.objects.all().delete()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bieu.xlsx"
        shutil.copy(_CACHE["form"], path)
        typed = _change(path, changes)
        try:
            seen = preview_figures(path, BODY)
        except FileRefused as error:  # the head was overwritten
            told = str(error)
        else:
            told = ""
            _as_typed_or_told(seen, path, typed, targets)
        assert not told or told.startswith("bieu.xlsx")


def _as_typed_or_told(seen: Preview, path: Path, typed: dict[int, Decimal | None], targets: list[Target]) -> None:
    errors = {line.place.cell: line.message for line in seen.errors}
    assert all(cell and message for cell, message in errors.items())
    if errors:
        with pytest.raises(ServiceError):
            import_figures(seen, BODY)
        assert not Result.objects.exists()
        return
    import_figures(seen, BODY)
    stored = {one.target_id: one.value for one in Result.objects.all()}
    for target in targets:
        value, factor = typed[target.pk], 10**9 if "tỷ" in _CACHE["unit"][target.pk] else 1
        kept = None if value is None else round(value, 6) * factor  # six decimals of what was typed, see checks.number
        assert stored.get(target.pk) == kept, (target.name, value)
    assert preview_figures(path, BODY).empty


def _world() -> tuple[Organisation, list[Target]]:
    """The form is made once; each test of the database begins anew, so that the rows are made again by their keys."""
    held = Organisation.objects.first()
    if held is None:
        of, targets = four()
        folder = Path(tempfile.mkdtemp())
        _CACHE["form"] = form(of, folder)
        sheet = sheet_of(load_workbook(_CACHE["form"]))
        _CACHE["unit"] = {one.pk: str(sheet[f"C{row_of(sheet, one)}"].value) for one in targets}
        return of, targets
    return held, list(Target.objects.order_by("number"))


def _change(path: Path, changes: list[tuple[str, int, Any]]) -> dict[int, Decimal | None]:
    """The file changed; what then stands in each target's cell of figures, read without the code under test."""
    book = load_workbook(path)
    sheet = sheet_of(book)
    for column, row, value in changes:
        cell = sheet[f"{column}{row}"]
        if type(cell).__name__ != "MergedCell":
            try:
                cell.value = value
            except ValueError:  # letters that no sheet may hold
                continue
    book.save(path)
    rows = {str(sheet[f"B{row}"].value): sheet[f"G{row}"].value for row in range(6, sheet.max_row + 1)}
    return {one.pk: _plain(rows.get(one.name)) for one in Target.objects.all()}


def _plain(value: Any) -> Decimal | None:
    if value is None or not str(value).strip() or isinstance(value, bool | date):
        return None
    try:
        return parse_figure(value) if isinstance(value, str) else exact(value)
    except ValueError:
        return None
