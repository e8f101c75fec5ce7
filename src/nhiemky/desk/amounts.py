"""Figures short enough for a table cell: money in triệu or tỷ, units that need no repeating."""

from decimal import Decimal

from nhiemky.ui.statuses import english
from nhiemky.values.figures import Number, exact, figure, goal_text, with_unit

_SCALES = ((Decimal(10**9), "tỷ"), (Decimal(10**6), "triệu"))


def short(value: Number | None, unit: str) -> str:
    """95000000 đồng/người/năm → `95 triệu`; 91.8 % → `91,8`; None → empty."""
    if value is None:
        return ""
    if unit.startswith("đồng"):
        for size, name in _SCALES:
            if abs(exact(value)) >= size:
                return f"{figure(exact(value) / size)} {name}"
    return figure(value)


def full(value: Number | None, unit: str) -> str:
    """`95 triệu đồng/người/năm`, `91,8%`: a figure with its unit, money scaled; None → `—`."""
    if value is None:
        return "—"
    if unit.startswith("đồng"):
        return f"{short(value, unit)} {unit}"
    return with_unit(value, unit)


def goal(direction: str, low: Number | None, high: Number | None, unit: str, *, yearly: bool = False) -> str:
    """The goal as the annex writes it, money scaled: `≥ 95 triệu đồng/người/năm`."""
    return _told(_goal(direction, low, high, unit, yearly=yearly))


def _goal(direction: str, low: Number | None, high: Number | None, unit: str, *, yearly: bool) -> str:
    if unit.startswith("đồng"):
        biggest = max((abs(exact(one)) for one in (low, high) if one is not None), default=Decimal(0))
        for size, name in _SCALES:
            if biggest >= size:
                scaled = [None if one is None else exact(one) / size for one in (low, high)]
                return goal_text(direction, scaled[0], scaled[1], f"{name} {unit}", yearly=yearly)
    return goal_text(direction, low, high, unit, yearly=yearly)


def _told(goal: str) -> str:
    """The words of a goal in the reader's language; units stay as the resolution has them."""
    if not english():
        return goal
    for here, there in (("không còn", "none left"), ("tăng", "up"), ("giảm", "down"), ("/năm", "/year")):
        goal = goal.replace(here, there)
    return goal
