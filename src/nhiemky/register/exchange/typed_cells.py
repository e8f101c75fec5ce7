"""Cells as typed → what services take: figures, days, words of a list, texts; a CellError says what is wrong with one.

Called by everything that reads a template or a flat file.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.register import checks
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange.cells import Broken, Formula, Percent
from nhiemky.register.folding import fold
from nhiemky.register.units import parse_unit
from nhiemky.values.figures import day, decimals, exact, figure
from nhiemky.values.figures import parse_figure as parsed
from nhiemky.values.kinds import Kind
from nhiemky.values.language import Unreadable, is_english

_KEPT = 6  # decimals that the register keeps


class CellError(ServiceError):
    """What stands in a cell cannot be taken; `field` is its column."""


def refuse_worked_out(value: Any, column: str) -> None:
    if isinstance(value, Formula):
        words = _("Gặp công thức “%s”; cần giá trị. Hãy chép ô rồi dán giá trị (Paste Special → Values).")
        raise CellError(column, words % value.text[:80])
    if isinstance(value, Broken):
        raise CellError(column, _("Gặp lỗi “%s” của Excel; cần giá trị. Hãy sửa lại ô.") % value.text)


def figure_of(value: Any, column: str, unit: str) -> Any:
    """A figure for a service: a Decimal, text that it parses (and asks back where `1.500` may be 1,5), None: empty."""
    if value is None:
        return None
    refuse_worked_out(value, column)
    if isinstance(value, bool | date):
        said = day(value) if isinstance(value, date) else str(value).upper()
        words = _("Gặp “%s”; cần một số như 1.234,5. Hãy nhập lại (Excel đổi 3/12 thành ngày).")
        raise CellError(column, words % said)
    if isinstance(value, Percent):
        if parse_unit(unit).kind != "percent" or "‰" in unit:
            words = _("Gặp %(found)s%%; chỉ tiêu tính bằng “%(unit)s”. Hãy nhập số theo đơn vị ấy.")
            raise CellError(column, words % {"found": figure(value.value), "unit": unit})
        value = value.value
    found = _parsed(value, column)
    if found is not None and decimals(found) > _KEPT:
        words = _("Gặp %(found)s, có %(n)s số lẻ; sổ giữ 6 số lẻ và không tự làm tròn. Hãy làm tròn rồi nhập.")
        raise CellError(column, words % {"found": figure(found), "n": decimals(found)})
    return value if isinstance(value, str) and value.strip() else found


def plain_figure(value: Any, column: str, unit: str) -> Decimal | None:
    """The same as a Decimal."""
    found = figure_of(value, column, unit)
    return _parsed(found, column)


def day_of(value: Any, column: str) -> date | None:
    refuse_worked_out(value, column)
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        return checks.real_day(value.strip(), column)
    said = figure(value) if isinstance(value, Decimal) else str(getattr(value, "value", value))
    raise CellError(column, _("Gặp “%s”; cần một ngày, dạng 30/06/2023. Hãy nhập lại.") % said)


def word_of(value: Any, column: str, kinds: type[Kind], default: str = "") -> str:
    """One of a list, by its Vietnamese name, its English one or its key."""
    refuse_worked_out(value, column)
    if value is None:
        return default
    said = fold(text_of(value, column))
    if not said:
        return default
    known = _names_of(kinds)
    if said not in known:
        english = is_english(get_language())
        listed = ", ".join(kind.english if english else kind.label for kind in kinds)
        raise CellError(column, _("Gặp “%(found)s”; cần một trong: %(names)s.") % {"found": value, "names": listed})
    return known[said]


@cache
def _names_of(kinds: type[Kind]) -> Mapping[str, str]:
    return {fold(name): str(kind.value) for kind in kinds for name in (str(kind.value), kind.label, kind.english)}


def text_of(value: Any, column: str, limit: int = 600) -> str:
    """A text in one line; a figure or a day as it is written."""
    if value is None:
        return ""
    refuse_worked_out(value, column)
    if isinstance(value, Percent):
        value = f"{figure(value.value)}%"
    elif isinstance(value, date):
        value = day(value)
    elif isinstance(value, Decimal):
        value = figure(value)
    return checks.short(value, column, limit)


def whole_of(value: Any, column: str) -> int | None:
    """A number without decimals: an ordinal, a year."""
    refuse_worked_out(value, column)
    if value is None:
        return None
    return checks.whole_number(value if isinstance(value, str | Decimal) else str(value), column, 1, 9999)


def _parsed(value: Any, column: str) -> Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    if isinstance(value, int | float):
        return exact(value)
    if not str(value).strip():
        return None
    try:
        return parsed(str(value))
    except Unreadable as error:
        raise CellError(column, error.sentence(get_language())) from error
