"""How sheets look: fonts with Vietnamese letters, heads, input cells, figures, page set-up. For all that write one."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from nhiemky.register.exchange.columns import Column
from nhiemky.register.units import parse_unit
from nhiemky.values.figures import decimals, exact, figure

FONT = "Times New Roman"  # what papers are written in (Nghị định 30/2020/NĐ-CP, phụ lục I); on every office's machine
WHOLE, BROKEN, DAY = "#,##0", "#,##0.0#####", "dd/mm/yyyy"  # Excel shows them as the machine is set: 1.234,5
ORDINAL = "0"
_INK, _BRAND, _HEAD, _GROUP, _INPUT = "1F2328", "9B1C1C", "F3F0EB", "FAF8F5", "FFF9DB"
_EDGE = Border(*(Side(style="thin", color="BFB8AD"),) * 4)
_OPEN = Protection(locked=False)
_DIGITS = 15
_SCALES = ((Decimal(10**9), "tỷ"), (Decimal(10**6), "triệu"))


def workbook(title: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = title
    book.properties.creator, book.properties.title = "nhiemky", title
    return book, sheet


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def title(sheet: Worksheet, lines: Sequence[str], width: int) -> int:
    """The body, the title and a line on how to fill it in, over the table; the number of the next row."""
    styles = ((12, False, _INK), (15, True, _BRAND), (11, False, _INK))
    for at, (said, (size, bold, colour)) in enumerate(zip(lines, styles, strict=True), 1):
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
        cell = sheet.cell(at, 1, said)
        cell.font = Font(name=FONT, size=size, bold=bold, italic=at == len(lines), color=colour)
        cell.alignment = Alignment(horizontal="left" if at == 1 else "center", vertical="center", wrap_text=True)
        sheet.row_dimensions[at].height = 34 if at == len(lines) else 24
    return len(lines) + 2


def head(sheet: Worksheet, row: int, columns: Iterable[Column], labels: dict[str, str] | None = None) -> None:
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(row, at, (labels or {}).get(column.key, column.label))
        cell.font = Font(name=FONT, size=11, bold=True, color=_INK)
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.border = _EDGE
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.row_dimensions[row].height = 34


def group(sheet: Worksheet, row: int, said: str, width: int) -> None:
    """The heading of a field across the table."""
    for at in range(1, width + 1):
        cell = sheet.cell(row, at)
        cell.fill, cell.border = PatternFill("solid", fgColor=_GROUP), _EDGE
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    cell = sheet.cell(row, 1, said)
    cell.font = Font(name=FONT, size=11, bold=True, color=_BRAND)
    cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[row].height = 20


def put(sheet: Worksheet, row: int, at: int, value: Any, *, form: str = "", open_: bool = False) -> None:
    """One cell: words to the left, figures to the right, days in the middle; an open one has a ground of its own."""
    cell = sheet.cell(row, at)
    text = isinstance(value, str) and not form
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # what begins with = is a word, no formula
    cell.font = Font(name=FONT, size=11, color=_INK)
    cell.border = _EDGE
    side = "left" if text or form == "@" else "center" if form in (DAY, ORDINAL) else "right"
    words = text or form == "@"
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=words, indent=int(side != "center"))
    if form:
        cell.number_format = form
    if open_:
        cell.protection, cell.fill = _OPEN, PatternFill("solid", fgColor=_INPUT)


def with_decimals(sheet: Worksheet, area: str, first: str) -> None:
    """Figures of an area show their decimals only where they have any: 5 is not shown as `5,`, nor 3,5 as 4."""
    style = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=BROKEN))
    rule = Rule(type="expression", dxf=style, formula=[f"AND(ISNUMBER({first}),{first}<>INT({first}))"])
    sheet.conditional_formatting.add(area, rule)


def page(sheet: Worksheet, head_row: int, last: str, freeze: str) -> None:
    """A4 across, as wide as the paper, the head repeated, numbered pages; the head and the names stay in sight."""
    sheet.freeze_panes = freeze
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.print_area = f"A1:{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.6
    sheet.oddFooter = HeaderFooterItem(right=_HeaderFooterPart("Trang &P/&N", size=9))
    sheet.sheet_view.showGridLines = False


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column; Excel does not grow a row for what a program wrote."""
    return max(1, -(-len(text) // max(1, width - 2)))


def shown_unit(unit: str, values: Iterable[Decimal | None]) -> tuple[str, Decimal]:
    """What figures of a target are written in: money in tỷ or triệu đồng where all of them stay short; the factor."""
    known = [abs(value) for value in values if value]
    if parse_unit(unit).kind == "money" and unit.startswith("đồng") and known:
        for size, name in _SCALES:
            if max(known) >= size and all(decimals(value / size) <= 3 for value in known):
                return f"{name} {unit}", size
    return unit, Decimal(1)


def number(value: Decimal | None) -> int | float | str | None:
    """As a sheet holds it; one with more digits than Excel's fifteen stays a text, so that none is lost."""
    if value is None:
        return None
    plain = exact(value)
    if exact(float(plain)) != plain or len(plain.normalize().as_tuple().digits) > _DIGITS:
        return figure(plain)
    return int(plain) if plain == plain.to_integral_value() else float(plain)
