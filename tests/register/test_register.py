"""Targets, results, questions, boards and frozen reviews."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.register.builders import CLERK, Page, document, proposal, target, ward

from nhiemky.register import events, selectors, services
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Indicator, Question, Result, Target
from nhiemky.values.canonical import sha256_of


def test_a_target_is_numbered_on_and_its_money_kept_in_dong() -> None:
    of = ward()
    first = target(of, "Thu ngân sách", low="31,2", unit="tỷ đồng", path={2021: 30})
    second = target(of, "Hộ nghèo", direction="zero", low=None)
    assert (first.number, second.number) == (1, 2)
    assert (first.low, first.unit) == (Decimal(31_200_000_000), "đồng")
    assert second.low == 0
    assert [(step.year, step.value) for step in first.path.all()] == [(2021, Decimal(30_000_000_000))]
    edited = services.edit_target(first.pk, CLERK, unit="triệu đồng")
    assert (edited.low, edited.unit) == (Decimal(31_200_000_000), "đồng")
    assert services.edit_target(first.pk, CLERK, unit="tỷ đồng", low=32).low == Decimal(32_000_000_000)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"direction": "range", "low": 9, "high": 8}, "high"),
        ({"direction": "range", "low": 9}, "high"),
        ({"direction": "at_least", "low": None}, "low"),
        ({"direction": "hơn"}, "direction"),
        ({"meaning": "lúc nào đó"}, "meaning"),
        ({"low": -1}, "low"),
        ({"term": "2020"}, "term"),
        ({"deadline": date(2019, 1, 1)}, "deadline"),
        ({"path": {2031: 1}}, "path"),
        ({"number": 1}, "number"),
        ({"name": " "}, "name"),
    ],
)
def test_a_target_that_cannot_be_is_refused(fields: dict[str, Any], field: str) -> None:
    of = ward()
    target(of, "Đã có")
    before = events.count()
    with pytest.raises(ServiceError) as raised:
        target(of, **{"name": "Mới", **fields})
    assert raised.value.field == field
    assert Target.objects.count() == 1
    assert events.count() == before


def test_an_edit_is_kept_with_before_and_after() -> None:
    held = target(ward(), "Hộ nghèo", direction="at_most", low=10)
    services.edit_target(held.pk, CLERK, low="8", lead_body="UBND phường")
    newest = selectors.target_detail(held.pk, date(2023, 6, 30)).history[0]
    assert newest.verb == "edit_target"
    assert newest.data["changed"]["low"] == ["10", "8"]
    with pytest.raises(ServiceError, match="state"):
        services.edit_target(held.pk, CLERK, state="dropped")
    with pytest.raises(ServiceError, match="organisation"):
        services.edit_target(held.pk, CLERK, organisation_id=3)


def test_only_approved_and_known_figures_are_on_the_board() -> None:
    of = ward()
    held = target(of, "Hộ nghèo", direction="at_most", low=10)
    services.add_result(held.pk, CLERK, period="2021", value=12, approved=True)
    services.add_result(held.pk, CLERK, period="2022", value=9)
    services.add_result(held.pk, CLERK, period="2023", value=5, approved=True)
    row = selectors.board(of, "2020-2025", date(2023, 6, 30)).rows[0]
    assert [point.value for point in row.points] == [12]
    assert row.by_year == {2021: row.points[0], 2022: None, 2023: None, 2024: None, 2025: None}
    assert row.latest == row.points[0]


def test_what_a_year_counts_is_added_up_from_its_halves() -> None:
    of = ward()
    held = target(of, "Kết nạp đảng viên", low=3, unit="đảng viên")
    for period in ("2021-H1", "2021-H2"):
        services.add_result(held.pk, CLERK, period=period, value=2, approved=True)
    row = selectors.board(of, "2020-2025", date(2021, 12, 31)).rows[0]
    assert row.goal.nature == "flow"
    assert (row.verdict.status, row.verdict.value) == ("on_track", 4)


def test_a_nature_left_open_is_filled_in_by_a_later_promise() -> None:
    of = ward()
    page = Page("Ngày 12/7/2023. Kết nạp 4 đảng viên.")
    reading = page.reading(results=(page.result("Kết nạp 4 đảng viên", "kết nạp đảng viên", 4, "đảng viên"),))
    services.accept_proposal(proposal(document(of, reading, page), "results").pk, CLERK)
    assert Indicator.objects.get().nature == ""
    target(of, "Kết nạp đảng viên", low=3, unit="đảng viên")
    assert Indicator.objects.get().nature == "flow"


def test_capitals_of_a_headline_are_no_name() -> None:
    made = services.organisation_of_host("phường TRÚC KHÊ", "commune", CLERK)
    assert made.name == "Đảng bộ phường Trúc Khê"
    assert services.organisation_of_host("phường Trúc Khê", "commune", CLERK) == made


def test_a_board_asks_few_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    of = ward()
    for number in range(12):
        held = target(of, f"Chỉ tiêu {number}", low=10, path={2021: 10})
        for year in (2021, 2022, 2023):
            services.add_result(held.pk, CLERK, period=str(year), value=11, approved=True)
    with django_assert_max_num_queries(8):
        board = selectors.board(of, "2020-2025", date(2024, 1, 1))
        assert len(board.rows) == 12
        assert all(row.verdict.status and row.target.indicator.name for row in board.rows)
    key = board.rows[0].target.pk
    with django_assert_max_num_queries(8):
        detail = selectors.target_detail(key, date(2024, 1, 1))
        assert len(detail.results) == 3
        assert list(detail.history)


def test_missing_records_say_so() -> None:
    for ask in (selectors.question, selectors.document, selectors.target, selectors.proposal, selectors.review):
        with pytest.raises(NotFound, match="999"):
            ask(999)
    ward()
    with pytest.raises(NotFound, match="Trúc Khê"):
        selectors.organisation_named("Đảng bộ phường Khác")


def test_a_question_is_answered_reopened_and_set_aside() -> None:
    held = document(ward())
    key = Question.objects.get().pk
    services.answer_question(key, CLERK, "Chuyển đi 5, trang ghi nhầm")
    with pytest.raises(ServiceError, match=r"thu\.van"):
        services.dismiss_question(key, CLERK, "không cần")
    services.reopen_question(key, CLERK)
    with pytest.raises(ServiceError) as raised:
        services.dismiss_question(key, CLERK, "  ")
    assert raised.value.field == "reason"
    assert len(selectors.open_questions(held.organisation)) == 1
    assert len(selectors.open_questions(held.organisation)) == 1


def test_a_review_freezes_the_day() -> None:
    of = ward()
    held = document(of)
    services.accept_confident(held.pk, CLERK)
    made = services.create_review(of, "midterm", "2020-2025", date(2023, 7, 30), CLERK)
    pack = made.pack
    assert made.digest == sha256_of(pack)
    row = pack["rows"][0]
    assert row["verdict"]["rule"]
    assert row["verdict"]["reasons"]
    source = next(line for line in pack["sources"] if line["id"] == row["target"]["source"])
    assert source["sentence"][source["start"] : source["end"]] == "kết nạp ít nhất 3 đảng viên"
    assert pack["questions"][0]["message"].startswith("11")
    assert pack["pending"] == 1

    services.edit_target(row["target"]["id"], CLERK, low=9)
    again = selectors.review(made.pk)
    assert again.pack == pack
    assert sha256_of(again.pack) == again.digest
    assert events.verify() is None


def test_a_review_of_a_day_outside_the_term_is_refused() -> None:
    with pytest.raises(ServiceError) as raised:
        services.create_review(ward(), "midterm", "2020-2025", date(2030, 1, 1), CLERK)
    assert raised.value.field == "as_of"


def test_a_later_figure_takes_the_place_of_the_former_and_keeps_it() -> None:
    held = target(ward(), "Hộ nghèo", direction="at_most", low=10)
    first = services.add_result(held.pk, CLERK, period="2022", value=9, approved=True)
    second = services.add_result(held.pk, CLERK, period="2022", value=8, approved=True)
    estimate = services.add_result(held.pk, CLERK, period="2022", value=7, kind="estimate", approved=True)
    assert (second.supersedes, estimate.supersedes) == (first, None)
    assert Result.objects.count() == 3


def test_accepted_facts_of_other_kinds_are_confirmed() -> None:
    of = ward()
    held = document(of)
    found = proposal(held, "targets")
    assert found.title == "kết nạp đảng viên"
    assert found.is_figure


def test_a_unit_corrected_before_any_figure_measures_something_else() -> None:
    """Households typed as % were joined across mergers as a percentage, and summed up beside percentages."""
    of = ward()
    mistyped, other = target(of, "Hộ nghèo", unit="%"), target(of, "Hộ nghèo", unit="%")
    services.edit_target(mistyped.pk, CLERK, unit="hộ")
    measured = Target.objects.get(pk=mistyped.pk).indicator
    assert (measured.name, measured.unit, measured.nature) == ("Hộ nghèo", "hộ", "flow")
    assert Target.objects.get(pk=other.pk).indicator.unit == "%"
    services.edit_target(other.pk, CLERK, unit="hộ")
    assert [indicator.unit for indicator in Indicator.objects.all()] == ["hộ"]
    services.add_result(other.pk, CLERK, period="2022", value=9)
    services.edit_target(other.pk, CLERK, unit="gia đình")
    assert Target.objects.get(pk=other.pk).indicator == measured


def test_what_others_are_weighed_by_stays_when_its_target_is_undone() -> None:
    of = ward()
    held = document(of)
    made = services.accept_proposal(proposal(held, "targets").pk, CLERK).made
    assert isinstance(made, Target)
    rate = target(of, "Tỷ lệ hộ nghèo", unit="%").indicator
    services.edit_indicator(rate.pk, CLERK, denominator=made.indicator_id)
    services.undo(proposal(held, "targets").pk, CLERK)
    assert Indicator.objects.filter(pk=made.indicator_id).exists()
