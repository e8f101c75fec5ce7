"""Figures short enough for a table cell: money in triệu or tỷ, units that need no repeating."""

from nhiemky.ui.statuses import english
from nhiemky.values.figures import Number, exact, figure, goal_text, money_scale, with_unit


def short(value: Number | None, unit: str) -> str:
    """95000000 đồng/người/năm → `95 triệu`; 91.8 % → `91,8`; None → empty."""
    if value is None:
        return ""
    size, name = money_scale(unit, [value])
    return f"{figure(exact(value) / size)} {name}".rstrip()


def full(value: Number | None, unit: str) -> str:
    """`95 triệu đồng/người/năm`, `91,8%`: a figure with its unit, money scaled; None → `—`."""
    if value is None:
        return "—"
    if unit.startswith("đồng"):
        return f"{short(value, unit)} {unit}"
    return with_unit(value, unit)


def goal(direction: str, low: Number | None, high: Number | None, unit: str, *, yearly: bool = False) -> str:
    """The goal as the annex writes it, money scaled: `≥ 95 triệu đồng/người/năm`."""
    size, name = money_scale(unit, [bound for bound in (low, high) if bound is not None])
    low, high = (None if bound is None else exact(bound) / size for bound in (low, high))
    return told(goal_text(direction, low, high, f"{name} {unit}".strip(), yearly=yearly))


def told(goal: str) -> str:
    """The words of a goal in the reader's language; units stay as the resolution has them."""
    if not english():
        return goal
    for here, there in (("không còn", "none left"), ("tăng", "up"), ("giảm", "down"), ("/năm", "/year")):
        goal = goal.replace(here, there)
    return goal
