"""The forecast to the end of the term: a straight line, an honest range, silence with fewer than three points."""

import pytest

from nhiemky.assess.target.forecast import TOO_FEW, straight_line

LINE = ((2021.0, 90.7), (2022.0, 91.1), (2023.0, 91.6), (2023.5, 91.8))


def test_fewer_than_three_points_say_so() -> None:
    assert straight_line(LINE[:2], 2026.0, percent=True) == (None, TOO_FEW)


def test_a_straight_line_goes_on() -> None:
    found, note = straight_line(((2021.0, 10.0), (2022.0, 12.0), (2023.0, 14.0)), 2026.0, percent=False)
    assert found is not None
    assert found.mid == pytest.approx(20.0)
    assert found.low < 20.0 < found.high
    assert note == "Đường thẳng qua 3 kết quả, khoảng tin cậy 80%"


def test_more_scatter_or_fewer_points_widen_the_range() -> None:
    calm, _ = straight_line(LINE, 2026.0, percent=True)
    wild, _ = straight_line(((2021.0, 90.7), (2022.0, 92.1), (2023.0, 90.6), (2023.5, 91.8)), 2026.0, percent=True)
    few, _ = straight_line(LINE[:3], 2026.0, percent=True)
    assert calm
    assert wild
    assert few
    assert wild.high - wild.low > calm.high - calm.low
    assert few.high - few.low > calm.high - calm.low
    assert calm.text == "92,8–93,0"


def test_a_percentage_stays_a_percentage_and_a_count_stays_above_zero() -> None:
    full, _ = straight_line(((2021.0, 90.0), (2022.0, 95.0), (2023.0, 99.0)), 2026.0, percent=True)
    gone, _ = straight_line(((2021.0, 12.0), (2022.0, 4.0), (2023.0, 0.0)), 2026.0, percent=False)
    assert full
    assert full.mid == full.high == 100.0
    assert gone
    assert gone.low == gone.mid == 0.0


def test_a_mean_keeps_the_years_that_are_known() -> None:
    series = ((2022.0, 18.0), (2023.0, 18.0), (2024.0, 18.0))
    found, _ = straight_line(series, 2026.0, percent=False, average=True, start=2021.0)
    assert found
    assert found.mid == pytest.approx(18.0)


def test_nothing_to_forecast_once_the_end_is_told() -> None:
    assert straight_line(((2023.0, 1.0), (2024.0, 2.0), (2026.0, 3.0)), 2026.0, percent=False)[0] is None
