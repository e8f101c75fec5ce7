"""`nhiemky organisations` as it is typed, on a workspace of its own: a table in, out, and the mergers of July 2025."""

from pathlib import Path

import pytest
from tests.cli.running import Run, on_workspace
from tests.stores import Store

HEAD = "Tên tổ chức;Loại;Cấp;Địa bàn;Mã địa bàn;Cấp trên;Sắp xếp;Thành;Từ ngày;Căn cứ\n"
# Invented: two communes of a district become one.
PLACES = """level\tcode\tname\tparent\tvalid_from\tvalid_to\tsuccessors\tdocument
province\t97\tTỉnh Trúc Khê
district\t971\tHuyện Đông\t97\t\t2025-06-30
commune\t97001\tXã Bến Lau\t971\t\t2025-06-30\tmerge:97003
commune\t97002\tXã Cầu Đá\t971\t\t2025-06-30\tmerge:97003
commune\t97003\tXã Bến Lau\t97\t2025-07-01\t\t\t9701/NQ
"""


@pytest.fixture
def run(tmp_path: Path, store: Store) -> Run:
    return on_workspace(tmp_path / "sổ", store)


def test_a_table_in_out_and_the_mergers_that_the_places_tell(run: Run, tmp_path: Path) -> None:
    places, before, after = tmp_path / "tinh.tsv", tmp_path / "cu.csv", tmp_path / "moi.csv"
    places.write_text(PLACES, encoding="utf-8")
    assert run("places", "import", places).returncode == 0
    rows = (f"Đảng bộ {name.lower()};Đảng bộ;cấp xã;{name};{code}\n" for name, code in
            (("Xã Bến Lau", "97001"), ("Xã Cầu Đá", "97002")))  # fmt: skip
    before.write_text(HEAD + "Đảng bộ huyện Đông;Đảng bộ;cấp huyện;Huyện Đông;971\n" + "".join(rows), encoding="utf-8")
    assert "Sẽ ghi: 3 mới." in run("organisations", "import", before, "--preview").stdout
    assert "Đã ghi: 3 mới." in run("organisations", "import", before).stdout
    assert run("organisations", "reorganise", "--out", after).returncode == 0
    assert ";Nhập vào;Đảng bộ xã Bến Lau;01/07/2025;9701/NQ" in after.read_text(encoding="utf-8-sig")
    assert "Đã ghi: 4 mới." in run("organisations", "import", after).stdout
    assert run("organisations", "export", "--out", after).returncode == 0
    assert "Không có gì mới." in run("organisations", "import", after).stdout
    assert run("log", "verify").returncode == 0


def test_each_fault_is_a_line_with_its_cell_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "to-chuc.csv"
    path.write_text(f"{HEAD}Đảng bộ xã A;Đảng bộ;cấp xã;xã A;;Đảng bộ xã A\n=A1;cell;cell;xã A\n", encoding="utf-8")
    done = run("organisations", "import", path)
    assert done.returncode == 1
    assert "to-chuc.csv, dòng 2, Cấp trên: “Đảng bộ xã A” không thể là cấp trên của chính mình" in done.stderr
    assert "to-chuc.csv, dòng 3, Tên tổ chức: Gặp công thức “=A1”" in done.stderr
    assert "1 dòng" in run("log", "verify").stdout
    assert "cần đuôi .csv hoặc .json" in run("organisations", "export", "--out", tmp_path / "a.txt").stderr
