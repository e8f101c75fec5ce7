"""A target with its adjustments → the target as it stood on a day: later adjustments taken back, newest first.

Called by the board, so that a review as of a past day judges by what was in force then.
"""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from nhiemky.register.models import Adjustment, Target

_COLUMNS = {field.attname: field for field in Target._meta.concrete_fields}
PATH = "path"  # the key of the yearly path among an adjustment's columns


def in_force(target: Target, on: date) -> Target:
    """The target itself where no adjustment came later, else an unsaved copy. Reads `target.adjustments`: prefetch."""
    later = _later(target, on)
    if not later:
        return target
    held = copy(target)
    for one in later:
        for column, value in one.before.items():
            if column != PATH:
                setattr(held, column, from_plain(column, value))
    return held


def path_in_force(target: Target, on: date) -> tuple[tuple[int, float], ...]:
    """Year and figure, in order. Reads `target.path` and `target.adjustments`."""
    steps = {step.year: float(step.value) for step in target.path.all()}
    for one in _later(target, on):
        if PATH in one.before:
            steps = {int(year): float(Decimal(value)) for year, value in one.before[PATH].items()}
    return tuple(sorted(steps.items()))


def from_plain(column: str, value: Any) -> Any:
    """A column of a target as an adjustment keeps it (JSON) → its value."""
    return _COLUMNS[column].to_python(value)


def _later(target: Target, on: date) -> list[Adjustment]:
    found = (one for one in target.adjustments.all() if one.on > on)
    return sorted(found, key=lambda one: (one.on, one.pk), reverse=True)
