"""`nhiemky figures` and `nhiemky targets` as they are typed: out to a file, filled in, back, a second time nothing."""

import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.cli.running import Run, on_workspace
from tests.register.sheets import ROWS
from tests.stores import Store

WARD = "Đảng bộ phường Trúc Khê"
_PREPARE = """
import sys
import django
django.setup()
sys.path.insert(0, sys.argv[1])
from tests.register.builders import CLERK
from tests.register.exchange import four
from nhiemky.register import services
of, (budget, cover, poor, members) = four()
services.add_result(poor.pk, CLERK, period="2021", value=15, approved=True)
"""


@pytest.fixture
def run(tmp_path: Path, store: Store) -> Run:
    return on_workspace(tmp_path / "sổ", store, _PREPARE)


def typed(path: Path, name: str, column: str, value: int) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    row = next(row for row in range(1, 60) if name in (sheet[f"B{row}"].value, sheet[f"C{row}"].value))
    sheet[f"{column}{row}"].value = value
    book.save(path)


def test_a_form_goes_out_comes_back_and_a_second_time_nothing(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "bieu.xlsx"
    assert run("figures", "template", "--period", "2022", "--out", form).returncode == 0
    typed(form, "Hộ nghèo", "G", -14)
    wrong = run("figures", "import", form)
    assert wrong.returncode == 1
    assert "nhiemky: bieu.xlsx, Số liệu!G10: Gặp -14 hộ; số đếm không thể âm. Hãy sửa lại.\n" in wrong.stderr
    assert "Không ghi gì: 3 không đổi, 1 lỗi." in wrong.stdout
    typed(form, "Hộ nghèo", "G", 14)
    seen = run("figures", "import", form, "--preview")
    assert "G10: mới: Hộ nghèo: 14 hộ" in seen.stdout
    assert "Sẽ ghi: 1 mới, 3 không đổi." in seen.stdout
    done = run("figures", "import", form)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Đã ghi: 1 mới, 3 không đổi.")
    assert run("figures", "import", form).stdout.splitlines()[-1] == "Không có gì mới."
    assert "cần dạng 2023" in run("figures", "template", "--period", "năm nay", "--out", form).stderr


def test_a_history_comes_in_and_goes_out_in_every_form(run: Run, tmp_path: Path) -> None:
    history = tmp_path / "lich-su.csv"
    lines = [f"{WARD};Hộ nghèo;2022-M{month:02d};{month};hộ" for month in range(1, 13)]
    history.write_text("\n".join(("Tổ chức;Chỉ tiêu;Kỳ;Số liệu;ĐVT", *lines)), encoding="utf-8")
    done = run("figures", "import", history, "--send")
    assert done.returncode == 0, done.stderr
    assert "Đã ghi: 12 mới." in done.stdout
    assert "dòng/giây" in done.stdout
    assert "12 lần báo số chờ người khác duyệt." in done.stdout
    history.write_text("Tổ chức;Chỉ tiêu;Kỳ;Số liệu;ĐVT\n" + f"{WARD};Hộ nghèo;2023;x;hộ", encoding="utf-8")
    wrong = run("figures", "import", history)
    assert wrong.returncode == 1
    assert "lich-su.csv, dòng 2, Số liệu: " in wrong.stderr
    for form in ("csv", "json", "xlsx"):
        out = tmp_path / f"ra.{form}"
        assert run("figures", "export", "--out", out).returncode == 0
        assert run("figures", "import", out).stdout.splitlines()[0] == "Không có gì mới."
    assert [row["value"] for row in json.loads((tmp_path / "ra.json").read_text())] == [15]
    assert run("figures", "export", "--all", "--term", "2020-2025", "--out", out.with_suffix(".json")).returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "ra.xlsx")["Bảng chỉ tiêu"]
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"KẾT QUẢ CHỈ TIÊU NHIỆM KỲ 2020-2025", "II. Văn hóa – xã hội", "≤ 12 hộ/năm", "năm 2021"} <= words
    assert "chưa rõ dạng tệp" in run("figures", "export", "--out", tmp_path / "ra").stderr


def test_targets_go_out_are_edited_and_come_back(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "chi-tieu.xlsx"
    assert run("targets", "export", "--out", table).returncode == 0
    typed(table, "Hộ nghèo", "F", 10)
    assert "Mức 12 → Mức 10" in run("targets", "import", table, "--preview").stdout
    assert "hãy dùng `nhiemky targets import`" in run("figures", "import", table).stderr
    assert "Đã ghi: 1 đổi, 3 không đổi." in run("targets", "import", table).stdout
    for form in ("csv", "json"):
        out = table.with_suffix(f".{form}")
        assert run("targets", "export", "--out", out).returncode == 0
        assert run("targets", "import", out).stdout == "Không có gì mới.\n"
    assert "không có tệp này" in run("targets", "import", tmp_path / "khong-co.xlsx").stderr


def test_an_annex_that_is_not_ours_is_read_into_proposals(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Phụ lục kết quả thực hiện chỉ tiêu của Đảng bộ phường Trúc Khê, nhiệm kỳ 2020 - 2025"])
    sheet.append([])
    for row in ROWS:
        sheet.append(list(row))
    path = tmp_path / "phu-luc.xlsx"
    book.save(path)
    seen = run("figures", "import", path, "--preview")
    assert "không phải biểu của sổ: sẽ đọc thành đề xuất; đọc được 3 chỉ tiêu" in seen.stdout
    done = run("figures", "import", path, "--organisation", WARD)
    assert done.returncode == 0, done.stderr
    assert "đề xuất" in done.stdout
    assert done.stdout.splitlines()[-1] == "Hãy xem và nhận từng đề xuất ở trang Đọc văn bản."
