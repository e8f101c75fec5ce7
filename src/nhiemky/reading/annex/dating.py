"""The time of each column: periods of results and the years goals run to; what heads leave out is taken from around."""

from collections.abc import Sequence

from msgspec import Struct

from nhiemky.reading.annex.records import REPORTED, Column, Role, Setting
from nhiemky.reading.annex.roles import Head
from nhiemky.reading.annex.times import When

_BY_CONTENT = 0.75
_YEARLY_PLANS = ("kế hoạch", "kh", "dự toán", "giao", "chỉ tiêu giao", "chỉ tiêu kế hoạch")
# what a running total to the end of a part of the year covers; to the end of May has no name of its own
_RUNNING = {
    "Q1": "Q1", "M03": "Q1", "Q2": "H1", "M06": "H1", "H1": "H1", "Q3": "9M", "M09": "9M", "9M": "9M", "Q4": "",
    "M12": "", "H2": "",
}  # fmt: skip


class Spoken(Struct, frozen=True, gc=False):
    """What a column's head says: its role, its time, its words."""

    head: Head
    when: When
    words: str


class _Around(Struct, frozen=True):
    """What the other columns and the title say of time."""

    setting: Setting
    year: int | None  # that is reported on
    parts: frozenset[str]  # of that year, in heads of results
    years: frozenset[int]  # of results for whole years

    @property
    def end(self) -> int | None:
        return self.setting.term[1] if self.setting.term else None


def dated(roles: Sequence[Role], found: Sequence[Spoken], setting: Setting) -> list[Column]:
    """A column for each role, with its period and the year that its goals run to."""
    around = _around(roles, found, setting)
    columns: list[Column] = []
    last: int | None = None  # the year of the full year's results to the left
    for number, (role, spoken) in enumerate(zip(roles, found, strict=True)):
        head, when = spoken.head, spoken.when
        is_term = role is Role.TARGET and _is_for_term(head, when, setting)
        year, part = _time(role, spoken, around, last, is_term=is_term)
        period = None if year is None or is_term else f"{year}-{part}" if part else str(year)
        if period is None and role is Role.CUMULATIVE and not when.part and not setting.part:
            period = next((c.period for c in reversed(columns) if c.role in REPORTED), None)
        if period is None and role in REPORTED and when.before:
            role = Role.COMPARISON  # ten months of the year before: of a time that has no name
        end = when.span[1] if when.span else around.end
        columns.append(
            Column(
                column=number, role=role, words=spoken.words, said=head.said, period=period,
                by=str(year or end or around.year or "") or None,
                confidence=head.confidence if role is head.role else _BY_CONTENT,
                is_term=is_term, yearly=when.yearly, unit=head.unit,
                running=role is Role.CUMULATIVE and (when.term or len(around.years) > 1 or period is None),
            )
        )  # fmt: skip
        if role is Role.RESULT and year is not None and not part and not when.before:
            last = year
    return columns


def _around(roles: Sequence[Role], found: Sequence[Spoken], setting: Setting) -> _Around:
    reported = [spoken.when for role, spoken in zip(roles, found, strict=True) if role in REPORTED]
    return _Around(
        setting, setting.year or _year_of_plan(roles, found), frozenset(when.part for when in reported if when.part),
        frozenset(when.year for when in reported if when.year and not when.part),
    )  # fmt: skip


def _time(
    role: Role, spoken: Spoken, around: _Around, last: int | None, *, is_term: bool
) -> tuple[int | None, str | None]:
    """Year and part of it that a column speaks of; `last` is the year of the results to its left."""
    when, setting = spoken.when, around.setting
    year = when.year if when.nth is None or around.end is None else around.end - 5 + when.nth
    part = when.part
    of_term = role in REPORTED and when.term and role is not Role.CUMULATIVE
    if year is None and not is_term and not of_term:
        year = around.year or (last + 1 if last is not None and part else None)
        if year is not None and when.before:
            year -= 1
        if part is None and role in REPORTED and not (role is Role.ESTIMATE and around.parts):
            part = setting.part
    if part is None and role in REPORTED and when.before and "năm trước" not in spoken.words:
        part = setting.part  # `Cùng kỳ 2023` beside half a year
    if role is Role.CUMULATIVE and part:
        return (year, _RUNNING[part]) if part in _RUNNING else (None, None)
    if year is None and role is Role.ESTIMATE and when.term:
        return (when.span[1] if when.span else around.end), None  # `Ước cuối nhiệm kỳ`
    return year, part


def _is_for_term(head: Head, when: When, setting: Setting) -> bool:
    """A goal for the term rather than for one year: it says so, or says no year where the title speaks of a term."""
    if when.term or when.until:
        return True
    if when.year is not None or when.part is not None or when.nth is not None:
        return False
    return setting.year is None or (setting.term is not None and not head.said.startswith(_YEARLY_PLANS))


def _year_of_plan(roles: Sequence[Role], found: Sequence[Spoken]) -> int | None:
    """The year that a plan sheet reports on: that of its plan, the first where it has the next year's too."""
    goals = [spoken.when for role, spoken in zip(roles, found, strict=True) if role is Role.TARGET]
    years = [when.year for when in goals if when.year and not when.until and not when.term and not when.part]
    return min(years) if years else None
