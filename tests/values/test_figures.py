"""Figures as Vietnam writes and types them; goals as the annex says them; kinds with names for people."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.values.figures import (
    Number,
    day,
    decimals,
    exact,
    figure,
    figure_english,
    goal_text,
    iso_day,
    money,
    money_scale,
    parse_day,
    parse_figure,
    roman,
    rounded,
    with_unit,
)
from nhiemky.values.kinds import (
    WORST_FIRST,
    Direction,
    Kind,
    Level,
    PeriodMeaning,
    ResultKind,
    VerdictStatus,
)
from nhiemky.values.language import Unreadable


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234567.8, None, "1.234.567,8"),
        (0.1 + 0.2, None, "0,3"),
        (Decimal("91.80"), None, "91,8"),
        (91.8, 2, "91,80"),
        (1.005, 2, "1,01"),
        (-0.0, None, "0"),
        (-0.004, 2, "0,00"),
        (-1500, None, "-1.500"),
        (1e20, None, "100.000.000.000.000.000.000"),
        (100, None, "100"),
        (float("nan"), None, "không rõ"),
    ],
)
def test_figure(value: Number, digits: int | None, text: str) -> None:
    assert figure(value, digits) == text


@pytest.mark.parametrize(
    ("unit", "values", "scale"),
    [
        ("đồng", [49687000000], (10**9, "tỷ")),
        ("đồng/người/năm", [95000000, 18], (10**6, "triệu")),
        ("đồng", [Decimal(-(10**9))], (10**9, "tỷ")),
        ("đồng", [999999], (1, "")),
        ("đồng", [], (1, "")),
        ("hộ", [10**9], (1, "")),
    ],
)
def test_money_is_told_by_its_biggest_figure(unit: str, values: list[Number], scale: tuple[int, str]) -> None:
    assert money_scale(unit, values) == scale


def test_english_figure() -> None:
    assert figure_english(1234567.8) == "1,234,567.8"
    assert figure_english(float("inf")) == "unknown"


@pytest.mark.parametrize(
    ("dong", "text"),
    [
        (49_687_000_000, "49 tỷ 687 triệu đồng"),
        (18_700_000, "18 triệu 700 nghìn đồng"),
        (18_700_500, "18 triệu 700 nghìn 500 đồng"),
        (10_000_000_000_000, "10.000 tỷ đồng"),
        (30_000_000_000, "30 tỷ đồng"),
        (0, "0 đồng"),
        (-2_500_000, "-2 triệu 500 nghìn đồng"),
        (Decimal("1000.5"), "1 nghìn 0,5 đồng"),
    ],
)
def test_money_is_exact(dong: Number, text: str) -> None:
    assert money(dong) == text


@given(st.integers(0, 10**16))
def test_money_loses_no_dong(dong: int) -> None:
    sizes = {"tỷ": 10**9, "triệu": 10**6, "nghìn": 10**3, "đồng": 1}
    words = money(dong).removesuffix(" đồng").split()
    told, number = 0, 0
    for word in words:
        if word in sizes:
            told, number = told + number * sizes[word], 0
        else:
            number = int(word.replace(".", ""))
    assert told + number == dong


def test_money_of_no_number() -> None:
    with pytest.raises(ValueError, match="cần một số đồng"):
        money(float("nan"))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (91.8, "%", "91,8%"),
        (0.3, "‰", "0,3‰"),
        (18, "%/năm", "18%/năm"),
        (314, "đảng viên", "314 đảng viên"),
        (49_687_000_000, "đồng", "49 tỷ 687 triệu đồng"),
        (49.7, "tỷ đồng", "49,7 tỷ đồng"),
        (0.8, "điểm %", "0,8 điểm %"),
        (5, "", "5"),
    ],
)
def test_with_unit(value: Number, unit: str, text: str) -> None:
    assert with_unit(value, unit) == text


def test_day() -> None:
    assert day(date(2023, 3, 7)) == "07/03/2023"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1.500", "1500"),
        ("91,8", "91.8"),
        (" 18.700.000 ", "18700000"),
        ("-0,02", "-0.02"),
        ("0", "0"),
        ("1500", "1500"),
        ("0,500", "0.500"),
    ],
)
def test_parse_figure(typed: str, value: str) -> None:
    assert parse_figure(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.5", "phần lẻ viết dấu phẩy: 1,5"),
        ("0.500", "phần lẻ viết dấu phẩy: 0,500"),
        ("1234.567", "phần lẻ viết dấu phẩy: 1234,567"),
        ("", "chưa nhập gì"),
        ("mười", "gặp 'mười'"),
        ("1,234,567", "gặp '1,234,567'"),
        ("1.23.456", "gặp '1.23.456'"),
        ("91,8%", "gặp '91,8%'"),
    ],
)
def test_what_is_no_figure_says_why(typed: str, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_figure(typed)
    assert said in str(caught.value)
    assert caught.value.sentence("vi").startswith("Số: ")
    assert caught.value.sentence("en-gb").startswith("Figure: ")


@pytest.mark.parametrize(("number", "said"), [(1, "I"), (4, "IV"), (14, "XIV"), (19, "XIX"), (49, "XLIX"), (50, "L")])
def test_roman_numbers(number: int, said: str) -> None:
    assert roman(number) == said


@pytest.mark.parametrize("typed", ["30/6/2023", "30/06/2023", " 2023-06-30 "])
def test_a_day_as_typed(typed: str) -> None:
    assert parse_day(typed) == date(2023, 6, 30)


@pytest.mark.parametrize("typed", ["31/02/2023", "30.06.2023", "06/2023", "2023", "mai", ""])
def test_what_is_no_day_says_what_was_found(typed: str) -> None:
    with pytest.raises(Unreadable, match=f"gặp “{typed}”, cần một ngày có thật"):
        parse_day(typed)


@pytest.mark.parametrize(
    ("iso", "written"),
    [("2023-09-30", "30/09/2023"), ("2023-09", "09/2023"), ("2023", "2023"), ("cuối năm", "cuối năm")],
)
def test_an_iso_date_is_written_as_here(iso: str, written: str) -> None:
    assert iso_day(iso) == written


@given(st.decimals(-(10**12), 10**12, places=3))
def test_what_is_written_can_be_typed_again(value: Decimal) -> None:
    assert parse_figure(figure(value)) == value


@pytest.mark.parametrize(
    ("direction", "low", "high", "unit", "yearly", "text"),
    [
        ("at_least", 94.5, None, "%", False, "≥ 94,5%"),
        ("at_least", None, 94.5, "%", False, "≥ 94,5%"),
        ("at_most", None, 3.34, "%", False, "≤ 3,34%"),
        ("at_most", 3.34, None, "%", False, "≤ 3,34%"),
        ("range", 18, 19, "%", True, "18–19%/năm"),
        ("range", 18, 19, "%/năm", True, "18–19%/năm"),
        ("equal", 100, None, "%", False, "100%"),
        ("zero", None, None, "hộ", False, "không còn"),
        ("decrease", None, None, "hộ", False, "giảm"),
        ("decrease", 1.41, None, "điểm %", True, "giảm ≥ 1,41 điểm %/năm"),
        ("increase", 5, None, "điểm", False, "tăng ≥ 5 điểm"),
        ("at_least", 30_000_000_000, None, "đồng", False, "≥ 30 tỷ đồng"),
        ("at_least", 3, None, "đảng viên", True, "≥ 3 đảng viên/năm"),
        ("at_least", None, None, "%", False, "—"),
        ("range", 18, None, "%", False, "≥ 18%"),
    ],
)
def test_goal_text(direction: str, low: Number | None, high: Number | None, unit: str, yearly: bool, text: str) -> None:
    assert goal_text(direction, low, high, unit, yearly=yearly) == text


def test_digits() -> None:
    assert [decimals(value) for value in (91.8, 3.36, 40, Decimal("1.500"), 1e20)] == [1, 2, 0, 1, 0]
    assert rounded(2.5, 0) == 3
    assert exact(0.1) == Decimal("0.1")


@pytest.mark.parametrize("kind", [Direction, PeriodMeaning, Level, ResultKind, VerdictStatus])
def test_every_kind_has_a_name_in_both_languages(kind: type[Kind]) -> None:
    assert all(member.label and member.english for member in kind)
    assert VerdictStatus.AT_RISK.label == "Nguy cơ không đạt"


def test_worst_first_holds_each_status_once() -> None:
    assert sorted(WORST_FIRST) == sorted(VerdictStatus)
    assert WORST_FIRST[0] is VerdictStatus.MISSED
