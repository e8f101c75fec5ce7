"""Figures of one series → those that stand out, each with the bounds it lies outside of. For few points as well.

Rules: `z_score` (needs ten points to be able to fire at 3), `modified_z_score` (median and MAD), `min_max` (given
bounds), and for short series `jumps`: the change against the last figure, as a factor. `outliers` chooses by length.
Called by the rule `outlier` and by a province's page. Cases of DHIS2 are tested against.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import inf, sqrt
from statistics import fmean, median, pstdev
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

Z_THRESHOLD = 3.0
_NORMAL = 0.6745  # MAD of a normal distribution, in standard deviations
FEWEST = 4  # with three points nobody can say which one is odd
FEW_THRESHOLD = 3.5  # of the modified z-score in few points (Iglewicz and Hoaglin 1993)
JUMP = 10.0  # a slip of unit is tenfold at least (triệu, tỷ; a comma lost)


@dataclass(frozen=True)
class Outlier(Generic[Key]):
    """`score` is how far it lies out in the rule's own measure, `low` and `high` what it lies outside of."""

    key: Key
    value: float
    rule: str
    score: float
    low: float
    high: float
    middle: float

    @property
    def distance(self) -> float:
        """From the nearer bound for min_max, from the middle elsewhere."""
        if self.rule == "min_max":
            return max(self.low - self.value, self.value - self.high)
        return abs(self.value - self.middle)


def z_score(
    series: Mapping[Key, float], threshold: float = Z_THRESHOLD, base: Iterable[Key] | None = None
) -> list[Outlier[Key]]:
    """By mean and standard deviation of the whole population, or of the keys in `base`. In n points no score is above
    the root of n - 1: `can_fire` tells whether the rule means anything."""
    known = _known(series, base)
    spread = pstdev(known) if known else 0.0
    if not spread:
        return []
    mean = fmean(known)
    return _outside(series, "z_score", threshold, mean, spread, spread * threshold)


def modified_z_score(
    series: Mapping[Key, float], threshold: float = Z_THRESHOLD, base: Iterable[Key] | None = None
) -> list[Outlier[Key]]:
    """By median and median deviation, which one odd figure cannot hide in."""
    known = _known(series, base)
    middle = median(known) if known else 0.0
    spread = median(abs(value - middle) for value in known) if known else 0.0
    if not spread:
        return []
    return _outside(series, "modified_z_score", threshold, middle, spread / _NORMAL, spread * threshold / _NORMAL)


def min_max(series: Mapping[Key, float], low: float, high: float) -> list[Outlier[Key]]:
    """Outside of given bounds; on a bound is inside. The farthest first."""
    found = [
        Outlier(key, value, "min_max", max(low - value, value - high), low, high, (low + high) / 2)
        for key, value in series.items()
        if not low <= value <= high
    ]
    return sorted(found, key=lambda one: -one.distance)


def jumps(series: Mapping[Key, float], factor: float = JUMP) -> list[Outlier[Key]]:
    """Figures `factor` times what stands beside them or more, or as small a part of it: one figure, not a new level.
    Keys in the order of time; the first and the last are held against the two nearest; what is not above 0 has no
    factor."""
    keys, values = list(series), list(series.values())
    found = []
    for place, value in enumerate(values):
        beside = [values[at] for at in _beside(place, len(values))]
        if value <= 0 or not beside or min(beside) <= 0:
            continue
        low, high = min(beside) / factor, max(beside) * factor
        if not low < value < high:
            score = value / max(beside) if value >= high else min(beside) / value
            found.append(Outlier(keys[place], value, "jump", score, low, high, median(beside)))
    return found


def _beside(place: int, length: int) -> list[int]:
    """The places of the two figures nearest to one."""
    if place == 0:
        return [1, 2][: length - 1]
    return [place - 1, place + 1] if place < length - 1 else [max(place - 2, 0), place - 1]


def can_fire(points: int, threshold: float = Z_THRESHOLD) -> bool:
    """Whether the z-score rule could mark anything in so many points."""
    return points > 1 and sqrt(points - 1) > threshold


def outliers(series: Mapping[Key, float]) -> list[Outlier[Key]]:
    """The rules that fit the number of points: none below four, jumps and the median below what the mean needs."""
    if len(series) < FEWEST:
        return []
    found = {one.key: one for one in (*modified_z_score(series, FEW_THRESHOLD), *jumps(series))}
    if can_fire(len(series)):
        found = {one.key: one for one in z_score(series)} | found
    return [found[key] for key in series if key in found]


def _known(series: Mapping[Key, float], base: Iterable[Key] | None) -> list[float]:
    if base is None:
        return list(series.values())
    among = set(base)
    return [value for key, value in series.items() if key in among]


def _outside(
    series: Mapping[Key, float], rule: str, threshold: float, middle: float, spread: float, reach: float
) -> list[Outlier[Key]]:
    found = []
    for key, value in series.items():
        score = abs(value - middle) / spread if spread else inf
        if score >= threshold:
            found.append(Outlier(key, value, rule, score, middle - reach, middle + reach, middle))
    return found
