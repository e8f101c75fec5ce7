"""Reads of tasks and meetings: the board worst first, what a body owes, what is overdue and who decides; who has
disseminated which document. Nothing here writes; `services.tasks` and `services.meetings` do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from nhiemky.assess.task import TaskDays, TaskVerdict, assess_task
from nhiemky.law import Law, end_of_day, load, vietnam_day
from nhiemky.register.errors import missing
from nhiemky.register.models import Document, Meeting, Organisation, Task, TaskStep
from nhiemky.register.models.work import MeetingKind, MeetingState, TaskStepKind
from nhiemky.register.trees import organisations_below
from nhiemky.values.figures import day
from nhiemky.values.kinds import TaskStatus

_ORDER = {status: place for place, status in enumerate(TaskStatus)}
LATE = (TaskStatus.SERIOUSLY_OVERDUE, TaskStatus.OVERDUE)
_RUNNING = (*LATE, TaskStatus.DUE_SOON, TaskStatus.NOT_DUE)
_LONG = ("text", "places", "tables")  # of a document: by the megabyte, and not its title


@dataclass(frozen=True)
class TaskLine:
    """A task on the board. `decides` is who has to act on it next: its owner, or whoever gave it (acceptance, an
    obstacle, a deadline that is missing)."""

    task: Task
    verdict: TaskVerdict
    reminders: int
    obstacle: str
    decides: Organisation

    @property
    def source(self) -> str:
        """Where the task comes from, as papers say it."""
        task = self.task
        if task.conclusion is not None:
            meeting = task.conclusion.meeting
            on = day(vietnam_day(meeting.starts_at))
            return f"kết luận số {task.conclusion.number}, {meeting.title}, ngày {on}"
        return task.document.title if task.document is not None else ""

    @property
    def missing(self) -> str:
        """What it waits for, in the reader's language; empty once it is closed."""
        if self.obstacle:
            return _("gỡ vướng mắc")
        match self.verdict.status:
            case TaskStatus.AWAITING_ACCEPTANCE:
                return _("nghiệm thu")
            case TaskStatus.UNDATED:
                return _("hạn")
            case TaskStatus.SUSPENDED:
                return _("quyết định làm tiếp")
            case _status if _status in _RUNNING:
                return _("báo cáo kết quả, minh chứng")
        return ""


@dataclass(frozen=True)
class TaskDetail:
    line: TaskLine
    steps: tuple[TaskStep, ...]


@dataclass(frozen=True)
class Told:
    """That a body held or attended a dissemination of a document, the first time it did."""

    meeting: Meeting
    on: date
    held: bool


@dataclass(frozen=True)
class Coverage:
    """Bodies × documents: the cell of a pair is what it did first, or nothing."""

    bodies: tuple[Organisation, ...]
    documents: tuple[Document, ...]
    cells: dict[tuple[int, int], Told]

    def cell(self, body: Organisation, document: Document) -> Told | None:
        return self.cells.get((body.pk, document.pk))

    def missing(self, document: Document) -> tuple[Organisation, ...]:
        """The bodies that have not yet disseminated it."""
        return tuple(body for body in self.bodies if (body.pk, document.pk) not in self.cells)


def tasks(of: Organisation, today: date) -> tuple[TaskLine, ...]:
    """Tasks that the organisation gave, worst first: three queries, however many tasks."""
    return _lines(Task.objects.filter(organisation=of), today)


def tasks_owned(of: Organisation, today: date) -> tuple[TaskLine, ...]:
    """Tasks that the organisation owns, whoever gave them."""
    return _lines(Task.objects.filter(owner=of), today)


def tasks_for_target(target_id: int, today: date) -> tuple[TaskLine, ...]:
    return _lines(Task.objects.filter(targets=target_id), today)


def overdue(of: Organisation, today: date) -> tuple[TaskLine, ...]:
    """Those given by the organisation whose owner is late now, most days first."""
    return tuple(line for line in tasks(of, today) if line.verdict.status in LATE)


def givers() -> QuerySet[Organisation]:
    """Organisations that gave tasks, by name."""
    return Organisation.objects.filter(Exists(Task.objects.filter(organisation=OuterRef("pk"))))


def task_counts(lines: Iterable[TaskLine]) -> dict[str, int]:
    """How many of each status, worst first; those of which there are none are left out. Done on time and done late
    are never added up."""
    found = [line.verdict.status for line in lines]
    return {str(status): found.count(status) for status in TaskStatus if status in found}


def task(task_id: int, today: date) -> TaskDetail:
    """One task with every step, in order."""
    found = _lines(Task.objects.filter(pk=task_id), today)
    if not found:
        raise missing(_("nhiệm vụ được giao"), task_id)
    papers = Prefetch("document", Document.objects.defer(*_LONG))
    return TaskDetail(found[0], tuple(TaskStep.objects.filter(task=task_id).prefetch_related(papers)))


def reminder_text(line: TaskLine) -> str:
    """A reminder ready to be copied, in official Vietnamese; it counts itself as the next one."""
    task = line.task
    product = f", sản phẩm: {task.product}" if task.product else ""
    source = f" ({line.source})" if line.source else ""
    return (
        f"Kính gửi: {task.owner.name}\n"
        f"{task.organisation.name} nhắc nhiệm vụ “{task.title}”{source}{product}.\n"
        f"Tính đến ngày {day(line.verdict.today)}: {line.verdict.text}\n"
        f"Đề nghị báo cáo kết quả kèm minh chứng về {task.organisation.name}; nếu có vướng mắc, nêu rõ nội dung và "
        f"kiến nghị. (Nhắc lần thứ {line.reminders + 1}.)"
    )


def meetings(of: Organisation) -> QuerySet[Meeting]:
    """Newest first, with how many conclusions each has, and how many of them became tasks."""
    held = Meeting.objects.filter(organisation=of).select_related("organisation")
    return held.annotate(
        concluded=Count("conclusions", distinct=True),
        tasked=Count("conclusions", filter=Q(conclusions__tasks__isnull=False), distinct=True),
    )


def meeting(meeting_id: int) -> Meeting:
    """One meeting with its attendance, papers, bodies and conclusions."""
    rows = Meeting.objects.select_related("organisation", "notice")
    found = rows.prefetch_related("attendance", "bodies", "documents", "conclusions__tasks").filter(pk=meeting_id)
    held = found.first()
    if held is None:
        raise missing(_("hội nghị"), meeting_id)
    return held


def coverage(of: Organisation, today: date, documents: Sequence[Document] | None = None) -> Coverage:
    """Which bodies, the organisation and all that stand below it on the day, have disseminated which documents by then.

    Only meetings that were held count. Without documents: all that any of them has disseminated, newest first."""
    below = organisations_below(of.pk, today)
    found = Organisation.objects.in_bulk(below)
    bodies, keys = tuple(found[key] for key in below), set(below)
    told = Meeting.objects.filter(
        kind=MeetingKind.DISSEMINATION, state=MeetingState.HELD, starts_at__lte=end_of_day(today)
    )
    told = told.filter(Q(organisation__in=keys) | Q(bodies__in=keys)).distinct().order_by("starts_at", "id")
    papers = Prefetch("documents", Document.objects.defer(*_LONG))
    held = list(told.prefetch_related("bodies", papers))
    if documents is None:
        met = {document.pk: document for one in held for document in one.documents.all()}
        documents = sorted(met.values(), key=lambda one: (one.issued_on or date.min, one.pk), reverse=True)
    return Coverage(bodies, tuple(documents), _cells(held, keys))


def days_of(task: Task) -> TaskDays:
    """The days of a row, as assess judges them."""
    state = cast(Literal["open", "closed", "dropped"], task.state)
    return TaskDays(
        task.assigned_on, task.due_on, task.original_due_on, task.done_on, task.accepted_on, task.suspended_on, state
    )


def _cells(held: Iterable[Meeting], keys: set[int]) -> dict[tuple[int, int], Told]:
    """The first of the meetings, which come in order, of each body and document."""
    cells: dict[tuple[int, int], Told] = {}
    for one in held:
        on = vietnam_day(one.starts_at)
        reached = {one.organisation_id, *(body.pk for body in one.bodies.all())} & keys
        for document in one.documents.all():
            for key in reached:
                cells.setdefault((key, document.pk), Told(one, on, key == one.organisation_id))
    return cells


def _lines(rows: QuerySet[Task], today: date) -> tuple[TaskLine, ...]:
    steps = TaskStep.objects.filter(task=OuterRef("pk"))
    obstacles = steps.filter(kind__in=(TaskStepKind.OBSTACLE, TaskStepKind.CLEARED)).order_by("-id")
    held = (
        rows.select_related("organisation", "owner", "conclusion__meeting")
        .prefetch_related("coordinators", Prefetch("document", Document.objects.defer(*_LONG)))
        .annotate(
            reminders=Count("steps", filter=Q(steps__kind=TaskStepKind.REMINDER), distinct=True),
            last_kind=Subquery(obstacles.values("kind")[:1]),
            last_said=Subquery(obstacles.values("text")[:1]),
        )
    )
    law = load()
    return tuple(sorted((_line(row, today, law) for row in held), key=_place))


def _line(row: Any, today: date, law: Law) -> TaskLine:
    verdict = assess_task(days_of(row), today, law)
    obstacle = row.last_said if row.last_kind == TaskStepKind.OBSTACLE else ""
    givers = (TaskStatus.AWAITING_ACCEPTANCE, TaskStatus.UNDATED, TaskStatus.SUSPENDED)
    waits_for_giver = verdict.status in givers or bool(obstacle)
    return TaskLine(row, verdict, row.reminders, obstacle, row.organisation if waits_for_giver else row.owner)


def _place(line: TaskLine) -> tuple[int, int, int, date, int]:
    """Worst status first; within it the longest late, then whoever waits longest for acceptance, then the next due."""
    verdict = line.verdict
    return _ORDER[verdict.status], -verdict.late, -verdict.acceptor_late, verdict.due or date.max, line.task.pk
