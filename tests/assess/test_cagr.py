"""The CAGR rule of Open SDG: thresholds inclusive, both directions, zeros and mixed signs as they treat them."""

import pytest

from nhiemky.assess.target.cagr import Progress, progress


def at(ratio: float, *, direction: int = 1) -> Progress:
    """A level that has had just this share of the growth needed from 100 (2015) to 200 or 50 (2030), by 2020."""
    goal = 200.0 if direction > 0 else 50.0
    needed = (goal / 100) ** (1 / 15) - 1
    return progress(100.0, 2015, 100 * (1 + needed * ratio) ** 5, 2020, goal, 2030, direction)


@pytest.mark.parametrize(
    ("ratio", "status"),
    [
        (0.95, "substantial_progress"),
        (0.949999, "moderate_progress"),
        (0.60, "moderate_progress"),
        (0.599999, "limited_progress"),
        (0.0, "limited_progress"),
        (-0.000001, "deterioration"),
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_thresholds(ratio: float, status: str, direction: int) -> None:
    answer = at(ratio, direction=direction)
    assert answer.status == status
    assert answer.ratio == pytest.approx(ratio, abs=1e-9)


def test_a_reduction_by_hand() -> None:
    answer = progress(14.5, 2015, 10.2, 2023, 7.25, 2030, -1)
    assert answer.ratio == pytest.approx(0.9525901792032172, abs=1e-12)
    assert answer.status == "substantial_progress"


def test_reached_wins_over_the_ratio() -> None:
    assert progress(0.79, 2015, 0.0, 2024, 0.5, 2030, -1).status == "target_achieved"
    assert progress(0.79, 2015, 0.0, 2024, 0.5, 2030, -1).ratio == pytest.approx(33.2948132017689)


def test_without_a_growth_rate_it_says_so() -> None:
    assert progress(-2, 2021, 0.5, 2023, 3, 2026, 1) == Progress("not_available", None)
    assert progress(10, 2021, 10, 2021, 20, 2026, 1) == Progress("not_available", None)


def test_words() -> None:
    assert Progress("limited_progress", 0.5864).words() == ("chậm (0,59)", "limited progress (0.59)")
    assert Progress("target_achieved", 2.0).words() == ("đã đạt", "achieved")
