"""Accepted ratings, commendations and tasks make rows, once; undo takes them back; nobody's name is kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from tests.register.builders import ADMIN, CLERK, Page, document, proposal, ward

from nhiemky.reading import facts
from nhiemky.register import events, services
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Commendation, Document, Organisation, Rating, Task
from nhiemky.register.models.documents import Relation

TEXT = (
    "Ngày 20/12/2023. Đảng bộ phường hoàn thành tốt nhiệm vụ; Chi bộ khu phố 3 hoàn thành xuất sắc nhiệm vụ.\n"
    "Trao giấy khen cho 19 tập thể và 40 cá nhân có thành tích xuất sắc. Tuyên dương 8 đảng viên.\n"
    "Yêu cầu Chi bộ khu phố 3 rà soát hộ nghèo trước 30/6/2024. Tập trung thu ngân sách.\n"
)


def rating(page: Page, words: str, of: str | None, level: str, year: int | None = 2023) -> facts.Rating:
    return facts.Rating(of, year, level, page.at(words), 0.95, "test")  # type: ignore[arg-type]


def praise(page: Page, words: str, count: int, whom: str, reason: str | None = None) -> facts.Commendation:
    return facts.Commendation(count, whom, reason, page.at(words), 0.95, "test")


def task(page: Page, words: str, by: str | None = None) -> facts.Task:
    return facts.Task(words, by, page.at(words), 0.95, "test")


def _reading(page: Page, **lists: Any) -> facts.Reading:
    known: dict[str, Any] = {
        "ratings": (
            rating(page, "hoàn thành tốt nhiệm vụ", "Đảng bộ phường Trúc Khê", "good"),
            rating(page, "hoàn thành xuất sắc nhiệm vụ", "Chi bộ khu phố 3", "excellent", None),
        ),
        "commendations": (
            praise(page, "19 tập thể", 19, "tập thể", "có thành tích xuất sắc"),
            praise(page, "8 đảng viên", 8, "đảng viên"),
        ),
        "tasks": (
            task(page, "Chi bộ khu phố 3 rà soát hộ nghèo trước 30/6/2024", "2024-06-30"),
            task(page, "Tập trung thu ngân sách"),
        ),
    }
    made = page.reading(**(known | lists))
    return msgspec.structs.replace(made, published_at="2023-12-20T08:00", event=facts.Event("2023-12-20"))


@pytest.fixture
def of() -> Organisation:
    return ward()


@pytest.fixture
def cell(of: Organisation) -> Organisation:
    return services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, of)


@pytest.fixture
def held(of: Organisation) -> Document:
    page = Page(TEXT)
    return document(of, _reading(page), page)


def _again(of: Organisation, **lists: Any) -> Document:
    """The same facts in another text."""
    page = Page(TEXT + "Bản tin phát lại.\n")
    made = _reading(page, **{name: make(page) for name, make in lists.items()})
    return document(of, made, page)


def accept(of: Document, kind: str, position: int = 0, **more: Any) -> services.Decided:
    return services.accept_proposal(proposal(of, kind, position).pk, CLERK, **more)


def test_a_rating_of_the_body_itself_and_of_one_below(of: Organisation, cell: Organisation, held: Document) -> None:
    first, second = accept(held, "ratings"), accept(held, "ratings", 1)
    assert isinstance(first.made, Rating)
    assert isinstance(second.made, Rating)
    assert (first.made.organisation, first.made.of, first.made.year, first.made.level) == (of, "", 2023, "good")
    assert (second.made.organisation, second.made.of, second.made.level) == (cell, "", "excellent")
    assert second.warnings == ("Năm xếp loại suy ra từ văn bản: 2023; sửa được nếu chưa đúng.",)
    assert held.text[first.made.span_start : first.made.span_end] == "hoàn thành tốt nhiệm vụ"


def test_the_rating_of_a_body_that_is_not_held_stays_a_fact_of_its_document(held: Document) -> None:
    decided = accept(held, "ratings", 1)
    assert (decided.made, decided.proposal.state, Rating.objects.count()) == (None, "accepted", 0)
    assert decided.warnings == ("“Chi bộ khu phố 3” chưa có trong sổ nên chỉ ghi là điều của văn bản này.",)


def test_a_commendation_is_counted_by_collectives_and_persons(held: Document) -> None:
    first, second = accept(held, "commendations").made, accept(held, "commendations", 1).made
    assert isinstance(first, Commendation)
    assert isinstance(second, Commendation)
    assert (first.form, first.year, first.collectives, first.individuals) == ("Giấy khen", 2023, 19, None)
    assert first.reason == "có thành tích xuất sắc"
    assert (second.form, second.collectives, second.individuals) == ("Tuyên dương", None, 8)


def test_what_a_text_does_not_tell_apart_is_not_divided(of: Organisation) -> None:
    page = Page(TEXT + "Tặng bằng khen cho 15 tập thể, cá nhân.\n")
    mixed = praise(page, "15 tập thể, cá nhân", 15, "tập thể, cá nhân")
    held = document(of, _reading(page, commendations=(mixed,)), page)
    with pytest.raises(ServiceError, match="không tách") as raised:
        accept(held, "commendations")
    assert raised.value.field == "recipients"
    made = accept(held, "commendations", edits={"recipients": "tập thể", "count": 6}).made
    assert isinstance(made, Commendation)
    assert (made.form, made.collectives, made.individuals) == ("Bằng khen", 6, None)


def test_a_task_is_open_and_owned_by_whom_it_names(of: Organisation, cell: Organisation, held: Document) -> None:
    named, bare = accept(held, "tasks"), accept(held, "tasks", 1)
    assert isinstance(named.made, Task)
    assert isinstance(bare.made, Task)
    assert (named.made.state, named.made.owner, named.made.organisation) == ("open", cell, of)
    assert (named.made.due_on, named.made.original_due_on) == (date(2024, 6, 30), date(2024, 6, 30))
    assert (named.made.assigned_on, named.made.document) == (date(2023, 12, 20), held)
    assert (bare.made.owner, bare.made.due_on) == (of, None)
    assert "Giao cho “Chi bộ khu phố 3”" in named.warnings[0]


@pytest.mark.parametrize(("kind", "table"), [("ratings", Rating), ("commendations", Commendation), ("tasks", Task)])
def test_undo_takes_the_row_back(held: Document, kind: str, table: type[Any]) -> None:
    accept(held, kind)
    assert table.objects.count() == 1
    services.undo(proposal(held, kind).pk, CLERK)
    assert table.objects.count() == 0
    assert proposal(held, kind).state == "pending"
    assert events.verify() is None


@pytest.mark.parametrize(("kind", "table"), [("ratings", Rating), ("commendations", Commendation), ("tasks", Task)])
def test_what_is_held_is_a_further_source_and_not_doubled(
    of: Organisation, held: Document, kind: str, table: type[Any]
) -> None:
    accept(held, kind)
    again = _again(of)
    assert proposal(again, kind).relation == Relation.DUPLICATE
    decided = accept(again, kind)
    assert (decided.made, table.objects.count()) == (None, 1)
    assert "ghi thêm nguồn này" in decided.warnings[0]
    with pytest.raises(ServiceError, match="1 đề xuất nhận là trùng"):
        services.undo(proposal(held, kind).pk, CLERK)
    services.undo(proposal(again, kind).pk, CLERK)
    services.undo(proposal(held, kind).pk, CLERK)
    assert table.objects.count() == 0


def test_another_level_for_the_same_year_is_shown_and_refused(of: Organisation, held: Document) -> None:
    accept(held, "ratings")
    again = _again(
        of, ratings=lambda page: (rating(page, "hoàn thành tốt nhiệm vụ", "Đảng bộ phường Trúc Khê", "excellent"),)
    )
    waiting = proposal(again, "ratings")
    assert (waiting.relation, "hoàn thành tốt nhiệm vụ" in waiting.relation_note) == ("contradiction", True)
    with pytest.raises(ServiceError, match="Khác với xếp loại đã có"):
        accept(again, "ratings")
    assert Rating.objects.get().level == "good"


def test_a_task_that_things_have_happened_to_stays(held: Document) -> None:
    made = accept(held, "tasks").made
    assert isinstance(made, Task)
    services.remind(made.pk, CLERK, "sắp đến hạn")
    with pytest.raises(ServiceError, match="đã có diễn biến"):
        services.undo(proposal(held, "tasks").pk, CLERK)


def _addressed(page: Page) -> facts.Reading:
    return _reading(page, tasks=(task(page, "Đồng chí Lê Thị Mận rà soát hộ nghèo"),))


def _read_as_a_person(page: Page) -> facts.Reading:
    people = (facts.Person("Lê Thị Mận", ("Bí thư",), page.at("Lê Thị Mận"), 0.9, "test"),)
    return _reading(page, tasks=(task(page, "Lê Thị Mận rà soát hộ nghèo"),), people=people)


@pytest.mark.parametrize("make", [_addressed, _read_as_a_person])
def test_a_name_is_refused_until_the_clerk_takes_it_out(
    of: Organisation, make: Callable[[Page], facts.Reading]
) -> None:
    page = Page(TEXT + "Đồng chí Lê Thị Mận rà soát hộ nghèo.\n")
    held = document(of, make(page), page)
    with pytest.raises(ServiceError, match="Lê Thị") as raised:
        accept(held, "tasks")
    assert raised.value.field == "text"
    made = accept(held, "tasks", edits={"text": "Bí thư Chi bộ rà soát hộ nghèo"}).made
    assert isinstance(made, Task)
    assert made.title == "Bí thư Chi bộ rà soát hộ nghèo"


@pytest.mark.parametrize(
    ("kind", "edits", "field"),
    [
        ("ratings", {"year": "năm ngoái"}, "year"),
        ("ratings", {"year": 3023}, "year"),
        ("ratings", {"level": "khá"}, "level"),
        ("commendations", {"count": 0}, "count"),
        ("commendations", {"count": "1,5"}, "count"),
        ("commendations", {"recipients": " "}, "recipients"),
        ("tasks", {"text": ""}, "text"),
        ("tasks", {"text": "x" * 601}, "text"),
        ("tasks", {"by": "31/02/2024"}, "by"),
        ("tasks", {"by": "01/01/2020"}, "due_on"),
        ("tasks", {"owner": "ai đó"}, "owner"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_at_its_field(
    held: Document, kind: str, edits: dict[str, Any], field: str
) -> None:
    with pytest.raises(ServiceError) as raised:
        accept(held, kind, edits=edits)
    assert raised.value.field == field
    assert proposal(held, kind).state == "pending"


def test_sure_facts_are_accepted_together(of: Organisation, held: Document) -> None:
    assert services.accept_confident(held.pk, CLERK) == 6
    assert (Rating.objects.count(), Commendation.objects.count(), Task.objects.count()) == (1, 2, 2)
