"""From a reading to the register: accept, link, edit, reject, and undo back to exactly what was before."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core import serializers
from tests.register.builders import CLERK, Page, document, full_reading, proposal, target, ward

from nhiemky.register import events, intake, selectors, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Document, Indicator, Organisation, Proposal, Question, Result, Target, TargetPath
from nhiemky.register.sentences import sentence_at

_TABLES = (Organisation, Document, Indicator, Target, TargetPath, Result, Proposal, Question)


def _state() -> dict[str, Any]:
    """Everything the register holds besides its log, as plain values."""
    return {table.__name__: serializers.serialize("python", table._default_manager.order_by("pk")) for table in _TABLES}


def test_nothing_enters_the_register_unseen() -> None:
    held = document(ward())
    assert Target.objects.count() == Result.objects.count() == 0
    assert selectors.progress(held.pk) == selectors.Progress(0, 4, 0, 4)
    assert [question.code for question in selectors.questions(held.pk)] == ["parts_do_not_sum"]


def test_the_same_text_is_kept_once() -> None:
    of = ward()
    first, again = document(of), document(of)
    assert (again.pk, again.already_held, first.already_held) == (first.pk, True, False)
    assert Proposal.objects.count() == 4


def test_an_accepted_target_carries_its_clause_and_meaning() -> None:
    held = document(ward())
    made = services.accept_proposal(proposal(held, "targets").pk, CLERK).made
    assert isinstance(made, Target)
    assert (made.direction, made.low, made.unit, made.meaning) == ("at_least", Decimal(3), "đảng viên", "each_year")
    assert (made.term, made.deadline, made.number) == ("2020-2025", date(2025, 12, 31), 1)
    assert made.span_start is not None
    assert held.text[made.span_start : made.span_end] == "kết nạp ít nhất 3 đảng viên"
    assert made.clause.startswith("Mỗi năm kết nạp")


def test_an_accepted_result_is_approved_with_its_source() -> None:
    of = ward()
    revenue = target(of, "Thu ngân sách hằng năm", low=30_000_000_000, unit="đồng")
    held = document(of)
    found = proposal(held, "results")
    assert found.suggested_target == revenue
    decided = services.accept_proposal(found.pk, CLERK)
    made = decided.made
    assert isinstance(made, Result)
    assert (made.target, made.value, made.period, made.state) == (
        revenue,
        Decimal(31_200_000_000),
        "2023-H1",
        "approved",
    )
    assert (made.as_of, made.decided_by) == (date(2023, 6, 30), CLERK.name)
    assert any("6 tháng đầu năm 2023" in warning for warning in decided.warnings)
    sentence = sentence_at(held.text, made.span_start or 0, made.span_end or 0)
    assert sentence.text == "Thu ngân sách đạt 31,2 tỷ đồng, bằng 104% dự toán giao."
    assert sentence.text[sentence.mark_start : sentence.mark_end] == "Thu ngân sách đạt 31,2 tỷ đồng"


def test_accepting_a_target_offers_it_to_waiting_results() -> None:
    page = Page()
    reading = page.reading(
        targets=(page.target("còn 12 hộ nghèo", "hộ nghèo", direction="zero", low=0, unit="hộ", by="2025"),),
        results=(page.result("còn 12 hộ nghèo", "hộ nghèo", 12, "hộ"),),
    )
    held = document(ward(), reading)
    assert proposal(held, "results").suggested_target is None
    made = services.accept_proposal(proposal(held, "targets").pk, CLERK).made
    assert proposal(held, "results").suggested_target == made


def _accept_target(held: Document) -> int:
    return services.accept_proposal(proposal(held, "targets").pk, CLERK).proposal.pk


def _accept_result(held: Document) -> int:
    return services.accept_proposal(
        proposal(held, "results").pk, CLERK, edits={"value": "30,5", "unit": "tỷ đồng"}
    ).proposal.pk


def _reject(held: Document) -> int:
    return services.reject_proposal(proposal(held, "results", 1).pk, CLERK, "không phải của phường").proposal.pk


def _edit(held: Document) -> int:
    return services.edit_proposal(proposal(held, "results", 1).pk, CLERK, {"value": "13", "period": "2022"}).proposal.pk


def _link(held: Document) -> int:
    poor = Target.objects.get(name="Số hộ nghèo")
    return services.link_proposal(proposal(held, "results", 1).pk, CLERK, poor.pk).proposal.pk


def _unlink(held: Document) -> int:
    return services.link_proposal(proposal(held, "results").pk, CLERK, None).proposal.pk


@pytest.mark.parametrize("act", [_accept_target, _accept_result, _reject, _edit, _link, _unlink])
def test_undo_restores_exactly_what_was_before(act: Callable[[Document], int]) -> None:
    of = ward()
    target(of, "Thu ngân sách hằng năm", low=30, unit="tỷ đồng")
    target(of, "Số hộ nghèo", direction="at_most", low=10)
    held = document(of)
    before, logged = _state(), events.count()
    key = act(held)
    assert _state() != before
    services.undo(key, CLERK)
    assert _state() == before
    assert events.count() == logged + 2
    assert events.verify() is None


def test_undo_goes_back_step_by_step() -> None:
    of = ward()
    held = document(of)
    key = proposal(held, "results").pk
    states = [_state()]
    services.edit_proposal(key, CLERK, {"value": "32", "unit": "tỷ đồng"})
    states.append(_state())
    services.accept_proposal(key, CLERK)
    for before in reversed(states):
        services.undo(key, CLERK)
        assert _state() == before
    with pytest.raises(ServiceError, match="chưa có bước nào"):
        services.undo(key, CLERK)


def test_undo_of_a_target_waits_for_its_results() -> None:
    held = document(ward())
    made = services.accept_proposal(proposal(held, "targets", 1).pk, CLERK).made
    assert isinstance(made, Target)
    services.add_result(made.pk, CLERK, period="2022", value="94,1")
    with pytest.raises(ServiceError, match="1 kết quả"):
        services.undo(proposal(held, "targets", 1).pk, CLERK)
    assert Target.objects.filter(pk=made.pk).exists()


def test_a_decided_proposal_is_not_decided_again() -> None:
    held = document(ward())
    key = proposal(held, "targets").pk
    services.accept_proposal(key, Actor("lan"))
    for again in (services.accept_proposal, services.reject_proposal):
        with pytest.raises(ServiceError, match="đã được lan nhận"):
            again(key, CLERK)
    assert Target.objects.count() == 1


def test_a_target_held_already_is_marked_and_not_doubled() -> None:
    of = ward()
    known = target(of, "Kết nạp đảng viên", low=3, unit="đảng viên")
    held = document(of)
    found = proposal(held, "targets")
    assert (found.relation, found.suggested_target) == ("duplicate", known)
    decided = services.accept_proposal(found.pk, CLERK)
    assert decided.made is None
    assert Target.objects.count() == 1
    services.undo(found.pk, CLERK)
    assert Target.objects.get() == known


def test_a_target_that_differs_is_shown_beside_the_one_held() -> None:
    of = ward()
    known = target(of, "Kết nạp đảng viên", low=5, unit="đảng viên")
    found = proposal(document(of), "targets")
    assert (found.relation, found.suggested_target) == ("contradiction", known)
    assert "≥ 5 đảng viên" in found.relation_note
    with pytest.raises(ServiceError) as raised:
        services.accept_proposal(found.pk, CLERK)
    assert raised.value.field == "target_id"
    made = services.accept_proposal(found.pk, CLERK, as_new=True).made
    assert isinstance(made, Target)
    known.refresh_from_db()
    assert (known.low, made.low, made.number) == (Decimal(5), Decimal(3), 2)


def test_a_figure_held_already_is_confirmed_and_another_takes_its_place() -> None:
    of = ward()
    revenue = target(of, "Thu ngân sách hằng năm", low=30, unit="tỷ đồng")
    first = services.accept_proposal(proposal(document(of), "results").pk, CLERK).made
    assert isinstance(first, Result)

    page = Page("Ngày 12/7/2023. Thu ngân sách đạt 31,2 tỷ đồng. Rà lại: thu ngân sách là 31,9 tỷ đồng.")
    reading = page.reading(
        results=(
            page.result("Thu ngân sách đạt 31,2 tỷ đồng", "thu ngân sách", 31.2e9, "đồng"),
            page.result("thu ngân sách là 31,9 tỷ đồng", "thu ngân sách", 31.9e9, "đồng"),
        )
    )
    second = document(of, reading, page)
    same, other = proposal(second, "results", 0), proposal(second, "results", 1)
    assert (same.relation, other.relation) == ("duplicate", "contradiction")
    assert services.accept_proposal(same.pk, CLERK).made is None
    made = services.accept_proposal(other.pk, CLERK).made
    assert isinstance(made, Result)
    assert made.supersedes == first
    row = selectors.board(of, "2020-2025", date(2023, 12, 1)).rows[0]
    assert (row.target, row.latest) == (revenue, row.points[-1])
    assert row.points[-1].ref == made.pk
    lines = selectors.target_detail(revenue.pk, date(2023, 12, 1)).results
    assert [line.current for line in lines] == [False, True]
    with pytest.raises(ServiceError, match="hoàn tác"):
        services.undo(proposal(Document.objects.exclude(pk=second.pk).get(), "results").pk, CLERK)


def test_a_term_total_told_for_a_yearly_goal_is_marked() -> None:
    of = ward()
    target(of, "Kết nạp đảng viên", low=3, unit="đảng viên")
    page = Page("Ngày 12/7/2023. Đã kết nạp 21/15 đảng viên, vượt mục tiêu.")
    reading = page.reading(
        results=(page.result("kết nạp 21/15 đảng viên", "kết nạp đảng viên", 21, "đảng viên", planned=15),)
    )
    decided = services.accept_proposal(proposal(document(of, reading, page), "results").pk, CLERK)
    assert isinstance(decided.made, Result)
    assert decided.made.running_total
    assert any("cộng dồn" in warning for warning in decided.warnings)


def test_confident_proposals_are_accepted_together_and_the_rest_wait() -> None:
    of = ward()
    held = document(of)
    assert services.accept_confident(held.pk, CLERK, 0.9) == 3
    assert selectors.progress(held.pk) == selectors.Progress(3, 4, 3, 4)
    assert proposal(held, "results", 1).state == "pending"


def test_a_result_without_target_is_kept_with_its_indicator() -> None:
    held = document(ward())
    made = services.accept_proposal(proposal(held, "results", 1).pk, CLERK, target_id=None).made
    assert isinstance(made, Result)
    assert (made.target, made.indicator.name, made.value) == (None, "hộ nghèo", Decimal(12))


def test_a_document_is_of_one_organisation() -> None:
    held = document(ward())
    other = target(ward("Đảng bộ phường Mộc Lan"), "Số hộ nghèo")
    for key in (other.pk, 999):
        with pytest.raises(ServiceError) as raised:
            services.accept_proposal(proposal(held, "results", 1).pk, CLERK, target_id=key)
        assert raised.value.field == "target_id"


def test_who_only_reads_decides_nothing() -> None:
    held = document(ward())
    with pytest.raises(ServiceError, match="không có quyền"):
        services.accept_proposal(proposal(held, "targets").pk, Actor("kt", "inspector"))
    with pytest.raises(NotFound):
        services.accept_proposal(999, CLERK)


@pytest.mark.parametrize(
    ("edits", "field", "says"),
    [
        ({"value": "1.5"}, "value", "1,5"),
        ({"value": ""}, "value", "Chưa có số"),
        ({"value": "nhiều"}, "value", "nhiều"),
        ({"value": "-3"}, "value", "không thể âm"),
        ({"period": "2019"}, "period", "nhiệm kỳ 2020-2025"),
        ({"period": "2020"}, "period", "số đầu kỳ"),
        ({"period": "tháng sáu"}, "period", "2023-H1"),
        ({"unit": "%"}, "unit", "phần trăm"),
        ({"as_of": "31/02/2023"}, "as_of", "ngày có thật"),
        ({"kind": "chắc"}, "kind", "official"),
        ({"lạ": "1"}, "lạ", "không có ô"),
    ],
)
def test_a_bad_correction_says_what_is_wrong_and_changes_nothing(edits: dict[str, str], field: str, says: str) -> None:
    of = ward()
    poor = target(of, "Số hộ nghèo", direction="at_most", low=10)
    held = document(of)
    before = _state()
    with pytest.raises(ServiceError, match=says) as raised:
        services.accept_proposal(proposal(held, "results", 1).pk, CLERK, target_id=poor.pk, edits=edits)
    assert raised.value.field == field
    assert _state() == before


def test_more_than_a_hundred_percent_is_told_not_refused() -> None:
    of = ward()
    covered = target(of, "Bao phủ bảo hiểm", low=93, unit="%")
    held = document(of)
    edits = {"value": "104", "unit": "%"}
    decided = services.accept_proposal(proposal(held, "results", 1).pk, CLERK, target_id=covered.pk, edits=edits)
    assert any("100%" in warning for warning in decided.warnings)


def test_a_text_marked_secret_is_refused() -> None:
    page = Page("ĐẢNG BỘ PHƯỜNG TRÚC KHÊ\nMẬT\nKế hoạch…")
    with pytest.raises(ServiceError, match="mật"):
        document(ward(), page.reading(), page)


def test_a_reading_of_another_text_is_refused() -> None:
    with pytest.raises(ServiceError, match="vị trí"):
        services.add_document(ward(), "a.txt", "ngắn", "0" * 64, full_reading(Page()), CLERK)


def test_what_the_reading_asks_about_is_not_accepted_with_the_rest() -> None:
    page = Page()
    reading = page.reading(
        results=(
            page.result("chuyển đến 6", "chuyển đến", 6, "đảng viên"),
            page.result("còn 12 hộ nghèo", "hộ nghèo", 12, "hộ"),
        ),
        warnings=full_reading(page).warnings,
    )
    held = document(ward(), reading)
    assert intake.sure_ones(held.pk, 0.9) == [proposal(held, "results", 1)]


def test_an_income_in_billions_is_told_and_left_to_a_person() -> None:
    of = ward()
    target(of, "Thu nhập bình quân đầu người", low=95, unit="triệu đồng")
    page = Page("Ngày 12/7/2023. Thu nhập bình quân đầu người đạt 11 tỷ đồng.")
    reading = page.reading(results=(page.result("đạt 11 tỷ đồng", "thu nhập bình quân đầu người", 11e9, "đồng"),))
    held = document(of, reading, page)
    assert intake.sure_ones(held.pk, 0.9) == []
    warnings = services.accept_proposal(proposal(held, "results").pk, CLERK).warnings
    assert any("khác xa" in warning for warning in warnings)


def test_a_count_of_members_is_no_admission() -> None:
    of = ward()
    target(of, "Kết nạp đảng viên", low=3, unit="đảng viên")
    page = Page("Ngày 12/7/2023. Đảng bộ có 536 đảng viên. Kết nạp 4 đảng viên mới.")
    reading = page.reading(
        results=(
            page.result("536 đảng viên", "đảng bộ đảng viên", 536, "đảng viên"),
            page.result("Kết nạp 4 đảng viên mới", "kết nạp đảng viên mới", 4, "đảng viên mới"),
        )
    )
    held = document(of, reading, page)
    assert proposal(held, "results", 0).suggested_target is None
    assert proposal(held, "results", 1).suggestion_score >= 0.75
