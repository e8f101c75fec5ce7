"""Nobody reaches the rows of another organisation by naming them in a record of one's own: a document that would be
quoted, a body that would enter figures, a target that a task would serve, the parent that would be left."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.register.builders import ADMIN, CLERK, target
from tests.register.conftest import Clock
from tests.register.office import Office, moment, office, paper, task

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import Refused, ServiceError
from nhiemky.register.models import Document, Organisation

DAY = date(2026, 7, 1)


@pytest.fixture
def at(clock: Clock) -> Office:
    """A ward and another beside it, both under one province."""
    held = office()
    above = services.add_organisation("Đảng bộ tỉnh Hà Lâm", "party_committee", "province", "tỉnh Hà Lâm", ADMIN)
    Organisation.objects.filter(pk__in=(held.ward.pk, held.people.pk, held.other.pk)).update(parent=above)
    for one in (held.ward, held.people, held.other):
        one.refresh_from_db()
    return held


@pytest.fixture
def theirs(at: Office) -> Document:
    return services.add_document(at.other, "bao-cao.txt", "Nội bộ phường Mai Lĩnh: còn 12 hộ.", "e" * 64, None, CLERK)


def _submission(at: Office, evidence: list[Document]) -> Any:
    aim = target(at.cell, "Kết nạp đảng viên", unit="đảng viên", low=3)
    held = services.open_submission(at.cell, "2022", "2020-2025", at.body(at.cell))
    services.enter_figures(held.pk, {aim.pk: 3}, at.body(at.cell), 1)
    return services.submit(held.pk, at.body(at.cell), 2, evidence=evidence)


def _meeting(at: Office, **fields: Any) -> Any:
    known = {"kind": "committee", "title": "Hội nghị cấp ủy", "starts_at": moment("28/04/2026 08:00")}
    return services.plan_meeting(at.ward, at.clerk, **known, **fields)


def _campaign(at: Office, **fields: Any) -> Any:
    known: dict[str, Any] = {"name": "Chào mừng đại hội", "starts_on": "01/01/2026", "ends_on": "03/02/2026"}
    return services.add_campaign(at.ward, at.clerk, **known, **fields)


QUOTING: dict[str, Callable[[Office, Document], Any]] = {
    "a target's clause": lambda at, paper: services.add_target(
        at.ward, at.clerk, name="Hộ nghèo", term="2020-2025", direction="at_least", low=1, document=paper, span=(0, 9)
    ),
    "a result's source": lambda at, paper: services.add_result(
        target(at.ward, "Hộ nghèo").pk, at.clerk, period="2022", value=3, document=paper, span=(0, 9)
    ),
    "evidence": lambda at, paper: _submission(at, [paper]),
    "a task's origin": lambda at, paper: services.add_task(
        at.ward, at.clerk, owner=at.cell, title="Rà soát", document=paper
    ),
    "what shows a task done": lambda at, paper: services.report_done(
        task(at).pk, at.body(at.cell), text="xong", document=paper
    ),
    "an extension's ground": lambda at, paper: services.extend_task(
        task(at).pk, at.clerk, "30/07/2026", "chờ vốn", document=paper
    ),
    "a meeting's paper": lambda at, paper: _meeting(at, documents=[paper]),
    "a rating's source": lambda at, paper: services.add_rating(
        at.ward, at.clerk, year=2025, level="good", document=paper
    ),
    "a commendation's source": lambda at, paper: services.add_commendation(
        at.ward, at.clerk, form="Giấy khen", collectives=1, year=2025, document=paper
    ),
    "a campaign's paper": lambda at, paper: _campaign(at, document=paper),
    "a merger's ground": lambda at, paper: services.rename_organisation(
        at.cell, "Chi bộ khu phố 4", DAY, Actor("quan.tri", "admin", at.ward.pk), services.Ground(paper)
    ),
}


@pytest.mark.parametrize("how", QUOTING)
def test_a_document_that_one_may_not_look_at_is_not_cited(how: str, at: Office, theirs: Document) -> None:
    with pytest.raises(Refused, match="xem"):
        QUOTING[how](at, theirs)


@pytest.mark.parametrize("how", QUOTING)
def test_ones_own_document_is(how: str, at: Office) -> None:
    held = at.cell if how in ("evidence", "what shows a task done") else at.ward
    QUOTING[how](at, paper(held, "x"))


@pytest.mark.parametrize(
    "act",
    [
        lambda at, body: services.edit_target(target(at.ward, "Hộ nghèo").pk, at.clerk, lead=body),
        lambda at, body: services.add_target(
            at.ward, at.clerk, name="Hộ nghèo", term="2020-2025", direction="at_least", low=1, lead=body
        ),
        lambda at, body: services.adjust_target(
            target(at.ward, "Hộ nghèo").pk, at.leader, on="01/01/2024", reason="x", reference="01-QĐ", lead=body
        ),
        lambda at, body: _meeting(at, bodies=[body]),
        lambda at, body: _campaign(at, bodies=[body]),
    ],
    ids=("lead corrected", "lead", "lead adjusted", "meeting", "campaign"),
)
def test_a_body_that_takes_part_is_known_to_the_actor_or_a_neighbour(at: Office, act: Callable[..., Any]) -> None:
    act(at, at.people)  # another parent, the same place
    act(at, at.cell)
    with pytest.raises(Refused, match="Mai Lĩnh"):
        act(at, at.other)


def test_a_task_serves_targets_that_one_may_look_at(at: Office) -> None:
    aim = target(at.other, "Hộ nghèo")
    with pytest.raises(Refused, match="Mai Lĩnh"):
        task(at, targets=[aim])


def test_who_administers_a_ward_does_not_take_it_from_under_the_province(at: Office) -> None:
    bound = Actor("quan.tri", "admin", at.ward.pk)
    for body in (at.ward, at.cell):
        with pytest.raises(Refused, match="cả sổ"):
            services.edit_organisation(body.pk, bound, parent=None)
    services.edit_organisation(at.ward.pk, ADMIN, parent=None)


@pytest.mark.parametrize("span", [(-9, 5), (9, 5), (5, 5), (0, 10**7)])
def test_a_span_lies_in_its_document(at: Office, span: tuple[int, int]) -> None:
    aim = target(at.ward, "Hộ nghèo")
    with pytest.raises(ServiceError, match="không nằm trong văn bản") as raised:
        services.add_result(aim.pk, at.clerk, period="2022", value=3, document=paper(at.ward), span=span)
    assert raised.value.field == "span"
