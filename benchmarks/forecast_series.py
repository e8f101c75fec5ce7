"""Made-up series as wards tell them, with how they end: what benchmarks.forecast tells ahead and then looks up.

Eight families, a quarter of each with a break on the way. All by seed; no figure of a real place is in them.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

FAMILIES = ("rate", "reduction", "stock", "steady", "steps", "count", "sum", "budget")
_MONTHS = (11, 6, 7, 8, 7, 7, 9, 7, 8, 9, 8, 13)  # percent of a year's revenue by month
_BREAKS = 0.25
END = 2026.0


@dataclass(frozen=True)
class Case:
    """`times`, `values`: what is known, in equal steps; 2021.0 is the end of 31/12/2020. `truth` is the value at
    `END`. `scale` is the mean size of a year's step over the whole series, the end included: what errors are told in.

    A budget's `flow` holds the amounts a period of all years, `per` periods a year; its truth is the last year's total.
    """

    family: str
    times: tuple[float, ...]
    values: tuple[float, ...]
    step: float
    truth: float
    scale: float
    flow: tuple[float, ...] = ()
    per: int = 0


def made(family: str, seed: int) -> Case:
    draw = random.Random(f"{family}-{seed}")
    if family == "budget":
        return _budget(draw)
    yearly = family in ("count", "steady")  # told and judged by whole years
    step = 1.0 if yearly else draw.choice((1.0, 1.0, 0.5, 0.25))
    steps = draw.choice((5, 6, 7, 9)) if yearly else int(5 / step)
    times = tuple(END - step * (steps - number) for number in range(steps + 1))
    breaks = draw.uniform(2022, 2025) if draw.random() < _BREAKS else math.inf
    values = _MAKERS[family](draw, times, step, breaks)
    known = draw.randint(3 + (family == "sum"), max(4, min(12, steps)))
    moves = [abs(after - before) for before, after in pairwise(values)]
    least = 1.0 if family in ("count", "steps", "sum") else 0.01
    scale = max(least, sum(moves) / len(moves) / (step if family == "sum" else step**0.75))
    return Case(family, times[:known], tuple(values[:known]), step, values[-1], scale)


Maker = Callable[[random.Random, tuple[float, ...], float, float], list[float]]


def _rate(draw: random.Random, times: tuple[float, ...], step: float, breaks: float) -> list[float]:
    """A share that nears its limit: insurance, clean water. A break shifts it and slows it down."""
    limit, pace, noise = draw.uniform(92, 100), draw.uniform(0.1, 0.5), draw.uniform(0.1, 0.6)
    level = draw.uniform(60, limit - 4)
    shift, slower = draw.choice((-1, 1)) * draw.uniform(1, 4), draw.uniform(0, 0.4)
    values = []
    for number, time in enumerate(times):
        broken = time > breaks
        if number:
            level += (limit - level) * (1 - math.exp(-pace * step)) * (slower if broken else 1)
        told = level + (shift if broken else 0) + draw.gauss(0, noise)
        values.append(round(min(100.0, max(0.0, told)), 1))
    return values


def _reduction(draw: random.Random, times: tuple[float, ...], step: float, breaks: float) -> list[float]:
    """Poor households in percent: quick at first, then a hard core; a break stops, turns or speeds it."""
    level, pace = draw.uniform(2, 15), draw.uniform(0.08, 0.45)
    core, noise, after = (
        level * draw.uniform(0, 0.4),
        level * draw.uniform(0.01, 0.05),
        draw.choice((0, 0.3, -0.4, 2.5)),
    )
    values = []
    for number, time in enumerate(times):
        if number:
            level -= (level - core) * (1 - math.exp(-pace * step)) * (after if time > breaks else 1)
        values.append(round(max(0.0, level + draw.gauss(0, noise)), 2))
    return values


def _stock(draw: random.Random, times: tuple[float, ...], step: float, breaks: float) -> list[float]:
    """Income a head, in millions: it grows by percents; a break gives it another growth."""
    level, growth, noise = draw.uniform(30, 400), draw.gauss(0.06, 0.04), draw.uniform(0.005, 0.03)
    other = draw.gauss(0.02, 0.05)
    values = []
    for time in times:
        level *= math.exp((other if time > breaks else growth) * step + draw.gauss(0, noise * math.sqrt(step)))
        values.append(round(level, 1))
    return values


def _steady(draw: random.Random, times: tuple[float, ...], step: float, breaks: float) -> list[float]:
    """A share that is kept: cultural families. It swings around its mean; a break shifts the mean."""
    mean, noise, keep = draw.uniform(70, 97), draw.uniform(0.3, 2), draw.uniform(0.2, 0.8)
    shift, off, values = draw.choice((-1, 1)) * draw.uniform(1, 5), 0.0, []
    for time in times:
        off = keep * off + draw.gauss(0, noise)
        values.append(round(min(100.0, mean + off + (shift if time > breaks else 0)), 1))
    return values


def _steps(draw: random.Random, times: tuple[float, ...], step: float, _breaks: float) -> list[float]:
    """A small stock that jumps: schools, models."""
    level, often, values = draw.randint(1, 20), draw.uniform(0.2, 1.0) * step, []
    for _ in times:
        if draw.random() < often:
            level += draw.choice((1, 1, 1, 2, -1))
        values.append(float(max(0, level)))
    return values


def _count(draw: random.Random, times: tuple[float, ...], _step: float, breaks: float) -> list[float]:
    """Admissions a year; a break takes away or adds a good part."""
    mean, growth, jump = draw.uniform(3, 80), draw.gauss(0, 0.06), draw.choice((0.6, 1.5))
    values = []
    for time in times:
        mean *= math.exp(growth)
        values.append(float(_poisson(draw, mean * (jump if time > breaks else 1))))
    return values


def _sum(draw: random.Random, times: tuple[float, ...], step: float, breaks: float) -> list[float]:
    """Lanes built since the start of the term; some years are richer than others."""
    mean, growth = draw.uniform(2, 80) * step, draw.gauss(0, 0.1)
    jump, uneven, total, values = draw.choice((0.3, 0.6, 1.6)), draw.choice((0, 0, 0.3, 0.6)), 0.0, [0.0]
    for time in times[1:]:
        mean *= math.exp(growth * step)
        total += _poisson(draw, mean * (jump if time > breaks else 1) * math.exp(draw.gauss(0, uneven)))
        values.append(total)
    return values


def _budget(draw: random.Random) -> Case:
    """Revenue by months or quarters, one to three whole years and the running one; a break is this year's."""
    per, years = draw.choice((12, 4)), draw.choice((1, 2, 2, 3, 3))
    shares = [share * math.exp(draw.gauss(0, 0.25)) for share in _MONTHS]
    total, growth, noise = draw.uniform(5, 200), draw.gauss(0.07, 0.08), draw.uniform(0.03, 0.2)
    flow: list[float] = []
    for number in range(years + 1):
        total *= math.exp(growth + draw.gauss(0, 0.05))
        if number == years and draw.random() < _BREAKS:
            total *= draw.choice((0.7, 0.85, 1.25))
        months = [total * share * math.exp(draw.gauss(0, noise)) / sum(shares) for share in shares]
        size = 12 // per
        flow += [round(sum(months[size * part : size * part + size]), 2) for part in range(per)]
    known = draw.randint(1, per - 1)
    sums = [sum(flow[per * year : per * year + per]) for year in range(years + 1)]
    times = tuple(END - years + number for number in range(years))
    return Case(
        "budget", times, tuple(sums[:-1]), 1.0, sums[-1], sums[-1] / 10, tuple(flow[: per * years + known]), per
    )


def _poisson(draw: random.Random, mean: float) -> int:
    if mean > 60:
        return max(0, round(draw.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), draw.random(), 0
    while product >= limit:
        product *= draw.random()
        count += 1
    return count


_MAKERS: dict[str, Maker] = {
    "rate": _rate,
    "reduction": _reduction,
    "stock": _stock,
    "steady": _steady,
    "steps": _steps,
    "count": _count,
    "sum": _sum,
}
