"""XLS (Excel 97 to 2003) to sheets, by xlrd, the reader that also gives number formats, fonts and what is hidden.

Called by `draw`.
"""

import io
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as XlsSheet

from nhiemky.sources.loaded import SourceError
from nhiemky.sources.mend import converted
from nhiemky.sources.sheet.grid import Budget, Sheet, Spot
from nhiemky.sources.sheet.words import Run, words_of

MOST = 16 * 1024 * 1024  # bytes; the old format packs blank cells so tightly that a larger file may take gigabytes
_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
_LAST_COLUMN = 256


def read_xls(path: Path, raw: bytes, budget: Budget) -> tuple[list[Sheet], list[str]]:
    """The sheets that a person sees and notes on the file. Raises `SourceError`, or what the reader stumbles over."""
    if len(raw) > MOST:
        raise SourceError(
            f"{path.name}: tệp .xls {len(raw) // 1024**2} MB, chỉ đọc đến {MOST // 1024**2} MB. "
            "Hãy lưu ra .xlsx hoặc tách tệp."
        )
    try:
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except XLRDError as error:
        if "encrypted" in str(error):
            raise SourceError(f"{path.name}: tệp Excel có mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi đọc lại.") from error
        raise
    notes = ["Tệp có macro: chỉ đọc số liệu, không chạy macro."] if _MACROS in raw else []
    sheets = []
    for found in book.sheets():
        if found.visibility:
            notes.append(f"Trang tính “{found.name}” đang ẩn, không đọc.")
            continue
        sheets.append(_sheet(found, book, budget, notes))
    return sheets, notes


def _sheet(found: XlsSheet, book: Book, budget: Budget, notes: list[str]) -> Sheet:
    sheet = Sheet(found.name)
    sheet.merged = [(top, left, below - 1, right - 1) for top, below, left, right in found.merged_cells]
    sheet.hidden_rows = {row for row, info in found.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_columns = {
        column
        for column, info in found.colinfo_map.items()
        if column < _LAST_COLUMN and (info.hidden or not info.width)
    }
    for row in range(found.nrows):
        for column, cell in enumerate(found.row(row)):
            budget.take("ô")
            words = _words(sheet, found, (row, column), cell, book, notes)
            if words:
                budget.take_words(words)
                sheet.cells[row, column] = words
    return sheet


def _words(sheet: Sheet, found: XlsSheet, spot: Spot, cell: Cell, book: Book, notes: list[str]) -> str:
    style, value = book.xf_list[cell.xf_index or 0], cell.value
    if isinstance(value, str):
        words, encoding = words_of(_runs(found, spot, value, book), book.font_list[style.font_index].name)
        if encoding is not None and (note := converted(encoding)) not in notes:
            notes.append(note)
        return words
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        code = book.format_map[style.format_key].format_str
        return sheet.number(spot, value, code, from_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        error = xlrd.error_text_from_code.get(int(value), "#?")
        sheet.broken.append((spot, error))
        return error
    return ""


def _runs(found: XlsSheet, spot: Spot, text: str, book: Book) -> list[Run]:
    """A cell's letters in the fonts that they are drawn in."""
    marks = [(0, None), *((at, book.font_list[font].name) for at, font in found.rich_text_runlist_map.get(spot, ()))]
    ends = [*(at for at, _ in marks[1:]), len(text)]
    return [(text[at:end], font) for (at, font), end in zip(marks, ends, strict=True)]
