"""`nhiemky assess` as it is typed: the same verdicts as table, JSON and CSV, of all organisations or of one."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stores import Store

Run = Callable[..., subprocess.CompletedProcess[str]]

_PREPARE = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
sys.path.insert(0, sys.argv[1])
from datetime import date
from django.utils import timezone
from tests.register.builders import target
from tests.register.office import office
from nhiemky.register.actors import Actor
from nhiemky.register.models import Indicator, Result, Target
from nhiemky.register.services import adjust_target
at = office()
held = target(at.ward, "Bao phủ bảo hiểm y tế", term="2020-2025")
Target.objects.update(low="94.5", unit="%", baseline="90.7", baseline_year=2020, direction="at_least",
                      meaning="by_deadline", deadline=date(2025, 12, 31))
Indicator.objects.update(nature="rate")
indicator = Indicator.objects.get(targets=held.pk)
for period, value, on in (("2021", "91.1", date(2021, 12, 31)), ("2022", "91.6", date(2022, 12, 31)),
                          ("2023-H1", "91.8", date(2023, 6, 30))):
    Result.objects.create(target_id=held.pk, indicator=indicator, organisation=at.ward, period=period, value=value,
                          unit="%", kind="official", as_of=on, state="approved", added_at=timezone.now())
adjust_target(held.pk, Actor("bi.thu", "leader"), on="01/01/2024", low=92, reason="sáp nhập", reference="9-NQ/ĐU")
"""


@pytest.fixture
def run(tmp_path: Path, store: Store) -> Run:
    environment = store(tmp_path / "sổ") | {"COLUMNS": "240"}

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "nhiemky.cli.main", *words]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    assert call("setup", "--no-samples").returncode == 0
    root = str(Path(__file__).parents[2])
    environment |= {"DJANGO_SETTINGS_MODULE": "nhiemky.config.settings"}
    made = subprocess.run([sys.executable, "-c", _PREPARE, root], env=environment, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert made.returncode == 0, made.stderr
    return call


def test_table_json_and_csv_tell_the_same_verdict(run: Run) -> None:
    told, plain, flat = run("assess", "--as-of", "12/07/2023"), run("assess", "--as-of", "12/07/2023", "--json"), run(
        "assess", "--as-of", "12/07/2023", "--csv"
    )  # fmt: skip
    assert (told.returncode, plain.returncode, flat.returncode) == (0, 0, 0), told.stderr
    assert "Nguy cơ không đạt" in told.stdout
    [row] = json.loads(plain.stdout)
    [line] = csv.DictReader(io.StringIO(flat.stdout))
    assert (row["status"], row["rule"], row["expected"]) == ("at_risk", "path.by_deadline", pytest.approx(92.6))
    assert row["forecast_low"] < row["forecast_mid"] < row["forecast_high"] < 94.5
    assert "từ hôm nay mỗi năm phải tăng" in row["outlook"]
    assert row["inputs"]["points"][-1][:2] == ["2023-H1", 91.8]
    assert {name: line[name] for name in ("status", "why", "outlook")} == {
        name: row[name] for name in ("status", "why", "outlook")
    }
    assert float(line["expected"]) == row["expected"]


def test_an_adjusted_target_says_how_it_stands(run: Run) -> None:
    told = run("assess", "--as-of", "12/07/2024")
    assert "Đã điều chỉnh 1 (Đúng lộ trình 1)" in told.stdout
    assert "Đã điều chỉnh: Đúng lộ trình" in " ".join(told.stdout.split())
    [row] = json.loads(run("assess", "--as-of", "12/07/2024", "--json").stdout)
    assert (row["status"], row["standing"], row["standing_rule"], row["before"]) == (
        "adjusted", "on_track", "path.by_deadline", "at_risk",
    )  # fmt: skip
    assert "chỉ tiêu ≥ 94,5% thành ≥ 92%" in row["why"]
    assert "By the goal in force (≥ 92%): On track" in row["why_en"]
    [line] = csv.DictReader(io.StringIO(run("assess", "--as-of", "12/07/2024", "--csv").stdout))
    assert (line["standing"], line["before"]) == ("on_track", "at_risk")
    assert row["inputs"]["goal"]["changes"][0][0] == "2024-01-01"
    [board] = json.loads(run("board", "--as-of", "12/07/2024", "--json").stdout)["rows"]
    assert board["standing"] == "on_track"


def test_an_empty_register_says_what_to_do(tmp_path: Path, store: Store) -> None:
    environment = store(tmp_path / "trống") | {"COLUMNS": "200"}
    for words in (
        ("setup", "--no-samples"),
        ("assess",),
        ("assess", "--json"),
        ("check-figures",),
        ("rate", "--year", "2025"),
    ):
        done = subprocess.run([sys.executable, "-m", "nhiemky.cli.main", *words], capture_output=True, text=True,
                              env=environment, check=False)  # fmt: skip
        if words[0] != "setup":
            assert (done.returncode, done.stdout) == (1, ""), words
            assert "chưa" in done.stderr
            assert len(done.stderr.strip().splitlines()) == 1


def test_what_cannot_be_done_is_one_line(run: Run) -> None:
    both, nobody, never = run("assess", "--json", "--csv"), run("assess", "--organisation", "Phường Không Có"), run(
        "assess", "--as-of", "31/02/2023"
    )  # fmt: skip
    long_ago = run("assess", "--term", "1999-2004")
    for done, words in (
        (both, "chọn một trong hai"), (nobody, "Phường Không Có"), (never, "31/02/2023"),
        (long_ago, "không tổ chức nào trong sổ có chỉ tiêu của nhiệm kỳ 1999-2004"),
    ):  # fmt: skip
        assert done.returncode == 1
        assert words in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
