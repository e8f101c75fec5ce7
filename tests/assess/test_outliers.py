"""Figures that stand out: DHIS2's cases (skipped where `shared/` is absent), and series as short as ours are."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.assess.consistency.outliers import can_fire, jumps, min_max, modified_z_score, outliers, z_score

FILE = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "dhis2_outliers.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
CASES = {case["id"]: case for case in VECTORS.get("cases", ())}
needs_shared = pytest.mark.skipif(not VECTORS, reason="../shared/vectors/dhis2_outliers.json is not here")


def numbered(values: list[float]) -> dict[int, float]:
    return dict(enumerate(values))


@needs_shared
def test_no_case_is_left_out() -> None:
    assert set(CASES) == {
        "z_two_series", "z_small", "modz_two_series", "modz_small", "baseline_window", "minmax", "minmax_one",
    }  # fmt: skip


@needs_shared
@pytest.mark.parametrize(("name", "rule"), [("z_two_series", z_score), ("modz_two_series", modified_z_score)])
def test_two_series(name: str, rule: Any) -> None:
    case = CASES[name]
    for series, values in case["series"].items():
        assert [one.value for one in rule(values, case["threshold"])] == case["expected_outliers"][series]


@needs_shared
@pytest.mark.parametrize(("name", "rule"), [("z_small", z_score), ("modz_small", modified_z_score)])
def test_numbers_of_a_small_series(name: str, rule: Any) -> None:
    case = CASES[name]
    told, near = case["expected"], case["tol"]
    (found,) = rule(numbered(case["values"]), case["threshold"])
    assert found.value == told["outlier"]
    assert found.middle == pytest.approx(told.get("mean", told.get("median")), abs=near)
    assert found.score == pytest.approx(told["z"], abs=near)
    assert found.distance == pytest.approx(told["abs_dev"], abs=near)
    assert (found.low, found.high) == (pytest.approx(told["lower"], abs=near), pytest.approx(told["upper"], abs=near))


@needs_shared
def test_a_baseline_of_some_periods() -> None:
    case = CASES["baseline_window"]
    base = [period for period in case["values"] if period < "202006"]
    assert [one.value for one in z_score(case["values"], 2.0, base)] == case["expected_outliers"]
    assert [one.value for one in modified_z_score(case["values"], 2.1, base)] == case["expected_outliers"]


@needs_shared
@pytest.mark.parametrize("name", ["minmax", "minmax_one"])
def test_bounds(name: str) -> None:
    case = CASES[name]
    for series, values in case["values"].items():
        found = min_max(numbered(values), *case["bounds"][series])
        assert sorted(one.value for one in found) == sorted(case["expected_outliers"][series])
        assert [one.distance for one in found] == sorted((one.distance for one in found), reverse=True)
    if "expected" in case:
        (one,) = min_max(numbered(case["values"]["A"]), *case["bounds"]["A"])
        assert (one.distance, one.low, one.high) == tuple(
            case["expected"][key] for key in ("abs_dev", "lower", "upper")
        )


def test_the_mean_cannot_find_anything_in_few_points() -> None:
    assert z_score(numbered([1, 1, 1, 1, 1, 10**9])) == []
    assert not can_fire(10)
    assert can_fire(11)


def test_a_slip_of_unit_is_found_in_four_years() -> None:
    (found,) = outliers({2021: 31.2, 2022: 33.0, 2023: 34_500.0, 2024: 36.0})
    assert (found.key, found.rule) == (2023, "jump")
    assert found.high == pytest.approx(360.0)


def test_a_figure_a_tenth_of_its_neighbours_is_found_at_the_end() -> None:
    assert [one.key for one in outliers({2021: 91.1, 2022: 91.6, 2023: 92.0, 2024: 9.2})] == [2024]


@pytest.mark.parametrize(
    "series",
    [
        {2021: 3.0, 2022: 300.0},
        {2021: 3.0, 2022: 5.0, 2023: 8.0, 2024: 12.0, 2025: 18.0},
        {2021: 5.0, 2022: 5.0, 2023: 5.0, 2024: 5.0},
        {2021: 0.0, 2022: 0.0, 2023: 1.0, 2024: 0.0},
        {2021: 4.0, 2022: 3.1, 2023: 2.2, 2024: 1.4, 2025: 0.6},
    ],
)
def test_what_grows_falls_or_stays_is_no_outlier(series: dict[int, float]) -> None:
    assert outliers(series) == []


def test_a_new_level_is_no_single_figure() -> None:
    """After a merger everything is larger: the change is real, no figure stands out."""
    assert jumps({2022: 10.0, 2023: 11.0, 2024: 12.0, 2025: 150.0, 2026: 160.0, 2027: 165.0}) == []


@given(st.lists(st.floats(1, 1e6), min_size=4, max_size=30), st.floats(0.001, 1000))
def test_another_unit_finds_the_same(values: list[float], scale: float) -> None:
    found = [one.key for one in modified_z_score(numbered(values), 3.5)]
    near = {one.key for one in modified_z_score(numbered(values), 3.5 * (1 - 1e-9))}
    scaled = {one.key for one in modified_z_score(numbered([value * scale for value in values]), 3.5)}
    assert set(found) - near == set()
    assert scaled <= near
