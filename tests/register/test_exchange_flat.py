"""Flat files of figures: taken in all or nothing, a second time nothing, out again the same to the byte."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.register.builders import CLERK, target, ward
from tests.register.exchange import BODY, OFFICE, TERM, four

from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange import export_figures
from nhiemky.register.exchange.records import FileRefused
from nhiemky.register.models import Event, Latest, Organisation, Result, Roll, Score, Submission, Target
from nhiemky.register.services import import_flat, preview_flat

HEAD = "Tổ chức;Chỉ tiêu;Kỳ;Số liệu;ĐVT;Loại số;Tính đến ngày;Ghi chú"
WARD = "Đảng bộ phường Trúc Khê"


def csv(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "so.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return path


def approve_all() -> None:
    services.approve_submissions({one.pk: one.version for one in Submission.objects.filter(state="submitted")}, OFFICE)


def exported(form: str) -> bytes:
    return b"".join(export_figures(Organisation.objects.order_by("name"), form))


def test_a_history_is_entered_in_reports_of_its_periods_and_a_second_time_nothing(tmp_path: Path) -> None:
    _of, (budget, _cover, poor, _members) = four()
    path = csv(
        tmp_path,
        f"{WARD};Thu ngân sách trên địa bàn;2021;30,5;tỷ đồng;chính thức;31/12/2021;",
        f"{WARD};thu ngân sách trên địa bàn;2022-H1;15.250;triệu đồng;ước;;biểu 03",
        f'{WARD};Hộ nghèo;2021;14;hộ;;;"theo rà soát; đợt 2"',
    )
    assert preview_flat(path, BODY).counts == {"new": 3}
    assert not Submission.objects.exists()
    before = events.count()
    done = import_flat(path, BODY)
    assert (done.counts, done.submissions, done.waiting, done.rows) == ({"new": 3}, 2, 2, 3)
    held = {(one.target_id, one.period): one for one in Result.objects.all()}
    assert {key: one.value for key, one in held.items()} == {
        (budget.pk, "2021"): 30_500_000_000, (budget.pk, "2022-H1"): 15_250_000_000, (poor.pk, "2021"): 14,
    }  # fmt: skip
    assert {one.state for one in held.values()} == {"proposed"}
    assert (held[budget.pk, "2022-H1"].kind, held[poor.pk, "2021"].note) == ("estimate", "theo rà soát; đợt 2")
    assert events.count() == before + 1
    assert Event.objects.get(verb="import_flat").data["counts"] == {"new": 3}
    again = import_flat(path, BODY)
    assert again.empty
    assert events.count() == before + 1
    path = csv(tmp_path, f"{WARD};Hộ nghèo;2021;13;hộ;;;")
    assert import_flat(path, BODY).counts == {"changed": 1}
    assert Result.objects.get(target=poor).value == 13
    report = Submission.objects.get(period="2021")
    assert report.version == 2
    services.submit(report.pk, BODY, report.version)
    assert import_flat(path, BODY).empty
    with pytest.raises(FileRefused, match="đã gửi, đang chờ duyệt"):
        import_flat(csv(tmp_path, f"{WARD};Hộ nghèo;2021;12;hộ;;;"), BODY)


def test_reports_are_sent_when_asked_and_never_approved_by_who_imports(tmp_path: Path) -> None:
    four()
    lines = [f"{WARD};Hộ nghèo;{year}-M{month:02d};{month};hộ;;;" for year in (2021, 2022) for month in range(1, 13)]
    done = import_flat(csv(tmp_path, *lines), OFFICE, send=True)
    assert (done.submissions, done.waiting) == (24, 0)
    with pytest.raises(ServiceError, match="Không ai tự duyệt"):
        approve_all()
    held = {one.pk: one.version for one in Submission.objects.all()}
    services.approve_submissions(held, Actor("bi.thu", "leader"))
    assert Result.objects.filter(state="approved").count() == 24
    assert [d for step in services.check_summaries() for d in step.differences] == []
    assert import_flat(csv(tmp_path, *lines), OFFICE).empty


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("Đảng bộ phường Khác;Hộ nghèo;2021;1;hộ;;;", "Tổ chức", "Không có tổ chức “Đảng bộ phường Khác”"),
        (f"{WARD};Hộ giàu;2021;1;hộ;;;", "Chỉ tiêu", "0 chỉ tiêu tên “Hộ giàu”"),
        (f"{WARD};Hộ nghèo;năm 2021;1;hộ;;;", "Kỳ", "cần dạng 2023"),
        (f"{WARD};Hộ nghèo;2030;1;hộ;;;", "Kỳ", "ngoài nhiệm kỳ"),
        (f"{WARD};Hộ nghèo;2021;-1;hộ;;;", "Số liệu", "không thể âm"),
        (f"{WARD};Hộ nghèo;2021;1.5;hộ;;;", "Số liệu", "phần lẻ viết dấu phẩy: 1,5"),
        (f"{WARD};Tỷ lệ bao phủ bảo hiểm y tế;2021;91.800;%;;;", "Số liệu", "91800 hay 91,8"),
        (f"{WARD};Hộ nghèo;2021;1,2345678;hộ;;;", "Số liệu", "6 số lẻ"),
        (f"{WARD};Hộ nghèo;2021;1;%;;;", "ĐVT", "tỷ lệ phần trăm"),
        (f"{WARD};Thu ngân sách trên địa bàn;2021;30,5;;;;", "ĐVT", "không ghi đơn vị"),
        (f"{WARD};Hộ nghèo;2021;1;hộ;đoán;;", "Loại số", "chính thức, ước, dự báo"),
        (f"{WARD};Hộ nghèo;2021;1;hộ;;31/02/2021;", "Tính đến ngày", "31/02/2021"),
        (f"{WARD};Hộ nghèo;2021;;hộ;;;", "Số liệu", "Chưa có số"),
        (f"{WARD};Hộ cận nghèo;2023;1;hộ;;;", "Kỳ", "khóa"),
        (f"{WARD};Kết nạp đảng viên;2021;5;đảng viên;;;", "Chỉ tiêu", "đã có ở dòng trên"),
    ],
)
def test_one_fault_is_told_by_line_and_column_and_nothing_is_kept(
    line: str, column: str, words: str, tmp_path: Path
) -> None:
    of, _targets = four()
    target(of, "Hộ cận nghèo", direction="at_most", low=10)
    services.lock_period(of, "2023", OFFICE, "chốt số")
    path = csv(tmp_path, f"{WARD};Kết nạp đảng viên;2021;4;đảng viên;;;", line)
    before = events.count()
    with pytest.raises(FileRefused) as raised:
        import_flat(path, CLERK)
    (fault,) = raised.value.faults
    assert (fault.place.row, fault.place.cell) == (3, column)
    assert words in fault.message
    assert str(fault).startswith(f"so.csv, dòng 3, {column}: ")
    assert (Result.objects.count(), Submission.objects.count(), events.count()) == (0, 0, before)


def test_files_that_are_no_table_of_figures(tmp_path: Path) -> None:
    four()
    line = f"{WARD};Hộ nghèo;2021;1;hộ;;;"
    odd = b'[\n{"organisation":"x","target":"y","period":"2021","value":1,"mau":2}\n]\n'
    for content, words in (
        (f"{HEAD.replace('Kỳ', 'Thời gian')}\n{line}", "Tiêu đề lạ hoặc lặp “Thời gian”"),
        (f"Tổ chức;Chỉ tiêu;Số liệu\n{line}", "Thiếu cột “Kỳ”"),
        (f"{HEAD}\n{line};thừa", "Dòng có 9 ô"),
        ("Đảng bộ;".encode("utf-16"), "Không phải chữ UTF-8"),
        (b'[\n{"organisation": 1,\n', "JSON"),
        (b"[1, 2]", "danh sách các đối tượng"),
        (odd, "trường lạ: mau"),
        (b'{"organisation":"x","target":"y","period":"2021"}\n', "thiếu trường: value"),
    ):
        path = tmp_path / "tep"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(FileRefused, match=words):
            preview_flat(path, BODY)


def test_the_same_rows_from_a_sheet_with_its_cells(tmp_path: Path) -> None:
    _of, (_budget, _cover, poor, _members) = four()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Lịch sử số liệu"])
    sheet.append(["Kỳ", "Tổ chức", "Chỉ tiêu", "Số liệu", "Đơn vị tính", "Ngày"])
    sheet.append([2021, WARD, "Hộ nghèo", 14, "hộ", date(2021, 12, 31)])
    sheet.append([2022, WARD, "Hộ nghèo", "=A3", "hộ", None])
    book.save(tmp_path / "so.xlsx")
    with pytest.raises(FileRefused) as raised:
        import_flat(tmp_path / "so.xlsx", BODY)
    assert str(raised.value).startswith("so.xlsx, Sheet!D4: Gặp công thức “=A3”")
    sheet["D4"] = 13
    book.save(tmp_path / "so.xlsx")
    import_flat(tmp_path / "so.xlsx", BODY)
    assert {one.period: one.value for one in Result.objects.filter(target=poor)} == {"2021": 14, "2022": 13}


def test_what_would_run_in_excel_does_not_and_comes_back_as_it_was(tmp_path: Path) -> None:
    _of, (_budget, _cover, poor, _members) = four()
    notes = {"2021": "=HYPERLINK(1)", "2022": "'=thường", "2023": "'trích", "2024": "- gạch; “ngoặc”"}
    for period, note in notes.items():
        services.add_result(poor.pk, CLERK, period=period, value=9, note=note, approved=True)
    out = exported("csv")
    assert b";'=HYPERLINK(1)\r\n" in out
    _empty()
    (tmp_path / "so.csv").write_bytes(out)
    import_flat(tmp_path / "so.csv", BODY)
    assert {one.period: one.note for one in Result.objects.all()} == notes


@pytest.mark.parametrize("send", [False, True])
def test_two_kinds_of_number_and_names_that_are_met_twice(send: bool, tmp_path: Path) -> None:
    of, _targets = four()
    twice = [target(of, "Hộ thoát nghèo", low=low, unit="hộ") for low in (3, 5)]
    head = "organisation\tterm\tnumber\ttarget\tperiod\tvalue\tunit"
    line = f"{WARD}\t{TERM}\t%s\tHộ thoát nghèo\t2021\t%s\thộ"
    path = csv(tmp_path, *(line % (one.number, one.number * 2) for one in twice), head=head)
    import_flat(path, BODY, send=send)
    assert {one.target_id: one.value for one in Result.objects.all()} == {one.pk: one.number * 2 for one in twice}
    with pytest.raises(FileRefused, match="2 chỉ tiêu tên “Hộ thoát nghèo”"):
        import_flat(csv(tmp_path, f"{WARD};Hộ thoát nghèo;2022;1;hộ;;;"), BODY)
    with pytest.raises(FileRefused, match="trong sổ là “Hộ thoát nghèo”"):
        import_flat(csv(tmp_path, f"{WARD}\t{TERM}\t{twice[0].number}\tHộ nghèo\t2022\t1\thộ", head=head), BODY)


def _figures() -> some.SearchStrategy[list[tuple[int, str, Decimal, dict[str, Any]]]]:
    periods = some.sampled_from(("2021", "2021-H1", "2022-Q3", "2023-M07", "2024-9M"))
    values = some.decimals(0, 10**11, places=4)
    fields = some.fixed_dictionaries(
        {
            "kind": some.sampled_from(("official", "estimate")),
            "as_of": some.dates(date(2021, 1, 1), date(2025, 12, 31)),
            "note": some.text(some.characters(categories=("L", "N", "P", "Zs", "S")), max_size=12),
        },
        optional={
            "high": some.decimals(0, 10**6, places=2),
            "qualifier": some.sampled_from(("over", "about", "under")),
            "planned": some.decimals(0, 10**6, places=2),
            "ratio": some.decimals(0, 900, places=4),
            "running_total": some.booleans(),
        },
    )
    return some.lists(some.tuples(some.integers(0, 3), periods, values, fields), max_size=6, unique_by=lambda x: x[:2])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_figures(), some.sampled_from(("csv", "json")))
def test_out_in_and_out_again_is_the_same_to_the_byte(rows: list[Any], form: str) -> None:
    _empty()
    targets = list(Target.objects.order_by("number")) or four()[1]
    for at, period, value, fields in rows:
        services.add_result(targets[at].pk, CLERK, period=period, value=value, approved=True, **fields)
    out = exported(form)
    _empty()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "so").write_bytes(out)
        done = import_flat(Path(folder) / "so", BODY, send=True)
    assert done.counts == ({"new": len(rows)} if rows else {})
    approve_all()
    assert exported(form) == out


def _empty() -> None:
    """No figure is left, as in a register of the same targets where none was told."""
    for table in (Latest, Roll, Score):
        table.objects.all().delete()
    Result.objects.update(supersedes=None)
    Result.objects.all().delete()
    Submission.objects.all().delete()


def test_an_export_is_what_is_in_force_and_opens_in_excel(tmp_path: Path) -> None:
    of, (budget, _cover, poor, _members) = four()
    ward("Đảng bộ phường Mai Lĩnh")
    for kind, value in (("official", 14), ("estimate", 15), ("forecast", 16)):
        services.add_result(
            poor.pk, CLERK, period="2021", value=value, kind=kind, approved=True, as_of=date(2021, 12, 31)
        )
    services.add_result(poor.pk, CLERK, period="2022", value=9)  # nobody has approved it
    services.add_result(
        budget.pk, CLERK, period="2021", value="31,25", unit="tỷ đồng", approved=True, as_of=date(2021, 12, 31)
    )
    text = exported("csv").decode("utf-8")
    assert text.startswith("\ufeffTổ chức;Nhiệm kỳ;STT;Chỉ tiêu;Kỳ;Số liệu;")
    assert text.splitlines()[1:] == [
        f"{WARD};2020-2025;1;Thu ngân sách trên địa bàn;2021;31250000000;;đồng;;;;;chính thức;31/12/2021;",
        f"{WARD};2020-2025;3;Hộ nghèo;2021;14;;hộ;;;;;chính thức;31/12/2021;",
    ]
    assert b"".join(export_figures([of], "json", "2025-2030")) == b"[\n]\n"
