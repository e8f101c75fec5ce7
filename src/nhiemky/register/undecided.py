"""Figures read in documents that nobody has decided on yet → what the rules of consistency look at.

Called by register.consistency: a report that does not fit is asked about before its figures count.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from nhiemky.assess.consistency import Figure
from nhiemky.register import infer
from nhiemky.register.folding import fold
from nhiemky.register.intake import SAME
from nhiemky.register.models import Document, Proposal, Target
from nhiemky.register.models.documents import ProposalState
from nhiemky.register.sentences import sentence_at
from nhiemky.register.standing_goals import in_force
from nhiemky.register.units import parse_unit, to_base
from nhiemky.values.figures import as_float, exact
from nhiemky.values.kinds import PeriodMeaning
from nhiemky.values.period import Term


def undecided(bodies: Iterable[int], term: Term, today: date) -> list[Figure]:
    """Of these organisations, for the years of the term. A figure's `ref` is its proposal's, `p12`."""
    keys = list(bodies)
    documents = Document.objects.defer("places", "tables").select_related("organisation")
    rows = Proposal.objects.filter(kind="results", state=ProposalState.PENDING, document__organisation__in=keys)
    rows = rows.select_related("suggested_target__indicator", "suggested_target__whole")
    found = rows.prefetch_related(Prefetch("document", documents), "suggested_target__adjustments")
    yearly = list(_yearly_goals(keys, term))
    return [figure for one in found if (figure := _figure(one, term, today, yearly)) is not None]


def terms_read(organisation_id: int) -> Iterator[str]:
    """Terms that its documents speak of, the newest first."""
    documents = Document.objects.filter(organisation=organisation_id).defer("text", "places", "tables")
    found = {str(term) for one in documents if (term := infer.term_of(one)) is not None}
    return iter(sorted(found, reverse=True))


@dataclass(frozen=True)
class _Yearly:
    """A goal of each year, held or only read: what a figure that has all its words is counted for."""

    body: int
    words: frozenset[str]
    unit: str
    low: float

    def fits(self, body: int, name: str, unit: str) -> bool:
        return (self.body, self.unit) == (body, unit) and self.words <= set(fold(name).split())


def _yearly_goals(bodies: list[int], term: Term) -> Iterator[_Yearly]:
    held = Target.objects.filter(organisation__in=bodies, term=str(term), meaning=PeriodMeaning.EACH_YEAR)
    for one in held.exclude(low=None):
        yield _Yearly(one.organisation_id, frozenset(fold(one.name).split()), one.unit, float(one.low or 0))
    read = Proposal.objects.filter(kind="targets", state=ProposalState.PENDING, document__organisation__in=bodies)
    for body, fact in read.values_list("document__organisation", "fact"):
        if fact.get("per") == "year" and fact.get("low") is not None:
            words, unit = frozenset(fold(str(fact["indicator"])).split()), parse_unit(str(fact.get("unit") or "")).name
            yield _Yearly(body, words, unit, float(fact["low"]))


def _figure(one: Proposal, term: Term, today: date, yearly: list[_Yearly]) -> Figure | None:
    """None where its period is unknown or of another term, or its document of a later day."""
    fact, document = one.current, one.document
    try:
        period = infer.period_in(document, fact)
    except ValueError:
        return None
    if period is None or period.year not in term.years or (document.issued_on or date.min) > today:
        return None
    target = one.suggested_target if one.suggestion_score >= SAME else None
    target = in_force(target, today) if target is not None and target.term == str(term) else None
    unit = parse_unit(str(fact.get("unit") or "")).name
    name = str(fact.get("indicator") or "")
    sentence = sentence_at(document.text, one.span_start, one.span_end)
    goal = next((aim for aim in yearly if aim.fits(document.organisation_id, name, unit)), None)
    return Figure(
        body=document.organisation_id,
        indicator=target.indicator_id if target is not None else f"{fold(name)} {unit}",
        period=period,
        value=_base(fact, "value") or 0.0,
        unit=unit,
        name=target.name if target is not None else name,
        kind=fact.get("kind") or infer.result_kind(fact, sentence.text, sentence.mark_start),
        body_name=document.organisation.name,
        parent=document.organisation.parent_id,
        as_of=min(period.end, document.issued_on or period.end),
        document=f"d{document.pk}",
        document_name=document.title,
        ref=f"p{one.pk}",
        high=_base(fact, "high"),
        qualifier=str(fact.get("qualifier") or ""),
        planned=_base(fact, "planned"),
        ratio=as_float(fact.get("ratio")),
        running_total=_running(fact, sentence.text, target),
        asked=target.lead_body if target is not None else "",
        **(_of_target(target) if target is not None else _of_goal(goal)),
    )


def _of_goal(goal: _Yearly | None) -> dict[str, Any]:
    return {} if goal is None else {"meaning": PeriodMeaning.EACH_YEAR, "goal": goal.low}


def _of_target(target: Target) -> dict[str, Any]:
    return {
        "nature": target.indicator.nature,
        "meaning": PeriodMeaning(target.meaning),
        "goal": as_float(target.low),
        "part_of": target.whole.indicator_id if target.whole else None,
        "denominator": target.indicator.denominator_id,
    }


def _base(fact: dict[str, Any], key: str) -> float | None:
    """In the register's unit: money in đồng."""
    found = fact.get(key)
    return None if found is None else float(to_base(exact(found), str(fact.get("unit") or ""))[0])


def _running(fact: dict[str, Any], sentence: str, target: Target | None) -> bool:
    if target is None or target.meaning != PeriodMeaning.EACH_YEAR:
        return bool(fact.get("running_total"))
    years = len(Term.parse(target.term).years)
    return bool(fact.get("running_total", infer.is_running_total(fact, sentence, as_float(target.low), years)))
