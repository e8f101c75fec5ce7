"""Organisations and what became of them as a table: taken in whole or not at all, a second time nothing, each fault by
its cell; and the table that a reorganisation of places asks for."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.register.builders import ADMIN, CLERK, target
from tests.register.test_places_import import TABLE

from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import Refused
from nhiemky.register.exchange import export_bodies, reorganised
from nhiemky.register.exchange.records import FileRefused
from nhiemky.register.joining import joined_series
from nhiemky.register.models import Event, Indicator, Organisation
from nhiemky.register.series import BreakReason
from nhiemky.register.services import import_bodies, import_places, preview_bodies

HEAD = "Tên tổ chức;Loại;Cấp;Địa bàn;Mã địa bàn;Cấp trên;Lập từ ngày;Đến ngày;Sắp xếp;Thành;Từ ngày;Căn cứ"
DAY = date(2025, 7, 1)


def table(folder: Path, *lines: str) -> Path:
    path = folder / "to-chuc.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return path


def commune(name: str, above: str = "", more: str = "") -> str:
    return f"Đảng bộ {name};Đảng bộ;cấp xã;{name};;{above};{more}"


def test_organisations_and_a_merger_go_in_together_and_a_second_time_nothing(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        commune("xã Bến Lau", "Đảng bộ huyện Đông", ";;Nhập vào;Đảng bộ phường Cầu Đá;01/07/2025;01-QĐ"),
        commune("xã Bến Tre Làng", "Đảng bộ huyện Đông", ";;nhập vào;Đảng bộ phường Cầu Đá;01/07/2025;01-QĐ"),
        commune("phường Cầu Đá"),
        "Đảng bộ huyện Đông;party_committee;district;huyện Đông",  # stands below those that stand under it
    )
    assert preview_bodies(path, ADMIN).counts == {"new": 4}
    assert not Organisation.objects.exists()
    import_bodies(path, ADMIN)
    new = Organisation.objects.get(name="Đảng bộ phường Cầu Đá")
    assert {(one.predecessor.name, one.kind, one.on, one.reference) for one in new.origins.all()} == {
        ("Đảng bộ xã Bến Lau", "merge", DAY, "01-QĐ"), ("Đảng bộ xã Bến Tre Làng", "merge", DAY, "01-QĐ"),
    }  # fmt: skip
    old = Organisation.objects.get(name="Đảng bộ xã Bến Lau")
    assert (old.parent.name if old.parent else "", old.valid_to) == ("Đảng bộ huyện Đông", date(2025, 6, 30))
    assert Event.objects.get(verb="import_bodies").data["counts"] == {"new": 4}
    before = events.count()
    assert import_bodies(path, ADMIN).empty
    assert events.count() == before


def test_a_name_and_a_parent_change_from_a_day(tmp_path: Path) -> None:
    import_bodies(table(tmp_path, commune("xã A"), commune("xã B"), commune("xã C", "Đảng bộ xã A")), ADMIN)
    path = table(
        tmp_path,
        "Đảng bộ xã A;;;;;;;;Đổi tên;Đảng bộ phường A;01/07/2025;02-QĐ",
        "Đảng bộ xã C;;;;;;;;Chuyển cấp trên;Đảng bộ xã B;01/07/2025;02-QĐ",
    )
    assert import_bodies(path, ADMIN).counts == {"new": 2}
    held = {one.name: one.parent.name if one.parent else "" for one in Organisation.objects.all()}
    assert held == {"Đảng bộ phường A": "", "Đảng bộ xã B": "", "Đảng bộ xã C": "Đảng bộ xã B"}
    assert import_bodies(path, ADMIN).empty


WRONG = {
    "its own parent": ((commune("xã A", "Đảng bộ xã A"),), "dòng 2, Cấp trên: “Đảng bộ xã A” không thể là cấp trên"),
    "parents in a circle": (
        (commune("xã A", "Đảng bộ xã B"), commune("xã B", "Đảng bộ xã A")),
        "dòng 2, Cấp trên: Cấp trên thành vòng tròn",
    ),
    "a merger in a circle": (
        (
            commune("xã A", "", ";;Nhập vào;Đảng bộ xã B;01/07/2025;01-QĐ"),
            commune("xã B", "", ";;Nhập vào;Đảng bộ xã A;01/08/2025;01-QĐ"),
        ),
        "dòng 3, Thành: Vòng tròn",
    ),
    "a day that is none": ((commune("xã A", "", ";;Đổi tên;Đảng bộ B;31/02/2025;x"),), "dòng 2, Từ ngày: Ngày: gặp"),
    "no day": ((commune("xã A", "", ";;Đổi tên;Đảng bộ B;;x"),), "dòng 2, Từ ngày: Có cách sắp xếp mà chưa có ngày"),
    "no ground": ((commune("xã A", "", ";;Đổi tên;Đảng bộ B;01/07/2025"),), "dòng 2, Căn cứ: Chưa có căn cứ"),
    "divided into one": (
        (commune("xã A", "", ";;Chia ra;Đảng bộ xã B;01/07/2025;x"), commune("xã B")),
        "dòng 2, Thành: Chia ra thì cần ít nhất hai",
    ),
    "into what is not there": (
        (commune("xã A", "", ";;Nhập vào;Đảng bộ B;01/07/2025;x"),), "dòng 2, Thành: Không có tổ chức “Đảng bộ B”",
    ),
    "a formula": (("Đảng bộ xã A;=A1;cấp xã;xã A",), "dòng 2, Loại: Gặp công thức “=A1”"),
    "a kind that is none": (("Hội A;Hội;cấp xã;xã A",), "dòng 2, Loại: Gặp “Hội”"),
    "a code that is none": (("Đảng bộ xã A;Đảng bộ;cấp xã;xã A;99999",), "dòng 2, Mã địa bàn: Không có địa bàn"),
    "nothing but a name": (("Đảng bộ xã A",), "dòng 2, Tên tổ chức: “Đảng bộ xã A” chưa có trong sổ"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_cell_is_named_and_nothing_is_written(tmp_path: Path, what: str) -> None:
    lines, words = WRONG[what]
    path = table(tmp_path, *lines, commune("xã Đúng"))
    told = [f"{line.place}: {line.message}" for line in preview_bodies(path, ADMIN).errors]
    assert any(words in one for one in told)
    with pytest.raises(FileRefused):
        import_bodies(path, ADMIN)
    assert (events.count(), Organisation.objects.count()) == (0, 0)


def test_a_parent_that_the_register_has_otherwise_is_told(tmp_path: Path) -> None:
    import_bodies(table(tmp_path, commune("xã A"), commune("xã B"), commune("xã C", "Đảng bộ xã A")), ADMIN)
    (line,) = preview_bodies(table(tmp_path, commune("xã C", "Đảng bộ xã B")), ADMIN).errors
    assert "Chuyển cấp trên" in line.message


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_goes_out_comes_in_and_changes_nothing(tmp_path: Path, form: str) -> None:
    lines = [commune("xã A", "", "01/01/2020"), commune("xã C", "Đảng bộ xã A", ";30/06/2025")]
    import_bodies(table(tmp_path, *lines), ADMIN)
    services.add_organisation("Đảng bộ xã A", "party_committee", "commune", "xã A khác", ADMIN)  # a name that two bear
    path = tmp_path / f"moi.{form}"
    path.write_bytes(b"".join(export_bodies(form)))
    assert preview_bodies(path, ADMIN).counts == {"same": 3}


# Invented: two communes become one, named as one of them was; a third is divided between that one and another.
DIVIDED = ("Đảng bộ thị trấn Cầu Đá;Đảng bộ;cấp xã;Thị trấn Cầu Đá;97002;Đảng bộ huyện Đông",)
BEFORE = (
    "Đảng bộ huyện Đông;Đảng bộ;cấp huyện;Huyện Đông;971",
    "Đảng bộ xã Bến Lau;Đảng bộ;cấp xã;Xã Bến Lau;97001;Đảng bộ huyện Đông",
)


def reorganise(folder: Path, *lines: str, places: str = TABLE) -> list[dict[str, str]]:
    """The places and the bodies before; the table that they ask for, taken in."""
    import_places(places, "tinh.tsv", ADMIN)
    import_bodies(table(folder, *BEFORE, *lines), ADMIN)
    path = folder / "moi.json"
    path.write_bytes(b"".join(reorganised(DAY, "json")))
    asked: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    import_bodies(path, ADMIN)
    assert json.loads(b"".join(reorganised(DAY, "json"))) == []  # all of it is recorded
    return asked


def newest() -> Organisation:
    return Organisation.objects.get(name="Đảng bộ xã Bến Lau", valid_to=None)


def told(name: str, figure: int) -> Indicator:
    of = Organisation.objects.get(name=name, valid_to=date(2025, 6, 30))
    aim = target(of, "Hộ nghèo", unit="hộ", direction="at_most", low=9, nature="stock")
    services.add_result(aim.pk, CLERK, period="2023", value=figure, approved=True)
    return aim.indicator


def test_the_table_of_a_reorganisation_joins_series_across_it(tmp_path: Path) -> None:
    whole = "\n".join(line for line in TABLE.splitlines() if "97002" not in line)
    asked = reorganise(tmp_path, places=whole)
    acts = [(row["name"], row.get("act"), row.get("successor"), row.get("valid_to")) for row in asked]
    assert ("Đảng bộ xã Bến Tre Làng", "Nhập vào", "Đảng bộ xã Bến Lau", None) in acts  # unknown so far: added
    assert ("Đảng bộ huyện Đông", None, None, "2025-06-30") in acts
    new = newest()
    assert (new.place.name, new.place.valid_from, new.valid_from) == ("Xã Bến Lau", DAY, DAY)
    indicator = told("Đảng bộ xã Bến Lau", 12)
    (point,) = joined_series(new, indicator, date(2026, 1, 1)).points
    assert (str(point.value), point.joined, point.incomplete) == ("12.000000", True, True)
    told("Đảng bộ xã Bến Tre Làng", 30)
    (point,) = joined_series(new, indicator, date(2026, 1, 1)).points
    assert (str(point.value), point.joined, point.incomplete) == ("42.000000", True, False)


@pytest.mark.parametrize("lines", [DIVIDED, ()], ids=["held", "unknown so far"])
def test_what_was_divided_breaks_the_series(tmp_path: Path, lines: tuple[str, ...]) -> None:
    asked = reorganise(tmp_path, *lines)
    act = "Chia ra" if lines else "Một phần nhập vào"
    parts = [row["successor"] for row in asked if row["name"] == "Đảng bộ thị trấn Cầu Đá" and row.get("act") == act]
    assert parts == (["Đảng bộ xã Bến Lau", "Đảng bộ phường Cầu Đá"] if lines else ["Đảng bộ xã Bến Lau"])
    indicator = told("Đảng bộ xã Bến Lau", 12)
    told("Đảng bộ xã Bến Tre Làng", 30)
    (point,) = joined_series(newest(), indicator, date(2026, 1, 1)).points
    assert (point.value, point.reason) == (None, BreakReason.PART)


def test_who_administers_a_part_adds_below_it_only(tmp_path: Path) -> None:
    import_bodies(table(tmp_path, commune("xã A"), commune("xã B")), ADMIN)
    below = Actor("quan.tri.a", "admin", Organisation.objects.get(name="Đảng bộ xã A").pk)
    assert import_bodies(table(tmp_path, commune("thôn Một", "Đảng bộ xã A")), below).counts == {"new": 1}
    with pytest.raises(Refused):
        preview_bodies(table(tmp_path, commune("thôn Hai", "Đảng bộ xã B")), below)
