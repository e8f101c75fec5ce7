"""What a target may be given, checked field by field: typed values in, column values out. Called by the services that
add, edit and adjust targets; errors name the field."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.register import checks
from nhiemky.register.errors import ServiceError, missing
from nhiemky.register.models import Organisation, Target
from nhiemky.register.models.places import names
from nhiemky.register.units import parse_unit
from nhiemky.values.figures import day, with_unit
from nhiemky.values.kinds import Direction, PeriodMeaning
from nhiemky.values.period import Term

NUMBERS = ("low", "high", "baseline")
GOAL = ("direction", "meaning", "unit", *NUMBERS)
TEXTS = {"field": 200, "lead_body": 200, "coordinating_bodies": 400}
DETAILS = (*TEXTS, "name", "number", "baseline_year", "deadline", "step_like", "lead", "whole")
_WHOLE = Decimal(100)


def goal(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Direction, meaning, unit and figures, in the register's unit."""
    unit = checks.short(fields["unit"], "unit", 60)
    numbers = {name: checks.number(fields.get(name), name) for name in NUMBERS}
    direction = checks.one_of(fields.get("direction"), dict(names(Direction)), "direction")
    meaning = checks.one_of(fields.get("meaning") or PeriodMeaning.BY_DEADLINE, dict(names(PeriodMeaning)), "meaning")
    if meaning == PeriodMeaning.AGAINST_PLAN and parse_unit(unit).kind not in ("percent", "none"):
        words = _("Chỉ tiêu so với kế hoạch giao tính bằng %% của kế hoạch; gặp đơn vị “%s”. Hãy ghi đơn vị %%.")
        raise ServiceError("unit", words % unit)
    if direction == Direction.ZERO and numbers["low"] is None:
        numbers["low"] = checks.number(0, "low")
    if meaning != PeriodMeaning.MILESTONE:  # one without a figure is reached or not
        checks.bounds(numbers["low"], numbers["high"], direction)
    for name, value in numbers.items():
        if value is not None:
            checks.sensible(value, unit, name)
    kept = {name: None if value is None else checks.in_base(value, unit, name) for name, value in numbers.items()}
    return {"unit": parse_unit(unit).name, "direction": direction, "meaning": meaning, **kept}


def details(fields: Mapping[str, Any], target: Target) -> dict[str, Any]:
    """The other columns that are given, checked for this (perhaps unsaved) target."""
    term = checks.term(target.term)
    found: dict[str, Any] = {
        name: checks.short(fields[name], name, limit) for name, limit in TEXTS.items() if name in fields
    }
    if "name" in fields:
        found["name"] = checks.text(fields["name"], "name", 400, _("tên chỉ tiêu"))
    if "number" in fields:
        found["number"] = checks.whole_number(fields["number"], "number", 1, 9999)
    if fields.get("baseline_year") in (None, "") and "baseline_year" in fields:
        found["baseline_year"] = None
    elif "baseline_year" in fields:
        found["baseline_year"] = checks.year(fields["baseline_year"], "baseline_year", 1945, term.end_year)
    if "deadline" in fields:
        found["deadline"] = _deadline(fields["deadline"], term)
    if "step_like" in fields:
        found["step_like"] = fields["step_like"] in (True, 1, "1", "true", "on")
    if "lead" in fields:
        found["lead"] = _lead(fields["lead"])
    if "whole" in fields:
        found["whole"] = _whole_of(fields["whole"], target)
    return found


def steps(path: Mapping[int, Any], term: Term, unit: str) -> dict[int, Decimal | None]:
    """The figure planned for each year, in the register's unit; None takes a year's figure away."""
    found: dict[int, Decimal | None] = {}
    for typed, value in path.items():
        year = checks.whole_number(typed, "path", 1, 9999)
        if year not in term.years:
            words = _("Lộ trình có năm %(year)s; nhiệm kỳ %(term)s gồm các năm %(first)s đến %(last)s.")
            said = {"year": year, "term": term, "first": term.years[0], "last": term.years[-1]}
            raise ServiceError("path", words % said)
        figure = checks.number(value, "path")
        found[year] = None if figure is None else checks.in_base(figure, unit, "path")
    return found


def warnings_of(target: Target) -> tuple[str, ...]:
    """What a person who enters the target should look at; nothing here stops it."""
    told = []
    if target.meaning == PeriodMeaning.AGAINST_BASELINE and target.baseline is None:
        told.append(_("Chỉ tiêu so với đầu nhiệm kỳ nhưng chưa có số đầu kỳ: chưa đánh giá được. Hãy ghi số đầu kỳ."))
    last = checks.term(target.term).last_day
    if target.deadline > last:  # a resolution may look further ahead than its term
        words = _("Thời hạn %(found)s sau ngày cuối nhiệm kỳ %(last)s; nếu không phải mục tiêu dài hạn thì hãy sửa.")
        told.append(words % {"found": day(target.deadline), "last": day(last)})
    group = target.whole or target
    parts = Target.objects.filter(whole=group) if group.pk else Target.objects.none()
    told += _not_hundred(group, parts)
    return tuple(told)


def _not_hundred(group: Target, parts: Iterable[Target]) -> list[str]:
    """Parts in percent of one composition make 100%, or their ranges leave room for it."""
    if group.unit != "%" or group.meaning != PeriodMeaning.COMPOSITION:
        return []
    held = [(part.low, part.high if part.high is not None else part.low) for part in parts if part.unit == "%"]
    known = [(low, high) for low, high in held if low is not None and high is not None]
    if not held or len(known) < len(held):
        return []
    least, most = sum((low for low, _high in known), Decimal()), sum((high for _low, high in known), Decimal())
    if least <= _WHOLE <= most:
        return []
    found = with_unit(least, "%") if least == most else f"{with_unit(least, '%')} – {with_unit(most, '%')}"
    words = _("Các phần của “%(name)s” cộng lại là %(found)s; cơ cấu phải đủ 100%%. Hãy xem lại từng phần.")
    return [words % {"name": group.name, "found": found}]


def _deadline(value: Any, term: Term) -> date:
    found = checks.real_day(value, "deadline")
    if found < term.first_day:
        words = _("Thời hạn %(found)s trước ngày đầu nhiệm kỳ %(first)s. Hãy sửa thời hạn.")
        raise ServiceError("deadline", words % {"found": day(found), "first": day(term.first_day)})
    return found


def _lead(value: Any) -> Organisation | None:
    if value in (None, "") or isinstance(value, Organisation):
        return value or None
    key = checks.whole_number(value, "lead", 1, 2**63 - 1)
    held = Organisation.objects.filter(pk=key).first()
    if held is None:
        raise missing(_("tổ chức"), key, "lead")
    return held


def _whole_of(value: Any, target: Target) -> Target | None:
    """The target that this one is a part of: of the same organisation and term, and no part of this one itself."""
    if value in (None, ""):
        return None
    held = value
    if not isinstance(value, Target):
        key = checks.whole_number(value, "whole", 1, 2**63 - 1)
        held = Target.objects.filter(pk=key).first()
        if held is None:
            raise missing(_("chỉ tiêu"), key, "whole")
    if (held.organisation_id, held.term) != (target.organisation_id, target.term):
        words = _("“%s” là chỉ tiêu của tổ chức hoặc nhiệm kỳ khác; một phần phải cùng tổ chức, cùng nhiệm kỳ.")
        raise ServiceError("whole", words % held.name)
    above: Target | None = held
    while above is not None:
        if target.pk is not None and above.pk == target.pk:
            words = _("Chỉ tiêu “%s” không thể là một phần của chính nó. Hãy chọn chỉ tiêu khác.")
            raise ServiceError("whole", words % target.name)
        above = above.whole
    return held  # type: ignore[no-any-return]
