"""Targets of a term as an annex in XLSX, which is edited and taken in again, and as CSV and JSON.

Asked for by the commands and by services.imports_targets. A target that was dropped is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nhiemky.register.bodies import names_to_write
from nhiemky.register.exchange import look, plain
from nhiemky.register.exchange.columns import Column, columns
from nhiemky.register.exchange.keys import KeyRow, Keys, write_keys
from nhiemky.register.models import Organisation, Target
from nhiemky.register.models.targets import TargetState
from nhiemky.values.kinds import Direction, Kind, PeriodMeaning
from nhiemky.values.period import Term

NUMBERS = ("low", "high", "baseline")
FIXED = ("indicator", "polarity", "nature", "clause")  # said once, when a target is added
_SHEET = "Chỉ tiêu"
_BLANK = 20  # rows for targets to be added
_WORDS = {"direction": Direction, "meaning": PeriodMeaning}


def targets_of(organisation: Organisation, term: str) -> list[Target]:
    rows = Target.objects.filter(organisation=organisation, term=term).exclude(state=TargetState.DROPPED)
    return list(rows.select_related("indicator", "lead", "whole").prefetch_related("path").order_by("number"))


def said_by(target: Target) -> dict[str, Any]:
    """What a target says, in the register's unit; empty texts and unknown figures are None."""
    return {
        "number": target.number,
        "field": target.field or None,
        "name": " ".join(target.name.split()),
        "unit": target.unit or None,
        "direction": Direction(target.direction),
        **{name: plain.number_of(getattr(target, name)) for name in NUMBERS},
        "baseline_year": target.baseline_year,
        "meaning": PeriodMeaning(target.meaning),
        "deadline": target.deadline,
        "path": {step.year: plain.number_of(step.value) for step in target.path.all()},
        "step_like": target.step_like,
        "lead_body": target.lead_body or None,
        "coordinating_bodies": target.coordinating_bodies or None,
        "lead": target.lead.name if target.lead is not None else None,
        "whole": target.whole.number if target.whole is not None else None,
        "indicator": target.indicator.name,
        "polarity": target.indicator.polarity,
        "nature": target.indicator.nature or None,
        "clause": " ".join(target.clause.split()) or None,
    }


def as_text(value: Any) -> str:
    """A value as the hidden sheet keeps it and as two are compared."""
    if value is None or value is False:
        return ""
    if isinstance(value, Mapping):
        return " ".join(f"{year}={as_text(one)}" for year, one in sorted(value.items()) if one is not None)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def export_targets(organisations: Iterable[Organisation], form: str, term: str) -> Iterator[bytes]:
    """The targets of a term, a row each, as `csv` or `json`."""
    bodies = list(organisations)
    names = names_to_write(bodies)
    rows = (
        {"organisation": names[organisation.pk], "term": term, **said_by(target)}
        for organisation in bodies
        for target in targets_of(organisation, term)
    )
    if form == "json":
        return plain.to_json(rows)
    listed = columns("aims")
    return plain.to_csv(listed, {key: column.label for key, column in listed.items()}, map(_path_in_a_cell, rows))


def _path_in_a_cell(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "path": as_text(row["path"]).replace(".", ",")}


def targets_workbook(organisation: Organisation, term: str | Term) -> bytes:
    """The annex of a term: every target in its row, blank rows below for those to be added."""
    whole = term if isinstance(term, Term) else Term.parse(term)
    targets = targets_of(organisation, str(whole))
    listed = _columns(whole)
    book, sheet = look.workbook(_SHEET)
    how = (
        "Sửa ngay trong ô; chỉ tiêu mới ghi vào dòng trống cuối bảng. Điều chỉnh theo văn bản thì ghi ở trang Chỉ tiêu."
    )
    top = look.title(sheet, (organisation.name, f"BẢNG CHỈ TIÊU NHIỆM KỲ {whole}", how), len(listed) - 1)
    look.head(sheet, top, listed.values(), {f"path_{year}": f"Năm {year}" for year in whole.years})
    for at, target in enumerate(targets, top + 1):
        _put(sheet, at, listed, _shown(target))
    last = top + len(targets) + _BLANK
    for at in range(top + len(targets) + 1, last + 1):
        _put(sheet, at, listed, {})
    _rules(sheet, list(listed), top + 1, last)
    width = get_column_letter(len(listed))
    printed = top + len(targets) if targets else last
    look.page(sheet, top, f"{get_column_letter(len(listed) - 1)}{printed}", f"D{top + 1}")
    sheet.column_dimensions[width].hidden = True
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.sort = False
    rows = tuple(_key(target) for target in targets)
    write_keys(book, Keys("targets", organisation.pk, organisation.name, str(whole), rows=rows))
    return look.saved(book)


def _columns(term: Term) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for key, column in columns("targets").items():
        if key == "path":
            found |= {f"path_{year}": Column(f"path_{year}", f"Năm {year}", column.width, ()) for year in term.years}
        else:
            found[key] = column
    return found


def _shown(target: Target) -> dict[str, Any]:
    """A target as its row shows it: money in the unit that its figures are short in."""
    said = said_by(target)
    path = said["path"]
    unit, factor = look.shown_unit(
        target.unit, (target.low, target.high, target.baseline, *map(_decimal, path.values()))
    )
    figures = {name: said[name] for name in NUMBERS} | {f"path_{year}": value for year, value in path.items()}
    shown = {name: None if value is None else look.number(Decimal(value) / factor) for name, value in figures.items()}
    return {**said, **shown, "unit": unit, "id": target.pk}


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _put(sheet: Worksheet, at: int, listed: Mapping[str, Column], said: Mapping[str, Any]) -> None:
    for column, key in enumerate(listed, 1):
        value = said.get(key)
        form = _form(key)
        look.put(sheet, at, column, value.label if isinstance(value, Kind) else value, form=form, open_=key != "id")
    lines = max(look.lines_of(str(said.get(key) or ""), listed[key].width) for key in ("name", "field", "lead_body"))
    sheet.row_dimensions[at].height = max(20, 15 * lines + 4)


def _form(key: str) -> str:
    if key in NUMBERS or key.startswith("path_"):
        return look.WHOLE
    if key == "id":
        return ";;;"  # some programs print what stands beside the paper's edge
    return look.DAY if key == "deadline" else look.ORDINAL if key in ("number", "baseline_year") else ""


def _rules(sheet: Worksheet, keys: list[str], first: int, last: int) -> None:
    """Drop-downs, days and figures, as Excel checks them while a person types."""
    for at, key in enumerate(keys, 1):
        area = f"{get_column_letter(at)}{first}:{get_column_letter(at)}{last}"
        rule: dict[str, Any] = {}
        if key in _WORDS:
            listed = ",".join(kind.label for kind in _WORDS[key])
            rule = {"type": "list", "formula1": f'"{listed}"', "error": f"Cần một trong: {listed}."}
        elif key == "deadline":
            rule = {"type": "date", "operator": "greaterThan", "formula1": "DATE(1945,1,1)"}
            rule["error"] = "Cần một ngày có thật, dạng 30/06/2023."
        elif key in ("number", "baseline_year"):
            rule = {"type": "whole", "operator": "between", "formula1": "1", "formula2": "9999"}
            rule["error"] = "Cần một số nguyên."
        elif _form(key) == look.WHOLE:
            rule = {"type": "decimal", "operator": "between", "formula1": "-1E+17", "formula2": "1E+17"}
            rule["error"] = "Cần một số, không có chữ."
            look.with_decimals(sheet, area, f"{get_column_letter(at)}{first}")
        if rule:
            held = DataValidation(allow_blank=True, showErrorMessage=True, errorTitle="Chỉ tiêu", **rule)
            held.add(area)
            sheet.add_data_validation(held)


def _key(target: Target) -> KeyRow:
    held = {name: as_text(value) for name, value in said_by(target).items()}
    return KeyRow(target.pk, target.number, target.name, target.unit, target.version, held)
