"""Working days of public offices, as announced: weekends, Tết, compensatory and exchanged days, years not held."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nhiemky.law import LawError, UnknownYear, end_of_day, load, vietnam_day
from nhiemky.law.calendar import calendar_of
from nhiemky.law.load import DATA

CALENDAR = load().calendar


def stretch(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("first", "last"),
    [  # whole stretches off, weekends with them, as they were announced
        (date(2020, 1, 23), date(2020, 1, 29)),
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2021, 9, 2), date(2021, 9, 5)),
        (date(2022, 1, 29), date(2022, 2, 6)),
        (date(2022, 4, 30), date(2022, 5, 3)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2023, 4, 29), date(2023, 5, 3)),
        (date(2023, 9, 1), date(2023, 9, 4)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2024, 4, 27), date(2024, 5, 1)),
        (date(2024, 8, 31), date(2024, 9, 3)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2025, 4, 30), date(2025, 5, 4)),
        (date(2025, 8, 30), date(2025, 9, 2)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 4, 25), date(2026, 4, 27)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_a_holiday_is_off_from_its_first_to_its_last_day(first: date, last: date) -> None:
    assert [on for on in stretch(first, last) if CALENDAR.is_working_day(on)] == []
    around = (first - timedelta(days=1), last + timedelta(days=1))
    assert all(CALENDAR.is_working_day(on) for on in around)
    assert CALENDAR.working_days(around[0], last) == 0
    assert CALENDAR.add_working_days(around[0], 1) == around[1]


@pytest.mark.parametrize("made_up", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)])
def test_a_saturday_on_which_work_is_made_up_counts(made_up: date) -> None:
    assert made_up.weekday() == 5
    assert CALENDAR.is_working_day(made_up)
    assert CALENDAR.working_days(made_up - timedelta(days=1), made_up + timedelta(days=1)) == 1


def test_every_year_has_the_days_of_the_labour_code() -> None:
    for year in CALENDAR.years:
        fixed = [date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]
        assert not any(CALENDAR.is_working_day(on) for on in fixed)
        assert 245 <= CALENDAR.working_days(date(year, 1, 1), date(year, 12, 31)) <= 255


def test_counts_and_steps_agree() -> None:
    start = date(2026, 2, 11)
    for count in range(1, 30):
        end = CALENDAR.add_working_days(start, count)
        assert CALENDAR.is_working_day(end)
        assert CALENDAR.working_days(start, end) == count
    assert CALENDAR.add_working_days(date(2026, 2, 15), 0) == date(2026, 2, 15)
    assert CALENDAR.working_days(date(2026, 3, 2), date(2026, 2, 2)) == 0
    assert CALENDAR.working_day_from(date(2026, 2, 14)) == date(2026, 2, 23)
    assert CALENDAR.working_day_from(date(2026, 2, 23)) == date(2026, 2, 23)


def test_a_day_off_says_why() -> None:
    named = CALENDAR.holiday(date(2026, 4, 27))
    assert named is not None
    assert (named.vi, named.en) == ("Giỗ Tổ Hùng Vương (nghỉ bù)", "Hùng Kings' Day (compensatory)")
    assert CALENDAR.holiday(date(2026, 2, 14)) is None


def test_a_year_that_is_not_held_is_an_error_and_no_guess() -> None:
    for ask in (
        lambda: CALENDAR.is_working_day(date(2028, 1, 3)),
        lambda: CALENDAR.working_days(date(2027, 12, 1), date(2028, 1, 3)),
        lambda: CALENDAR.add_working_days(date(2027, 12, 30), 5),
    ):
        with pytest.raises(UnknownYear, match="chưa có lịch nghỉ lễ, tết năm 2028; mới có các năm 2020 đến 2027"):
            ask()
    with pytest.raises(UnknownYear, match="năm 2019"):
        CALENDAR.is_working_day(date(2019, 12, 31))


def test_years_of_which_not_everything_is_known_are_marked() -> None:
    """24/11 may have become a day off in 2026; of 2027 only what the Labour Code itself fixes is written."""
    assert CALENDAR.provisional == {2026, 2027}
    notes = {one.since.year: one.note for one in load().parameter("calendar.holidays").values}
    assert all(notes[year] for year in CALENDAR.provisional)


def test_the_day_ends_in_vietnam() -> None:
    assert vietnam_day(datetime(2026, 6, 30, 16, 59, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert vietnam_day(datetime(2026, 6, 30, 17, 0, tzinfo=UTC)) == date(2026, 7, 1)
    last = end_of_day(date(2026, 6, 30))
    assert vietnam_day(last) == date(2026, 6, 30)
    assert vietnam_day(last + timedelta(microseconds=1)) == date(2026, 7, 1)
    with pytest.raises(ValueError, match="without a time zone"):
        vietnam_day(datetime(2026, 6, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("first: 2026-04-30", "first: 2026-05-01", "01/05/2026, cần mỗi ngày một lần; đã có “Ngày Chiến thắng”"),
        ("{first: 2026-02-16, last: 2026-02-20", "{first: 2026-02-20, last: 2026-02-16", "20/02/2026 đến 16/02/2026"),
        ("worked: [2026-01-10", "worked: [2028-01-10", "10/01/2028, cần ngày trong năm 2026"),
        ("worked: [2026-01-10", "lam_bu: [2026-01-10", "cần days_off, worked, provisional"),
        ('first: 2026-04-30, vi: "Ngày Chiến thắng"', "first: 2026-04-30", "cần first, last, vi, en"),
        ("- from: 2026-01-01", "- from: 2026-12-31", "các năm liền nhau"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    for path in DATA.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.name == "holidays.yaml":
            assert old in text
            text = text.replace(old, new)
            if "12-31" in new:  # two values in one year leave the next one out
                text = text.replace("- from: 2027-01-01", "- from: 2029-01-01").replace("2027-", "2029-")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    broken = load(tmp_path)
    with pytest.raises(LawError, match=words):
        calendar_of(broken.parameter("calendar.weekly_rest"), broken.parameter("calendar.holidays"))
