"""The one door of a target's assessment: picks the rule by the period meaning and completes its finding to a verdict.

Called by register's selectors for every row of a board. Pure and deterministic; `today` is an argument.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhiemky.assess.target.adjusted import NO_GROUND, before, history, set_aside, standing
from nhiemky.assess.target.average import judge_average
from nhiemky.assess.target.cagr import Progress, progress
from nhiemky.assess.target.cumulative import judge_cumulative
from nhiemky.assess.target.deadline import judge_deadline
from nhiemky.assess.target.facts import RULES_VERSION, CagrAnswer, Forecast, Goal, Point, Reason, Verdict, altered
from nhiemky.assess.target.finding import STALE_AFTER_DAYS, Finding, undecidable
from nhiemky.assess.target.inputs import plain
from nhiemky.assess.target.outlook import foretell, outlook
from nhiemky.assess.target.parts import judge_composition
from nhiemky.assess.target.path import aim_of, start_of
from nhiemky.assess.target.plan import judge_plan
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
    PeriodMeaning.AGAINST_PLAN: judge_plan,
    PeriodMeaning.YEARLY_AVERAGE: judge_average,
    PeriodMeaning.CUMULATIVE: judge_cumulative,
}
_RULE_IDS = {meaning: f"path.{meaning}" for meaning in PeriodMeaning}
_OPEN = (VerdictStatus.ON_TRACK, VerdictStatus.AT_RISK, VerdictStatus.NOT_DUE, VerdictStatus.UNDECIDABLE)
_GOOD = (VerdictStatus.EXCEEDED, VerdictStatus.MET, VerdictStatus.ON_TRACK)
_BAD = (VerdictStatus.AT_RISK, VerdictStatus.MISSED)


def assess(goal: Goal, points: Iterable[Point], today: date) -> Verdict:
    """The verdict on one target. Never raises for well-formed Goal and Points, whatever their numbers."""
    given = tuple(points)
    if goal.state != "active":
        return _decided(goal, given, today)
    judged, goal = (goal, given), ready(goal)
    known = usable(goal, given, today)
    seen, part = whole_years(goal, known)
    rule = _RULE_IDS[goal.meaning]
    if not seen:
        return _nothing(goal, rule, today, part, judged)
    unclear = _unclear_goal(goal, seen[-1])
    found = unclear or _RULES[goal.meaning](goal, seen, today)
    return Verdict(
        status=found.status,
        rule=rule,
        version=RULES_VERSION,
        today=today,
        expected=found.expected,
        latest=found.latest,
        share=found.share,
        missing=found.missing,
        needed_pace=found.needed,
        actual_pace=found.actual,
        pace_from_today=_pace_from_today(goal, found, today),
        value=found.value,
        value_on=found.on,
        stale=found.status in _OPEN and found.latest is not None and (today - found.latest.on).days > STALE_AFTER_DAYS,
        later=_Later(judged, goal, found, known, part, today, clear=unclear is None),
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
    return (
        altered(goal, direction=Direction.AT_LEAST, low=1.0, step_like=True) if bare else altered(goal, step_like=True)
    )


@dataclass(frozen=True)
class _Later:
    """What a verdict says when somebody reads it; it keeps what the rule found and the figures it saw."""

    judged: tuple[Goal, tuple[Point, ...]]
    goal: Goal
    found: Finding
    known: tuple[Point, ...] = ()
    part: Point | None = None
    today: date = date.max
    clear: bool = False

    def reasons(self) -> tuple[Reason, ...]:
        goal, found = self.goal, self.found
        beside = _beside(self._progress(), found.status)
        return (*found.reasons(), *_part(goal, self.part), *_clash(goal, self.judged[1], self.known), *beside)

    def cagr(self) -> CagrAnswer | None:
        answer, status = self._progress(), self.found.status
        return None if answer is None else CagrAnswer(answer.status, answer.ratio, _agrees(answer, status))

    def forecast(self) -> tuple[Forecast | None, Reason]:
        found = self.found if self.part is None else replace(self.found, flow=self.known)
        return foretell(self.goal, found, self.today)

    def outlook(self, forecast: Forecast | None, note: Reason) -> Reason | None:
        pace = _pace_from_today(self.goal, self.found, self.today)
        return outlook(self.goal, self.found, self.today, pace, forecast, note)

    def inputs(self) -> dict[str, Any]:
        return plain(*self.judged)

    def _progress(self) -> Progress | None:
        return _cagr(self.goal, self.found) if self.clear else None


def _pace_from_today(goal: Goal, found: Finding, today: date) -> float | None:
    """What is still to go by what is left of the time; the pace of the figure's day where an average is asked for."""
    if found.needed is None or goal.meaning is PeriodMeaning.YEARLY_AVERAGE:
        return found.needed
    left = year_fraction(goal.deadline) - year_fraction(today)
    if left <= 0 or found.goal_level is None or found.value is None:
        return None
    return (found.goal_level - found.value) / left


@dataclass(frozen=True)
class _Changed:
    """Of an adjusted target: first what was decided, then how it stands, last how it would have stood."""

    judged: tuple[Goal, tuple[Point, ...]]
    now: Verdict
    before: VerdictStatus | None

    def reasons(self) -> tuple[Reason, ...]:
        goal = self.judged[0]
        told = (*history(goal), standing(ready(goal), self.now.status), *self.now.reasons)
        return (*told, before(ready(goal.changes[0].former), self.before)) if self.before else told

    def cagr(self) -> CagrAnswer | None:
        return self.now.cagr

    def forecast(self) -> tuple[Forecast | None, Reason]:
        return self.now.ahead

    def outlook(self, _forecast: Forecast | None, _note: Reason) -> Reason | None:
        return self.now.outlook

    def inputs(self) -> dict[str, Any]:
        return plain(*self.judged)


def _decided(goal: Goal, given: tuple[Point, ...], today: date) -> Verdict:
    """What a decision says stands first. A dropped target is not judged; an adjusted one is, by the goal in force."""
    ground = () if goal.state_reason.strip() or goal.changes else NO_GROUND
    if goal.state == "dropped":
        known = usable(ready(goal), given, today)
        found = Finding(VerdictStatus.DROPPED, lambda: (set_aside(goal),), ground, latest=known[-1] if known else None)
        return _early(goal, found, "state.dropped", today, (goal, given))
    now = assess(altered(goal, state="active"), given, today)
    first = goal.changes[0].former if goal.changes else None
    comparable = first is not None and first.unit == goal.unit and first.state == "active"
    was = assess(first, given, today).status if first is not None and comparable else None
    return replace(
        now,
        status=VerdictStatus.ADJUSTED,
        rule="state.adjusted",
        missing=(*ground, *now.missing),
        standing=now,
        before=was,
        later=_Changed((goal, given), now, was),
    )


def _early(goal: Goal, found: Finding, rule: str, today: date, judged: tuple[Goal, tuple[Point, ...]]) -> Verdict:
    """A verdict that no rule had to be asked for."""
    later = _Later(judged, goal, found)
    return Verdict(found.status, rule, RULES_VERSION, today, latest=found.latest, missing=found.missing, later=later)


def _part(goal: Goal, part: Point | None) -> tuple[Reason, ...]:
    if part is None:
        return ()
    say = words(goal, part.value)
    return (
        Reason(
            f"{capital(part.period.label)}: {say.vi(part.value)}, chưa trọn năm nên chưa so với lộ trình",
            f"{capital(part.period.english)}: {say.en(part.value)}, not a whole year, so not held against the path",
        ),
    )


def _nothing(goal: Goal, rule: str, today: date, part: Point | None, judged: tuple[Goal, tuple[Point, ...]]) -> Verdict:
    """No whole figure: not due, awaited in part, or nobody told anything."""
    due = first_end(goal)
    waits = today <= due
    if part is not None:
        status = VerdictStatus.NOT_DUE if waits else VerdictStatus.UNDECIDABLE
        missing = () if waits else ("kết quả cả năm",)
        return _early(goal, Finding(status, lambda: _part(goal, part), missing, latest=part), rule, today, judged)
    if waits:
        found = Finding(VerdictStatus.NOT_DUE, lambda: (_first_period(due),))
    else:
        found = Finding(VerdictStatus.NO_DATA, lambda: (_no_figure(due),), ("kết quả",))
    return _early(goal, found, rule, today, judged)


def _first_period(due: date) -> Reason:
    return Reason(f"Chưa đến kỳ: kỳ đầu tiên kết thúc ngày {day(due)}", f"Not due: the first period ends on {day(due)}")


def _no_figure(due: date) -> Reason:
    return Reason(
        f"Chưa có số liệu nào, dù kỳ đầu tiên đã kết thúc ngày {day(due)}",
        f"There is no figure, though the first period ended on {day(due)}",
    )


def _unclear_goal(goal: Goal, latest: Point) -> Finding | None:
    numbers = (goal.low, goal.high, goal.baseline, *dict(goal.path).values(), *dict(goal.plan).values())
    if not all(map(math.isfinite, filter(None, numbers))):
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
        for p in contradicted(given, seen)
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
