"""The series of a body of July 2025, from the rows of the register: continuous, marked, and silent about nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from nhiemky.register.actors import Actor
from nhiemky.register.folding import fold
from nhiemky.register.joining import aggregation_of, joined_series
from nhiemky.register.models import Indicator, Organisation, Place, Result
from nhiemky.register.series import Series
from nhiemky.register.services import succession
from nhiemky.register.services.succession import Ground

ADMIN = Actor("quan.tri", "admin")
DAY, TODAY = date(2025, 7, 1), date(2027, 1, 31)
LAW = Ground(reference="9701/NQ ngày 16/06/2025")


def body(name: str) -> Organisation:
    at = Place.objects.create(name=name, level="commune")
    return Organisation.objects.create(name=f"Đảng bộ {name}", kind="party_committee", level="commune", place=at)


def indicator(name: str, unit: str, **more: Any) -> Indicator:
    return Indicator.objects.create(name=name, folded_name=fold(name), unit=unit, **more)


def report(organisation: Organisation, of: Indicator, period: str, value: str, **more: Any) -> Result:
    known: dict[str, Any] = {"as_of": date(2024, 12, 31), "state": "approved", "unit": of.unit} | more
    return Result.objects.create(
        organisation=organisation, indicator=of, period=period, value=Decimal(value),
        added_by="thu.van", added_at=timezone.now(), **known,
    )  # fmt: skip


def seen(series: Series) -> dict[str, Decimal | None]:
    return {str(point.period): point.value for point in series.points}


@pytest.fixture
def merged() -> tuple[Organisation, Organisation, Organisation]:
    """Two communes that became a ward."""
    a, b, new = body("xã Bến Lau"), body("xã Cầu Đá"), body("phường Trúc Khê")
    succession.merge_organisations([a, b], new, DAY, ADMIN, LAW)
    return a, b, new


def test_counts_go_on_across_the_reorganisation(merged: tuple[Organisation, ...]) -> None:
    a, b, new = merged
    poor = indicator("Hộ nghèo", "hộ")
    first, second = report(a, poor, "2024", "25"), report(b, poor, "2024", "10")
    report(new, poor, "2026", "21", as_of=date(2026, 12, 31))
    series = joined_series(new, poor, TODAY)
    assert seen(series) == {"2024": 35, "2026": 21}
    assert (series.points[0].bodies, series.points[0].refs) == ((a.pk, b.pk), (first.pk, second.pk))
    assert [point.joined for point in series.points] == [True, False]
    assert series.breaks == ()


def test_rates_weigh_by_the_denominator_of_the_period_or_of_its_year(merged: tuple[Organisation, ...]) -> None:
    a, b, new = merged
    people = indicator("Dân số", "người")
    insured = indicator("Tỷ lệ bao phủ bảo hiểm y tế", "%", aggregation="weighted", denominator=people)
    for organisation, rate, count in ((a, "90", "3000"), (b, "60", "1000")):
        report(organisation, insured, "2024", rate)
        report(organisation, insured, "2024-H1", rate)
        report(organisation, people, "2024", count)
    assert seen(joined_series(new, insured, TODAY)) == {"2024-H1": Decimal("82.5"), "2024": Decimal("82.5")}


def test_a_rate_without_denominator_is_a_break(merged: tuple[Organisation, ...]) -> None:
    a, b, new = merged
    insured = indicator("Tỷ lệ bao phủ bảo hiểm y tế", "%", nature="rate")
    report(a, insured, "2024", "90")
    report(b, insured, "2024", "60")
    series = joined_series(new, insured, TODAY)
    assert seen(series) == {"2024": None}
    assert [(one.on, str(one.reason)) for one in series.breaks] == [(DAY, "average")]


def test_one_that_did_not_report_leaves_the_point_incomplete(merged: tuple[Organisation, ...]) -> None:
    a, b, new = merged
    poor = indicator("Hộ nghèo", "hộ")
    report(a, poor, "2024", "25")
    (point,) = joined_series(new, poor, TODAY).points
    assert (point.value, point.incomplete) == (Decimal(25), True)
    assert (point.bodies, point.of) == ((a.pk,), (a.pk, b.pk))


def test_only_approved_and_current_figures_known_by_the_day_count(merged: tuple[Organisation, ...]) -> None:
    a, b, new = merged
    poor = indicator("Hộ nghèo", "hộ")
    wrong = report(a, poor, "2024", "250")
    report(a, poor, "2024", "25", supersedes=wrong)
    report(b, poor, "2024", "11", kind="estimate", as_of=date(2024, 12, 31))
    report(b, poor, "2024", "10", as_of=date(2024, 12, 1))
    report(b, poor, "2024", "99", state="returned")
    report(new, poor, "2026", "21", as_of=date(2027, 2, 15))
    assert seen(joined_series(new, poor, TODAY)) == {"2024": 35}


def test_a_merger_undone_gives_each_its_own_series_again(merged: tuple[Organisation, ...]) -> None:
    a, b, new = merged
    poor = indicator("Hộ nghèo", "hộ")
    report(a, poor, "2024", "25")
    report(b, poor, "2024", "10")
    link = new.origins.first()
    assert link is not None
    succession.undo_succession(link.pk, ADMIN, "Nhập nhầm")
    assert seen(joined_series(new, poor, TODAY)) == {}
    assert seen(joined_series(a, poor, TODAY)) == {"2024": 25}


def test_who_gave_a_part_away_shows_the_day() -> None:
    old, new = body("xã Cầu Đá"), body("phường Trúc Khê")
    poor = indicator("Hộ nghèo", "hộ")
    report(old, poor, "2024", "10")
    succession.part_organisation(old, new, DAY, ADMIN, LAW)
    kept, joined = joined_series(old, poor, TODAY), joined_series(new, poor, TODAY)
    assert seen(kept) == {"2024": 10}
    assert seen(joined) == {"2024": None}
    assert [(one.on, str(one.reason), one.bodies) for one in kept.breaks] == [(DAY, "gave", (new.pk,))]
    assert [(one.on, str(one.reason), one.bodies) for one in joined.breaks] == [(DAY, "part", (old.pk,))]


@pytest.mark.parametrize(
    ("name", "unit", "more", "how"),
    [
        ("Hộ nghèo", "hộ", {}, "sum"),
        ("Thu ngân sách", "đồng", {"nature": "flow"}, "sum"),
        ("Diện tích trồng rừng", "ha", {}, "sum"),
        ("Thu nhập bình quân đầu người", "đồng", {}, "none"),
        ("Thu nhập", "đồng/người/năm", {}, "none"),
        ("Tỷ lệ hộ nghèo", "%", {}, "none"),
        ("Xã đạt chuẩn nông thôn mới", "", {"nature": "status"}, "none"),
        ("Số hộ có nước sạch", "hộ", {"aggregation": "none"}, "none"),
        ("Tỷ lệ hộ nghèo", "%", {"aggregation": "weighted"}, "weighted"),
    ],
)
def test_how_figures_become_one_where_the_indicator_does_not_say(
    name: str, unit: str, more: dict[str, Any], how: str
) -> None:
    assert aggregation_of(indicator(name, unit, **more)) == how
