"""Composition goals (cơ cấu): parts of a whole that make 100, each on its own path. Rule path.composition."""

import math
from dataclasses import replace
from datetime import date

from nhiemky.assess.target.deadline import judge_deadline
from nhiemky.assess.target.facts import Goal, Part, Point, Reason, altered
from nhiemky.assess.target.finding import Finding, undecidable
from nhiemky.assess.target.path import aim_of
from nhiemky.assess.target.words import reason
from nhiemky.values.figures import figure, figure_english
from nhiemky.values.kinds import WORST_FIRST, Direction, PeriodMeaning, VerdictStatus

ROUNDING = 0.05  # each part may be rounded by this much


def judge_composition(goal: Goal, points: tuple[Point, ...], today: date) -> Finding:
    """A single share goes its own way by the deadline; named parts are judged together, the worst decides."""
    if not goal.parts:
        return judge_deadline(goal, points, today)
    latest = points[-1]
    asked, told = _asked(goal.parts), tuple((got.value, got.value) for got in latest.parts)
    refused = _not_whole("Chỉ tiêu", "goal", asked, latest) or _lacking(goal, latest)
    refused = refused or _not_whole("Kết quả", "result", told, latest)
    if refused:
        return refused
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
    """By the part's own goal where it is a target too. Else one that has to grow is at least its share, one that has to
    shrink at most; unknown start: exactly."""
    mine = tuple(
        altered(point, value=got.value, parts=()) for point in points for got in point.parts if got.name == part.name
    )
    if part.goal is not None:
        return judge_deadline(part.goal, mine, today)
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
    return judge_deadline(own, mine, today)


def _lacking(goal: Goal, latest: Point) -> Finding | None:
    """Which part the result does not tell, where it tells others."""
    got = {part.name for part in latest.parts}
    lacking = [part.name for part in goal.parts if part.name not in got]
    if not got or not lacking:
        return None
    return undecidable(
        f"Kết quả thiếu phần {', '.join(lacking)}", f"The result lacks {', '.join(lacking)}",
        *(f"tỷ trọng {name}" for name in lacking), latest=latest,
    )  # fmt: skip


def _asked(parts: tuple[Part, ...]) -> tuple[tuple[float, float], ...]:
    """The least and the most that each part may be: one figure, or what its own goal leaves open."""
    found = []
    for part in parts:
        aim = aim_of(part.goal, part.baseline) if part.goal is not None else None
        low, high = (part.value, part.value) if aim is None else (aim.low, aim.high)
        found.append((0.0 if low is None else low, 100.0 if high is None else high))
    return tuple(found)


def _not_whole(owner: str, english: str, parts: tuple[tuple[float, float], ...], latest: Point) -> Finding | None:
    if not parts:
        return undecidable(
            f"{owner} chưa nêu từng phần của cơ cấu", f"The {english} does not name its parts",
            "tỷ trọng từng phần", latest=latest,
        )  # fmt: skip
    least, most = (math.fsum(column) for column in zip(*parts, strict=True))
    slack = ROUNDING * len(parts) + 1e-9
    if least <= 100 + slack and most >= 100 - slack:
        return None
    total = least if least > 100 else most
    return undecidable(
        f"{owner}: các phần cộng lại được {figure(total)}%, không phải 100%",
        f"The parts of the {english} add up to {figure_english(total)}%, not 100%",
        "tỷ trọng từng phần, cộng lại bằng 100%",
        latest=latest,
    )
