"""An indicator says how figures of several bodies become one; what cannot be is refused by its field."""

from datetime import date
from decimal import Decimal

import pytest

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.joining import joined_series
from nhiemky.register.models import Event, Indicator, Organisation
from nhiemky.register.services.succession import Ground

ADMIN, OFFICE, LEADER = Actor("quản trị", "admin"), Actor("văn phòng", "office"), Actor("lãnh đạo", "leader")
LAW = Ground(reference="1656/NQ-UBTVQH15")


@pytest.fixture
def poor() -> Indicator:
    return Indicator.objects.create(name="Tỷ lệ hộ nghèo", folded_name="ty le ho ngheo", unit="%", nature="rate")


@pytest.fixture
def households() -> Indicator:
    return Indicator.objects.create(name="Số hộ", folded_name="so ho", unit="hộ", nature="stock")


def ward(name: str) -> Organisation:
    return services.add_organisation(f"Đảng bộ {name}", "party_committee", "commune", name, ADMIN)


def reach(body: Organisation, indicator: Indicator, value: str) -> None:
    target = services.add_target(
        body, OFFICE, term="2020-2025", name=indicator.name, unit=indicator.unit, direction="at_most", low="2"
    )
    services.add_result(target.pk, OFFICE, period="2024", value=value, approved=True, as_of=date(2024, 12, 31))


def test_a_rate_joined_by_its_denominator(poor: Indicator, households: Indicator) -> None:
    """1,0 % of 1.000 households and 4,0 % of 3.000 are 130 of 4.000: 3,25 %, not the mean of 2,5 %."""
    one, other, new = ward("phường Bình Lâm"), ward("xã An Phước"), ward("phường Bình An")
    for body, rate, homes in ((one, "1", "1000"), (other, "4", "3000")):
        reach(body, poor, rate)
        reach(body, households, homes)
    services.merge_organisations([one, other], new, date(2025, 7, 1), ADMIN, LAW)
    assert [point.value for point in joined_series(new, poor, date(2025, 12, 31)).points if point.value] == []

    weighted = services.edit_indicator(poor.pk, OFFICE, aggregation="weighted", denominator=households.pk)
    (point,) = joined_series(new, weighted, date(2025, 12, 31)).points
    assert point.value == Decimal("3.25")
    assert Event.objects.get(verb="edit_indicator").data["changed"]["aggregation"] == ["", "weighted"]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"aggregation": "weighted"}, "denominator", "cần mẫu số"),
        ({"aggregation": "mean"}, "aggregation", "Gặp “mean”"),
        ({"denominator": 987654}, "denominator", "Không có chỉ số số 987654"),
        ({"unit": "hộ"}, "unit", "Không sửa được ô “unit”"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    poor: Indicator, households: Indicator, changes: dict[str, object], field: str, said: str
) -> None:
    with pytest.raises(ServiceError, match=said) as refused:
        services.edit_indicator(poor.pk, OFFICE, **changes)
    assert refused.value.field == field
    poor.refresh_from_db()
    assert (poor.aggregation, poor.denominator_id) == ("", None)


def test_no_indicator_weighs_itself(poor: Indicator) -> None:
    with pytest.raises(ServiceError, match="không làm mẫu số được"):
        services.edit_indicator(poor.pk, OFFICE, denominator=poor.pk)


def test_nothing_changed_is_no_event(households: Indicator) -> None:
    services.edit_indicator(households.pk, OFFICE, nature="stock")
    assert not Event.objects.exists()
