"""`nhiemky series`: what a clerk of a merged ward sees of the years before."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from nhiemky.cli.main import app
from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.services.succession import Ground

pytestmark = pytest.mark.django_db
ADMIN, OFFICE = Actor("quản trị", "admin"), Actor("văn phòng", "office")


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two wards admitted 12 and 9 members in 2024, one of them 14 in 2023; they are one from 01/07/2025."""
    monkeypatch.setattr("nhiemky.cli.series.open_workspace", lambda: None)
    wards = [
        services.add_organisation(f"Đảng bộ {place}", "party_committee", "commune", place, ADMIN)
        for place in ("phường Bình Lâm", "xã An Phước", "phường Bình An")
    ]
    said = {"name": "Kết nạp đảng viên", "unit": "người", "nature": "flow", "direction": "at_least", "low": 8}
    for ward, figures in zip(wards, ({"2023": 14, "2024": 12}, {"2024": 9}, {}), strict=True):
        term = "2025-2030" if not figures else "2020-2025"
        target = services.add_target(ward, OFFICE, term=term, number=1, meaning="each_year", **said)
        for period, value in figures.items():
            services.add_result(target.pk, OFFICE, period=period, value=value, approved=True)
    services.merge_organisations(wards[:2], wards[2], date(2025, 7, 1), ADMIN, Ground(reference="1656/NQ-UBTVQH15"))


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["series", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_years_before_a_merger_add_up_and_what_is_missing_is_told(merged: None) -> None:
    told = json.loads(run("1", "--organisation", "Đảng bộ phường Bình An", "--as-of", "31/12/2025", "--json"))
    by_year = {row["period"]: row for row in told}
    assert by_year["2024"]["value"] == 21
    assert by_year["2024"]["bodies"] == ["Đảng bộ phường Bình Lâm", "Đảng bộ xã An Phước"]
    assert by_year["2023"]["missing"] == ["Đảng bộ xã An Phước"]


def test_the_table_says_it_in_words(merged: None) -> None:
    told = " ".join(run("1", "--organisation", "Đảng bộ phường Bình An", "--as-of", "31/12/2025").split())
    assert "mới có 1/2 đơn vị" in told


def test_a_number_that_is_not_on_the_board_is_told(merged: None) -> None:
    done = CliRunner().invoke(app, ["series", "7", "--organisation", "Đảng bộ phường Bình An"])
    assert "không có chỉ tiêu số 7" in str(done.exception)
