"""A figure as it is typed → its value, with errors and warnings seen beside its target and what was told before.

Pure; services call it on writing, the grid of figures while a person types.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.register import checks, intake
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Target
from nhiemky.register.models.targets import Nature
from nhiemky.register.units import parse_unit, to_base
from nhiemky.values.figures import figure, rounded, with_unit
from nhiemky.values.period import Period

_ONE_DOT = re.compile(r"[-+−]?[1-9]\d{0,2}\.\d{3}")
_JUMP = 5


def value_of(value: Any, unit: str, target: Target | None, before: Decimal | None = None) -> Decimal:
    """The figure in the unit given; `1.500` may be asked back."""
    found = checks.needed(value, "value")
    if target is not None:
        ask_back({"value": value}, unit, (before, target.low, target.high, target.baseline))
    return found


def ask_back(typed: Mapping[str, Any], unit: str, known: Iterable[Decimal | None]) -> None:
    """`1.500` that fits what is known (in the register's unit) only as 1,5 is asked back, not guessed; figures typed
    beside it that can be read in one way only are known too. ServiceError names the field."""
    said = {field: value for field, value in typed.items() if isinstance(value, str) and value.strip()}
    open_ = {field for field, value in said.items() if _ONE_DOT.fullmatch(value.strip())}
    if not open_:
        return
    figures = {field: checks.needed(value, field) for field, value in said.items()}
    sure = [to_base(figures[field], unit)[0] for field in said.keys() - open_]
    held = [one for one in (*known, *sure) if one]
    for field in said:
        if field in open_ and _fits_as_decimal(figures[field], unit, held):
            words = _("Gặp “%(found)s”: là %(whole)s hay %(part)s? Hãy ghi lại là %(whole)s hoặc %(part)s.")
            found = figures[field]
            part = {"found": said[field].strip(), "whole": int(found), "part": figure(found / 1000)}
            raise ServiceError(field, words % part)


def doubts(target: Target, period: Period, value: Decimal, before: tuple[Period, Decimal] | None) -> tuple[str, ...]:
    """Warnings about a figure in the register's unit: far from the goal, or a jump from one of as long a period."""
    told: list[str] = []
    if target.low is not None and intake.is_far(value, target):
        words = _("%(found)s khác xa mức chỉ tiêu %(goal)s; hãy xem lại đơn vị trong nguồn.")
        told.append(words % {"found": with_unit(value, target.unit), "goal": with_unit(target.low, target.unit)})
    if before is not None and before[1] > 0 and value > 0 and _length(before[0]) == _length(period):
        times = max(value / before[1], before[1] / value)
        if times >= _JUMP:
            words = _("%(found)s so với %(before)s của %(period)s: chênh %(times)s lần; hãy xem lại nguồn.")
            said = {"found": with_unit(value, target.unit), "before": with_unit(before[1], target.unit)}
            told.append(words % {**said, "period": before[0].label, "times": figure(rounded(times, 1))})
    return tuple(told)


def sums_off(targets: Iterable[Target], values: Mapping[int, Decimal]) -> dict[int, str]:
    """Targets with parts whose figures do not add up to theirs; a rate is no sum of its parts."""
    parts: dict[int, list[Target]] = {}
    held = {target.pk: target for target in targets}
    for target in held.values():
        if target.whole_id is not None:
            parts.setdefault(target.whole_id, []).append(target)
    told = {}
    for key, those in parts.items():
        whole = held.get(key)
        if whole is None or key not in values or any(one.pk not in values for one in those):
            continue
        if _adds_up(whole, those) and (total := sum((values[one.pk] for one in those), Decimal(0))) != values[key]:
            words = _("Các phần cộng lại là %(parts)s, khác số chung %(whole)s; hãy xem lại.")
            said = {"parts": with_unit(total, whole.unit), "whole": with_unit(values[key], whole.unit)}
            told[key] = words % said
    return told


def _adds_up(whole: Target, parts: Sequence[Target]) -> bool:
    same = all(part.unit == whole.unit for part in parts)
    return same and whole.indicator.nature != Nature.RATE and parse_unit(whole.unit).kind != "percent"


def _fits_as_decimal(found: Decimal, unit: str, known: list[Decimal]) -> bool:
    part = found / 1000
    kind = parse_unit(unit).kind
    if kind == "count" and part != part.to_integral_value():
        return False
    if kind == "percent" and all(abs(one) <= 100 for one in known):
        return True  # 1500% is written of a plan many times over, which nothing here speaks of
    if not known:
        return False
    whole, small = (abs(to_base(one, unit)[0]) for one in (found, part))
    return min(_times(small, one) for one in known) < min(_times(whole, one) for one in known)


def _times(one: Decimal, other: Decimal) -> Decimal:
    return max(one / abs(other), abs(other) / one)


def _length(period: Period) -> int:
    first, last = period.months
    return last - first
