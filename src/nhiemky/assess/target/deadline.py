"""Levels to be reached by the deadline, against the baseline, and milestones: judged by the path on the result's day.

Rules path.by_deadline, path.against_baseline, path.milestone. Called by the judge only.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property

from nhiemky.assess.target.facts import Goal, Point, Reason
from nhiemky.assess.target.finding import (
    LATE_AFTER_DAYS,
    OFFICIAL_FIGURE,
    ONLY_ESTIMATED,
    STALE_AFTER_DAYS,
    TOO_OLD_DAYS,
    Finding,
    undecidable,
)
from nhiemky.assess.target.path import Aim, Knots, aim_of, knots_of, level_at, start_of, tolerance
from nhiemky.assess.target.words import Words, bound_words, reason, told, words
from nhiemky.values.figures import day
from nhiemky.values.kinds import Direction, PeriodMeaning, VerdictStatus
from nhiemky.values.period import year_fraction


def judge_deadline(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    in_time = tuple(point for point in points if point.on <= goal.deadline)
    latest = (in_time or points)[-1]
    refused = _unclear(goal, latest)
    if refused:
        return refused
    aim = aim_of(goal, goal.baseline)
    if aim is None:
        return _no_aim(goal, latest)
    case = _Case(goal, aim, in_time or points, latest, today)
    if aim.reach(latest.value) != "short" and in_time:
        return case.reached()
    if today > goal.deadline:
        if not in_time and aim.reach(latest.value) != "short":
            return _only_afterwards(goal, latest)
        return case.closed(late=bool(points and aim.reach(points[-1].value) != "short"))
    return case.running()


def _unclear(goal: Goal, latest: Point) -> Finding | None:
    """`+5 so với đầu nhiệm kỳ` typed as `at_least 5` would be met from the first day."""
    if goal.meaning is not PeriodMeaning.AGAINST_BASELINE:
        return None
    if goal.baseline is None:
        return undecidable(
            "Chỉ tiêu so với đầu nhiệm kỳ nhưng chưa có mức đầu nhiệm kỳ",
            "The target is measured against the start of the term, whose level is not given",
            "mức đầu nhiệm kỳ",
            latest=latest,
        )
    if goal.direction not in (Direction.AT_LEAST, Direction.AT_MOST):
        return None
    aim, say = aim_of(goal), words(goal)
    if aim is None or aim.reach(goal.baseline) == "short":
        return None
    bound = aim.mark(None) or 0.0
    return undecidable(
        f"Mức {say.vi(bound)} đã đạt ngay từ đầu nhiệm kỳ ({say.vi(goal.baseline)}); chưa rõ đây là mức phải đạt "
        "hay mức tăng, giảm so với đầu nhiệm kỳ",
        f"The level {say.en(bound)} was reached at the start of the term ({say.en(goal.baseline)}); it is unclear "
        "whether it is a level or a change against the start",
        "rõ đây là mức phải đạt hay mức tăng, giảm",
        latest=latest,
    )


def _no_aim(goal: Goal, latest: Point) -> Finding:
    if goal.direction in (Direction.INCREASE, Direction.DECREASE):
        verb, english = ("tăng", "a rise") if goal.direction is Direction.INCREASE else ("giảm", "a fall")
        return undecidable(
            f"Chỉ tiêu là {verb} nhưng chưa có mức gốc để so",
            f"The target is {english}, but there is no baseline to compare with",
            "mức gốc",
            latest=latest,
        )
    return undecidable(
        "Chỉ tiêu chưa có mức phải đạt rõ ràng", "The target has no clear level to reach", "mức chỉ tiêu", latest=latest
    )


def _only_afterwards(goal: Goal, latest: Point) -> Finding:
    """Reached by the first figure after the deadline, which does not say when."""
    say, due, then = words(goal, latest.value), day(goal.deadline), day(latest.on)
    return undecidable(
        f"Số liệu đầu tiên có sau hạn {due}: {say.vi(latest.value)} ngày {then}, nên chưa rõ có đạt đúng hạn hay không",
        f"The first figure is of after the deadline {due}: {say.en(latest.value)} on {then}; whether the goal was "
        "reached in time is not known",
        f"kết quả đến {due}",
        latest=latest,
    )


class _Case:
    """One goal with its latest figure: the answers for reached, closed and running, sharing their numbers."""

    def __init__(self, goal: Goal, aim: Aim, points: tuple[Point, ...], latest: Point, today: date) -> None:
        self.goal, self.aim, self.latest, self.today = goal, aim, latest, today
        self.value, self.on = latest.value, latest.on
        self.mark = aim.mark(goal.baseline if goal.baseline is not None else latest.value) or 0.0
        self.knots: Knots | None = knots_of(goal, aim)
        self.expected = level_at(self.knots, year_fraction(self.on), steps=goal.step_like) if self.knots else None
        self.side = aim.better or (1 if goal.baseline is None or self.mark >= goal.baseline else -1)
        self.points = points

    @cached_property
    def say(self) -> Words:
        return words(self.goal, self.value)

    @property
    def verb(self) -> tuple[str, str]:
        if self.say.status:
            return "", ""
        return ("đạt", "reached") if self.side > 0 else ("còn" if self.aim.zero else "ở mức", "at")

    def reached(self) -> Finding:
        beyond = self.aim.reach(self.value) == "beyond"
        return self._finding(
            VerdictStatus.EXCEEDED if beyond else VerdictStatus.MET,
            lambda: (self._reached(beyond=beyond), *self._early(), *self._small_change()),
        )

    def _reached(self, *, beyond: bool) -> Reason:
        prefix, english = told(self.latest)
        goal_vi, goal_en = bound_words(self.say, self.aim)
        over = self.say.distance(self.value, self._near_bound())
        above = self.value > self._near_bound()
        more = f", {'cao' if above else 'thấp'} hơn {self.say.gap_vi(over)}" if beyond and over else ""
        more_en = f", {self.say.gap_en(over)} {'above' if above else 'below'} it" if beyond and over else ""
        return reason(
            f"{prefix}{self.verb[0]} {self.say.vi(self.value)} ngày {day(self.on)}, chỉ tiêu {goal_vi}{more}",
            f"{english}{self.verb[1]} {self.say.en(self.value)} on {day(self.on)}, the goal is {goal_en}{more_en}",
            value=self.value,
            goal=self.mark,
        )

    def closed(self, *, late: bool) -> Finding:
        """Past the deadline and short: missed when a figure covers the deadline, else we do not know."""
        if self.on < self.goal.deadline:
            missing = (f"kết quả đến {day(self.goal.deadline)}",)
            return self._finding(VerdictStatus.UNDECIDABLE, lambda: (self._not_to_the_end(),), missing=missing)
        if self.latest.is_estimate and (self.today - self.goal.deadline).days <= LATE_AFTER_DAYS:
            return self._finding(VerdictStatus.AT_RISK, lambda: (self._short(), ONLY_ESTIMATED), OFFICIAL_FIGURE)
        after = [Reason("Có đạt sau hạn", "It was reached after the deadline")] if late else []
        return self._finding(VerdictStatus.MISSED, lambda: (self._short(), *after))

    def _not_to_the_end(self) -> Reason:
        due, now = day(self.goal.deadline), day(self.on)
        return Reason(
            f"Đã quá hạn {due} nhưng số liệu mới nhất là {self.say.vi(self.value)} ngày {now}",
            f"The deadline {due} has passed, but the latest figure is {self.say.en(self.value)} on {now}",
        )

    def _short(self) -> Reason:
        due = day(self.goal.deadline)
        prefix, english = told(self.latest)
        goal_vi, goal_en = bound_words(self.say, self.aim)
        gap = self.say.distance(self.value, self._near_bound())
        return reason(
            f"{prefix}{self.verb[0]} {self.say.vi(self.value)} ngày {day(self.on)} khi hết hạn {due}, "
            f"chỉ tiêu {goal_vi}, còn cách {self.say.gap_vi(gap)}",
            f"{english}{self.verb[1]} {self.say.en(self.value)} on {day(self.on)} at the deadline {due}, "
            f"the goal is {goal_en}, {self.say.gap_en(gap)} away",
            value=self.value,
            goal=self.mark,
            gap=gap,
        )

    def running(self) -> Finding:
        if self.goal.step_like and not self.goal.path:
            return self._step()
        if self.expected is None and self.knots:
            since = day(date(int(self.knots[0][0]) - 1, 12, 31))
            return undecidable(
                f"Số liệu ngày {day(self.on)} có trước điểm đầu của lộ trình, ngày {since}",
                f"The figure of {day(self.on)} is older than the start of the path, {since}",
                f"kết quả sau {since}",
                latest=self.latest,
            )
        if self.expected is None:
            return undecidable(
                f"Mới {self.verb[0]} {self.say.vi(self.value)} ngày {day(self.on)}, chưa tới mức chỉ tiêu; "
                "chưa có mức gốc hay lộ trình từng năm nên không biết nhanh hay chậm",
                f"Only {self.say.en(self.value)} on {day(self.on)}, short of the goal; without a baseline or a yearly "
                "path one cannot tell whether that is fast or slow",
                "mức gốc hoặc lộ trình từng năm",
                latest=self.latest,
            )
        if (self.today - self.on).days > TOO_OLD_DAYS:
            return self._finding(VerdictStatus.UNDECIDABLE, lambda: (self._too_old(),), missing=("số liệu mới",))
        expected = self.expected
        slow = self.aim.strict or self._behind(expected)  # a bare "tăng" has not risen yet
        status = VerdictStatus.AT_RISK if slow else VerdictStatus.ON_TRACK
        return self._finding(status, lambda: (self._against_path(expected), *self._stale()))

    def _too_old(self) -> Reason:
        return Reason(
            f"Số liệu mới nhất là {self.say.vi(self.value)} ngày {day(self.on)}, đã quá hai năm",
            f"The latest figure is {self.say.en(self.value)} on {day(self.on)}, more than two years ago",
        )

    def _step(self) -> Finding:
        """Steps are not interpolated: before the deadline only sliding back is a sign."""
        base = self.goal.baseline
        if base is not None and (self.value - base) * self.side < -tolerance(self.value, base):
            return self._finding(VerdictStatus.AT_RISK, lambda: (self._now(), self._fell_back(base)))
        return self._finding(VerdictStatus.NOT_DUE, lambda: (self._now(),))

    def _now(self) -> Reason:
        goal_vi, goal_en = bound_words(self.say, self.aim)
        due = day(self.goal.deadline)
        return Reason(
            f"Hiện {self.say.vi(self.value)}, chỉ tiêu {goal_vi}; chỉ tiêu theo mốc, xét ngày {due}",
            f"Now {self.say.en(self.value)}, the goal is {goal_en}; it moves in steps, due {due}",
        )

    def _fell_back(self, base: float) -> Reason:
        say = self.say
        return Reason(f"Thụt lùi so với mức gốc {say.vi(base)}", f"It fell back from its baseline {say.en(base)}")

    def _behind(self, expected: float) -> bool:
        slack = tolerance(self.value, self.goal.low, self.goal.high, self.goal.baseline)
        return (self.value - expected) * self._travel() < -slack

    def _travel(self) -> int:
        """Which way is good from here: for a fixed level or range, the way to it."""
        if self.aim.better or self.aim.low is None or self.aim.high is None:
            return self.side
        return 1 if self.value < self.aim.low or (self.value <= self.aim.high and self.side > 0) else -1

    def _against_path(self, expected: float) -> Reason:
        prefix, english = told(self.latest)
        gap = self.say.distance(self.value, expected)
        above = self.value > expected
        if gap:
            vi = f"{'cao' if above else 'thấp'} hơn lộ trình {self.say.near_vi(expected)} là {self.say.gap_vi(gap)}"
            en = f"{self.say.gap_en(gap)} {'above' if above else 'below'} the path of {self.say.near_en(expected)}"
        else:
            vi, en = f"đúng lộ trình {self.say.near_vi(expected)}", f"on the path of {self.say.near_en(expected)}"
        pace_vi, pace_en = self._paces()
        return reason(
            f"{prefix}{self.verb[0]} {self.say.vi(self.value)} ngày {day(self.on)}, {vi}{pace_vi}",
            f"{english}{self.verb[1]} {self.say.en(self.value)} on {day(self.on)}, {en}{pace_en}",
            value=self.value,
            expected=expected,
            gap=gap,
            needed_pace=self._needed(),
            actual_pace=self._actual(),
        )

    def _paces(self) -> tuple[str, str]:
        left, needed, actual = self._left(), self._needed(), self._actual()
        rest = self.mark - self.value
        verb, more = ("tăng", "rise") if rest > 0 else ("giảm", "fall")
        vi = en = ""
        if left >= 1 and needed is not None:
            vi = f"; cần {verb} {self.say.gap_vi(needed, 1)} mỗi năm"
            en = f"; it has to {more} by {self.say.gap_en(needed, 1)} a year"
        elif left > 0:
            vi = f"; còn phải {verb} {self.say.gap_vi(rest)} đến {day(self.goal.deadline)}"
            en = f"; it still has to {more} by {self.say.gap_en(rest)} by {day(self.goal.deadline)}"
        if actual is not None and vi:
            so_far = "tăng" if actual > 0 else "giảm"
            went = "risen" if actual > 0 else "fallen"
            flat = self.say.distance(self.value, self.goal.baseline or 0.0) == 0
            vi += ", đến nay không đổi" if flat else f", đến nay mỗi năm {so_far} {self.say.gap_vi(actual, 1)}"
            en += ", so far unchanged" if flat else f", so far it has {went} by {self.say.gap_en(actual, 1)} a year"
        return vi, en

    def _left(self) -> float:
        return year_fraction(self.goal.deadline) - year_fraction(self.on)

    def _needed(self) -> float | None:
        return (self.mark - self.value) / self._left() if self._left() > 1 / 24 else None

    def _actual(self) -> float | None:
        done = year_fraction(self.on) - start_of(self.goal)
        return (self.value - self.goal.baseline) / done if self.goal.baseline is not None and done >= 0.25 else None

    def _near_bound(self) -> float:
        low, high = self.aim.low, self.aim.high
        if low is None or high is None:
            return self.mark
        return high if self.value > high else low

    def _early(self) -> list[Reason]:
        months = round((year_fraction(self.goal.deadline) - year_fraction(self.on)) * 12)
        if self.today > self.goal.deadline or months < 1:
            return []
        due = day(self.goal.deadline)
        vi = f"{months // 12} năm" if months % 12 == 0 else f"{months} tháng"
        en = f"{months // 12} years" if months % 12 == 0 else f"{months} months"
        return [Reason(f"Sớm {vi} so với hạn {due}", f"{en} before the deadline {due}".replace("1 years", "1 year"))]

    def _small_change(self) -> list[Reason]:
        """A goal that asks for almost nothing is met, and is said to be small (3,36 → 3,34)."""
        base = self.goal.baseline
        if base is None or base == 0 or self.mark == base or abs(self.mark - base) >= 0.01 * abs(base):
            return []
        way = ("tăng", "rise") if self.mark > base else ("giảm", "fall")
        gap = self.mark - base
        return [
            reason(
                f"Mức {way[0]} đặt ra rất nhỏ: {self.say.gap_vi(gap)} so với mức gốc {self.say.vi(base)}",
                f"The {way[1]} asked for is very small: {self.say.gap_en(gap)} from the baseline {self.say.en(base)}",
                asked=gap,
            )
        ]

    def _stale(self) -> list[Reason]:
        days = (self.today - self.on).days
        if days <= STALE_AFTER_DAYS:
            return []
        months = int(days / 30.44)
        return [Reason(f"Số liệu đã cũ {months} tháng, cần cập nhật", f"The figure is {months} months old")]

    def _series(self) -> tuple[tuple[float, float], ...]:
        start, base = start_of(self.goal), self.goal.baseline
        rows = ((year_fraction(point.on), point.value) for point in self.points)
        return (*(() if base is None else ((start, base),)), *(row for row in rows if row[0] > start))

    def _share(self) -> float | None:
        base = self.goal.baseline
        if self.side > 0:
            return self.value / self.mark if self.mark > 0 else None
        if base is None or base <= self.mark:
            return None
        return (base - self.value) / (base - self.mark)

    def _finding(
        self, status: VerdictStatus, reasons: Callable[[], tuple[Reason, ...]], missing: tuple[str, ...] = ()
    ) -> Finding:
        return Finding(
            status,
            reasons,
            missing,
            value=self.value,
            on=self.on,
            expected=self.expected,
            share=self._share(),
            needed=self._needed() if self.aim.reach(self.value) == "short" else None,
            actual=self._actual(),
            latest=self.latest,
            goal_level=self.mark,
            series=lambda: () if self.goal.step_like else self._series(),
            aim=self.aim,
        )
