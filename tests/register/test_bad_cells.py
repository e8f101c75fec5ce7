"""What stands wrong in a file, through every kind of file: an error that names the cell, and nothing is written."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import load_workbook
from tests.register.builders import CLERK, target
from tests.register.exchange import TERM, fill, form, four, row_of, sheet_of

from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange import export_targets, targets_workbook
from nhiemky.register.exchange.records import FileRefused
from nhiemky.register.models import Organisation, Target
from nhiemky.register.services import import_flat, import_targets, preview_figures, preview_targets
from nhiemky.register.services.places import BadTable, import_places

HEAD = ("organisation", "term", "number", "target", "period", "value", "unit", "as_of", "note")
LABELS = ("Tổ chức", "Nhiệm kỳ", "STT", "Chỉ tiêu", "Kỳ", "Số liệu", "ĐVT", "Tính đến ngày", "Ghi chú")
BODY = Actor("tram.y.te", "body")

# What is typed of the second target (a share), what the error says.
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a day that is none": ({"as_of": "31/02/2022"}, "ngày có thật"),
    "a period before the term": ({"period": "2020"}, "ngoài nhiệm kỳ 2020-2025"),
    "a period after the term": ({"period": "2026"}, "ngoài nhiệm kỳ 2020-2025"),
    "a unit of another kind": ({"unit": "tỷ đồng"}, "tỷ đồng"),
    "a count below zero": ({"number": 3, "unit": "hộ", "value": "-4"}, "không thể âm"),
    "1.500 that may be 1,5": ({"value": "1.500"}, "là 1500 hay 1,5"),
    "a formula for a figure": ({"value": "=SUM(A1:A9)"}, "SUM"),
    "a formula for a name": ({"organisation": "=A1"}, "công thức"),
    "a formula for a note": ({"note": '=HYPERLINK("a")'}, "công thức"),
}


def _row(of: Organisation, said: dict[str, Any]) -> dict[str, Any]:
    number = said.get("number", 2)
    name = Target.objects.get(organisation=of, number=number).name
    known = {"organisation": of.name, "term": TERM, "number": number, "target": name, "period": "2022"}
    return known | {"value": "91,5", "unit": "%", "as_of": "31/12/2022", "note": ""} | said


def _csv(of: Organisation, folder: Path, said: dict[str, Any]) -> Callable[[], Any]:
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows([LABELS, [_row(of, said)[key] for key in HEAD]])
    path = folder / "so.csv"
    path.write_text(held.getvalue(), encoding="utf-8")
    return lambda: import_flat(path, CLERK)


def _json(of: Organisation, folder: Path, said: dict[str, Any]) -> Callable[[], Any]:
    path = folder / "so.json"
    path.write_text(json.dumps([_row(of, said)], indent=1), encoding="utf-8")
    return lambda: import_flat(path, CLERK)


def _sheet(of: Organisation, folder: Path, said: dict[str, Any]) -> Callable[[], Any]:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    sheet.title = "Nhiều số"
    sheet.append(LABELS)
    sheet.append([_row(of, said)[key] for key in HEAD])
    book.save(folder / "so.xlsx")
    return lambda: import_flat(folder / "so.xlsx", CLERK)


FILES = {"csv": (_csv, "so.csv, dòng 2, {label}"), "json": (_json, "so.json, mục 1, {key}"),
         "xlsx": (_sheet, "so.xlsx, Nhiều số!{letter}2")}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "what"),
    # No program works out a text of JSON.
    [(kind, what) for kind in FILES for what in WRONG if kind != "json" or what[-4:] not in ("note", "name")],
)
def test_a_wrong_cell_of_a_flat_file(tmp_path: Path, kind: str, what: str) -> None:
    said, words = WRONG[what]
    of, _targets = four()
    write, place = FILES[kind]
    go, before = write(of, tmp_path, said), events.count()
    key = next(one for one in reversed(HEAD) if one in said and (one != "unit" or "value" not in said))
    where = place.format(key=key, label=LABELS[HEAD.index(key)], letter="ABCDEFGHI"[HEAD.index(key)])
    with pytest.raises(FileRefused, match=words) as raised:
        go()
    assert raised.value.message.startswith(where)
    assert events.count() == before


@pytest.mark.parametrize("what", [one for one in WRONG if "period" not in one and "name" not in one])
def test_a_wrong_cell_of_a_form(tmp_path: Path, what: str) -> None:
    """The period stands in the form's hidden keys."""
    said, words = WRONG[what]
    of, targets = four()
    one = targets[said.get("number", 2) - 1]
    typed = {key: value for key, value in said.items() if key != "number" and (key != "unit" or "value" not in said)}
    path = fill(form(of, tmp_path), {one: {"value": "91,5"} | typed})
    before = events.count()
    (line,) = preview_figures(path, CLERK).errors
    row = row_of(sheet_of(load_workbook(path)), one)
    letter = {"value": "G", "as_of": "I", "note": "J", "unit": "C"}[next(iter(typed))]
    assert str(line.place) == f"bieu.xlsx, Số liệu!{letter}{row}"
    assert words in line.message
    assert events.count() == before


AIMS: dict[str, tuple[str, Any, str]] = {
    "a day that is none": ("deadline", "31/02/2025", "ngày có thật"),
    "a unit of another kind": ("unit", "tỷ đồng", "“tỷ đồng” là số tiền"),
    "a count below zero": ("low", "-3", "không thể âm"),
    "a part of itself": ("whole", 4, "của chính nó"),
    "a formula": ("low", "=A1", "A1"),
    "a term too long": ("term", "2020-2031", "từ 1 đến 10 năm"),
    "a year far off": ("baseline_year", 2035, "từ 1945 đến 2025"),
}


@pytest.mark.parametrize("what", AIMS)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_wrong_cell_of_a_file_of_targets(tmp_path: Path, form: str, what: str) -> None:
    of, (*_others, members) = four()
    services.add_result(members.pk, BODY, period="2022", value=3)
    key, value, words = AIMS[what]
    path = tmp_path / f"chi-tieu.{form}"
    text = b"".join(export_targets([of], form, TERM)).decode("utf-8-sig")
    if form == "json":
        rows = json.loads(text)
        rows[3][key] = value
        path.write_text(json.dumps(rows), encoding="utf-8")
    else:
        table = list(csv.reader(io.StringIO(text), delimiter=";"))
        labels = {"deadline": "Thời hạn", "unit": "ĐVT", "low": "Mức", "whole": "Thuộc chỉ tiêu số",
                  "term": "Nhiệm kỳ", "baseline_year": "Năm đầu kỳ"}  # fmt: skip
        table[4][table[0].index(labels[key])] = str(value)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(table)
    before = events.count()
    seen = preview_targets(path, CLERK)
    (line,) = seen.errors
    assert str(line.place).startswith("chi-tieu.json, mục 4, " if form == "json" else "chi-tieu.csv, dòng 5, ")
    assert words in line.message
    with pytest.raises(FileRefused):
        import_targets(seen, CLERK)
    assert events.count() == before


def test_a_goal_that_may_be_a_thousand_or_a_decimal_is_asked_back(tmp_path: Path) -> None:
    of, (_budget, cover, _poor, _members) = four()
    path = tmp_path / "bang.xlsx"
    path.write_bytes(targets_workbook(of, TERM))
    book = load_workbook(path)
    sheet = sheet_of(book)
    row = next(row for row in range(1, 40) if sheet[f"C{row}"].value == cover.name)
    sheet[f"F{row}"] = "1.500"
    book.save(path)
    (line,) = preview_targets(path, CLERK).errors
    assert (line.place.cell, "là 1500 hay 1,5" in line.message) == (f"F{row}", True)
    with pytest.raises(ServiceError, match="là 1500 hay 1,5") as raised:
        services.add_path(cover.pk, CLERK, {2023: "1.500"})
    assert raised.value.field == "path"
    for unit, low in (("hộ", "1.500"), ("tỷ đồng", "1.500"), ("%", "94,5")):
        assert target(of, f"Chỉ tiêu {unit}", unit=unit, low=low).low is not None
    with pytest.raises(ServiceError, match="là 1500 hay 1,5"):
        target(of, "Tỷ lệ tăng", unit="%", low="1.500")


def test_a_formula_is_no_name_of_a_place() -> None:
    table = "level\tcode\tname\tparent\nprovince\t97\tTỉnh Trúc Khê\t\ncommune\t97001\t=A1\t97"
    with pytest.raises(BadTable) as raised:
        import_places(table, "tinh.tsv", Actor("quan.tri", "admin"))
    (fault,) = raised.value.faults
    assert str(fault).startswith("dòng 3, cột name")


def test_a_deadline_beyond_the_term_is_told_and_kept() -> None:
    of, _targets = four()
    made = target(of, "Trường đạt chuẩn", unit="trường", low=2, deadline="31/12/2030")
    assert any("31/12/2030 sau ngày cuối nhiệm kỳ 31/12/2025" in one for one in made.warnings)
