"""Forecasts to the end of a term, told of made-up series and compared with how these end: error and coverage.

    python -m benchmarks.forecast [--each 100] [--seed 1] [--json]
    python -m benchmarks.forecast --install     fetches statsmodels into .venv/peers

Ours goes the product's whole way, from a goal and its results. Beside it the last value, a straight line and the ETS
of statsmodels (level, trend, damped trend, with a season where two years are known; the best by AICc). An error is told
in mean yearly steps of its series (a budget's in tenths of the year): mean / median, then how many of the 80 % ranges
held the truth. For sums and budgets the others tell the amounts ahead, not their total: that is their better side.
"""

import argparse
import importlib
import json
import math
import statistics
import subprocess
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any

from benchmarks.forecast_series import END, FAMILIES, Case, made
from benchmarks.peers import HOME, Missing
from nhiemky.assess.target import Goal, Point, assess
from nhiemky.assess.target.forecast import t80
from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind
from nhiemky.values.period import Period, Term

Told = tuple[float, float, float]
TERM = Term(2020, 2025)
_HOW = {
    "rate": ("%", PeriodMeaning.BY_DEADLINE, None),
    "reduction": ("%", PeriodMeaning.BY_DEADLINE, None),
    "stock": ("triệu đồng", PeriodMeaning.BY_DEADLINE, "stock"),
    "steady": ("%", PeriodMeaning.MAINTAIN, None),
    "steps": ("mô hình", PeriodMeaning.BY_DEADLINE, "stock"),
    "count": ("đảng viên", PeriodMeaning.EACH_YEAR, "flow"),
    "sum": ("tuyến", PeriodMeaning.CUMULATIVE, "flow"),
    "budget": ("tỷ đồng", PeriodMeaning.EACH_YEAR, "flow"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=100, help="series of each family")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--ours", action="store_true", help="without statsmodels")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.install:
        where = str(HOME / "statsmodels")
        subprocess.run([sys.executable, "-m", "pip", "-q", "install", "--target", where, "statsmodels"], check=True)
        return
    found, methods = measured(args.each, args.seed, _methods(ets_wanted=not args.ours))
    print(json.dumps(found, ensure_ascii=False) if args.json else _table(found, methods))


def _methods(*, ets_wanted: bool) -> dict[str, Callable[[Case], Told]]:
    methods: dict[str, Callable[[Case], Told]] = {"ours": ours, "last": last, "line": line}
    if ets_wanted:
        try:
            methods["ets"] = ets()
        except Missing as missing:
            print(missing, file=sys.stderr)
    return methods


def measured(each: int, seed: int, methods: dict[str, Callable[[Case], Told]]) -> tuple[dict[str, Any], Counter[str]]:
    """Family → method → error mean, median, coverage, where every method was asked of the same series."""
    rows: dict[str, dict[str, list[tuple[float, bool]]]] = defaultdict(lambda: defaultdict(list))
    chosen: Counter[str] = Counter()
    for family in FAMILIES:
        for number in range(each):
            case = made(family, 1000 * seed + number)
            for name, tell in methods.items():
                low, mid, high = tell(case)
                row = abs(mid - case.truth) / case.scale, low - 1e-9 <= case.truth <= high + 1e-9
                rows[family][name].append(row)
                rows["all"][name].append(row)
            chosen[f"{family}: {method_of(case)}"] += 1
    return {family: {name: _summed(found) for name, found in told.items()} for family, told in rows.items()}, chosen


def _summed(rows: list[tuple[float, bool]]) -> dict[str, float]:
    errors = [error for error, _ in rows]
    return {"mean": statistics.fmean(errors), "median": statistics.median(errors),
            "covered": sum(held for _, held in rows) / len(rows)}  # fmt: skip


def _table(found: dict[str, Any], chosen: Counter[str]) -> str:
    lines = ["            " + "".join(f"{name:>22}" for name in found["all"])]
    for family, told in sorted(found.items(), key=lambda row: row[0] == "all"):
        cells = (f"{row['mean']:6.2f} /{row['median']:5.2f}  {100 * row['covered']:3.0f}%" for row in told.values())
        lines.append(f"  {family:10}" + "".join(f"{cell:>22}" for cell in cells))
    lines.append("  chosen: " + ", ".join(f"{name} {count}" for name, count in sorted(chosen.items())))
    return "\n".join(lines)


def given(case: Case) -> tuple[Goal, list[Point], date]:
    """The case as the register holds it: a goal, results by period, the day after the last of them."""
    unit, meaning, nature = _HOW[case.family]
    if case.family == "budget":
        first = int(END) - 1 - (len(case.flow) - 1) // case.per
        told = [(first + n // case.per, n % case.per + 1, value) for n, value in enumerate(case.flow)]
        name = "Q{}" if case.per == 4 else "M{:02d}"
        points = [_point(Period(year, name.format(part)), value) for year, part, value in told]
    else:
        values = [after - before for before, after in pairwise(case.values)] if case.family == "sum" else case.values
        times = case.times[len(case.times) - len(values) :]
        points = [_point(_period(time, case.step), value) for time, value in zip(times, values, strict=True)]
    base = None
    if meaning is PeriodMeaning.BY_DEADLINE:
        base, points = points[0].value, points[1:]
    start = min(TERM.start_year, points[0].period.year - 1)
    goal = Goal(Direction.AT_LEAST, 1e9, None, unit, base, TERM.start_year, meaning, Term(start, TERM.end_year),
                TERM.last_day, nature=nature)  # type: ignore[arg-type]  # fmt: skip
    return goal, points, points[-1].period.end + timedelta(days=1)


def _period(time: float, step: float) -> Period:
    """The period of that length which ends at the time."""
    year, part = divmod(round((time - 1) * 4) + 3, 4)
    name = {1.0: None, 0.5: f"H{(part + 1) // 2}", 0.25: f"Q{part + 1}"}[step]
    return Period(year, name)


def _point(period: Period, value: float) -> Point:
    return Point(period, value, ResultKind.OFFICIAL, period.end)


def ours(case: Case) -> Told:
    found = assess(*given(case)).forecast
    if found is None:
        raise ValueError(f"no forecast of {case}")
    return found.low, found.mid, found.high


def method_of(case: Case) -> str:
    found = assess(*given(case)).forecast
    return found.method if found else "none"


def _amounts(case: Case) -> tuple[list[float], int, float, bool]:
    """Equal steps, how many are ahead, what is there already, whether the steps are added to it."""
    if case.family == "budget":
        running = len(case.flow) % case.per
        return list(case.flow), case.per - running, sum(case.flow[-running:]), True
    ahead = round((END - case.times[-1]) / case.step)
    if case.family == "sum":
        return [after - before for before, after in pairwise(case.values)], ahead, case.values[-1], True
    return list(case.values), ahead, 0.0, False


def last(case: Case) -> Told:
    """The last value stays; a range from the steps so far."""
    values, ahead, done, adds = _amounts(case)
    moves = [after - before for before, after in pairwise(values)]
    spread = t80(len(moves)) * math.sqrt(sum(move * move for move in moves) / max(1, len(moves)))
    if adds:
        mid, half = done + values[-1] * ahead, spread * ahead * math.sqrt((ahead + 1) / 2)
    else:
        mid, half = values[-1], spread * math.sqrt(ahead)
    return mid - half, mid, mid + half


def line(case: Case) -> Told:
    """Least squares; of sums through the running total."""
    values, ahead, done, adds = _amounts(case)
    rows = [0.0, *accumulate(values)] if adds else values
    n, at = len(rows), len(rows) - 1 + ahead
    mid_x, mean = (n - 1) / 2, statistics.fmean(rows)
    square = sum((x - mid_x) ** 2 for x in range(n))
    slope = sum((x - mid_x) * (value - mean) for x, value in enumerate(rows)) / square
    left = sum((value - mean - slope * (x - mid_x)) ** 2 for x, value in enumerate(rows))
    half = t80(n - 2) * math.sqrt(left / (n - 2)) * math.sqrt(1 + 1 / n + (at - mid_x) ** 2 / square)
    mid = mean + slope * (at - mid_x) + (done - rows[-1] if adds else 0.0)
    return mid - half, mid, mid + half


def ets() -> Callable[[Case], Told]:
    """statsmodels' ETS, its form chosen by AICc among those the number of values allows."""
    if not (HOME / "statsmodels").is_dir():
        raise Missing("statsmodels: python -m benchmarks.forecast --install")
    sys.path.append(str(HOME / "statsmodels"))
    model = importlib.import_module("statsmodels.tsa.exponential_smoothing.ets").ETSModel

    def tell(case: Case) -> Told:
        values, ahead, done, adds = _amounts(case)
        best = _best(model, values, case.per if case.family == "budget" else 0)
        if best is None:
            return last(case)
        frame = best.get_prediction(start=len(values), end=len(values) + ahead - 1).summary_frame(alpha=0.2)
        mid, high = list(frame["mean"]), list(frame["pi_upper"])
        if adds:
            total = done + sum(mid)
            half = math.sqrt(sum((top - middle) ** 2 for top, middle in zip(high, mid, strict=True)))
            return total - half, total, total + half
        return 2 * mid[-1] - high[-1], mid[-1], high[-1]

    return tell


def _best(model: Any, values: list[float], per: int) -> Any:
    series = importlib.import_module("pandas").Series
    forms = [(trend, damped, season) for trend, damped in ((None, False), ("add", False), ("add", True))
             for season in ((None, per) if per and len(values) >= 2 * per else (None,))]  # fmt: skip
    best = None
    for trend, damped, season in forms:
        free = len(values) - (4 + 2 * bool(trend) + damped + (season or 0))
        if free <= 0 and (trend or season):
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                fitted = model(series(values), error="add", trend=trend, damped_trend=damped,
                               seasonal="add" if season else None, seasonal_periods=season,
                               initialization_method="estimated").fit(disp=0)  # fmt: skip
        except (ValueError, ArithmeticError, RuntimeError):  # a series its optimiser cannot take
            continue
        weight = fitted.aicc if free > 0 else fitted.aic
        if best is None or weight < best[0]:
            best = weight, fitted
    return best[1] if best else None


if __name__ == "__main__":
    main()
