"""A table read again by the roles that a person gives: what waits is replaced, what was decided stays; all logged."""

from typing import Any

import pytest
from tests.register.builders import CLERK, ward
from tests.register.sheets import PEOPLE, ROWS, held, loaded

from nhiemky.reading.annex import Role
from nhiemky.register import events
from nhiemky.register.actors import Actor
from nhiemky.register.annexes import Roles, annex_at, annexes_of
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Document, Event, Proposal, Question, Result
from nhiemky.register.services import accept_proposal, answer_question, read_table, reject_proposal


@pytest.fixture
def document() -> Document:
    return held(ward(), loaded(ROWS, PEOPLE))


def results(document: Document, **fields: Any) -> list[tuple[str, float, str | None]]:
    rows = Proposal.objects.filter(document=document, kind="results", **fields)
    return [(one.fact["indicator"], one.fact["value"], one.fact["period"]) for one in rows]


def as_found(document: Document, **changed: tuple[Role, str | None]) -> Roles:
    roles: Roles = {column.column: (column.role, None) for column in annexes_of(document)[0].reading.columns}
    return roles | {int(name[1:]): said for name, said in changed.items()}


def test_a_column_said_to_hold_results_gives_them(document: Document) -> None:
    assert len(results(document)) == 6
    done = read_table(document.pk, "1-0", as_found(document, _5=(Role.RESULT, "2023-H1")), CLERK)
    assert (done.added, done.removed, done.kept) == (3, 0, 0)
    assert ("kết nạp đảng viên", 17.0, "2023-H1") in results(document)
    document.refresh_from_db()
    (one,) = annexes_of(document)
    assert one.reading.columns[5].role is Role.RESULT
    assert not one.confirmed
    event = Event.objects.get(verb="read_table")
    assert event.data["roles"]["5"] == ["result", "2023-H1"]
    assert event.data["added"] == 3
    assert events.verify() is None


def test_another_role_replaces_what_waits(document: Document) -> None:
    done = read_table(document.pk, "1-0", as_found(document, _4=(Role.NOTE, None), _6=(Role.RESULT, None)), CLERK)
    assert (done.added, done.removed) == (3, 6)  # those of 2022 are gone, the estimates are results now
    assert {period for _name, _value, period in results(document)} == {"2023"}
    assert not Proposal.objects.filter(document=document, fact__qualifier="about").exists()


def test_what_was_decided_stays_and_is_not_proposed_again(document: Document) -> None:
    first, second, third = Proposal.objects.filter(document=document, fact__period="2022")
    accept_proposal(first.pk, CLERK)
    reject_proposal(second.pk, CLERK)
    done = read_table(document.pk, "1-0", as_found(document, _4=(Role.RESULT, "2021")), CLERK)
    assert (done.added, done.removed, done.kept, done.differing) == (3, 1, 2, 2)
    assert set(Proposal.objects.filter(fact__period="2022").values_list("pk", flat=True)) == {first.pk, second.pk}
    assert Result.objects.get(document=document).period == "2022"
    assert not Proposal.objects.filter(pk=third.pk).exists()
    back = read_table(document.pk, "1-0", as_found(document), CLERK)
    assert (back.added, back.removed) == (1, 3)  # the two decided ones are there still
    assert back.differing == 0


def test_confirming_changes_no_fact_but_makes_them_sure(document: Document) -> None:
    before = sorted(Proposal.objects.filter(document=document).values_list("pk", flat=True))
    done = read_table(document.pk, "1-0", as_found(document), CLERK, confirmed=True)
    assert not done.changed
    assert sorted(Proposal.objects.filter(document=document).values_list("pk", flat=True)) == before
    assert set(Proposal.objects.filter(kind="results").values_list("confidence", flat=True)) == {1.0}
    document.refresh_from_db()
    assert annexes_of(document)[0].confirmed
    assert document.table_roles["1-0"]["by"] == CLERK.name


def test_a_table_of_something_else_gives_nothing_and_can_be_taken_back(document: Document) -> None:
    nothing: Roles = dict.fromkeys(range(7), (Role.UNKNOWN, None))
    done = read_table(document.pk, "1-0", nothing, CLERK, confirmed=True)
    assert (done.added, done.removed) == (0, 9)
    assert not results(document)
    back = read_table(document.pk, "1-0", None, CLERK)
    assert (back.added, back.removed) == (9, 0)
    document.refresh_from_db()
    assert document.table_roles == {}


def test_a_table_that_was_not_recognised_is_read_by_hand(document: Document) -> None:
    one = annex_at(document, "2-0")
    assert one is not None
    assert one.found is None
    roles: Roles = {0: (Role.INDICATOR, None), 2: (Role.RESULT, "2023")}
    done = read_table(document.pk, "2-0", roles, CLERK)
    assert done.added == 2
    assert ("văn nghệ, thể thao", 8.0, "2023") in results(document)
    document.refresh_from_db()
    assert [one.key for one in annexes_of(document)] == ["1-0", "2-0"]


def test_a_running_total_and_a_ratio_said_by_hand_are_read_as_such(document: Document) -> None:
    roles = as_found(document, _5=(Role.CUMULATIVE, "2023"), _6=(Role.RATIO, None))
    read_table(document.pk, "1-0", roles, CLERK)
    total = Proposal.objects.get(document=document, fact__value=17)
    assert total.fact["indicator"] == "lũy kế kết nạp đảng viên"
    assert total.fact["ratio"] == 20


def test_questions_follow_the_roles_and_answered_ones_stay() -> None:
    rows = (
        ("STT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2023", "Thực hiện 2023", "Số báo trước", "% so KH"),
        ("1", "Số hộ kinh doanh mới", "hộ", "120", "60", "118", "98,3"),
        ("2", "Số mô hình mới", "mô hình", "10", "5", "9", "90"),
    )
    document = held(ward(), loaded(rows))
    asked = list(Question.objects.filter(document=document, code="ratio_mismatch"))
    assert len(asked) == 2
    answer_question(asked[0].pk, CLERK, "Số 60 là của 6 tháng.")
    roles = as_found(document, _4=(Role.NOTE, None), _5=(Role.RESULT, "2023"))
    read_table(document.pk, "1-0", roles, CLERK)
    assert [one.pk for one in Question.objects.filter(document=document)] == [asked[0].pk]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"_1": (Role.NOTE, None)}, "Chưa có cột tên chỉ tiêu"),
        ({"_3": (Role.NOTE, None), "_4": (Role.NOTE, None), "_6": (Role.NOTE, None)}, "Chưa có cột nào là số liệu"),
        ({"_9": (Role.RESULT, None)}, "không có cột 10"),
    ],
)
def test_roles_that_give_nothing_are_refused(document: Document, changed: Any, words: str) -> None:
    with pytest.raises(ServiceError, match=words):
        read_table(document.pk, "1-0", as_found(document, **changed), CLERK)
    assert len(results(document)) == 6


@pytest.mark.parametrize("key", ["3-0", "1-2", "0-0", "x", "1-", "-0", "²-0"])
def test_a_table_that_is_not_there(document: Document, key: str) -> None:
    with pytest.raises(NotFound):
        read_table(document.pk, key, None, CLERK)


def test_an_inspector_reads_only(document: Document) -> None:
    with pytest.raises(ServiceError, match="không có quyền"):
        read_table(document.pk, "1-0", as_found(document), Actor("kiem.tra", "inspector"))
