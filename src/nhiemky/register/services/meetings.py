"""Plans, holds and cancels meetings; keeps who came by role and count, papers, and numbered conclusions.

Tasks are given from a conclusion by `services.tasks.add_task`. People are counted, never named.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.law import vietnam_day
from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Attendance, Conclusion, Meeting, Organisation
from nhiemky.register.models.work import MeetingKind, MeetingState
from nhiemky.register.persons import counted, unnamed
from nhiemky.register.services.records import check_bodies, check_source, locked, values, write
from nhiemky.register.services.versioned import saved, taken
from nhiemky.values.figures import day

Counted = Mapping[str, tuple[int | None, int | None]]  # role → how many were invited, how many came

_COLUMNS = ("kind", "title", "starts_at", "venue", "agenda", "chaired_by", "notice")
_LISTS = ("bodies", "documents")


@write
def plan_meeting(organisation: Organisation, actor: Actor, **fields: Any) -> Meeting:
    """A meeting to come, or one that took place. Needed: kind, title, starts_at; also venue, agenda, chaired_by (a
    role), bodies (those it reaches besides the one that holds it), documents, invited (role → count)."""
    access.require(actor, Power.COMPILE, organisation)
    invited = fields.pop("invited", None) or {}
    for name in ("kind", "title", "starts_at"):
        fields.setdefault(name, None)
    cleaned = _cleaned(fields)
    _check_lists(actor, organisation, cleaned)
    columns = {name: cleaned[name] for name in _COLUMNS if name in cleaned}
    made = Meeting.objects.create(organisation=organisation, made_by=actor.name, made_at=timezone.now(), **columns)
    _set_lists(made, cleaned)
    _count(made, {role: (number, None) for role, number in invited.items()})
    events.append(actor, "plan_meeting", made, _told(made))
    return made


@write
def edit_meeting(meeting_id: int, actor: Actor, *, version: int | None = None, **changes: Any) -> Meeting:
    """Correct fields of a meeting that is planned or was held; the log keeps what stood there before."""
    meeting = _meeting(meeting_id, actor, version)
    before = _told(meeting)
    cleaned = _cleaned(changes)
    _check_lists(actor, meeting.organisation, cleaned)
    if meeting.state == MeetingState.HELD and "starts_at" in cleaned:
        _begun(cleaned["starts_at"])
    for name in _COLUMNS:
        if name in cleaned:
            setattr(meeting, name, cleaned[name])
    saved(meeting, *(name for name in _COLUMNS if name in cleaned))
    _set_lists(meeting, cleaned)
    after = _told(meeting)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    events.append(actor, "edit_meeting", meeting, {"changed": changed})
    return meeting


@write
def hold_meeting(meeting_id: int, actor: Actor, attendance: Counted, *, version: int | None = None) -> Meeting:
    """It has taken place, with so many of each role; called again, it corrects the counts."""
    meeting = _meeting(meeting_id, actor, version)
    _begun(meeting.starts_at)
    _count(meeting, attendance)
    if not meeting.attendance.filter(present__isnull=False).exists():
        raise ServiceError("attendance", _("Chưa có số người dự. Hãy ghi thành phần và số có mặt, không ghi tên."))
    meeting.state = MeetingState.HELD
    saved(meeting, "state")
    events.append(actor, "hold_meeting", meeting, _told(meeting))
    return meeting


@write
def cancel_meeting(meeting_id: int, actor: Actor, reason: str, *, version: int | None = None) -> Meeting:
    """It will not take place; it stays, with the reason."""
    meeting = _meeting(meeting_id, actor, version)
    if meeting.state == MeetingState.HELD:
        raise ServiceError("", _("Hội nghị đã họp nên không hủy được."))
    meeting.state_reason = checks.text(reason, "reason", 400, _("lý do hoãn, hủy"))
    meeting.state = MeetingState.CANCELLED
    saved(meeting, "state", "state_reason")
    events.append(actor, "cancel_meeting", meeting, {"reason": meeting.state_reason})
    return meeting


@write
def add_conclusion(meeting_id: int, actor: Actor, text: str, *, number: int | None = None) -> Conclusion:
    """A conclusion of a meeting that was held, under the next number or the one that its notice gives."""
    meeting = _meeting(meeting_id, actor, None)
    if meeting.state != MeetingState.HELD:
        raise ServiceError("", _("Hội nghị chưa họp nên chưa có kết luận. Hãy ghi là đã họp trước."))
    last = meeting.conclusions.aggregate(last=Max("number"))["last"] or 0
    chosen = last + 1 if number is None else checks.whole_number(number, "number", 1, 9999)
    if meeting.conclusions.filter(number=chosen).exists():
        words = _("Hội nghị đã có kết luận số %(found)s. Hãy chọn số khác, tiếp theo là %(next)s.")
        raise ServiceError("number", words % {"found": chosen, "next": last + 1})
    made = Conclusion.objects.create(meeting=meeting, number=chosen, text=_words(text))
    events.append(actor, "add_conclusion", made, {"meeting": meeting.pk, "number": chosen, "text": made.text})
    return made


@write
def edit_conclusion(conclusion_id: int, actor: Actor, text: str) -> Conclusion:
    """Correct the words; tasks that came of it keep their own."""
    held = _held_conclusion(conclusion_id, actor)
    before, held.text = held.text, _words(text)
    held.save(update_fields=["text"])
    events.append(actor, "edit_conclusion", held, {"text": [before, held.text]})
    return held


@write
def remove_conclusion(conclusion_id: int, actor: Actor) -> None:
    """Take a conclusion away that nothing came of; the log keeps it, the others keep their numbers."""
    held = _held_conclusion(conclusion_id, actor)
    if held.tasks.exists():
        raise ServiceError("", _("Kết luận đã thành nhiệm vụ nên không xóa được; hãy sửa lời, hoặc thôi nhiệm vụ ấy."))
    told = {"meeting": held.meeting_id, "number": held.number, "text": held.text}
    events.append(actor, "remove_conclusion", held, told)
    held.delete()


def _meeting(meeting_id: int, actor: Actor, version: int | None) -> Meeting:
    meeting = taken(Meeting.objects.select_related("organisation"), meeting_id, _("hội nghị"), version)
    access.require(actor, Power.COMPILE, meeting.organisation)
    if meeting.state == MeetingState.CANCELLED:
        words = _("Hội nghị đã hoãn, hủy (%s) nên không ghi thêm được. Hãy lập hội nghị mới.")
        raise ServiceError("", words % meeting.state_reason)
    return meeting


def _held_conclusion(conclusion_id: int, actor: Actor) -> Conclusion:
    held = locked(Conclusion.objects.select_related("meeting__organisation"), conclusion_id, _("kết luận"))
    access.require(actor, Power.COMPILE, held.meeting.organisation)
    return held


def _cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(fields) - {*_COLUMNS, *_LISTS}):
        raise ServiceError(unknown[0], _("Không sửa được ô “%s” của một hội nghị.") % unknown[0])
    cleaned = dict(fields)
    if "kind" in fields:
        cleaned["kind"] = checks.one_of(fields["kind"], dict(MeetingKind.choices), "kind")
    if "title" in fields:
        cleaned["title"] = checks.text(fields["title"], "title", 300, _("tên hội nghị"))
    if "starts_at" in fields:
        cleaned["starts_at"] = _moment(fields["starts_at"])
    if "agenda" in fields:
        cleaned["agenda"] = checks.long_text(fields["agenda"], "agenda")
    for name, limit, what in (("venue", 200, _("địa điểm")), ("chaired_by", 150, _("vai trò chủ trì"))):
        if name in fields:
            said = str(fields[name] or "").strip()
            cleaned[name] = unnamed(checks.text(said, name, limit, what), name) if said else ""
    return cleaned


def _moment(found: Any) -> datetime:
    if not isinstance(found, datetime) or timezone.is_naive(found):
        words = _("Thời gian bắt đầu: gặp “%s”, cần ngày và giờ, như 30/06/2026 08:00.")
        raise ServiceError("starts_at", words % ("" if found is None else found))
    return found


def _begun(starts_at: datetime) -> None:
    if starts_at > timezone.now():
        words = _("Hội nghị bắt đầu ngày %s, chưa đến. Hãy sửa thời gian nếu đã họp.")
        raise ServiceError("starts_at", words % day(vietnam_day(starts_at)))


def _check_lists(actor: Actor, organisation: Organisation, cleaned: Mapping[str, Any]) -> None:
    check_bodies(actor, organisation, cleaned.get("bodies") or ())
    for document in cleaned.get("documents") or ():
        check_source(actor, document)


def _set_lists(meeting: Meeting, cleaned: Mapping[str, Any]) -> None:
    if "bodies" in cleaned:
        meeting.bodies.set(cleaned["bodies"])
    if "documents" in cleaned:
        meeting.documents.set(cleaned["documents"])


def _count(meeting: Meeting, attendance: Counted) -> None:
    for said, (invited, present) in attendance.items():
        role = unnamed(checks.text(said, "attendance", 150, _("thành phần")), "attendance")
        numbers = {"invited": counted(invited, "attendance", role), "present": counted(present, "attendance", role)}
        row = Attendance.objects.filter(meeting=meeting, role=role).first() or Attendance(meeting=meeting, role=role)
        for name, number in numbers.items():
            if number is not None:
                setattr(row, name, number)
        if row.invited is not None and row.present is not None and row.present > row.invited:
            words = _("%(role)s: có mặt %(present)s, nhiều hơn %(invited)s được mời. Hãy sửa một trong hai số.")
            raise ServiceError("attendance", words % {"role": role, "present": row.present, "invited": row.invited})
        row.save()


def _words(text: str) -> str:
    said = checks.long_text(text, "text")
    if not said:
        raise ServiceError("text", _("Chưa có %s. Hãy nhập rồi gửi lại.") % _("nội dung kết luận"))
    return said


def _told(meeting: Meeting) -> dict[str, Any]:
    """The meeting as the log keeps it."""
    rows = meeting.attendance.order_by("id")
    return {
        **values(meeting),
        **{name: sorted(getattr(meeting, name).values_list("pk", flat=True)) for name in _LISTS},
        "attendance": {row.role: [row.invited, row.present] for row in rows},
    }
