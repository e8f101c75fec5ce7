"""The frozen records of a rating: what is counted (Work, Group, Inputs) and what comes out (Proposal, Cap)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nhiemky.law.ratings import Base
from nhiemky.values.kinds import RatingLevel

RATING_RULES_VERSION = 2


@dataclass(frozen=True)
class Reason:
    vi: str
    en: str


@dataclass(frozen=True)
class Work:
    """Tasks or targets of the year. `late`: not on time, done or not; unknown is what is left of `on_time`. `exceeded`
    may be unknown. `excluded`: taken out by a decision; without `reference` (its document) they stay in. `unknown`: of
    the assigned those that nobody can say of yet (no figure, or not enough to judge by): neither done nor not done."""

    assigned: int
    done: int
    on_time: int
    exceeded: int | None = None
    late: int | None = None
    excluded: int = 0
    reference: str = ""
    unknown: int = 0

    @property
    def counted(self) -> int:
        return self.assigned - (self.excluded if self.reference else 0)


@dataclass(frozen=True)
class Span:
    """A share that lies somewhere between two: what is unknown may turn out either way."""

    least: Fraction
    most: Fraction


@dataclass(frozen=True)
class Group:
    """How many of one kind were given each level; those exempt (a member under six months …) are in no base."""

    excellent: int
    good: int
    satisfactory: int = 0
    poor: int = 0
    exempt: int = 0

    @property
    def rated(self) -> int:
        return self.excellent + self.good + self.satisfactory + self.poor


@dataclass(frozen=True)
class Inputs:
    """What is known of the year; `None` is unknown and never taken for no."""

    work: Work | None = None
    score: float | None = None
    bodies: Group | None = None
    disciplined: bool | None = None
    leader_disciplined: bool | None = None
    wrongdoing: bool | None = None
    basic_targets_missed: bool | None = None
    shortcomings_fixed: bool | None = None


@dataclass(frozen=True)
class Proposal:
    """`ceiling`: the best level whose conditions beside the score hold; `band`: what the score alone gives. `level` is
    the lower of both, None where it cannot be said. `missing` names, in Vietnamese, what would settle it."""

    level: RatingLevel | None
    ceiling: RatingLevel | None
    band: RatingLevel | None
    rule: str
    regulation: str
    reference: str
    on: date
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    inputs: Inputs
    version: int = RATING_RULES_VERSION

    @property
    def text(self) -> str:
        return " ".join(f"{reason.vi}." for reason in self.reasons)


@dataclass(frozen=True)
class Reading:
    """The cap by one reading of its base."""

    base: Base
    of: int
    allowed: int
    over: int


@dataclass(frozen=True)
class Cap:
    """`used` is the reading the parameter names, `other` the one some guidance names; `share` in percent."""

    share: int
    used: Reading
    other: Reading
    small: bool
    reference: str
    reasons: tuple[Reason, ...]
    rule: str
    version: int = RATING_RULES_VERSION

    @property
    def text(self) -> str:
        return " ".join(f"{reason.vi}." for reason in self.reasons)
