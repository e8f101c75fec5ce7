"""Composition goals (cơ cấu): parts of a whole that make 100, each on its own path. Rule path.composition."""

import math
from dataclasses import replace
from datetime import date

from nhiemky.assess.target.deadline import judge_deadline
from nhiemky.assess.target.facts import Goal, Part, Point, Reason
from nhiemky.assess.target.finding import Finding, undecidable
from nhiemky.assess.target.words import reason
from nhiemky.values.figures import figure, figure_english
from nhiemky.values.kinds import WORST_FIRST, Direction, PeriodMeaning, VerdictStatus

ROUNDING = 0.05  # each part may be rounded by this much


def judge_composition(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """A single share goes its own way by the deadline; named parts are judged together, the worst decides."""
    if not goal.parts:
        return judge_deadline(goal, points, today)
    latest = points[-1]
    for owner, english, parts in (("Chỉ tiêu", "goal", goal.parts), ("Kết quả", "result", latest.parts)):
        refused = _not_whole(owner, english, parts, latest)
        if refused:
            return refused
    lacking = [part.name for part in goal.parts if part.name not in {got.name for got in latest.parts}]
    if lacking:
        return undecidable(
            f"Kết quả thiếu phần {', '.join(lacking)}", f"The result lacks {', '.join(lacking)}",
            *(f"tỷ trọng {name}" for name in lacking), latest=latest,
        )  # fmt: skip
    found = [(part, _judge_part(goal, part, points, today)) for part in goal.parts]
    part, worst = min(found, key=lambda pair: WORST_FIRST.index(pair[1].status))
    status = worst.status if worst.status is not VerdictStatus.EXCEEDED else VerdictStatus.MET
    return replace(worst, status=status, reasons=lambda: _reasons(latest, part, worst), latest=latest, series=tuple)


def _reasons(latest: Point, part: Part, worst: Finding) -> tuple[Reason, ...]:
    """The whole composition first, then the part that decides."""
    told = ", ".join(f"{got.name} {figure(got.value)}%" for got in latest.parts)
    told_en = ", ".join(f"{got.name} {figure_english(got.value)}%" for got in latest.parts)
    named = (
        Reason(f"{part.name}: {r.vi[:1].lower()}{r.vi[1:]}", f"{part.name}: {r.en}", r.numbers) for r in worst.reasons()
    )
    return reason(f"Cơ cấu hiện có: {told}", f"The composition now: {told_en}"), *named


def _judge_part(goal: Goal, part: Part, points: tuple[Point, ...], today: date) -> Finding:
    """A part that has to grow is at least its share, one that has to shrink at most; unknown start: exactly."""
    direction = Direction.EQUAL
    if part.baseline is not None and part.baseline != part.value:
        direction = Direction.AT_LEAST if part.value > part.baseline else Direction.AT_MOST
    own = replace(
        goal,
        direction=direction,
        low=part.value,
        high=part.value,
        unit="%",
        baseline=part.baseline,
        meaning=PeriodMeaning.BY_DEADLINE,
        path=(),
        parts=(),
    )
    mine = [replace(point, value=got.value) for point in points for got in point.parts if got.name == part.name]
    return judge_deadline(own, tuple(mine), today)


def _not_whole(owner: str, english: str, parts: tuple[Part, ...], latest: Point) -> Finding | None:
    if not parts:
        return undecidable(
            f"{owner} chưa nêu từng phần của cơ cấu", f"The {english} does not name its parts",
            "tỷ trọng từng phần", latest=latest,
        )  # fmt: skip
    total = math.fsum(part.value for part in parts)
    if abs(total - 100) <= ROUNDING * len(parts) + 1e-9:
        return None
    return undecidable(
        f"{owner}: các phần cộng lại được {figure(total)}%, không phải 100%",
        f"The parts of the {english} add up to {figure_english(total)}%, not 100%",
        "tỷ trọng từng phần, cộng lại bằng 100%",
        latest=latest,
    )
