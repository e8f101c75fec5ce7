"""A reading → proposals and questions: each fact with the target it would feed and what the register already holds.

Matching is by the names' words without marks, the unit and the kind; a person decides. Called by services.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Prefetch, QuerySet
from msgspec import Struct

from nhiemky.register import twins
from nhiemky.register.folding import fold, likeness
from nhiemky.register.infer import period_in
from nhiemky.register.models import Article, Document, Proposal, Question, Result, Target
from nhiemky.register.models.documents import ProposalState, Relation
from nhiemky.register.models.results import ResultState
from nhiemky.register.sentences import sentence_at
from nhiemky.register.twins import twin_of
from nhiemky.register.units import closeness, parse_unit, to_base
from nhiemky.values.figures import as_float, day, exact, goal_text, with_unit
from nhiemky.values.period import Period

KINDS = (
    "targets", "results", "scoreboards", "tasks", "ratings", "commendations", "citations", "congresses", "milestones",
    "people",
)  # fmt: skip
SUGGEST = 0.5  # below it a suggestion would mislead more often than help
SAME = 0.75  # from it two names are taken for one indicator
NEAR = 0.03
_CHANGE = ("tang", "giam")
# What is done to a number of things: admitting members is not having them, a count of those held no result of it.
_ACTS = (
    "ket nap", "thanh lap", "chuyen", "tiep nhan", "gioi thieu", "boi duong", "dao tao", "tao viec lam",
    "giai quyet", "chinh trang", "trao", "van dong", "trong moi", "xoa",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """What the organisation's register holds: targets and approved results, read once for a whole document."""

    targets: Sequence[Target]
    results: Sequence[Result]
    copies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # a document → those of the same news item


@dataclass(frozen=True)
class Match:
    target: Target | None = None
    score: float = 0.0
    relation: str = Relation.NEW
    note: str = ""


def held_by(organisation_id: int) -> Held:
    targets = Target.objects.filter(organisation=organisation_id).select_related("indicator")
    results = Result.objects.filter(organisation=organisation_id, state=ResultState.APPROVED)
    return Held(
        list(targets), list(results.select_related("indicator").order_by("-as_of", "-id")), _copies(organisation_id)
    )


def held_of(organisation_id: int, target_id: int | None) -> Held:
    """What a figure of one target (None: of none) is held against: the approved ones of that target."""
    results = Result.objects.filter(organisation=organisation_id, state=ResultState.APPROVED, target=target_id)
    return Held((), list(results.select_related("indicator").order_by("-as_of", "-id")), _copies(organisation_id))


def plain(read: Struct) -> dict[str, Any]:
    """A reading, or the facts of an annex, as JSON values."""
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(read))
    return built


def propose(document: Document) -> tuple[list[Proposal], list[Question]]:
    """Unsaved proposals and questions of a document, from its `reading`."""
    held = held_by(document.organisation_id)
    made = [
        proposal_of(document, kind, position, fact, held)
        for kind in KINDS
        for position, fact in enumerate(document.reading.get(kind) or ())
    ]
    return made, [question_of(document, found) for found in document.reading.get("warnings") or ()]


def proposal_of(document: Document, kind: str, position: int, fact: dict[str, Any], held: Held) -> Proposal:
    """The unsaved proposal of a fact as JSON, matched with what is held."""
    proposal = Proposal(
        document=document,
        kind=kind,
        position=position,
        fact={key: value for key, value in fact.items() if key != "span"},
        span_start=fact["span"][0],
        span_end=fact["span"][1],
        confidence=fact["confidence"],
    )
    apply(proposal, match(proposal, held))
    return proposal


def question_of(document: Document, found: dict[str, Any]) -> Question:
    """The unsaved question of a warning as JSON."""
    return Question(
        document=document,
        code=found["code"],
        message=found["message"],
        ask=found.get("ask") or "",
        span_start=found["span"][0],
        span_end=found["span"][1],
    )


def rematch(organisation_id: int) -> int:
    """Look again at proposals that nobody has touched, after the targets or documents changed; how many changed."""
    waiting = _untouched(organisation_id).filter(kind__in=("targets", "results"))
    if not waiting:  # what is held, years of figures, is read only for somebody
        return 0
    held = held_by(organisation_id)
    return _changed((proposal, match(proposal, held)) for proposal in waiting)


def rematch_figures(organisation_id: int, target_id: int | None) -> int:
    """The same after a figure of one target (None: of none) came or went: only what would feed it is looked at."""
    if _copies(organisation_id):  # what another posting tells is of any target
        return rematch(organisation_id)
    waiting = _untouched(organisation_id).filter(kind="results", suggested_target=target_id)
    if not waiting.exists():
        return 0
    held = held_of(organisation_id, target_id)
    rows = waiting.select_related("suggested_target")
    return _changed(
        (one, _weighed(one, one.suggested_target, one.suggestion_score, held)) for one in rows.iterator(chunk_size=500)
    )


def _untouched(organisation_id: int) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(document__organisation=organisation_id, state=ProposalState.PENDING, history=[])
    return rows.prefetch_related(Prefetch("document", Document.objects.defer("text", "places", "tables")))


def _changed(found: Iterable[tuple[Proposal, Match]]) -> int:
    changed = []
    for proposal, now in found:
        before = (proposal.suggested_target_id, proposal.suggestion_score, proposal.relation, proposal.relation_note)
        apply(proposal, now)
        after = (proposal.suggested_target_id, proposal.suggestion_score, proposal.relation, proposal.relation_note)
        if before != after:
            changed.append(proposal)
    columns = ["suggested_target", "suggestion_score", "relation", "relation_note"]
    Proposal.objects.bulk_update(changed, columns, batch_size=200)
    return len(changed)


def apply(proposal: Proposal, found: Match) -> None:
    proposal.suggested_target = found.target
    proposal.suggestion_score = found.score
    proposal.relation = found.relation
    proposal.relation_note = found.note[:400]


def match(proposal: Proposal, held: Held) -> Match:
    """The target a proposal would feed (or repeat), and whether the register says the same or something else."""
    fact = proposal.current
    if proposal.kind == "targets":
        return _match_target(fact, held.targets)
    if proposal.kind == "results":
        return _match_result(proposal, held)
    twin = (
        twin_of(proposal.kind, fact, proposal.document, _sentence(proposal)) if proposal.kind in twins.KINDS else None
    )
    return Match() if twin is None else Match(relation=twin.relation, note=twin.note)


def relate(proposal: Proposal, target: Target | None, held: Held) -> tuple[str, str]:
    """Relation and note of a result proposal that a person links to a target."""
    return _relation(proposal.current, proposal.document, target, held.results)


def repeated(proposal: Proposal, target: Target | None, held: Held) -> Result | None:
    """The held result that says the same figure for the same period."""
    fact = proposal.current
    found = _in_same_place(fact, proposal.document, target, held.results)
    return found if found is not None and _value(fact) == found.value else told_by_copy(proposal, held)


def told_by_copy(proposal: Proposal, held: Held) -> Result | None:
    """The held result of the same words in another posting of the same news item, whatever day that was posted on."""
    for document_id in held.copies.get(proposal.document_id, ()):
        rows = Proposal.objects.filter(document=document_id, kind="results", state=ProposalState.ACCEPTED)
        for other in rows.filter(made_type__in=("result", "same_result")):
            if _told(other.current) == _told(proposal.current):
                return Result.objects.filter(pk=other.made_id or 0, state=ResultState.APPROVED).first()
    return None


def _told(fact: dict[str, Any]) -> tuple[str, Decimal, str]:
    return fold(str(fact.get("indicator") or "")), _value(fact), parse_unit(str(fact.get("unit") or "")).name


def _copies(organisation_id: int) -> dict[int, tuple[int, ...]]:
    """Documents of the organisation that post one news item, each with the others."""
    groups: dict[int, set[int]] = {}
    rows = Article.objects.filter(organisation=organisation_id).exclude(document=None)
    for key, first, document in rows.values_list("pk", "same_as", "document"):
        groups.setdefault(first or key, set()).add(document)
    return {one: tuple(sorted(group - {one})) for group in groups.values() if len(group) > 1 for one in group}


def _sentence(proposal: Proposal) -> str:
    return sentence_at(proposal.document.text, proposal.span_start, proposal.span_end).text


def sure_ones(document_id: int, threshold: float) -> list[Proposal]:
    """Waiting proposals that may be accepted together, in text order: read surely, fitted surely or to nothing,
    against nothing held, of a likely size, and not among what the reading itself asks about."""
    waiting = Proposal.objects.filter(document=document_id, state=ProposalState.PENDING, confidence__gte=threshold)
    asked = list(Question.objects.filter(document=document_id).values_list("span_start", "span_end"))
    return [
        proposal
        for proposal in waiting.select_related("suggested_target").order_by("span_start", "id")
        if is_sure(proposal, threshold)
        and not any(start < proposal.span_end and proposal.span_start < end for start, end in asked)
    ]


def is_sure(proposal: Proposal, threshold: float) -> bool:
    """What `sure_ones` asks, besides the document's questions."""
    if proposal.confidence < threshold or proposal.relation == Relation.CONTRADICTION:
        return False
    target = proposal.suggested_target
    if target is None:
        return True
    fact = proposal.current
    far = proposal.kind == "results" and is_far(_value(fact), target)
    return proposal.suggestion_score >= SAME and not far


def is_far(value: Decimal, target: Target) -> bool:
    """A sum of money twenty times the goal, or a twentieth of it, is most likely told in another unit."""
    if target.low is None or target.low <= 0 or value <= 0 or parse_unit(target.unit).kind != "money":
        return False
    return not Decimal("0.05") <= value / target.low <= 20


def score(indicator: str, unit: str, target: Target) -> float:
    """How well a figure's name and unit fit a target, 0 to 1."""
    named = max(likeness(indicator, name, unit) for name in (target.name, target.indicator.name))
    moves = _is_change(indicator) != _is_change(target.name)  # "giảm 5 hộ" is not the number of households
    acts = _acts(indicator) != _acts(target.name) and _acts(indicator) != _acts(target.indicator.name)
    return round(named * closeness(unit, target.unit) * (0.6 if moves or acts else 1.0), 4)


def best(indicator: str, unit: str, targets: Iterable[Target]) -> tuple[Target | None, float]:
    """The best target at or above SUGGEST; of two about as good none, a person must choose."""
    ranked = sorted(((score(indicator, unit, target), target.pk, target) for target in targets), reverse=True)
    if not ranked or ranked[0][0] < SUGGEST:
        return None, 0.0
    close = len(ranked) > 1 and ranked[1][2].term == ranked[0][2].term and ranked[0][0] - ranked[1][0] < NEAR
    if close and ranked[0][0] < 1:
        return None, 0.0
    return ranked[0][2], ranked[0][0]


def _match_target(fact: dict[str, Any], targets: Sequence[Target]) -> Match:
    found, value = best(str(fact.get("indicator") or ""), str(fact.get("unit") or ""), targets)
    if found is None or value < SAME:
        return Match()
    here = _goal(fact)
    there = (found.direction, as_float(found.low), as_float(found.high))
    if here == there:
        return Match(found, value, Relation.DUPLICATE, f"Trùng với chỉ tiêu {found.number}: {found.name}.")
    held = goal_text(found.direction, found.low, found.high, found.unit)
    return Match(found, value, Relation.CONTRADICTION, f"Chỉ tiêu {found.number} trong sổ ghi {held}: {found.name}.")


def _match_result(proposal: Proposal, held: Held) -> Match:
    fact = proposal.current
    return _weighed(proposal, *best(str(fact.get("indicator") or ""), str(fact.get("unit") or ""), held.targets), held)


def _weighed(proposal: Proposal, found: Target | None, value: float, held: Held) -> Match:
    """What the register says of a figure that would feed this target."""
    relation, note = _relation(proposal.current, proposal.document, found, held.results)
    told = told_by_copy(proposal, held)
    if told is not None and relation != Relation.DUPLICATE:
        where = told.document.title if told.document is not None else ""
        return Match(told.target or found, value, Relation.DUPLICATE, f"Cùng một bài đăng với “{where}”: số đã có.")
    return Match(found, value, relation, note)


def _relation(
    fact: dict[str, Any], document: Document, target: Target | None, results: Sequence[Result]
) -> tuple[str, str]:
    found = _in_same_place(fact, document, target, results)
    if found is None:
        return Relation.NEW, ""
    label = Period.parse(found.period).label
    said = f"{label}: {with_unit(found.value, found.unit)}, số liệu đến {day(found.as_of)}"
    if _value(fact) == found.value:
        return Relation.DUPLICATE, f"Trùng với số đã có, {said}."
    return Relation.CONTRADICTION, f"Khác với số đã có, {said}."


def _in_same_place(
    fact: dict[str, Any], document: Document, target: Target | None, results: Sequence[Result]
) -> Result | None:
    """The newest held result of the same target (or indicator), period and unit."""
    period = _period(fact, document)
    name, unit = fold(str(fact.get("indicator") or "")), str(fact.get("unit") or "")
    for result in results:
        about = result.target_id == target.pk if target else result.indicator.folded_name == name
        if about and period is not None and result.period == str(period) and closeness(unit, result.unit) == 1.0:
            return result
    return None


def _value(fact: dict[str, Any]) -> Decimal:
    return round(to_base(exact(fact["value"]), str(fact.get("unit") or ""))[0], 6)


def _period(fact: dict[str, Any], document: Document) -> Period | None:
    try:
        return period_in(document, fact)
    except ValueError:
        return None


def _goal(fact: dict[str, Any]) -> tuple[str, float | None, float | None]:
    unit = str(fact.get("unit") or "")
    ends = (to_base(exact(value), unit)[0] if value is not None else None for value in (fact["low"], fact["high"]))
    low, high = (as_float(value) for value in ends)
    return str(fact["direction"]), low, high


def _is_change(name: str) -> bool:
    return fold(name).startswith(_CHANGE)


def _acts(name: str) -> frozenset[str]:
    said = f" {fold(name)} "
    return frozenset(act for act in _ACTS if f" {act} " in said)
