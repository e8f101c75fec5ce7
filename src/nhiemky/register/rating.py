"""A body's year in the register → the counts that its rating is proposed from, and the cap on its bodies' ratings.

A selector: reads only. Called by `nhiemky rate`; what is no count (discipline, score) is asked there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from nhiemky.assess.rating import (
    REACHED,
    Cap,
    Group,
    Inputs,
    Proposal,
    Reason,
    Work,
    cap,
    goal_over_cap,
    group_of,
    propose,
    work_of_targets,
    work_of_tasks,
)
from nhiemky.assess.target import Verdict
from nhiemky.law import load
from nhiemky.register.board import Board
from nhiemky.register.folding import fold
from nhiemky.register.models import Organisation, Rating
from nhiemky.register.recognition import rating_years
from nhiemky.register.selectors import board
from nhiemky.register.work import tasks_owned
from nhiemky.values.kinds import VerdictStatus
from nhiemky.values.period import Term

Counted = Literal["tasks", "targets"]


@dataclass(frozen=True)
class YearProposed:
    """What a person decides by: the counts of the year, `first` those of targets by the goals first set where that is
    otherwise, the level they support, the cap on each kind of bodies, goals that ask for more, what was decided."""

    on: date
    counted: Counted
    tasks: Work
    targets: Work | None
    first: Work | None
    proposal: Proposal
    caps: dict[str, Cap]
    over_cap: tuple[tuple[str, Reason], ...]
    decided: Rating | None


@dataclass(frozen=True)
class Asked:
    """What the register does not hold. `answers`: fields of Inputs; `counted`: what the shares are of (tasks, where the
    body owned any); `exceeded`: how many were above what was required; `reference`: the document that takes some out;
    `raised`: the competent level has decided on the higher cap."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    counted: Counted | None = None
    exceeded: int | None = None
    reference: str = ""
    raised: bool = False


def proposed(of: Organisation, year: int, term: str | Term | None, today: date, asked: Asked) -> YearProposed:
    """By the regulation in force on the year's last day, or today; NotInForce before the first."""
    on = min(today, date(year, 12, 31))
    held = board(of, term, on) if term is not None else None
    verdicts = [row.verdict for row in held.rows] if held else []
    tasks, targets = year_of_tasks(of, year, today, asked.reference), None
    if verdicts:
        targets = _work(verdicts, (one.stands for one in verdicts), asked.reference)
    first = _work(verdicts, (one.before or one.stands for one in verdicts), asked.reference)
    counted = asked.counted or ("tasks" if tasks.assigned or not targets else "targets")
    work = tasks if counted == "tasks" else targets
    if work is not None and asked.exceeded is not None:
        work = replace(work, exceeded=asked.exceeded)
    bodies = _together(bodies_rated(of, year))
    inputs = Inputs(work=work if work and work.assigned else None, bodies=bodies, **asked.answers)
    return YearProposed(
        on,
        counted,
        tasks,
        targets,
        first if targets and first != targets else None,
        propose(inputs, on, load()),
        caps(of, year, today, raised=asked.raised),
        tuple(_asking_too_much(held, on)) if held else (),
        Rating.objects.filter(organisation=of, of="", year=year).first(),
    )


def year_of_tasks(of: Organisation, year: int, today: date, reference: str = "") -> Work:
    """Tasks the body owns whose original deadline lies in the year; one without a deadline belongs to the year in which
    it was given."""
    on = min(today, date(year, 12, 31))
    lines = [line for line in tasks_owned(of, on) if (line.verdict.due or line.task.assigned_on).year == year]
    return work_of_tasks(Counter(line.verdict.status for line in lines), reference)


def year_of_targets(of: Organisation, year: int, term: str | Term, today: date, reference: str = "") -> Work:
    """The term's targets by how they stood on the last day of the year, or stand today; one that is past its whole goal
    is above what the year asked."""
    verdicts = [row.verdict for row in board(of, term, min(today, date(year, 12, 31))).rows]
    return _work(verdicts, (one.stands for one in verdicts), reference)


def bodies_rated(of: Organisation, year: int) -> dict[str, Group]:
    """Kind of body (chi bộ …) → how many were given each level; those without one are exempt."""
    held = next((one for one in rating_years(of) if one.year == year), None)
    return {} if held is None else {one.of: group_of(dict(one.levels), max(0, one.unrated)) for one in held.bodies}


def caps(of: Organisation, year: int, today: date | None = None, *, raised: bool = False) -> dict[str, Cap]:
    """Whether too many of each kind were rated excellent, by the rule in force at the year's end, or today."""
    on, law = min(today or date.max, date(year, 12, 31)), load()
    return {kind: cap(group, on, law, raised=raised) for kind, group in bodies_rated(of, year).items()}


def _work(verdicts: Iterable[Verdict], statuses: Iterable[VerdictStatus], reference: str) -> Work:
    over = sum(1 for one in verdicts if one.stands in REACHED and one.share is not None and one.share > 1)
    return work_of_targets(Counter(statuses), over, reference)


def _together(groups: Mapping[str, Group]) -> Group | None:
    """All bodies below, whatever their kind: what the share of those rated good is of."""
    if not groups:
        return None
    columns = zip(*((g.excellent, g.good, g.satisfactory, g.poor, g.exempt) for g in groups.values()), strict=True)
    return Group(*map(sum, columns))


def _asking_too_much(held: Board, on: date) -> Iterable[tuple[str, Reason]]:
    """Targets that want a larger share rated excellent than the cap allows: `30% chi bộ hoàn thành xuất sắc`."""
    for row in held.rows:
        goal = row.goal.low if row.goal.unit.strip() == "%" and "xuat sac" in fold(row.target.name) else None
        found = None if goal is None else goal_over_cap(goal, on, load())
        if found is not None:
            yield row.target.name, found
