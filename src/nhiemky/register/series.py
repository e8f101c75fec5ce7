"""Figures of bodies and what became of those bodies → one series for the body of today, with its joins and breaks.

Pure: no database, no clock. Counts add up, rates weigh by their denominator, an average is never averaged; what cannot
be joined is a break with its reason. Called by joining.py, which reads the rows. See docs/explanation/mergers.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from nhiemky.values.kinds import Kind, ResultKind
from nhiemky.values.period import Period

Joins = Literal["sum", "weighted", "none"]
_WHOLE = ("merge", "rename", "reparent")
_LEAST_SURE = (ResultKind.FORECAST, ResultKind.ESTIMATE, ResultKind.OFFICIAL)


class BreakReason(Kind):
    PART = "part", "chỉ một phần của đơn vị cũ chuyển sang, số cũ không tách được", "only a part passed over"
    GAVE = "gave", "một phần của đơn vị đã chuyển đi, số trước đó gồm cả phần ấy", "a part has passed to another body"
    AVERAGE = "average", "số bình quân hoặc tỷ lệ không rõ mẫu số thì không gộp", "averages are not averaged"
    NO_WEIGHT = "no_weight", "thiếu mẫu số của một đơn vị cũ", "the denominator of a former body is missing"
    UNITS = "units", "các đơn vị cũ dùng đơn vị tính khác nhau", "the former bodies used different units"
    RUNNING = "running", "số cộng dồn và số trong kỳ không gộp được", "running totals and figures of a period differ"
    SPANS = "spans", "kỳ chưa hết khi sắp xếp", "the reorganisation fell within the period"


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as far as series need it."""

    key: int
    valid_from: date | None = None

    def existed_in(self, period: Period) -> bool:
        return self.valid_from is None or self.valid_from <= period.end


@dataclass(frozen=True, slots=True)
class Link:
    """What became of a body: from `on`, the predecessor (or a part of it) belongs to the successor."""

    predecessor: int
    successor: int
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A body's current figure of a period. `weight` is the figure of the denominator; `ref` the record behind it."""

    body: int
    period: Period
    value: Decimal
    unit: str = ""
    high: Decimal | None = None
    weight: Decimal | None = None
    running_total: bool = False
    kind: str = ResultKind.OFFICIAL.value
    as_of: date | None = None
    ref: int = 0


@dataclass(frozen=True, slots=True)
class JoinedPoint:
    """One period: `bodies` gave a figure, `of` should have. `value` is None where there is a reason instead."""

    period: Period
    value: Decimal | None
    high: Decimal | None
    unit: str
    kind: str
    as_of: date | None
    running_total: bool
    bodies: tuple[int, ...]
    of: tuple[int, ...]
    refs: tuple[int, ...]
    joined: bool
    reason: BreakReason | None = None

    @property
    def incomplete(self) -> bool:
        """Some of the bodies gave no figure: a sum of fewer parts is never shown as if it were whole."""
        return len(self.bodies) < len(self.of)


@dataclass(frozen=True, slots=True)
class Break:
    """The day before which figures mean something else, why, and because of which bodies."""

    on: date
    reason: BreakReason
    bodies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    body: int
    points: tuple[JoinedPoint, ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class Past:
    """The bodies that the body of today comes from, what passed from which to which, and their figures."""

    body: int
    bodies: Mapping[int, Body]
    links: tuple[Link, ...]
    figures: tuple[Figure, ...]

    @cached_property
    def by_place(self) -> dict[tuple[int, Period], Figure]:
        return {(figure.body, figure.period): figure for figure in self.figures}

    @cached_property
    def into(self) -> dict[int, list[Link]]:
        found: dict[int, list[Link]] = {}
        for link in self.links:
            if link.predecessor != link.successor:  # renamed or moved under another parent: the same row goes on
                found.setdefault(link.successor, []).append(link)
        return found


def join(past: Past, how: Joins) -> Series:
    """The series of `past.body`: a point for each period in which it or a body before it has a figure."""
    line = set(_line(past, past.body))
    periods = sorted({figure.period for figure in past.figures if figure.body in line})
    points = [point for period in periods if (point := _point(past, period, how)) is not None]
    return Series(past.body, tuple(points), tuple(_breaks(past, points)))


def _line(past: Past, body: int) -> Iterator[int]:
    """The body and all before it, each once."""
    seen, waiting = set(), [body]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            yield key
            waiting += [link.predecessor for link in past.into.get(key, ())]


def _point(past: Past, period: Period, how: Joins) -> JoinedPoint | None:
    links: list[Link] = []
    sources = tuple(sorted(set(_sources(past, past.body, period, links, frozenset()))))
    found = tuple(figure for key in sources if (figure := past.by_place.get((key, period))) is not None)
    spans = _spanned(past, period)
    if not found:
        partial = [key for key in _line(past, past.body) if (key, period) in past.by_place]
        return _no_value(period, sources, tuple(partial), BreakReason.SPANS) if spans and partial else None
    if any(link.kind not in _WHOLE for link in links):
        return _no_value(period, sources, tuple(figure.body for figure in found), BreakReason.PART)
    value, high, reason = _joined(found, len(sources), how)
    if reason is not None:
        return _no_value(period, sources, tuple(figure.body for figure in found), reason)
    days = [figure.as_of for figure in found if figure.as_of is not None]
    return JoinedPoint(
        period=period,
        value=value,
        high=high,
        unit=found[0].unit,
        kind=next(kind for kind in _LEAST_SURE if kind in {figure.kind for figure in found}),
        as_of=min(days, default=None),
        running_total=found[0].running_total,
        bodies=tuple(figure.body for figure in found),
        of=sources,
        refs=tuple(figure.ref for figure in found),
        joined=sources != (past.body,),
        reason=BreakReason.SPANS if spans else None,
    )


def _sources(past: Past, body: int, period: Period, links: list[Link], above: frozenset[int]) -> Iterator[int]:
    """The bodies whose figures of the period make up the body's; `links` gets what was passed on the way."""
    before = [link for link in past.into.get(body, ()) if link.on > period.end and link.predecessor not in above]
    existed = past.bodies[body].existed_in(period)
    # A body made later that has a figure of an earlier period has counted back itself.
    if existed or (body, period) in past.by_place:
        yield body
    if existed or (body, period) not in past.by_place:
        for link in before:
            links.append(link)
            yield from _sources(past, link.predecessor, period, links, above | {body})


def _joined(
    found: tuple[Figure, ...], wanted: int, how: Joins
) -> tuple[Decimal | None, Decimal | None, BreakReason | None]:
    if wanted == 1:
        return found[0].value, found[0].high, None
    if len({figure.unit for figure in found}) > 1:
        return None, None, BreakReason.UNITS
    if len({figure.running_total for figure in found}) > 1:
        return None, None, BreakReason.RUNNING
    if how == "none":
        return None, None, BreakReason.AVERAGE
    weights = [Decimal(1) if how == "sum" else figure.weight for figure in found]
    known = [weight for weight in weights if weight is not None]
    whole = sum(known, Decimal(0))
    if len(known) < len(found) or whole <= 0 or min(known) < 0:
        return None, None, BreakReason.NO_WEIGHT
    share = Decimal(1) if how == "sum" else whole
    value = sum((figure.value * weight for figure, weight in zip(found, known, strict=True)), Decimal(0)) / share
    ends = [figure.value if figure.high is None else figure.high for figure in found]
    high = sum((end * weight for end, weight in zip(ends, known, strict=True)), Decimal(0)) / share
    return value, high if any(figure.high is not None for figure in found) else None, None


def _no_value(period: Period, of: tuple[int, ...], bodies: tuple[int, ...], reason: BreakReason) -> JoinedPoint:
    return JoinedPoint(period, None, None, "", "", None, False, bodies, of, (), True, reason)


def _spanned(past: Past, period: Period) -> bool:
    """Something passed into the body, or into one before it, while the period ran."""
    keys = set(_line(past, past.body))
    return any(period.start < link.on <= period.end for key in keys for link in past.into.get(key, ()))


def _breaks(past: Past, points: Iterable[JoinedPoint]) -> Iterator[Break]:
    """By day: what was given away, and the reorganisations across which no value could be joined."""
    found: dict[tuple[date, BreakReason], set[int]] = {}
    for link in past.links:
        if link.predecessor == past.body != link.successor and link.kind not in _WHOLE:
            found.setdefault((link.on, BreakReason.GAVE), set()).add(link.successor)
    arrivals = [link for key in _line(past, past.body) for link in past.into.get(key, ())]
    for point in points:
        after = [link.on for link in arrivals if link.on > point.period.start]
        if point.value is None and point.reason is not None and after:
            found.setdefault((min(after), point.reason), set()).update(point.of)
    for (on, reason), bodies in sorted(found.items()):
        yield Break(on, reason, tuple(sorted(bodies)))
