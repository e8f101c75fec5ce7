"""Figures typed for a submission → unsaved results, errors and warnings by target. The grid asks it as one types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from nhiemky.register import access, typed
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Latest, Result, Submission, Target
from nhiemky.register.services.results import checked_result

_FIELDS = frozenset(
    ("value", "unit", "kind", "as_of", "note", "high", "running_total", "qualifier", "planned", "ratio")
)


@dataclass
class Entry:
    """What was typed, by target: what it makes, what stops it, what is to be looked at; `emptied` are taken out."""

    targets: dict[int, Target]
    results: dict[int, Result] = field(default_factory=dict)
    emptied: list[int] = field(default_factory=list)
    errors: dict[int, ServiceError] = field(default_factory=dict)
    warnings: dict[int, tuple[str, ...]] = field(default_factory=dict)


class FiguresRefused(ServiceError):
    """Some figures cannot be; `errors` has each by its target, the message the first of them."""

    def __init__(self, entry: Entry) -> None:
        self.errors = entry.errors
        key = next(iter(entry.errors))
        target = entry.targets.get(key)
        message = entry.errors[key].message
        super().__init__(f"figure-{key}", f"{target.name}: {message}" if target is not None else message)


def check_entries(held: Submission, figures: Mapping[int, Any], actor: Actor) -> Entry:
    """Nothing is written; a constant number of queries."""
    access.require(actor, Power.ENTER, held.organisation)
    entry = Entry(targets_of(held, list(figures)))
    latest = {row.target_id: row for row in Latest.objects.filter(target__in=list(entry.targets))}
    for key, typed_in in figures.items():
        target = entry.targets.get(key)
        if target is None:
            words = _("Chỉ tiêu số %(key)s không thuộc nhiệm kỳ %(term)s của “%(organisation)s”. Hãy tải lại trang.")
            said = {"key": key, "term": held.term, "organisation": held.organisation.name}
            entry.errors[key] = ServiceError("target", words % said)
            continue
        fields = dict(typed_in) if isinstance(typed_in, Mapping) else {"value": typed_in}
        if fields.get("value") in (None, "") or not str(fields["value"]).strip():
            entry.emptied.append(key)
            continue
        try:
            _check(entry, held, target, fields, actor, latest.get(key))
        except ServiceError as error:
            entry.errors[key] = error
    _check_sums(entry, held)
    return entry


def targets_of(held: Submission, keys: list[int] | None = None) -> dict[int, Target]:
    """The targets a body reports on: its own, and those that it leads for another."""
    about = Q(organisation=held.organisation_id) | Q(lead=held.organisation_id)
    rows = Target.objects.filter(about, term=held.term).select_related("organisation", "indicator").order_by("number")
    return {target.pk: target for target in (rows if keys is None else rows.filter(pk__in=keys))}


def newest(held: Submission) -> dict[int, Result]:
    """The figures of a submission as they stand: of each target the last one entered. One not yet opened has none."""
    if held.pk is None:
        return {}
    rows = held.results.order_by("pk").select_related("target__organisation", "target__indicator")
    return {one.target_id: one for one in rows if one.target_id is not None}


def _check(
    entry: Entry, held: Submission, target: Target, fields: dict[str, Any], actor: Actor, before: Latest | None
) -> None:
    unknown = sorted(set(fields) - _FIELDS)
    if unknown:
        raise ServiceError(unknown[0], _("Không có ô “%s” cho một số liệu. Hãy tải lại trang.") % unknown[0])
    fields = {**fields, "period": held.period, "unit": fields.get("unit") or target.unit}
    made, warnings = checked_result(target.organisation, target, target.indicator, fields, actor, before)
    made.submission = held
    entry.results[target.pk] = made
    if warnings:
        entry.warnings[target.pk] = warnings


def _check_sums(entry: Entry, held: Submission) -> None:
    """Against what the submission holds already, so that a part typed later is still added up."""
    if not entry.results:
        return
    stands = newest(held)
    known = {key: one.target for key, one in stands.items() if one.target is not None} | entry.targets
    figures = {key: one.value for key, one in (stands | entry.results).items() if key not in entry.emptied}
    for key, told in typed.sums_off(known.values(), figures).items():
        entry.warnings[key] = (*entry.warnings.get(key, ()), told)
