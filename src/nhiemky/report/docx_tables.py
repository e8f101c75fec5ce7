"""Tables of a paper in Word: fixed widths, a header row that repeats, rows that stay whole. Only `docx.py` calls it."""

from collections.abc import Callable, Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from nhiemky.report import docx_styles as styles
from nhiemky.report.docx_xml import cell_margins, keep_whole, repeat_header, shade, table_borders
from nhiemky.report.paper import Line, Row, Table

WriteLine = Callable[[Any, Line], None]
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def bare_table(document: Document, widths: Sequence[float]) -> Any:
    """One row without lines, to set things side by side; widths in mm."""
    table = _table(document, 1, widths)
    table_borders(table, None)
    cell_margins(table, 0, 40)
    keep_whole(table.rows[0])
    return table


def data_table(document: Document, content: Table, write: WriteLine) -> None:
    widths = [column.width for column in content.columns]
    table = _table(document, 1 + len(content.rows), widths)
    table_borders(table, 4)
    cell_margins(table, 45, 55)
    rows = list(table.rows)  # asked once: python-docx walks the table anew for every index
    for cell, column in zip(rows[0].cells, content.columns, strict=True):
        paragraph = _paragraph(cell, "center")
        paragraph.add_run(column.title).bold = True
    repeat_header(rows[0])
    for made, row in zip(rows[1:], content.rows, strict=True):
        _fill(made, row, content, write)
    for made in rows:
        keep_whole(made)


def _fill(made: Any, row: Row, content: Table, write: WriteLine) -> None:
    cells = list(made.cells)
    if row.group:
        merged = cells[0].merge(cells[-1])
        paragraph = _paragraph(merged, "left")
        paragraph.paragraph_format.keep_with_next = True
        write(paragraph, row.cells[0])
        shade(merged._tc.get_or_add_tcPr(), "F4F4F4")
        return
    for cell, line, column in zip(cells, row.cells, content.columns, strict=True):
        write(_paragraph(cell, column.align), line)


def _paragraph(cell: Any, align: str) -> Any:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = styles.CELL
    paragraph.alignment = _ALIGN[align]
    return paragraph


def _table(document: Document, rows: int, widths: Sequence[float]) -> Any:
    table = document.add_table(rows, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table
