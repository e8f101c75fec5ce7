"""The benchmark's table of steps names functions that there are, and its shares make the whole."""

import pytest
from benchmarks.steps import shares
from tests.reading.test_robust import PAGES


def test_shares_of_the_steps_make_the_whole() -> None:
    found = shares(PAGES[:2], 1)
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["targets and results"] > 0
    assert found["the rest"] < 0.5
