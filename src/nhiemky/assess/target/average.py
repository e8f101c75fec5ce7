"""Goals as an average a year over the term: the mean of yearly figures, or the way from a baseline by its years.

Rule path.yearly_average. Called by the judge only.
"""

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from nhiemky.assess.target.facts import Goal, Point, Reason
from nhiemky.assess.target.finding import LATE_AFTER_DAYS, OFFICIAL_FIGURE, ONLY_ESTIMATED, Finding, undecidable
from nhiemky.assess.target.path import Aim, accumulates, aim_of, tolerance
from nhiemky.assess.target.series import YearFigure, by_year
from nhiemky.assess.target.words import Words, bound_words, reason, words
from nhiemky.values.figures import day, figure, figure_english
from nhiemky.values.kinds import Direction, VerdictStatus
from nhiemky.values.period import year_fraction

_CHANGES = (Direction.INCREASE, Direction.DECREASE)


def judge_average(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """The mean of the yearly figures so far against the bound; a change told by levels goes by the years it took."""
    if goal.direction in _CHANGES and goal.baseline is not None:
        return _judge_change(goal, points, today)
    aim = aim_of(replace(goal, direction=Direction.AT_LEAST) if goal.direction in _CHANGES else goal, goal.baseline)
    if aim is None:
        return undecidable(
            "Chỉ tiêu bình quân chưa có mức", "The average target has no level", "mức chỉ tiêu", latest=points[-1]
        )
    years = range(goal.term.start_year + 1, min(goal.deadline.year, goal.term.end_year) + 1)
    figures = [found for year, found in by_year(points, adds_up=accumulates(goal)).items() if year in years]
    whole = [found for found in figures if found.whole]
    part = [found for found in figures if not found.whole]
    used = whole or ([] if accumulates(goal) else part[-1:])
    if not used:
        return undecidable(
            "Chưa có kết quả trọn năm nào để tính bình quân",
            "There is no full year yet to average",
            "kết quả cả năm",
            latest=points[-1],
        )
    told = {found.year for found in whole}
    gaps = [year for year in years if year not in told and (today - date(year, 12, 31)).days > LATE_AFTER_DAYS]
    return _finding(goal, aim, used, part if whole else [], gaps, points, today)


def _finding(
    goal: Goal,
    aim: Aim,
    used: list[YearFigure],
    part: list[YearFigure],
    gaps: list[int],
    points: tuple[Point, ...],
    today: date,
) -> Finding:
    mean = math.fsum(found.value for found in used) / len(used)
    years = min(goal.deadline.year, goal.term.end_year) - goal.term.start_year
    complete = len(used) == years and used[-1].whole and today > goal.deadline
    status = _status(aim, mean, complete)
    missing = tuple(f"kết quả năm {year}" for year in gaps)
    if not complete and today > goal.deadline:
        missing = missing or ("kết quả các năm còn thiếu",)
    if missing:
        status = VerdictStatus.UNDECIDABLE
    mark = aim.mark(mean)
    awaits = status is VerdictStatus.MISSED and _awaited(goal, used, today)
    return Finding(
        VerdictStatus.AT_RISK if awaits else status,
        lambda: (*_reasons(goal, aim, used, part, mean, missing), *((ONLY_ESTIMATED,) if awaits else ())),
        OFFICIAL_FIGURE if awaits else missing,
        value=mean,
        on=used[-1].latest.on,
        expected=mark,
        share=mean / aim.low if aim.low and aim.low > 0 else None,
        needed=(mark * years - mean * len(used)) / (years - len(used)) if mark and years > len(used) else None,
        actual=mean,
        latest=points[-1],
        goal_level=mark,
        series=lambda: tuple((found.year + 1.0, found.value) for found in used if found.whole),
        series_from=goal.term.start_year + 1.0,
        flow=points if accumulates(goal) else (),
        aim=aim,
    )


def _awaited(goal: Goal, used: list[YearFigure], today: date) -> bool:
    """The last year is an estimate whose official figure may still be on the way."""
    return used[-1].is_estimate and (today - goal.deadline).days <= LATE_AFTER_DAYS


def _status(aim: Aim, mean: float, complete: bool) -> VerdictStatus:
    reach = aim.reach(mean)
    if not complete:
        return VerdictStatus.AT_RISK if reach == "short" else VerdictStatus.ON_TRACK
    final = {"beyond": VerdictStatus.EXCEEDED, "inside": VerdictStatus.MET, "short": VerdictStatus.MISSED}
    return final[reach]


def _reasons(
    goal: Goal, aim: Aim, used: list[YearFigure], part: list[YearFigure], mean: float, missing: tuple[str, ...]
) -> tuple[Reason, ...]:
    say = words(goal, *(found.value for found in used))
    say = replace(say, digits=min(4, say.digits + (len(used) > 1)))  # a mean has a digit more than its figures
    years = "; ".join(f"{f.year}: {'ước ' if f.is_estimate else ''}{figure(f.value)}" for f in used)
    text = reason(
        f"Bình quân cộng {len(used)} năm là {say.near_vi(mean)} ({years}), chỉ tiêu {bound_words(say, aim)[0]}",
        f"The mean of {len(used)} yearly rates is {say.near_en(mean)}, the goal is {bound_words(say, aim)[1]}",
        mean=mean,
        goal=aim.mark(mean),
    )
    if not used[-1].whole:
        text = reason(
            f"Mới có {used[-1].latest.period.label}: {say.vi(mean)}, chỉ tiêu bình quân {bound_words(say, aim)[0]}",
            f"Only {used[-1].latest.period.english}: {say.en(mean)}, the goal on average is {bound_words(say, aim)[1]}",
            mean=mean,
            goal=aim.mark(mean),
        )
    lack = [Reason("Còn thiếu " + ", ".join(missing), "Some years have no figure")] if missing else []
    return (text, *_compound(goal, aim, [found.value for found in used], mean), *_running_year(part, say), *lack)


def _compound(goal: Goal, aim: Aim, rates: list[float], mean: float) -> list[Reason]:
    """Growth compounds: the compound mean is told where it would decide otherwise than the mean of yearly rates."""
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


def _running_year(part: list[YearFigure], say: Words) -> list[Reason]:
    if not part:
        return []
    now = part[-1]
    return [
        reason(
            f"{now.latest.period.label}: {say.vi(now.value)}, chưa tính vào bình quân",
            f"{now.latest.period.english}: {say.en(now.value)}, not yet in the mean",
            part=now.value,
        )
    ]


def _judge_change(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """`giảm 1,41 điểm mỗi năm` with levels: the way from the baseline over the years it took."""
    base = goal.baseline or 0.0
    latest = [point for point in points if point.on <= goal.deadline][-1:] or list(points[-1:])
    point = latest[0]
    amount = goal.low if goal.low is not None else goal.high
    sign = 1 if goal.direction is Direction.INCREASE else -1
    start = (goal.baseline_year if goal.baseline_year is not None else goal.term.start_year) + 1.0
    took = year_fraction(point.on) - start
    if took <= 0:
        return undecidable(
            "Chưa có kết quả sau mức gốc", "No result after the baseline", "kết quả sau mức gốc", latest=point
        )
    due = base + sign * (amount or 0.0) * took
    slack = tolerance(point.value, base)
    kept = (point.value - due) * sign >= -slack if amount else (point.value - base) * sign > 0
    status = VerdictStatus.ON_TRACK if kept else VerdictStatus.AT_RISK
    missing: tuple[str, ...] = ()
    if today > goal.deadline:
        over = bool(amount) and (point.value - due) * sign > slack
        status = VerdictStatus.EXCEEDED if over else VerdictStatus.MET if kept else VerdictStatus.MISSED
        if point.on < goal.deadline:
            status, missing = VerdictStatus.UNDECIDABLE, (f"kết quả đến {day(goal.deadline)}",)
    pace = (point.value - base) / took
    return Finding(
        status,
        lambda: (_change_words(goal, point, pace * sign, sign, amount), *_late(goal, point, missing)),
        missing,
        value=point.value,
        on=point.on,
        expected=due,
        needed=None if amount is None else sign * amount,
        actual=pace,
        latest=point,
        goal_level=due,
        series=lambda: ((start, base), *(row for row in _rows(points) if row[0] > start)),
    )


def _late(goal: Goal, point: Point, missing: tuple[str, ...]) -> Iterable[Reason]:
    if missing:
        yield Reason(
            f"Đã quá hạn {day(goal.deadline)} nhưng số liệu mới nhất là ngày {day(point.on)}",
            f"The deadline {day(goal.deadline)} has passed, the latest figure is of {day(point.on)}",
        )


def _change_words(goal: Goal, point: Point, pace: float, sign: int, amount: float | None) -> Reason:
    say, base = words(goal, point.value), goal.baseline or 0.0
    verb, english = ("tăng", "rose") if sign > 0 else ("giảm", "fell")
    asked = f" ít nhất {say.gap_vi(amount)}" if amount else ""
    asked_en = f" by at least {say.gap_en(amount)}" if amount else ""
    moved = f"{verb} {say.gap_vi(pace, 1)}" if pace > 0 else f"không {verb}"
    moved_en = f"{english} by {say.gap_en(pace, 1)} a year" if pace > 0 else f"never {english}"
    goal_en = "rise" if sign > 0 else "fall"
    return reason(
        f"Từ {say.vi(base)} đến {say.vi(point.value)} ngày {day(point.on)}: bình quân mỗi năm {moved}, "
        f"chỉ tiêu {verb}{asked} mỗi năm",
        f"From {say.en(base)} to {say.en(point.value)} on {day(point.on)}: it {moved_en}, "
        f"the goal is to {goal_en}{asked_en} a year",
        pace=pace,
        asked=amount,
    )


def _rows(points: Iterable[Point]) -> tuple[tuple[float, float], ...]:
    return tuple((year_fraction(point.on), point.value) for point in points)
