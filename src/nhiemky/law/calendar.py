"""Which days public offices of Vietnam work, as announced year by year; counts and steps of working days.

Made by nhiemky.law.load from the parameters `calendar.weekly_rest` and `calendar.holidays`; used wherever a term of
days is counted. A year nobody has entered is an error, never a guess.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from nhiemky.law.parameters import LawError, Parameter
from nhiemky.values.figures import day

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKLY_REST, HOLIDAYS = "calendar.weekly_rest", "calendar.holidays"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR_KEYS = ("days_off", "worked", "provisional")
_ONE = timedelta(days=1)


class UnknownYear(LawError):
    """The calendar of a year that the data do not hold."""


@dataclass(frozen=True)
class Holiday:
    """Why a day is off, in both languages."""

    vi: str
    en: str


@dataclass(frozen=True)
class Calendar:
    """`off` days off beside the weekly rest, `worked` rest days on which work is made up; `years` without a gap."""

    rest: tuple[tuple[date, frozenset[int]], ...]
    off: Mapping[date, Holiday]
    worked: frozenset[date]
    years: range
    provisional: frozenset[int]

    def is_working_day(self, on: date) -> bool:
        self._known(on)
        if on in self.worked:
            return True
        return on not in self.off and on.weekday() not in self._weekly(on)

    def holiday(self, on: date) -> Holiday | None:
        """The feast or compensatory rest of that day; None for a plain day or weekend."""
        self._known(on)
        return self.off.get(on)

    def working_days(self, start: date, end: date) -> int:
        """How many working days there are after `start` up to and with `end`; none where `end` comes first."""
        self._known(start)
        self._known(end)
        return max(0, self._before(end + _ONE) - self._before(start + _ONE))

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; none is `start` itself."""
        if count < 0:
            raise ValueError(f"count: found {count}, expected 0 or more")
        self._known(start)
        if count == 0:
            return start
        at = self._before(start + _ONE) + count - 1
        if at >= len(self._working):
            raise self._unknown(self.years.stop)
        return self._working[at]

    def working_day_from(self, on: date) -> date:
        """That day if it is worked, else the next one that is."""
        return on if self.is_working_day(on) else self.add_working_days(on, 1)

    @cached_property
    def _working(self) -> list[date]:
        """All working days of the years held, so that a count is two look-ups however long the stretch is."""
        first, last = date(self.years.start, 1, 1), date(self.years.stop - 1, 12, 31)
        every = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [on for on in every if self.is_working_day(on)]

    def _before(self, on: date) -> int:
        return bisect_left(self._working, on)

    def _weekly(self, on: date) -> frozenset[int]:
        return next((days for since, days in reversed(self.rest) if since <= on), frozenset())

    def _known(self, on: date) -> None:
        if on.year not in self.years:
            raise self._unknown(on.year)

    def _unknown(self, year: int) -> UnknownYear:
        first, last = self.years.start, self.years.stop - 1
        return UnknownYear(
            f"chưa có lịch nghỉ lễ, tết năm {year}; mới có các năm {first} đến {last}. "
            f"Hãy bổ sung vào law/data/holidays.yaml khi lịch được công bố",
            f"no calendar of public holidays for {year}; held are the years {first} to {last}. "
            f"Add it to law/data/holidays.yaml once it is announced",
        )


def calendar_of(weekly_rest: Parameter, holidays: Parameter) -> Calendar:
    """The calendar that two parameters say; LawError names the file and the day that cannot be."""
    off: dict[date, Holiday] = {}
    worked: set[date] = set()
    provisional: set[int] = set()
    for one in holidays.values:
        year, told, where = one.since.year, one.value, f"{holidays.file}, {holidays.id} {one.since.year}"
        if not isinstance(told, Mapping) or not told.get("days_off") or told.keys() - set(_YEAR_KEYS):
            raise _error(where, repr(told), ", ".join(_YEAR_KEYS))
        for row in told["days_off"]:
            _add(off, row, where)
        worked.update(_day(on, where) for on in told.get("worked") or ())
        if told.get("provisional"):
            provisional.add(year)
        if strange := [on for on in (*off, *worked) if on.year > year]:
            raise _error(where, day(strange[0]), f"ngày trong năm {year}")
    years = [one.since.year for one in holidays.values]
    if years != list(range(years[0], years[0] + len(years))):
        raise _error(f"{holidays.file}, {holidays.id}", str(years), "các năm liền nhau")
    rest = tuple((one.since, _weekdays(one.value, weekly_rest)) for one in weekly_rest.values)
    return Calendar(rest, off, frozenset(worked), range(years[0], years[-1] + 1), frozenset(provisional))


def _add(off: dict[date, Holiday], row: Mapping[str, Any], where: str) -> None:
    named = Holiday(str(row.get("vi") or ""), str(row.get("en") or ""))
    if not named.vi or not named.en:
        raise _error(where, repr(row), "first, last, vi, en")
    for on in _days(row, where):
        if on in off:
            raise _error(where, day(on), f"mỗi ngày một lần; đã có “{off[on].vi}”")
        off[on] = named


def vietnam_day(moment: datetime) -> date:
    """The day a moment belongs to in Vietnam: a term ends at 24:00 there. ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"moment: found {moment.isoformat()} without a time zone, expected one with it")
    return moment.astimezone(VIETNAM).date()


def end_of_day(on: date) -> datetime:
    """The last moment of the day in Vietnam."""
    return datetime.combine(on, time.max, VIETNAM)


def _days(row: Mapping[str, Any], where: str) -> Iterable[date]:
    first = _day(row.get("first"), where)
    last = _day(row.get("last", first), where)
    if last < first:
        raise _error(where, f"{day(first)} đến {day(last)}", "ngày đầu trước ngày cuối")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _day(found: object, where: str) -> date:
    if type(found) is not date:
        raise _error(where, repr(found), "một ngày, dạng 2026-11-23")
    return found


def _weekdays(value: object, of: Parameter) -> frozenset[int]:
    if not isinstance(value, list) or any(name not in _WEEKDAYS for name in value):
        raise _error(f"{of.file}, {of.id}", repr(value), ", ".join(_WEEKDAYS))
    return frozenset(_WEEKDAYS.index(name) for name in value)


def _error(where: str, found: str, expected: str) -> LawError:
    return LawError(f"{where}: gặp {found}, cần {expected}", f"{where}: found {found}, expected {expected}")
