"""Gives tasks and keeps what happens to them: report, acceptance, return, reminder, extension, obstacle, suspension.

Whether a task is late is never stored: `assess.task` says it from these days, against the original deadline. Steps are
added, never changed.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Conclusion, Document, Organisation, Target, Task, TaskStep
from nhiemky.register.models.work import TaskState, TaskStepKind
from nhiemky.register.services.records import check_source, locked, source_of, values, write
from nhiemky.register.services.versioned import not_to_come, saved, taken, today
from nhiemky.values.figures import day


@write
def add_task(
    organisation: Organisation,
    actor: Actor,
    *,
    owner: Organisation,
    title: str = "",
    product: str = "",
    assigned_on: date | str | None = None,
    due_on: date | str | None = None,
    coordinators: Iterable[Organisation] = (),
    conclusion_id: int | None = None,
    document: Document | None = None,
    span: tuple[int, int] | None = None,
    targets: Iterable[Target] = (),
) -> Task:
    """A task of one owner, from a numbered conclusion of a meeting or from a document; `span` marks its words there.

    Without a title the conclusion's words are taken. The deadline given here stays the original one.
    """
    access.require(actor, Power.COMPILE, organisation)
    check_source(actor, document, span)
    conclusion = _origin(organisation, conclusion_id, document)
    helpers = _doers(organisation, owner, coordinators)
    given = not_to_come(assigned_on, "assigned_on")
    due = None if due_on is None else _due(due_on, given)
    task = Task.objects.create(
        organisation=organisation,
        owner=owner,
        title=checks.text(title or (conclusion.text if conclusion else ""), "title", 600, _("nội dung nhiệm vụ")),
        product=checks.text(product, "product", 400, _("sản phẩm")) if product.strip() else "",
        conclusion=conclusion,
        assigned_on=given,
        due_on=due,
        original_due_on=due,
        made_by=actor.name,
        made_at=timezone.now(),
        **source_of({"document": document, "span": span}),
    )
    served = list(targets)
    for target in served:
        access.require(actor, Power.READ, target.organisation)
    task.coordinators.set(helpers)
    task.targets.set(served)
    told = {"coordinators": [body.pk for body in helpers], "targets": [target.pk for target in served]}
    events.append(actor, "add_task", task, {"made": values(task), **told})
    return task


@write
def report_done(
    task_id: int,
    actor: Actor,
    *,
    text: str = "",
    document: Document | None = None,
    on: date | str | None = None,
    version: int | None = None,
) -> Task:
    """The owner says it is done and shows it. A day before today needs the document that proves it."""
    task = _open(task_id, version)
    access.require(actor, Power.ENTER, task.owner)
    if task.done_on is not None:
        words = _("Nhiệm vụ đã báo xong ngày %s và đang chờ nghiệm thu; không cần báo lại.")
        raise ServiceError("", words % day(task.done_on))
    if task.suspended_on is not None:
        raise ServiceError("", _("Nhiệm vụ đang tạm dừng từ %s. Hãy cho làm tiếp trước khi báo xong.") % _since(task))
    if not text.strip() and document is None:
        raise ServiceError("text", _("Báo xong cần minh chứng: một văn bản, hoặc lời nêu rõ kết quả. Hãy bổ sung."))
    task.done_on = _proved(on, document, task.assigned_on, _("ngày giao"))
    saved(task, "done_on")
    _step(task, TaskStepKind.EVIDENCE, actor, text, on=task.done_on, document=document)
    return task


@write
def accept_task(
    task_id: int,
    actor: Actor,
    *,
    note: str = "",
    document: Document | None = None,
    on: date | str | None = None,
    version: int | None = None,
) -> Task:
    """Whoever gave the task finds it done; never the one who reported it."""
    task = _reported(task_id, actor, version)
    assert task.done_on
    task.accepted_on = _proved(on, document, task.done_on, _("ngày báo xong"))
    task.accepted_by, task.state = actor.name, TaskState.CLOSED
    saved(task, "accepted_on", "accepted_by", "state")
    _step(task, TaskStepKind.ACCEPTED, actor, note, on=task.accepted_on, document=document)
    return task


@write
def return_task(task_id: int, actor: Actor, reason: str, *, version: int | None = None) -> Task:
    """The report is not enough: the task is open again, its deadline as before."""
    task = _reported(task_id, actor, version)
    reason = checks.text(reason, "reason", 2000, _("lý do trả lại"))
    task.done_on = None
    saved(task, "done_on")
    _step(task, TaskStepKind.RETURNED, actor, reason)
    return task


@write
def remind(task_id: int, actor: Actor, text: str) -> TaskStep:
    """Keep that the owner was reminded, and in which words (`work.reminder_text` drafts them)."""
    task = _open(task_id, None)
    access.require(actor, Power.APPROVE, task.organisation)
    return _step(task, TaskStepKind.REMINDER, actor, _said(text, _("lời nhắc")))


@write
def extend_task(
    task_id: int,
    actor: Actor,
    due_on: date | str,
    reason: str,
    *,
    document: Document | None = None,
    version: int | None = None,
) -> Task:
    """A later deadline. The original one stays what the task is judged by; a task without one gets its first."""
    task = _open(task_id, version)
    access.require(actor, Power.APPROVE, task.organisation)
    reason = checks.text(reason, "reason", 2000, _("lý do gia hạn"))
    due, before = _due(due_on, task.assigned_on), task.due_on
    if before is not None and due <= before:
        words = _("Hạn mới %(found)s không sau hạn đang có %(before)s. Hãy chọn một ngày muộn hơn.")
        raise ServiceError("due_on", words % {"found": day(due), "before": day(before)})
    task.due_on = due
    task.original_due_on = task.original_due_on or due
    saved(task, "due_on", "original_due_on")
    _step(task, TaskStepKind.EXTENSION, actor, reason, document=document, due_before=before, due_after=due)
    return task


@write
def raise_obstacle(task_id: int, actor: Actor, text: str, *, document: Document | None = None) -> TaskStep:
    """The owner says what stands in the way, and what it asks for."""
    task = _open(task_id, None)
    access.require(actor, Power.ENTER, task.owner)
    return _step(task, TaskStepKind.OBSTACLE, actor, _said(text, _("vướng mắc")), document=document)


@write
def clear_obstacle(task_id: int, actor: Actor, text: str, *, document: Document | None = None) -> TaskStep:
    """Whoever gave the task says how the obstacle was removed."""
    task = _open(task_id, None)
    access.require(actor, Power.APPROVE, task.organisation)
    last = task.steps.filter(kind__in=(TaskStepKind.OBSTACLE, TaskStepKind.CLEARED)).last()
    if last is None or last.kind != TaskStepKind.OBSTACLE:
        raise ServiceError("", _("Nhiệm vụ không có vướng mắc nào đang chờ gỡ."))
    return _step(task, TaskStepKind.CLEARED, actor, _said(text, _("cách gỡ")), document=document)


@write
def suspend_task(task_id: int, actor: Actor, reason: str, *, version: int | None = None) -> Task:
    """Stop for a while; nobody is late meanwhile, and the deadline stays where it was."""
    task = _open(task_id, version)
    access.require(actor, Power.APPROVE, task.organisation)
    reason = checks.text(reason, "reason", 2000, _("lý do tạm dừng"))
    if task.suspended_on is not None:
        raise ServiceError("", _("Nhiệm vụ đã tạm dừng từ %s.") % _since(task))
    if task.done_on is not None:
        raise ServiceError("", _("Nhiệm vụ đã báo xong; hãy nghiệm thu hoặc trả lại, không tạm dừng."))
    task.suspended_on = today()
    saved(task, "suspended_on")
    _step(task, TaskStepKind.SUSPENDED, actor, reason)
    return task


@write
def resume_task(task_id: int, actor: Actor, reason: str, *, version: int | None = None) -> Task:
    """Go on. Where the time lost is to be given back, the deadline is extended beside it, with its own reason."""
    task = _open(task_id, version)
    access.require(actor, Power.APPROVE, task.organisation)
    reason = checks.text(reason, "reason", 2000, _("lý do làm tiếp"))
    if task.suspended_on is None:
        raise ServiceError("", _("Nhiệm vụ không tạm dừng, nên không có gì để làm tiếp."))
    task.suspended_on = None
    saved(task, "suspended_on")
    _step(task, TaskStepKind.RESUMED, actor, reason)
    return task


@write
def drop_task(
    task_id: int, actor: Actor, reason: str, *, document: Document | None = None, version: int | None = None
) -> Task:
    """Nobody does it any more; it stays in the register with the reason."""
    task = _open(task_id, version)
    access.require(actor, Power.APPROVE, task.organisation)
    reason = checks.text(reason, "reason", 2000, _("lý do thôi làm"))
    task.state = TaskState.DROPPED
    saved(task, "state")
    _step(task, TaskStepKind.DROPPED, actor, reason, document=document)
    return task


def _open(task_id: int, version: int | None) -> Task:
    rows = Task.objects.select_related("organisation", "owner")
    task = taken(rows, task_id, _("nhiệm vụ được giao"), version)
    if task.state != TaskState.OPEN:
        words = _("Nhiệm vụ đã ở trạng thái “%s”; chỉ việc đang làm mới ghi thêm được.")
        raise ServiceError("", words % TaskState(task.state).label)
    return task


def _reported(task_id: int, actor: Actor, version: int | None) -> Task:
    """A task that waits for acceptance, for someone else than who reported it."""
    task = _open(task_id, version)
    access.require(actor, Power.APPROVE, task.organisation)
    if task.done_on is None:
        raise ServiceError("", _("Nhiệm vụ chưa được báo xong, nên chưa có gì để nghiệm thu hay trả lại."))
    report = task.steps.filter(kind=TaskStepKind.EVIDENCE).last()
    if report is not None and report.made_by == actor.name:
        words = _("“%s” đã báo xong nhiệm vụ này; việc nghiệm thu do người khác làm.")
        raise ServiceError("", words % actor.name)
    return task


def _step(task: Task, kind: TaskStepKind, actor: Actor, text: str, **more: Any) -> TaskStep:
    """What happened, and its event with the task's new state."""
    more.setdefault("on", today())
    check_source(actor, more.get("document"))
    made = TaskStep.objects.create(
        task=task, kind=kind, text=checks.long_text(text, "text"), made_by=actor.name, made_at=timezone.now(), **more
    )
    changed = {name: getattr(task, name) for name in ("state", "due_on", "done_on", "accepted_on", "suspended_on")}
    events.append(actor, f"task_{kind}", task, {"step": values(made), "text": made.text, "task": changed})
    return made


def _origin(organisation: Organisation, key: int | None, document: Document | None) -> Conclusion | None:
    """The conclusion it comes from; one of a meeting that this organisation held."""
    if key is None:
        if document is None:
            words = _("Nhiệm vụ cần xuất xứ: một kết luận của hội nghị hoặc một văn bản. Hãy chọn một trong hai.")
            raise ServiceError("document", words)
        return None
    held = locked(Conclusion.objects.select_related("meeting"), key, _("kết luận"))
    if held.meeting.organisation_id != organisation.pk:
        words = _("Kết luận này của hội nghị “%s”, do đơn vị khác tổ chức. Hãy chọn kết luận của đơn vị giao việc.")
        raise ServiceError("conclusion_id", words % held.meeting.title)
    return held


def _doers(organisation: Organisation, owner: Organisation, coordinators: Iterable[Organisation]) -> list[Organisation]:
    """The coordinators, once it is sure that they and the owner may be given the task."""
    _assignable(organisation, owner, "owner")
    helpers = list(coordinators)
    for body in helpers:
        _assignable(organisation, body, "coordinators")
    if owner in helpers:
        raise ServiceError("coordinators", _("Đơn vị chủ trì không đồng thời là đơn vị phối hợp. Hãy bỏ bớt một bên."))
    return helpers


def _assignable(organisation: Organisation, body: Organisation, field: str) -> None:
    """Tasks go to a body itself, to those below it, and to its neighbours at the same place (a ward's committee gives
    them to the ward's People's Committee, whose parent is another)."""
    if body.valid_to is not None and body.valid_to < today():
        words = _("“%(body)s” chỉ có đến ngày %(last)s. Hãy chọn đơn vị kế tục.")
        raise ServiceError(field, words % {"body": body.name, "last": day(body.valid_to)})
    if body.place_id != organisation.place_id and organisation.pk not in access.line_of(body.pk):
        words = _("“%(body)s” không ở dưới, cũng không cùng địa bàn với “%(of)s”. Hãy chọn đơn vị khác.")
        raise ServiceError(field, words % {"body": body.name, "of": organisation.name})


def _due(found: date | str, assigned_on: date) -> date:
    due = checks.real_day(found, "due_on")
    if due < assigned_on:
        words = _("Hạn %(found)s trước ngày giao %(given)s. Hãy sửa hạn.")
        raise ServiceError("due_on", words % {"found": day(due), "given": day(assigned_on)})
    return due


def _proved(on: date | str | None, document: Document | None, first: date, first_is: str) -> date:
    """The day something happened: today; an earlier one only with a document, so that nobody is early by word alone."""
    said = not_to_come(on)
    if said < first:
        words = _("Ngày %(found)s trước %(what)s %(first)s. Hãy sửa ngày.")
        raise ServiceError("on", words % {"found": day(said), "what": first_is, "first": day(first)})
    if said < today() and document is None:
        words = _("Ghi lùi về ngày %s cần văn bản làm chứng. Hãy chọn văn bản, hoặc để trống ngày.")
        raise ServiceError("document", words % day(said))
    return said


def _said(text: str, what: str) -> str:
    """A text of any length and any lines that must be there."""
    if not text.strip():
        raise ServiceError("text", _("Chưa có %s. Hãy nhập rồi gửi lại.") % what)
    return text


def _since(task: Task) -> str:
    return day(task.suspended_on) if task.suspended_on else ""
