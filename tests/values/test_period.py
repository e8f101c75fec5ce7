"""Periods and terms: parsing, dates, order, Vietnamese names, and time as a fraction of years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.values.language import Unreadable
from nhiemky.values.period import Period, Term, year_fraction

PARTS = [None, "H1", "H2", "Q1", "Q2", "Q3", "Q4", "9M", *(f"M{month:02d}" for month in range(1, 13))]
PERIODS = st.builds(Period, st.integers(1990, 2050), st.sampled_from(PARTS))


@pytest.mark.parametrize(
    ("text", "start", "end", "label", "english"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "năm 2023", "2023"),
        ("2023-H1", date(2023, 1, 1), date(2023, 6, 30), "6 tháng đầu năm 2023", "the first half of 2023"),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31), "6 tháng cuối năm 2023", "the second half of 2023"),
        ("2023-Q2", date(2023, 4, 1), date(2023, 6, 30), "quý II năm 2023", "quarter 2 of 2023"),
        ("2024-M02", date(2024, 2, 1), date(2024, 2, 29), "tháng 2 năm 2024", "02/2024"),
        ("2023-M12", date(2023, 12, 1), date(2023, 12, 31), "tháng 12 năm 2023", "12/2023"),
        ("2023-9M", date(2023, 1, 1), date(2023, 9, 30), "9 tháng đầu năm 2023", "the first nine months of 2023"),
    ],
)
def test_period(text: str, start: date, end: date, label: str, english: str) -> None:
    period = Period.parse(text)
    assert str(period) == text
    assert (period.start, period.end) == (start, end)
    assert (period.label, period.english) == (label, english)


@pytest.mark.parametrize("text", ["", "2023-H3", "2023-Q5", "2023-M13", "2023-M6", "23", "2023 H1", "năm 2023"])
def test_a_period_that_is_none_says_what_was_found(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        Period.parse(text)
    assert repr(text) in str(caught.value)
    assert "2023-H1" in str(caught.value)
    assert isinstance(caught.value, Unreadable)
    assert repr(text) in caught.value.en


def test_a_period_made_wrongly_is_refused() -> None:
    with pytest.raises(ValueError, match="kỳ số liệu không hợp lệ"):
        Period(2023, "H3")


def test_order_is_by_the_end_and_the_longer_is_later() -> None:
    told = ["2022", "2023-M01", "2023-Q1", "2023-M06", "2023-Q2", "2023-H1", "2023-9M", "2023-H2", "2023"]
    assert [str(period) for period in sorted(map(Period.parse, reversed(told)))] == told


@given(PERIODS, PERIODS)
def test_order_agrees_with_the_end_and_with_equality(one: Period, other: Period) -> None:
    assert Period.parse(str(one)) == one
    if one.end != other.end:
        assert (one < other) == (one.end < other.end)
    assert (one <= other and other <= one) == (one == other)


def test_term() -> None:
    term = Term.parse("2020 – 2025")
    assert str(term) == "2020-2025"
    assert list(term.years) == [2021, 2022, 2023, 2024, 2025]
    assert (term.first_day, term.midpoint, term.last_day) == (date(2021, 1, 1), date(2023, 6, 30), date(2025, 12, 31))


def test_the_midpoint_of_an_even_term_is_a_year_end() -> None:
    assert Term(2020, 2024).midpoint == date(2022, 12, 31)


@pytest.mark.parametrize("text", ["2020", "2025-2020", "2020-2040", "nhiệm kỳ"])
def test_a_term_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="nhiệm kỳ"):
        Term.parse(text)


def test_time_counts_the_end_of_the_day_in_equal_months() -> None:
    assert year_fraction(date(2020, 12, 31)) == 2021.0
    assert year_fraction(date(2023, 6, 30)) == 2023.5
    assert year_fraction(date(2024, 2, 29)) == pytest.approx(2024 + 2 / 12)
