"""Goals over the whole term: the average of yearly rates, and sums of what each period brought.

Rules path.yearly_average and path.cumulative. Called by the judge only.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from nhiemky.assess.target.facts import Goal, Point, Reason
from nhiemky.assess.target.finding import LATE_AFTER_DAYS, STALE_AFTER_DAYS, Finding, undecidable
from nhiemky.assess.target.path import Aim, accumulates, aim_of, level_at, tolerance
from nhiemky.assess.target.series import YearFigure, by_year, cover, missing_months
from nhiemky.assess.target.words import reason, words
from nhiemky.values.figures import day, figure, figure_english
from nhiemky.values.kinds import Direction, VerdictStatus
from nhiemky.values.period import year_fraction

_CHANGES = (Direction.INCREASE, Direction.DECREASE)


def judge_average(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """The mean of the yearly figures so far against the bound; a change by levels is divided by the years it took."""
    if goal.direction in _CHANGES and goal.baseline is not None:
        return _judge_change(goal, points, today)
    aim = aim_of(replace(goal, direction=Direction.AT_LEAST) if goal.direction in _CHANGES else goal, goal.baseline)
    if aim is None:
        return undecidable(
            "Chỉ tiêu bình quân chưa có mức", "The average target has no level", "mức chỉ tiêu", latest=points[-1]
        )
    figures = by_year(points, adds_up=accumulates(goal))
    last = min(goal.deadline.year, goal.term.end_year)
    whole = [figure for year, figure in figures.items() if figure.whole and year <= last and year <= today.year]
    part = [figure for year, figure in figures.items() if not figure.whole and year <= last]
    gaps = [year for year in goal.term.years if year <= last and _overdue(year, today) and year not in figures]
    gaps += [f.year for f in part if _overdue(f.year, today)]
    if not whole and (not part or accumulates(goal)):
        return undecidable(
            "Chưa có kết quả trọn năm nào để tính bình quân",
            "There is no full year yet to average",
            "kết quả cả năm",
            latest=points[-1],
        )
    used = whole or part[-1:]
    mean = math.fsum(f.value for f in used) / len(used)
    say = words(goal, *(f.value for f in used))
    complete = len(whole) == len(range(goal.term.start_year + 1, last + 1)) and today > goal.deadline
    status = _average_status(aim, mean, complete)
    years = ", ".join(f"{f.year}: {'ước ' if f.is_estimate else ''}{figure(f.value)}" for f in used)
    bound = _bound(aim, say.vi), _bound(aim, say.en)
    text = reason(
        f"Bình quân cộng {len(used)} năm là {say.near_vi(mean)} ({years}), chỉ tiêu {bound[0]}",
        f"The mean of {len(used)} yearly rates is {say.near_en(mean)}, the goal is {bound[1]}",
        mean=mean,
        goal=aim.mark(mean),
    )
    missing = tuple(f"kết quả năm {year}" for year in sorted(gaps))
    if missing or (today > goal.deadline and not complete):
        status = VerdictStatus.UNDECIDABLE
        missing = missing or ("kết quả các năm còn thiếu",)
    reasons = (text, *_geometric(goal, aim, [f.value for f in used], mean), *_with_part(part, whole, say.near_vi))
    lack = (Reason("Còn thiếu " + ", ".join(missing), "Figures are missing"),) if missing else ()
    return Finding(
        status,
        (*reasons, *lack),
        missing,
        value=mean,
        on=used[-1].latest.on,
        expected=aim.mark(mean),
        share=mean / aim.low if aim.low and aim.low > 0 else None,
        needed=None if complete else _needed_rate(aim, mean, len(used), last - goal.term.start_year),
        actual=mean,
        latest=points[-1],
        goal_level=aim.mark(mean),
        series=tuple((f.year + 1.0, f.value) for f in whole),
        series_from=goal.term.start_year + 1.0,
    )


def _average_status(aim: Aim, mean: float, complete: bool) -> VerdictStatus:
    reach = aim.reach(mean)
    if complete:
        return {
            "beyond": VerdictStatus.EXCEEDED,
            "inside": VerdictStatus.MET,
            "short": VerdictStatus.MISSED,
        }[reach]
    return VerdictStatus.AT_RISK if reach == "short" else VerdictStatus.ON_TRACK


def _needed_rate(aim: Aim, mean: float, done: int, years: int) -> float | None:
    mark = aim.mark(mean)
    return None if mark is None or years <= done else (mark * years - mean * done) / (years - done)


def _geometric(goal: Goal, aim: Aim, rates: list[float], mean: float) -> list[Reason]:
    """Growth compounds: beside the plain mean of yearly rates the compound one is told where it differs."""
    if not goal.unit.strip().startswith("%") or len(rates) < 2 or min(rates) <= -100 or goal.nature == "stock":
        return []
    compound = (math.exp(math.fsum(math.log1p(rate / 100) for rate in rates) / len(rates)) - 1) * 100
    if (aim.reach(compound) == "short") == (aim.reach(mean) == "short"):
        return []
    return [
        reason(
            f"Nếu là tốc độ tăng và tính bình quân nhân thì được {figure(compound, 2)}%, kết luận sẽ khác",
            f"As a compound growth rate it would be {figure_english(compound, 2)}%, and the conclusion would differ",
            compound=compound,
        )
    ]


def _with_part(part: list[YearFigure], whole: list[YearFigure], near: Callable[[float], str]) -> list[Reason]:
    if not part or not whole:
        return []
    now = part[-1]
    return [
        reason(
            f"{now.latest.period.label}: {near(now.value)}, chưa tính vào bình quân",
            f"{now.latest.period.english}: {figure_english(now.value)}, not yet in the mean",
            part=now.value,
        )
    ]


def _judge_change(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """`giảm 1,41 điểm mỗi năm` with levels: the way from the baseline over the years it took."""
    assert goal.baseline is not None
    latest, say = points[-1], words(goal, points[-1].value)
    amount = goal.low if goal.low is not None else goal.high
    sign = 1 if goal.direction is Direction.INCREASE else -1
    start = (goal.baseline_year if goal.baseline_year is not None else goal.term.start_year) + 1.0
    took = year_fraction(latest.on) - start
    if took <= 0:
        return undecidable(
            "Chưa có kết quả sau mức gốc", "No result after the baseline", "kết quả sau mức gốc", latest=latest
        )
    pace = (latest.value - goal.baseline) / took * sign
    due = goal.baseline + sign * (amount or 0.0) * took
    slack = tolerance(latest.value, goal.baseline)
    kept = (latest.value - due) * sign >= -slack and (pace > 0 or bool(amount))
    done = today > goal.deadline and latest.on >= goal.deadline
    good, bad = (VerdictStatus.MET, VerdictStatus.MISSED) if done else (VerdictStatus.ON_TRACK, VerdictStatus.AT_RISK)
    verb, english = ("tăng", "rose") if sign > 0 else ("giảm", "fell")
    asked = f" ít nhất {say.gap_vi(amount, 0)}" if amount else ""
    asked_en = f" by at least {say.gap_en(amount, 0)}" if amount else ""
    moved = pace if pace > 0 else 0.0
    text = reason(
        f"Từ {say.vi(goal.baseline)} đến {say.vi(latest.value)} ngày {day(latest.on)}: bình quân mỗi năm {verb} "
        f"{say.gap_vi(moved, 1)}, chỉ tiêu {verb}{asked} mỗi năm",
        f"From {say.en(goal.baseline)} to {say.en(latest.value)} on {day(latest.on)}: it {english} by "
        f"{say.gap_en(moved, 1)} a year, the goal is to {'rise' if sign > 0 else 'fall'}{asked_en} a year",
        pace=pace,
        asked=amount,
    )
    return Finding(
        good if kept else bad, (text,), value=latest.value, on=latest.on, expected=due, latest=latest,
        needed=None if amount is None else sign * amount, actual=sign * pace, goal_level=due,
        series=((start, goal.baseline), *(row for row in _rows(points) if row[0] > start)),
    )  # fmt: skip


@dataclass(frozen=True)
class Sum:
    """What has been added up: the value, the day it covers to, the pieces, and months nobody told of."""

    value: float
    on: date
    used: tuple[Point, ...]
    lacking: tuple[str, ...]
    estimate: bool


def add_up(goal: Goal, points: tuple[Point, ...]) -> Sum:
    """Periods of a year that do not overlap, on top of the latest running total; never H1 and its year twice."""
    totals = [point for point in points if point.running_total]
    base = max(totals, key=lambda point: (point.on, point.period), default=None)
    pieces: list[Point] = [] if base is None else [base]
    lacking: list[str] = []
    singles = [p for p in points if not p.running_total and (base is None or p.period.start > base.on)]
    last = max((p.on for p in (*singles, *pieces)), default=goal.term.first_day)
    first_year = goal.term.start_year + 1 if base is None else base.on.year
    for year in range(first_year, last.year + 1):
        used = cover(p for p in singles if p.period.year == year)
        pieces += used
        since = base.on.month if base is not None and base.on.year == year else 0
        until = 12 if year < last.year else last.month
        gone = [month for month in missing_months(used, until) if month > since]
        if gone:
            lacking.append(f"năm {year}" if len(gone) == 12 else f"tháng {_months(gone)} năm {year}")
    value = math.fsum(point.value for point in pieces)
    return Sum(value, last, tuple(pieces), tuple(lacking), any(point.is_estimate for point in pieces))


def judge_cumulative(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """The sum so far against what the term should have brought by the day it covers to."""
    plain = replace(goal, direction=Direction.AT_LEAST) if goal.direction in _CHANGES else goal
    aim = aim_of(plain)
    if aim is None:
        return undecidable(
            "Chỉ tiêu lũy kế chưa có mức", "The cumulative target has no level", "mức chỉ tiêu", latest=points[-1]
        )
    total = add_up(goal, tuple(point for point in points if point.on <= goal.deadline) or points)
    mark = aim.mark(total.value if aim.low is not None and aim.high is not None and aim.better == 0 else None) or 0.0
    expected = expected_sum(goal, mark, total.on)
    status = _sum_status(goal, aim, total, expected, today)
    say = words(goal, *(point.value for point in total.used))
    lead, lead_en = ("Ước lũy kế", "Estimated total") if total.estimate else ("Lũy kế", "In total")
    gap = say.distance(total.value, expected)
    above = "cao hơn" if total.value > expected else "thấp hơn"
    side = f", {above} lộ trình {say.near_vi(expected)}" if gap else f", đúng lộ trình {say.near_vi(expected)}"
    side_en = f", {'above' if total.value > expected else 'below'} the path of {say.near_en(expected)}"
    text = reason(
        f"{lead} {say.vi(total.value)} đến {day(total.on)}, chỉ tiêu cả nhiệm kỳ {_bound(aim, say.vi)}{side}",
        f"{lead_en} {say.en(total.value)} by {day(total.on)}, the goal of the term is {_bound(aim, say.en)}{side_en}",
        value=total.value,
        goal=mark,
        expected=expected,
    )
    lack = (
        [Reason("Chưa có số liệu " + ", ".join(total.lacking), "Some months have no figure")] if total.lacking else []
    )
    days = (today - total.on).days
    old = [Reason(f"Số liệu đã cũ {int(days / 30.44)} tháng, cần cập nhật", "The figures are old")]
    left = year_fraction(goal.deadline) - year_fraction(total.on)
    done = year_fraction(total.on) - (goal.term.start_year + 1.0)
    missing = total.lacking if status is VerdictStatus.UNDECIDABLE else ()
    if status is VerdictStatus.UNDECIDABLE and not missing:
        missing = (f"kết quả đến {day(goal.deadline)}",)
    return Finding(
        status,
        (text, *lack, *(old if days > STALE_AFTER_DAYS and today <= goal.deadline else [])),
        missing,
        value=total.value,
        on=total.on,
        expected=expected,
        share=total.value / mark if mark > 0 else None,
        needed=max(0.0, (mark - total.value) / left) if left > 1 / 24 and aim.better >= 0 else None,
        actual=total.value / done if done >= 0.25 else None,
        latest=points[-1],
        goal_level=mark,
        series=() if goal.step_like or total.lacking else running_sums(goal, total),
    )


def _sum_status(goal: Goal, aim: Aim, total: Sum, expected: float, today: date) -> VerdictStatus:
    reach = aim.reach(total.value)
    over = today > goal.deadline
    capped = aim.low is None or (aim.high is not None and aim.better <= 0)
    if capped and aim.high is not None and total.value > aim.high + 1e-9 * max(1.0, abs(aim.high)):
        return VerdictStatus.MISSED  # a sum never comes back
    if not capped and reach != "short":
        return VerdictStatus.EXCEEDED if reach == "beyond" else VerdictStatus.MET
    if over:
        if total.on < goal.deadline or total.lacking:
            return VerdictStatus.UNDECIDABLE
        if reach == "short":
            waits = total.estimate and (today - goal.deadline).days <= LATE_AFTER_DAYS
            return VerdictStatus.AT_RISK if waits else VerdictStatus.MISSED
        return VerdictStatus.EXCEEDED if reach == "beyond" else VerdictStatus.MET
    if goal.step_like and not goal.path:
        return VerdictStatus.NOT_DUE
    slack = tolerance(goal.low, goal.high, *(point.value for point in total.used))
    behind = total.value > expected + slack if aim.low is None else total.value < expected - slack
    if behind:
        return VerdictStatus.UNDECIDABLE if total.lacking and aim.low is not None else VerdictStatus.AT_RISK
    return VerdictStatus.ON_TRACK


def expected_sum(goal: Goal, mark: float, on: date) -> float:
    """Evenly over the term, or by the given years; yearly amounts are told from running totals by their sum."""
    start, end = goal.term.start_year + 1.0, year_fraction(goal.deadline)
    rows = [(year + 1.0, value) for year, value in goal.path if start < year + 1.0 <= end]
    if rows and abs(math.fsum(value for _, value in rows) - mark) < abs(rows[-1][1] - mark):
        sums, whole = [], 0.0
        for when, value in rows:
            whole += value
            sums.append((when, whole))
        rows = sums
    knots = ((start, 0.0), *(row for row in rows if row[0] < end), (end, mark))
    return level_at(knots, year_fraction(on), steps=goal.step_like) or 0.0


def running_sums(goal: Goal, total: Sum) -> tuple[tuple[float, float], ...]:
    rows, whole = [(goal.term.start_year + 1.0, 0.0)], 0.0
    for point in sorted(total.used, key=lambda point: point.on):
        whole += point.value
        rows.append((year_fraction(point.on), whole))
    return tuple(rows)


def _bound(aim: Aim, say: Callable[[float], str]) -> str:
    if aim.low is not None and aim.high is not None and aim.low != aim.high:
        return f"{say(aim.low)}–{say(aim.high)}"
    if aim.zero:
        return say(0.0)
    sign = "" if aim.low == aim.high else "≥ " if aim.high is None else "≤ "
    return f"{sign}{say(aim.mark(None) or 0.0)}"


def _rows(points: Iterable[Point]) -> tuple[tuple[float, float], ...]:
    return tuple((year_fraction(point.on), point.value) for point in points)


def _overdue(year: int, today: date) -> bool:
    return (today - date(year, 12, 31)).days > LATE_AFTER_DAYS


def _months(months: list[int]) -> str:
    return str(months[0]) if len(months) == 1 else f"{months[0]}–{months[-1]}"
