"""Figures one by one: who may decide, corrections with a reason, closed periods, and what is typed wrongly."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.register.builders import CLERK, document, proposal, target, ward

from nhiemky.register import events, selectors, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Latest, Result, Target

BODY = Actor("tram.y.te", "body")
OFFICE = Actor("chi.hoa", "office")
LEADER = Actor("bi.thu", "leader")


def poor(**fields: Any) -> Target:
    return target(ward(), "Hộ nghèo", **{"direction": "at_most", "low": 10, **fields})


def approved(of: Target, period: str, value: Any, **more: Any) -> Result:
    return services.add_result(of.pk, CLERK, period=period, value=value, approved=True, **more)


def test_nobody_decides_on_a_figure_of_their_own() -> None:
    held = poor()
    for actor in (BODY, CLERK):
        made = services.add_result(held.pk, actor, period="2022", value=9)
        assert made.state == "proposed"
    with pytest.raises(ServiceError, match="Không ai tự duyệt"):
        services.approve_result(made.pk, CLERK)
    with pytest.raises(ServiceError, match="Không ai tự duyệt"):
        services.return_result(made.pk, CLERK, "sai")
    with pytest.raises(ServiceError):
        services.add_result(held.pk, BODY, period="2022", value=9, approved=True)
    services.approve_result(made.pk, LEADER)
    with pytest.raises(ServiceError, match=r"bi\.thu duyệt"):
        services.return_result(made.pk, OFFICE, "sai")


def test_a_correction_waits_then_takes_the_place_of_the_former() -> None:
    held = poor()
    first = approved(held, "2022", 9)
    made = services.correct_result(first.pk, CLERK, "11", "bỏ sót khu phố 3")
    assert Latest.objects.get().value == 9
    latest = selectors.board(held.organisation, "2020-2025", date(2023, 6, 30)).rows[0].latest
    assert latest is not None
    assert latest.ref == first.pk
    services.approve_result(made.pk, OFFICE)
    row = selectors.board(held.organisation, "2020-2025", date(2023, 6, 30)).rows[0]
    assert [(point.value, point.ref) for point in row.points] == [(11, made.pk)]
    assert (row.latest, made.note) == (row.points[0], "bỏ sót khu phố 3")
    assert Result.objects.get(pk=first.pk).value == 9


def test_of_two_corrections_the_second_is_told_of_the_first() -> None:
    first = approved(poor(), "2022", 9)
    one, two = (services.correct_result(first.pk, CLERK, value, "đếm lại") for value in (11, 12))
    services.approve_result(one.pk, OFFICE)
    with pytest.raises(ServiceError, match=r"2022: 11 hộ.*chi\.hoa"):
        services.approve_result(two.pk, LEADER)
    with pytest.raises(ServiceError, match="2022: 11 hộ"):
        services.correct_result(first.pk, CLERK, 13, "đếm lại")
    assert Latest.objects.get().value == 11


@pytest.mark.parametrize(
    ("value", "reason", "field"), [(9, "đếm lại", "value"), (11, " ", "reason"), (-1, "đếm lại", "value")]
)
def test_a_correction_says_what_and_why(value: int, reason: str, field: str) -> None:
    first = approved(poor(), "2022", 9)
    before = events.count()
    with pytest.raises(ServiceError) as raised:
        services.correct_result(first.pk, CLERK, value, reason)
    assert (raised.value.field, events.count()) == (field, before)


def test_a_closed_period_takes_no_figure_until_it_is_opened_with_a_reason() -> None:
    held = poor()
    of = held.organisation
    waiting = services.add_result(held.pk, BODY, period="2022-M06", value=9)
    done = approved(held, "2022", 9)
    services.lock_period(of, "2022", LEADER, "đã báo cáo cấp trên")
    for refused in (
        lambda: services.add_result(held.pk, CLERK, period="2022", value=8),
        lambda: services.add_result(held.pk, CLERK, period="2022-H1", value=8),
        lambda: services.approve_result(waiting.pk, OFFICE),
        lambda: services.correct_result(done.pk, CLERK, 8, "đếm lại"),
        lambda: services.lock_period(of, "2022", OFFICE, "lần nữa"),
    ):
        with pytest.raises(ServiceError, match=r"Năm 2022 đã được bi\.thu khóa \(đã báo cáo cấp trên\)") as raised:
            refused()
        assert raised.value.field == "period"
    approved(held, "2023", 8)
    with pytest.raises(ServiceError) as raised:
        services.reopen_period(of, "2022", LEADER, "")
    assert raised.value.field == "reason"
    services.reopen_period(of, "2022", LEADER, "cấp trên yêu cầu rà lại")
    services.approve_result(services.correct_result(done.pk, CLERK, 8, "đếm lại").pk, OFFICE)
    with pytest.raises(ServiceError, match="không bị khóa"):
        services.reopen_period(of, "2022", LEADER, "lần nữa")


def test_an_acceptance_neither_enters_a_closed_period_nor_is_undone_in_it() -> None:
    of = ward()
    fact = proposal(document(of), "results")
    period = services.accept_proposal(fact.pk, CLERK).made.period  # type: ignore[union-attr]
    services.lock_period(of, "2023", LEADER, "chốt số")
    with pytest.raises(ServiceError, match="khóa"):
        services.undo(fact.pk, CLERK)
    with pytest.raises(ServiceError, match="khóa"):
        services.accept_proposal(proposal(fact.document, "results", 1).pk, CLERK)
    services.reopen_period(of, "2023", LEADER, "rà lại")
    services.undo(fact.pk, CLERK)
    assert period == "2023-H1"
    assert Result.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"as_of": "31/02/2022"}, "as_of", "31/02/2022"),
        ({"period": "2019"}, "period", "2021 đến năm 2025"),
        ({"period": "2022-M13"}, "period", "2022-M13"),
        ({"unit": "%"}, "unit", "tỷ lệ phần trăm"),
        ({"value": -3}, "value", "không thể âm"),
        ({"value": "9.5"}, "value", "9,5"),
        ({"value": "mười"}, "value", "mười"),
        ({"value": ""}, "value", "Chưa có số"),
        ({"kind": "đoán"}, "kind", "official"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(fields: dict[str, Any], field: str, says: str) -> None:
    held = poor()
    before = events.count()
    with pytest.raises(ServiceError, match=says) as raised:
        services.add_result(held.pk, CLERK, **{"period": "2022", "value": 9, **fields})
    assert (raised.value.field, events.count(), Result.objects.count()) == (field, before, 0)


@pytest.mark.parametrize(
    ("typed", "unit", "low", "kept"),
    [
        ("1.500", "ha", "1,4", None),  # fits as 1,5 only
        ("93.500", "%", "93,5", None),
        ("1.500", "%", None, None),  # nothing to compare with, and no share of a whole
        ("1.500", "ha", "1.400", 1500),
        ("1.500", "hộ", "2", 1500),  # households have no halves
        ("2.000", "hộ", "2", None),
        ("1500", "ha", "1,4", 1500),
        ("1,5", "ha", "1,4", "1.5"),
        ("1.234.500", "ha", "1,4", 1234500),
    ],
)
def test_a_dot_that_may_be_a_comma_is_asked_back(typed: str, unit: str, low: str | None, kept: Any) -> None:
    held = poor(unit=unit, direction="increase", low=low)
    if kept is not None:
        assert services.add_result(held.pk, CLERK, period="2022", value=typed).value == Decimal(kept)
        return
    with pytest.raises(ServiceError, match=r"là \d+ hay [\d,]+\?") as raised:
        services.add_result(held.pk, CLERK, period="2022", value=typed)
    assert raised.value.field == "value"


def test_a_jump_from_as_long_a_period_is_told() -> None:
    held = poor(low=None, direction="decrease")
    approved(held, "2021", 40)
    assert "chênh 5 lần" in str(_warnings(services.add_result(held.pk, CLERK, period="2022", value=8)))
    assert _warnings(services.add_result(held.pk, CLERK, period="2022-M06", value=8)) == []


def _warnings(result: Result) -> list[str]:
    told: list[str] = Event.objects.get(verb="add_result", subject_id=str(result.pk)).data["warnings"]
    return told
