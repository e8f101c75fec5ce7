"""The golden cases of tests/assess/cases: goal, results and today in, verdict and its words out."""

from typing import Any

import pytest
from tests.assess.told import judged, load

from nhiemky.values.kinds import Direction, PeriodMeaning, VerdictStatus


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in load()])
def test_golden(case: dict[str, Any]) -> None:
    verdict = judged(case)
    assert verdict.status == case["expect"], f"{verdict.status}: {verdict.text}"
    for words in case.get("says", []):
        assert words in verdict.text
    for words in case.get("english", []):
        assert words in " ".join(f"{reason.en}." for reason in verdict.reasons)
    for words in case.get("not", []):
        assert words not in verdict.text
    if "missing" in case:
        assert list(verdict.missing) == case["missing"]
    for words in case.get("outlook", []):
        assert verdict.outlook is not None
        assert words in verdict.outlook.vi
    for name in ("expected", "share", "needed_pace", "actual_pace", "pace_from_today", "value"):
        if name in case:
            assert getattr(verdict, name) == pytest.approx(case[name], abs=5e-4), name
    if "cagr" in case:
        assert verdict.cagr is not None
        assert [verdict.cagr.status, verdict.cagr.agrees] == case["cagr"]
    if "standing" in case:
        assert verdict.standing is not None
        assert [verdict.standing.status, verdict.before] == case["standing"]
    if "stale" in case:
        assert verdict.stale is case["stale"]
    if "forecast" in case:
        assert (verdict.forecast.text if verdict.forecast else verdict.forecast_note) == case["forecast"]
    if "method" in case:
        assert verdict.forecast is not None
        assert verdict.forecast.method == case["method"]


def test_there_are_enough_and_no_two_names_are_alike() -> None:
    names = [name for name, _ in load()]
    assert len(names) >= 300
    assert len(set(names)) == len(names)


# What no figures can say: nothing is better than none left; a sum that must stay 0 is missed with its first one; “none
# left” of an assigned plan names no share to reach.
NEVER = {
    *((Direction.ZERO, meaning, VerdictStatus.EXCEEDED) for meaning in PeriodMeaning),
    (Direction.ZERO, PeriodMeaning.CUMULATIVE, VerdictStatus.AT_RISK),
    *(
        (Direction.ZERO, PeriodMeaning.AGAINST_PLAN, status)
        for status in (VerdictStatus.MET, VerdictStatus.ON_TRACK, VerdictStatus.AT_RISK, VerdictStatus.MISSED)
    ),
}


def test_every_direction_is_met_in_every_meaning_with_every_status() -> None:
    cases = [case for _, case in load()]
    met = {(case["goal"]["direction"], case["goal"]["meaning"], case["expect"]) for case in cases}
    every = {(d, m, s) for d in Direction for m in PeriodMeaning for s in VerdictStatus}
    assert met == every - NEVER


def test_a_case_has_no_word_that_is_not_looked_at() -> None:
    known = {"name", "today", "goal", "results", "expect", "says", "english", "not", "missing", "outlook", "expected",
             "share", "needed_pace", "actual_pace", "pace_from_today", "value", "cagr", "stale", "standing",
             "forecast", "method"}  # fmt: skip
    assert {(name, key) for name, case in load() for key in case if key not in known} == set()
