"""The board of one day and everything behind it → the JSON that a review freezes. Called by services.create_review.

`nhiemky.report.pack` reads it. Dates are ISO text, numbers plain; every figure names its result, every result its
source: the sentence with the marked part.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from nhiemky.assess.target import Goal, Reason
from nhiemky.register import selectors
from nhiemky.register.board import Board, BoardRow
from nhiemky.register.models import Document, Organisation, Proposal, Question, Result, Review, Target
from nhiemky.register.models.documents import ProposalState, QuestionState
from nhiemky.register.models.reviews import ReviewState
from nhiemky.register.selectors_figures import corrections_since
from nhiemky.register.sentences import sentence_at
from nhiemky.values.canonical import canonical
from nhiemky.values.figures import as_float
from nhiemky.values.kinds import DocumentKind
from nhiemky.values.period import Period

VERSION = 1
_TOLD = (ReviewState.APPROVED, ReviewState.ISSUED, ReviewState.PUBLISHED, ReviewState.REOPENED)
_CONFIRMED = ("scoreboards", "tasks", "ratings", "commendations", "citations", "congresses", "milestones")


@dataclass
class _Sources:
    """Sentences by id ("s1"), each once; documents met on the way."""

    lines: dict[tuple[int, int, int], dict[str, Any]] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)

    def add(self, document: Document | None, start: int | None, end: int | None) -> str | None:
        if document is None or start is None or end is None:
            return None
        document = self.documents.setdefault(document.pk, document)
        key = (document.pk, start, end)
        if key not in self.lines:
            said = sentence_at(document.text, start, end)
            self.lines[key] = {
                "id": f"s{len(self.lines) + 1}",
                "document": document.pk,
                **_about(document),
                "sentence": said.text,
                "start": said.mark_start,
                "end": said.mark_end,
                "span": [start, end],
            }
        return str(self.lines[key]["id"])


def make_pack(
    organisation: Organisation, kind: str, term: str, as_of: date, made_at: datetime, period: Period | None = None
) -> dict[str, Any]:
    """Everything a review rests on, as plain JSON values (what is stored is what is hashed). `period`: the half-year or
    year it speaks of; a mid-term review has none."""
    board = selectors.board(organisation, term, as_of)
    records = selectors.records_of(point.ref for row in board.rows for point in row.points)
    sources = _Sources({}, {document.pk: document for document in Document.objects.filter(organisation=organisation)})
    resolution = _resolution(board, sources)
    pack: dict[str, Any] = {
        "version": VERSION,
        "kind": kind,
        "term": str(board.term),
        "as_of": as_of,
        "made_at": made_at,
        "organisation": _organisation(organisation),
        "counts": board.counts,
        "rows": [_row(row, records, sources) for row in board.rows],
        "questions": _questions(organisation, sources),
        "confirmed": _confirmed(organisation, sources),
        "corrections": _corrections(organisation, str(board.term), as_of, made_at),
        "pending": Proposal.objects.filter(document__organisation=organisation, state=ProposalState.PENDING).count(),
        "resolution": _document(resolution) if resolution is not None else None,
        "documents": [_document(held) for held in sources.documents.values()],
        "sources": list(sources.lines.values()),
    }
    if period is not None:
        pack["period"] = {"key": str(period), "start": period.start, "end": period.end}
    plain: dict[str, Any] = json.loads(canonical(pack))
    return plain


def _organisation(of: Organisation) -> dict[str, Any]:
    return {
        "id": of.pk,
        "name": of.name,
        "kind": of.kind,
        "level": of.level,
        "place": of.place.name,
        "parent": of.parent.name if of.parent is not None else None,
    }


def _resolution(board: Board, sources: _Sources) -> Document | None:
    """The document that most clauses come from, else the newest resolution held."""
    named = [row.target.document_id for row in board.rows if row.target.document_id is not None]
    if named:
        return sources.documents.get(max(named, key=named.count))
    held = [one for one in sources.documents.values() if one.kind == DocumentKind.RESOLUTION]
    return max(held, key=lambda one: (one.issued_on or date.min, one.pk), default=None)


def _row(row: BoardRow, records: dict[Any, Result], sources: _Sources) -> dict[str, Any]:
    return {
        "target": _target(row.target, sources) | {"first": _first(row.goal)},
        "path": [list(step) for step in row.goal.path],
        "results": [_result(records[point.ref], sources) for point in row.points],
        "by_year": {str(year): held.ref if held is not None else None for year, held in row.by_year.items()},
        "verdict": _verdict(row),
    }


def _target(target: Target, sources: _Sources) -> dict[str, Any]:
    names = (
        "number", "name", "unit", "direction", "deadline", "meaning", "field", "baseline_year", "step_like",
        "lead_body", "clause", "state", "state_reason",
    )  # fmt: skip
    figures = {name: as_float(getattr(target, name)) for name in ("low", "high", "baseline")}
    said = {name: getattr(target, name) for name in names}
    return {"id": target.pk, **said, **figures, "source": _source(sources, target)}


def _first(goal: Goal) -> dict[str, Any] | None:
    """The goal as it was first set, where it was adjusted."""
    if not goal.changes:
        return None
    first = goal.changes[0].former
    return {
        "direction": str(first.direction), "low": first.low, "high": first.high, "unit": first.unit,
        "deadline": first.deadline, "meaning": str(first.meaning),
    }  # fmt: skip


def _result(result: Result, sources: _Sources) -> dict[str, Any]:
    names = ("period", "unit", "qualifier", "kind", "as_of", "note", "running_total", "state")
    figures = {name: as_float(getattr(result, name)) for name in ("value", "high", "ratio", "planned")}
    said = {name: getattr(result, name) for name in names}
    return {"id": result.pk, **said, **figures, "supersedes": result.supersedes_id, "source": _source(sources, result)}


def _source(sources: _Sources, row: Target | Result) -> str | None:
    held = sources.documents.get(row.document_id) if row.document_id is not None else None
    return sources.add(held, row.span_start, row.span_end)


def _verdict(row: BoardRow) -> dict[str, Any]:
    verdict = row.verdict
    return {
        "status": str(verdict.status),
        "rule": verdict.rule,
        "version": verdict.version,
        "standing": str(verdict.standing.status) if verdict.standing is not None else None,
        "before": str(verdict.before) if verdict.before is not None else None,
        "expected": verdict.expected,
        "latest": verdict.latest.ref if verdict.latest is not None else None,
        "share": verdict.share,
        "value": verdict.value,
        "value_on": verdict.value_on,
        "stale": verdict.stale,
        "reasons": [_said(reason) for reason in verdict.reasons],
        "missing": list(verdict.missing),
        "cagr": asdict(verdict.cagr) if verdict.cagr is not None else None,
        "agrees": verdict.cagr.agrees if verdict.cagr is not None else None,
        "needed_pace": verdict.needed_pace,
        "actual_pace": verdict.actual_pace,
        "pace_from_today": verdict.pace_from_today,
        "forecast": asdict(verdict.forecast) if verdict.forecast is not None else None,
        "forecast_note": verdict.forecast_note,
        "outlook": _said(verdict.outlook) if verdict.outlook is not None else None,
        "inputs": dict(verdict.inputs),
    }


def _said(reason: Reason) -> dict[str, Any]:
    return {"vi": reason.vi, "en": reason.en, "numbers": dict(reason.numbers)}


def _questions(organisation: Organisation, sources: _Sources) -> list[dict[str, Any]]:
    held = Question.objects.filter(document__organisation=organisation, state=QuestionState.OPEN).order_by("id")
    return [
        {
            "id": one.pk,
            "code": one.code,
            "message": one.message,
            "ask": one.ask,
            "source": sources.add(sources.documents[one.document_id], one.span_start, one.span_end),
        }
        for one in held
    ]


def _confirmed(organisation: Organisation, sources: _Sources) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _CONFIRMED}
    held = Proposal.objects.filter(
        document__organisation=organisation, state=ProposalState.ACCEPTED, kind__in=_CONFIRMED
    )
    for one in held.order_by("document", "span_start", "id"):
        source = sources.add(sources.documents[one.document_id], one.span_start, one.span_end)
        found[one.kind].append({**one.current, "proposal": one.pk, "source": source})
    return found


def _corrections(organisation: Organisation, term: str, as_of: date, made_at: datetime) -> list[dict[str, Any]]:
    """What the last approved review told and what has taken its place since: its readers are told so."""
    told = Review.objects.filter(organisation=organisation, term=term, state__in=_TOLD, as_of__lte=as_of)
    last = told.filter(created_at__lt=made_at).order_by("-created_at", "-pk").first()
    if last is None:
        return []
    return [
        {
            "review": last.pk,
            "told_on": last.as_of,
            "target": old.target_id,
            "name": new.target.name if new.target is not None else new.indicator.name,
            "period": old.period,
            "unit": new.unit,
            "old": {"id": old.pk, "value": as_float(old.value), "kind": old.kind},
            "new": {"id": new.pk, "value": as_float(new.value), "kind": new.kind},
            "reason": new.note,
            "who": new.decided_by,
            "when": new.decided_at,
        }
        for old, new in corrections_since(last)
        if new.as_of <= as_of
    ]


def _document(held: Document) -> dict[str, Any]:
    return {
        "id": held.pk,
        "kind": held.kind,
        **_about(held),
        "sha256": held.sha256,
    }


def _about(held: Document) -> dict[str, Any]:
    """What papers say of a document, in the list of documents and behind each sentence."""
    return {
        "number": held.number,
        "issued_on": held.issued_on,
        "issuer": held.issuer,
        "title": held.abstract or str(held.reading.get("title") or ""),
        "name": held.source_name,
    }
