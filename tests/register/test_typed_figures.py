"""A figure that its accepter typed waits for someone else; one that a document says, or another typed, does not."""

from typing import Any

import pytest
from tests.register.builders import CLERK, document, proposal, target, ward

from nhiemky.register import events, intake, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Latest, Organisation, Proposal, Result
from nhiemky.register.services import Decided

OTHER = Actor("chi.hoa", "office")
LEADER = Actor("bi.thu", "leader")


def found(of: Organisation) -> Proposal:
    """Budget revenue of 31,2 tỷ đồng in the first half of 2023."""
    target(of, "Thu ngân sách hằng năm", low=30, unit="tỷ đồng")
    return proposal(document(of), "results")


def edited(of: Organisation, edits: dict[str, Any] | None = None) -> Decided:
    return services.accept_proposal(found(of).pk, CLERK, edits=edits or {"value": "30,5", "unit": "tỷ đồng"})


def made(decided: Decided) -> Result:
    assert isinstance(decided.made, Result)
    return decided.made


def test_a_figure_that_was_typed_waits_and_the_clerk_is_told_first() -> None:
    decided = edited(ward())
    assert (made(decided).state, made(decided).added_by, made(decided).decided_by) == ("proposed", CLERK.name, "")
    assert "chờ người khác duyệt" in decided.warnings[0]
    assert not Latest.objects.exists()
    with pytest.raises(ServiceError, match="Không ai tự duyệt"):
        services.approve_result(made(decided).pk, CLERK)
    services.approve_result(made(decided).pk, LEADER)
    assert Latest.objects.get().value == 30_500_000_000


@pytest.mark.parametrize(
    "edits",
    [
        {"value": "31.200", "unit": "triệu đồng"},  # the same sum in another unit
        {"value": "31200000000"},
        {"period": "2023-H1"},  # what the register takes by itself
        {"indicator": "tổng thu ngân sách trên địa bàn"},
        {"note": "theo biểu của chi cục"},
        {"kind": "official"},
    ],
)
def test_what_leaves_the_figure_as_the_document_says_it_does_not_wait(edits: dict[str, str]) -> None:
    assert made(edited(ward(), edits)).state == "approved"


@pytest.mark.parametrize(
    "edits",
    [
        {"value": "31,3", "unit": "tỷ đồng"}, {"period": "2022"}, {"kind": "estimate"}, {"high": "32000000000"},
        {"as_of": "31/05/2023"}, {"running_total": "on"}, {"ratio": "99"}, {"qualifier": "over"},
    ],
)  # fmt: skip
def test_whatever_changes_the_figure_waits(edits: dict[str, str]) -> None:
    assert made(edited(ward(), edits)).state == "proposed"


def test_of_a_figure_without_target_its_name_is_what_was_measured() -> None:
    held = proposal(document(ward()), "results", 1)
    decided = services.accept_proposal(held.pk, CLERK, target_id=None, edits={"indicator": "hộ cận nghèo"})
    assert made(decided).state == "proposed"


def test_an_edit_taken_back_by_hand_is_no_edit() -> None:
    key = found(ward()).pk
    services.edit_proposal(key, CLERK, {"value": "30,5", "unit": "tỷ đồng"})
    services.edit_proposal(key, CLERK, {"value": "31,2"})
    assert made(services.accept_proposal(key, CLERK)).state == "approved"


def test_what_one_typed_another_accepts_and_so_approves() -> None:
    key = found(ward()).pk
    services.edit_proposal(key, OTHER, {"value": "30,5", "unit": "tỷ đồng"})
    taken = made(services.accept_proposal(key, CLERK))
    assert (taken.state, taken.added_by, taken.decided_by) == ("approved", OTHER.name, CLERK.name)


def test_who_typed_last_of_two_does_not_approve_it_by_accepting() -> None:
    key = found(ward()).pk
    services.edit_proposal(key, OTHER, {"value": "30,5", "unit": "tỷ đồng"})
    taken = made(services.accept_proposal(key, CLERK, edits={"value": "30,6", "unit": "tỷ đồng"}))
    assert (taken.state, taken.added_by) == ("proposed", CLERK.name)
    services.undo(key, CLERK)
    assert made(services.accept_proposal(key, CLERK)).state == "approved"  # undone: again what the other typed


def test_a_correction_of_an_older_version_that_noted_no_name_waits() -> None:
    held = found(ward())
    held.edited = {"value": 30.5, "unit": "tỷ đồng"}
    held.save()
    assert made(services.accept_proposal(held.pk, CLERK)).state == "proposed"


def test_the_figure_in_force_stands_until_the_typed_one_is_approved() -> None:
    of = ward()
    key = found(of).pk
    first = made(services.accept_proposal(key, CLERK))
    second = proposal(document(of), "results", 1)
    typed = {"value": "29", "unit": "tỷ đồng", "indicator": "thu ngân sách"}
    waits = made(services.accept_proposal(second.pk, CLERK, target_id=first.target_id, edits=typed))
    assert (Latest.objects.get().result, waits.supersedes) == (first, None)
    services.approve_result(waits.pk, LEADER)
    waits.refresh_from_db()
    assert (Latest.objects.get().result, waits.supersedes) == (waits, first)


def test_the_only_person_has_a_way_on() -> None:
    """No second account: undo, and take the figure as the document says it."""
    decided = edited(ward())
    services.undo(decided.proposal.pk, CLERK)
    assert Result.objects.count() == 0
    assert made(services.accept_proposal(decided.proposal.pk, CLERK)).state == "approved"


def test_undo_leaves_what_another_has_approved() -> None:
    decided = edited(ward())
    services.approve_result(made(decided).pk, LEADER)
    with pytest.raises(ServiceError, match=r"đã được bi\.thu duyệt"):
        services.undo(decided.proposal.pk, CLERK)
    services.withdraw_decision(made(decided).pk, LEADER)
    services.undo(decided.proposal.pk, CLERK)
    assert Result.objects.count() == 0
    assert events.verify() is None


def test_undo_after_a_return_opens_the_proposal_and_keeps_what_was_returned() -> None:
    decided = edited(ward())
    services.return_result(made(decided).pk, LEADER, "biểu ghi 30,9")
    held = services.undo(decided.proposal.pk, CLERK)
    assert (held.state, held.edited) == ("pending", None)
    again = made(services.accept_proposal(held.pk, CLERK, edits={"value": "30,9", "unit": "tỷ đồng"}))
    assert {one.pk: one.state for one in Result.objects.all()} == {made(decided).pk: "returned", again.pk: "proposed"}


def test_a_typed_figure_among_the_sure_ones_waits_too() -> None:
    of = ward()
    key = found(of).pk
    services.edit_proposal(key, CLERK, {"value": "30,5", "unit": "tỷ đồng"})
    held = Proposal.objects.get(pk=key)
    assert intake.is_sure(held, 0.9)
    services.accept_confident(held.document_id, CLERK)
    assert Result.objects.get(target=held.suggested_target).state == "proposed"
    assert Event.objects.filter(verb="approve_result").count() == 0
