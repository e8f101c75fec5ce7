"""The frozen review pack: the JSON that register.services.create_review stores → typed records. `midterm.py` calls it.

Dates are ISO strings, numbers are plain, `None` is unknown. Unknown keys are left alone, so a later pack still prints.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind, VerdictStatus
from nhiemky.values.period import Period, Term

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class PackError(ValueError):
    """The pack does not hold what a paper needs; the message says what and where."""


class Organisation(Struct, frozen=True):
    id: int
    name: str
    level: str = "commune"
    parent: str | None = None
    place: str | None = None


class Document(Struct, frozen=True):
    id: int
    kind: str = "other"
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""


class Source(Struct, frozen=True):
    """A sentence of a document; `start` and `end` mark the part of it that says the figure."""

    id: str
    document: int | None = None
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""
    name: str = ""
    sentence: str = ""
    start: int = 0
    end: int = 0


class FirstGoal(Struct, frozen=True):
    """What an adjusted target asked for at first."""

    direction: Direction
    unit: str
    deadline: date
    meaning: PeriodMeaning
    low: float | None = None
    high: float | None = None


class Target(Struct, frozen=True):
    id: int
    number: int
    name: str
    unit: str
    direction: Direction
    deadline: date
    meaning: PeriodMeaning
    field: str = ""
    low: float | None = None
    high: float | None = None
    baseline: float | None = None
    baseline_year: int | None = None
    step_like: bool = False
    lead_body: str = ""
    clause: str = ""
    state: str = "active"
    state_reason: str = ""
    source: str | None = None
    first: FirstGoal | None = None


class Result(Struct, frozen=True):
    """`running_total`: counted from the start of the term; `planned`, `ratio` (percent): as the source states them."""

    id: int
    period: str
    value: float
    kind: ResultKind
    as_of: date
    note: str = ""
    source: str | None = None
    unit: str = ""
    high: float | None = None
    qualifier: str = ""
    planned: float | None = None
    ratio: float | None = None
    running_total: bool = False


class Reason(Struct, frozen=True):
    vi: str
    en: str = ""


class Forecast(Struct, frozen=True):
    low: float | None = None
    mid: float | None = None
    high: float | None = None
    note: str = ""


class Verdict(Struct, frozen=True):
    """`latest` is the id of the newest result; `value` the number judged (that one, the worst year, a mean or a sum);
    `share` the share of the goal (1 = the whole). Of an adjusted target `standing` is the status by the goal in force,
    `before` that by the goal first set."""

    status: VerdictStatus
    rule: str
    version: int
    expected: float | None = None
    latest: int | None = None
    share: float | None = None
    value: float | None = None
    value_on: date | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    agrees: bool | None = None
    forecast: Forecast | None = None
    pace_from_today: float | None = None
    outlook: Reason | None = None
    standing: VerdictStatus | None = None
    before: VerdictStatus | None = None

    @property
    def stands(self) -> VerdictStatus:
        """By the goal in force, of an adjusted target too; a pack of before version 3 of the rules does not say."""
        return self.standing or self.status


class BoardRow(Struct, frozen=True):
    target: Target
    verdict: Verdict
    results: tuple[Result, ...] = ()
    path: tuple[tuple[int, float], ...] = ()

    @property
    def latest(self) -> Result | None:
        return next((result for result in self.results if result.id == self.verdict.latest), None)


class Question(Struct, frozen=True):
    id: int
    message: str
    ask: str = ""
    source: str | None = None


class Fact(Struct, frozen=True):
    """A fact of a document that a person accepted (contract of reading); its kind says which fields are filled."""

    proposal: int
    source: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    subject: str | None = None
    total: int | None = None
    achieved: int | None = None
    exceeded: int | None = None
    early: int | None = None
    expected: int | None = None
    organisation: str | None = None
    year: int | None = None
    level: str | None = None
    count: int | None = None
    recipients: str | None = None
    reason: str | None = None
    text: str | None = None
    by: str | None = None


class Confirmed(Struct, frozen=True):
    citations: tuple[Fact, ...] = ()
    scoreboards: tuple[Fact, ...] = ()
    ratings: tuple[Fact, ...] = ()
    commendations: tuple[Fact, ...] = ()
    tasks: tuple[Fact, ...] = ()


class Told(Struct, frozen=True):
    """A figure as a record of the register told it."""

    id: int
    value: float
    kind: ResultKind = ResultKind.OFFICIAL


class Correction(Struct, frozen=True):
    """A figure of the last approved review (of the day `told_on`) and what has taken its place since."""

    target: int
    period: str
    unit: str
    old: Told
    new: Told
    when: datetime
    reason: str = ""
    name: str = ""
    told_on: date | None = None


class Pack(Struct, frozen=True):
    """`pending`: proposals that nobody has decided yet; nothing of them is in the rows."""

    term: str
    as_of: date
    organisation: Organisation
    rows: tuple[BoardRow, ...] = ()
    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()
    documents: tuple[Document, ...] = ()
    confirmed: Confirmed = Confirmed()
    corrections: tuple[Correction, ...] = ()
    pending: int = 0
    resolution: Document | None = None
    kind: str = "midterm"
    version: int = 1


def load_pack(data: Mapping[str, Any]) -> Pack:
    """JSON of Review.pack → Pack; PackError names the field that is missing or of another kind."""
    try:
        pack = msgspec.convert(_printable(data), Pack)
        Term.parse(pack.term)
        for row in pack.rows:
            for result in row.results:
                Period.parse(result.period)
    except ValueError as error:  # msgspec's own errors are ValueErrors too
        raise PackError(f"Gói số liệu kiểm điểm không đọc được: {error}. Hãy chốt lại số liệu.") from error
    return pack


def _printable(value: Any) -> Any:
    """Control signs that a scan leaves in a text cannot stand in a DOCX; each becomes one blank, so spans still fit."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub(" ", value)
    if isinstance(value, Mapping):
        return {key: _printable(part) for key, part in value.items()}
    return [_printable(part) for part in value] if isinstance(value, list | tuple) else value
