"""Ratings of quality: the level that a year's counts support, and the cap on *xuất sắc*. A person decides."""

from nhiemky.assess.rating.cap import cap, goal_over_cap
from nhiemky.assess.rating.counts import REACHED, group_of, work_of_targets, work_of_tasks
from nhiemky.assess.rating.facts import RATING_RULES_VERSION, Cap, Group, Inputs, Proposal, Reading, Reason, Work
from nhiemky.assess.rating.propose import propose

__all__ = [
    "RATING_RULES_VERSION",
    "REACHED",
    "Cap",
    "Group",
    "Inputs",
    "Proposal",
    "Reading",
    "Reason",
    "Work",
    "cap",
    "goal_over_cap",
    "group_of",
    "propose",
    "work_of_targets",
    "work_of_tasks",
]
