"""A parameter of law: its values, each from a day on, each with the document that says so and when that was checked.

Read from YAML by nhiemky.law.load. What has no reference is refused, so that no rule rests on memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from nhiemky.values.figures import day
from nhiemky.values.language import Unreadable

STALE_AFTER_MONTHS = 18
_KEYS = {"id", "vi", "en", "unit", "values"}
_VALUE_KEYS = {"from", "value", "reference", "checked_on", "note"}


class LawError(Unreadable):
    """A file of parameters that cannot be used: which file, where in it, what was found, what is expected."""


class NotInForce(LawError):
    """No value of the parameter is in force on the day asked for."""


@dataclass(frozen=True)
class Dated:
    """One value, in force from `since` until the next one begins. `reference`: document, article and date."""

    since: date
    value: Any
    reference: str
    checked_on: date
    note: str = ""


@dataclass(frozen=True)
class Warned:
    """What a person should look at, in both languages."""

    vi: str
    en: str


@dataclass(frozen=True)
class Parameter:
    """`values` are in the order of their days; `file` says where they are written."""

    id: str
    vi: str
    en: str
    unit: str
    values: tuple[Dated, ...]
    file: str

    def on(self, today: date) -> Dated:
        """The value in force on that day; NotInForce where the first one begins later."""
        held = [one for one in self.values if one.since <= today]
        if not held:
            first = day(self.values[0].since)
            raise NotInForce(
                f"tham số {self.id}: ngày {day(today)} chưa có giá trị; giá trị đầu tiên có từ {first}. "
                f"Hãy bổ sung vào {self.file}",
                f"parameter {self.id}: no value on {day(today)}; the first begins on {first}. Add it to {self.file}",
            )
        return held[-1]

    def warnings(self, today: date) -> tuple[Warned, ...]:
        """The value in force and those to come, where nobody has compared them with their source for 18 months."""
        begun = [one for one in self.values if one.since <= today]
        live = begun[-1:] + [one for one in self.values if one.since > today]
        return tuple(self._stale(one) for one in live if _months(one.checked_on, today) >= STALE_AFTER_MONTHS)

    def _stale(self, one: Dated) -> Warned:
        return Warned(
            f"tham số {self.id} từ {day(one.since)} được đối chiếu lần cuối ngày {day(one.checked_on)}, đã quá "
            f"{STALE_AFTER_MONTHS} tháng; hãy đối chiếu lại với {one.reference} rồi sửa checked_on trong {self.file}",
            f"parameter {self.id} from {day(one.since)} was last checked on {day(one.checked_on)}, over "
            f"{STALE_AFTER_MONTHS} months ago; compare it with {one.reference}, then set checked_on in {self.file}",
        )


def parameter_of(told: object, file: str) -> Parameter:
    """One parameter from what YAML holds; LawError names the file, the value and the key."""
    if not isinstance(told, Mapping):
        raise _error(file, "", repr(told), "một tham số có id, vi, en, unit, values", "a parameter with id, vi, en …")
    where = str(told.get("id") or "?")
    _keys(told, _KEYS, _KEYS, file, where)
    rows = told["values"]
    if not isinstance(rows, list) or not rows:
        raise _error(file, f"{where}.values", repr(rows), "ít nhất một giá trị", "at least one value")
    values = tuple(_dated(row, file, f"{where}.values[{number}]") for number, row in enumerate(rows, start=1))
    for before, after in pairwise(values):
        if after.since <= before.since:
            expected = day(before.since)
            raise _error(
                file, f"{where}.values", day(after.since), f"một ngày sau {expected}", f"a day after {expected}"
            )
    texts = {name: _text(told, name, file, where) for name in ("id", "vi", "en", "unit")}
    return Parameter(**texts, values=values, file=file)


def _dated(row: object, file: str, where: str) -> Dated:
    if not isinstance(row, Mapping):
        raise _error(file, where, repr(row), "from, value, reference, checked_on", "from, value, reference, checked_on")
    _keys(row, _VALUE_KEYS, _VALUE_KEYS - {"note"}, file, where)
    if row["value"] is None:
        raise _error(file, f"{where}.value", "trống", "một giá trị", "a value")
    since, checked = (_day(row, name, file, where) for name in ("from", "checked_on"))
    reference = _text(row, "reference", file, where)
    return Dated(since, row["value"], reference, checked, str(row.get("note") or "").strip())


def _keys(told: Mapping[Any, Any], known: set[str], needed: set[str], file: str, where: str) -> None:
    if missing := sorted(needed - told.keys()):
        name = missing[0]
        raise _error(file, f"{where}.{name}", "không có gì", f"khóa {name}", f"the key {name}")
    if unknown := sorted(str(key) for key in told.keys() - known):
        names = ", ".join(sorted(known))
        raise _error(file, where, f"khóa {unknown[0]}", f"một trong: {names}", f"one of: {names}")


def _text(told: Mapping[Any, Any], name: str, file: str, where: str) -> str:
    found = told[name]
    if not isinstance(found, str) or not found.strip():
        raise _error(file, f"{where}.{name}", repr(found), "một dòng chữ", "a line of text")
    return " ".join(found.split())


def _day(told: Mapping[Any, Any], name: str, file: str, where: str) -> date:
    found = told[name]
    if type(found) is not date:
        raise _error(file, f"{where}.{name}", repr(found), "một ngày, dạng 2026-11-23", "a day like 2026-11-23")
    return found


def _error(file: str, where: str, found: str, expected: str, expected_en: str) -> LawError:
    place = f"{file}, {where}" if where else file
    return LawError(f"{place}: gặp {found}, cần {expected}", f"{place}: found {found}, expected {expected_en}")


def _months(first: date, last: date) -> int:
    """Whole months between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
