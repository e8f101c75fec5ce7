"""A nation's targets judged on one core: how many a second, step by step, from plain rows to verdicts with words.

    python -m benchmarks.assess [--targets 320000] [--calls] [--json]

40 targets a body, of all period meanings and directions as resolutions set them, drawn by seed, with what a term has
brought by the day (yearly figures, half-years, months of revenue). `judge` is what a board or a scorecard waits for;
`forecast` and `inputs` are worked out when somebody asks for them. `--calls` prints where the time goes.
"""

import argparse
import cProfile
import json
import pstats
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from nhiemky.assess.target import Goal, Point, Verdict, assess
from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind
from nhiemky.values.period import Period, Term

A_BODY = 40
TERM = Term(2020, 2025)
TODAY = date(2023, 7, 12)
GOAL_SECONDS = 20

# meaning, direction, unit, level, baseline, swing of a figure, nature, periods told, how many of forty
Row = tuple[str, str, str, float, float | None, float, str, str, int]
MIX: tuple[Row, ...] = (
    ("by_deadline", "at_least", "%", 94.5, 90.7, 0.4, "rate", "half-years", 7),
    ("by_deadline", "at_most", "%", 2.0, 7.0, 0.3, "rate", "years", 3),
    ("by_deadline", "at_least", "triệu đồng", 95, 60, 3, "stock", "years", 2),
    ("by_deadline", "at_least", "tỷ đồng", 40, 30, 1, "flow", "months", 2),
    ("each_year", "at_least", "đảng viên", 3, None, 2, "flow", "half-years", 5),
    ("each_year", "at_least", "%", 90, None, 2, "rate", "years", 4),
    ("maintain", "at_least", "%", 92, None, 2, "rate", "years", 3),
    ("yearly_average", "range", "%/năm", 18, None, 1, "rate", "years", 2),
    ("cumulative", "at_least", "tuyến", 40, None, 3, "flow", "quarters", 4),
    ("against_plan", "at_least", "%", 100, None, 6, "rate", "years", 3),
    ("against_baseline", "decrease", "%", 0.5, 4.2, 0.1, "rate", "years", 1),
    ("milestone", "at_least", "", 1, None, 0, "status", "years", 3),
    ("by_deadline", "zero", "hộ", 0, 12, 2, "stock", "half-years", 1),
)
TOLD = {
    "years": [str(year) for year in (2021, 2022)],
    "half-years": ["2021-H1", "2021", "2022-H1", "2022", "2023-H1"],
    "quarters": [f"{year}-Q{quarter}" for year in (2021, 2022, 2023) for quarter in (1, 2, 3, 4)][:10],
    "months": [f"{year}-M{month:02d}" for year in (2021, 2022, 2023) for month in range(1, 13)][:30],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", type=int, default=320_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calls", action="store_true", help="where the time goes, by a profile of 4,000 targets")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.calls:
        calls(args.seed)
        return
    found = measured(args.targets, args.seed)
    print(json.dumps(found, ensure_ascii=False) if args.json else _table(found))


def rows(seed: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Goals and points as keyword arguments, without an end."""
    draw = random.Random(seed)
    while True:
        for row in MIX:
            for _ in range(row[-1]):
                yield _goal(draw, row), _points(draw, row)


def _goal(draw: random.Random, row: Row) -> dict[str, Any]:
    meaning, direction, unit, level, base, swing, nature, _told, _share = row
    level = round(level + draw.choice((0, 0, swing, -swing)) / 2, 1)
    return {
        "direction": Direction(direction),
        "low": None if direction == "zero" else level,
        "high": level + 1 if direction == "range" else None,
        "unit": unit,
        "baseline": None if base is None else round(base + draw.uniform(-swing, swing), 1),
        "baseline_year": None if base is None else 2020,
        "meaning": PeriodMeaning(meaning),
        "term": TERM,
        "deadline": TERM.last_day,
        "nature": nature,
    }


def _points(draw: random.Random, row: Row) -> list[dict[str, Any]]:
    meaning, _direction, unit, level, base, swing, nature, told, _share = row
    periods = TOLD[told][: draw.choice((len(TOLD[told]), len(TOLD[told]) - 1))]
    points = []
    for number, text in enumerate(periods):
        period = Period.parse(text)
        way = (number + 1) / (2 * len(periods)) * draw.uniform(0.6, 1.3)
        value = level if base is None else base + (level - base) * way
        if meaning == "cumulative":
            value = level / 20 * draw.uniform(0.5, 1.5)
        elif nature == "flow":
            value = value / {"months": 12, "half-years": 2}[told]
        elif nature == "status":
            value = float(draw.random() < 0.2)
        digits = 0 if unit in ("hộ", "tuyến", "đảng viên") else 1
        value = round(max(0.0, value + draw.gauss(0, swing / 4)), digits)
        extra = {"planned": round(value / draw.uniform(0.9, 1.1), 1)} if meaning == "against_plan" else {}
        late = period.end + timedelta(days=draw.choice((0, 5, 12)))
        points.append({"period": period, "value": value, "kind": ResultKind.OFFICIAL, "as_of": late} | extra)
    return points


def measured(targets: int, seed: int) -> dict[str, Any]:
    """Seconds of each step over all targets, and what the verdicts were."""
    source, spent, status = rows(seed), Counter[str](), Counter[str]()
    clock = time.process_time
    for _ in range(0, targets, A_BODY):
        given = [next(source) for _ in range(A_BODY)]
        began = clock()
        held = [(Goal(**goal), tuple(Point(**point) for point in points)) for goal, points in given]
        made = clock()
        verdicts = [assess(goal, points, TODAY) for goal, points in held]
        judged = clock()
        for verdict in verdicts:
            _ = verdict.reasons
        said = clock()
        for verdict in verdicts:
            _ = verdict.forecast
        ahead = clock()
        for verdict in verdicts:
            _ = verdict.inputs
        done = clock()
        spent.update({"records": made - began, "judge": judged - made, "words": said - judged,
                      "forecast": ahead - said, "inputs": done - ahead})  # fmt: skip
        status.update(str(verdict.status) for verdict in verdicts)
    return {"targets": targets, "seconds": dict(spent), "status": dict(status)}


def _table(found: dict[str, Any]) -> str:
    number, lines = found["targets"], [f"{found['targets']:,} targets, one core"]
    for name, seconds in found["seconds"].items():
        lines.append(f"  {name:10} {seconds:7.1f} s  {number / max(seconds, 1e-9):>12,.0f} a second")
    judge = found["seconds"]["judge"] * 320_000 / number
    lines.append(f"  a nation's 320,000 judged in {judge:.1f} s (goal {GOAL_SECONDS})")
    lines.append("  " + " · ".join(f"{name} {count:,}" for name, count in sorted(found["status"].items())))
    return "\n".join(lines)


def calls(seed: int) -> None:
    """A profile of judging alone."""
    source = rows(seed)
    held = [
        (Goal(**goal), tuple(Point(**point) for point in points))
        for goal, points in (next(source) for _ in range(4000))
    ]
    profile = cProfile.Profile()
    verdicts: list[Verdict] = []
    profile.enable()
    for goal, points in held:
        verdicts.append(assess(goal, points, TODAY))
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
