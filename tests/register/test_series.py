"""Series across reorganisations: golden cases a reader can check by hand, and what holds for every merger."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.register.series import Body, Figure, Link, Past, Series, join
from nhiemky.values.period import Period

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("series.yaml").read_text(encoding="utf-8"))
DAY = date(2025, 7, 1)
VALUES = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
WEIGHTS = st.decimals(min_value=1, max_value=10**7, places=0, allow_nan=False, allow_infinity=False)


def figure(body: int, period: str, given: Any) -> Figure:
    said = given if isinstance(given, dict) else {"value": given}
    if isinstance(said["value"], list):
        said = {"value": said["value"][0], "weight": said["value"][1]}
    numbers: dict[str, Any] = {name: Decimal(str(said[name])) for name in ("value", "high", "weight") if name in said}
    rest = {name: value for name, value in said.items() if name not in numbers}
    return Figure(body, Period.parse(period), ref=body, **numbers, **rest)


def past_of(case: dict[str, Any]) -> Past:
    return Past(
        case["of"],
        {key: Body(key, first) for key, first in case["bodies"].items()},
        tuple(Link(*link) for link in case["links"]),
        tuple(figure(body, str(p), v) for body, known in case["figures"].items() for p, v in known.items()),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_golden(case: dict[str, Any]) -> None:
    series = join(past_of(case), case["how"])
    points = {str(point.period): point for point in series.points}
    assert list(points) == [str(period) for period in case["expect"]]
    for period, wanted in case["expect"].items():
        point = points[str(period)]
        for name, value in (wanted if isinstance(wanted, dict) else {"value": wanted}).items():
            seen = getattr(point, name)
            if name in ("value", "high") and value is not None:
                value = Decimal(str(value))
            assert (list(seen) if isinstance(value, list) else seen) == value, f"{period}: {name}"
    assert [[one.on, str(one.reason)] for one in series.breaks] == case.get("breaks", [])


def merged(values: list[Decimal | None], how: Any, weights: list[Decimal] | None = None) -> Series:
    """Bodies 1, 2, … became body 0 on the day; each has a figure of 2024 or none."""
    bodies = range(1, len(values) + 1)
    figures = tuple(
        Figure(body, Period(2024), value, weight=weights[body - 1] if weights else None)
        for body, value in zip(bodies, values, strict=True)
        if value is not None
    )
    links = tuple(Link(body, 0, "merge", DAY) for body in bodies)
    return join(Past(0, {0: Body(0, DAY)} | {body: Body(body) for body in bodies}, links, figures), how)


@given(st.lists(VALUES, min_size=1, max_size=9))
def test_the_whole_is_the_sum_of_its_parts(values: list[Decimal]) -> None:
    (point,) = merged(list(values), "sum").points
    assert point.value == sum(values)
    assert not point.incomplete


@given(st.lists(st.one_of(st.none(), VALUES), min_size=1, max_size=9))
def test_a_missing_part_is_always_told(values: list[Decimal | None]) -> None:
    points = merged(values, "sum").points
    known = [value for value in values if value is not None]
    assert bool(points) == bool(known)
    for point in points:
        assert (len(point.bodies), len(point.of)) == (len(known), len(values))
        assert point.incomplete == (len(known) < len(values))


@given(st.lists(st.tuples(VALUES, WEIGHTS), min_size=1, max_size=9))
def test_a_weighted_rate_lies_between_the_lowest_and_the_highest(pairs: list[tuple[Decimal, Decimal]]) -> None:
    rates = [rate for rate, _weight in pairs]
    (point,) = merged(list(rates), "weighted", [weight for _rate, weight in pairs]).points
    assert point.value is not None
    slack = Decimal("1e-15")
    assert min(rates) - slack <= point.value <= max(rates) + slack


@given(st.lists(VALUES, min_size=2, max_size=9), st.randoms())
def test_the_order_of_the_bodies_does_not_matter(values: list[Decimal], random: Any) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)
    assert merged(list(values), "sum").points[0].value == merged(list(shuffled), "sum").points[0].value


@given(st.lists(VALUES, min_size=2, max_size=6), st.integers(1, 5))
def test_two_mergers_in_turn_make_the_same_as_one(values: list[Decimal], cut: int) -> None:
    """Some of them became 100 first, and 100 with the rest became 0."""
    cut = min(cut, len(values) - 1)
    bodies = range(1, len(values) + 1)
    first = tuple(Link(body, 100, "merge", date(2025, 1, 1)) for body in bodies if body <= cut)
    then = (Link(100, 0, "merge", DAY), *(Link(body, 0, "merge", DAY) for body in bodies if body > cut))
    figures = tuple(Figure(body, Period(2024), value) for body, value in zip(bodies, values, strict=True))
    known = {0: Body(0, DAY), 100: Body(100, date(2025, 1, 1))} | {body: Body(body) for body in bodies}
    (point,) = join(Past(0, known, (*first, *then), figures), "sum").points
    assert point.value == merged(list(values), "sum").points[0].value
    assert point.of == tuple(bodies)


@given(st.lists(VALUES, min_size=2, max_size=5))
def test_an_average_of_several_is_never_made(values: list[Decimal]) -> None:
    (point,) = merged(list(values), "none").points
    assert point.value is None
    assert str(point.reason) == "average"
