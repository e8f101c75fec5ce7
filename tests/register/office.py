"""A ward's committee with bodies below and beside it, who acts for them, a meeting, a paper, a task of theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.register.builders import Page, document

from nhiemky.law.calendar import VIETNAM
from nhiemky.register.actors import Actor
from nhiemky.register.models import Conclusion, Document, Meeting, Organisation, Place, Task
from nhiemky.register.services import meetings, tasks


@dataclass(frozen=True)
class Office:
    ward: Organisation
    cell: Organisation
    school: Organisation
    people: Organisation  # the People's Committee at the same place, under another parent
    other: Organisation

    @property
    def clerk(self) -> Actor:
        return Actor("thu.van", "office", self.ward.pk)

    @property
    def leader(self) -> Actor:
        return Actor("bi.thu", "leader", self.ward.pk)

    def body(self, of: Organisation) -> Actor:
        return Actor(f"don.vi.{of.pk}", "body", of.pk)


def office() -> Office:
    """Đảng bộ phường with a cell and a school's cell below it, the People's Committee beside it, another ward."""
    ward = Place.objects.create(name="phường Trúc Khê", level="commune")
    other = Place.objects.create(name="phường Mai Lĩnh", level="commune")

    def add(name: str, kind: str, place: Place, parent: Organisation | None = None) -> Organisation:
        level = "cell" if kind == "cell" else "commune"
        return Organisation.objects.create(name=name, kind=kind, level=level, place=place, parent=parent)

    top = add("Đảng bộ phường Trúc Khê", "party_committee", ward)
    return Office(
        top,
        add("Chi bộ khu phố 3", "cell", Place.objects.create(name="khu phố 3", level="cell", parent=ward), top),
        add("Chi bộ trường tiểu học", "cell", Place.objects.create(name="trường", level="cell", parent=ward), top),
        add("UBND phường Trúc Khê", "peoples_committee", ward),
        add("Đảng bộ phường Mai Lĩnh", "party_committee", other),
    )


def moment(said: str) -> datetime:
    return datetime.strptime(said, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def paper(of: Organisation, mark: str = "") -> Document:
    """A document of the organisation; `mark` makes another one."""
    return document(of, page=Page(f"{Page().text}{mark}") if mark else None)


def held_meeting(at: Office, kind: str = "committee", **fields: Any) -> Meeting:
    known: dict[str, Any] = {"kind": kind, "title": "Hội nghị cấp ủy tháng 4", "starts_at": moment("28/04/2026 08:00")}
    made = meetings.plan_meeting(at.ward, at.clerk, **(known | fields))
    return meetings.hold_meeting(made.pk, at.clerk, {"Ủy viên cấp ủy": (15, 14)})


def conclusion(at: Office, text: str = "Lập kế hoạch xóa hộ nghèo") -> Conclusion:
    return meetings.add_conclusion(held_meeting(at).pk, at.clerk, text)


def task(at: Office, **fields: Any) -> Task:
    """A task of the ward for its cell, given on the clock's day, due on 30/06/2026."""
    known: dict[str, Any] = {"owner": at.cell, "title": "Rà soát hộ nghèo", "due_on": "30/06/2026"}
    if not {"document", "conclusion_id"} & fields.keys():
        known["document"] = paper(at.ward)
    return tasks.add_task(at.ward, at.clerk, **(known | fields))
