"""Figures of a body and of those directly below it → what does not fit in them, by the rules of nhiemky.assess.

A selector: reads only, four queries however many figures. Called by `nhiemky check-figures` and by pages.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhiemky.assess.consistency import Figure, Finding, check
from nhiemky.register.models import Organisation, Place, Result, Target
from nhiemky.register.models.results import ResultState
from nhiemky.register.standing_goals import in_force
from nhiemky.register.undecided import undecided
from nhiemky.values.figures import as_float
from nhiemky.values.kinds import PeriodMeaning, ResultKind
from nhiemky.values.period import Period, Term

_COLUMNS = (
    "pk", "supersedes_id", "target_id", "organisation_id", "organisation__name", "organisation__parent_id",
    "indicator_id", "indicator__name", "indicator__nature", "indicator__denominator_id", "period", "value", "high",
    "unit", "qualifier", "planned", "ratio", "running_total", "kind", "as_of", "submission_id", "document_id",
    "document__number", "document__abstract", "document__source_name", "note",
)  # fmt: skip


def consistency(of: Organisation, term: str | Term, today: date) -> tuple[Finding, ...]:
    """What does not fit in the approved figures of the term as they were known on that day, worst first; a figure's
    `ref` is its result's id."""
    whole = term if isinstance(term, Term) else Term.parse(term)
    return check(figures(of, whole, today), today, (of.pk,) if _holds_all_below(of, today) else ())


def waiting(of: Organisation, term: str | Term, today: date) -> tuple[Finding, ...]:
    """What does not fit once figures that documents tell, and nobody has decided on, stand beside the approved: only
    what they are part of. Their `ref` is their proposal's (`p12`)."""
    whole = term if isinstance(term, Term) else Term.parse(term)
    bodies = Organisation.objects.filter(Q(pk=of.pk) | Q(parent=of)).values_list("pk", flat=True)
    read = undecided(bodies, whole, today)
    if not read:
        return ()
    found = check([*figures(of, whole, today), *read], today)
    return tuple(one for one in found if any(str(figure.ref).startswith("p") for figure in one.figures))


def figures(of: Organisation, term: Term, today: date) -> list[Figure]:
    """Current, approved figures of the body and of those directly below it, for the years of the term."""
    bodies = Organisation.objects.filter(Q(pk=of.pk) | Q(parent=of)).order_by().values("pk")
    first, last = term.years[0], term.years[-1]
    known = Result.objects.filter(
        Q(target=None) | Q(target__term=str(term)),
        organisation__in=bodies,
        state=ResultState.APPROVED,
        as_of__lte=today,
        period__gte=str(first),
        period__lt=str(last + 1),  # "2025-M12" comes before "2026"
    )
    targets = {one.pk: one for one in _targets(bodies, term, today)}
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in known.order_by().values_list(*_COLUMNS)]
    later = {row["supersedes_id"]: row for row in rows}
    kept = [row for row in rows if row["pk"] not in later or _denied(row, later[row["pk"]])]
    return [_figure(row, targets.get(row["target_id"]), replaced=row["pk"] in later) for row in kept]


def _denied(row: dict[str, Any], later: dict[str, Any]) -> bool:
    """Another document took its place and nobody wrote why: a correction keeps its document and says its reason."""
    return None not in (row["document_id"], later["document_id"]) and (
        row["document_id"] != later["document_id"] and not later["note"]
    )


def _targets(bodies: QuerySet[Organisation, Any], term: Term, today: date) -> Iterator[Target]:
    """With the goals in force on that day."""
    held = Target.objects.filter(organisation__in=bodies, term=str(term)).select_related("whole")
    for target in held.prefetch_related("adjustments"):
        yield in_force(target, today)


def _figure(row: dict[str, Any], target: Target | None, *, replaced: bool) -> Figure:
    source, name = _source(row)
    return Figure(
        body=row["organisation_id"],
        indicator=row["indicator_id"],
        period=Period.parse(row["period"]),
        value=row["value"],
        unit=row["unit"],
        name=row["indicator__name"],
        kind=ResultKind(row["kind"]),
        body_name=row["organisation__name"],
        parent=row["organisation__parent_id"],
        as_of=row["as_of"],
        document=source,
        document_name=name,
        ref=row["pk"],
        high=row["high"],
        qualifier=row["qualifier"],
        planned=row["planned"],
        ratio=row["ratio"],
        running_total=row["running_total"],
        nature=row["indicator__nature"],
        meaning=PeriodMeaning(target.meaning) if target else None,
        goal=as_float(target.low) if target else None,
        part_of=target.whole.indicator_id if target and target.whole else None,
        denominator=row["indicator__denominator_id"],
        asked=target.lead_body if target else "",
        replaced=replaced,
    )


def _source(row: dict[str, Any]) -> tuple[str | None, str]:
    """What told it: a document by its number, else a submission, which has no name."""
    if row["document_id"] is not None:
        names = (row[f"document__{column}"] for column in ("number", "abstract", "source_name"))
        return f"d{row['document_id']}", next((name for name in names if name), "")
    return (None if row["submission_id"] is None else f"s{row['submission_id']}"), ""


def _holds_all_below(of: Organisation, today: date) -> bool:
    """Every place below has a body of this one's: only then can a sum be too small."""
    valid = Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    body = Organisation.objects.filter(place=OuterRef("pk"), parent=of)
    below = Place.objects.filter(*valid, parent=of.place_id).annotate(held=Exists(body))
    held = list(below.values_list("held", flat=True))
    return bool(held) and all(held)
