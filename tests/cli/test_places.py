"""`nhiemky places` as it is typed, on a workspace of its own."""

from pathlib import Path

import pytest
from tests.cli.running import Run, on_workspace
from tests.stores import Store


@pytest.fixture
def run(tmp_path: Path, store: Store) -> Run:
    return on_workspace(tmp_path / "sổ", store)


def test_preview_import_again_and_check(run: Run) -> None:
    preview, done, again = run("places", "import", "--preview"), run("places", "import"), run("places", "import")
    assert "Sẽ thêm 14138 đơn vị, ghi 10623 kế tục." in preview.stdout
    assert "Đã thêm 14138 đơn vị, ghi 10623 kế tục." in done.stdout
    assert "Không có gì thay đổi." in again.stdout
    checked = run("places", "check")
    assert checked.returncode == 0
    assert "Cấp xã: 3321 đang có, 10035 đã hết." in checked.stdout
    assert run("log", "verify").returncode == 0


def test_each_fault_is_a_line_with_its_place_and_nothing_is_imported(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "tinh.tsv"
    table.write_text(
        "level\tcode\tname\tparent\nprovince\t97\tTỉnh Trúc Khê\nward\t97001\tXã A\t97\ncommune\t1\tXã B\t97\n"
    )
    done = run("places", "import", str(table))
    assert done.returncode == 1
    assert [line.split("Gặp")[0] for line in done.stderr.splitlines()] == [
        "nhiemky: tinh.tsv: dòng 3, cột level: ",
        "nhiemky: tinh.tsv: dòng 4, cột code: ",
    ]
    assert "Cấp tỉnh: 0 đang có" in run("places", "check").stdout


def test_a_table_in_another_encoding_is_told_so(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "tinh.tsv"
    table.write_bytes("level\tcode\tname\tparent\nprovince\t97\tTỉnh Trúc Khê".encode("utf-16"))
    done = run("places", "import", str(table))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "UTF-8" in done.stderr
