"""The golden cases of tests/assess/tasks: the days of a task and today in, its status and the words out.

A case reads as an official would tell it. `today` is a day, or a moment in Vietnam or in UTC; `due` is the original
deadline, `extended` the one it has now; a task that is accepted is closed.
"""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from nhiemky.assess.task import TaskDays, assess_task
from nhiemky.law import load, vietnam_day
from nhiemky.law.calendar import VIETNAM
from nhiemky.values.kinds import TaskStatus

CASES = Path(__file__).parent / "tasks"
LAW = load()
KEYS = {"name", "today", "task", "expect", "says", "english", "not", "late", "acceptor", "charged"}


def cases() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append((f"{path.stem}: {case['name']}", case))
    return found


def day_of(text: str | None) -> date | None:
    if text is None:
        return None
    moment = text.removesuffix(" UTC")
    form = "%d/%m/%Y %H:%M" if ":" in text else "%d/%m/%Y"
    zone = UTC if moment != text else VIETNAM
    return vietnam_day(datetime.strptime(moment, form).replace(tzinfo=zone))


def days_of(told: dict[str, str]) -> TaskDays:
    due = day_of(told.get("due"))
    assigned = day_of(told["assigned"])
    assert assigned
    assert not told.keys() - {"assigned", "due", "extended", "done", "accepted", "suspended", "state"}
    state: Any = told.get("state") or ("closed" if "accepted" in told else "open")
    return TaskDays(
        assigned_on=assigned,
        due_on=day_of(told.get("extended")) or due,
        original_due_on=due,
        done_on=day_of(told.get("done")),
        accepted_on=day_of(told.get("accepted")),
        suspended_on=day_of(told.get("suspended")),
        state=state,
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases()])
def test_golden(case: dict[str, Any]) -> None:
    today = day_of(case["today"])
    assert today
    assert not case.keys() - KEYS
    verdict = assess_task(days_of(case["task"]), today, LAW)
    assert verdict.status == case["expect"], verdict.text
    english = " ".join(f"{reason.en}." for reason in verdict.reasons)
    for words in case.get("says", []):
        assert words in verdict.text
    for words in case.get("english", []):
        assert words in english
    for words in case.get("not", []):
        assert words not in verdict.text
    if "late" in case:
        assert [verdict.late, verdict.late_working] == case["late"]
    if "acceptor" in case:
        assert verdict.acceptor_late == case["acceptor"]
    if "charged" in case:
        assert verdict.charged_to == case["charged"]


def test_there_are_enough_and_no_two_names_are_alike() -> None:
    names = [case["name"] for _, case in cases()]
    assert len(names) >= 60
    assert len(set(names)) == len(names)
    assert {case["expect"] for _, case in cases()} == {str(status) for status in TaskStatus}


def test_every_verdict_says_its_rule_its_inputs_and_its_reasons_in_both_languages() -> None:
    for name, case in cases():
        today = day_of(case["today"])
        assert today
        verdict = assess_task(days_of(case["task"]), today, LAW)
        assert re.fullmatch(r"task\.\w+", verdict.rule), name
        assert verdict.version == 1
        assert verdict.inputs["assigned_on"] == day_of(case["task"]["assigned"])
        assert all(reason.vi and reason.en and reason.vi != reason.en for reason in verdict.reasons), name
        assert verdict.reasons, name


def test_a_month_of_the_office_reads_one_way() -> None:
    """As days go by an open task moves only from good to bad: not due, due soon, overdue, seriously overdue."""
    order = [TaskStatus.NOT_DUE, TaskStatus.DUE_SOON, TaskStatus.OVERDUE, TaskStatus.SERIOUSLY_OVERDUE]
    for due in ("17/02/2026", "30/04/2026", "30/06/2026", "22/08/2026", "02/09/2026"):
        days = days_of({"assigned": "02/01/2026", "due": due})
        walked = [
            assess_task(days, date(2026, 1, 2) + (date(2026, 1, 2) - date(2026, 1, 1)) * step, LAW).status
            for step in range(355)
        ]
        places = [order.index(status) for status in walked]
        assert places == sorted(places), due
        assert set(places) == {0, 1, 2, 3}, due
