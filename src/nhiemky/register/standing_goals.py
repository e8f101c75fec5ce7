"""A target with its adjustments → the target as it stood on a day: later adjustments taken back, newest first.

Called by the board, so that a review as of a past day judges by what was in force then.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nhiemky.register.models import Adjustment, Target
from nhiemky.register.models.targets import TargetState

_COLUMNS = {field.attname: field for field in Target._meta.concrete_fields}
Path = tuple[tuple[int, float], ...]  # year and figure, in order
PATH = "path"  # the key of the yearly path among an adjustment's columns


@dataclass(frozen=True)
class Changed:
    """An adjustment in force, with the target and its path as they were before it."""

    adjustment: Adjustment
    former: Target
    path: Path


def as_it_stood(target: Target, on: date) -> tuple[Target, Path]:
    """The target (itself where no adjustment came later, else an unsaved copy) and its path; reads `target.path` and
    `target.adjustments`: prefetch both."""
    later = _later(target, on)
    return _without(target, later), _path_without(target, later)


def in_force(target: Target, on: date) -> Target:
    """The target alone, as it stood on that day."""
    return _without(target, _later(target, on))


def changes_in_force(target: Target, on: date) -> tuple[Changed, ...]:
    """The adjustments of the goal that were in force on that day, first to last; dropping and taking up are none."""
    every = _newest_first(target)
    found = []
    for place, one in enumerate(every):
        if one.on <= on and one.state == TargetState.ADJUSTED:
            taken = every[: place + 1]
            found.append(Changed(one, _without(target, taken), _path_without(target, taken)))
    return tuple(reversed(found))


def from_plain(column: str, value: Any) -> Any:
    """A column of a target as an adjustment keeps it (JSON) → its value."""
    return _COLUMNS[column].to_python(value)


def _without(target: Target, taken: list[Adjustment]) -> Target:
    if not taken:
        return target
    held = copy(target)
    for one in taken:
        for column, value in one.before.items():
            if column != PATH:
                setattr(held, column, from_plain(column, value))
    return held


def _path_without(target: Target, taken: list[Adjustment]) -> Path:
    steps = {step.year: float(step.value) for step in target.path.all()}
    for one in taken:
        if PATH in one.before:
            steps = {int(year): float(Decimal(value)) for year, value in one.before[PATH].items()}
    return tuple(sorted(steps.items()))


def _later(target: Target, on: date) -> list[Adjustment]:
    return [one for one in _newest_first(target) if one.on > on]


def _newest_first(target: Target) -> list[Adjustment]:
    return sorted(target.adjustments.all(), key=lambda one: (one.on, one.pk), reverse=True)
