"""Organisations in one order and under one name, however they are typed, on both databases; a shared name is asked
back."""

import unicodedata
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from tests.register.builders import ADMIN, CLERK, target, ward

from nhiemky.register import selectors, services
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.exchange import export_figures, export_targets
from nhiemky.register.exchange.records import FileRefused
from nhiemky.register.models import Organisation, Place, Result

# As in a dictionary; SQLite would order them by code point, PostgreSQL by whatever its server was set up with.
ORDER = ["Xã An Lộc", "Xã Ân Thi", "Xã Bình An", "Xã Da Rắn", "Xã Đa Lộc", "Xã Hoa Lư", "Xã Hòa An", "Xã Ô Lâm"]


def _body(name: str) -> Organisation:
    return services.add_organisation(name, "party_committee", "commune", name, ADMIN)


def _twins() -> tuple[Organisation, Organisation]:
    """Two communes of one name in two provinces, one with a target."""
    made = []
    for province in ("Tỉnh Trúc Khê", "Tỉnh Bến Lau"):
        above = Place.objects.create(name=province, level="province")
        place = Place.objects.create(name="Xã Hòa Bình", level="commune", parent=above)
        made.append(Organisation.objects.create(name="Đảng bộ xã Hòa Bình", kind="party_committee", place=place,
                                                level="commune"))  # fmt: skip
    target(made[1], "Hộ nghèo", unit="hộ", direction="at_most", low=12)
    return made[0], made[1]


def test_names_are_in_the_order_of_a_dictionary() -> None:
    for name in reversed(ORDER):
        target(_body(name), "Hộ nghèo")
    assert [one.name for one in selectors.organisations()] == ORDER
    assert [one.name for one in selectors.organisations_with_targets()] == ORDER
    first = Organisation.objects.get(name="Xã An Lộc")
    services.edit_organisation(first.pk, ADMIN, name="Xã Ý Yên")
    second = Organisation.objects.get(name="Xã Ân Thi")
    services.rename_organisation(second, "Xã Vạn Thắng", date(2025, 7, 1), ADMIN, services.Ground(reference="01-QĐ"))
    assert [one.name for one in selectors.organisations()] == [*ORDER[2:], "Xã Vạn Thắng", "Xã Ý Yên"]
    (act,) = second.successions.all()
    services.undo_succession(act.pk, ADMIN, "ghi nhầm")
    assert [one.name for one in selectors.organisations()] == [*ORDER[1:], "Xã Ý Yên"]


@pytest.mark.parametrize(
    "said",
    ["Đảng bộ phường Hoà Khuê", unicodedata.normalize("NFD", "Đảng bộ phường Hòa Khuê"), "đảng bộ phường HÒA  KHUÊ"],
)
def test_one_name_typed_otherwise_is_the_same_body(tmp_path: Path, said: str) -> None:
    of = ward("Đảng bộ phường Hòa Khuê")
    target(of, "Hộ nghèo", unit="hộ", direction="at_most", low=12)
    assert selectors.organisation_named(said) == of
    assert services.organisation_of_host(said, "commune", CLERK) == of
    with pytest.raises(ServiceError, match="Đã có"):
        services.add_organisation(said, "party_committee", "commune", of.place.name, ADMIN)
    path = tmp_path / "so.csv"
    lines = (f"{said};Hộ nghèo;2021;14", f"{of.name};Hộ nghèo;2022;13")
    path.write_text("\n".join(("Tổ chức;Chỉ tiêu;Kỳ;Số liệu", *lines)), encoding="utf-8")
    assert services.import_flat(path, CLERK).counts == {"new": 2}
    assert {one.organisation_id for one in Result.objects.all()} == {of.pk}


def test_the_spelling_of_a_name_may_be_corrected() -> None:
    of = ward("Đảng bộ phường Hoà Khuê")
    services.edit_organisation(of.pk, ADMIN, name="Đảng bộ phường Hòa Khuê")
    assert Organisation.objects.get().name == "Đảng bộ phường Hòa Khuê"


def test_a_name_that_several_bear_is_asked_back_and_answered_by_number(tmp_path: Path) -> None:
    one, other = _twins()
    with pytest.raises(ServiceError, match=f"2 tổ chức.*#{one.pk} .Xã Hòa Bình, Tỉnh Trúc Khê.; #{other.pk}"):
        selectors.organisation_named("Đảng bộ xã Hòa Bình")
    assert selectors.organisation_named(f"Đảng bộ xã Hoà Bình #{other.pk}") == other
    with pytest.raises(NotFound):
        selectors.organisation_named("Đảng bộ xã Hòa Bình #999999")
    path = tmp_path / "so.csv"
    path.write_text("Tổ chức;Chỉ tiêu;Kỳ;Số liệu\nĐảng bộ xã Hòa Bình;Hộ nghèo;2021;14", encoding="utf-8")
    with pytest.raises(FileRefused, match=r"so\.csv, dòng 2, Tổ chức: Có 2 tổ chức"):
        services.import_flat(path, CLERK)
    path.write_text(path.read_text(encoding="utf-8").replace("Bình;", f"Bình #{other.pk};"), encoding="utf-8")
    services.import_flat(path, CLERK)
    assert Result.objects.get().organisation == other


def test_what_goes_out_of_a_shared_name_comes_in_again(tmp_path: Path) -> None:
    _one, other = _twins()
    aim = other.targets.get()
    services.add_result(aim.pk, CLERK, period="2021", value=14, approved=True)
    figures, aims = tmp_path / "so.json", tmp_path / "chi-tieu.csv"
    figures.write_bytes(b"".join(export_figures(Organisation.objects.all(), "json")))
    aims.write_bytes(b"".join(export_targets(Organisation.objects.all(), "csv", "2020-2025")))
    assert services.preview_flat(figures, CLERK).counts == {"same": 1}
    assert services.preview_targets(aims, CLERK).counts == {"same": 1}


def test_a_register_of_before_gets_its_keys() -> None:
    for name in reversed(ORDER):
        _body(name)
    Organisation.objects.update(name_key="")
    import_module("nhiemky.register.migrations.0009_names").fill(apps, None)
    assert [one.name for one in selectors.organisations()] == ORDER
