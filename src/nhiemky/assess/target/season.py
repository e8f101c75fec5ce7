"""A yearly amount told by months, quarters or halves -> what the running year will come to, by the share that the same
part had in earlier years. Called by `outlook` before a series is told ahead."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from nhiemky.assess.target.facts import Point
from nhiemky.assess.target.forecast import t80
from nhiemky.assess.target.series import cover, missing_months

LEAST_COUNT = 30  # a year: three admissions of five say nothing of a season
_OWN = 0.05  # how far last year's total still counts while little of the year is known
_SPREAD, _SPREAD_WEIGHT = 0.14, 5.0  # the usual error after one month, and how many years of evidence that is worth


@dataclass(frozen=True)
class Season:
    """The running year: months told, their sum, the share they had before, the years that say so, the total to come."""

    year: int
    months: int
    known: float
    share: float
    years: tuple[int, ...]
    low: float
    mid: float
    high: float
    error: float | None = (
        None  # mean error of earlier years' totals told this way, of which last year's total had `other`
    )
    other: float | None = None

    @property
    def helps(self) -> bool:
        """Not where last year's total would have been nearer in two earlier years or more."""
        return self.error is None or self.other is None or len(self.years) < 3 or self.error <= self.other


def season_of(points: Iterable[Point]) -> Season | None:
    """None without a running year, an earlier year that tells the same part and its total, or enough to divide."""
    by_year: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        if not point.running_total:
            by_year[point.period.year].append(point)
    if len(by_year) < 2 or _few(by_year):
        return None
    year = max(by_year)
    used = cover(by_year.pop(year))
    months = max((point.period.months[1] for point in used), default=12)
    if months == 12 or missing_months(used, months) or any(point.on < point.period.end for point in used):
        return None
    known = math.fsum(point.value for point in used)
    earlier = [(y, part, total) for y, found in sorted(by_year.items()) for part, total in _told(found, months)]
    counted = all(value.is_integer() for _, *row in earlier for value in row)
    if not earlier or known < 0 or (counted and min(total for *_, total in earlier) < LEAST_COUNT):
        return None
    return _season(year, months, known, earlier)


def _few(by_year: dict[int, list[Point]]) -> bool:
    """Whole numbers that, even with halves and their years counted twice, make too little for a season."""
    values = [point.value for points in by_year.values() for point in points]
    return sum(values) < LEAST_COUNT * len(by_year) and all(value.is_integer() for value in values)


def _told(points: list[Point], months: int) -> list[tuple[float, float]]:
    """The sum of the first months and of the whole year, where both are told."""
    first = cover(point for point in points if point.period.months[1] <= months)
    whole = cover(points)
    if missing_months(first, months) or missing_months(whole, 12):
        return []
    part = math.fsum(point.value for point in first)
    total = math.fsum(point.value for point in whole)
    return [(part, total)] if 0 < part < total else []


def _season(year: int, months: int, known: float, earlier: list[tuple[int, float, float]]) -> Season:
    share = math.fsum(part for _, part, _ in earlier) / math.fsum(total for *_, total in earlier)
    last = earlier[-1][2]
    own = share / (share + _OWN * (1 - share))
    mid = max(known, own * known / share + (1 - own) * last)
    errors, others = [], []
    for number in range(1, len(earlier)):
        before, (_, part, total) = earlier[:number], earlier[number]
        told = part * math.fsum(row[2] for row in before) / math.fsum(row[1] for row in before)
        errors.append(abs(told - total) / total)
        others.append(abs(before[-1][2] - total) / total)
    usual = _SPREAD * math.sqrt((1 - share) / months)
    square = math.fsum(error**2 for error in errors) + _SPREAD_WEIGHT * usual**2
    half = t80(len(errors) + _SPREAD_WEIGHT - 1) * math.sqrt(square / (len(errors) + _SPREAD_WEIGHT)) * mid
    mean = math.fsum(errors) / len(errors) if errors else None
    other = math.fsum(others) / len(others) if others else None
    years = tuple(y for y, *_ in earlier)
    return Season(year, months, known, share, years, max(known, mid - half), mid, mid + half, mean, other)
