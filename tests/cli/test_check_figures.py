"""`nhiemky check-figures` as it is typed, on a workspace of its own."""

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
from nhiemky.register.services import add_result
at = office()
clean = target(at.ward, "Tỷ lệ hộ dùng nước sạch", unit="%", lead_body="Bộ phận Địa chính")
for period, value in (("2021", 99), ("2022", 103)):
    add_result(clean.pk, CLERK, period=period, value=value, approved=True, as_of=date(int(period), 12, 31))
"""


@pytest.fixture
def run(tmp_path: Path, store: Store) -> Run:
    return on_workspace(tmp_path / "sổ", store, _PREPARE)


def test_what_does_not_fit_is_told_with_who_to_ask_and_ends_with_1(run: Run) -> None:
    told = run("check-figures")
    assert told.returncode == 1, told.stderr
    for words in ("“Tỷ lệ hộ dùng nước sạch” năm 2022: 103% là quá 100%", "Bộ phận Địa chính", "rate.over_all", "sai"):
        assert words in told.stdout
    (one,) = json.loads(run("check-figures", "--json").stdout)
    assert (one["rule"], one["version"], one["severity"]) == ("rate.over_all", 1, "error")
    assert one["message"]["en"].startswith("“Tỷ lệ hộ dùng nước sạch” of 2022: 103% is over 100%")
    assert one["ask"]["en"] == "who reported it: Bộ phận Địa chính"
    (figure,) = one["figures"]
    assert (figure["period"], figure["value"], figure["organisation"]) == ("2022", 103.0, "Đảng bộ phường Trúc Khê")


def test_before_the_figure_was_known_all_fits(run: Run) -> None:
    told = run("check-figures", "--as-of", "30/06/2022")
    assert told.returncode == 0, told.stderr
    assert "số đã duyệt: không có chỗ nào không khớp" in told.stdout
    assert "số đọc từ văn bản, chưa ai quyết định: không có chỗ nào không khớp" in told.stdout
    assert run("check-figures", "--as-of", "30/06/2022", "--json").stdout.strip() == "[]"


def test_figures_that_were_only_read_are_checked_too(run: Run) -> None:
    """The samples' ward without targets: its page is the only thing known of it."""
    assert run("setup").returncode == 0
    asked = ("check-figures", "--organisation", "Đảng bộ phường Vân Khảo")
    told = run(*asked)
    assert told.returncode == 0, told.stderr  # a warning is no error
    assert "term.count" in told.stdout
    assert "26/20" in told.stdout
    (one,) = json.loads(run(*asked, "--json").stdout)
    assert one["figures"][0]["result"] is None
    assert one["figures"][0]["proposal"] > 0
    assert "term.count" not in run(*asked, "--approved", "--term", "2020-2025").stdout
    nothing = run("check-figures", "--organisation", "Đảng bộ thành phố Lam Uyên")
    assert nothing.returncode == 1
    assert "chưa có chỉ tiêu hay văn bản nào" in nothing.stderr


def test_an_unknown_organisation_is_one_line(run: Run) -> None:
    told = run("check-figures", "--organisation", "Không có")
    assert told.returncode == 1
    assert "Không có tổ chức “Không có” trong sổ" in told.stderr
