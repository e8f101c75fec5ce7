"""A body's year in the register → the counts that its rating is proposed from, and the cap on its bodies' ratings.

A selector: reads only. Called by pages and commands that propose; what is no count (discipline, score) is asked there.
"""

from collections import Counter
from datetime import date

from nhiemky.assess.rating import REACHED, Cap, Group, Work, cap, group_of, work_of_targets, work_of_tasks
from nhiemky.law import load
from nhiemky.register.models import Organisation
from nhiemky.register.recognition import rating_years
from nhiemky.register.selectors import board
from nhiemky.register.work import tasks_owned
from nhiemky.values.period import Term


def year_of_tasks(of: Organisation, year: int, today: date, reference: str = "") -> Work:
    """Tasks the body owns whose original deadline lies in the year; one without a deadline belongs to the year in which
    it was given."""
    on = min(today, date(year, 12, 31))
    lines = [line for line in tasks_owned(of, on) if (line.verdict.due or line.task.assigned_on).year == year]
    return work_of_tasks(Counter(line.verdict.status for line in lines), reference)


def year_of_targets(of: Organisation, year: int, term: str | Term, today: date, reference: str = "") -> Work:
    """The term's targets by what they were on the last day of the year, or are today; one that is past its whole goal
    is above what the year asked."""
    found = board(of, term, min(today, date(year, 12, 31)))
    verdicts = [row.verdict for row in found.rows]
    over = sum(1 for one in verdicts if one.stands in REACHED and one.share is not None and one.share > 1)
    return work_of_targets(Counter(one.stands for one in verdicts), over, reference)


def bodies_rated(of: Organisation, year: int) -> dict[str, Group]:
    """Kind of body (chi bộ …) → how many were given each level; those without one are exempt."""
    held = next((one for one in rating_years(of) if one.year == year), None)
    return {} if held is None else {one.of: group_of(dict(one.levels), max(0, one.unrated)) for one in held.bodies}


def caps(of: Organisation, year: int) -> dict[str, Cap]:
    """Whether too many of each kind were rated excellent, by the rule in force at the year's end."""
    on, law = date(year, 12, 31), load()
    return {kind: cap(group, on, law) for kind, group in bodies_rated(of, year).items()}
