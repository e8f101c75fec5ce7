"""A board as a workbook: the living table, each target with its years and verdict, and beside it the same figures as
flat rows, which can be taken in again. Read only; asked for by the commands."""

from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nhiemky.assess.target import Point
from nhiemky.register.board import Board, BoardRow
from nhiemky.register.exchange import flat, look
from nhiemky.register.exchange.columns import Column
from nhiemky.values.figures import day, exact, field_title, goal_text, roman
from nhiemky.values.kinds import YEARLY, VerdictStatus

_SHEET = "Bảng chỉ tiêu"
_BEFORE = (("number", "STT", 6), ("name", "Chỉ tiêu", 38), ("unit", "ĐVT", 12), ("goal", "Mục tiêu", 16))
_AFTER = (
    ("latest", "Mới nhất", 13),
    ("period", "Kỳ của số mới nhất", 15),
    ("as_of", "Đến ngày", 12),
    ("status", "Đánh giá", 15),
    ("why", "Vì sao", 46),
    ("lead", "Chủ trì", 18),
)


def board_workbook(board: Board) -> bytes:
    """The table in the order of the annex, under its fields, with the sum line; then every figure in force."""
    listed = [Column(key, label, width, ()) for key, label, width in _BEFORE]
    listed += [Column(f"year_{year}", f"Năm {year}", 11, ()) for year in board.term.years]
    listed += [Column(key, label, width, ()) for key, label, width in _AFTER]
    book, sheet = look.workbook(_SHEET)
    lines = (
        board.organisation.name,
        f"KẾT QUẢ CHỈ TIÊU NHIỆM KỲ {board.term}",
        f"Xét đến {day(board.today)}. {_sum(board)}",
    )
    top = look.title(sheet, lines, len(listed))
    look.head(sheet, top, listed)
    at = top + 1
    for number, (name, rows) in enumerate(board.fields, 1):
        if name:
            look.group(sheet, at, f"{roman(number)}. {field_title(name)}", len(listed))
            at += 1
        for row in rows:
            _put(sheet, at, listed, row)
            at += 1
    last = max(top, at - 1)
    if last > top:
        first, end = (get_column_letter(number) for number in (5, 5 + len(board.term.years)))
        look.with_decimals(sheet, f"{first}{top + 1}:{end}{last}", f"{first}{top + 1}")
    look.page(sheet, top, f"{get_column_letter(len(listed))}{last}", f"C{top + 1}")
    flat.add_sheet(book, flat.figures_of([board.organisation], str(board.term)))
    return look.saved(book)


def _put(sheet: Worksheet, at: int, listed: list[Column], row: BoardRow) -> None:
    said = _said(row)
    for number, column in enumerate(listed, 1):
        value = said.get(column.key)
        form = look.DAY if column.key == "as_of" else look.ORDINAL if column.key == "number" else ""
        if not form and isinstance(value, int | float):
            form = look.WHOLE
        look.put(sheet, at, number, value, form=form)
    lines = max(look.lines_of(str(said.get(one.key) or ""), one.width) for one in listed if one.key in ("name", "why"))
    sheet.row_dimensions[at].height = max(20, 15 * lines + 4)


def _said(row: BoardRow) -> dict[str, Any]:
    """A row as the board shows it; money in the unit that its figures are short in."""
    target, latest = row.target, row.latest
    told = [exact(one.value) for one in row.by_year.values() if one is not None]
    unit, factor = look.shown_unit(target.unit, (target.low, target.high, *told))
    low, high = (None if one is None else one / factor for one in (target.low, target.high))
    said: dict[str, Any] = {"number": target.number, "name": target.name, "unit": unit, "lead": target.lead_body}
    said["goal"] = goal_text(target.direction, low, high, unit, yearly=target.meaning in YEARLY)
    said |= {f"year_{year}": _figure(one, factor) for year, one in row.by_year.items()}
    if latest is not None:
        said |= {"latest": _figure(latest, factor), "as_of": latest.as_of}
        said["period"] = latest.period.label
    return said | {"status": row.verdict.label, "why": row.verdict.text}


def _figure(one: Point | None, factor: Decimal) -> Any:
    return None if one is None else look.number(exact(one.value) / factor)


def _sum(board: Board) -> str:
    """`12 chỉ tiêu: 3 đã đạt, 8 đúng lộ trình, 1 nguy cơ không đạt.`"""
    told = [f"{number} {VerdictStatus(status).label.lower()}" for status, number in board.counts.items() if number]
    return f"{len(board.rows)} chỉ tiêu" + (f": {', '.join(told)}." if told else ".")
