"""Periods of a year (2023-H1) and terms of office (2020-2025): parsing, dates, order and Vietnamese names."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, total_ordering

from nhiemky.values.figures import roman
from nhiemky.values.language import Unreadable

_PART = re.compile(r"(\d{4})(?:-(H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])|9M))?")
_TERM = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4})")


@lru_cache(maxsize=1 << 12)
def year_fraction(on: date) -> float:
    """The end of that day as years: 31/12/2020 -> 2021.0, 30/06/2023 -> 2023.5; months count as equal twelfths."""
    days = calendar.monthrange(on.year, on.month)[1]
    return on.year + (on.month - 1 + on.day / days) / 12


@total_ordering
@dataclass(frozen=True)
class Period:
    """A year or a part of it. Ordered by its end; of two that end together the longer comes last."""

    year: int
    part: str | None = None

    def __post_init__(self) -> None:
        if not _PART.fullmatch(str(self)) or self.year < 1900:
            raise Unreadable(f"kỳ số liệu không hợp lệ: {str(self)!r}", f"not a period: {str(self)!r}")

    @staticmethod
    def parse(text: str) -> "Period":
        """`2023`, `2023-H1`, `2023-Q2`, `2023-M06`, `2023-9M`; Unreadable says what was found and what is expected."""
        return _parsed(text)

    @cached_property
    def months(self) -> tuple[int, int]:
        """First and last month, 1 to 12."""
        part = self.part
        if part is None:
            return 1, 12
        if part == "9M":
            return 1, 9
        size = {"H": 6, "Q": 3, "M": 1}[part[0]]
        last = int(part[1:]) * size
        return last - size + 1, last

    @cached_property
    def start(self) -> date:
        return date(self.year, self.months[0], 1)

    @cached_property
    def end(self) -> date:
        return _last_day(self.year, self.months[1])

    @property
    def is_year(self) -> bool:
        return self.part is None

    def holds(self, other: "Period") -> bool:
        """Whether the other period lies within this one; each holds itself."""
        return self.start <= other.start and other.end <= self.end

    @property
    def label(self) -> str:
        """`năm 2023`, `6 tháng đầu năm 2023`, `quý II năm 2023`, `tháng 6 năm 2023`."""
        return _in_words(self.part, self.year)

    @property
    def english(self) -> str:
        """`2023`, `the first half of 2023`, `quarter 2 of 2023`, `06/2023`."""
        part = self.part
        if part is None:
            return str(self.year)
        if part[0] == "H":
            return f"the {'first' if part == 'H1' else 'second'} half of {self.year}"
        if part == "9M":
            return f"the first nine months of {self.year}"
        return f"quarter {part[1]} of {self.year}" if part[0] == "Q" else f"{part[1:]}/{self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}" if self.part is None else f"{self.year:04d}-{self.part}"

    def __lt__(self, other: "Period") -> bool:
        return self._order < other._order

    @cached_property
    def _order(self) -> tuple[int, int, int]:
        first, last = self.months
        return self.year, last, last - first


@lru_cache(maxsize=1 << 12)  # one object a period, so that what is worked out of it is worked out once
def _parsed(text: str) -> Period:
    found = _PART.fullmatch(text.strip())
    if not found:
        raise Unreadable(
            f"kỳ số liệu: gặp {text!r}, cần dạng 2023, 2023-H1, 2023-Q2, 2023-M06 hoặc 2023-9M",
            f"period: found {text!r}, expected 2023, 2023-H1, 2023-Q2, 2023-M06 or 2023-9M",
        )
    return Period(int(found[1]), found[2])


@lru_cache(maxsize=1 << 12)
def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _in_words(part: str | None, year: int) -> str:
    if part is None:
        return f"năm {year}"
    if part[0] == "H":
        return f"6 tháng {'đầu' if part == 'H1' else 'cuối'} năm {year}"
    if part == "9M":
        return f"9 tháng đầu năm {year}"
    return f"quý {roman(int(part[1]))} năm {year}" if part[0] == "Q" else f"tháng {int(part[1:])} năm {year}"


@dataclass(frozen=True, order=True)
class Term:
    """A term of office: 2020-2025 is elected in 2020 and answers for the years 2021 to 2025."""

    start_year: int
    end_year: int

    def __post_init__(self) -> None:
        if not 0 < self.end_year - self.start_year <= 10:
            raise Unreadable(
                f"nhiệm kỳ: gặp “{self}”, cần năm cuối sau năm đầu từ 1 đến 10 năm, như 2020-2025",
                f"term: found “{self}”, expected a last year one to ten years after the first, like 2020-2025",
            )

    @classmethod
    def parse(cls, text: str) -> "Term":
        """`2020-2025`, also with an en dash or blanks; Unreadable says what was found and what is expected."""
        found = _TERM.fullmatch(text.strip())
        if not found:
            raise Unreadable(f"nhiệm kỳ: gặp {text!r}, cần dạng 2020-2025", f"term: found {text!r}, expected 2020-2025")
        return cls(int(found[1]), int(found[2]))

    @property
    def years(self) -> range:
        return range(self.start_year + 1, self.end_year + 1)

    @property
    def first_day(self) -> date:
        return date(self.start_year + 1, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.end_year, 12, 31)

    @property
    def midpoint(self) -> date:
        """The day half the term is over: 30/06/2023 for 2020-2025."""
        years, odd = divmod(self.end_year - self.start_year, 2)
        return date(self.start_year + years + 1, 6, 30) if odd else date(self.start_year + years, 12, 31)

    def __str__(self) -> str:
        return f"{self.start_year}-{self.end_year}"
