"""Goals against the plan assigned for each year: results become percents of their plan, which every year has to keep.

Rule path.against_plan. Called by the judge; `track` draws the same percents.
"""

from dataclasses import replace
from datetime import date

from nhiemky.assess.target.facts import Goal, Point, Reason, altered
from nhiemky.assess.target.finding import Finding, undecidable
from nhiemky.assess.target.yearly import judge_yearly
from nhiemky.values.kinds import Direction

IMPLAUSIBLE_RATIO = 300.0  # percent of plan; above it a plan number has to be shown


def judge_plan(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """Each year's result as percent of its plan, then every year by itself."""
    if goal.direction is Direction.ZERO:
        return undecidable(
            "“Không còn” so với kế hoạch giao không nói rõ phải đạt tỷ lệ nào",
            "“None left” against an assigned plan does not say which share is asked for",
            "tỷ lệ so với kế hoạch phải đạt",
            latest=points[-1],
        )
    shares = shares_of_plan(goal, points)
    unplanned = sorted({point.period for point in points} - {point.period for point in shares})
    if not shares:
        years = ", ".join(str(year) for year in sorted({period.year for period in unplanned}))
        return undecidable(
            f"Chưa có kế hoạch giao năm {years} nên không tính được tỷ lệ so với kế hoạch",
            f"The plan assigned for {years} is not given, so the share of plan cannot be computed",
            f"kế hoạch giao năm {years}",
            latest=points[-1],
        )
    goal = altered(goal, unit="% kế hoạch", low=_plan_bound(goal), direction=_plan_direction(goal))
    found = judge_yearly(goal, shares, today)
    stated = any(point.planned is None for point in shares)
    note = Reason(
        "Theo tỷ lệ nguồn nêu, chưa có số kế hoạch giao để tính lại",
        "By the ratio the source states; the plan itself is not at hand to recompute it",
    )
    return replace(found, reasons=lambda: (*found.reasons(), note)) if stated and not goal.plan else found


def shares_of_plan(goal: Goal, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The results as percent of their year's plan, without those whose plan nobody gave."""
    return tuple(share for point in points if (share := _of_plan(goal, point)) is not None)


def _plan_bound(goal: Goal) -> float:
    """100 unless said otherwise; "vượt 5%" is 105."""
    said = goal.low if goal.low is not None else goal.high
    if goal.direction is Direction.INCREASE:
        return 100.0 + (said or 0.0)
    if goal.direction is Direction.DECREASE:
        return 100.0 - (said or 0.0)
    return 100.0 if said is None else said


def _plan_direction(goal: Goal) -> Direction:
    if goal.direction in (Direction.DECREASE, Direction.AT_MOST) or goal.polarity == "down":
        return Direction.AT_MOST
    return Direction.RANGE if goal.direction is Direction.RANGE and goal.high is not None else Direction.AT_LEAST


def _of_plan(goal: Goal, point: Point) -> Point | None:
    """The result as percent of its plan: computed, else as its source states it; None without a plan."""
    plan = dict(goal.plan).get(point.period.year)
    plan = point.planned if point.planned is not None else plan
    percent = point.unit is not None and point.unit.strip().startswith("%")
    if plan and not percent:
        return altered(point, value=point.value / plan * 100.0)
    stated = point.ratio if point.ratio is not None else point.value if percent else None
    if stated is None or (stated > IMPLAUSIBLE_RATIO and not plan):
        return None
    return altered(point, value=stated)
