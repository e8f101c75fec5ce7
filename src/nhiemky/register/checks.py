"""Checks of figures before they enter the register: errors stop (ServiceError), warnings are told and kept.

Every message says what was found, what was expected and what to do. Called by services only.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.register.errors import ServiceError
from nhiemky.register.units import agree, parse_unit, to_base
from nhiemky.values.figures import day, exact, figure, parse_day, parse_figure, with_unit
from nhiemky.values.language import Unreadable, capital, is_english, name_in
from nhiemky.values.period import Period, Term

Read = TypeVar("Read")
_LIMIT = Decimal(10) ** 17
_DIGITS = 15  # that SQLite keeps of a figure: both stores hold what was told, or it is refused
_LONGEST = 20_000
# PostgreSQL keeps no NUL, neither store half a surrogate; a page shows none of them.
_UNKEPT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_NEVER_NEGATIVE = ("count", "area", "length", "weight")


def needed(value: Any, field: str) -> Decimal:
    found = number(value, field)
    if found is None:
        raise ServiceError(field, _("Chưa có số; cần một số như 1.234,5. Hãy nhập rồi gửi lại."))
    return found


def number(value: Any, field: str) -> Decimal | None:
    """A figure from a form ("1.234,5"), a reading or a file (a number); six decimals are kept."""
    if value is None or value == "":
        return None
    found = exact(value) if isinstance(value, Decimal | float | int) else _read(parse_figure, value, field)
    if not found.is_finite() or abs(found) >= _LIMIT:
        raise ServiceError(field, _("Gặp “%s”; cần một số có dưới 18 chữ số. Hãy xem lại nguồn.") % value)
    return round(found, 6)


def in_base(value: Decimal, unit: str, field: str) -> Decimal:
    """The figure in the register's unit, with six decimals or as many as fifteen digits leave."""
    found = to_base(value, unit)[0]
    kept = round(found, min(6, max(0, _DIGITS - 1 - found.adjusted()))) + 0
    if abs(kept) >= 10 * _LIMIT or len(kept.normalize().as_tuple().digits) > _DIGITS:
        words = _("Gặp %(found)s; sổ giữ không quá %(most)s chữ số có nghĩa. Hãy xem lại số và đơn vị.")
        raise ServiceError(field, words % {"found": with_unit(value, unit), "most": _DIGITS})
    return kept


def share(value: Any, field: str) -> Decimal | None:
    """A percentage of something, which may be far above a hundred."""
    found = number(value, field)
    if found is not None and abs(found) >= 10**10:
        raise ServiceError(field, _("Gặp “%s”; cần một tỷ lệ %% hợp lý. Hãy xem lại nguồn.") % value)
    return None if found is None else round(found, 4)


def period(value: Any, field: str = "period") -> Period:
    """A period as written in the register: 2023, 2023-H1, 2023-Q2, 2023-M06, 2023-9M."""
    return value if isinstance(value, Period) else _read(Period.parse, value, field)


def term(value: Any, field: str = "term") -> Term:
    return value if isinstance(value, Term) else _read(Term.parse, value, field)


def real_day(value: Any, field: str) -> date:
    """A day as typed: 27/03/2023."""
    return value if isinstance(value, date) else _read(parse_day, value, field)


def one_of(value: Any, names: dict[str, str], field: str) -> str:
    """The value if it is one of the names; the error lists them, with their labels for who reads Vietnamese."""
    if str(value) not in names:
        bare = is_english(get_language())  # the names are English words
        listed = ", ".join(key if bare else f"{key} ({label})" for key, label in names.items())
        raise ServiceError(field, _("Gặp “%(found)s”; cần một trong: %(names)s.") % {"found": value, "names": listed})
    return str(value)


def plain(value: Any, field: str) -> str:
    """Text as the register keeps it: one form of Unicode, however it was typed, no character that a store or a
    page cannot hold."""
    said = unicodedata.normalize("NFC", str(value if value is not None else ""))
    found = _UNKEPT.search(said)
    if found is not None:
        words = _("Có một ký tự không hiện được (U+%(code)s) sau “%(before)s”. Hãy xóa ký tự ấy, hoặc gõ lại.")
        before = said[max(0, found.start() - 20) : found.start()]
        raise ServiceError(field, words % {"code": f"{ord(found[0]):04X}", "before": before})
    return said


def long_text(value: Any, field: str) -> str:
    """A text of several lines that may be missing."""
    said = plain(value, field).replace("\r\n", "\n").strip()
    if len(said) > _LONGEST:
        words = _("Gặp %(found)s ký tự; cần không quá %(most)s. Hãy rút gọn.")
        raise ServiceError(field, words % {"found": figure(len(said)), "most": figure(_LONGEST)})
    return said


def text(value: Any, field: str, limit: int, what: str) -> str:
    """A text that must be there and fit its column."""
    said = " ".join(plain(value, field).split())
    if not said:
        raise ServiceError(field, _("Chưa có %s. Hãy nhập rồi gửi lại.") % what)
    if len(said) > limit:
        words = _("%(what)s dài %(found)s ký tự; cần không quá %(most)s.")
        raise ServiceError(field, words % {"what": capital(what), "found": len(said), "most": limit})
    return said


def short(value: Any, field: str, limit: int) -> str:
    """A text that may be missing and fits its column."""
    said = " ".join(plain(value, field).split())
    if len(said) > limit:
        words = _("Gặp %(found)s ký tự; cần không quá %(most)s. Hãy rút gọn.")
        raise ServiceError(field, words % {"found": len(said), "most": limit})
    return said


def whole_number(value: Any, field: str, least: int, most: int) -> int:
    """A number without decimals between two ends: an ordinal, a year, a count."""
    found = needed(value, field)
    if found != found.to_integral_value() or not least <= found <= most:
        words = _("Gặp “%(found)s”; cần một số nguyên từ %(least)s đến %(most)s.")
        raise ServiceError(field, words % {"found": value, "least": figure(least), "most": figure(most)})
    return int(found)


def year(value: Any, field: str, first: int, last: int) -> int:
    """A year between two others."""
    found = needed(value, field)
    if found != found.to_integral_value() or not first <= found <= last:
        words = _("Gặp “%(found)s”; cần một năm từ %(first)s đến %(last)s. Hãy ghi lại năm.")
        raise ServiceError(field, words % {"found": value, "first": first, "last": last})
    return int(found)


def within_term(of: Period, whole: Term, field: str = "period") -> None:
    """A result counts for the years the term answers for; the year before them is the baseline."""
    if of.year in whole.years:
        return
    words = [_("Kỳ %(found)s nằm ngoài nhiệm kỳ %(term)s; cần một kỳ từ năm %(first)s đến năm %(last)s.")]
    if of.year == whole.start_year:
        words.append(_("Số của năm trước nhiệm kỳ ghi vào “số đầu kỳ”."))
    words.append(_("Hãy sửa kỳ hoặc chọn chỉ tiêu của nhiệm kỳ khác."))
    found = name_in(get_language(), of)
    said = {"found": found, "term": whole, "first": whole.years[0], "last": whole.years[-1]}
    raise ServiceError(field, " ".join(words) % said)


def within_life(of: Period, name: str, last: date | None, field: str = "period") -> tuple[str, ...]:
    """A body that has ended has no figures of later periods; of one that outlasted it, it tells a part."""
    if last is None or of.end <= last:
        return ()
    said = {"name": name, "last": day(last), "period": name_in(get_language(), of)}
    if of.start > last:
        words = _("“%(name)s” đã kết thúc ngày %(last)s, trước %(period)s. Hãy ghi số vào tổ chức kế tục.")
        raise ServiceError(field, words % said)
    words = _("“%(name)s” kết thúc ngày %(last)s, khi %(period)s chưa hết: số này không cộng vào số chung của kỳ.")
    return (words % said,)


def same_kind(unit: str, expected: str, field: str = "unit") -> None:
    """A percentage is not set beside a sum of money."""
    if agree(unit, expected):
        return
    words = _(
        "Đơn vị “%(unit)s” là %(kind)s, chỉ tiêu tính bằng “%(expected)s” (%(wanted)s). "
        "Hãy chọn chỉ tiêu khác, hoặc sửa đơn vị theo nguồn."
    )
    kind, wanted = (name_in(get_language(), parse_unit(one)) for one in (unit, expected))
    raise ServiceError(field, words % {"unit": unit, "kind": kind, "expected": expected, "wanted": wanted})


def sensible(value: Decimal, unit: str, field: str = "value") -> tuple[str, ...]:
    """Warnings about a figure; a count below zero is an error."""
    kind, found = parse_unit(unit).kind, with_unit(value, unit)
    if value < 0 and kind in _NEVER_NEGATIVE:
        words = _("Gặp %(found)s; %(kind)s không thể âm. Hãy sửa lại.")
        raise ServiceError(field, words % {"found": found, "kind": name_in(get_language(), parse_unit(unit))})
    told = []
    if kind == "percent" and "‰" not in unit and value > 100:
        words = _("%s%% lớn hơn 100%%: chỉ đúng khi so với kế hoạch hoặc cùng kỳ; hãy xem lại nguồn.")
        told.append(words % figure(value))
    if kind == "count" and value != value.to_integral_value():
        told.append(_("%s là số lẻ của một số đếm; hãy xem lại nguồn.") % found)
    if kind == "money" and value < 0:
        told.append(_("Số tiền %s nhỏ hơn 0; hãy xem lại nguồn.") % found)
    return tuple(told)


def bounds(low: Decimal | None, high: Decimal | None, direction: str) -> None:
    """What each direction needs: a range two ends in order, a limit its figure."""
    if direction == "range":
        if low is None or high is None:
            raise ServiceError("high", _("Yêu cầu “trong khoảng” cần cả hai đầu; mới có một. Hãy nhập mức và đến mức."))
        if low > high:
            words = _("Khoảng từ %(low)s đến %(high)s bị ngược. Hãy đổi hai đầu cho nhau.")
            raise ServiceError("high", words % {"low": figure(low), "high": figure(high)})
    elif direction in ("at_least", "at_most", "equal") and low is None and high is None:
        raise ServiceError("low", _("Yêu cầu này cần một mức; chưa có số. Hãy nhập mức theo nguyên văn."))


def timely(of: Period, as_of: date, kind: str) -> tuple[str, ...]:
    """An official figure told before its period ends is likely an estimate."""
    if kind == "official" and as_of < of.end:
        words = _("Số chính thức của %(period)s nhưng tính đến %(on)s, khi kỳ chưa hết; nếu là số ước hãy ghi là ước.")
        return (words % {"period": name_in(get_language(), of), "on": day(as_of)},)
    return ()


def _read(parse: Callable[[str], Read], value: Any, field: str) -> Read:
    try:
        return parse(str(value))
    except Unreadable as error:
        raise ServiceError(field, error.sentence(get_language())) from error
