"""The forecast to the end of the term: which method and why, honest ranges, silence with fewer than three results."""

from datetime import date, timedelta

import pytest
from benchmarks.forecast import last, line, measured, ours

from nhiemky.assess.target import Goal, Point, Verdict, assess
from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind
from nhiemky.values.period import Period, Term

TERM = Term(2020, 2025)


def verdict(
    results: dict[str, float], *, meaning: str = "by_deadline", unit: str = "%", low: float = 99,
    nature: str | None = None, baseline: float | None = None, today: date | None = None,
) -> Verdict:  # fmt: skip
    points = [Point(Period.parse(p), v, ResultKind.OFFICIAL, Period.parse(p).end) for p, v in results.items()]
    goal = Goal(Direction.AT_LEAST, low, None, unit, baseline, 2020, PeriodMeaning(meaning), TERM, TERM.last_day,
                nature=nature)  # type: ignore[arg-type]  # fmt: skip
    return assess(goal, points, today or points[-1].period.end + timedelta(days=12))


def test_fewer_than_three_results_say_so() -> None:
    found = verdict({"2021": 91.1}, baseline=90.7)
    assert found.forecast is None
    assert found.forecast_note == "Chưa đủ ba kết quả để ước cuối kỳ"


def test_a_sum_of_two_results_is_too_few_though_its_line_starts_at_nothing() -> None:
    results = {"2021": 8.0, "2022": 9.0}
    assert verdict(results, meaning="cumulative", unit="tuyến").forecast is None
    assert verdict(results | {"2023-H1": 4.0}, meaning="cumulative", unit="tuyến").forecast is not None


def test_an_exact_line_goes_on_as_a_line_whatever_is_usual() -> None:
    found = verdict({"2021": 21.0, "2022": 22.0, "2023": 23.0, "2024": 24.0}, baseline=20).forecast
    assert found
    assert found.method == "linear"
    assert found.mid == pytest.approx(25.0)
    assert found.low < 24.9
    assert found.high > 25.1


def test_a_share_that_slows_down_is_told_by_a_damped_trend_and_stays_below_the_line() -> None:
    found = verdict({"2021": 90.0, "2022": 93.5, "2023": 95.2}, baseline=84).forecast
    assert found
    assert found.method == "damped"
    assert 95.2 < found.mid < 99.5  # a line through these would pass 100
    assert found.note.startswith("Xu thế chậm dần qua 4 kết quả, khoảng tin cậy 80%; thử lại")
    assert found.note_en.startswith("A damped trend through 4 results, an 80% range; ")


def test_what_does_not_move_is_left_where_it_is() -> None:
    found = verdict({"2021": 85.0, "2022": 85.0, "2023": 85.0}, meaning="maintain").forecast
    assert found
    assert (found.method, found.mid) == ("last", 85.0)


def test_more_scatter_fewer_results_and_a_farther_end_widen_the_range() -> None:
    def width(*values: float, first: int = 2021) -> float:
        found = verdict({str(first + n): v for n, v in enumerate(values)}, unit="triệu đồng", baseline=50).forecast
        assert found
        return found.high - found.low

    assert width(52, 54, 56) < width(53, 53, 57)
    assert width(52, 54, 56, 58) < width(52, 54, 56)
    assert width(54, 56, 58, first=2022) < width(52, 54, 56)


def test_a_percentage_stays_a_percentage_and_a_count_stays_above_zero() -> None:
    full = verdict({"2021": 90.0, "2022": 95.0, "2023": 98.5}, baseline=84).forecast
    gone = verdict({"2021": 12.0, "2022": 4.0, "2023": 0.0}, unit="hộ", nature="stock", baseline=20).forecast
    assert full
    assert gone
    assert full.high == 100.0
    assert gone.low == 0.0


def test_what_a_sum_has_brought_stays_brought() -> None:
    found = verdict({"2021": 30.0, "2022": 2.0, "2023": 1.0}, meaning="cumulative", unit="tuyến").forecast
    assert found
    assert found.low >= 33


MONTHS = (10, 6, 7, 8, 7, 7, 9, 7, 8, 9, 8, 14)


def revenue(*totals: float, told: int) -> dict[str, float]:
    """Whole years by month from 2021 on, and so many months of the next with the same season and 10 % more."""
    rows = {
        f"{2021 + year}-M{m:02d}": round(total * share / 100, 3)
        for year, total in enumerate(totals)
        for m, share in enumerate(MONTHS, 1)
    }
    running = {
        f"{2021 + len(totals)}-M{m:02d}": round(totals[-1] * 1.1 * MONTHS[m - 1] / 100, 3) for m in range(1, told + 1)
    }
    return rows | running


def test_a_running_year_is_told_by_the_share_that_the_same_months_had() -> None:
    results = revenue(40, 44, 50, 52, told=9)
    found = verdict(results, meaning="each_year", unit="tỷ đồng", low=40, nature="flow").forecast
    assert found
    assert found.method == "seasonal"
    assert found.mid == pytest.approx(52 * 1.1, rel=0.01)
    assert found.low < 57.2 < found.high
    assert found.note.startswith("Tỷ trọng cùng kỳ: 9 tháng đầu năm chiếm 69% cả năm (2021, 2022, 2023, 2024)")


def test_a_season_carries_a_sum_to_the_end_of_its_year_and_then_goes_on() -> None:
    found = verdict(revenue(40, 40, 40, told=6), meaning="cumulative", unit="tỷ đồng", low=200, nature="flow").forecast
    assert found
    assert found.method == "seasonal"
    assert found.mid == pytest.approx(120 + 44 + 44, rel=0.03)


def test_small_counts_have_no_season() -> None:
    results = {"2021-H1": 1.0, "2021-H2": 4.0, "2022-H1": 2.0, "2022-H2": 3.0, "2023-H1": 3.0}
    found = verdict(results, meaning="each_year", unit="đảng viên", low=3, nature="flow")
    assert found.forecast_note == "Chưa đủ ba kết quả để ước cuối kỳ"


def test_a_mean_keeps_the_years_that_are_known() -> None:
    results = {"2021": 18.0, "2022": 18.0, "2023": 18.0}
    found = verdict(results, meaning="yearly_average", unit="%/năm", low=18).forecast
    assert found
    assert found.mid == pytest.approx(18.0)


def test_nothing_to_forecast_once_the_end_is_told_or_where_it_moves_in_steps() -> None:
    done = verdict({"2023": 90.0, "2024": 92.0, "2025": 94.0}, baseline=88, today=date(2025, 12, 31))
    steps = verdict({"2021": 0.0, "2022": 0.0, "2023": 0.0}, meaning="milestone", unit="", low=1)
    assert (done.forecast, done.forecast_note) == (None, "Đã có kết quả đến hạn, không cần ước")
    assert (steps.forecast, steps.forecast_note) == (None, "Chỉ tiêu theo mốc, không ngoại suy")


def test_the_outlook_says_where_it_leads_and_what_pace_is_needed_from_today() -> None:
    found = verdict({"2021": 91.1, "2022": 91.6, "2023-H1": 91.8}, baseline=90.7, low=94.5, today=date(2023, 12, 31))
    assert found.pace_from_today == pytest.approx(1.35)
    assert found.outlook
    assert "cả khoảng chưa tới chỉ tiêu ≥ 94,5%; từ hôm nay mỗi năm phải tăng 1,35 điểm" in found.outlook.vi
    assert "from today it has to rise 1.35 points a year" in found.outlook.en


def test_on_made_up_series_it_is_nearer_than_the_others_and_its_ranges_hold() -> None:
    found, chosen = measured(60, 5, {"ours": ours, "last": last, "line": line})
    whole = found["all"]
    assert whole["ours"]["mean"] < min(whole["last"]["mean"], whole["line"]["mean"])
    assert whole["ours"]["median"] < min(whole["last"]["median"], whole["line"]["median"])
    assert 0.7 <= whole["ours"]["covered"] <= 0.9
    assert {name.split(": ")[1] for name in chosen} == {"last", "linear", "damped", "mean", "seasonal"}


def test_its_ranges_hold_seven_to_nine_times_of_ten_for_every_kind_of_series() -> None:
    found, _chosen = measured(240, 7, {"ours": ours})
    held = {family: told["ours"]["covered"] for family, told in found.items()}
    assert {family: share for family, share in held.items() if not 0.7 <= share <= 0.9} == {}


@pytest.mark.parametrize("meaning", ["by_deadline", "each_year", "cumulative", "yearly_average"])
@pytest.mark.parametrize("values", [(1e308, -1e308, 1e308, 5), (1e-300, 1e300, 0, 1), (0, 0, 0, 0), (-5, -5, -4, -7)])
def test_figures_beyond_all_sense_make_no_forecast_rather_than_a_failure(
    meaning: str, values: tuple[float, ...]
) -> None:
    results = {str(2021 + number): float(value) for number, value in enumerate(values)}
    found = verdict(results, meaning=meaning, unit="tỷ đồng", baseline=1, nature="flow")
    assert found.forecast is not None or found.forecast_note
    if found.forecast:
        assert found.forecast.low <= found.forecast.mid <= found.forecast.high
