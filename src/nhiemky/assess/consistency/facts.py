"""The frozen records of consistency: a figure as a body told it, and what is found in figures.

A `Figure` is one row: the register fills it by one query (register/consistency.py), a test by hand. Numbers may come as
Decimal; they are made floats here, once. Money is in đồng. `None` is unknown.
"""

from dataclasses import dataclass
from datetime import date

from nhiemky.values.figures import as_float
from nhiemky.values.kinds import Kind, PeriodMeaning, ResultKind
from nhiemky.values.period import Period

Key = int | str


class Severity(Kind):
    ERROR = "error", "sai", "wrong"
    WARNING = "warning", "cần xem lại", "to be looked at"
    NOTE = "note", "nên biết", "worth knowing"


@dataclass(frozen=True, slots=True)
class Figure:
    """What `body` reached of `indicator` in `period`, as `document` tells it.

    `parent` is the body above; `part_of` the indicator this one is a part of; `denominator` the indicator that weighs
    it. `meaning` and `goal` are those of the target it is a result of, `ratio` the percent of plan the source states,
    `planned` that plan. `ref` is the record behind it, `asked` the body that answers for it.
    `replaced`: another document's figure holds now; what this one said still denies it, and counts for nothing else.
    """

    body: Key
    indicator: Key
    period: Period
    value: float
    unit: str
    name: str
    kind: ResultKind = ResultKind.OFFICIAL
    body_name: str = ""
    parent: Key | None = None
    as_of: date | None = None
    document: Key | None = None
    document_name: str = ""
    ref: Key | None = None
    high: float | None = None
    qualifier: str = ""
    planned: float | None = None
    ratio: float | None = None
    running_total: bool = False
    nature: str = ""
    meaning: PeriodMeaning | None = None
    goal: float | None = None
    part_of: Key | None = None
    denominator: Key | None = None
    asked: str = ""
    replaced: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", ResultKind(self.kind))
        for name in ("value", "high", "planned", "ratio", "goal"):
            object.__setattr__(self, name, as_float(getattr(self, name)))

    @property
    def exact(self) -> bool:
        """Told as one number: neither `trên 500` nor a range, so that it can be added up."""
        return not self.qualifier and self.high is None

    @property
    def is_percent(self) -> bool:
        return self.unit.strip().startswith("%")

    @property
    def is_money(self) -> bool:
        return self.unit.strip().startswith("đồng")


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not fit, in both languages, whom to ask, and the figures it is about."""

    rule: str
    version: int
    severity: Severity
    vi: str
    en: str
    ask_vi: str
    ask_en: str
    figures: tuple[Figure, ...]

    @property
    def body(self) -> Key:
        return self.figures[0].body

    @property
    def period(self) -> Period:
        return self.figures[0].period


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a rule found, before the rule's name is put to it. `figures`: first the one to look at."""

    vi: str
    en: str
    figures: tuple[Figure, ...]
