"""Meetings: planned, held, cancelled; people counted, never named; conclusions numbered; who has disseminated what."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.register.conftest import Clock
from tests.register.office import Office, conclusion, held_meeting, moment, office, paper

from nhiemky.register import events, work
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Conclusion, Document, Event, Meeting, Organisation
from nhiemky.register.services import meetings, tasks

TODAY = date(2026, 5, 4)


@pytest.fixture
def at(clock: Clock) -> Office:
    clock("04/05/2026")
    return office()


def plan(at: Office, **fields: Any) -> Meeting:
    known: dict[str, Any] = {"kind": "committee", "title": "Hội nghị tháng 5", "starts_at": moment("20/05/2026 08:00")}
    return meetings.plan_meeting(at.ward, at.clerk, **(known | fields))


def refused(field: str, words: str, act: Callable[[], Any]) -> None:
    before = events.count()
    with pytest.raises(ServiceError, match=words) as raised:
        act()
    assert raised.value.field == field
    assert events.count() == before


def test_a_meeting_is_planned_and_edited(at: Office) -> None:
    held = paper(at.ward)
    made = plan(at, venue="Hội trường", chaired_by="Bí thư Đảng ủy", bodies=[at.cell], invited={"Ủy viên cấp ủy": 15})
    meetings.edit_meeting(made.pk, at.clerk, title="Hội nghị mở rộng", documents=[held], venue="", version=1)
    found = work.meeting(made.pk)
    assert (found.title, found.venue, found.state) == ("Hội nghị mở rộng", "", "planned")
    assert ([*found.documents.all()], [*found.bodies.all()]) == ([held], [at.cell])
    assert [(row.role, row.invited, row.present) for row in found.attendance.all()] == [("Ủy viên cấp ủy", 15, None)]
    changed = Event.objects.last()
    assert changed is not None
    assert changed.data["changed"]["title"] == ["Hội nghị tháng 5", "Hội nghị mở rộng"]
    assert changed.data["changed"]["documents"] == [[], [held.pk]]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"kind": "picnic"}, "kind", "cần một trong"),
        ({"title": " "}, "title", "Chưa có tên hội nghị"),
        ({"starts_at": "mai"}, "starts_at", "gặp “mai”, cần ngày và giờ"),
        ({"starts_at": None}, "starts_at", "cần ngày và giờ"),
        ({"starts_at": datetime(2026, 5, 20)}, "starts_at", "cần ngày và giờ"),  # noqa: DTZ001
        ({"state": "held"}, "state", "Không sửa được ô “state”"),
        ({"chaired_by": "đồng chí Hoàng Thị Mẫu"}, "chaired_by", "không ghi tên người"),
        ({"invited": {"Đồng chí Hoàng Mẫu": 1}}, "attendance", "Gặp “Đồng chí Hoàng Mẫu”"),
        ({"invited": {"Đại biểu": -1}}, "attendance", "Đại biểu: gặp -1"),
        ({"invited": {"Đại biểu": "1,5"}}, "attendance", "Đại biểu: gặp 1,5"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(at: Office, fields: dict[str, Any], field: str, words: str) -> None:
    refused(field, words, lambda: plan(at, **fields))
    assert not Meeting.objects.exists()


def test_who_came_is_counted_by_role(at: Office, clock: Clock) -> None:
    made = plan(at, invited={"Ủy viên cấp ủy": 15, "Bí thư chi bộ": 20})
    refused("starts_at", "bắt đầu ngày 20/05/2026, chưa đến",
            lambda: meetings.hold_meeting(made.pk, at.clerk, {"Ủy viên cấp ủy": (None, 14)}))  # fmt: skip
    clock("20/05/2026 17:00")
    refused("attendance", "Chưa có số người dự", lambda: meetings.hold_meeting(made.pk, at.clerk, {}))
    refused("attendance", "Ủy viên cấp ủy: có mặt 16, nhiều hơn 15 được mời",
            lambda: meetings.hold_meeting(made.pk, at.clerk, {"Ủy viên cấp ủy": (None, 16)}))  # fmt: skip
    meetings.hold_meeting(made.pk, at.clerk, {"Ủy viên cấp ủy": (None, 14), "Khách mời": (None, 3)})
    meetings.hold_meeting(made.pk, at.clerk, {"Ủy viên cấp ủy": (None, 15)})
    found = work.meeting(made.pk)
    assert found.state == "held"
    assert [(row.role, row.invited, row.present) for row in found.attendance.all()] == [
        ("Ủy viên cấp ủy", 15, 15), ("Bí thư chi bộ", 20, None), ("Khách mời", None, 3),
    ]  # fmt: skip
    refused("", "đã họp nên không hủy", lambda: meetings.cancel_meeting(made.pk, at.clerk, "Mưa bão"))
    refused("starts_at", "chưa đến", lambda: meetings.edit_meeting(made.pk, at.clerk,
                                                                  starts_at=moment("21/05/2026 08:00")))  # fmt: skip


def test_a_cancelled_meeting_keeps_its_reason_and_nothing_more(at: Office) -> None:
    made = plan(at)
    refused("reason", "lý do hoãn, hủy", lambda: meetings.cancel_meeting(made.pk, at.clerk, " "))
    meetings.cancel_meeting(made.pk, at.clerk, "Chờ hướng dẫn")
    assert work.meeting(made.pk).state_reason == "Chờ hướng dẫn"
    refused("", "đã hoãn, hủy \\(Chờ hướng dẫn\\)", lambda: meetings.edit_meeting(made.pk, at.clerk, title="Khác"))


def test_who_saw_an_older_version_is_told(at: Office) -> None:
    made = plan(at)
    meetings.edit_meeting(made.pk, at.clerk, title="Một", version=1)
    refused("version", "Hội nghị vừa được người khác sửa",
            lambda: meetings.edit_meeting(made.pk, at.clerk, title="Hai", version=1))  # fmt: skip


def test_what_was_not_held_concluded_nothing(at: Office) -> None:
    made = plan(at)
    refused("", "chưa họp", lambda: meetings.add_conclusion(made.pk, at.clerk, "Lập kế hoạch"))


def test_conclusions_are_numbered_and_become_tasks(at: Office) -> None:
    held = held_meeting(at)
    first = meetings.add_conclusion(held.pk, at.clerk, "Lập kế hoạch")
    fourth = meetings.add_conclusion(held.pk, at.clerk, "Báo cáo", number=4)
    assert meetings.add_conclusion(held.pk, at.clerk, "Kiểm tra").number == 5
    refused("number", "đã có kết luận số 4. Hãy chọn số khác, tiếp theo là 6",
            lambda: meetings.add_conclusion(held.pk, at.clerk, "Trùng", number=4))  # fmt: skip
    refused("text", "Chưa có nội dung kết luận", lambda: meetings.add_conclusion(held.pk, at.clerk, " "))
    meetings.edit_conclusion(first.pk, at.clerk, "Lập kế hoạch năm 2026")
    made = tasks.add_task(at.ward, at.clerk, owner=at.cell, conclusion_id=first.pk, due_on="30/06/2026")
    refused("", "đã thành nhiệm vụ", lambda: meetings.remove_conclusion(first.pk, at.clerk))
    meetings.remove_conclusion(fourth.pk, at.clerk)
    assert [(one.number, one.text) for one in Conclusion.objects.all()] == [
        (1, "Lập kế hoạch năm 2026"),
        (5, "Kiểm tra"),
    ]
    removed = Event.objects.filter(verb="remove_conclusion").get()
    assert removed.data == {"meeting": held.pk, "number": 4, "text": "Báo cáo"}
    assert made.title == "Lập kế hoạch năm 2026"
    listed = [(one.pk, one.concluded, one.tasked) for one in work.meetings(at.ward)]  # type: ignore[attr-defined]
    assert listed == [(held.pk, 2, 1)]
    assert events.verify() is None


def test_only_those_who_compile_write_meetings(at: Office) -> None:
    held = conclusion(at)
    for actor in (at.body(at.cell), at.leader):
        refused("", "không", lambda actor=actor: meetings.plan_meeting(  # type: ignore[misc]
            at.ward, actor, kind="committee", title="Họp", starts_at=moment("20/05/2026 08:00")))  # fmt: skip
        refused("", "không", lambda actor=actor: meetings.edit_conclusion(held.pk, actor, "Khác"))  # type: ignore[misc]


def _disseminated(at: Office, of: Organisation, on: str, papers: list[Document], bodies: list[Organisation]) -> Meeting:
    made = meetings.plan_meeting(
        of, at.clerk, kind="dissemination", title="Hội nghị quán triệt", starts_at=moment(on), documents=papers,
        bodies=bodies,
    )  # fmt: skip
    return meetings.hold_meeting(made.pk, at.clerk, {"Đảng viên": (30, 28)})


def test_coverage_is_a_matrix_with_what_is_missing(
    at: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    resolution, plan_paper, unread = paper(at.ward), paper(at.ward, "Kế hoạch."), paper(at.ward, "Chưa ai học.")
    _disseminated(at, at.ward, "10/03/2026 08:00", [resolution, plan_paper], [at.school, at.people])
    _disseminated(at, at.cell, "20/03/2026 19:00", [resolution], [])
    _disseminated(at, at.school, "25/03/2026 14:00", [resolution], [])
    planned = meetings.plan_meeting(
        at.cell,
        at.clerk,
        kind="dissemination",
        title="Sắp tới",
        starts_at=moment("01/06/2026 08:00"),
        documents=[unread],
    )
    held_meeting(at, documents=[unread])  # not a dissemination
    with django_assert_max_num_queries(6):
        found = work.coverage(at.ward, TODAY, [resolution, plan_paper, unread])
    assert found.bodies == (at.ward, at.cell, at.school)
    said = {
        (body.name, document.pk): (told.on, told.held)
        for body in found.bodies
        for document in found.documents
        if (told := found.cell(body, document))
    }
    assert said == {
        (at.ward.name, resolution.pk): (date(2026, 3, 10), True),
        (at.ward.name, plan_paper.pk): (date(2026, 3, 10), True),
        (at.school.name, resolution.pk): (date(2026, 3, 10), False),
        (at.school.name, plan_paper.pk): (date(2026, 3, 10), False),
        (at.cell.name, resolution.pk): (date(2026, 3, 20), True),
    }
    assert [found.missing(one) for one in found.documents] == [(), (at.cell,), (at.ward, at.cell, at.school)]
    assert set(work.coverage(at.ward, TODAY).documents) == {resolution, plan_paper}
    meetings.cancel_meeting(planned.pk, at.clerk, "Hoãn")


def test_coverage_of_a_day_knows_its_bodies_and_its_meetings(at: Office) -> None:
    held = paper(at.ward)
    _disseminated(at, at.ward, "10/03/2026 08:00", [held], [])
    _disseminated(at, at.cell, "20/03/2026 19:00", [held], [])
    Organisation.objects.filter(pk=at.school.pk).update(valid_to=date(2026, 3, 31))
    march, april = (work.coverage(at.ward, date(2026, month, 15), [held]) for month in (3, 4))
    assert march.missing(held) == (at.cell, at.school)
    assert april.bodies == (at.ward, at.cell)
    assert april.missing(held) == ()


def test_a_meeting_late_in_the_evening_counts_for_its_day_here(at: Office) -> None:
    held = paper(at.ward)
    _disseminated(at, at.ward, "10/03/2026 23:30", [held], [])
    told = work.coverage(at.ward, date(2026, 3, 10)).cell(at.ward, held)
    assert told is not None
    assert told.on == date(2026, 3, 10)


def test_what_is_not_there_says_so(at: Office) -> None:
    for ask in (lambda: work.meeting(999), lambda: work.task(999, date(2026, 5, 4))):
        with pytest.raises(NotFound, match="999"):
            ask()
