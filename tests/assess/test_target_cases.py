"""The golden cases of tests/assess/cases: goal, results and today in, verdict and its words out.

A case reads as an official would tell it. A result is `period value [ước|dự báo] [as-of dd/mm/yyyy] [kế hoạch n]
[tỷ lệ n] [lũy kế] [unit %]`.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from nhiemky.assess.target import Goal, Part, Point, assess
from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind, VerdictStatus
from nhiemky.values.period import Period, Term

CASES = Path(__file__).parent / "cases"
KINDS = {"ước": ResultKind.ESTIMATE, "dự-báo": ResultKind.FORECAST}


def load() -> list[tuple[str, dict[str, Any]]]:
    rows = []
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            rows.append((f"{path.stem}: {case['name']}", case))
    return rows


def day_of(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


def point(text: str | dict[str, Any]) -> Point:
    if isinstance(text, dict):
        period = Period.parse(str(text["period"]))
        return Point(period, 0.0, ResultKind.OFFICIAL, period.end, parts=parts(text["parts"]))
    words = text.split()
    period, value, kind, as_of = Period.parse(words[0]), float(words[1]), ResultKind.OFFICIAL, None
    more: dict[str, Any] = {}
    rest = iter(words[2:])
    for word in rest:
        if word in KINDS:
            kind = KINDS[word]
        elif word == "as-of":
            as_of = day_of(next(rest))
        elif word == "lũy-kế":
            more["running_total"] = True
        elif word in ("kế-hoạch", "tỷ-lệ"):
            more["planned" if word == "kế-hoạch" else "ratio"] = float(next(rest))
        elif word == "unit":
            more["unit"] = next(rest)
        else:
            raise ValueError(f"{text!r}: {word!r}")
    return Point(period, value, kind, as_of or period.end, **more)


def parts(rows: dict[str, Any]) -> tuple[Part, ...]:
    return tuple(Part(name, *(row if isinstance(row, list) else [row])) for name, row in rows.items())


def goal(told: dict[str, Any]) -> Goal:
    told = dict(told)
    term = Term.parse(told.pop("term", "2020-2025"))
    deadline = day_of(told.pop("deadline")) if "deadline" in told else term.last_day
    bounds = {name: told.pop(name, None) for name in ("low", "high", "baseline", "baseline_year")}
    if bounds["baseline"] is not None and bounds["baseline_year"] is None:
        bounds["baseline_year"] = term.start_year
    for name in ("path", "plan"):
        told[name] = tuple(told.get(name, {}).items())
    told["parts"] = parts(told.get("parts", {}))
    return Goal(
        direction=told.pop("direction"), unit=told.pop("unit", "%"), meaning=told.pop("meaning"),
        term=term, deadline=deadline, **bounds, **told,
    )  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in load()])
def test_golden(case: dict[str, Any]) -> None:
    verdict = assess(goal(case["goal"]), [point(row) for row in case.get("results", [])], day_of(case["today"]))
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


def test_every_direction_is_met_in_every_meaning_and_every_status() -> None:
    cases = [case for _, case in load()]
    met = {(case["goal"]["direction"], case["goal"]["meaning"]) for case in cases}
    assert met == {(str(direction), str(meaning)) for direction in Direction for meaning in PeriodMeaning}
    assert {case["expect"] for case in cases} == {str(status) for status in VerdictStatus}


def test_a_case_has_no_word_that_is_not_looked_at() -> None:
    known = {"name", "today", "goal", "results", "expect", "says", "english", "not", "missing", "outlook", "expected",
             "share", "needed_pace", "actual_pace", "pace_from_today", "value", "cagr", "stale", "forecast",
             "method"}  # fmt: skip
    assert {(name, key) for name, case in load() for key in case if key not in known} == set()
