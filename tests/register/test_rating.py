"""A year's counts as the register holds them: tasks by deadline, targets by verdict, bodies by level."""

from datetime import date

import pytest
from tests.register.builders import CLERK, target
from tests.register.conftest import Clock
from tests.register.office import Office, office, task

from nhiemky.assess.rating import Group, Inputs, Work, propose
from nhiemky.law import load
from nhiemky.register.rating import bodies_rated, caps, year_of_targets, year_of_tasks
from nhiemky.register.services import add_rating, add_result, tasks

END = date(2026, 12, 31)


@pytest.fixture
def at(clock: Clock) -> Office:
    clock("04/05/2026")
    return office()


def test_tasks_of_the_year_by_their_original_deadline(at: Office, clock: Clock) -> None:
    first, second = (task(at, title=title) for title in ("Rà soát hộ nghèo", "Mở lớp"))
    task(at, title="Việc năm sau", due_on="31/03/2027")
    cell = at.body(at.cell)
    clock("26/06/2026")
    tasks.report_done(first.pk, cell, text="Xong")
    tasks.accept_task(first.pk, at.clerk)
    clock("20/07/2026")
    assert year_of_tasks(at.cell, 2026, date(2026, 7, 20)) == Work(2, 1, 1, None, 1)
    tasks.report_done(second.pk, cell, text="Xong")
    assert year_of_tasks(at.cell, 2026, END) == Work(2, 1, 1, None, 0)  # it waits for acceptance
    tasks.accept_task(second.pk, at.clerk)
    work = year_of_tasks(at.cell, 2026, END)
    assert work == Work(2, 2, 1, None, 1)
    proposal = propose(Inputs(work=work, score=95), END, load())
    assert "Tỷ lệ nhiệm vụ chưa bảo đảm tiến độ 50%" in proposal.text
    assert year_of_tasks(at.cell, 2027, END).assigned == 1


def test_targets_of_the_year_by_their_verdict(at: Office, clock: Clock) -> None:
    clock("31/12/2026")
    for name, value in (("Hộ vay vốn", 40), ("Hộ có việc làm", 30), ("Hộ thoát nghèo", 12)):
        made = target(at.ward, name, term="2025-2030", low=30)
        add_result(made.pk, CLERK, period="2026", value=value, approved=True, as_of=END)
    target(at.ward, "Đạt chuẩn", term="2025-2030", meaning="milestone", low=1, unit="", deadline="31/12/2030")
    assert year_of_targets(at.ward, 2026, "2025-2030", END) == Work(3, 2, 2, 1, 1)


def test_bodies_by_level_and_the_cap_by_both_readings(at: Office, clock: Clock) -> None:
    clock("15/01/2027")
    for level, count in (("excellent", 2), ("good", 9)):
        add_rating(at.ward, at.clerk, year=2026, level=level, of="chi bộ", count=count, total=12)
    assert bodies_rated(at.ward, 2026) == {"chi bộ": Group(2, 9, exempt=1)}
    found = caps(at.ward, 2026)["chi bộ"]
    assert (found.used.over, found.other.over) == (1, 0)
    assert caps(at.ward, 2025) == {}
