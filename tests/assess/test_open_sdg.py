"""Our CAGR rule against what Statistics Canada published with Open SDG's. Skips where `shared/` is absent."""

import json
from pathlib import Path
from typing import Any

import pytest

from nhiemky.assess.target.cagr import Progress, growth, nearness, overall, progress

FILE = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "opensdg_progress.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
SERIES = {case["id"]: case for case in VECTORS.get("series_cases", ())}
needs_shared = pytest.mark.skipif(not VECTORS, reason="../shared/vectors/opensdg_progress.json is not here")


def answer(told: dict[str, Any]) -> Progress:
    base, current = (told["base_value"], told["base_year"]), (told["current_value"], told["current_year"])
    if None in (*base, *current):
        return Progress("not_available", None)
    if told["target"] is None:
        return growth(*base, *current, told["direction"], told["limit"])
    return progress(*base, *current, told["target"], told["target_year"], told["direction"])


@needs_shared
def test_every_series_comes_out_as_published() -> None:
    assert len(SERIES) == 127
    wrong = []
    for name, case in SERIES.items():
        found, told, given = answer(case["inputs"]), case["expected"], case["inputs"]
        same = found.status == told["status"]
        if given["base_value"] != given["target"]:  # no growth is needed: only the status can be compared
            same = same and near(found.ratio, told["progress_value"]) and near(found.score, told["score"])
        if not same:
            wrong.append((name, found, told, given))
    assert wrong == []


@needs_shared
def test_every_indicator_comes_out_as_published() -> None:
    cases = VECTORS["aggregate_cases"]
    assert len(cases) == 61
    wrong = []
    for case in cases:
        found = overall([answer(SERIES[name]["inputs"]) for name in case["member_ids"]])
        if (found.status, near(found.score, case["expected"]["score"])) != (case["expected"]["status"], True):
            wrong.append((case["id"], found, case["expected"]))
    assert wrong == []


@needs_shared
def test_boundaries() -> None:
    ratios = [case for case in VECTORS["synthetic_boundary_cases"] if "ratio_nominal" in case["expected"]]
    assert len(ratios) == 6
    for case in ratios:
        found, told = answer(case["inputs"]), case["expected"]
        assert found.status == told["status_nominal"], case["id"]
        assert found.ratio == pytest.approx(told["ratio_nominal"], abs=1e-9), case["id"]


@needs_shared
def test_who_is_near_the_limit_is_asked_for_less() -> None:
    limits = [case for case in VECTORS["synthetic_boundary_cases"] if "coefficient" in case["expected"]]
    assert len(limits) == 6
    for case in limits:
        base, limit, direction = (case["inputs"][name] for name in ("base_value", "limit", "direction"))
        told = case["expected"]
        assert nearness(base, limit) == pytest.approx(told["coefficient"], abs=1e-12), case["id"]
        for name, status in (("high", "substantial_progress"), ("med", "moderate_progress")):
            level = base * (1 + direction * (told["thresholds"][name] + 1e-9)) ** 5
            expected = "substantial_progress" if told["coefficient"] == 0 else status
            assert growth(base, 2015, level, 2020, direction, limit).status == expected, case["id"]


def near(found: float | None, told: float | None) -> bool:
    return found is told if found is None or told is None else abs(found - told) <= 1e-9
