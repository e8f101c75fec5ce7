"""A workbook that a person has filled in → its sheets' cells as typed, its head found by its words, its hidden keys.

What stands in a cell is never guessed: a formula, an error of Excel's, a day where a figure belongs are told by cell.
"""

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange.columns import columns, head_of, names
from nhiemky.register.exchange.keys import SHEET, Keys, KeysBroken, read_keys
from nhiemky.register.exchange.records import Fault, FileRefused, Place, Row, refused
from nhiemky.sources.archive import open_zip
from nhiemky.sources.loaded import SourceError
from nhiemky.values.figures import exact

LARGEST = 64 * 1024 * 1024  # bytes, as for any file that is read
# What openpyxl raises on a sheet that is cut short or not as the standard says; sheets are read while they are walked.
_READING = (zipfile.BadZipFile, SyntaxError, LookupError, ValueError, TypeError, AttributeError, EOFError, OSError)
_PLAIN = (".csv", ".tsv", ".json", ".jsonl")
_FORM, _FLAT = ("name", "unit", "value", "kind", "as_of"), ("organisation", "target", "period", "value")
_ROWS = 5_000  # of a template: the longest annex has some hundreds
_YEAR = re.compile(r"(?:nam|lo trinh|lo trinh nam|ke hoach nam) (\d{4})")
_HEAD_WITHIN = 30  # rows from the top


@dataclass(frozen=True)
class Formula:
    """What a formula says; its value is whatever the last machine worked out."""

    text: str


@dataclass(frozen=True)
class Broken:
    """An error that Excel shows: #N/A, #REF!."""

    text: str


@dataclass(frozen=True)
class Percent:
    """A figure that the cell shows as a percentage: 0,918 is shown, and was typed, as 91,8%."""

    value: Decimal


@dataclass(frozen=True)
class Head:
    """Where a sheet's table begins and which column is which."""

    sheet: str
    row: int
    at: dict[str, int]  # column's key → number from 1
    unknown: dict[int, str]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kind_of_file(path: Path) -> Literal["figures", "targets", "flat", "other"]:
    """Which of ours the file is: a form, an annex, flat rows. A form without its hidden sheet is one still;
    anything else is to be read."""
    if not zipfile.is_zipfile(path):
        return "flat" if path.suffix.lower() in _PLAIN else "other"
    try:
        with opened(path) as book:
            keys = keys_of(book, path.name, lenient=True)
            if keys is not None:
                return "targets" if keys.kind == "targets" else "figures"
            if _is_whole(heads(book, "flat", _FLAT), _FLAT):
                return "flat"
            return "figures" if _is_whole(heads(book, "figures", _FORM), _FORM) else "other"
    except ServiceError:
        return "other"


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """The workbook, read row by row; FileRefused for what is none, too large, locked or a bomb."""
    if path.stat().st_size > LARGEST:
        raise refused(path.name, _("Tệp lớn hơn 64 MB. Hãy tách thành nhiều tệp."))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl does not keep; nothing is saved again
        try:
            with open_zip(path, raw := path.read_bytes()):
                book = load_workbook(io.BytesIO(raw), read_only=True)
        except SourceError as error:
            raise refused(path.name, str(error).removeprefix(f"{path.name}: ")) from error
        except Exception as error:  # on broken bytes the reader raises whatever it stumbles over
            raise refused(path.name, damaged()) from error
        try:
            yield book
        except (ServiceError, SourceError):
            raise
        except _READING as error:
            raise refused(path.name, damaged()) from error
        finally:
            book.close()


def damaged() -> str:
    return _("Tệp hỏng hoặc không phải tệp Excel (.xlsx). Hãy mở bằng Excel, lưu lại rồi nhập lại.")


def keys_of(book: Workbook, file: str, *, lenient: bool = False) -> Keys | None:
    """What the hidden sheet says; None where there is none. Broken ones are refused, or none where one only asks."""
    if SHEET not in book.sheetnames:
        return None
    try:
        keys = read_keys(tuple(cell for cell in row) for row in book[SHEET].iter_rows(values_only=True))
    except KeysBroken as error:
        if lenient:
            return Keys("figures", 0, "", "")
        said = _("Trang khóa ẩn của biểu đã bị sửa. Hãy xuất biểu mới rồi chép số liệu sang.")
        raise refused(file, said) from error
    return keys


def heads(book: Workbook, kind: str, needed: tuple[str, ...]) -> list[Head]:
    """The head of each sheet that has one: the first row that names most of the needed columns."""
    found = []
    for name in book.sheetnames:
        if name == SHEET:
            continue
        best: Head | None = None
        for row, cells in _rows(book, name, _HEAD_WITHIN):
            head = _head(name, row, cells, kind)
            if head is not None and (best is None or _known(head, needed) > _known(best, needed)):
                best = head
        if best is not None and 2 * _known(best, needed) > len(needed):
            found.append(best)
    return found


def only_head(book: Workbook, kind: str, needed: tuple[str, ...], file: str) -> Head:
    """The one sheet with the table, whatever it is called; each column that is missing is told."""
    found = heads(book, kind, needed)
    if not found:
        listed = " · ".join(columns(kind)[key].label for key in needed)
        raise refused(
            file, _("Không thấy hàng tiêu đề của biểu (%s). Hãy xuất biểu mới rồi chép số liệu sang.") % listed
        )
    if len(found) > 1:
        named = ", ".join(f"“{head.sheet}”" for head in found)
        raise refused(file, _("Có nhiều trang cùng dạng biểu: %s. Hãy giữ lại một trang rồi nhập lại.") % named)
    head = found[0]
    missing = [columns(kind)[key].label for key in needed if key not in head.at]
    if missing:
        odd = ", ".join(f"{get_column_letter(at)}{head.row} “{said}”" for at, said in head.unknown.items())
        words = _("Thiếu cột “%(missing)s” ở hàng tiêu đề %(row)s; tiêu đề lạ: %(odd)s. Hãy ghi lại tiêu đề như biểu.")
        said = {"missing": "”, “".join(missing), "row": head.row, "odd": odd or "–"}
        place = Place(file, head.sheet, head.row, f"{get_column_letter(next(iter(head.unknown), 1))}{head.row}")
        raise FileRefused((Fault(place, words % said),))
    return head


def rows_under(book: Workbook, head: Head, file: str, most: int = _ROWS) -> Iterator[Row]:
    """The rows below the head in which anything stands under a known column."""
    for number, cells in _rows(book, head.sheet):
        if number <= head.row:
            continue
        if number > head.row + most:
            raise refused(file, _("Biểu có quá %s dòng. Hãy xóa các dòng trống thừa hoặc tách tệp.") % most)
        said = {key: value_of(cells[at - 1]) for key, at in head.at.items() if at <= len(cells)}
        if any(value is not None for value in said.values()):
            places = {key: f"{get_column_letter(at)}{number}" for key, at in head.at.items()}
            yield Row(Place(file, head.sheet, number), said, places)


def value_of(cell: Any) -> Any:
    """What stands in a cell: None, text, Decimal, date, bool, or what is no figure of its own."""
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type == "f":
        return Formula(value if isinstance(value, str) else "=…")
    if cell.data_type == "e":
        return Broken(str(value))
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _figure(value, str(cell.number_format or ""))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date | str):
        return value
    return str(value)


def _figure(value: int | float, form: str) -> Any:
    found = exact(value)
    if not found.is_finite():
        return Broken(str(value))
    return Percent(exact(float(found * 100))) if "%" in form.split(";")[0] else found


def _rows(book: Workbook, name: str, most: int = 0) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet = book[name]
    if not hasattr(sheet, "reset_dimensions"):  # a sheet of charts
        return
    sheet.reset_dimensions()  # as told by the file it may be short of what is there
    yield from enumerate(sheet.iter_rows(max_row=most or None), 1)


def _head(sheet: str, row: int, cells: tuple[Any, ...], kind: str) -> Head | None:
    known = names(kind)
    at: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for column, cell in enumerate(cells, 1):
        said = cell.value
        if not isinstance(said, str) or not said.strip():
            continue
        key = key_of(said, known)
        if key is None or key in at:
            unknown[column] = said.strip()[:60]
        else:
            at[key] = column
    return Head(sheet, row, at, unknown) if at else None


def key_of(said: str, known: dict[str, str]) -> str | None:
    """The column that a head names: as known, or as known with more behind it (`Lộ trình năm 2022`)."""
    folded = head_of(said)
    if folded in known:
        return known[folded]
    if (year := _YEAR.fullmatch(folded)) is not None and "path" in known.values():
        return f"path_{year[1]}"
    longer = [head for head in known if folded.startswith(f"{head} ") and len(head) > 4]
    return known[max(longer, key=len)] if longer else None


def _is_whole(found: list[Head], needed: tuple[str, ...]) -> bool:
    return any(_known(head, needed) == len(needed) for head in found)


def _known(head: Head, needed: tuple[str, ...]) -> int:
    return sum(key in head.at for key in needed)
