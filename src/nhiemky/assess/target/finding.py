"""What one rule finds, before the verdict is completed with the CAGR rule, forecast and inputs. Made by every rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from nhiemky.assess.target.facts import Point, Reason
from nhiemky.assess.target.path import Aim
from nhiemky.values.kinds import VerdictStatus

LATE_AFTER_DAYS = 90  # a year's official figure may take the first quarter of the next
STALE_AFTER_DAYS = 366
TOO_OLD_DAYS = 731
ONLY_ESTIMATED = Reason("Mới là số ước, chờ số chính thức", "Only an estimate; the official figure is awaited")
OFFICIAL_FIGURE = ("số chính thức",)
ESTIMATE_AHEAD_DAYS = 45  # an estimate made earlier than this before its period ends is a forecast


@dataclass(frozen=True)
class Finding:
    """`reasons` puts the finding into words when somebody reads them: a scorecard of a nation counts, it does not read.

    `series` is what a forecast may be drawn through: (time, level) in order; `flow` the figures of periods that add up
    to years; `aim` what a level at the end has to reach.
    """

    status: VerdictStatus
    reasons: Callable[[], tuple[Reason, ...]] = tuple
    missing: tuple[str, ...] = ()
    value: float | None = None
    on: date | None = None
    expected: float | None = None
    share: float | None = None
    needed: float | None = None
    actual: float | None = None
    latest: Point | None = None
    goal_level: float | None = None
    series: Callable[[], tuple[tuple[float, float], ...]] = tuple
    series_from: float = 0.0
    flow: tuple[Point, ...] = ()
    aim: Aim | None = None


def undecidable(vi: str, en: str, *missing: str, latest: Point | None = None) -> Finding:
    """A finding that says in words why it cannot be judged and names what is missing."""
    return Finding(
        VerdictStatus.UNDECIDABLE,
        lambda: (Reason(vi, en),),
        missing,
        latest=latest,
        value=latest.value if latest else None,
        on=latest.on if latest else None,
    )
