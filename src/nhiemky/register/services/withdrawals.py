"""Takes a decision on figures back: what was approved or returned waits again. Only whoever decided may, and only while
nothing was built on it; the log keeps both steps."""

from typing import Any

from django.utils.translation import gettext as _

from nhiemky.register import access, events, intake, summaries
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Result, Submission
from nhiemky.register.models.results import ResultState, SubmissionState
from nhiemky.register.services.making import SAME_RESULT, refuse_while_confirmed
from nhiemky.register.services.periods import refuse_locked
from nhiemky.register.services.records import locked, write
from nhiemky.register.services.results import in_force
from nhiemky.values.period import Period

_DECIDED = (ResultState.APPROVED, ResultState.RETURNED)
_UNDECIDED: dict[str, Any] = {"decided_by": "", "decided_at": None}


@write
def withdraw_decision(result_id: int, actor: Actor) -> Result:
    """A figure that the actor has approved or returned waits again, as it did before."""
    rows = Result.objects.select_related("organisation", "submission")
    held = locked(rows, result_id, _("bản ghi kết quả"))
    access.require(actor, Power.APPROVE, held.organisation)
    if held.submission is not None:
        words = _("Số này nằm trong lần báo số của “%s”. Hãy rút lại quyết định về cả lần báo số.")
        raise ServiceError("", words % held.organisation.name)
    if held.state not in _DECIDED:
        raise ServiceError("", _("Số này đang chờ duyệt; không có quyết định nào để rút lại. Hãy tải lại trang."))
    _refuse_anothers(held.decided_by, actor)
    if held.added_by == held.decided_by:
        words = _("Số này vào sổ mà không qua bước duyệt riêng. Hãy hoàn tác chỗ nhận nó, hoặc sửa số đã duyệt.")
        raise ServiceError("", words)
    refuse_locked(held.organisation, Period.parse(held.period), "")
    _refuse_built_on([held])
    was, replaced = held.state, held.supersedes_id
    corrects = _corrected_by(held)
    _refuse_replaced(corrects, held)
    with summaries.kept(() if held.target_id is None else (held.target_id,), (held.period,)):
        back = {"state": ResultState.PROPOSED, "supersedes": corrects, **_UNDECIDED}
        Result.objects.filter(pk=held.pk).update(**back)
    events.append(actor, "withdraw_decision", held, {"was": was, "supersedes": replaced})
    intake.rematch_figures(held.organisation_id, held.target_id)
    held.refresh_from_db()
    return held


@write
def withdraw_submission_decision(submission_id: int, actor: Actor, version: int) -> Submission:
    """A submission that the actor has approved or returned waits again, with all its figures."""
    held = locked(Submission.objects.select_related("organisation"), submission_id, _("lần báo số"))
    access.require(actor, Power.APPROVE, held.organisation)
    if held.state not in (SubmissionState.APPROVED, SubmissionState.RETURNED) or held.version != version:
        words = _("Lần báo số này đã thay đổi (đang là lần %(now)s, đã xem lần %(seen)s). Hãy tải lại trang.")
        raise ServiceError("version", words % {"now": held.version, "seen": version})
    _refuse_anothers(held.decided_by, actor)
    rows = list(held.results.filter(decided_at=held.decided_at).select_related("organisation"))
    for organisation in {held.organisation, *(one.organisation for one in rows)}:
        refuse_locked(organisation, Period.parse(held.period), "")
    _refuse_next(held)
    _refuse_built_on(rows)
    was, held.state, held.reason = held.state, SubmissionState.SUBMITTED, ""
    held.decided_by, held.decided_at, held.version = "", None, held.version + 1
    with summaries.kept([one.target_id for one in rows if one.target_id is not None], (held.period,)):
        back = {"state": ResultState.SUBMITTED, "supersedes": None, **_UNDECIDED}
        Result.objects.filter(pk__in=[one.pk for one in rows]).update(**back)
    held.save()
    events.append(actor, "withdraw_submission_decision", held, {"was": was, "version": held.version})
    for organisation_id in {one.organisation_id for one in rows}:
        intake.rematch(organisation_id)
    return held


def _refuse_anothers(decided_by: str, actor: Actor) -> None:
    if decided_by != actor.name:
        raise ServiceError("", _("Chỉ %s, người đã quyết định, mới rút lại được quyết định này.") % decided_by)


def _refuse_built_on(rows: list[Result]) -> None:
    """Another figure takes, or asks to take, the place of one of these, or a document is a further source of it."""
    keys = [one.pk for one in rows if one.state == ResultState.APPROVED]
    later = Result.objects.filter(supersedes__in=keys).exclude(state=ResultState.RETURNED).first()
    if later is not None:
        words = _("Đã có số khác thay, hoặc xin thay, số này (%s). Hãy quyết định số ấy trước.")
        raise ServiceError("", words % later)
    for one in rows:
        refuse_while_confirmed(SAME_RESULT, one.pk, _("Số này"))


def _refuse_next(held: Submission) -> None:
    """One period has one submission that is not approved."""
    same = Submission.objects.filter(organisation=held.organisation, period=held.period, term=held.term)
    later = same.exclude(pk=held.pk).exclude(state=SubmissionState.APPROVED).first()
    if later is not None:
        words = _("Đơn vị đã mở lần báo số khác cho kỳ này (%s nhập). Hãy quyết định lần ấy trước.")
        raise ServiceError("", words % later.entered_by)


def _corrected_by(held: Result) -> Result | None:
    """The approved figure that this one was entered to correct, as the log has it: a decision may have changed that."""
    told = Event.objects.filter(verb="correct_result", subject_type="result", subject_id=str(held.pk)).first()
    return None if told is None else Result.objects.filter(pk=told.data["corrects"]).first()


def _refuse_replaced(corrects: Result | None, held: Result) -> None:
    if corrects is None or corrects.pk == held.supersedes_id:
        return
    if not Result.objects.filter(in_force(), pk=corrects.pk).exists():
        raise ServiceError("", _("Số mà bản sửa này thay đã được thay bằng số khác. Hãy sửa số mới."))
