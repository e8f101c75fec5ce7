"""A workbook's bytes to its text: `draw(path, raw)` for XLSX, XLSM and XLS. Called by `sources.load`."""

from pathlib import Path

from nhiemky.sources.loaded import Drawn
from nhiemky.sources.sheet.grid import Budget, lay_out
from nhiemky.sources.sheet.xls import read_xls
from nhiemky.sources.sheet.xlsx import read_xlsx

__all__ = ["draw"]


def draw(path: Path, raw: bytes) -> Drawn:
    """The text of all sheets that are not hidden, with the cell of each word, tables and notes."""
    budget = Budget(path.name)
    read = read_xlsx if raw.startswith(b"PK") else read_xls
    sheets, notes = read(path, raw, budget)
    return lay_out(sheets, budget, notes)
