"""Organisations are added at the place that is meant and corrected within what can be; each correction is told."""

from datetime import date
from typing import Any

import pytest
from tests.register.builders import ADMIN, CLERK, ward

from nhiemky.register import services
from nhiemky.register.errors import NotFound, Refused, ServiceError
from nhiemky.register.models import Event, Organisation, Place
from nhiemky.register.services.succession import Ground, merge_organisations

DAY = date(2025, 7, 1)


def listed(name: str, code: str, above: Place | None = None, last: date | None = None) -> Place:
    level = "commune" if above else "province"
    return Place.objects.create(name=name, level=level, code=code, parent=above, valid_from=None, valid_to=last)


def added(name: str, place: str, parent: Organisation | None = None) -> Organisation:
    return services.add_organisation(name, "party_committee", "commune", place, ADMIN, parent)


def test_the_listed_unit_of_that_name_is_taken() -> None:
    here = listed("Phường Trúc Khê", "97001", listed("Tỉnh Hà Lâm", "97"))
    assert added("Đảng bộ phường Trúc Khê", "phường Trúc Khê").place == here


def test_one_that_has_ended_is_not() -> None:
    gone = listed("Phường Trúc Khê", "97001", listed("Tỉnh Hà Lâm", "97"), last=date(2025, 6, 30))
    made = added("Đảng bộ phường Trúc Khê", "phường Trúc Khê")
    assert made.place != gone
    assert made.place.code == ""


def test_of_namesakes_the_one_below_the_parent_is_taken_and_without_a_parent_none() -> None:
    one, other = listed("Tỉnh Hà Lâm", "97"), listed("Tỉnh Sơn Lĩnh", "98")
    listed("Xã An Phước", "97001", one)
    meant = listed("Xã An Phước", "98001", other)
    above = services.add_organisation("Đảng bộ tỉnh Sơn Lĩnh", "party_committee", "province", other.name, ADMIN)
    assert above.place == other
    assert added("Đảng bộ xã An Phước", "xã An Phước", above).place == meant
    assert added("Đảng bộ xã An Phước khác", "xã An Phước").place.code == ""


def test_a_correction_tells_before_and_after() -> None:
    held = ward()
    services.edit_organisation(held.pk, ADMIN, name="Đảng bộ phường Trúc Khuê", valid_from="01/07/2025")
    held.refresh_from_db()
    assert (held.name, held.valid_from) == ("Đảng bộ phường Trúc Khuê", DAY)
    event = Event.objects.get(verb="edit_organisation")
    assert event.data["changed"] == {
        "name": ["Đảng bộ phường Trúc Khê", "Đảng bộ phường Trúc Khuê"],
        "valid_from": [None, "2025-07-01"],
    }


def test_the_same_again_leaves_no_event() -> None:
    held = ward()
    services.edit_organisation(held.pk, ADMIN, name=held.name)
    assert not Event.objects.filter(verb="edit_organisation").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Chưa có tên tổ chức"),
        ({"kind": "xã"}, "Gặp “xã”"),
        ({"valid_from": "31/02/2025"}, "31/02/2025"),
        ({"valid_from": "02/07/2025", "valid_to": "01/07/2025"}, "đứng trước ngày đầu"),
        ({"place": "phường Khác"}, "Không sửa được ô “place”"),
        ({"name": "Đảng bộ bộ phận"}, "Đã có “Đảng bộ bộ phận”"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], words: str) -> None:
    held = ward()
    ward("Đảng bộ bộ phận")
    with pytest.raises(ServiceError, match=words):
        services.edit_organisation(held.pk, ADMIN, **changes)
    assert not Event.objects.filter(verb="edit_organisation").exists()


def test_a_parent_that_is_its_own_child_is_refused() -> None:
    held = ward()
    cell = services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, held)
    group = services.add_organisation("Tổ đảng 1", "cell", "cell", "tổ 1", ADMIN, cell)
    with pytest.raises(ServiceError, match="cấp trên của chính mình"):
        services.edit_organisation(held.pk, ADMIN, parent=held)
    with pytest.raises(ServiceError, match="“Tổ đảng 1” đang thuộc “Đảng bộ phường Trúc Khê”"):
        services.edit_organisation(held.pk, ADMIN, parent=group)


def test_days_that_a_merger_has_set_are_not_typed_over() -> None:
    old, new = ward("Đảng bộ xã Bến Lau"), ward("Đảng bộ phường Trúc Khê")
    merge_organisations([old], new, DAY, ADMIN, Ground(reference="9701/NQ"))
    with pytest.raises(ServiceError, match="do một lần sắp xếp đặt"):
        services.edit_organisation(old.pk, ADMIN, valid_to=None)
    services.edit_organisation(old.pk, ADMIN, name="Đảng bộ xã Bến Lâu")


def test_who_may_not_and_what_is_not_there() -> None:
    with pytest.raises(Refused):
        services.edit_organisation(ward().pk, CLERK, name="Đảng bộ khác")
    with pytest.raises(NotFound, match="Không có tổ chức số 999"):
        services.edit_organisation(999, ADMIN, name="Đảng bộ khác")
