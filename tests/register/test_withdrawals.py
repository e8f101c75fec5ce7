"""A decision taken back: by whoever took it, while nothing stands on it; the sums follow and the log holds both."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.register.builders import CLERK, target, ward
from tests.register.test_submissions import BODY, LEADER, OFFICE, report, states, three

from nhiemky.register import events, services
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Latest, Result, Score, Target


def poor() -> Target:
    return target(ward(), "Hộ nghèo", direction="at_most", low=10)


def waiting(of: Target, value: Any = 9, period: str = "2022") -> Result:
    return services.add_result(of.pk, BODY, period=period, value=value)


def in_force(of: Target) -> list[float]:
    return [float(row.value) for row in Latest.objects.filter(target=of)]


def test_an_approval_taken_back_leaves_the_register_as_it_was() -> None:
    held = poor()
    first = services.add_result(held.pk, CLERK, period="2022", value=12, approved=True)
    made = services.approve_result(waiting(held).pk, OFFICE)
    assert (in_force(held), made.supersedes) == ([9], first)
    back = services.withdraw_decision(made.pk, OFFICE)
    assert (in_force(held), back.state, back.supersedes, back.decided_by, back.decided_at) == (
        [12], "proposed", None, "", None,
    )  # fmt: skip
    services.approve_result(made.pk, LEADER)
    assert in_force(held) == [9]
    assert events.verify() is None
    assert [one for step in services.check_summaries() for one in step.differences] == []


def test_a_return_taken_back_waits_again_and_is_still_the_correction_it_was() -> None:
    held = poor()
    first = services.add_result(held.pk, CLERK, period="2022", value=12, approved=True)
    made = services.correct_result(first.pk, CLERK, "11", "đếm lại")
    services.return_result(made.pk, OFFICE, "thiếu biểu")
    back = services.withdraw_decision(made.pk, OFFICE)
    assert (back.state, back.supersedes) == ("proposed", first)
    services.approve_result(made.pk, OFFICE)
    assert services.withdraw_decision(made.pk, OFFICE).supersedes == first
    assert in_force(held) == [12]


def _by_another(made: Result) -> None:
    services.withdraw_decision(made.pk, LEADER)


def _with_a_correction(made: Result) -> None:
    services.correct_result(made.pk, CLERK, 8, "đếm lại")
    services.withdraw_decision(made.pk, OFFICE)


def _in_a_closed_period(made: Result) -> None:
    services.lock_period(made.organisation, "2022", LEADER, "chốt số")
    services.withdraw_decision(made.pk, OFFICE)


def _twice(made: Result) -> None:
    services.withdraw_decision(made.pk, OFFICE)
    services.withdraw_decision(made.pk, OFFICE)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (_by_another, r"Chỉ chi\.hoa"),
        (_with_a_correction, "xin thay"),
        (_in_a_closed_period, "khóa"),
        (_twice, "đang chờ duyệt"),
    ],
)
def test_what_stands_in_the_way_is_told(act: Callable[[Result], None], says: str) -> None:
    made = services.approve_result(waiting(poor()).pk, OFFICE)
    with pytest.raises(ServiceError, match=says):
        act(made)


def test_what_was_never_decided_apart_has_no_decision_to_take_back() -> None:
    made = services.add_result(poor().pk, OFFICE, period="2022", value=9, approved=True)
    with pytest.raises(ServiceError, match="không qua bước duyệt riêng"):
        services.withdraw_decision(made.pk, OFFICE)


def test_an_approved_submission_waits_again_with_all_its_figures() -> None:
    of, targets = three()
    services.add_result(targets[0].pk, CLERK, period="2022", value=12, approved=True)
    held = report(of, {targets[0].pk: 9, targets[1].pk: 14})
    held = services.approve_submission(held.pk, OFFICE, held.version)
    with pytest.raises(ServiceError, match="cả lần báo số"):
        services.withdraw_decision(held.results.first().pk, OFFICE)  # type: ignore[union-attr]
    with pytest.raises(ServiceError, match=r"Chỉ chi\.hoa"):
        services.withdraw_submission_decision(held.pk, LEADER, held.version)
    held = services.withdraw_submission_decision(held.pk, OFFICE, held.version)
    assert (held.state, states(held)) == ("submitted", [(9, "submitted"), (14, "submitted")])
    assert (in_force(targets[0]), in_force(targets[1])) == ([12], [])
    assert Score.objects.get(indicator=targets[0].indicator, period="2022").total == 12
    services.approve_submission(held.pk, LEADER, held.version)
    assert in_force(targets[0]) == [9]
    assert [one for step in services.check_summaries() for one in step.differences] == []


def test_a_returned_submission_waits_again_until_its_body_goes_on() -> None:
    of, targets = three()
    held = report(of, {targets[0].pk: 9, targets[1].pk: 14})
    held = services.return_submission(held.pk, OFFICE, held.version, "thiếu biểu")
    held = services.withdraw_submission_decision(held.pk, OFFICE, held.version)
    assert (held.state, held.reason, states(held)) == ("submitted", "", [(9, "submitted"), (14, "submitted")])
    held = services.return_submission(held.pk, OFFICE, held.version, "thiếu biểu")
    services.enter_figures(held.pk, {targets[1].pk: 12}, BODY, held.version)
    with pytest.raises(ServiceError, match="đã thay đổi"):
        services.withdraw_submission_decision(held.pk, OFFICE, held.version)


def test_a_period_whose_next_submission_was_opened_keeps_the_one_approved() -> None:
    of, targets = three()
    held = report(of, {targets[0].pk: 9})
    held = services.approve_submission(held.pk, OFFICE, held.version)
    report(of, {targets[0].pk: 8}, sent=False)
    with pytest.raises(ServiceError, match="đã mở lần báo số khác"):
        services.withdraw_submission_decision(held.pk, OFFICE, held.version)
