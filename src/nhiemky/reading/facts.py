"""What a reading is: frozen records, one kind of fact each. Every grammar makes them; everyone above takes them.

Offsets (`span`) count characters of the text as normalised to NFC. Money is in đồng, percentages are the number with
unit `%`, dates are ISO 8601, `None` is unknown. `rule` names the rule behind the fact (see `nhiemky read --explain`).
"""

from typing import Literal

from msgspec import Struct, field

Span = tuple[int, int]
Level = Literal["cell", "commune", "district", "province", "national"]
Direction = Literal["at_least", "at_most", "equal", "range", "zero", "increase", "decrease"]
Qualifier = Literal["over", "about", "under"]
PartOfDay = Literal["morning", "afternoon", "evening"]
RatingLevel = Literal["excellent", "good", "satisfactory", "poor"]
WarningCode = Literal[
    "malformed_date", "parts_do_not_sum", "ratio_mismatch", "implausible_ratio", "implausible_value", "term_mismatch"
]
Genre = Literal[
    "midterm_review", "halfyear_review", "annual_review", "quarter_review", "dissemination", "congress",
    "committee_meeting", "rating", "commendation", "other_party", "other",
]  # fmt: skip


class Visitors(Struct, frozen=True, gc=False):
    online: int | None = None
    today: int | None = None


class Host(Struct, frozen=True, gc=False):
    unit: str | None = None
    level: Level | None = None
    span: Span | None = None


class Event(Struct, frozen=True, gc=False):
    date: str | None = None
    part_of_day: PartOfDay | None = None
    start: str | None = None
    place: str | None = None
    span: Span | None = None


class Congress(Struct, frozen=True, gc=False):
    level: Level | None
    ordinal: int
    term: str | None
    span: Span
    confidence: float
    rule: str


class Citation(Struct, frozen=True, gc=False):
    number: str
    kind: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    span: Span
    confidence: float
    rule: str


class Person(Struct, frozen=True, gc=False):
    name: str
    roles: tuple[str, ...]
    span: Span
    confidence: float
    rule: str


class Target(Struct, frozen=True, gc=False):
    indicator: str
    direction: Direction
    low: float | None
    high: float | None
    unit: str
    per: Literal["year"] | None
    by: str | None
    baseline: float | None
    span: Span
    confidence: float
    rule: str


class Result(Struct, frozen=True, gc=False):
    indicator: str
    value: float
    high: float | None
    unit: str
    qualifier: Qualifier | None
    period: str | None
    planned: float | None
    ratio: float | None
    span: Span
    confidence: float
    rule: str


class Scoreboard(Struct, frozen=True, gc=False):
    term: str | None
    total: int | None
    achieved: int | None
    exceeded: int | None
    early: int | None
    expected: int | None
    tasks: int | None
    breakthroughs: int | None
    span: Span
    confidence: float
    rule: str


class Task(Struct, frozen=True, gc=False):
    text: str
    by: str | None
    span: Span
    confidence: float
    rule: str


class Rating(Struct, frozen=True, gc=False):
    organisation: str | None
    year: int | None
    level: RatingLevel
    span: Span
    confidence: float
    rule: str


class Commendation(Struct, frozen=True, gc=False):
    count: int
    recipients: str
    reason: str | None
    span: Span
    confidence: float
    rule: str


class Milestone(Struct, frozen=True, gc=False):
    years: int
    from_: str | None = field(name="from")
    to: str | None
    span: Span
    confidence: float
    rule: str


class Warning(Struct, frozen=True, gc=False):
    code: WarningCode
    message: str
    ask: str
    span: Span
    confidence: float
    rule: str


class Reading(Struct, frozen=True, gc=False, kw_only=True):
    source: str
    sha256: str
    title: str | None
    text_length: int
    genre: Genre
    published_at: str | None
    views: int | None
    visitors: Visitors
    byline: str | None
    credit: str | None
    host: Host
    event: Event
    term: str | None
    congresses: tuple[Congress, ...] = ()
    citations: tuple[Citation, ...] = ()
    people: tuple[Person, ...] = ()
    targets: tuple[Target, ...] = ()
    results: tuple[Result, ...] = ()
    scoreboards: tuple[Scoreboard, ...] = ()
    tasks: tuple[Task, ...] = ()
    ratings: tuple[Rating, ...] = ()
    commendations: tuple[Commendation, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    warnings: tuple[Warning, ...] = ()
