"""A ward with targets, its form of figures as a person fills it in, for the tests of what goes out and comes in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.register.builders import target, ward

from nhiemky.register.actors import Actor
from nhiemky.register.exchange import figures_template
from nhiemky.register.models import Organisation, Target

BODY = Actor("tram.y.te", "body")
OFFICE = Actor("chi.hoa", "office")
TERM = "2020-2025"
COLUMNS = {"number": "A", "name": "B", "unit": "C", "value": "G", "kind": "H", "as_of": "I", "note": "J"}


def four(name: str = "Đảng bộ phường Trúc Khê") -> tuple[Organisation, list[Target]]:
    of = ward(name)
    made = [
        target(of, "Thu ngân sách trên địa bàn", unit="tỷ đồng", low="31,2", field="Kinh tế", path={2022: "28,5"}),
        target(of, "Tỷ lệ bao phủ bảo hiểm y tế", unit="%", low="94,5", field="Văn hóa – xã hội"),
        target(of, "Hộ nghèo", direction="at_most", low=12, field="Văn hóa – xã hội"),
        target(of, "Kết nạp đảng viên", low=3, unit="đảng viên", field="Xây dựng Đảng"),
    ]
    return of, made


def form(of: Organisation, folder: Path, period: str = "2022", name: str = "bieu.xlsx") -> Path:
    path = folder / name
    path.write_bytes(figures_template(of, TERM, period))
    return path


def sheet_of(book: Workbook) -> Worksheet:
    held = book.worksheets[0]
    assert isinstance(held, Worksheet)
    return held


def row_of(sheet: Worksheet, one: Target) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet[f"B{row}"].value == one.name)


def fill(path: Path, figures: Mapping[Target, Any]) -> Path:
    """Values by target: a figure, or a mapping of columns to what is typed."""
    book = load_workbook(path)
    sheet = sheet_of(book)
    for one, said in figures.items():
        for column, value in (said if isinstance(said, Mapping) else {"value": said}).items():
            sheet[f"{COLUMNS[column]}{row_of(sheet, one)}"] = value
    book.save(path)
    return path
