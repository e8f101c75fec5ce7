"""Adds and edits targets: the commitment, the path to it, the clause it comes from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, infer, intake, summaries
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.folding import fold
from nhiemky.register.models import Document, Indicator, Organisation, Target, TargetPath
from nhiemky.register.models.places import names
from nhiemky.register.models.targets import Nature, Polarity, TargetState
from nhiemky.register.services.records import locked, source_of, values, write
from nhiemky.register.units import parse_unit, to_base
from nhiemky.values.figures import day
from nhiemky.values.kinds import Direction, PeriodMeaning

_NUMBERS = ("low", "high", "baseline")
_EDITABLE = frozenset(
    (*_NUMBERS, "name", "field", "number", "direction", "unit", "baseline_year", "deadline", "meaning", "step_like",
     "lead_body", "state", "state_reason")
)  # fmt: skip


@write
def add_target(organisation: Organisation, actor: Actor, **fields: Any) -> Target:
    """A new target. Needed: term, name, direction; low and high as the direction asks; the rest as in `Target`.

    `indicator` (name), `polarity`, `nature` describe what is measured; `document` and `span` say where the clause
    stands; `path` maps years to figures. Money may be given in any unit of money and is kept in đồng.
    """
    access.require(actor, Power.COMPILE, organisation)
    path: Mapping[int, Any] = fields.pop("path", None) or {}
    made = new_target(organisation, fields)
    _set_path(made, path, str(fields.get("unit") or ""))
    events.append(actor, "add_target", made, {"made": values(made), "path": {str(y): str(v) for y, v in path.items()}})
    intake.rematch(organisation.pk)
    return made


def new_target(organisation: Organisation, fields: dict[str, Any]) -> Target:
    """Checked and saved, without an event: for services that write their own."""
    whole = checks.term(fields.get("term"))
    cleaned = _cleaned({**fields, "unit": fields.get("unit") or ""})
    name = checks.text(fields.get("name"), "name", 400, _("tên chỉ tiêu"))
    target = Target(
        organisation=organisation,
        indicator=indicator_of(
            str(fields.get("indicator") or name),
            cleaned["unit"],
            fields.get("polarity"),
            fields.get("nature") or infer.nature(cleaned["meaning"], cleaned["direction"], cleaned["unit"]),
        ),
        term=str(whole),
        number=fields.get("number") or _next_number(organisation, str(whole)),
        field=fields.get("field") or "",
        name=name,
        baseline_year=fields.get("baseline_year"),
        deadline=fields.get("deadline") or whole.last_day,
        step_like=bool(fields.get("step_like")),
        lead_body=fields.get("lead_body") or "",
        clause=fields.get("clause") or _quoted(fields.get("document"), fields.get("span")),
        added_at=timezone.now(),
        **source_of(fields),
        **cleaned,
    )
    _check_deadline(target.deadline, whole.first_day)
    return _saved(target)


@write
def edit_target(target_id: int, actor: Actor, **changes: Any) -> Target:
    """Change fields of a target; the log keeps each field's value before and after."""
    target = locked(Target.objects.select_related("organisation", "indicator"), target_id, _("chỉ tiêu"))
    access.require(actor, Power.COMPILE, target.organisation)
    unknown = set(changes) - _EDITABLE
    if unknown:
        raise ServiceError(sorted(unknown)[0], _("Không sửa được ô “%s” của một chỉ tiêu.") % sorted(unknown)[0])
    before = values(target)
    same = {field: getattr(target, field) for field in ("direction", "meaning", "unit", *_NUMBERS)}
    cleaned = _cleaned({**same, **changes})
    cleaned |= {name: getattr(target, name) for name in _NUMBERS if name not in changes}  # in the register's unit
    if target.results.exists():
        checks.same_kind(cleaned["unit"], target.unit)
    for field, value in {**changes, **cleaned}.items():
        setattr(target, field, value)
    checks.text(target.name, "name", 400, _("tên chỉ tiêu"))
    checks.one_of(target.state, dict(TargetState.choices), "state")
    if target.state != TargetState.ACTIVE and not target.state_reason.strip():
        raise ServiceError(
            "state_reason", _("Chỉ tiêu điều chỉnh hoặc thôi thực hiện cần lý do và văn bản quyết định.")
        )
    _check_deadline(target.deadline, checks.term(target.term).first_day)
    _saved(target)
    after = values(target)
    changed = {field: [before[field], after[field]] for field in before if before[field] != after[field]}
    if changed:
        events.append(actor, "edit_target", target, {"changed": changed})
        intake.rematch(target.organisation_id)
    return target


@write
def add_path(target_id: int, actor: Actor, path: Mapping[int, Any]) -> Target:
    """Set the figure planned for each year given; None takes a year's figure away."""
    target = locked(Target.objects.select_related("organisation"), target_id, _("chỉ tiêu"))
    access.require(actor, Power.COMPILE, target.organisation)
    before = {str(step.year): str(step.value) for step in target.path.all()}
    _set_path(target, path, target.unit)
    after = {str(step.year): str(step.value) for step in TargetPath.objects.filter(target=target)}
    events.append(actor, "add_path", target, {"before": before, "after": after})
    return target


def indicator_of(name: str, unit: str, polarity: str | None = None, nature: str | None = None) -> Indicator:
    """The indicator of that name and unit, made where there is none; a nature left open before is filled in."""
    name = checks.text(name, "indicator", 300, _("tên chỉ số"))
    known = checks.one_of(nature, dict(Nature.choices), "nature") if nature else ""
    if not known and parse_unit(unit).kind == "percent":
        known = Nature.RATE
    made, new = Indicator.objects.get_or_create(
        folded_name=fold(name)[:300],
        unit=unit,
        defaults={
            "name": name,
            "polarity": checks.one_of(polarity or Polarity.NONE, dict(Polarity.choices), "polarity"),
            "nature": known,
        },
    )
    if not new and known and not made.nature:
        made.nature = known
        made.save(update_fields=["nature"])
    return made


def _cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Direction, meaning, unit and figures: checked, in the register's unit."""
    unit = str(fields["unit"] or "")
    numbers = {name: checks.number(fields.get(name), name) for name in _NUMBERS}
    direction = checks.one_of(fields.get("direction"), dict(names(Direction)), "direction")
    meaning = checks.one_of(fields.get("meaning") or PeriodMeaning.BY_DEADLINE, dict(names(PeriodMeaning)), "meaning")
    if direction == Direction.ZERO and numbers["low"] is None:
        numbers["low"] = checks.number(0, "low")
    checks.bounds(numbers["low"], numbers["high"], direction)
    for name, value in numbers.items():
        if value is not None:
            checks.sensible(value, unit, name)
    kept = {name: None if value is None else to_base(value, unit)[0] for name, value in numbers.items()}
    return {"unit": parse_unit(unit).name, "direction": direction, "meaning": meaning, **kept}


def _check_deadline(deadline: date, first: date) -> None:
    if deadline < first:
        words = _("Thời hạn %(found)s trước ngày đầu nhiệm kỳ %(first)s. Hãy sửa thời hạn.")
        raise ServiceError("deadline", words % {"found": day(deadline), "first": day(first)})


def _set_path(target: Target, path: Mapping[int, Any], unit: str) -> None:
    whole = checks.term(target.term)
    for year, value in path.items():
        if int(year) not in whole.years:
            words = _("Lộ trình có năm %(year)s; nhiệm kỳ %(term)s gồm các năm %(first)s đến %(last)s.")
            said = {"year": year, "term": whole, "first": whole.years[0], "last": whole.years[-1]}
            raise ServiceError("path", words % said)
        figure = checks.number(value, "path")
        if figure is None:
            TargetPath.objects.filter(target=target, year=year).delete()
        else:
            TargetPath.objects.update_or_create(target=target, year=year, defaults={"value": to_base(figure, unit)[0]})


def _next_number(organisation: Organisation, term: str) -> int:
    last = Target.objects.filter(organisation=organisation, term=term).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _quoted(document: Document | None, span: tuple[int, int] | None) -> str:
    return document.text[span[0] : span[1]] if document is not None and span else ""


def _saved(target: Target) -> Target:
    try:
        with transaction.atomic(), summaries.kept((target.pk,) if target.pk else ()):
            target.save()
    except IntegrityError as error:
        words = _("Nhiệm kỳ %(term)s đã có chỉ tiêu số %(number)s. Hãy chọn số khác.")
        raise ServiceError("number", words % {"term": target.term, "number": target.number}) from error
    return target
