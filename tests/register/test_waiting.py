"""What waits for whom: the queue by age, what one sent oneself, and each figure beside what is known of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from pytest_django import DjangoAssertNumQueries
from tests.register.builders import ADMIN, CLERK, document, proposal, target, ward
from tests.register.conftest import Clock
from tests.register.test_submissions import BODY, LEADER, OFFICE, report

from nhiemky.register import access, selectors, services
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.models import Organisation, Result, Target
from nhiemky.register.selectors import Waiting, WaitingFigure


def poor(of: Organisation, **fields: Any) -> Target:
    return target(of, "Hộ nghèo", **{"direction": "at_most", "low": 10, **fields})


def entered(of: Target, value: Any = 9, period: str = "2022", actor: Actor = BODY, **more: Any) -> Result:
    return services.add_result(of.pk, actor, period=period, value=value, **more)


def keys(found: tuple[Waiting, ...]) -> list[str]:
    return [one.key for one in found]


def only(actor: Actor = OFFICE) -> WaitingFigure:
    (item,) = selectors.waiting(actor).items
    (figure,) = item.figures
    return figure


def test_the_longest_waiting_comes_first_and_ones_own_apart(clock: Clock) -> None:
    of = ward()
    held, other = poor(of), target(of, "Hộ cận nghèo")
    clock("03/07/2023")
    own = entered(held, period="2021", actor=OFFICE)
    clock("02/07/2023")
    young = entered(held)
    clock("01/07/2023")
    sent = report(of, {other.pk: 12})
    found = selectors.waiting(OFFICE)
    assert keys(found.items) == [f"s{sent.pk}.{sent.version}", f"r{young.pk}"]
    assert keys(found.own) == [f"r{own.pk}"]
    assert "không ai tự duyệt" in found.own[0].refusal
    assert (found.total, selectors.count_waiting(OFFICE)) == (2, 2)
    assert selectors.count_waiting(LEADER) == 3


def test_drafts_and_what_was_decided_do_not_wait() -> None:
    of = ward()
    held = poor(of)
    report(of, {held.pk: 9}, sent=False)
    services.approve_result(entered(held, period="2021").pk, OFFICE)
    services.return_result(entered(held, period="2023").pk, OFFICE, "thiếu biểu")
    assert selectors.waiting(OFFICE).total == selectors.count_waiting(OFFICE) == 0
    assert selectors.waiting_of([held.pk]) == {}


def test_each_sees_what_its_account_may_approve() -> None:
    of = ward()
    cell = services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, of)
    beside = ward("Đảng bộ phường Mộc Lan")
    for one in (of, cell, beside):
        entered(poor(one))
    assert selectors.count_waiting(Actor("a", "office")) == 3
    assert selectors.count_waiting(Actor("a", "leader", of.pk)) == 2
    assert selectors.count_waiting(Actor("a", "leader", cell.pk)) == 1
    assert selectors.count_waiting(Actor("a", "province", of.pk)) == 1  # reads below, approves its own
    for role in ("body", "inspector", "admin"):
        actor = Actor("a", role, of.pk)
        assert (selectors.count_waiting(actor), selectors.waiting(actor).total) == (0, 0)


def test_figures_that_a_body_reports_for_one_out_of_reach_are_shown_and_refused() -> None:
    of = ward()
    cell = services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, of)
    held = poor(of)
    Target.objects.filter(pk=held.pk).update(lead=cell)
    report(cell, {held.pk: 9})
    (item,) = selectors.waiting(Actor("a", "leader", cell.pk)).items
    assert "ngoài phạm vi" in item.refusal
    (item,) = selectors.waiting(Actor("a", "leader", of.pk)).items
    assert item.refusal == ""


def test_a_figure_is_set_beside_the_one_whose_place_it_takes() -> None:
    held = poor(ward())
    first = services.add_result(held.pk, CLERK, period="2022", value=12, approved=True)
    entered(held, 9)
    figure = only()
    assert (figure.before, figure.replaces, figure.change) == (first, True, Decimal(-3))
    services.return_result(figure.result.pk, OFFICE, "thiếu")
    services.correct_result(first.pk, CLERK, 11, "đếm lại")
    assert (only().before, only().replaces, only().change) == (first, True, Decimal(-1))


def test_else_beside_the_same_part_of_the_year_before_then_the_newest() -> None:
    held = target(ward(), "Kết nạp đảng viên", low=3, unit="đảng viên", nature="flow")
    year = services.add_result(held.pk, CLERK, period="2021", value=8, approved=True)
    waits = entered(held, 3, "2022-H1")
    assert (only().before, only().replaces, only().change) == (year, False, None)  # half a year against a whole one
    half = services.add_result(held.pk, CLERK, period="2021-H1", value=5, approved=True)
    assert (only().before, only().change) == (half, Decimal(-2))
    services.return_result(waits.pk, OFFICE, "thiếu")
    entered(held, 60, "2022")
    assert only().before == year
    assert "chênh 7,5 lần" in only().doubts[0]


def test_what_the_document_says_stands_beside_what_was_typed() -> None:
    of = ward()
    target(of, "Thu ngân sách hằng năm", low=30, unit="tỷ đồng")
    held = proposal(document(of), "results")
    services.accept_proposal(held.pk, CLERK, edits={"value": "30,5", "unit": "tỷ đồng"})
    figure = only()
    assert (figure.read, float(figure.result.value)) == (held, 30_500_000_000)
    assert figure.sentence is not None
    assert figure.sentence.parts[1] == "Thu ngân sách đạt 31,2 tỷ đồng"


def test_a_closed_period_is_told_beforehand() -> None:
    of = ward()
    entered(poor(of), period="2022-M06")
    services.lock_period(of, "2022", LEADER, "chốt số")
    (item,) = selectors.waiting(OFFICE).items
    assert item.lock is not None
    assert item.lock.reason == "chốt số"
    services.reopen_period(of, "2022", LEADER, "rà lại")
    assert selectors.waiting(OFFICE).items[0].lock is None
    services.lock_period(of, "2021", LEADER, "chốt số")
    assert [one.period for one in selectors.locks(of)] == ["2021", "2022"]


def test_pages_of_the_queue(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    held = poor(ward())
    for month in range(1, 13):
        entered(held, period=f"2022-M{month:02d}")
    with django_assert_max_num_queries(12):
        found = selectors.waiting(OFFICE, 2, size=5)
    assert (found.items[0].figures[0].result.period, len(found.items)) == ("2022-M06", 5)
    assert (found.number, found.last, found.total) == (2, 3, 12)
    assert selectors.waiting(OFFICE, 99, size=5).number == 3


def test_the_board_s_waiting_figures_and_what_was_sent_back() -> None:
    held = poor(ward())
    first, second = entered(held), entered(held, 8, "2023")
    assert selectors.waiting_of([held.pk]) == {held.pk: [first, second]}
    services.return_result(first.pk, OFFICE, "thiếu biểu")
    assert selectors.returned_to(BODY, held.organisation) == [first]
    assert selectors.returned_to(OFFICE, held.organisation) == []
    entered(held, 10)
    assert selectors.returned_to(BODY, held.organisation) == []


def test_who_else_may_approve() -> None:
    of = ward()
    cell = services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, of)
    beside = ward("Đảng bộ phường Mộc Lan")
    for name, role, where in (
        ("van.phong", "office", None), ("bi.thu", "leader", of), ("don.vi", "body", of), ("chi.bo", "leader", cell),
        ("phuong.khac", "leader", beside), ("tinh", "province", of),
    ):  # fmt: skip
        services.add_user(name, role, ADMIN, where)
    assert access.who_else(Power.APPROVE, cell, Actor("van.phong")) == ("bi.thu", "chi.bo")
    assert access.who_else(Power.APPROVE, of, Actor("bi.thu", "leader", of.pk)) == ("tinh", "van.phong")


def test_a_figure_of_no_target_is_set_beside_the_same_indicator() -> None:
    of = ward()
    held = proposal(document(of), "results", 1)
    first = services.accept_proposal(held.pk, CLERK, target_id=None).made
    services.undo(held.pk, CLERK)
    assert first is not None
    services.accept_proposal(held.pk, CLERK, target_id=None, edits={"value": "13"})
    figure = only()
    assert (figure.result.as_of, figure.before, figure.doubts) == (date(2023, 6, 30), None, ())
