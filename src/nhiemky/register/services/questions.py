"""Answers, sets aside and reopens the questions that a reading raised."""

from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Question
from nhiemky.register.models.documents import QuestionState
from nhiemky.register.services.records import locked, settle, write


def answer_question(question_id: int, actor: Actor, answer: str) -> Question:
    """Keep what the document's owner answered."""
    return _settle(question_id, actor, "answer_question", QuestionState.ANSWERED, "answer", answer, _("câu trả lời"))


def dismiss_question(question_id: int, actor: Actor, reason: str) -> Question:
    """Set the question aside, with the reason."""
    return _settle(question_id, actor, "dismiss_question", QuestionState.DISMISSED, "reason", reason, _("lý do bỏ qua"))


@write
def reopen_question(question_id: int, actor: Actor) -> Question:
    """Ask again; the former answer stays in the log."""
    held = _held(question_id, actor)
    if held.state == QuestionState.OPEN:
        raise ServiceError("", _("Câu hỏi này đang mở. Hãy tải lại trang."))
    before = {"state": held.state, "answer": held.answer}
    held.state, held.answer, held.decided_by, held.decided_at = QuestionState.OPEN, "", "", None
    held.save()
    events.append(actor, "reopen_question", held, {"before": before})
    return held


@write
def _settle(
    question_id: int, actor: Actor, verb: str, state: QuestionState, field: str, said: str, what: str
) -> Question:
    held = _held(question_id, actor)
    said = checks.text(said, field, 2000, what)
    if held.state != QuestionState.OPEN:
        words = _("Câu hỏi này đã được %s ghi. Hãy tải lại trang, hoặc mở lại câu hỏi.")
        raise ServiceError("", words % held.decided_by)
    held.answer = said
    settle(held, state, actor)
    held.save()
    events.append(actor, verb, held, {"said": said})
    return held


def _held(question_id: int, actor: Actor) -> Question:
    held = locked(Question.objects.select_related("document__organisation"), question_id, _("câu hỏi"))
    access.require(actor, Power.COMPILE, held.document.organisation)
    return held
