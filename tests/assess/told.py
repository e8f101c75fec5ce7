"""The golden cases of tests/assess/cases as an official tells them -> goals, results, days. For tests and drawings.

A result is `period value [ước|dự báo] [as-of dd/mm/yyyy] [kế hoạch n] [tỷ lệ n] [lũy kế] [unit %]`.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from nhiemky.assess.target import Change, Goal, Part, Point, Verdict, assess
from nhiemky.values.kinds import ResultKind
from nhiemky.values.period import Period, Term

CASES = Path(__file__).parent / "cases"
KINDS = {"ước": ResultKind.ESTIMATE, "dự-báo": ResultKind.FORECAST}


def load() -> list[tuple[str, dict[str, Any]]]:
    rows = []
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            for one in grouped(case) if "group" in case else (case,):
                rows.append((f"{path.stem}: {one['name']}", one))
    return rows


def grouped(group: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One goal, many days and figures; and what any goal says before the first, without one, adjusted and dropped."""
    name, goal = group["group"], group["goal"]
    for expect, today, results in group["cases"]:
        told = ", ".join(map(str, results))
        yield {"name": f"{name}: {today}, {told}", "today": today, "goal": goal, "results": results, "expect": expect}
    for state in ("adjusted", "dropped"):
        decided = goal | {"state": state, "state_reason": "Nghị quyết số 9-NQ/ĐU"}
        case = {"name": f"{name}: {state}", "today": "12/01/2026", "goal": decided, "expect": state}
        yield case | ({"standing": ["no_data", None]} if state == "adjusted" else {})
    yield {"name": f"{name}: chưa đến kỳ", "today": "30/06/2021", "goal": goal, "expect": "not_due"}
    yield {"name": f"{name}: chưa có số liệu", "today": "12/01/2026", "goal": goal, "expect": "no_data"}


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
    """A share, or share and baseline, or a goal of its own."""
    return tuple(part(name, row) for name, row in rows.items())


def part(name: str, row: Any) -> Part:
    if isinstance(row, dict):
        own = goal({"meaning": "composition"} | row)
        return Part(name, float(row["low"] if "low" in row else row["high"]), own.baseline, own)
    return Part(name, *(row if isinstance(row, list) else [row]))


def goal(told: dict[str, Any]) -> Goal:
    whole, told = told, dict(told)
    term = Term.parse(told.pop("term", "2020-2025"))
    deadline = day_of(told.pop("deadline")) if "deadline" in told else term.last_day
    bounds = {name: told.pop(name, None) for name in ("low", "high", "baseline", "baseline_year")}
    if bounds["baseline"] is not None and bounds["baseline_year"] is None:
        bounds["baseline_year"] = term.start_year
    for name in ("path", "plan"):
        told[name] = tuple(told.get(name, {}).items())
    told["parts"] = parts(told.get("parts", {}))
    told["changes"] = tuple(changed(whole, one) for one in told.get("changes", ()))
    return Goal(
        direction=told.pop("direction"), unit=told.pop("unit", "%"), meaning=told.pop("meaning"),
        term=term, deadline=deadline, **bounds, **told,
    )  # fmt: skip


def changed(now: dict[str, Any], told: dict[str, Any]) -> Change:
    """An adjustment: its day, why, and what of the goal was otherwise before it."""
    kept = {name: value for name, value in now.items() if name not in ("changes", "state", "state_reason")}
    former = {name: value for name, value in told.items() if name not in ("from", "why")}
    return Change(day_of(told["from"]), told.get("why", ""), goal(kept | former))


def judged(case: dict[str, Any]) -> Verdict:
    return assess(goal(case["goal"]), [point(row) for row in case.get("results", [])], day_of(case["today"]))
