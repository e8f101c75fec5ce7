"""What a fact would feed, how it was meant, and the sentence it stands in."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.register.builders import target, ward

from nhiemky.register import infer, intake
from nhiemky.register.models import Organisation, Target
from nhiemky.register.sentences import sentence_at
from nhiemky.values.period import Period, Term


def _board() -> tuple[Organisation, list[Target]]:
    of = ward()
    named = {
        "Thu ngân sách so với dự toán được giao": "%",
        "Tổng thu ngân sách trên địa bàn": "đồng",
        "Tỷ lệ người dân tham gia bảo hiểm y tế": "%",
        "Hộ nghèo": "hộ",
        "Hộ cận nghèo": "hộ",
        "Kết nạp đảng viên": "đảng viên",
        "Đảng viên hoàn thành tốt nhiệm vụ": "%",
        "Chi bộ hoàn thành tốt nhiệm vụ": "%",
        "Tỷ lệ gia đình văn hóa": "%",
    }
    return of, [target(of, name, low=1, unit=unit) for name, unit in named.items()]


@pytest.mark.parametrize(
    ("indicator", "unit", "expected"),
    [
        ("tổng thu ngân sách nhà nước trên địa bàn", "đồng", "Tổng thu ngân sách trên địa bàn"),
        ("thu ngân sách so với dự toán giao", "%", "Thu ngân sách so với dự toán được giao"),
        ("hộ nghèo", "hộ", "Hộ nghèo"),
        ("hộ cận nghèo", "hộ", "Hộ cận nghèo"),
        ("tỷ lệ hộ gia đình văn hóa", "%", "Tỷ lệ gia đình văn hóa"),
        ("tỷ lệ bao phủ bảo hiểm y tế", "%", "Tỷ lệ người dân tham gia bảo hiểm y tế"),
        ("chi bộ hoàn thành tốt nhiệm vụ", "%", "Chi bộ hoàn thành tốt nhiệm vụ"),
        ("Kết nạp đảng viên mới", "người", "Kết nạp đảng viên"),
        ("hộ nghèo", "%", None),
        ("đảng viên", "đảng viên", None),
        ("đảng viên", "người", None),
        ("đảng bộ có đảng viên", "", None),
        ("kết nạp đảng viên mới", "đảng viên mới", "Kết nạp đảng viên"),
        ("trao huy hiệu Đảng", "đảng viên", None),
        ("tuyến ngõ chỉnh trang", "tuyến", None),
        ("", "hộ", None),
    ],
)
def test_a_figure_finds_its_target_or_none(indicator: str, unit: str, expected: str | None) -> None:
    _, targets = _board()
    found, score = intake.best(indicator, unit, targets)
    assert (found.name if found else None) == expected
    assert (score >= intake.SUGGEST) is (expected is not None)


def test_a_change_is_not_the_level() -> None:
    _, targets = _board()
    poor = next(one for one in targets if one.name == "Hộ nghèo")
    assert intake.score("giảm hộ nghèo", "hộ", poor) < intake.SAME < intake.score("hộ nghèo", "hộ", poor)


def test_a_count_of_members_is_no_count_of_admissions() -> None:
    of = ward()
    admitted = target(of, "Kết nạp đảng viên", low=3, unit="người")
    held = target(of, "Đảng viên", low=500, unit="người")
    assert intake.best("đảng viên", "người", [admitted])[0] is None
    assert intake.best("đảng viên", "người", [admitted, held])[0] == held
    assert intake.best("đảng bộ kết nạp đảng viên", "người", [admitted, held])[0] == admitted


@pytest.mark.parametrize(
    ("meaning", "direction", "unit", "nature"),
    [
        ("each_year", "at_least", "đảng viên", "flow"),
        ("cumulative", "at_least", "tuyến", "flow"),
        ("each_year", "at_most", "vụ", "flow"),
        ("each_year", "zero", "hộ", None),
        ("by_deadline", "at_least", "đảng viên", None),
        ("each_year", "at_least", "%", None),
    ],
)
def test_what_is_counted_each_year_adds_up(meaning: str, direction: str, unit: str, nature: str | None) -> None:
    assert infer.nature(meaning, direction, unit) == nature


def test_of_two_equal_fits_a_person_chooses() -> None:
    of = ward()
    twins = [target(of, "Trường đạt chuẩn (mầm non)", low=1), target(of, "Trường đạt chuẩn (trung học)", low=1)]
    assert intake.best("trường đạt chuẩn", "hộ", twins) == (None, 0.0)


@pytest.mark.parametrize(
    ("fact", "clause", "meaning"),
    [
        ({"per": "year"}, "Mỗi năm kết nạp từ 3 đảng viên trở lên", "each_year"),
        ({"per": "year"}, "tăng bình quân 18-19%/năm", "yearly_average"),
        ({}, "Hằng năm 100% chi bộ hoàn thành nhiệm vụ", "each_year"),
        ({}, "Duy trì tỷ lệ bao phủ từ 93,5% trở lên", "maintain"),
        ({}, "Giữ vững danh hiệu hằng năm", "maintain"),
        ({"baseline": 3.36}, "giảm từ 3,36% xuống còn 3,34%", "against_baseline"),
        ({"unit": "%"}, "đạt 100% chỉ tiêu được giao", "against_plan"),
        ({}, "Trong nhiệm kỳ kết nạp 40 đảng viên", "cumulative"),
        ({"unit": "triệu đồng/người/năm"}, "Thu nhập đạt 95 triệu đồng/người/năm", "by_deadline"),
        ({}, "Đến năm 2025 không còn hộ nghèo", "by_deadline"),
    ],
)
def test_the_words_tell_the_period_meaning(fact: dict[str, Any], clause: str, meaning: str) -> None:
    assert infer.meaning(fact, clause) == meaning


@pytest.mark.parametrize(
    ("genre", "day", "period"),
    [
        ("halfyear_review", date(2023, 7, 12), "2023-H1"),
        ("halfyear_review", date(2024, 1, 9), "2023-H2"),
        ("annual_review", date(2023, 12, 20), "2023"),
        ("annual_review", date(2024, 1, 9), "2023"),
        ("quarter_review", date(2023, 4, 3), "2023-Q1"),
        ("quarter_review", date(2023, 3, 30), "2023-Q1"),
        ("quarter_review", date(2023, 1, 5), "2022-Q4"),
        ("midterm_review", date(2023, 3, 15), "2023-M03"),
    ],
)
def test_a_document_lends_its_period(genre: str, day: date, period: str) -> None:
    assert str(infer.period_of({"period": None}, genre, day)) == period
    assert infer.period_of({"period": "2021"}, genre, day) == Period(2021)
    assert infer.period_of({}, genre, None) is None


@pytest.mark.parametrize(
    ("by", "day"),
    [("2023", date(2023, 12, 31)), ("2023-06", date(2023, 6, 30)), ("2024-05-19", date(2024, 5, 19)),
     ("2024-H1", date(2024, 6, 30)), (None, date(2025, 12, 31))],
)  # fmt: skip
def test_the_deadline_is_the_end_of_what_is_written(by: str | None, day: date) -> None:
    assert infer.deadline({"by": by}, Term(2020, 2025)) == day


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [("Ước đạt 91,8%", "estimate"), ("dự kiến đạt 91,8%", "forecast"), ("đạt 91,8%", "official"),
     ("nước sạch đạt 91,8%", "official")],
)  # fmt: skip
def test_an_estimate_says_so(sentence: str, kind: str) -> None:
    assert infer.result_kind({}, sentence, sentence.index("91")) == kind


def test_a_sentence_does_not_end_inside_a_figure_or_a_date() -> None:
    text = "Ngày 27.3.2023 họp. Thu 18.700.000 đồng, đạt 3,5 lần. Hết."
    start = text.index("18.700.000")
    found = sentence_at(text, start, start + 10)
    assert found.text == "Thu 18.700.000 đồng, đạt 3,5 lần."
    assert found.text[found.mark_start : found.mark_end] == "18.700.000"


@given(st.text(alphabet="ab .\n,;đ", max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_sentence_always_holds_its_span(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = sentence_at(text, start, end)
    assert found.text[found.mark_start : found.mark_end] == text[start:end]
    assert text[found.start : found.start + len(found.text)] == found.text


ROW = "2\tKết nạp đảng viên\tđảng viên\t3\tước 4\t9"


@pytest.mark.parametrize(
    ("fact", "cell", "kind"),
    [
        ({"rule": "annex.result", "qualifier": "about"}, "9", "estimate"),  # of a column of estimates
        ({"rule": "annex.result", "qualifier": None}, "ước 4", "estimate"),
        ({"rule": "annex.result", "qualifier": None}, "9", "official"),  # its neighbour is the estimate
        ({"rule": "annex.result", "qualifier": "over"}, "9", "official"),
        ({"rule": "figures.result", "qualifier": "about"}, "3", "estimate"),  # in prose by the words near it
    ],
)
def test_a_figure_of_an_annex_is_told_by_its_column_and_cell(fact: dict[str, Any], cell: str, kind: str) -> None:
    assert infer.result_kind(fact, ROW, ROW.rindex(cell)) == kind


def test_about_in_prose_is_no_estimate() -> None:
    sentence = "Toàn phường có khoảng 500 hộ."
    assert infer.result_kind({"rule": "figures.result", "qualifier": "about"}, sentence, 20) == "official"


@pytest.mark.parametrize(
    ("indicator", "sentence", "running"),
    [
        ("lũy kế kết nạp đảng viên", ROW, True),  # an annex says there what the head of its column says
        ("kết nạp đảng viên", ROW, False),
        ("kết nạp đảng viên", "Lũy kế từ đầu nhiệm kỳ kết nạp 20 đảng viên.", True),
    ],
)
def test_a_running_total_says_so_in_its_sentence_or_its_indicator(indicator: str, sentence: str, running: bool) -> None:
    assert infer.is_running_total({"indicator": indicator}, sentence, 3, 5) is running
