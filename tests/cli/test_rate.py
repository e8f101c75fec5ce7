"""`nhiemky rate` as it is typed: counts, the level they support, the cap by both readings; a person decides."""

import json
from pathlib import Path

import pytest
from tests.cli.running import Run, on_workspace
from tests.stores import Store

_PREPARE = """
import sys
from datetime import date
import django
django.setup()
sys.path.insert(0, sys.argv[1])
from tests.register.builders import CLERK, target
from tests.register.office import office
from nhiemky.register.services import add_rating, add_result
at = office()
for name, value in (("Hộ vay vốn", 40), ("Hộ có việc làm", 30), ("Hộ thoát nghèo", 20)):
    aim = target(at.ward, name, term="2020-2025", low=30, baseline=0, meaning="by_deadline")
    add_result(aim.pk, CLERK, period="2025", value=value, approved=True, as_of=date(2025, 12, 31))
target(at.ward, "Chi bộ hoàn thành xuất sắc nhiệm vụ", term="2020-2025", low=30, unit="%", meaning="each_year")
for level, count in (("excellent", 2), ("good", 9)):
    add_rating(at.ward, at.clerk, year=2025, level=level, of="chi bộ", count=count, total=12)
"""
ASKED = ("rate", "--year", "2025", "--as-of", "31/12/2025", "--term", "2020-2025")


@pytest.fixture
def run(tmp_path: Path, store: Store) -> Run:
    return on_workspace(tmp_path / "sổ", store, _PREPARE)


def test_counts_level_and_cap_are_told_as_table_and_json(run: Run) -> None:
    told = run(*ASKED, "--score", "92,5")
    assert told.returncode == 0, told.stderr
    for words in (
        "chỉ tiêu (đã dùng)", "Mức đề nghị: chưa đề nghị được (Quy định 366-QĐ/TW", "1 trên 4 chưa có số liệu",
        "Trần xuất sắc của chi bộ: 20%", "Cách tính đã dùng, 20% của số hoàn thành tốt nhiệm vụ (9): được 1",
        "Cách tính kia, 20% của số hoàn thành tốt nhiệm vụ trở lên (11): được 2", "1 thuộc diện miễn",
        "“Chi bộ hoàn thành xuất sắc nhiệm vụ”: Chỉ tiêu 30% xuất sắc vượt trần 20%",
    ):  # fmt: skip
        assert words in told.stdout, words
    plain = json.loads(run(*ASKED, "--score", "92,5", "--json").stdout)
    assert (plain["level"], plain["band"], plain["regulation"]) == (None, "excellent", "366-QĐ/TW")
    assert (plain["counted"], plain["targets"]["assigned"], plain["targets"]["unknown"]) == ("targets", 4, 1)
    assert plain["caps"]["chi bộ"]["used"]["over"] == 1
    assert plain["goals_over_cap"][0]["target"] == "Chi bộ hoàn thành xuất sắc nhiệm vụ"


def test_a_person_decides_once_and_says_why_it_is_another_level(run: Run) -> None:
    proposed = run(*ASKED, "--wrongdoing").stdout
    assert "Mức đề nghị: không hoàn thành nhiệm vụ" in proposed
    assert "Có sai phạm đã được kết luận" in proposed
    assert "Đã quyết định" not in proposed
    silent = run(*ASKED, "--wrongdoing", "--decide", "HTTNV")
    assert (silent.returncode, silent.stdout) == (1, "")
    assert "Mức quyết định khác mức đề nghị. Hãy ghi lý do." in silent.stderr
    done = run(*ASKED, "--wrongdoing", "--decide", "HTTNV", "--reason", "Sai phạm của nhiệm kỳ trước")
    assert done.returncode == 0, done.stderr
    assert "Đã quyết định: hoàn thành tốt nhiệm vụ." in done.stdout
    again = run(*ASKED, "--decide", "good")
    assert again.returncode == 1
    assert "Năm 2025 tổ chức đã được xếp “hoàn thành tốt nhiệm vụ”" in again.stderr


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("--year", "2017"), "giá trị đầu tiên có từ 08/03/2018"),
        (("--year", "2999"), "--year: gặp 2999"),
        (("--year", "2025", "--score", "101"), "--score: gặp 101, cần một số từ 0 đến 100"),
        (("--year", "2025", "--score", "nhiều"), "--score"),
        (("--year", "2025", "--of", "viec"), "--of: gặp “viec”, cần tasks"),
        (("--year", "2025", "--decide", "khá"), "--decide: gặp “khá”, cần một trong: excellent"),
        (("--year", "2025", "--organisation", "Phường Không Có"), "Phường Không Có"),
        (("--year", "2025", "--as-of", "31/02/2025"), "31/02/2025"),
        (("--year", "2025", "--term", "2025-2020"), "2025-2020"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, typed: tuple[str, ...], words: str) -> None:
    done = run("rate", *typed)
    assert done.returncode == 1, done.stdout
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
