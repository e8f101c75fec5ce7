"""What an annex's table was taken for: a role for each column with the words that decided it, a kind for each row, and
what is left out and why; a person confirms or changes roles before facts are made of it.
"""

from enum import StrEnum

import msgspec
from msgspec import Struct

from nhiemky.reading.facts import Result, Span, Target, Warning


class Role(StrEnum):
    """What a column holds; `label` and `english` name it for people."""

    INDEX = "index"
    INDICATOR = "indicator"
    FIELD = "field"
    UNIT = "unit"
    TARGET = "target"
    REPLACED = "replaced"
    BASELINE = "baseline"
    RESULT = "result"
    ESTIMATE = "estimate"
    CUMULATIVE = "cumulative"
    RATIO = "ratio"
    COMPARISON = "comparison"
    ASSESSMENT = "assessment"
    LEAD = "lead"
    DEADLINE = "deadline"
    NOTE = "note"
    TASK = "task"
    DOCUMENT = "document"
    PERSON = "person"
    HOLDER = "holder"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _NAMES[self][0]

    @property
    def english(self) -> str:
        return _NAMES[self][1]


_NAMES: dict[Role, tuple[str, str]] = {
    Role.INDEX: ("số thứ tự", "number"),
    Role.INDICATOR: ("tên chỉ tiêu", "indicator"),
    Role.FIELD: ("lĩnh vực", "field"),
    Role.UNIT: ("đơn vị tính", "unit"),
    Role.TARGET: ("mục tiêu, kế hoạch", "target"),
    Role.REPLACED: ("mục tiêu trước khi điều chỉnh", "target before its adjustment"),
    Role.BASELINE: ("số gốc", "baseline"),
    Role.RESULT: ("kết quả", "result"),
    Role.ESTIMATE: ("ước thực hiện", "estimate"),
    Role.CUMULATIVE: ("lũy kế", "running total"),
    Role.RATIO: ("tỷ lệ so với kế hoạch", "ratio to the plan"),
    Role.COMPARISON: ("so với kỳ trước", "compared with an earlier period"),
    Role.ASSESSMENT: ("đánh giá", "assessment"),
    Role.LEAD: ("cơ quan chủ trì", "lead body"),
    Role.DEADLINE: ("thời hạn", "deadline"),
    Role.NOTE: ("ghi chú", "note"),
    Role.TASK: ("nhiệm vụ", "task"),
    Role.DOCUMENT: ("văn bản", "document"),
    Role.PERSON: ("về cá nhân", "about a person"),
    Role.HOLDER: ("đơn vị, địa bàn", "unit or place"),
    Role.UNKNOWN: ("chưa rõ", "not known"),
}
REPORTED = frozenset((Role.RESULT, Role.ESTIMATE, Role.CUMULATIVE))
VALUES = REPORTED | {Role.TARGET, Role.REPLACED, Role.BASELINE}  # columns whose cells hold figures of the indicator


class RowKind(StrEnum):
    TITLE = "title"
    HEAD = "head"
    NUMBERS = "numbers"  # 1 2 3 4=3/2 below the head
    GROUP = "group"  # I. Kinh tế
    HEADING = "heading"  # an indicator without figures whose components follow
    INDICATOR = "indicator"
    COMPONENT = "component"
    TOTAL = "total"
    NOTE = "note"
    BLANK = "blank"


class Column(Struct, frozen=True, gc=False, kw_only=True):
    """A column's role; `words` is all its head says, `said` what of it decided the role."""

    column: int
    role: Role
    words: str
    said: str
    confidence: float
    period: str | None = None  # of the figures below: 2023, 2023-H1
    by: str | None = None  # the year that goals below run to
    is_term: bool = False  # a goal for the term, not for one year
    yearly: bool = False  # a goal for each year
    running: bool = False  # a total over the years of the term so far
    unit: str = ""  # told in the head: `%`, `tỷ đồng`
    of: int | None = None  # the column of results that a ratio belongs to


class Row(Struct, frozen=True, gc=False):
    row: int
    kind: RowKind
    name: str  # the indicator with what it is part of, the group's or note's words


class LeftOut(Struct, frozen=True, gc=False):
    """A cell, or a column where `row` is None, that gave no fact: its words and why, for people."""

    row: int | None
    column: int
    words: str
    why: str
    span: Span


class Setting(Struct, frozen=True, gc=False):
    """What title and text around a table say of its time and unit."""

    term: tuple[int, int] | None = None
    year: int | None = None
    part: str | None = None  # H1, 9M, Q2 … of the year reported on
    unit: str = ""
    reports: bool = False  # the title speaks of results before it speaks of a plan


class TableReading(Struct, frozen=True):
    """A table, or the rows of one from `first` to `last`, recognised as an annex of targets and results."""

    span: Span
    first: int
    last: int
    head: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    setting: Setting
    left_out: tuple[LeftOut, ...]
    confidence: float

    def with_role(self, column: int, role: Role, period: str | None = None) -> "TableReading":
        """The same reading with one column's role, and its period where given, as a person says.

        A column newly said to be a running total runs over the term; a ratio is of the last results before it.
        """
        changed = tuple(self._said(c, role, period) if c.column == column else c for c in self.columns)
        return msgspec.structs.replace(self, columns=changed)

    def _said(self, column: Column, role: Role, period: str | None) -> Column:
        before = [c.column for c in self.columns if c.role in REPORTED and c.column < column.column]
        return msgspec.structs.replace(
            column,
            role=role,
            period=period or column.period,
            by=_year(period) or column.by,
            running=column.running if role is column.role else role is Role.CUMULATIVE,
            of=column.of if column.of is not None or role is not Role.RATIO or not before else before[-1],
            confidence=1.0,
        )

    def column_of(self, role: Role, before: int | None = None) -> Column | None:
        """The column of a role nearest to the left of `before`, else the first: two tables may stand side by side."""
        found = [c for c in self.columns if c.role is role]
        left = [c for c in found if before is not None and c.column < before]
        return left[-1] if left else found[0] if found else None


class AnnexFacts(Struct, frozen=True):
    targets: tuple[Target, ...]
    results: tuple[Result, ...]
    warnings: tuple[Warning, ...]
    left_out: tuple[LeftOut, ...]


def _year(period: str | None) -> str | None:
    return period[:4] if period else None
