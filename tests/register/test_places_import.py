"""Units come into the register whole or not at all, a second time changes nothing, later changes come on top."""

from datetime import date

import pytest

from nhiemky.register import events
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Organisation, Place, PlaceSuccession
from nhiemky.register.place_rows import shipped
from nhiemky.register.places import check_places
from nhiemky.register.services.places import BadTable, import_places, plan_places
from nhiemky.register.trees import places_below

ADMIN = Actor("quan.tri", "admin")
HEAD = "level\tcode\tname\tparent\tvalid_from\tvalid_to\tsuccessors\tdocument\n"
# Invented: a province of two districts; two communes become one, a third is divided between that one and another.
TABLE = HEAD + "\n".join(
    (
        "province\t97\tTỉnh Trúc Khê",
        "district\t971\tHuyện Đông\t97\t\t2025-06-30",
        "commune\t97001\tXã Bến Lau\t971\t\t2025-06-30\tmerge:97003",
        "commune\t97002\tThị trấn Cầu Đá\t971\t\t2025-06-30\tpart:97003 part:97004",
        "commune\t97003\tXã Bến Tre Làng\t971\t\t2025-06-30\tmerge:97003",
        "commune\t97003\tXã Bến Lau\t97\t2025-07-01\t\t\t9701/NQ",
        "commune\t97004\tPhường Cầu Đá\t97\t01/07/2025\t\t\t9701/NQ",
    )
)


def unit(code: str, on: date = date(2025, 7, 1)) -> Place:
    return next(p for p in Place.objects.filter(code=code) if (p.valid_from or date.min) <= on <= (p.valid_to or on))


def test_units_with_their_days_parents_and_what_became_of_them() -> None:
    plan = import_places(TABLE, "tinh.tsv", ADMIN)
    assert plan.counts == {"new": 7, "ended": 0, "changed": 0, "passed": 4, "withdrawn": 0}
    old, new = unit("97003", date(2025, 6, 30)), unit("97003")
    assert (old.name, old.kind, old.parent, old.valid_to) == (
        "Xã Bến Tre Làng",
        "xã",
        unit("971", date(2025, 6, 30)),
        date(2025, 6, 30),
    )
    assert (new.name, new.parent, new.valid_from, new.valid_to) == ("Xã Bến Lau", unit("97"), date(2025, 7, 1), None)
    assert {(one.predecessor.name, one.kind, one.on, one.reference) for one in new.origins.all()} == {
        ("Xã Bến Lau", "merge", date(2025, 7, 1), "9701/NQ"),
        ("Xã Bến Tre Làng", "merge", date(2025, 7, 1), "9701/NQ"),
        ("Thị trấn Cầu Đá", "part", date(2025, 7, 1), "9701/NQ"),
    }
    assert unit("97004").kind == "phường"


def test_one_event_says_which_table_and_how_many() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    event = Event.objects.get(verb="import_places")
    assert event.actor == "quan.tri"
    assert (event.data["file"], event.data["rows"], event.data["counts"]["new"]) == ("tinh.tsv", 7, 7)
    assert len(event.data["sha256"]) == 64
    assert events.verify() is None


def test_a_second_time_changes_nothing_and_leaves_no_event() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    before = list(Place.objects.order_by("pk").values()), list(PlaceSuccession.objects.order_by("pk").values())
    assert import_places(TABLE, "tinh.tsv", ADMIN).empty
    assert (
        list(Place.objects.order_by("pk").values()),
        list(PlaceSuccession.objects.order_by("pk").values()),
    ) == before
    assert Event.objects.count() == 1


def test_a_preview_writes_nothing() -> None:
    assert plan_places(TABLE, "tinh.tsv").counts["new"] == 7
    assert not Place.objects.exists()
    assert not Event.objects.exists()


def test_one_bad_cell_and_nothing_is_imported() -> None:
    with pytest.raises(BadTable) as error:
        import_places(
            TABLE.replace("971\t\t2025-06-30\tmerge:97003", "971\t\t31/06/2025\tmerge:97003", 1), "tinh.tsv", ADMIN
        )
    assert "tinh.tsv: dòng 4, cột valid_to" in error.value.message
    assert not Place.objects.exists()


LATER = HEAD + "\n".join(
    (
        "commune\t97003\tXã Bến Lau\t97\t2025-07-01\t2026-04-29\trename:97003",
        "commune\t97003\tPhường Bến Lau\t97\t2026-04-30\t\t\t9702/NQ",
    )
)


def test_a_later_change_of_a_province_comes_on_top_and_the_first_table_again_does_not_undo_it() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    plan = import_places(LATER, "sau.tsv", ADMIN)
    assert plan.counts == {"new": 1, "ended": 1, "changed": 0, "passed": 1, "withdrawn": 0}
    assert unit("97003", date(2026, 4, 30)).name == "Phường Bến Lau"
    assert Event.objects.get(seq=2).data["ended"][0][:3] == ["commune", "97003", "Xã Bến Lau"]
    assert import_places(TABLE, "tinh.tsv", ADMIN).empty
    assert unit("97003").valid_to == date(2026, 4, 29)
    assert check_places().faults == []


def test_a_change_without_what_it_stands_on_is_refused() -> None:
    with pytest.raises(BadTable, match="Không có cấp tỉnh mã 97"):
        import_places(LATER, "sau.tsv", ADMIN)


def test_a_unit_that_overlaps_one_of_the_register_is_refused() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    with pytest.raises(BadTable, match=r"trùng ngày với “Xã Bến Lau” \(trong sổ\)"):
        import_places(LATER.splitlines()[0] + "\n" + LATER.splitlines()[2], "sau.tsv", ADMIN)


def test_a_corrected_succession_takes_the_place_of_the_wrong_one() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    plan = import_places(TABLE.replace("part:97003 part:97004", "rename:97004"), "sua.tsv", ADMIN)
    assert plan.counts == {"new": 0, "ended": 0, "changed": 0, "passed": 1, "withdrawn": 2}
    assert [one.kind for one in unit("97002", date(2025, 6, 30)).successions.all()] == ["rename"]


def test_a_corrected_name_is_a_change() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    plan = import_places(TABLE.replace("Phường Cầu Đá", "Xã Cầu Đá"), "sua.tsv", ADMIN)
    assert [(before.name, row.name) for before, row in plan.changed] == [("Phường Cầu Đá", "Xã Cầu Đá")]
    assert (unit("97004").name, unit("97004").kind) == ("Xã Cầu Đá", "xã")


@pytest.mark.parametrize("actor", [Actor("thu.van", "office"), Actor("kiem.tra", "inspector"), Actor("xa", "admin", 3)])
def test_only_an_administrator_of_the_whole_register_imports(actor: Actor) -> None:
    with pytest.raises(ServiceError, match="đối với cả sổ"):
        import_places(TABLE, "tinh.tsv", actor)


def test_what_stands_below_a_place_on_a_day() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    import_places(LATER, "sau.tsv", ADMIN)

    def below(on: date) -> list[str]:
        names = {place.pk: place.name for place in Place.objects.all()}
        return [names[pk] for pk in places_below(unit("97").pk, on)]

    assert below(date(2025, 6, 30)) == [
        "Tỉnh Trúc Khê", "Huyện Đông", "Xã Bến Lau", "Thị trấn Cầu Đá", "Xã Bến Tre Làng"
    ]  # fmt: skip
    assert sorted(below(date(2025, 7, 1))) == ["Phường Cầu Đá", "Tỉnh Trúc Khê", "Xã Bến Lau"]
    assert sorted(below(date(2026, 4, 30))) == ["Phường Bến Lau", "Phường Cầu Đá", "Tỉnh Trúc Khê"]


def test_a_renamed_province_keeps_the_communes_of_its_former_row() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    renamed = HEAD + "\n".join(
        (
            "province\t97\tTỉnh Trúc Khê\t\t\t2026-04-29\trename:97",
            "province\t97\tThành phố Trúc Khê\t\t2026-04-30\t\t\t9703/NQ",
        )
    )
    import_places(renamed, "thanh-pho.tsv", ADMIN)
    city = unit("97", date(2026, 4, 30))
    names = {place.name for place in Place.objects.filter(pk__in=places_below(city.pk, date(2026, 4, 30)))}
    assert names == {"Thành phố Trúc Khê", "Xã Bến Lau", "Phường Cầu Đá"}
    assert check_places().faults == []


def test_check_finds_units_left_below_one_that_ended_and_bodies_left_at_one() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    Place.objects.filter(code="97").update(valid_to=date(2026, 1, 31))
    Organisation.objects.create(
        name="Đảng bộ xã Bến Lau", kind="party_committee", level="commune", place=unit("97001", date(2025, 6, 30))
    )
    report = check_places()
    assert any("Phường Cầu Đá (97004) còn, mà đơn vị cấp trên “Tỉnh Trúc Khê” đã hết" in said for said in report.faults)
    assert any("Tổ chức còn hoạt động ở địa bàn đã hết: 1" in said for said in report.notes)


def test_check_finds_a_succession_on_another_day_than_the_one_after() -> None:
    import_places(TABLE, "tinh.tsv", ADMIN)
    PlaceSuccession.objects.filter(kind="merge").update(on=date(2025, 8, 1))
    assert sum("ngày sau ngày cuối" in said for said in check_places().faults) == 2


def test_the_shipped_table_goes_in_whole_and_holds_together() -> None:
    name, text = shipped()
    plan = import_places(text, name, ADMIN)
    assert (plan.counts["new"], plan.counts["passed"]) == (14_138, 10_623)
    assert check_places().faults == []
    assert import_places(text, name, ADMIN).empty
    city = Place.objects.get(code="79", valid_from=date(2025, 7, 1))
    assert len(places_below(city.pk, date(2025, 7, 1))) == 1 + 168
