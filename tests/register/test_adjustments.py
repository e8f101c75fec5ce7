"""A target edited by two people, adjusted by a document, dropped and taken up again: nothing is lost, and each day is
judged by what was in force on it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.register.builders import ADMIN, CLERK, document, target, ward

from nhiemky.register import events, selectors, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Adjustment, Target
from nhiemky.values.kinds import PeriodMeaning, VerdictStatus

LEADER = Actor("chu.tich", "leader")
TERM = "2020-2025"
BY: dict[str, Any] = {
    "on": "15/07/2023",
    "reason": "sáp nhập khu phố",
    "reference": "Nghị quyết số 12-NQ/ĐU ngày 10/7/2023",
}


@pytest.fixture
def poor() -> Target:
    return target(
        ward(), "Số hộ nghèo", direction="at_most", low=10, meaning="by_deadline", baseline=60, baseline_year=2020,
        path={2021: 50, 2022: 40, 2023: 30},
    )  # fmt: skip


def test_of_two_who_edit_the_same_target_the_second_is_told(poor: Target) -> None:
    services.edit_target(poor.pk, Actor("lan"), version=1, low=8, lead_body="Mặt trận Tổ quốc")
    with pytest.raises(ServiceError) as raised:
        services.edit_target(poor.pk, Actor("minh"), version=1, low=9)
    assert raised.value.field == "version"
    assert raised.value.message.startswith("Chỉ tiêu này đã được lan sửa lúc ")
    assert "(mức, đơn vị chủ trì)" in raised.value.message
    assert services.edit_target(poor.pk, Actor("minh"), version=2, low=9).low == 9
    with pytest.raises(ServiceError, match="minh sửa"):
        services.add_path(poor.pk, Actor("lan"), {2024: 20}, version=2)


def test_an_edit_that_changes_nothing_is_no_edit(poor: Target) -> None:
    before = events.count()
    assert services.edit_target(poor.pk, CLERK, version=1, low=10).version == 1
    assert services.add_path(poor.pk, CLERK, {2021: 50}, version=1).version == 1
    assert events.count() == before


def test_each_day_is_judged_by_what_was_in_force(poor: Target) -> None:
    services.add_result(poor.pk, CLERK, period="2022", value=38, approved=True)
    services.adjust_target(poor.pk, LEADER, **BY, low=20, deadline="30/06/2025", path={2023: 35, 2022: None})
    former, now = (selectors.goal_on(poor.pk, on) for on in (date(2023, 7, 14), date(2023, 7, 15)))
    assert (former.low, former.deadline, former.state) == (10, date(2025, 12, 31), "active")
    assert former.path == ((2021, 50), (2022, 40), (2023, 30))
    assert (now.low, now.deadline, now.state) == (20, date(2025, 6, 30), "adjusted")
    assert now.path == ((2021, 50), (2023, 35))

    row = selectors.board(poor.organisation, TERM, date(2023, 6, 30)).rows[0]
    assert (row.target.low, row.goal.low, row.verdict.status) == (Decimal(10), 10.0, VerdictStatus.ON_TRACK)
    row = selectors.board(poor.organisation, TERM, date(2023, 12, 31)).rows[0]
    assert (row.target.low, row.goal.low, row.verdict.status) == (Decimal(20), 20.0, VerdictStatus.ADJUSTED)
    assert "sáp nhập khu phố (Nghị quyết số 12-NQ/ĐU ngày 10/7/2023)" in row.verdict.text
    assert (row.verdict.stands, row.verdict.before) == (VerdictStatus.ON_TRACK, VerdictStatus.ON_TRACK)
    assert "chỉ tiêu ≤ 10 hộ thành ≤ 20 hộ, thời hạn 31/12/2025 thành 30/06/2025" in row.verdict.text
    assert "Theo chỉ tiêu đang có hiệu lực (≤ 20 hộ): Đúng lộ trình" in row.verdict.text


def test_two_adjustments_keep_all_three_goals(poor: Target) -> None:
    services.adjust_target(poor.pk, LEADER, **BY, low=20)
    services.adjust_target(poor.pk, LEADER, **{**BY, "on": "01/01/2024"}, low=25)
    goals = [selectors.goal_on(poor.pk, on).low for on in (date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1))]
    assert goals == [10, 20, 25]
    changes = selectors.goal_on(poor.pk, date(2024, 1, 1)).changes
    assert [(one.on, one.former.low) for one in changes] == [(date(2023, 7, 15), 10), (date(2024, 1, 1), 20)]
    assert selectors.goal_on(poor.pk, date(2023, 7, 14)).changes == ()
    assert [(one.before["low"], one.after["low"]) for one in selectors.adjustments(poor.pk)] == [
        ("10", "20"),
        ("20", "25"),
    ]
    services.undo_adjustment(poor.pk, LEADER)
    poor.refresh_from_db()
    assert (poor.low, poor.state, Adjustment.objects.count()) == (Decimal(20), "adjusted", 1)
    services.undo_adjustment(poor.pk, LEADER)
    poor.refresh_from_db()
    assert (poor.low, poor.state, poor.state_reason) == (Decimal(10), "active", "")
    with pytest.raises(ServiceError, match="chưa có lần điều chỉnh"):
        services.undo_adjustment(poor.pk, LEADER)
    assert events.verify() is None


def test_undo_brings_the_path_back_with_its_decimals(poor: Target) -> None:
    services.add_path(poor.pk, CLERK, {2024: "20,5"})
    services.adjust_target(poor.pk, LEADER, **BY, path={2024: "22,25"})
    services.undo_adjustment(poor.pk, LEADER)
    assert selectors.goal_on(poor.pk, date(2025, 1, 1)).path[-1] == (2024, 20.5)


def test_a_target_is_dropped_and_taken_up_again(poor: Target) -> None:
    paper = document(poor.organisation)
    made = services.drop_target(poor.pk, LEADER, on=date(2023, 8, 1), reason="chuyển về tỉnh", document=paper)
    assert (made.document, made.after["state"]) == (paper, "dropped")
    assert selectors.board(poor.organisation, TERM, date(2023, 8, 1)).rows[0].verdict.status == "dropped"
    assert selectors.board(poor.organisation, TERM, date(2023, 7, 31)).rows[0].verdict.status == "no_data"
    for again in (services.drop_target, services.adjust_target):
        with pytest.raises(ServiceError, match="thôi thực hiện"):
            again(poor.pk, LEADER, **{**BY, "on": "01/09/2023"})
    services.reinstate_target(poor.pk, LEADER, **{**BY, "on": "01/01/2024"})
    assert selectors.goal_on(poor.pk, date(2023, 12, 31)).state == "dropped"
    assert selectors.goal_on(poor.pk, date(2024, 1, 1)).state == "active"
    with pytest.raises(ServiceError, match="đang thực hiện"):
        services.reinstate_target(poor.pk, LEADER, **{**BY, "on": "02/01/2024"})


def test_a_correction_after_an_adjustment_is_not_lost_by_undo(poor: Target) -> None:
    services.adjust_target(poor.pk, LEADER, **BY, low=20)
    services.edit_target(poor.pk, CLERK, low=21)
    with pytest.raises(ServiceError, match="sửa sau lần điều chỉnh"):
        services.undo_adjustment(poor.pk, LEADER)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reference": ""}, "document"),
        ({"reason": " "}, "reason"),
        ({"on": "31/02/2023"}, "on"),
        ({"on": "01/01/2019"}, "on"),
        ({"low": "mười"}, "low"),
        ({"low": -1}, "low"),
        ({"low": 10}, ""),
        ({"path": {2031: 1}}, "path"),
        ({"deadline": "31/12/2019"}, "deadline"),
        ({"number": 3}, "number"),
        ({"unit": "triệu đồng", "low": 3}, "unit"),
    ],
)
def test_an_adjustment_that_cannot_be_is_refused(poor: Target, fields: dict[str, Any], field: str) -> None:
    services.add_result(poor.pk, CLERK, period="2022", value=38, approved=True)
    before = events.count()
    with pytest.raises(ServiceError) as raised:
        services.adjust_target(poor.pk, LEADER, **{**BY, "low": 20, **fields})
    assert raised.value.field == field
    assert events.count() == before
    assert not Adjustment.objects.exists()
    poor.refresh_from_db()
    assert (poor.low, poor.version) == (Decimal(10), 1)


def test_an_adjustment_is_not_put_before_the_last_one(poor: Target) -> None:
    services.adjust_target(poor.pk, LEADER, **BY, low=20)
    with pytest.raises(ServiceError, match="15/07/2023") as raised:
        services.adjust_target(poor.pk, LEADER, **{**BY, "on": "14/07/2023"}, low=22)
    assert raised.value.field == "on"


@pytest.mark.parametrize("meaning", list(PeriodMeaning))
def test_every_period_meaning_is_kept_edited_and_judged(meaning: str) -> None:
    of = ward()
    held = target(of, "Tỷ lệ hộ đạt chuẩn", unit="%", low=90, baseline=70, baseline_year=2020)
    assert services.edit_target(held.pk, CLERK, meaning=meaning).meaning == meaning
    services.add_result(held.pk, CLERK, period="2022", value=80, planned=85, approved=True)
    row = selectors.board(of, TERM, date(2023, 6, 30)).rows[0]
    assert row.goal.meaning == meaning
    assert row.verdict.rule.startswith("path.")


def test_a_milestone_needs_no_figure() -> None:
    held = target(ward(), "Xây xong nhà văn hóa", low=None, unit="", meaning="milestone")
    assert held.low is None


def test_who_leads_and_who_helps() -> None:
    of = ward()
    cell = services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, of)
    held = target(of, "Hộ nghèo", lead=cell, coordinating_bodies="Hội Nông dân; Đoàn Thanh niên")
    assert (held.lead, held.coordinating_bodies) == (cell, "Hội Nông dân; Đoàn Thanh niên")
    assert services.edit_target(held.pk, CLERK, lead=of.pk).lead == of
    assert services.edit_target(held.pk, CLERK, lead=None).lead is None


def _in(of: Target, name: str, low: float) -> Target:
    return target(of.organisation, name, unit="%", low=low, direction="equal", meaning="by_deadline", whole=of)


def test_parts_of_a_composition_make_a_hundred() -> None:
    whole = target(ward(), "Cơ cấu kinh tế", unit="%", low=100, direction="equal", meaning="composition")
    _in(whole, "Dịch vụ", 52)
    _in(whole, "Công nghiệp", 40)
    last = _in(whole, "Nông nghiệp", 9)
    assert last.warnings == (
        "Các phần của “Cơ cấu kinh tế” cộng lại là 101%; cơ cấu phải đủ 100%. Hãy xem lại từng phần.",
    )
    assert services.edit_target(last.pk, CLERK, low=8).warnings == ()


def test_without_a_baseline_a_goal_against_it_is_told() -> None:
    made = target(ward(), "Hộ nghèo", meaning="against_baseline", direction="decrease", low=2)
    assert "chưa có số đầu kỳ" in made.warnings[0]


def _itself(held: Target) -> Any:
    return {"whole": held.pk}


def _of_another(held: Target) -> Any:
    return {"whole": target(ward("Đảng bộ phường Khác"), "Cơ cấu")}


def _of_its_part(held: Target) -> Any:
    return {"whole": target(held.organisation, "Một phần", whole=held)}


@pytest.mark.parametrize("given", [_itself, _of_another, _of_its_part])
def test_a_part_stands_in_its_own_organisation_and_in_no_circle(poor: Target, given: Callable[[Target], Any]) -> None:
    with pytest.raises(ServiceError) as raised:
        services.edit_target(poor.pk, CLERK, **given(poor))
    assert raised.value.field == "whole"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"number": "một"}, "number"),
        ({"number": 0}, "number"),
        ({"number": "1,5"}, "number"),
        ({"baseline_year": 2040}, "baseline_year"),
        ({"baseline_year": "năm ngoái"}, "baseline_year"),
        ({"deadline": "31/02/2024"}, "deadline"),
        ({"field": "x" * 201}, "field"),
        ({"coordinating_bodies": "x" * 401}, "coordinating_bodies"),
        ({"lead": 999}, "lead"),
        ({"whole": 999}, "whole"),
        ({"name": "x" * 401}, "name"),
        ({"low": "91.8"}, "low"),
        ({"version": 0}, "version"),
        ({"version": "a"}, "version"),
    ],
)
def test_an_edit_names_the_field_that_cannot_be(poor: Target, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ServiceError) as raised:
        services.edit_target(poor.pk, CLERK, **fields)
    assert raised.value.field == field


def test_a_target_with_adjustments_is_not_undone_away() -> None:
    from tests.register.builders import proposal

    held = document(ward())
    made = services.accept_proposal(proposal(held, "targets").pk, CLERK).made
    assert isinstance(made, Target)
    services.adjust_target(made.pk, LEADER, **BY, low=4)
    with pytest.raises(ServiceError, match="đã được điều chỉnh"):
        services.undo(proposal(held, "targets").pk, CLERK)
