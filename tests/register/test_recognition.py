"""Ratings, commendations, campaigns: counts that fit together, no names, and a removal that can be taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.register.conftest import Clock
from tests.register.office import Office, office, paper

from nhiemky.register import events, recognition
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Campaign, Commendation, Event, Rating
from nhiemky.register.services import recognition as services


@pytest.fixture
def at(clock: Clock) -> Office:
    clock("15/12/2026")
    return office()


def rate(at: Office, **fields: Any) -> Rating:
    known: dict[str, Any] = {"year": 2026, "level": "good", "of": "chi bộ", "count": 8, "total": 14}
    return services.add_rating(at.ward, at.clerk, **(known | fields))


def refused(field: str, words: str, act: Callable[[], Any]) -> None:
    before = events.count()
    with pytest.raises(ServiceError, match=words) as raised:
        act()
    assert raised.value.field == field
    assert events.count() == before


def test_bodies_are_rated_by_count_and_levels_fit_their_total(at: Office) -> None:
    held = paper(at.ward)
    rate(at, document=held, span=(0, 10))
    rate(at, of="Chi bộ", level="excellent", count=2)
    refused("count", "Cộng các mức được 15, nhiều hơn tổng số 14", lambda: rate(at, level="satisfactory", count=5))
    refused("total", "Tổng số 15 khác tổng số đã ghi cho mức khác, 14",
            lambda: rate(at, level="satisfactory", count=4, total=15))  # fmt: skip
    refused("level", "Mức này của năm 2026 đã ghi", lambda: rate(at, count=1))
    rate(at, level="poor", count=3)
    rate(at, of="đảng bộ bộ phận", count=5, total=5)
    rate(at, year=2025, count=14)
    services.add_rating(at.ward, at.clerk, year=2026, level="good", rated_by="Tỉnh ủy")
    years = recognition.rating_years(at.ward)
    assert [year.year for year in years] == [2026, 2025]
    now = years[0]
    assert now.own is not None
    assert (now.own.level, now.own.rated_by) == ("good", "Tỉnh ủy")
    assert [(one.of, one.total, list(one.levels), one.unrated) for one in now.bodies] == [
        ("chi bộ", 14, [("excellent", 2), ("good", 8), ("poor", 3)], 1),
        ("đảng bộ bộ phận", 5, [("good", 5)], 0),
    ]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"level": "tốt"}, "level", "cần một trong"),
        ({"proposed": "khá"}, "proposed", "cần một trong"),
        ({"proposed": "excellent"}, "reason", "khác mức đề nghị"),
        ({"count": 15}, "count", "Cộng các mức được 15, nhiều hơn tổng số 14"),
        ({"count": None}, "count", "cần số đơn vị"),
        ({"count": 0}, "count", "cần số đơn vị"),
        ({"count": "1,5"}, "count", "Số đơn vị: gặp 1,5, cần một số đếm"),
        ({"count": -1}, "count", "từ 0 trở lên"),
        ({"total": None}, "count", "tổng số"),
        ({"of": ""}, "count", "không có số đơn vị"),
        ({"year": 2027}, "year", "gặp “2027”, cần một năm từ 1990 đến 2026"),
        ({"year": None}, "year", "cần một năm"),
        ({"of": "đồng chí Hoàng Thị Mẫu"}, "of", "không ghi tên người"),
        ({"reason": "Nhờ ông Hoàng Mẫu"}, "reason", "Gặp “ông Hoàng Mẫu”"),
    ],
)
def test_a_rating_that_cannot_be_is_refused(at: Office, fields: dict[str, Any], field: str, words: str) -> None:
    refused(field, words, lambda: rate(at, **fields))
    assert not Rating.objects.exists()


def test_the_organisation_has_one_level_a_year_and_a_person_decides(at: Office) -> None:
    own = {"of": "", "count": None, "total": None}
    made = rate(at, **own, level="good", proposed="excellent", reason="Vượt trần tỷ lệ xuất sắc")
    assert (made.level, made.proposed) == ("good", "excellent")
    refused("level", "đã được xếp “hoàn thành tốt nhiệm vụ”", lambda: rate(at, **own, level="excellent"))
    refused("", "không", lambda: services.add_rating(at.ward, at.body(at.cell), year=2026, level="good"))


def test_commendations_are_counts(at: Office) -> None:
    give = {"form": "Giấy khen", "authority": "Đảng ủy phường"}
    services.add_commendation(at.ward, at.clerk, **give, year=2026, collectives=5, individuals=14)
    services.add_commendation(at.ward, at.clerk, **give, given_on="10/01/2026", year=2025, collectives=2)
    services.add_commendation(at.ward, at.clerk, **give, given_on="19/05/2026", individuals=3, reason="Hiến đất mở ngõ")
    found = recognition.commended(at.ward, 2026)
    assert (len(found.rows), found.collectives, found.individuals) == (2, 5, 17)
    assert recognition.commended(at.ward).collectives == 7
    for more, field, words in (
        ({"year": 2026}, "collectives", "ít nhất một số"),
        ({"year": 2026, "collectives": 0}, "collectives", "ít nhất một số"),
        ({"year": 2024, "given_on": "19/05/2026", "individuals": 1}, "given_on", "không phải cho năm 2024"),
        ({"given_on": "31/12/2026", "individuals": 1}, "given_on", "chưa đến"),
        ({"year": 2026, "individuals": 1, "form": ""}, "form", "Chưa có hình thức khen"),
        ({"year": 2026, "individuals": 1, "reason": "bà Hoàng Thị Mẫu hiến đất"}, "reason", "không ghi tên người"),
    ):
        refused(field, words, lambda more=more: services.add_commendation(at.ward, at.clerk, **(give | more)))  # type: ignore[misc]


def test_a_campaign_runs_and_has_its_outcome(at: Office, clock: Clock) -> None:
    made = services.add_campaign(
        at.ward, at.clerk, name="90 ngày đêm", starts_on="01/02/2027", ends_on="03/05/2027",
        anniversary="97 năm ngày thành lập Đảng", bodies=[at.cell, at.school], document=paper(at.ward),
    )  # fmt: skip
    refused("outcome", "bắt đầu ngày 01/02/2027", lambda: services.close_campaign(made.pk, at.clerk, "Tốt"))
    clock("04/05/2027")
    refused("outcome", "Chưa có kết quả thi đua", lambda: services.close_campaign(made.pk, at.clerk, " "))
    refused("outcome", "không ghi tên", lambda: services.close_campaign(made.pk, at.clerk, "Khen đồng chí Lê Mẫu"))
    services.close_campaign(made.pk, at.clerk, "12 công trình; 2 tập thể được khen")
    held = recognition.campaigns(at.ward).get()
    assert (held.outcome, {body.name for body in held.bodies.all()}) == (
        "12 công trình; 2 tập thể được khen", {at.cell.name, at.school.name},
    )  # fmt: skip
    assert recognition.campaigns_on(at.ward, date(2027, 2, 1)).count() == 1
    assert recognition.campaigns_on(at.ward, date(2027, 5, 3)).count() == 1
    assert recognition.campaigns_on(at.ward, date(2027, 5, 4)).count() == 0
    refused("ends_on", "Ngày kết thúc 31/01/2027 trước ngày bắt đầu 01/02/2027",
            lambda: services.add_campaign(at.ward, at.clerk, name="Đợt", starts_on="01/02/2027",
                                          ends_on="31/01/2027"))  # fmt: skip


def test_what_is_removed_can_be_put_back(at: Office) -> None:
    held = paper(at.ward)
    rows: list[Any] = [
        rate(at, document=held, span=(0, 4)),
        services.add_commendation(at.ward, at.clerk, form="Giấy khen", year=2026, given_on="19/05/2026", collectives=5),
        services.add_campaign(
            at.ward, at.clerk, name="Đợt", starts_on="01/02/2026", ends_on="03/05/2026", bodies=[at.cell]
        ),
    ]  # fmt: skip
    removals = [services.remove_rating, services.remove_commendation, services.remove_campaign]
    for row, remove in zip(rows, removals, strict=True):
        model, before = type(row), type(row).objects.filter(pk=row.pk).values().get()
        seq = remove(row.pk, at.clerk)
        assert not model.objects.exists()
        with pytest.raises(NotFound):
            remove(row.pk, at.clerk)
        services.undo_removal(seq, at.clerk)
        assert model.objects.filter(pk=row.pk).values().get() == before
        with pytest.raises(ServiceError, match="đã được khôi phục"):
            services.undo_removal(seq, at.clerk)
    assert [body.name for body in Campaign.objects.get().bodies.all()] == [at.cell.name]
    assert Commendation.objects.get().collectives == 5
    assert events.verify() is None


def test_a_removal_is_not_undone_into_sums_that_do_not_fit(at: Office) -> None:
    seq = services.remove_rating(rate(at).pk, at.clerk)
    rate(at, level="excellent", count=10)
    refused("count", "Cộng các mức được 18", lambda: services.undo_removal(seq, at.clerk))
    first = Event.objects.first()
    assert first is not None
    for other in (first.seq, 999):
        with pytest.raises(NotFound, match=f"lần xóa số {other}"):
            services.undo_removal(other, at.clerk)
