"""Whose figures are shown: chosen by hand, brought along by a link; the day figures are of."""

from datetime import date

import pytest
from django.test import Client
from tests.desk.conftest import ADMIN

from nhiemky.desk.scope import read_day, time_left
from nhiemky.register import services
from nhiemky.register.models import Document, Organisation, Target


@pytest.fixture
def other(db: None) -> Organisation:
    return services.add_organisation("Đảng bộ phường Hà Sơn", "party_committee", "commune", "phường Hà Sơn", ADMIN)


def test_the_chosen_organisation_stays(desk: Client, insurance: Target, other: Organisation) -> None:
    assert "1 chỉ tiêu" in desk.get("/targets/").content.decode()
    desk.post("/organisation/", {"organisation": other.pk, "next": "/targets/"})
    assert "Chưa có chỉ tiêu nào" in desk.get("/targets/").content.decode()


def test_a_link_into_another_organisation_brings_the_screens_along(
    desk: Client, document: Document, other: Organisation
) -> None:
    desk.post("/organisation/", {"organisation": other.pk, "next": "/"})
    desk.get(f"/documents/{document.pk}/")
    assert "2 chỉ tiêu" in desk.get("/targets/").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/02/2023", "không đọc được"),
        ("x" * 500, "không đọc được"),
        ("01/01/2199", "chưa đến"),
        ("01/01/1800", "trước nhiệm kỳ"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_the_newest_taken(
    desk: Client, insurance: Target, typed: str, words: str
) -> None:
    html = desk.get("/targets/", {"as_of": typed}).content.decode()
    assert 'id="as_of_error"' in html
    assert words in html
    assert "x" * 30 + "”" not in html


def test_an_unknown_organisation_changes_nothing(desk: Client, insurance: Target) -> None:
    desk.post("/organisation/", {"organisation": "999", "next": "/targets/"})
    assert "1 chỉ tiêu" in desk.get("/targets/").content.decode()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("30/06/2023", date(2023, 6, 30)),
        ("2023-06-30", date(2023, 6, 30)),
        ("31/02/2023", None),
        ("", None),
        ("x", None),
    ],
)
def test_a_day_is_read(typed: str, read: date | None) -> None:
    assert read_day(typed) == read


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2023, 6, 30), "còn 2 năm 6 tháng"),
        (date(2025, 12, 31), ""),
        (date(2024, 12, 31), "còn 1 năm"),
        (date(2026, 5, 1), ""),
    ],
)
def test_time_left(on: date, words: str) -> None:
    assert time_left(on, date(2025, 12, 31)) == words
