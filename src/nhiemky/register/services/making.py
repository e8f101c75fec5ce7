"""An accepted fact → a target or an approved result, with its span; and its removal when the acceptance is undone."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.register import infer, summaries
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Proposal, Result, Target
from nhiemky.register.models.results import ResultState
from nhiemky.register.sentences import Sentence, sentence_at
from nhiemky.register.services.periods import refuse_locked
from nhiemky.register.services.recording import erase
from nhiemky.register.services.records import values
from nhiemky.register.services.results import new_result
from nhiemky.register.services.targets import drop_unused, indicator_of, new_target
from nhiemky.register.services.versioned import today
from nhiemky.register.units import parse_unit
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
    """An approved result with its source span; the period is the fact's own, else that of its document."""
    fact, document = proposal.current, proposal.document
    sentence = _clause(proposal)
    period = infer.period_in(document, fact)
    if period is None:
        raise ServiceError("period", _("Câu này và văn bản đều không nói kỳ nào. Hãy ghi kỳ, như 2023-H1 hoặc 2023."))
    unit = str(fact.get("unit") or "")
    indicator = target.indicator if target is not None else indicator_of(str(fact["indicator"]), parse_unit(unit).name)
    on = fact.get("as_of")
    fields = {
        **{key: fact.get(key) for key in _RESULT_FIELDS},
        "period": period,
        "kind": fact.get("kind") or infer.result_kind(fact, sentence.text, sentence.mark_start),
        "as_of": date.fromisoformat(on) if on else min(period.end, document.issued_on or period.end, today()),
        "running_total": fact.get("running_total", _running(fact, sentence, target)),
        "document": document,
        "span": (proposal.span_start, proposal.span_end),
    }
    made, warnings = new_result(document.organisation, target, indicator, fields, actor, approved=True)
    if not fact.get("period"):
        told = _("Kỳ suy ra từ văn bản: %s; sửa được nếu chưa đúng.")
        warnings += (told % name_in(get_language(), period),)
    if made.running_total and "running_total" not in fact:
        warnings += (_("Hiểu là số cộng dồn từ đầu nhiệm kỳ; sửa được nếu chưa đúng."),)
    return made, warnings


def unmake(kind: str, key: int | None) -> dict[str, Any] | None:
    """Take away what an acceptance made; refused while something later stands on it."""
    if key is None:
        return None
    if kind == "result":
        return _unmake_result(Result.objects.filter(pk=key).first())
    if kind == "target":
        return _unmake_target(Target.objects.filter(pk=key).first())
    return erase(kind, key)


def _unmake_result(result: Result | None) -> dict[str, Any] | None:
    if result is None:
        return None
    later = result.superseded_by.first()
    if later is not None:
        raise ServiceError("", _("Số này đã được số khác thay (%s). Hãy hoàn tác số sau trước.") % later)
    _refuse_while_confirmed(SAME_RESULT, result.pk, _("Số này"))
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
    _refuse_while_confirmed(SAME_TARGET, target.pk, _("Chỉ tiêu “%s”") % target.name)
    Proposal.objects.filter(suggested_target=target).update(suggested_target=None, suggestion_score=0.0)
    return _gone(target)


def _gone(row: Result | Target) -> dict[str, Any]:
    """Deletes the row, and its indicator where nothing else is measured by it; what the row held is for the log."""
    said, indicator = values(row), row.indicator
    row.delete()
    drop_unused(indicator)
    return said


def _refuse_while_confirmed(kind: str, key: int, what: str) -> None:
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
