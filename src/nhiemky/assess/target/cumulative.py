"""Goals summed over the term: what each period brought, added once, against what should be there by that day.

Rule path.cumulative. Called by the judge; `track` draws the same sums.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from nhiemky.assess.target.facts import Goal, Point, Reason
from nhiemky.assess.target.finding import (
    LATE_AFTER_DAYS,
    OFFICIAL_FIGURE,
    ONLY_ESTIMATED,
    STALE_AFTER_DAYS,
    Finding,
    undecidable,
)
from nhiemky.assess.target.path import Aim, aim_of, level_at, tolerance
from nhiemky.assess.target.series import cover, missing_months
from nhiemky.assess.target.words import bound_words, reason, words
from nhiemky.values.figures import day
from nhiemky.values.kinds import Direction, VerdictStatus
from nhiemky.values.period import year_fraction


@dataclass(frozen=True)
class Sum:
    """What has been added up: the value, the day it covers to, the pieces, months nobody told of, running totals."""

    value: float
    on: date
    used: tuple[Point, ...]
    lacking: tuple[str, ...]
    totals: tuple[Point, ...]

    @property
    def is_estimate(self) -> bool:
        return any(point.is_estimate for point in self.used)


def judge_cumulative(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """The sum so far against what the term should have brought by the day it covers to."""
    changes = (Direction.INCREASE, Direction.DECREASE)  # "giảm 50 hộ trong nhiệm kỳ": the results are the amounts
    aim = aim_of(replace(goal, direction=Direction.AT_LEAST) if goal.direction in changes else goal)
    if aim is None:
        return undecidable(
            "Chỉ tiêu lũy kế chưa có mức", "The cumulative target has no level", "mức chỉ tiêu", latest=points[-1]
        )
    total = add_up(goal, tuple(point for point in points if point.on <= goal.deadline) or points)
    mark = sum_mark(aim)
    expected = expected_sum(goal, mark, total.on)
    status = _status(goal, aim, total, expected, today)
    awaits = status is VerdictStatus.AT_RISK and today > goal.deadline
    missing = total.lacking if status is VerdictStatus.UNDECIDABLE else OFFICIAL_FIGURE if awaits else ()
    if status is VerdictStatus.UNDECIDABLE and not missing:
        missing = (f"kết quả đến {day(goal.deadline)}",)
    left = year_fraction(goal.deadline) - year_fraction(total.on)
    done = year_fraction(total.on) - (goal.term.start_year + 1.0)
    return Finding(
        status,
        lambda: (*_reasons(goal, aim, total, expected, today), *((ONLY_ESTIMATED,) if awaits else ())),
        missing,
        value=total.value,
        on=total.on,
        expected=expected,
        share=total.value / mark if mark > 0 else None,
        needed=max(0.0, (mark - total.value) / left) if left > 1 / 24 and aim.low is not None else None,
        actual=total.value / done if done >= 0.25 else None,
        latest=points[-1],
        goal_level=mark,
        series=lambda: () if goal.step_like or total.lacking else running_sums(goal, total),
        flow=total.used,
        aim=aim,
    )


def sum_mark(aim: Aim) -> float:
    """The sum a path goes to: the near end of a range, for more is what the term adds."""
    bound = aim.high if aim.low is None else aim.low
    return bound or 0.0


def add_up(goal: Goal, points: tuple[Point, ...]) -> Sum:
    """Periods of a year that do not overlap, on top of the latest running total; never H1 and its year twice."""
    totals = tuple(point for point in points if point.running_total)
    base = totals[-1] if totals else None
    pieces: list[Point] = [] if base is None else [base]
    singles = [p for p in points if not p.running_total and (base is None or p.period.start > base.on)]
    last = max((p.on for p in (*singles, *pieces)), default=goal.term.first_day)
    lacking: list[str] = []
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
    return Sum(value, last, tuple(pieces), tuple(lacking), totals)


def expected_sum(goal: Goal, mark: float, on: date) -> float:
    """Evenly over the term, or by the given years; yearly amounts are told from running totals by what they sum to."""
    start, end = goal.term.start_year + 1.0, year_fraction(goal.deadline)
    rows = [(year + 1.0, value) for year, value in goal.path if start < year + 1.0 <= end]
    if rows and abs(math.fsum(value for _, value in rows) - mark) < abs(rows[-1][1] - mark):
        whole, sums = 0.0, []
        for when, value in rows:
            whole += value
            sums.append((when, whole))
        rows = sums
    knots = ((start, 0.0), *(row for row in rows if row[0] < end), (end, mark))
    return level_at(knots, year_fraction(on), steps=goal.step_like) or 0.0


def running_sums(goal: Goal, total: Sum) -> tuple[tuple[float, float], ...]:
    """(time, sum) from nothing at the start of the term, through the running totals told, then piece by piece."""
    rows = [(goal.term.start_year + 1.0, 0.0), *((year_fraction(p.on), p.value) for p in total.totals)]
    whole = total.totals[-1].value if total.totals else 0.0
    for point in sorted((p for p in total.used if not p.running_total), key=lambda point: point.on):
        whole += point.value
        rows.append((year_fraction(point.on), whole))
    return tuple(rows)


def _status(goal: Goal, aim: Aim, total: Sum, expected: float, today: date) -> VerdictStatus:
    reach = aim.reach(total.value)
    top = aim.high if aim.low is None or aim.better <= 0 else None
    if top is not None and total.value > top + 1e-9 * max(1.0, abs(top)):
        return VerdictStatus.MISSED  # a sum never comes back
    settled = VerdictStatus.EXCEEDED if reach == "beyond" else VerdictStatus.MET
    if top is None and reach != "short":
        return settled
    if today > goal.deadline:
        if total.on < goal.deadline or total.lacking:
            return VerdictStatus.UNDECIDABLE
        if reach != "short":
            return settled
        waits = total.is_estimate and (today - goal.deadline).days <= LATE_AFTER_DAYS
        return VerdictStatus.AT_RISK if waits else VerdictStatus.MISSED
    if goal.step_like and not goal.path and aim.low is not None:
        return VerdictStatus.NOT_DUE
    if top is not None and total.lacking:
        return VerdictStatus.UNDECIDABLE  # what nobody told may be over it
    slack = tolerance(goal.low, goal.high, *(point.value for point in total.used))
    if aim.low is None:
        return VerdictStatus.AT_RISK if total.value > expected + slack else VerdictStatus.ON_TRACK
    if total.value >= expected - slack:
        return VerdictStatus.ON_TRACK
    return VerdictStatus.UNDECIDABLE if total.lacking else VerdictStatus.AT_RISK


def _reasons(goal: Goal, aim: Aim, total: Sum, expected: float, today: date) -> tuple[Reason, ...]:
    say = words(goal, *(point.value for point in total.used))
    lead, lead_en = ("Ước lũy kế", "Estimated total") if total.is_estimate else ("Lũy kế", "In total")
    gap, above = say.distance(total.value, expected), total.value > expected
    side, side_en = f"đúng lộ trình {say.near_vi(expected)}", f"on the path of {say.near_en(expected)}"
    if gap:
        side = f"{'cao' if above else 'thấp'} hơn lộ trình {say.near_vi(expected)} là {say.gap_vi(gap)}"
        side_en = f"{say.gap_en(gap)} {'above' if above else 'below'} the path of {say.near_en(expected)}"
    vi, en = bound_words(say, aim)
    text = reason(
        f"{lead} {say.vi(total.value)} đến {day(total.on)}, chỉ tiêu cả nhiệm kỳ {vi}, {side}",
        f"{lead_en} {say.en(total.value)} by {day(total.on)}, the goal of the term is {en}, {side_en}",
        value=total.value,
        goal=sum_mark(aim),
        expected=expected,
    )
    reasons = [text]
    if total.lacking:
        reasons.append(Reason("Chưa có số liệu " + ", ".join(total.lacking), "Some months have no figure"))
    if today > goal.deadline > total.on:
        reasons.append(
            Reason(
                f"Đã quá hạn {day(goal.deadline)} nhưng số liệu mới đến {day(total.on)}",
                f"The deadline {day(goal.deadline)} has passed, the figures only go to {day(total.on)}",
            )
        )
    months = int((today - total.on).days / 30.44)
    if (today - total.on).days > STALE_AFTER_DAYS and today <= goal.deadline:
        reasons.append(Reason(f"Số liệu đã cũ {months} tháng, cần cập nhật", f"The figures are {months} months old"))
    return tuple(reasons)


def _months(months: Iterable[int]) -> str:
    told = list(months)
    return str(told[0]) if len(told) == 1 else f"{told[0]}–{told[-1]}"
