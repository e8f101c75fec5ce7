"""Goals that every year has to keep: each year, maintain. The worst year decides.

Rules path.each_year, path.maintain; `plan` asks it of percents of plan. Called by the judge and `plan`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from nhiemky.assess.target.facts import Goal, Point, Reason
from nhiemky.assess.target.finding import LATE_AFTER_DAYS, Finding, undecidable
from nhiemky.assess.target.path import Aim, accumulates, aim_of, tolerance
from nhiemky.assess.target.season import Season, season_of
from nhiemky.assess.target.series import YearFigure, by_year
from nhiemky.assess.target.words import Words, bound_words, reason, words
from nhiemky.values.kinds import Direction, PeriodMeaning, VerdictStatus

LEAST_MONTHS = 3  # of a running year, before its amount is held against the year's path
_CHANGES = (Direction.INCREASE, Direction.DECREASE)

Outcome = Literal["beyond", "kept", "failed", "ahead", "behind", "unknown"]


@dataclass(frozen=True)
class YearAnswer:
    """What one year says: kept or failed when decided, ahead or behind while it runs, unknown without a figure."""

    year: int
    outcome: Outcome
    figure: YearFigure | None = None
    aim: Aim | None = None
    part: float = 1.0  # of the year's amount that is due by then

    @property
    def value(self) -> float:
        return self.figure.value if self.figure else 0.0

    @property
    def bound(self) -> float:
        return (self.aim.mark(self.value) if self.aim else None) or 0.0

    @property
    def shortfall(self) -> float:
        """How far from its bound, as a share of it: the measure of the worst year."""
        if not self.aim:
            return 0.0
        gap = self.value - self.bound
        return (-gap if (self.aim.better or 1) > 0 else gap) / max(abs(self.bound), 1e-9)


def judge_yearly(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """All goals whose years stand each for itself."""
    bare = goal.low is None and goal.high is None and goal.direction not in _CHANGES
    if goal.meaning is PeriodMeaning.MAINTAIN and bare and goal.baseline is not None:
        goal = replace(goal, low=goal.baseline)  # "giữ vững" without a figure keeps what there was
    totals = [point for point in points if point.running_total]
    years = by_year(points, adds_up=_adds_up(goal))
    last_year = min(goal.deadline.year, goal.term.end_year)
    known = [figure for year, figure in years.items() if year <= last_year]
    if not known:
        return _only_totals(goal, totals) if totals else undecidable(
            "Số liệu hiện có không thuộc nhiệm kỳ này", "No figure lies within this term", "kết quả từng năm",
            latest=points[-1],
        )  # fmt: skip
    season = season_of(points) if _adds_up(goal) and not known[-1].whole else None
    answers = _answers(goal, years, range(goal.term.start_year + 1, last_year + 1), today, season)
    if all(answer.aim is None for answer in answers if answer.figure):
        return undecidable(
            "Chỉ tiêu hằng năm chưa có mức hoặc mức gốc để so",
            "The yearly target has no level or baseline to compare with",
            "mức chỉ tiêu hoặc mức gốc",
            latest=known[-1].latest,
        )
    return _Years(goal, answers, points, today).finding()


def _only_totals(goal: Goal, totals: list[Point]) -> Finding:
    """21/15 of an each-year goal hides a weak year: it is not accepted."""
    latest, say = totals[-1], words(goal)
    return undecidable(
        f"Chỉ có số lũy kế từ đầu nhiệm kỳ ({say.vi(latest.value)}); chỉ tiêu tính từng năm nên chưa đủ căn cứ",
        f"Only a running total of the term is known ({say.en(latest.value)}); the target holds for each year by itself",
        "kết quả từng năm",
        latest=latest,
    )


def _adds_up(goal: Goal) -> bool:
    return accumulates(goal) and goal.meaning is not PeriodMeaning.MAINTAIN


def _answers(
    goal: Goal, figures: dict[int, YearFigure], years: range, today: date, season: Season | None
) -> list[YearAnswer]:
    answers = []
    before = goal.baseline
    for year in years:
        if date(year, 1, 1) > today and year not in figures:
            break
        found = figures.get(year)
        aim = _aim_of_year(goal, year, before)
        part = _part(found, season) if found and not found.whole else 1.0
        answers.append(YearAnswer(year, _outcome(goal, found, aim, year, today, part), found, aim, part))
        before = found.value if found and found.whole else None
    return answers


def _aim_of_year(goal: Goal, year: int, before: float | None) -> Aim | None:
    own = dict(goal.path).get(year)
    if own is not None and goal.direction not in (*_CHANGES, Direction.RANGE, Direction.ZERO):
        goal = replace(goal, low=own, high=own)
    if goal.direction in _CHANGES and goal.baseline is None and (goal.low or goal.high):
        return aim_of(replace(goal, direction=Direction.AT_LEAST))  # the results are the yearly changes themselves
    return aim_of(goal, before)


def _part(found: YearFigure, season: Season | None) -> float:
    """The part of the year's amount due by then: what the same months had in earlier years, else their number."""
    if season and (season.year, season.months) == (found.year, found.months):
        return season.share
    return found.months / 12


def _outcome(goal: Goal, found: YearFigure | None, aim: Aim | None, year: int, today: date, part: float) -> Outcome:
    if found is None or aim is None:
        return "unknown"
    reach = aim.reach(found.value)
    if found.whole and not (found.is_estimate and _awaited(year, today)):
        return "failed" if reach == "short" else "beyond" if reach == "beyond" else "kept"
    if found.whole:
        return "behind" if reach == "short" else "ahead"
    if today > date(year, 12, 31) and not _awaited(year, today):
        return "unknown"
    return _running(goal, found, aim, part)


def _awaited(year: int, today: date) -> bool:
    """The year still runs, or its official figure may still be on the way."""
    return (today - date(year, 12, 31)).days <= LATE_AFTER_DAYS


def _running(goal: Goal, found: YearFigure, aim: Aim, part: float) -> Outcome:
    """Part of a year: what adds up is held against its part of the year, a level against the bound itself."""
    if not _adds_up(goal):
        return "behind" if aim.reach(found.value) == "short" else "ahead"
    if aim.high is not None and aim.better <= 0 and found.value > aim.high:
        return "failed"  # more than the whole year may have
    if found.months < LEAST_MONTHS:
        return "ahead"  # January is not red
    if aim.low is None or goal.step_like:
        high = aim.high or 0.0
        over = found.value > high * part + tolerance(found.value, high)
        return "behind" if over and not goal.step_like else "ahead"
    due = aim.low * part
    return "behind" if found.value < due - tolerance(found.value, aim.low) else "ahead"


def _worst_is(worst: YearAnswer) -> str:
    """Of a ceiling the worst year is the highest."""
    aim = worst.aim
    if aim is not None and aim.low is not None:
        return "Năm thấp nhất là" if aim.high is None else "Năm kém nhất là"
    return "Năm cao nhất là"


class _Years:
    """The answers of all years put into one finding with its words."""

    def __init__(self, goal: Goal, answers: list[YearAnswer], points: tuple[Point, ...], today: date) -> None:
        self.goal, self.answers, self.points, self.today = goal, answers, points, today
        self.totals = any(point.running_total for point in points)
        self.known = [answer for answer in answers if answer.figure and answer.aim]
        self.latest = max(self.known, key=lambda answer: answer.year)

    @cached_property
    def say(self) -> Words:
        if self.goal.unit == "% kế hoạch":
            return Words(self.goal.unit, 1)
        return words(self.goal, *(answer.value for answer in self.known))

    def finding(self) -> Finding:
        failed = [answer for answer in self.known if answer.outcome == "failed"]
        decided = [answer for answer in self.known if answer.outcome in ("kept", "beyond")]
        gaps = [a.year for a in self.answers if a.outcome == "unknown" and not _awaited(a.year, self.today)]
        over = self.today > self.goal.deadline
        if failed:
            return self._failed(failed, decided)
        if gaps:
            return self._gaps(gaps, decided)
        behind = [answer for answer in self.known if answer.outcome == "behind"]
        if behind:
            slow = behind[-1]
            return self._make(VerdictStatus.AT_RISK, lambda: [self._year(slow), *self._so_far(decided)], worst=slow)
        waiting = [answer.year for answer in self.answers if answer.outcome not in ("kept", "beyond")]
        if over and not waiting:
            beyond = all(answer.outcome == "beyond" for answer in decided)
            status = VerdictStatus.EXCEEDED if beyond else VerdictStatus.MET
            return self._make(status, lambda: self._so_far(decided))
        if over:
            years = ", ".join(map(str, waiting))
            wait = Reason(f"Chờ số liệu năm {years}", f"Awaiting the figure of {years}")
            missing = (f"kết quả chính thức năm {years}",)
            return self._make(VerdictStatus.UNDECIDABLE, lambda: [*self._so_far(decided), wait], missing=missing)
        return self._make(VerdictStatus.ON_TRACK, lambda: [*self._so_far(decided), *self._now()])

    def _failed(self, failed: list[YearAnswer], decided: list[YearAnswer]) -> Finding:
        worst = max(failed, key=lambda answer: answer.shortfall)
        kept = len(decided)
        count = Reason(
            f"Không đạt {len(failed)} năm trong {len(failed) + kept} năm đã xét",
            f"Missed in {len(failed)} of {len(failed) + kept} years judged",
        )
        return self._make(VerdictStatus.MISSED, lambda: [self._year(worst, _worst_is(worst)), count], worst=worst)

    def _gaps(self, gaps: list[int], decided: list[YearAnswer]) -> Finding:
        told = {answer.year for answer in self.known} | {a.year for a in self.answers if a.figure and a.figure.whole}
        unheld = [year for year in gaps if year in told]
        if unheld == gaps and self.goal.direction in _CHANGES:
            years = ", ".join(str(year - 1) for year in unheld)
            lack = Reason(f"Chưa có số năm {years} để so", f"There is no figure of {years} to compare with")
            missing = (f"số của năm {years}",)
            return self._make(VerdictStatus.UNDECIDABLE, lambda: [lack, *self._so_far(decided)], missing=missing)
        years = ", ".join(map(str, gaps))
        lack = Reason(f"Chưa có kết quả cả năm {years}", f"No full-year result for {years}")
        what = "kế hoạch giao hoặc kết quả" if self.goal.meaning is PeriodMeaning.AGAINST_PLAN else "kết quả cả"
        missing = (f"{what} năm {years}",)
        return self._make(VerdictStatus.UNDECIDABLE, lambda: [lack, *self._so_far(decided)], missing=missing)

    def _so_far(self, decided: list[YearAnswer]) -> list[Reason]:
        if not decided:
            return []
        worst = max(decided, key=lambda answer: answer.shortfall)
        years = f"{decided[0].year}" if len(decided) == 1 else f"{decided[0].year}–{decided[-1].year}"
        each = "đạt" if len(decided) == 1 else "năm nào cũng đạt"
        low = self._level(worst)
        if self.say.status:
            years_en = years if len(decided) > 1 else f"{years} only"
            return [Reason(f"Năm {years} {each}", f"Reached in {years_en}")]
        if len({answer.bound for answer in decided}) > 1:
            return [self._each_its_own(decided, worst, years, low)]
        said = f" ({'ước ' if worst.figure and worst.figure.is_estimate else ''}{low[0]})"
        told = f"; năm sát nhất {worst.year} là {low[0]}" if len(decided) > 1 else said
        told_en = f"; the closest year, {worst.year}, had {low[1]}" if len(decided) > 1 else f" ({low[1]})"
        asks = "yêu cầu không còn" if worst.aim and worst.aim.zero else self._bound(worst)[0]
        vi = f"Năm {years} {each} {asks}{told}"
        en = f"{years}: {'met' if len(decided) == 1 else 'every year met'} {self._bound(worst)[1]}{told_en}"
        return [reason(vi, en, worst_year=float(worst.year), worst=worst.value, goal=worst.bound)]

    def _each_its_own(self, decided: list[YearAnswer], worst: YearAnswer, years: str, low: tuple[str, str]) -> Reason:
        """Where each year had a level of its own (by the path, or from the year before)."""
        vi, en = self._bound(worst)
        return reason(
            f"Năm {years} năm nào cũng đạt mức của năm ấy; năm sát nhất {worst.year} là {low[0]}, mức {vi}",
            f"{years}: every year met its own level; the closest, {worst.year}, had {low[1]} against {en}",
            worst_year=float(worst.year),
            worst=worst.value,
            goal=worst.bound,
        )

    def _now(self) -> list[Reason]:
        if self.latest.outcome != "ahead":
            return [] if not self.totals else [self._totals()]
        return [self._year(self.latest)] + ([self._totals()] if self.totals else [])

    def _totals(self) -> Reason:
        return Reason(
            "Số lũy kế nhiều năm không dùng để xét từng năm", "Running totals are not used to judge single years"
        )

    def _year(self, answer: YearAnswer, lead: str = "") -> Reason:
        found = answer.figure
        assert found is not None
        level, bound = self._level(answer), self._bound(answer)
        estimate, estimate_en = (("ước ", "estimated "), ("", ""))[0 if found.is_estimate else 1]
        when = found.latest.period
        if answer.outcome == "failed":
            lead = f"{lead} {answer.year}" if lead else f"Năm {answer.year}"
            return reason(
                f"{lead}: {estimate}{level[0]}, chỉ tiêu {bound[0]}",
                f"The worst year, {answer.year}: {estimate_en}{level[1]} against {bound[1]}",
                year=float(answer.year),
                value=answer.value,
                goal=answer.bound,
            )
        part, part_en = self._pro_rata(answer)
        return reason(
            f"{when.label}: {estimate}{level[0]}{part}, chỉ tiêu cả năm {bound[0]}",
            f"{when.english}: {estimate_en}{level[1]}{part_en}, the goal of the year is {bound[1]}",
            value=answer.value,
            goal=answer.bound,
        )

    def _pro_rata(self, answer: YearAnswer) -> tuple[str, str]:
        found = answer.figure
        if found is None or found.whole or not _adds_up(self.goal) or self.goal.step_like or not answer.bound:
            return "", ""
        if found.months < LEAST_MONTHS:
            return (
                ", chưa đủ ba tháng nên chưa so với lộ trình",
                ", less than three months, not yet held against the path",
            )
        due = answer.bound * answer.part
        ceiling = answer.aim is not None and answer.aim.low is None
        slack = tolerance(found.value, answer.bound)  # as the outcome has it: a rounded figure may lie on its path
        over, under = found.value > due + slack, found.value < due - slack
        text, english = self.say.vi(round(due, 2)), self.say.en(round(due, 2))
        seasonal = answer.part != found.months / 12
        how, how_en = (
            (" theo tỷ trọng cùng kỳ các năm trước", " by its share of earlier years") if seasonal else ("", "")
        )
        side, side_en = ("thấp hơn", "below") if under else ("không thấp hơn", "at or above")
        if ceiling:
            side, side_en = ("cao hơn", "above") if over else ("không cao hơn", "at or below")
        vi = f", {side} lộ trình {found.months} tháng{how} là {text}"
        return vi, f", {side_en} the {found.months}-month path{how_en} of {english}"

    def _series(self) -> tuple[tuple[float, float], ...]:
        return tuple(
            (answer.year + 1.0, answer.value) for answer in self.known if answer.figure and answer.figure.whole
        )

    def _level(self, answer: YearAnswer) -> tuple[str, str]:
        value = float(round(answer.value, 1)) if self.goal.unit == "% kế hoạch" else answer.value
        return self.say.vi(value), self.say.en(value)

    def _bound(self, answer: YearAnswer) -> tuple[str, str]:
        return bound_words(self.say, answer.aim) if answer.aim else ("", "")

    def _make(
        self,
        status: VerdictStatus,
        say: Callable[[], list[Reason]],
        *,
        worst: YearAnswer | None = None,
        missing: tuple[str, ...] = (),
    ) -> Finding:
        decided = [answer for answer in self.known if answer.outcome in ("kept", "beyond")]
        shown = worst or (max(decided, key=lambda answer: answer.shortfall) if decided else self.latest)
        found = shown.figure
        return Finding(
            status,
            lambda: tuple(say()) or (self._year(self.latest),),
            missing,
            value=shown.value,
            on=found.latest.on if found else None,
            expected=shown.bound,
            share=shown.value / shown.bound if shown.bound > 0 and shown.aim and shown.aim.better >= 0 else None,
            latest=self.latest.figure.latest if self.latest.figure else None,
            goal_level=shown.bound,
            series=lambda: () if self.goal.step_like else self._series(),
            series_from=self.goal.term.start_year + 1.0,
            flow=self.points if _adds_up(self.goal) else (),
            aim=self.answers[-1].aim,
        )
