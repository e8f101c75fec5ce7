"""A form of figures out, filled in, and back: what is typed is entered, what cannot be is told by its cell."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.register.builders import CLERK, target, ward
from tests.register.exchange import BODY, OFFICE, TERM, fill, form, four, row_of, sheet_of

from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import Refused, ServiceError
from nhiemky.register.exchange import kind_of_file
from nhiemky.register.exchange.records import FileRefused, Stale
from nhiemky.register.models import Event, Result, Submission
from nhiemky.register.services import import_figures, preview_figures

LAN = Actor("lan", "office")
LEADER = Actor("bi.thu", "leader")


def test_what_is_typed_is_entered_and_a_second_time_nothing_is(tmp_path: Path) -> None:
    of, (budget, cover, poor, _members) = four()
    typed = {
        budget: 30.25,
        cover: {"value": "93,7", "kind": "ước", "as_of": date(2022, 11, 30)},
        poor: {"value": 14, "as_of": "31/12/2022", "note": "biểu 02"},
    }
    path = fill(form(of, tmp_path), typed)
    seen = preview_figures(path, BODY)
    assert seen.counts == {"new": 3, "same": 1}
    assert not Submission.objects.exists()
    before = events.count()
    import_figures(seen, BODY)
    held = {one.target_id: one for one in Result.objects.all()}
    assert {key: one.value for key, one in held.items()} == {
        budget.pk: 30_250_000_000,
        cover.pk: Decimal("93.7"),
        poor.pk: 14,
    }
    assert (held[cover.pk].kind, held[cover.pk].as_of, held[poor.pk].note) == (
        "estimate",
        date(2022, 11, 30),
        "biểu 02",
    )
    event = Event.objects.get(verb="import_figures")
    assert event.data["file"] == "bieu.xlsx"
    assert len(event.data["sha256"]) == 64
    assert event.data["counts"] == {"new": 3, "same": 1}
    assert events.count() == before + 3  # opened, entered, imported
    again = import_figures(preview_figures(path, BODY), BODY)
    assert again.empty
    assert events.count() == before + 3
    changed = fill(form(of, tmp_path), {poor: {"value": 13}, budget: None})
    seen = preview_figures(changed, BODY)
    assert [(line.change, line.before, line.after) for line in seen.lines if line.target in (poor.pk, budget.pk)] == [
        ("emptied", "30,25 tỷ đồng, đến 31/12/2022", ""),
        ("changed", "14 hộ, đến 31/12/2022, “biểu 02”", "13 hộ, đến 31/12/2022, “biểu 02”"),
    ]
    import_figures(seen, BODY)
    assert {one.target_id: one.value for one in Result.objects.all()} == {cover.pk: Decimal("93.7"), poor.pk: 13}


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        ("value", "=1+1", r"công thức “=1\+1”"),
        ("value", "12,5 hộ", "cần một số"),
        ("value", "1,500.5", "cần một số"),
        ("value", -3, "không thể âm"),
        ("value", True, "TRUE"),
        ("value", date(2022, 12, 3), "03/12/2022"),
        ("value", 1 / 3, "6 số lẻ"),
        ("value", "#N/A", "lỗi “#N/A”"),
        ("as_of", "31/02/2022", "31/02/2022"),
        ("kind", "gần đúng", "chính thức, ước"),
        ("unit", "người", "biểu xuất ra ghi “hộ”"),
        ("name", "Hộ nghèo đa chiều", "chỉ tiêu 3 của biểu là “Hộ nghèo”"),
        ("note", "x" * 601, "không quá 600"),
    ],
)
def test_each_fault_is_told_by_its_cell_and_nothing_is_written(
    column: str, typed: Any, words: str, tmp_path: Path
) -> None:
    of, (_budget, cover, poor, _members) = four()
    said = {column: typed} if column == "value" else {"value": 9, column: typed}
    path = form(of, tmp_path)
    at = row_of(sheet_of(load_workbook(path)), poor)
    fill(path, {cover: 94, poor: said})
    letter = {"value": "G", "as_of": "I", "kind": "H", "unit": "C", "name": "B", "note": "J"}[column]
    seen = preview_figures(path, BODY)
    (line,) = seen.errors
    assert line.place.cell == f"{letter}{at}"
    assert (line.place.file, line.place.sheet, line.place.row) == ("bieu.xlsx", "Số liệu", at)
    with pytest.raises(FileRefused, match=words):
        import_figures(seen, BODY)
    assert not Result.objects.exists()
    assert not Submission.objects.exists()


def test_a_percentage_typed_as_one_is_what_the_cell_shows(tmp_path: Path) -> None:
    of, (budget, cover, *_rest) = four()
    path = fill(form(of, tmp_path), {cover: 0.918, budget: 0.5})
    book = load_workbook(path)
    for one in (cover, budget):
        sheet_of(book)[f"G{row_of(sheet_of(book), one)}"].number_format = "0.0%"
    book.save(path)
    seen = preview_figures(path, BODY)
    assert [line.after for line in seen.lines if line.target == cover.pk] == ["91,8%"]
    assert "50%" in seen.errors[0].message
    assert "tỷ đồng" in seen.errors[0].message


def test_a_text_that_may_be_one_and_a_half_is_asked_back(tmp_path: Path) -> None:
    of, (_budget, cover, *_rest) = four()
    (line,) = preview_figures(fill(form(of, tmp_path), {cover: "91.800"}), BODY).errors
    assert "91800 hay 91,8" in line.message
    assert not preview_figures(fill(form(of, tmp_path), {cover: "91,800"}), BODY).errors


def test_columns_and_rows_moved_sheet_renamed_and_rows_deleted(tmp_path: Path) -> None:
    of, (_budget, cover, poor, members) = four()
    path = fill(form(of, tmp_path), {poor: 14, members: 5, cover: 90})
    book = load_workbook(path)
    sheet = sheet_of(book)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    book.remove(sheet)
    moved = book.create_sheet("Trang của tôi", 0)
    kept = [row for row in rows if row[1] != cover.name]
    for row in (*kept[:5], *reversed(kept[5:])):
        moved.append([row[9], None, row[6], *row[:6], row[7], row[8]])
    book.save(path)
    seen = preview_figures(path, BODY)
    assert not seen.errors
    assert {line.name: line.after for line in seen.lines if line.after} == {
        poor.name: "14 hộ", members.name: "5 đảng viên",
    }  # fmt: skip
    assert "1 dòng của biểu không còn trong tệp" in seen.notes[0]
    import_figures(seen, BODY)
    assert {one.target_id for one in Result.objects.all()} == {poor.pk, members.pk}


def test_rows_added_by_hand(tmp_path: Path) -> None:
    of, (_budget, _cover, poor, _members) = four()
    path = form(of, tmp_path)
    later = target(of, "Nhà văn hóa khu phố đạt chuẩn", unit="nhà", low=4)
    book = load_workbook(path)
    sheet = sheet_of(book)
    end = sheet.max_row
    for step, (name, unit) in enumerate(((later.name, "nhà"), ("Số hộ nghèo", "hộ"), ("Số cây xanh", "cây")), 1):
        sheet[f"A{end + step}"], sheet[f"G{end + step}"] = 90 + step, 3
        sheet[f"B{end + step}"], sheet[f"C{end + step}"] = name, unit
    book.save(path)
    seen = preview_figures(path, BODY)
    assert [line.after for line in seen.lines if line.target == later.pk] == ["3 nhà"]
    near, unknown = seen.errors
    assert near.place.cell == f"B{end + 2}"
    assert f"giống chỉ tiêu {poor.number} “Hộ nghèo”" in near.message
    assert "không phải chỉ tiêu nào" in unknown.message


def test_a_column_without_its_head_a_twin_and_a_form_that_is_not_ours(tmp_path: Path) -> None:
    of, (_budget, _cover, poor, _members) = four()
    path = fill(form(of, tmp_path), {poor: 14})
    book = load_workbook(path)
    sheet_of(book)["G5"] = "Cột của tôi"
    book.save(path)
    with pytest.raises(FileRefused, match=r"Thiếu cột “Số kỳ này”.*G5 “Cột của tôi”"):
        preview_figures(path, BODY)
    path = fill(form(of, tmp_path), {poor: 14})
    book = load_workbook(path)
    book.copy_worksheet(sheet_of(book))
    book.save(path)
    with pytest.raises(FileRefused, match="nhiều trang"):
        preview_figures(path, BODY)
    book = load_workbook(form(of, tmp_path))
    assert book["nhiemky"].sheet_state == "veryHidden"
    del book["nhiemky"]
    book.save(path)
    assert kind_of_file(path) == "figures"
    with pytest.raises(FileRefused, match="khóa ẩn đã mất"):
        preview_figures(path, BODY)
    book = load_workbook(form(of, tmp_path))
    book["nhiemky"]["A1"] = str(book["nhiemky"]["A1"].value).replace('"2022"', '"2023"')
    book.save(path)
    with pytest.raises(FileRefused, match="bị sửa"):
        preview_figures(path, BODY)
    (tmp_path / "vo.xlsx").write_bytes(path.read_bytes()[:900])
    assert kind_of_file(tmp_path / "vo.xlsx") == "other"
    with pytest.raises(FileRefused, match=r"vo\.xlsx"):
        preview_figures(tmp_path / "vo.xlsx", BODY)


def test_a_form_of_another_body_period_or_report_that_was_sent(tmp_path: Path) -> None:
    of, (_budget, _cover, poor, _members) = four()
    path = fill(form(of, tmp_path), {poor: 14})
    beside = ward("Đảng bộ phường Mai Lĩnh")
    with pytest.raises(Refused):
        preview_figures(path, Actor("khac", "body", beside.pk))
    import_figures(preview_figures(path, BODY), BODY)
    held = Submission.objects.get()
    services.submit(held.pk, BODY, held.version)
    with pytest.raises(ServiceError, match="gửi đi"):
        preview_figures(fill(path, {poor: 15}), BODY)
    held.refresh_from_db()
    services.approve_submission(held.pk, OFFICE, held.version)
    assert preview_figures(fill(path, {poor: 14}), BODY).empty  # approved as it stands in the file
    services.lock_period(of, "2022", OFFICE, "chốt số")
    with pytest.raises(ServiceError, match="khóa"):
        preview_figures(path, BODY)
    type(of).objects.filter(pk=of.pk).update(name="Đảng bộ phường Trúc Khê mới")
    with pytest.raises(FileRefused, match="không có trong sổ này"):
        preview_figures(path, BODY)


def test_what_another_has_entered_since_is_neither_overwritten_nor_taken_back(tmp_path: Path) -> None:
    of, (_budget, cover, poor, members) = four()
    path = fill(form(of, tmp_path), {poor: 14, cover: 90})
    held = services.open_submission(of, "2022", TERM, LAN)
    services.enter_figures(held.pk, {poor.pk: "12", members.pk: "4"}, LAN, held.version)
    seen = preview_figures(path, BODY)
    assert "lan đã nhập 12" in seen.errors[0].message
    assert [line.change for line in seen.lines if line.target == members.pk] == ["same"]
    assert any("giữ số trong sổ" in note for note in seen.notes)
    fill(path, {poor: 12})
    import_figures(preview_figures(path, BODY), BODY)
    assert {one.target_id: one.value for one in Result.objects.all()} == {poor.pk: 12, members.pk: 4, cover.pk: 90}


def test_of_two_who_import_at_once_the_second_is_shown_what_is_new(tmp_path: Path) -> None:
    of, (_budget, _cover, poor, _members) = four()
    path = fill(form(of, tmp_path), {poor: 14})
    mine, yours = preview_figures(path, BODY), preview_figures(path, LAN)
    import_figures(mine, BODY)
    with pytest.raises(Stale, match="đã thay đổi") as raised:
        import_figures(yours, LAN)
    assert raised.value.preview.empty
    assert Result.objects.count() == 1
    services.edit_target(poor.pk, CLERK, name="Hộ nghèo đa chiều")
    with pytest.raises(FileRefused, match="xuất biểu mới"):
        import_figures(preview_figures(fill(path, {poor: 15}), BODY), BODY)


def test_the_form_is_locked_but_for_its_input_cells_and_prints_on_a4(tmp_path: Path) -> None:
    of, (budget, _cover, poor, _members) = four()
    services.add_result(poor.pk, CLERK, period="2021", value=15, approved=True)
    sheet = sheet_of(load_workbook(form(of, tmp_path)))
    at = row_of(sheet, poor)
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert {c.coordinate[0] for c in sheet[at] if not c.protection.locked} == {"G", "H", "I", "J"}
    assert sheet[f"F{at}"].value == "15 (2021)"
    money = row_of(sheet, budget)
    assert [sheet[f"{column}{money}"].value for column in "CDE"] == ["tỷ đồng", "≥ 31,2 tỷ đồng/năm", 28.5]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C6", "$5:$5")
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    rules = {(rule.type, rule.operator, rule.formula1) for rule in sheet.data_validations.dataValidation}
    assert ("list", None, '"chính thức,ước"') in rules
    assert ("decimal", "greaterThanOrEqual", "0") in rules
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} == {
        "Times New Roman"
    }


def test_the_figure_before_and_the_fields_are_written_as_people_write_them(tmp_path: Path) -> None:
    """A share kept as a fraction of two came out as 94,40000000000000568%, a field numbered twice as `I. I.`."""
    of = ward("Đảng bộ phường Trúc Khê")
    cover = target(of, "Tỷ lệ bao phủ bảo hiểm y tế", unit="%", low="94,5", field="II. Văn hóa – xã hội")
    services.approve_result(services.add_result(cover.pk, OFFICE, period="2021", value="94,4").pk, LEADER)
    sheet = sheet_of(load_workbook(form(of, tmp_path)))
    row = row_of(sheet, cover)
    assert (sheet[f"F{row}"].value, sheet[f"A{row - 1}"].value) == ("94,4% (2021)", "I. Văn hóa – xã hội")
