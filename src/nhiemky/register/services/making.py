"""An accepted fact → a target or an approved result, with its span; and its removal when the acceptance is undone."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.register import infer, summaries
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.folding import fold
from nhiemky.register.models import Indicator, Proposal, Result, Target
from nhiemky.register.models.results import ResultState
from nhiemky.register.sentences import Sentence, sentence_at
from nhiemky.register.services.periods import refuse_locked
from nhiemky.register.services.recording import erase
from nhiemky.register.services.records import values
from nhiemky.register.services.results import new_result
from nhiemky.register.services.targets import drop_unused, indicator_of, new_target
from nhiemky.register.services.versioned import today
from nhiemky.register.units import parse_unit, to_base
from nhiemky.values.figures import exact
from nhiemky.values.kinds import Direction, PeriodMeaning
from nhiemky.values.language import capital, name_in
from nhiemky.values.period import Period, Term

_TARGET_FIELDS = ("low", "high", "unit", "direction", "baseline", "number", "field", "lead_body", "step_like")
_RESULT_FIELDS = ("value", "high", "unit", "qualifier", "ratio", "planned", "note")
SAME_TARGET, SAME_RESULT = "same_target", "same_result"  # accepted as a further source of what is held


def make_target(proposal: Proposal) -> tuple[Target, tuple[str, ...]]:
    """A new target from the fact and its clause; what the text does not say is inferred and told."""
    fact, document = proposal.current, proposal.document
    clause = _clause(proposal)
    term = Term.parse(fact["term"]) if fact.get("term") else infer.term_of(document)
    if term is None:
        raise ServiceError(
            "term", _("Văn bản không nói nhiệm kỳ nào và không có ngày. Hãy ghi nhiệm kỳ, như 2020-2025.")
        )
    meaning = fact.get("meaning") or infer.meaning(fact, clause.text)
    name = str(fact.get("name") or fact["indicator"])
    made = new_target(
        document.organisation,
        {
            **{key: fact.get(key) for key in _TARGET_FIELDS},
            "term": term,
            "name": capital(name),
            "indicator": fact["indicator"],
            "polarity": _polarity(fact),
            "baseline_year": fact.get("baseline_year") or (term.start_year if fact.get("baseline") else None),
            "deadline": date.fromisoformat(fact["deadline"]) if fact.get("deadline") else infer.deadline(fact, term),
            "meaning": meaning,
            "clause": clause.text,
            "document": document,
            "span": (proposal.span_start, proposal.span_end),
        },
    )
    if fact.get("meaning"):
        return made, ()
    told = _("Hiểu là chỉ tiêu “%s” theo câu trong văn bản; sửa được nếu chưa đúng.")
    return made, (told % name_in(get_language(), PeriodMeaning(meaning)),)


def make_result(proposal: Proposal, target: Target | None, actor: Actor) -> tuple[Result, tuple[str, ...]]:
    """A result with its source span; the period is the fact's own, else that of its document.

    As the document says it, or as somebody else typed it, it is approved by being accepted. A figure that the actor
    typed waits for someone else (docs/decisions/0008)."""
    fact = proposal.current
    fields = _result_fields(proposal, target, fact)
    indicator = target.indicator if target is not None else _indicator(fact)
    typists = _typists(proposal, target, fields, actor) if proposal.edited else ()
    waits = actor.name in typists
    by = typists[-1] if typists and not waits else actor.name
    made, warnings = new_result(
        proposal.document.organisation, target, indicator, fields, actor, approved=not waits, added_by=by
    )
    if waits:
        told = _("Số đã sửa khác văn bản nên chờ người khác duyệt; đến lúc đó bảng chỉ tiêu chưa tính số này.")
        warnings = (told, *warnings)
    if not fact.get("period"):
        told = _("Kỳ suy ra từ văn bản: %s; sửa được nếu chưa đúng.")
        warnings += (told % name_in(get_language(), fields["period"]),)
    if made.running_total and "running_total" not in fact:
        warnings += (_("Hiểu là số cộng dồn từ đầu nhiệm kỳ; sửa được nếu chưa đúng."),)
    return made, warnings


def _result_fields(proposal: Proposal, target: Target | None, fact: dict[str, Any]) -> dict[str, Any]:
    document, sentence = proposal.document, _clause(proposal)
    period = infer.period_in(document, fact)
    if period is None:
        raise ServiceError("period", _("Câu này và văn bản đều không nói kỳ nào. Hãy ghi kỳ, như 2023-H1 hoặc 2023."))
    on = fact.get("as_of")
    return {
        **{key: fact.get(key) for key in _RESULT_FIELDS},
        "unit": str(fact.get("unit") or ""),
        "period": period,
        "kind": fact.get("kind") or infer.result_kind(fact, sentence.text, sentence.mark_start),
        "as_of": date.fromisoformat(on) if on else min(period.end, document.issued_on or period.end, today()),
        "running_total": fact.get("running_total", _running(fact, sentence, target)),
        "document": document,
        "span": (proposal.span_start, proposal.span_end),
    }


def _indicator(fact: dict[str, Any]) -> Indicator:
    return indicator_of(str(fact["indicator"]), parse_unit(str(fact.get("unit") or "")).name)


def _typists(proposal: Proposal, target: Target | None, fields: dict[str, Any], actor: Actor) -> tuple[str, ...]:
    """Who corrected the fact, first to last (the actor where that was not noted); nobody where the figure is still the
    one that the document says."""
    if _figure(target, proposal.current, fields) == _as_read(proposal, target):
        return ()
    return tuple(step["by"] for step in proposal.history if step.get("typed")) or (actor.name,)


def _as_read(proposal: Proposal, target: Target | None) -> tuple[Any, ...] | None:
    try:
        return _figure(target, proposal.fact, _result_fields(proposal, target, proposal.fact))
    except (ServiceError, ValueError):  # it could not have been accepted as it was read
        return None


def _figure(target: Target | None, fact: dict[str, Any], fields: dict[str, Any]) -> tuple[Any, ...]:
    """What two readings of a fact are compared by: all that a note, another name or another unit leaves the same."""
    unit = fields["unit"]
    amounts = tuple(
        None if fields[key] is None else to_base(exact(fields[key]), unit)[0] for key in ("value", "high", "planned")
    )
    measures = parse_unit(unit).name or (target.unit if target is not None else "")
    named = "" if target is not None else fold(str(fact["indicator"]))
    same = ("ratio", "qualifier", "period", "kind", "as_of", "running_total")
    return (named, measures, *amounts, *(fields[key] or None for key in same))


def unmake(kind: str, key: int | None, accepted_by: str) -> dict[str, Any] | None:
    """Take away what an acceptance made; refused while something later stands on it."""
    if key is None:
        return None
    if kind == "result":
        return _unmake_result(Result.objects.filter(pk=key).first(), accepted_by)
    if kind == "target":
        return _unmake_target(Target.objects.filter(pk=key).first())
    return erase(kind, key)


def _unmake_result(result: Result | None, accepted_by: str) -> dict[str, Any] | None:
    if result is None or result.state == ResultState.RETURNED:  # what was returned stays beside what is accepted next
        return None
    if result.state == ResultState.APPROVED and result.decided_by != accepted_by:
        words = _("Số này đã được %s duyệt. Hãy nhờ người ấy rút lại việc duyệt, hoặc sửa số đã duyệt kèm lý do.")
        raise ServiceError("", words % result.decided_by)
    later = result.superseded_by.first()
    if later is not None:
        raise ServiceError("", _("Số này đã được số khác thay (%s). Hãy hoàn tác số sau trước.") % later)
    refuse_while_confirmed(SAME_RESULT, result.pk, _("Số này"))
    refuse_locked(result.organisation, Period.parse(result.period), "")
    said = values(result)
    with summaries.kept(() if result.target_id is None else (result.target_id,), (result.period,)):
        # Out of force before it goes: the summaries must not be left pointing at it.
        Result.objects.filter(pk=result.pk).update(state=ResultState.RETURNED)
    _gone(result)
    return said


def _unmake_target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    if target.adjustments.exists() or target.parts.exists():
        words = _("Chỉ tiêu “%s” đã được điều chỉnh hoặc có chỉ tiêu thành phần. Hãy hoàn tác các việc ấy trước.")
        raise ServiceError("", words % target.name)
    reached = target.results.count()
    if reached:
        words = _("Chỉ tiêu “%(name)s” đã có %(n)s kết quả. Hãy hoàn tác các kết quả ấy trước.")
        raise ServiceError("", words % {"name": target.name, "n": reached})
    refuse_while_confirmed(SAME_TARGET, target.pk, _("Chỉ tiêu “%s”") % target.name)
    Proposal.objects.filter(suggested_target=target).update(suggested_target=None, suggestion_score=0.0)
    return _gone(target)


def _gone(row: Result | Target) -> dict[str, Any]:
    """Deletes the row, and its indicator where nothing else is measured by it; what the row held is for the log."""
    said, indicator = values(row), row.indicator
    row.delete()
    drop_unused(indicator)
    return said


def refuse_while_confirmed(kind: str, key: int, what: str) -> None:
    others = Proposal.objects.filter(made_type=kind, made_id=key).count()
    if others:
        words = _("%(what)s còn %(n)s đề xuất nhận là trùng. Hãy hoàn tác các đề xuất ấy trước.")
        raise ServiceError("", words % {"what": what, "n": others})


def _clause(proposal: Proposal) -> Sentence:
    return sentence_at(proposal.document.text, proposal.span_start, proposal.span_end)


def _running(fact: dict[str, Any], sentence: Sentence, target: Target | None) -> bool:
    if target is None or target.meaning not in (PeriodMeaning.EACH_YEAR, PeriodMeaning.CUMULATIVE):
        return False
    yearly = float(target.low) if target.low is not None and target.meaning == PeriodMeaning.EACH_YEAR else None
    years = len(Term.parse(target.term).years)
    return infer.is_running_total(fact, sentence.text, yearly, years)


def _polarity(fact: dict[str, Any]) -> str | None:
    up, down = (Direction.AT_LEAST, Direction.INCREASE), (Direction.AT_MOST, Direction.ZERO, Direction.DECREASE)
    return "up" if fact["direction"] in up else "down" if fact["direction"] in down else None
