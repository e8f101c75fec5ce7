"""The one door of a target's assessment: picks the rule by the period meaning and completes its finding to a verdict.

Called by register's selectors for every row of a board. Pure and deterministic; `today` is an argument.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from nhiemky.assess.target.average import judge_average
from nhiemky.assess.target.cagr import Progress, progress
from nhiemky.assess.target.cumulative import judge_cumulative
from nhiemky.assess.target.deadline import judge_deadline
from nhiemky.assess.target.facts import RULES_VERSION, CagrAnswer, Forecast, Goal, Point, Reason, Verdict
from nhiemky.assess.target.finding import STALE_AFTER_DAYS, Finding, undecidable
from nhiemky.assess.target.forecast import straight_line
from nhiemky.assess.target.parts import judge_composition
from nhiemky.assess.target.path import aim_of, start_of
from nhiemky.assess.target.series import contradicted, first_end, usable, whole_years
from nhiemky.assess.target.words import capital, words
from nhiemky.assess.target.yearly import judge_yearly
from nhiemky.values.figures import day
from nhiemky.values.kinds import WORST_FIRST, Direction, PeriodMeaning, VerdictStatus
from nhiemky.values.period import year_fraction

ORDER: tuple[VerdictStatus, ...] = WORST_FIRST

_RULES: dict[PeriodMeaning, Callable[[Goal, tuple[Point, ...], date], Finding]] = {
    PeriodMeaning.BY_DEADLINE: judge_deadline,
    PeriodMeaning.AGAINST_BASELINE: judge_deadline,
    PeriodMeaning.MILESTONE: judge_deadline,
    PeriodMeaning.COMPOSITION: judge_composition,
    PeriodMeaning.EACH_YEAR: judge_yearly,
    PeriodMeaning.MAINTAIN: judge_yearly,
    PeriodMeaning.AGAINST_PLAN: judge_yearly,
    PeriodMeaning.YEARLY_AVERAGE: judge_average,
    PeriodMeaning.CUMULATIVE: judge_cumulative,
}
_OPEN = (VerdictStatus.ON_TRACK, VerdictStatus.AT_RISK, VerdictStatus.NOT_DUE, VerdictStatus.UNDECIDABLE)
_GOOD = (VerdictStatus.EXCEEDED, VerdictStatus.MET, VerdictStatus.ON_TRACK)
_BAD = (VerdictStatus.AT_RISK, VerdictStatus.MISSED)


def assess(goal: Goal, points: Iterable[Point], today: date) -> Verdict:
    """The verdict on one target. Never raises for well-formed Goal and Points, whatever their numbers."""
    given = tuple(points)
    judged = (goal, given)
    if goal.state != "active":
        return _set_aside(goal, today, judged)
    goal = ready(goal)
    known = usable(goal, given, today)
    seen, part = whole_years(goal, known)
    rule = f"path.{goal.meaning}"
    if not seen:
        return replace(_nothing(goal, rule, today, part), judged=judged)
    unclear = _unclear_goal(goal, seen[-1])
    found = unclear or _RULES[goal.meaning](goal, seen, today)
    answer = None if unclear else _cagr(goal, found)
    stale = found.status in _OPEN and found.latest is not None and (today - found.latest.on).days > STALE_AFTER_DAYS
    forecast, note = _forecast(goal, found, today)
    return Verdict(
        status=found.status,
        rule=rule,
        version=RULES_VERSION,
        today=today,
        expected=found.expected,
        latest=found.latest,
        share=found.share,
        reasons=(*found.reasons, *_part(goal, part), *_clash(goal, given, known), *_beside(answer, found.status)),
        missing=found.missing,
        cagr=_answer(answer, found.status),
        needed_pace=found.needed,
        actual_pace=found.actual,
        forecast=forecast,
        judged=judged,
        value=found.value,
        value_on=found.on,
        stale=stale,
        forecast_note=note,
    )


def summary(verdicts: Iterable[Verdict]) -> dict[VerdictStatus, int]:
    """How many of each status, worst first, without the statuses nobody has."""
    counts = Counter(verdict.status for verdict in verdicts)
    return {status: counts[status] for status in ORDER if counts[status]}


def ready(goal: Goal) -> Goal:
    """A milestone is a step; without a figure it is 0 or 1 (chưa đạt, đạt)."""
    if goal.meaning is not PeriodMeaning.MILESTONE:
        return goal
    bare = goal.low is None and goal.high is None and goal.direction not in (Direction.ZERO, Direction.DECREASE)
    goal = replace(goal, direction=Direction.AT_LEAST, low=1.0) if bare else goal
    return replace(goal, step_like=True)


def _set_aside(goal: Goal, today: date, judged: tuple[Goal, tuple[Point, ...]]) -> Verdict:
    adjusted = goal.state == "adjusted"
    vi, en = ("Đã điều chỉnh", "Adjusted") if adjusted else ("Thôi thực hiện", "Dropped")
    why = goal.state_reason.strip().rstrip(".")
    status = VerdictStatus.ADJUSTED if adjusted else VerdictStatus.DROPPED
    text = Reason(f"{vi}: {why}", f"{en}: {why}") if why else Reason(vi, en)
    missing = () if why else ("lý do và văn bản quyết định",)
    return Verdict(status, f"state.{goal.state}", RULES_VERSION, today, reasons=(text,), missing=missing, judged=judged)


def _part(goal: Goal, part: Point | None) -> list[Reason]:
    if part is None:
        return []
    say = words(goal, part.value)
    return [
        Reason(
            f"{capital(part.period.label)}: {say.vi(part.value)}, chưa trọn năm nên chưa so với lộ trình",
            f"{capital(part.period.english)}: {say.en(part.value)}, not a whole year, so not held against the path",
        )
    ]


def _nothing(goal: Goal, rule: str, today: date, part: Point | None) -> Verdict:
    due = first_end(goal)
    if part is not None:
        status = VerdictStatus.NOT_DUE if today <= due else VerdictStatus.UNDECIDABLE
        missing = () if today <= due else ("kết quả cả năm",)
        told = tuple(_part(goal, part))
        return Verdict(status, rule, RULES_VERSION, today, latest=part, reasons=told, missing=missing)
    if today <= due:
        text = Reason(
            f"Chưa đến kỳ: kỳ đầu tiên kết thúc ngày {day(due)}", f"Not due: the first period ends on {day(due)}"
        )
        return Verdict(VerdictStatus.NOT_DUE, rule, RULES_VERSION, today, reasons=(text,))
    text = Reason(
        f"Chưa có số liệu nào, dù kỳ đầu tiên đã kết thúc ngày {day(due)}",
        f"There is no figure, though the first period ended on {day(due)}",
    )
    return Verdict(VerdictStatus.NO_DATA, rule, RULES_VERSION, today, reasons=(text,), missing=("kết quả",))


def _unclear_goal(goal: Goal, latest: Point) -> Finding | None:
    numbers = [goal.low, goal.high, goal.baseline, *(value for _, value in (*goal.path, *goal.plan))]
    if any(number is not None and not math.isfinite(number) for number in numbers):
        return undecidable("Chỉ tiêu có số không đọc được", "The goal has an unreadable figure", "mức chỉ tiêu")
    if goal.direction is Direction.RANGE and goal.low is not None and goal.high is not None and goal.low > goal.high:
        say = words(goal)
        return undecidable(
            f"Khoảng chỉ tiêu bị ngược: từ {say.vi(goal.low)} đến {say.vi(goal.high)}",
            f"The range is upside down: from {say.en(goal.low)} to {say.en(goal.high)}",
            "khoảng chỉ tiêu đúng",
            latest=latest,
        )
    return None


def _clash(goal: Goal, given: tuple[Point, ...], seen: tuple[Point, ...]) -> list[Reason]:
    say = words(goal)
    return [
        Reason(
            f"{capital(p.period.label)} còn một số khác là {say.vi(p.value)}; cần hỏi nơi báo cáo số nào đúng",
            f"Another figure is told for {p.period.english}: {say.en(p.value)}; ask which is right",
        )
        for p in contradicted(given, seen, max(point.as_of for point in seen))
    ]


def _cagr(goal: Goal, found: Finding) -> Progress | None:
    if goal.meaning not in (PeriodMeaning.BY_DEADLINE, PeriodMeaning.AGAINST_BASELINE) or goal.baseline is None:
        return None
    aim = aim_of(goal, goal.baseline)
    if aim is None or found.goal_level is None or found.value is None or found.on is None or goal.step_like:
        return None
    side = aim.better or (1 if found.goal_level >= goal.baseline else -1)
    return progress(
        goal.baseline,
        start_of(goal),
        found.value,
        year_fraction(found.on),
        found.goal_level,
        year_fraction(goal.deadline),
        side,
    )


def _answer(answer: Progress | None, status: VerdictStatus) -> CagrAnswer | None:
    return None if answer is None else CagrAnswer(answer.status, answer.ratio, _agrees(answer, status))


def _agrees(answer: Progress, status: VerdictStatus) -> bool:
    if answer.status == "not_available" or status not in (*_GOOD, *_BAD):
        return True
    return answer.good == (status in _GOOD)


def _beside(answer: Progress | None, status: VerdictStatus) -> list[Reason]:
    if answer is None or _agrees(answer, status):
        return []
    vi, en = answer.words()
    return [
        Reason(
            f"Quy tắc CAGR cho kết quả khác: {vi}; ở đây theo lộ trình đường thẳng",
            f"The CAGR rule says otherwise: {en}; here the straight path decides",
        )
    ]


def _forecast(goal: Goal, found: Finding, today: date) -> tuple[Forecast | None, str]:
    if goal.step_like:
        return None, "Chỉ tiêu theo mốc, không ngoại suy"
    if found.status not in _OPEN and today > goal.deadline:
        return None, "Đã hết hạn"
    return straight_line(
        found.series,
        year_fraction(goal.deadline),
        percent=goal.unit.strip() == "%",
        average=goal.meaning is PeriodMeaning.YEARLY_AVERAGE and found.series_from > 0,
        start=found.series_from,
    )
