"""Adds and edits targets: the commitment, the path to it, the clause it comes from."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, infer, intake, summaries, typed
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.folding import fold
from nhiemky.register.models import Document, Event, Indicator, Organisation, Target, TargetPath
from nhiemky.register.models.targets import Nature, Polarity
from nhiemky.register.services.records import check_bodies, check_source, locked, source_of, values, write
from nhiemky.register.services.target_fields import DETAILS, GOAL, NUMBERS, details, goal, steps, warnings_of
from nhiemky.register.units import parse_unit
from nhiemky.values.figures import day
from nhiemky.values.language import is_english
from nhiemky.values.period import Term

_EDITABLE = frozenset((*GOAL, *DETAILS))


@write
def add_target(organisation: Organisation, actor: Actor, **fields: Any) -> Target:
    """A new target. Needed: term, name, direction; low and high as the direction asks; the rest as in `Target`. What a
    person should look at again stands in its `warnings`.

    `indicator` (name), `polarity`, `nature` describe what is measured; `document` and `span` say where the clause
    stands; `path` maps years to figures. Money may be given in any unit of money and is kept in đồng.
    """
    access.require(actor, Power.COMPILE, organisation)
    check_source(actor, fields.get("document"), fields.get("span"))
    path: Mapping[int, Any] = fields.pop("path", None) or {}
    made = new_target(organisation, fields)
    check_lead(actor, made)
    set_path(made, path, str(fields.get("unit") or ""))
    events.append(actor, "add_target", made, {"made": values(made), "path": {str(y): str(v) for y, v in path.items()}})
    intake.rematch(organisation.pk)
    return made


def new_target(organisation: Organisation, fields: dict[str, Any]) -> Target:
    """Checked and saved, without an event: for services that write their own."""
    whole = checks.term(fields.get("term"))
    target = Target(organisation=organisation, term=str(whole), added_at=timezone.now(), **source_of(fields))
    _refuse_ended(organisation, whole)
    typed.ask_back({name: fields.get(name) for name in NUMBERS}, str(fields.get("unit") or ""), ())
    cleaned = goal({**fields, "unit": fields.get("unit") or ""})
    kept = {name: fields[name] for name in DETAILS if fields.get(name) not in (None, "")}
    kept |= {"name": fields.get("name"), "deadline": fields.get("deadline") or whole.last_day}
    cleaned |= details(kept, target)
    target.indicator = indicator_of(
        str(fields.get("indicator") or cleaned["name"]),
        cleaned["unit"],
        fields.get("polarity"),
        fields.get("nature") or infer.nature(cleaned["meaning"], cleaned["direction"], cleaned["unit"]),
    )
    for column, value in cleaned.items():
        setattr(target, column, value)
    target.number = cleaned.get("number") or _next_number(organisation, str(whole))
    quoted = _quoted(fields.get("document"), fields.get("span"))
    target.clause = checks.long_text(fields.get("clause"), "clause") or quoted
    saved_target(target)
    target.warnings = warnings_of(target)
    return target


@write
def edit_target(target_id: int, actor: Actor, *, version: int | None = None, **changes: Any) -> Target:
    """Correct what was entered wrongly; the log keeps each field's value before and after.

    `version` is the one that its reader saw: where somebody has changed the target since, it is refused and told who
    and what. A goal that a document has changed is no correction: see `adjust_target`.
    """
    target = seen(target_id, version, actor, Power.COMPILE)
    unknown = set(changes) - _EDITABLE
    if unknown:
        raise ServiceError(sorted(unknown)[0], _("Không sửa được ô “%s” của một chỉ tiêu.") % sorted(unknown)[0])
    before = values(target)
    set_fields(target, changes)
    if "lead" in changes:
        check_lead(actor, target)
    former = target.indicator
    if target.unit != before["unit"] and not target.results.exists():
        # Else households would be summed up, or not joined, as the percentage that was typed first.
        target.indicator = indicator_of(former.name, target.unit, former.polarity, _nature(target))
    after = values(target)
    changed = {field: [before[field], after[field]] for field in before if before[field] != after[field]}
    if changed:
        target.version += 1
        saved_target(target)
        drop_unused(former)
        events.append(actor, "edit_target", target, {"changed": changed, "version": target.version})
        intake.rematch(target.organisation_id)
    target.warnings = warnings_of(target)
    return target


@write
def add_path(target_id: int, actor: Actor, path: Mapping[int, Any], *, version: int | None = None) -> Target:
    """Set the figure planned for each year given; None takes a year's figure away."""
    target = seen(target_id, version, actor, Power.COMPILE)
    before = path_of(target)
    set_path(target, path, target.unit)
    after = path_of(target)
    if before != after:
        target.version += 1
        target.save(update_fields=["version"])
        events.append(actor, "add_path", target, {"before": before, "after": after, "version": target.version})
    return target


def seen(target_id: int, version: int | None, actor: Actor, power: Power) -> Target:
    """The target, held until the transaction ends, if the actor may and it is as its reader saw it."""
    rows = Target.objects.select_related("organisation", "indicator", "lead", "whole")
    target = locked(rows, target_id, _("chỉ tiêu"))
    access.require(actor, power, target.organisation)
    if version is not None and checks.whole_number(version, "version", 1, 2**31) != target.version:
        raise ServiceError("version", _changed_since(target, int(version)))
    return target


def check_lead(actor: Actor, target: Target) -> None:
    """Whoever leads a target enters its figures: a body that the actor knows."""
    check_bodies(actor, target.organisation, (target.lead,) if target.lead is not None else ())


def set_fields(target: Target, changes: Mapping[str, Any]) -> None:
    """Checked changes on the row, not yet saved."""
    unit, held = str(changes.get("unit") or target.unit), [getattr(target, name) for name in NUMBERS]
    typed.ask_back({name: changes.get(name) for name in NUMBERS}, unit, held)
    same = {field: getattr(target, field) for field in GOAL}
    cleaned = goal({**same, **changes})
    cleaned |= {name: getattr(target, name) for name in NUMBERS if name not in changes}  # in the register's unit
    if target.results.exists():
        checks.same_kind(unit, target.unit)
    for field, value in {**cleaned, **details(changes, target)}.items():
        setattr(target, field, value)


def set_path(target: Target, path: Mapping[int, Any], unit: str) -> None:
    known = [getattr(target, name) for name in NUMBERS]
    for value in path.values():
        typed.ask_back({"path": value}, unit, known)
    for year, value in steps(path, checks.term(target.term), unit).items():
        if value is None:
            TargetPath.objects.filter(target=target, year=year).delete()
        else:
            TargetPath.objects.update_or_create(target=target, year=year, defaults={"value": value})


def path_of(target: Target) -> dict[str, str]:
    """The path as the log and adjustments keep it."""
    return {str(step.year): f"{step.value.normalize():f}" for step in TargetPath.objects.filter(target=target)}


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


def _refuse_ended(organisation: Organisation, term: Term) -> None:
    last = Organisation.objects.values_list("valid_to", flat=True).get(pk=organisation.pk)  # as it is in this turn
    if last is not None and last < term.first_day:
        words = _("“%(name)s” đã kết thúc ngày %(last)s, trước nhiệm kỳ %(term)s. Hãy chọn tổ chức kế tục.")
        said = {"name": organisation.name, "last": day(last), "term": term}
        raise ServiceError("term", words % said)


def drop_unused(indicator: Indicator) -> None:
    """An indicator that nothing is measured by, and no other is weighed by, goes."""
    weighs = Indicator.objects.filter(denominator=indicator).exists()
    if not (weighs or indicator.targets.exists() or indicator.results.exists()):
        indicator.delete()


def _nature(target: Target) -> str | None:
    return infer.nature(target.meaning, target.direction, target.unit)


def _next_number(organisation: Organisation, term: str) -> int:
    last = Target.objects.filter(organisation=organisation, term=term).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _quoted(document: Document | None, span: tuple[int, int] | None) -> str:
    return document.text[span[0] : span[1]] if document is not None and span else ""


def saved_target(target: Target) -> Target:
    """The row with the summaries that rest on it."""
    try:
        with transaction.atomic(), summaries.kept((target.pk,) if target.pk else ()):
            target.save()
    except IntegrityError as error:
        words = _("Nhiệm kỳ %(term)s đã có chỉ tiêu số %(number)s. Hãy chọn số khác.")
        raise ServiceError("number", words % {"term": target.term, "number": target.number}) from error
    return target


def _changed_since(target: Target, version: int) -> str:
    """`Chỉ tiêu này đã được lan sửa lúc 08:15 30/06/2023 (mức). …`"""
    done = Event.objects.filter(subject_type="target", subject_id=str(target.pk)).order_by("seq")
    since = [event for event in done if event.data.get("version", 0) > version]
    if not since:
        return _("Chỉ tiêu này đã thay đổi sau khi bạn mở trang. Hãy tải lại trang rồi sửa lại.")
    changed = {field for event in since for field in (event.data.get("changed") or {"path": []})}
    words = _("Chỉ tiêu này đã được %(who)s sửa lúc %(at)s (%(what)s). Hãy tải lại trang, xem rồi sửa lại.")
    at = timezone.localtime(since[-1].at)
    what = ", ".join(sorted(_label(field) for field in changed))
    return words % {"who": since[-1].actor, "at": f"{at:%H:%M %d/%m/%Y}", "what": what}


def _label(column: str) -> str:
    """What a column is called on the screen."""
    if is_english(get_language()):
        return column.removesuffix("_id").replace("_", " ")
    known = {field.attname: str(field.verbose_name) for field in Target._meta.concrete_fields}
    return known.get(column, _("lộ trình"))
