"""Template tags: figures, dates, periods and verdicts as Vietnamese offices write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from nhiemky.ui.icons import PATHS, icon
from nhiemky.ui.statuses import look, rank
from nhiemky.ui.templatetags import vn
from nhiemky.values.kinds import WORST_FIRST


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("1234567.8"), "1.234.567,8"), (None, "—"), ("", "—"), (0, "0"), ("91.80", "91,8")]
)
def test_figure(value: object, shown: str) -> None:
    assert vn.figure(value) == shown


def test_amount_and_percent() -> None:
    assert vn.amount(91.8, "%") == "91,8%"
    assert vn.amount(None, "%") == "—"
    assert vn.percent(0.861) == "86%"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2023, 3, 27), "27/03/2023"),
        ("2023-03-27T19:52", "27/03/2023"),
        ("không rõ", "không rõ"),
        (None, "—"),
        (datetime(2023, 3, 27, 18, 0, tzinfo=UTC), "28/03/2023"),
    ],
)
def test_day_is_of_vietnam(value: date | str | None, shown: str) -> None:
    assert vn.day(value) == shown


def test_moment_and_weekday() -> None:
    assert vn.moment(datetime(2023, 3, 27, 1, 5, tzinfo=UTC)) == "08:05 27/03/2023"
    assert vn.weekday(date(2023, 7, 12)) == "Thứ Tư"


def test_period_in_both_languages() -> None:
    assert vn.period("2023-H1") == "6 tháng đầu năm 2023"
    assert vn.period("năm nào") == "năm nào"
    with translation.override("en"):
        assert vn.period("2023-H1") == "the first half of 2023"


def test_every_status_has_word_icon_and_tone() -> None:
    for status in WORST_FIRST:
        shown = look(status)
        assert shown.word
        assert shown.icon in PATHS
        assert shown.tone in ("good", "way", "risk", "bad", "none")
        assert shown.word in vn.pill(status)
        assert "<svg" in vn.pill(status)
    assert rank("missed") == 0


def test_icons_are_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon("check")
