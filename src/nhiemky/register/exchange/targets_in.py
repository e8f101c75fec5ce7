"""A file of targets, the annex in XLSX or rows in CSV or JSON → rows of what each target is to say, in the register's
unit, with the faults of single cells. Called by services.imports_targets."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.register import checks
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange import cells, plain
from nhiemky.register.exchange.keys import Keys
from nhiemky.register.exchange.records import Row, refused
from nhiemky.register.exchange.rows import rows_of_text
from nhiemky.register.exchange.targets import NUMBERS
from nhiemky.register.exchange.typed_cells import day_of, plain_figure, text_of, whole_of, word_of
from nhiemky.register.folding import fold
from nhiemky.register.units import parse_unit
from nhiemky.values.kinds import Direction, PeriodMeaning

SHEET_NEEDED = ("number", "name", "unit", "direction", "low", "high", "meaning", "deadline")
FILE_NEEDED = ("organisation", "term", "number", "name", "direction")
_STEP = re.compile(r"(\d{4})\s*=\s*([^\s=]+)")
_TEXTS = {"field": 200, "name": 400, "lead_body": 200, "coordinating_bodies": 400, "lead": 200, "indicator": 300}
_YES = ("co", "x", "true", "1", "yes")


@dataclass(frozen=True)
class TargetsFile:
    """`keys`: of an annex that the register wrote; None where each row names its body and term."""

    file: str
    sha256: str
    keys: Keys | None
    rows: tuple[Row, ...]


def read_targets(path: Path) -> TargetsFile:
    """Every row as typed; FileRefused where the file is none of ours."""
    if not zipfile.is_zipfile(path):
        return TargetsFile(path.name, cells.digest(path), None, tuple(rows_of_text(path, "aims", FILE_NEEDED)))
    with cells.opened(path) as book:
        keys = cells.keys_of(book, path.name)
        if keys is None or keys.kind != "targets":
            words = _("Không phải bảng chỉ tiêu do sổ xuất ra, hoặc trang khóa ẩn đã mất. Hãy xuất bảng mới.")
            raise refused(path.name, words)
        head = cells.only_head(book, "targets", SHEET_NEEDED, path.name)
        rows = tuple(row for row in cells.rows_under(book, head, path.name) if _is_filled(row))
    return TargetsFile(path.name, cells.digest(path), keys, rows)


def said_in(row: Row) -> dict[str, Any]:
    """What a row says of its target, of the columns that the file has; ServiceError names the column."""
    said, has = row.said, row.cells.keys()
    unit = parse_unit(text_of(said.get("unit"), "unit", 60))
    found: dict[str, Any] = {"unit": unit.name or None}
    found |= {key: text_of(said.get(key), key, limit) or None for key, limit in _TEXTS.items() if key in has}
    found |= {key: _based(plain_figure(said.get(key), key, unit.name), unit.factor) for key in NUMBERS if key in has}
    found |= {key: whole_of(said.get(key), key) for key in ("number", "baseline_year", "whole") if key in has}
    found["direction"] = word_of(said.get("direction"), "direction", Direction)
    found["meaning"] = word_of(said.get("meaning"), "meaning", PeriodMeaning, PeriodMeaning.BY_DEADLINE)
    if not found["direction"]:
        raise ServiceError("direction", _("Chưa có yêu cầu. Hãy chọn một trong danh sách."))
    if "deadline" in has:
        found["deadline"] = day_of(said.get("deadline"), "deadline")
    if "step_like" in has:
        value = said.get("step_like")
        found["step_like"] = value if isinstance(value, bool) else fold(text_of(value, "step_like")) in _YES
    if "path" in has or any(key.startswith("path_") for key in has):
        found["path"] = {year: _based(value, unit.factor) for year, value in _path(row, unit.name).items()}
    for key in ("polarity", "nature", "clause"):
        if key in has:
            found[key] = text_of(said.get(key), key, 20_000) or None
    return found


def _path(row: Row, unit: str) -> Mapping[int, Decimal | None]:
    """The figure of each year: a column a year, a cell `2021=28,5 2022=30`, or an object of JSON."""
    years = [key for key in row.cells if key.startswith("path_")]
    if years:
        return {int(key[5:]): plain_figure(row.said.get(key), key, unit) for key in years}
    said = row.said.get("path")
    if isinstance(said, Mapping):
        return _figures(((str(year), value) for year, value in said.items()), unit)
    text = text_of(said, "path", 2_000)
    if text and _STEP.sub("", text).strip():
        words = _("Gặp “%s”; cần năm và mức như 2021=28,5 2022=30. Hãy ghi lại.")
        raise ServiceError("path", words % text[:80])
    return _figures(_STEP.findall(text), unit)


def _figures(steps: Iterable[tuple[str, Any]], unit: str) -> dict[int, Decimal | None]:
    def figure(value: Any) -> Decimal | None:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return plain_figure(Decimal(value) if whole else value, "path", unit)

    return {checks.whole_number(year, "path", 1, 9999): figure(value) for year, value in steps}


def _based(value: Decimal | None, factor: int) -> Decimal | int | None:
    return plain.number_of(None if value is None else round(value * factor, 6))


def _is_filled(row: Row) -> bool:
    """A row with a code alone is a target whose other cells were cleared: that is said, not passed over."""
    return any(value is not None for value in row.said.values())
