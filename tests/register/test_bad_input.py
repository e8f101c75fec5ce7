"""What people, files and programs may send: each is refused with the field and plain words, or kept as it was told,
the same on both stores. No error of the store comes through."""

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from tests.register.builders import ADMIN, CLERK, document, proposal, target
from tests.register.conftest import Clock
from tests.register.office import Office, conclusion, held_meeting, office, task

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Latest, Organisation, Result, Score

OTHER = Actor("minh", "office")
LEADER = Actor("bi.thu", "leader")


@pytest.fixture
def at(clock: Clock) -> Office:
    return office()


def _result(at: Office, **fields: Any) -> Result:
    known: dict[str, Any] = {"period": "2022", "value": 3}
    return services.add_result(target(at.ward, "Hộ nghèo").pk, CLERK, **(known | fields))


def _narrative(at: Office, said: str) -> Any:
    made = services.create_review(at.ward, "annual", "2020-2025", date(2024, 12, 31), CLERK)
    return services.edit_narrative(made.pk, CLERK, {"limitations": said})


WRITTEN: dict[str, Callable[[Office, str], Any]] = {
    "an organisation": lambda at, said: services.edit_organisation(at.cell.pk, ADMIN, name=said),
    "an account": lambda at, said: services.add_user(said, "body", ADMIN, at.ward),
    "a password": lambda at, said: services.reset_password(said, ADMIN),
    "a document": lambda at, said: services.add_document(at.ward, "a.txt", f"Văn bản {said}", "d" * 64, None, CLERK),
    "an article's address": lambda at, said: services.add_article(
        at.ward, CLERK, title="Bài", address=f"https://a.vn/{said}"
    ),
    "a target": lambda at, said: target(at.ward, said),
    "a unit": lambda at, said: target(at.ward, "Hộ nghèo", unit=said),
    "a clause": lambda at, said: target(at.ward, "Hộ nghèo", clause=said),
    "a result's unit": lambda at, said: _result(at, unit=said),
    "a result's note": lambda at, said: _result(at, note=said),
    "a result's cell": lambda at, said: _result(at, cell=said),
    "a reason": lambda at, said: services.lock_period(at.ward, "2023", CLERK, said),
    "a proposal's field": lambda at, said: services.edit_proposal(
        proposal(document(at.ward), "results").pk, CLERK, {"note": said}
    ),
    "a rejection": lambda at, said: services.reject_proposal(proposal(document(at.ward), "results").pk, CLERK, said),
    "an answer": lambda at, said: services.answer_question(document(at.ward).questions.get().pk, CLERK, said),
    "an agenda": lambda at, said: held_meeting(at, agenda=said),
    "a conclusion": lambda at, said: conclusion(at, said),
    "a task": lambda at, said: task(at, title=said),
    "a reminder": lambda at, said: services.remind(task(at).pk, CLERK, said),
    "a rating": lambda at, said: services.add_rating(at.ward, CLERK, year=2023, level="good", reason=said),
    "a narrative": _narrative,
    "a merger's ground": lambda at, said: services.merge_organisations(
        [at.cell], at.school, date(2025, 7, 1), ADMIN, services.Ground(None, said)
    ),
    "a table of places": lambda at, said: services.import_places(f"level\tcode\tname\tparent\n{said}", "a.tsv", ADMIN),
}


@pytest.mark.parametrize("what", WRITTEN)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\ud800"])
def test_a_character_that_no_store_keeps(at: Office, what: str, character: str) -> None:
    with pytest.raises(ServiceError, match=f"U\\+{ord(character):04X}") as raised:
        WRITTEN[what](at, f"Chỉ tiêu{character} mới")
    assert raised.value.field


@pytest.mark.parametrize("what", sorted(WRITTEN.keys() - {"a document", "a password"}))
def test_a_text_too_long(at: Office, what: str) -> None:
    with pytest.raises((ServiceError, services.BadTable)):
        WRITTEN[what](at, "ă" * 20_001)


def test_a_name_is_one_however_it_was_typed(at: Office) -> None:
    apart = unicodedata.normalize("NFD", at.cell.name)
    assert apart != at.cell.name
    with pytest.raises(ServiceError, match="Đã có"):
        services.add_organisation(apart, "cell", "cell", unicodedata.normalize("NFD", "khu phố 3"), ADMIN, at.ward)
    made = target(at.ward, unicodedata.normalize("NFD", "Hộ nghèo"))
    assert made.name == "Hộ nghèo"


def test_accounts_that_differ_in_large_letters_only_are_one_person(at: Office) -> None:
    services.add_user("Lan", "office", ADMIN, at.ward)
    with pytest.raises(ServiceError, match="lan"):
        services.add_user("lan", "office", ADMIN, at.ward)


@pytest.mark.parametrize(
    ("value", "unit", "kept"),
    [
        ("1.780.000", "tỷ đồng", "1780000000000000"),
        ("999.999.999.999.999", "người", "999999999999999"),
        ("123.456.789,123456", "ha", "123456789.123456"),
        ("12.345.678.901,123456", "ha", "12345678901.1235"),  # fifteen digits
        ("0,0000004", "%", "0"),
        ("-0", "đồng", "0"),
    ],
)
def test_a_figure_is_kept_as_it_was_told(at: Office, value: str, unit: str, kept: str) -> None:
    aim = target(at.ward, "Thu ngân sách", unit=unit, low=1)
    made = services.add_result(aim.pk, CLERK, period="2022", value=value, unit=unit)
    told = Event.objects.get(verb="add_result").data["made"]["value"]
    services.approve_result(made.pk, OTHER)
    held = (Result.objects.get().value, Latest.objects.get().value, Score.objects.get().total, Decimal(told))
    assert held == (Decimal(kept),) * 4


@pytest.mark.parametrize(
    ("value", "unit"),
    [("1.234.567.890.123.456", "người"), ("99.999.999.999.999.999", "đồng"), ("99.999.999.999", "tỷ đồng")],
)
@pytest.mark.parametrize("column", ["value", "high", "planned", "low", "baseline", "path"])
def test_a_figure_of_more_digits_than_a_store_keeps(at: Office, value: str, unit: str, column: str) -> None:
    goal: dict[str, Any] = {"unit": unit, "low": 1}
    told: dict[str, Any] = {"value": "5", "unit": unit, column: value}

    def write() -> None:
        if column in ("low", "baseline", "path"):
            target(at.ward, "Thu", **(goal | {column: {2022: value} if column == "path" else value}))
        else:
            services.add_result(target(at.ward, "Thu", **goal).pk, CLERK, period="2022", **told)

    with pytest.raises(ServiceError, match="chữ số") as raised:
        write()
    assert raised.value.field == column


def test_counts_and_shares_beyond_reason(at: Office) -> None:
    with pytest.raises(ServiceError, match="số đếm"):
        services.add_rating(at.ward, CLERK, year=2023, level="good", of="chi bộ", count=10**10, total=10**10)
    with pytest.raises(ServiceError, match="tỷ lệ") as raised:
        _result(at, ratio=10**10)
    assert raised.value.field == "ratio"


def test_a_qualifier_is_one_of_three(at: Office) -> None:
    with pytest.raises(ServiceError, match="over") as raised:
        _result(at, qualifier="gần bằng")
    assert raised.value.field == "qualifier"


def test_a_figure_as_of_a_day_to_come_would_outdo_all_later_ones(at: Office) -> None:
    for day in ("05/05/2026", "31/12/9999"):
        with pytest.raises(ServiceError, match="chưa đến") as raised:
            _result(at, as_of=day)
        assert raised.value.field == "as_of"
    assert _result(at, as_of="04/05/2026").as_of == date(2026, 5, 4)


def test_an_emptied_day_is_no_day(at: Office) -> None:
    services.edit_organisation(at.cell.pk, ADMIN, valid_from="01/07/2025")
    services.edit_organisation(at.cell.pk, ADMIN, valid_from="")
    assert Organisation.objects.get(pk=at.cell.pk).valid_from is None
    connection.check_constraints()


def test_a_body_that_has_ended_reports_nothing_later(at: Office) -> None:
    aim = target(at.cell, "Kết nạp đảng viên", unit="đảng viên", low=3)
    services.merge_organisations([at.cell], at.school, date(2025, 7, 1), ADMIN, services.Ground(reference="01-QĐ"))
    with pytest.raises(ServiceError, match="kế tục") as raised:
        services.add_result(aim.pk, CLERK, period="2025-H2", value=3)
    assert raised.value.field == "period"
    services.add_result(aim.pk, CLERK, period="2025-H1", value=3)
    services.add_result(aim.pk, CLERK, period="2025", value=4)
    said = Event.objects.filter(verb="add_result").latest("seq").data["warnings"]
    assert any("không cộng" in one for one in said)
    with pytest.raises(ServiceError, match="kế tục") as raised:
        target(at.cell, "Kết nạp", term="2025-2030")  # read before the merger
    assert raised.value.field == "term"


def test_a_goal_against_a_plan_is_a_share_of_it(at: Office) -> None:
    """100 (tỷ đồng) was judged as 100.000.000.000% of the plan."""
    for unit in ("tỷ đồng", "hộ"):
        with pytest.raises(ServiceError, match="kế hoạch giao") as raised:
            target(at.ward, "Thu ngân sách", meaning="against_plan", low=100, unit=unit)
        assert raised.value.field == "unit"
    assert target(at.ward, "Thu ngân sách", meaning="against_plan", low=100, unit="% dự toán").low == 100


@pytest.mark.parametrize("number", [0, -4, 10**12, "ba"])
def test_a_conclusion_has_a_number_that_a_notice_gives(at: Office, number: Any) -> None:
    with pytest.raises(ServiceError) as raised:
        services.add_conclusion(held_meeting(at).pk, CLERK, "Rà soát hộ nghèo", number=number)
    assert raised.value.field == "number"
