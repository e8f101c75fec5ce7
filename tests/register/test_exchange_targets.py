"""Targets of a term out as an annex, CSV and JSON, edited, and back: through the services that add and edit them."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.register.builders import CLERK, target, ward
from tests.register.exchange import BODY, TERM, four, sheet_of

from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import Refused
from nhiemky.register.exchange import export_targets, kind_of_file, targets_workbook
from nhiemky.register.exchange.records import FileRefused
from nhiemky.register.models import Event, Indicator, Organisation, Target, TargetPath
from nhiemky.register.services import import_targets, preview_targets
from nhiemky.register.services.imports_targets import StaleTargets

KEYS = "number field name unit direction low high baseline baseline_year meaning deadline 2021 2022"
AT = dict(zip(KEYS.split(), "ABCDEFGHIJKLM", strict=True)) | {"lead_body": "Q", "id": "S"}


def annex(of: Organisation, folder: Path) -> Path:
    path = folder / "bang.xlsx"
    path.write_bytes(targets_workbook(of, TERM))
    return path


def line_of(sheet: Worksheet, name: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet[f"C{row}"].value == name)


def change(path: Path, row: int | str, **said: Any) -> Path:
    """Cells of a row, by its number or its target's name; row 0: the first blank one."""
    book = load_workbook(path)
    sheet = sheet_of(book)
    at = line_of(sheet, row) if isinstance(row, str) else next(
        number for number in range(6, 200) if sheet[f"C{number}"].value is None
    )  # fmt: skip
    for key, value in said.items():
        sheet[f"{AT[key.removeprefix('y')]}{at}"] = value
    book.save(path)
    return path


def test_an_annex_is_edited_and_added_to_in_excel(tmp_path: Path) -> None:
    of, (budget, cover, poor, _members) = four()
    path = annex(of, tmp_path)
    assert kind_of_file(path) == "targets"
    assert preview_targets(path, CLERK).empty
    change(path, poor.name, low=10, unit="hộ", lead_body="Ban Dân vận", y2021=20, deadline=date(2024, 12, 31))
    change(path, budget.name, low=32.5, y2022=None)
    change(path, 0, name="Nhà văn hóa đạt chuẩn", unit="nhà", direction="ít nhất", low=4, meaning="đến hạn", y2021=1)
    before = events.count()
    seen = preview_targets(path, CLERK)
    assert seen.counts == {"new": 1, "changed": 2, "same": 2}
    assert (Target.objects.count(), events.count()) == (4, before)
    told = {line.name: (line.before, line.after) for line in seen.lines}
    assert told[budget.name] == ("Mức 31.200.000.000; Lộ trình 2022: 28.500.000.000", "Mức 32.500.000.000; Lộ trình –")
    import_targets(seen, CLERK)
    poor.refresh_from_db()
    assert (str(poor.low), poor.lead_body, poor.deadline) == ("10.000000", "Ban Dân vận", date(2024, 12, 31))
    assert Target.objects.get(pk=budget.pk).low == 32_500_000_000
    assert not TargetPath.objects.filter(target=budget).exists()
    made = Target.objects.get(name="Nhà văn hóa đạt chuẩn")
    assert [made.number, made.low, *(step.value for step in made.path.all())] == [5, 4, 1]
    assert Event.objects.get(verb="import_targets").data["counts"] == {"new": 1, "changed": 2, "same": 2}
    assert import_targets(preview_targets(annex(of, tmp_path), CLERK), CLERK).empty
    assert cover.version == 1


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("direction", "nhiều hơn", "ít nhất, không quá, bằng"),
        ("direction", None, "Chưa có yêu cầu"),
        ("low", None, "cần một mức"),
        ("low", -3, "không thể âm"),
        ("low", "=A1", "công thức"),
        ("high", True, "TRUE"),
        ("meaning", "mỗi tháng", "hằng năm"),
        ("deadline", "31/02/2024", "31/02/2024"),
        ("deadline", date(2019, 1, 1), "trước ngày đầu nhiệm kỳ"),
        ("deadline", None, "Ô trống"),
        ("2021", "hai mươi", "cần một số"),
        ("name", None, "Ô trống"),
        ("number", 2, "đã có ở hàng"),
        ("number", 1.5, "số nguyên"),
        ("id", 999999, "không phải chỉ tiêu nào"),
    ],
)
def test_a_fault_is_told_by_its_cell_and_nothing_is_written(key: str, typed: Any, words: str, tmp_path: Path) -> None:
    of, (_budget, _cover, poor, members) = four()
    path = annex(of, tmp_path)
    at = line_of(sheet_of(load_workbook(path)), poor.name)
    change(path, members.name, low=9)
    change(path, poor.name, **{key: typed})
    seen = preview_targets(path, CLERK)
    assert [line.place.cell for line in seen.errors] == [f"{AT[key]}{at}"] or key == "number"
    before = events.count()
    with pytest.raises(FileRefused, match=words):
        import_targets(seen, CLERK)
    assert events.count() == before
    assert Target.objects.get(pk=members.pk).low == 3


def test_what_changed_since_is_kept_where_untouched_and_refused_where_both_did(tmp_path: Path) -> None:
    of, (_budget, cover, poor, _members) = four()
    path = change(annex(of, tmp_path), poor.name, low=10)
    seen = preview_targets(path, CLERK)
    services.edit_target(cover.pk, CLERK, low=96)
    with pytest.raises(StaleTargets) as raised:
        import_targets(seen, CLERK)
    assert raised.value.preview.counts == {"changed": 1, "same": 3}
    import_targets(raised.value.preview, CLERK)
    assert {one.pk: one.low for one in Target.objects.filter(low__in=(96, 10))} == {cover.pk: 96, poor.pk: 10}
    assert preview_targets(path, CLERK).empty
    (line,) = preview_targets(change(path, poor.name, low=8), CLERK).errors
    assert "đã được sửa trong sổ sau khi xuất" in line.message


def test_who_may_not_compile_neither_imports_nor_previews(tmp_path: Path) -> None:
    of, (_budget, _cover, poor, _members) = four()
    path = change(annex(of, tmp_path), poor.name, low=10)
    with pytest.raises(Refused):
        preview_targets(path, BODY)
    type(of).objects.filter(pk=of.pk).update(name="Đảng bộ khác")
    with pytest.raises(FileRefused, match="không có trong sổ này"):
        preview_targets(path, CLERK)


def exported(form: str) -> bytes:
    return b"".join(export_targets(Organisation.objects.order_by("name"), form, TERM))


def test_parts_lead_bodies_and_the_rest_come_back_in_an_empty_register(tmp_path: Path) -> None:
    of = ward()
    body = services.add_organisation("Trạm y tế", "office", "commune", "phường Trúc Khê", Actor("qt", "admin"), of)
    whole = target(of, "Cơ cấu lao động", unit="%", direction="equal", low=100, meaning="composition", number=9)
    target(of, "Lao động nông nghiệp", unit="%", direction="at_most", low="12,5", whole=whole, lead=body, number=2)
    target(of, "Bác sĩ", direction="range", low=2, high=3, unit="người", baseline=1, baseline_year=2020, polarity="up",
           path={2021: 1, 2023: "2,5"}, clause="Phấn đấu; có “2 – 3” bác sĩ", step_like=True)  # fmt: skip
    dropped = target(of, "Chợ", unit="chợ")
    services.drop_target(dropped.pk, Actor("ct", "leader"), on="15/07/2023", reason="sáp nhập", reference="NQ 12")
    for form in ("csv", "json"):
        out = exported(form)
        Target.objects.all().update(whole=None)
        for table in (Target.adjustments.rel.related_model, TargetPath, Target, Indicator):
            table._default_manager.all().delete()
        path = tmp_path / f"muc-tieu.{form}"
        path.write_bytes(out)
        assert import_targets(preview_targets(path, CLERK), CLERK).counts == {"new": 3}
        assert exported(form) == out
        assert preview_targets(path, CLERK).empty
    text = exported("csv").decode()
    assert "Bác sĩ;người;trong khoảng;2;3;1;2020;hằng năm;31/12/2025;2021=1 2023=2,5;có;" in text
    assert Target.objects.get(number=2).whole == Target.objects.get(number=9)
    edited = text.replace("không quá;12,5", "không quá;13").replace("Trạm y tế", "Trạm xá")
    (tmp_path / "sai.csv").write_text(edited, encoding="utf-8", newline="")
    (line,) = preview_targets(tmp_path / "sai.csv", CLERK).errors
    assert (line.place.row, line.place.cell) == (2, "Tổ chức chủ trì")
    assert "Trạm xá" in line.message


_NAMES = some.text(some.characters(categories=("L", "N")), min_size=1, max_size=12)
_AIMS = some.lists(
    some.fixed_dictionaries(
        {
            "name": _NAMES,
            "unit": some.sampled_from(("%", "hộ", "tỷ đồng", "đảng viên/năm", "")),
            "direction": some.sampled_from(("at_least", "at_most", "equal", "increase")),
            "low": some.decimals(0, 10**6, places=3),
        },
        optional={
            "field": some.sampled_from(("Kinh tế", "=Xây dựng", "Văn hóa; xã hội")),
            "baseline": some.decimals(0, 1000, places=2),
            "meaning": some.sampled_from(("by_deadline", "cumulative", "maintain", "each_year")),
            "path": some.dictionaries(some.integers(2021, 2025), some.decimals(0, 99, places=1), max_size=3),
            "lead_body": _NAMES,
            "deadline": some.dates(date(2021, 1, 1), date(2027, 1, 1)),
        },
    ),
    max_size=4,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_AIMS, some.sampled_from(("csv", "json", "xlsx")))
def test_out_in_and_out_again_is_the_same_to_the_byte(aims: list[dict[str, Any]], form: str) -> None:
    of = Organisation.objects.first() or ward()
    _empty()
    for fields in aims:
        services.add_target(of, CLERK, term=TERM, **fields)
    out = exported("csv" if form == "xlsx" else form)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tep"
        path.write_bytes(targets_workbook(of, TERM) if form == "xlsx" else out)
        if form != "xlsx":
            _empty()
        seen = import_targets(preview_targets(path, CLERK), CLERK)
    assert seen.counts == ({"same" if form == "xlsx" else "new": len(aims)} if aims else {})
    assert exported("csv" if form == "xlsx" else form) == out


def _empty() -> None:
    for table in (TargetPath, Target, Indicator):
        table._default_manager.all().delete()


def test_a_sheet_of_targets_is_locked_but_for_its_cells(tmp_path: Path) -> None:
    of, (budget, *_rest) = four()
    sheet = sheet_of(load_workbook(annex(of, tmp_path)))
    at = line_of(sheet, budget.name)
    assert [sheet[f"{AT[key]}{at}"].value for key in ("unit", "direction", "low", "2022", "id")] == [
        "tỷ đồng", "ít nhất", 31.2, 28.5, budget.pk,
    ]  # fmt: skip
    assert sheet.column_dimensions["S"].hidden
    assert sheet[f"S{at}"].protection.locked
    assert not sheet[f"C{at + 10}"].protection.locked
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert any("lũy kế cả nhiệm kỳ" in words for words in lists)
