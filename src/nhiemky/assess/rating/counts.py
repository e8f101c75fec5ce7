"""Counts by status or level, as the boards give them → what a rating is proposed from. Called by the register.

What waits for acceptance is not done; what lacks a figure is unknown, taken neither for good nor for bad.
"""

from collections.abc import Mapping

from nhiemky.assess.rating.facts import Group, Work
from nhiemky.values.kinds import RatingLevel, TaskStatus, VerdictStatus

REACHED = (VerdictStatus.EXCEEDED, VerdictStatus.MET, VerdictStatus.ON_TRACK)
_UNKNOWN = (VerdictStatus.NO_DATA, VerdictStatus.UNDECIDABLE)
_SET_ASIDE = (VerdictStatus.ADJUSTED, VerdictStatus.DROPPED)
_DONE = (TaskStatus.DONE_ON_TIME, TaskStatus.DONE_LATE, TaskStatus.DONE_UNDATED)
_LATE = (TaskStatus.DONE_LATE, TaskStatus.DONE_UNDATED, TaskStatus.OVERDUE, TaskStatus.SERIOUSLY_OVERDUE)


def work_of_targets(counts: Mapping[VerdictStatus, int], exceeded: int | None = None, reference: str = "") -> Work:
    """Targets judged on the year's last day: on the path is the year's part done; what is not due yet was not asked of
    this year. `exceeded`: how many went over what the year asked, unknown where nobody counted. `reference`: the
    document by which targets were adjusted or dropped. One without figures, or that cannot be judged, is unknown."""
    reached = sum(counts.get(status, 0) for status in REACHED)
    asked = sum(counts.values()) - counts.get(VerdictStatus.NOT_DUE, 0)
    late = counts.get(VerdictStatus.AT_RISK, 0) + counts.get(VerdictStatus.MISSED, 0)
    aside = sum(counts.get(status, 0) for status in _SET_ASIDE)
    unknown = sum(counts.get(status, 0) for status in _UNKNOWN)
    return Work(asked, reached, reached, exceeded, late, aside, reference, unknown)


def work_of_tasks(counts: Mapping[TaskStatus, int], reference: str = "") -> Work:
    """Tasks due in the year. Which were done above what was required nobody records: unknown."""
    return Work(
        assigned=sum(counts.values()),
        done=sum(counts.get(status, 0) for status in _DONE),
        on_time=counts.get(TaskStatus.DONE_ON_TIME, 0),
        late=sum(counts.get(status, 0) for status in _LATE),
        excluded=counts.get(TaskStatus.DROPPED, 0),
        reference=reference,
    )


def group_of(levels: Mapping[RatingLevel, int], unrated: int = 0) -> Group:
    """So many bodies at each level; those without one are exempt."""
    excellent, good, satisfactory, poor = (levels.get(level, 0) for level in RatingLevel)
    return Group(excellent, good, satisfactory, poor, unrated)
