"""The frozen records of a target's assessment: what is judged (Goal, Point) and what comes out (Verdict).

Numbers may be given as Decimal or int and kinds as plain strings, as a database row holds them; they are made floats
and kinds here, once. `None` is unknown.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from nhiemky.values.figures import as_float, figure, figure_english
from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind, VerdictStatus
from nhiemky.values.period import Period, Term

Record = TypeVar("Record", "Goal", "Point")
RULES_VERSION = 3  # what changed: docs/explanation/rules/README.md


@dataclass(frozen=True)
class Part:
    """One part of a composition (cơ cấu), in percent of the whole. `goal`: what is asked of the part, where that is a
    target of its own; else it has to reach `value`."""

    name: str
    value: float
    baseline: float | None = None
    goal: "Goal | None" = None


@dataclass(frozen=True)
class Goal:
    """A commitment. Where one number is the bound it may stand in `low` or `high`.

    For `increase` and `decrease` the number is the amount of change, otherwise a level. `path` holds the level expected
    at the end of each year (for each-year goals: that year's own bound). `plan` is the plan assigned for each year, in
    the unit of the results. `nature`: stock, flow, rate or status; unknown is guessed from the unit. `changes`: the
    adjustments in force, in order; the goal itself is what they left.
    """

    direction: Direction
    low: float | None
    high: float | None
    unit: str
    baseline: float | None
    baseline_year: int | None
    meaning: PeriodMeaning
    term: Term
    deadline: date
    step_like: bool = False
    polarity: Literal["up", "down"] | None = None
    path: tuple[tuple[int, float], ...] = ()
    state: Literal["active", "adjusted", "dropped"] = "active"
    state_reason: str = ""
    nature: Literal["stock", "flow", "rate", "status"] | None = None
    plan: tuple[tuple[int, float], ...] = ()
    parts: tuple[Part, ...] = ()
    changes: "tuple[Change, ...]" = ()

    def __post_init__(self) -> None:
        _set(self, "direction", Direction(self.direction))
        _set(self, "meaning", PeriodMeaning(self.meaning))
        for name in ("low", "high", "baseline"):
            _set(self, name, as_float(getattr(self, name)))
        for name in ("path", "plan"):
            rows = ((int(year), float(value)) for year, value in getattr(self, name))
            _set(self, name, tuple(sorted(rows)))


@dataclass(frozen=True)
class Change:
    """An adjustment: from which day, why and by which paper, and the goal as it was before."""

    on: date
    why: str
    former: Goal


class Point(Struct, frozen=True, gc=False):
    """One result of one period. `ref` is the record behind it.

    `planned` is the plan it is measured by, `ratio` its percent of plan as the source states it, `unit` the source's
    unit where known. `on` follows from the others, whatever is given: the day the figure speaks of, which is the end of
    its period, or the earlier day an official count was taken. `running_total` marks a figure counted from the start of
    the term (21 of 15), not of its period.
    A board holds thousands: a struct costs a fifth of a dataclass, and the garbage collector need not walk them.
    """

    period: Period
    value: float
    kind: ResultKind
    as_of: date
    ref: int | str | None = None
    planned: float | None = None
    ratio: float | None = None
    unit: str | None = None
    running_total: bool = False
    parts: tuple[Part, ...] = ()
    on: date = date.min

    def __post_init__(self) -> None:
        if type(self.kind) is not ResultKind:
            force_setattr(self, "kind", ResultKind(self.kind))
        if type(self.value) is not float:
            force_setattr(self, "value", float(self.value))
        if self.planned is not None:
            force_setattr(self, "planned", float(self.planned))
        if self.ratio is not None:
            force_setattr(self, "ratio", float(self.ratio))
        end = self.period.end
        force_setattr(self, "on", min(self.as_of, end) if self.kind is ResultKind.OFFICIAL else end)

    @property
    def is_estimate(self) -> bool:
        return self.kind is ResultKind.ESTIMATE


@dataclass(frozen=True)
class Reason:
    """One sentence in both languages, and the numbers it uses by name."""

    vi: str
    en: str
    numbers: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class CagrAnswer:
    """What the CAGR rule (Open SDG) says: status in its own words, ratio of growth had to growth needed, and
    whether it comes to the same conclusion as ours."""

    status: str
    ratio: float | None
    agrees: bool


@dataclass(frozen=True)
class Forecast:
    """The value at the term's end with an 80% range, by the method the results themselves favour.

    `note` says in Vietnamese, `note_en` in English which method that is and why; `points` is how many results it saw.
    """

    low: float
    mid: float
    high: float
    note: str
    digits: int = 0
    points: int = 0
    method: str = "linear"
    note_en: str = ""

    @property
    def text(self) -> str:
        """`92,8–93,0`, or one figure where low and high are told alike."""
        low, high = figure(self.low, self.digits), figure(self.high, self.digits)
        return low if low == high else f"{low}–{high}"

    @property
    def text_en(self) -> str:
        low, high = figure_english(self.low, self.digits), figure_english(self.high, self.digits)
        return low if low == high else f"{low}–{high}"


class Later(Protocol):
    """What of a verdict is worked out when first asked for: a scorecard of a nation needs none of it."""

    def reasons(self) -> tuple[Reason, ...]: ...
    def cagr(self) -> CagrAnswer | None: ...
    def forecast(self) -> tuple[Forecast | None, Reason]: ...
    def outlook(self, forecast: Forecast | None, note: Reason) -> Reason | None: ...
    def inputs(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Verdict:
    """What today's evidence says of a target.

    `value` is the number judged (latest, worst year, mean or sum), `expected` what the path asks on `value_on`, the day
    of that number; `share` is value over goal (1.0 is all of it; for reductions the share of the way).
    Paces are per year, in the target's unit; `needed_pace` counts from the day of the figure.
    `missing` names what has to be supplied, in Vietnamese.
    Of an adjusted target `standing` is the verdict by the goal in force, whose numbers are also told here, and `before`
    what the goal first set would say.
    """

    status: VerdictStatus
    rule: str
    version: int
    today: date
    expected: float | None = None
    latest: Point | None = None
    share: float | None = None
    missing: tuple[str, ...] = ()
    needed_pace: float | None = None
    actual_pace: float | None = None
    pace_from_today: float | None = None
    value: float | None = None
    value_on: date | None = None
    stale: bool = False
    standing: "Verdict | None" = None
    before: VerdictStatus | None = None
    later: Later | None = field(default=None, repr=False, compare=False)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        return self.later.reasons() if self.later else ()

    @cached_property
    def cagr(self) -> CagrAnswer | None:
        return self.later.cagr() if self.later else None

    @property
    def stands(self) -> VerdictStatus:
        """The status by the goal in force: an adjusted target's too."""
        return self.standing.status if self.standing else self.status

    @property
    def label(self) -> str:
        """`Đúng lộ trình`, `Đã điều chỉnh: Đúng lộ trình`."""
        return f"{self.status.label}: {self.standing.status.label}" if self.standing else self.status.label

    @property
    def forecast(self) -> Forecast | None:
        return self.ahead[0]

    @property
    def forecast_note(self) -> str:
        """How the forecast was made, or why there is none."""
        return self.ahead[1].vi

    @cached_property
    def outlook(self) -> Reason | None:
        """The forecast in words: where it leads, whether the goal lies in its range, the pace needed from today."""
        return self.later.outlook(*self.ahead) if self.later else None

    @cached_property
    def ahead(self) -> tuple[Forecast | None, Reason]:
        """The forecast with how it was made, or None with why there is none."""
        return self.later.forecast() if self.later else (None, Reason("", ""))

    @property
    def text(self) -> str:
        """All reasons as one Vietnamese paragraph."""
        return " ".join(f"{reason.vi}." for reason in self.reasons)

    @property
    def inputs(self) -> dict[str, Any]:
        """What the verdict was made of, as plain data: stored, shown, and by `restored` assessed again."""
        return self.later.inputs() if self.later else {}


def altered(record: Record, **fields: object) -> Record:
    """The record with other values in some fields; a goal's are taken as they are: a tenth of the cost of `replace`,
    which would check and convert all of them again."""
    if isinstance(record, Point):
        return replace(record, **fields)
    new = object.__new__(type(record))
    new.__dict__.update(record.__dict__, **fields)
    return new


def _set(record: object, name: str, value: object) -> None:
    object.__setattr__(record, name, value)
