"""`nhiemky tasks`, `reviews` and `law` as they are typed, on a workspace of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import Run, on_workspace
from tests.stores import Store

_PREPARE = """
import sys
from datetime import date
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
sys.path.insert(0, sys.argv[1])
from tests.register.builders import CLERK, target
from tests.register.office import office, task
from nhiemky.register.models import Target
from nhiemky.register.services import create_review
at = office()
task(at, assigned_on="04/05/2026", title="Rà soát hộ nghèo")
task(at, assigned_on="04/05/2026", title="Việc xa", due_on="31/12/2099", owner=at.people)
target(at.ward, "Hộ nghèo", term="2025-2030")
create_review(at.ward, "halfyear", "2025-2030", date(2026, 6, 30), CLERK)
Target.objects.update(low=31)
"""


@pytest.fixture
def run(tmp_path: Path, store: Store) -> Run:
    return on_workspace(tmp_path / "sổ", store, _PREPARE)


def test_tasks_and_reviews_are_told(run: Run) -> None:
    told = run("tasks", "--as-of", "02/07/2026")
    assert told.returncode == 0, told.stderr
    assert told.stdout.index("Rà soát hộ nghèo") < told.stdout.index("Việc xa")
    for words in ("Chi bộ khu phố 3", "Quá hạn 2 ngày (2 ngày làm việc)", "báo cáo kết quả, minh chứng"):
        assert words in told.stdout
    (line,) = json.loads(run("tasks", "--as-of", "02/07/2026", "--late", "--json").stdout)
    assert (line["status"], line["late"], line["late_working"], line["charged_to"]) == ("overdue", 2, 2, "owner")
    owned = run("tasks", "--owned", "--organisation", "UBND phường Trúc Khê", "--as-of", "02/07/2026").stdout
    assert "Việc xa" in owned
    assert "Rà soát" not in owned
    assert "Không có tổ chức “Không có”" in run("tasks", "--organisation", "Không có").stderr

    listed = run("reviews").stdout
    assert "Sơ kết 6 tháng 2025-2030, số liệu đến 30/06/2026, dự thảo" in listed
    checked = run("reviews", "--check")
    assert checked.returncode == 0
    assert "mức phải đạt: bản chốt ≥ 30 hộ, nay ≥ 31 hộ" in checked.stdout


def law(*words: str) -> subprocess.CompletedProcess[str]:
    """These need no workspace."""
    return subprocess.run(
        [sys.executable, "-m", "nhiemky.cli.main", "law", *words], capture_output=True, text=True, check=False
    )


def test_the_law_is_listed_explained_and_checked() -> None:
    assert "task.due_soon" in law("list", "--as-of", "30/06/2026").stdout
    told = law("explain", "calendar.weekly_rest")
    assert "Từ 02/10/1999" in told.stdout
    assert "Căn cứ: Quyết định 188/1999/QĐ-TTg" in told.stdout
    unknown = law("explain", "khong.co")
    assert unknown.returncode == 1
    assert "không có tham số khong.co" in unknown.stderr
    assert law("check", "--as-of", "01/12/2024").returncode == 0
    late = law("check", "--as-of", "23/05/2028")
    assert late.returncode == 1
    assert "đã quá 18 tháng" in late.stderr
    assert "chưa có lịch nghỉ lễ, tết năm 2028" in late.stderr


def test_what_has_to_wait_for_an_announcement_is_told_and_fails_only_if_asked() -> None:
    waits = law("check", "--as-of", "23/11/2026")
    assert "năm 2027 chưa ghi đủ" in waits.stderr
    assert waits.returncode == 0
    assert law("check", "--as-of", "23/11/2026", "--strict").returncode == 1


def test_the_law_as_json_has_both_languages() -> None:
    (one,) = [
        one for one in json.loads(law("list", "--as-of", "30/06/2026", "--json").stdout) if one["id"] == "task.due_soon"
    ]
    assert one["en"].startswith("From how many working days")
    told = json.loads(law("explain", "rating.party.cap", "--json").stdout)
    assert [value["since"] for value in told["values"]] == ["2018-03-08", "2023-10-04", "2025-08-30"]
    assert json.loads(law("list", "--as-of", "01/01/1990", "--json").stdout)[0]["values"] == []


def test_a_parameter_without_reference_does_not_load_and_says_where(tmp_path: Path) -> None:
    """The whole package, with one reference taken away."""
    shutil.copytree(Path(__file__).resolve().parents[2] / "src", tmp_path / "src")
    data = tmp_path / "src/nhiemky/law/data/tasks.yaml"
    lines = data.read_text(encoding="utf-8").splitlines(keepends=True)
    taken = next(number for number, line in enumerate(lines) if line.strip().startswith("reference:"))
    data.write_text("".join((*lines[:taken], *lines[taken + 1 :])), encoding="utf-8")
    for command in ("list", "check"):
        broken = subprocess.run(
            [sys.executable, "-m", "nhiemky.cli.main", "law", command], capture_output=True, text=True, check=False,
            env=os.environ | {"PYTHONPATH": str(tmp_path / "src")},
        )  # fmt: skip
        assert broken.returncode == 1
        assert broken.stderr.startswith("nhiemky: tasks.yaml, ")
        assert ".reference: gặp không có gì, cần khóa reference" in broken.stderr
