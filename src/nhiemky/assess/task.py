"""A task's days → its status today, against the original due date, with rule, reasons and whose the delay is.

`assess_task` is the one door, called by the register's task board. A deadline ends at 24:00 in Vietnam; on a day off,
with the next working day. Late acceptance is the acceptor's delay; what has no deadline is never on time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from nhiemky.law import Law, UnknownYear
from nhiemky.values.figures import day
from nhiemky.values.kinds import TaskStatus

TASK_RULES_VERSION = 1
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class TaskDays:
    """What is known of a task. `due_on` is the deadline as extended, `original_due_on` the first one given."""

    assigned_on: date
    due_on: date | None = None
    original_due_on: date | None = None
    done_on: date | None = None
    accepted_on: date | None = None
    suspended_on: date | None = None
    state: Literal["open", "closed", "dropped"] = "open"


@dataclass(frozen=True)
class Reason:
    vi: str
    en: str


@dataclass(frozen=True)
class TaskVerdict:
    """`ends_on` is the last day that is in time; `late` and `left` count calendar days from it, the others working
    days (None: no calendar for those years). `acceptor_late`: working days over what acceptance may take."""

    status: TaskStatus
    rule: str
    today: date
    due: date | None = None
    ends_on: date | None = None
    extended_to: date | None = None
    late: int = 0
    late_working: int | None = 0
    left: int | None = None
    left_working: int | None = None
    acceptor_late: int = 0
    charged_to: Literal["owner", "acceptor"] | None = None
    reasons: tuple[Reason, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict)
    version: int = TASK_RULES_VERSION

    @property
    def text(self) -> str:
        """All reasons as one Vietnamese paragraph."""
        return " ".join(f"{reason.vi}." for reason in self.reasons)


def assess_task(task: TaskDays, today: date, law: Law) -> TaskVerdict:
    """What is dated after `today` is not known yet, so that a past day can be judged as it was."""
    return _Judge(task, today, law).verdict()


class _Judge:
    """One task on one day, with the calendar asked in one place: a year it does not hold is told, not guessed."""

    def __init__(self, task: TaskDays, today: date, law: Law) -> None:
        self.task, self.today, self.law = task, today, law
        self.due = task.original_due_on or task.due_on
        self.done = _known(task.done_on, today)
        self.accepted = _known(task.accepted_on, today)
        self.gap: UnknownYear | None = None
        self.ends = self._ends(self.due) if self.due else None
        later = task.due_on if task.due_on and self.due and task.due_on != self.due else None
        self.extended = later

    def verdict(self) -> TaskVerdict:
        if self.task.state == "dropped":
            return self._make(TaskStatus.DROPPED, "task.dropped", [Reason("Thôi làm", "Dropped")])
        if self._closed():
            return self._finished()
        if self.done:
            return self._awaiting(self.done)
        if _known(self.task.suspended_on, self.today):
            return self._suspended()
        return self._open() if self.ends else self._undated()

    def _closed(self) -> bool:
        if self.task.state != "closed":
            return False
        told = self.task.accepted_on or self.task.done_on
        return told is None or told <= self.today

    def _open(self) -> TaskVerdict:
        assert self.ends
        if self.today > self.ends:
            return self._overdue(self.ends)
        left, working = (self.ends - self.today).days, self._working(self.today, self.ends)
        soon = self.law.whole("task.due_soon", self.today)
        # Working days are never more than days: without a calendar only what is sure is said.
        near = (left if working is None else working) <= soon
        if left == 0:
            said = Reason("Hôm nay là ngày cuối", "Today is the last day")
        else:
            vi, en = _count(left, working)
            said = Reason(f"Còn {vi} đến hạn", f"{en} left")
        status = TaskStatus.DUE_SOON if near else TaskStatus.NOT_DUE
        return self._make(status, "task.open", [self._deadline(), said], left=left, left_working=working)

    def _overdue(self, ends: date) -> TaskVerdict:
        late, working = self._late(ends, self.today)
        serious = working is not None and working > self.law.whole("task.seriously_overdue", self.today)
        vi, en = _count(late, working)
        return self._make(
            TaskStatus.SERIOUSLY_OVERDUE if serious else TaskStatus.OVERDUE,
            "task.open",
            [self._deadline(), Reason(f"Quá hạn {vi}, chưa báo xong", f"{en} late, not reported done")],
            late=late, late_working=working, charged_to="owner",
        )  # fmt: skip

    def _undated(self) -> TaskVerdict:
        words = Reason(
            "Không có hạn nên không tính là đúng hạn; cần ấn định hạn", "No deadline, so it is never on time; set one"
        )
        return self._make(TaskStatus.UNDATED, "task.undated", [words])

    def _suspended(self) -> TaskVerdict:
        since = self.task.suspended_on
        assert since
        reasons = [Reason(f"Tạm dừng từ {day(since)}", f"Suspended since {day(since)}")]
        late, working = self._late(self.ends, since) if self.ends else (0, 0)
        if late:
            vi, en = _count(late, working)
            reasons.append(Reason(f"Khi tạm dừng đã quá hạn {vi}", f"It was {en} late by then"))
        charged: Literal["owner"] | None = "owner" if late else None
        return self._make(
            TaskStatus.SUSPENDED, "task.suspended", reasons, late=late, late_working=working, charged_to=charged
        )

    def _awaiting(self, done: date) -> TaskVerdict:
        reasons, late, working = self._reported(done)
        allowed = self.law.whole("task.acceptance", self.today)
        waited = self._working(done, self.today)
        over = max(0, (waited or 0) - allowed)
        charged: Literal["owner", "acceptor"] | None = "acceptor" if over else "owner" if late else None
        if waited is not None:
            reasons.append(Reason(f"Chờ nghiệm thu {waited} ngày làm việc", f"Waiting {_days(waited, 'working day')}"))
        if over:
            reasons.append(self._acceptor(over, allowed))
        return self._make(
            TaskStatus.AWAITING_ACCEPTANCE, "task.awaiting", reasons,
            late=late, late_working=working, acceptor_late=over, charged_to=charged,
        )  # fmt: skip

    def _finished(self) -> TaskVerdict:
        done = self.done or self.accepted
        if done is None:
            words = Reason("Đã xong nhưng không ghi ngày xong", "Done, but the day is not recorded")
            return self._make(TaskStatus.DONE_UNDATED, "task.done", [words])
        reasons, late, working = self._reported(done)
        over = 0
        if self.accepted:
            reasons.append(Reason(f"Nghiệm thu {day(self.accepted)}", f"Accepted on {day(self.accepted)}"))
            allowed = self.law.whole("task.acceptance", self.today)
            over = max(0, (self._working(done, self.accepted) or 0) - allowed)
            if over:
                reasons.append(self._acceptor(over, allowed))
        status = TaskStatus.DONE_LATE if late else TaskStatus.DONE_ON_TIME
        charged: Literal["owner", "acceptor"] | None = "owner" if late else "acceptor" if over else None
        return self._make(
            status if self.ends else TaskStatus.DONE_UNDATED, "task.done", reasons,
            late=late, late_working=working, acceptor_late=over, charged_to=charged,
        )  # fmt: skip

    def _reported(self, done: date) -> tuple[list[Reason], int, int | None]:
        """What the report says of the owner: the day it came counts, not the day it was accepted."""
        if not self.ends:
            words = Reason(
                f"Báo xong {day(done)}; không có hạn nên không tính là đúng hạn",
                f"Reported done on {day(done)}; without a deadline it is not counted as on time",
            )
            return [words], 0, 0
        late, working = self._late(self.ends, done)
        if not late:
            words = Reason(f"Báo xong {day(done)}, đúng hạn", f"Reported done on {day(done)}, in time")
        else:
            vi, en = _count(late, working)
            words = Reason(f"Báo xong {day(done)}, trễ {vi}", f"Reported done on {day(done)}, {en} late")
        return [self._deadline(), words], late, working

    def _deadline(self) -> Reason:
        assert self.due
        assert self.ends
        vi, en = f"Hạn {day(self.due)}", f"Due {day(self.due)}"
        if self.ends != self.due:
            feast = self.law.calendar.holiday(self.due)
            vi += f" là ngày nghỉ{f' ({feast.vi})' if feast else ''}, tính đến hết {day(self.ends)}"
            en += f" is a day off{f' ({feast.en})' if feast else ''}, so it ends with {day(self.ends)}"
        if self.extended:
            vi += f" (hạn ban đầu; đã gia hạn đến {day(self.extended)})"
            en += f" (the original date; extended to {day(self.extended)})"
        return Reason(vi, en)

    def _acceptor(self, over: int, allowed: int) -> Reason:
        return Reason(
            f"Nghiệm thu chậm {over} ngày làm việc so với {allowed} ngày được có, tính cho bên nghiệm thu",
            f"Acceptance is {_days(over, 'working day')} over the {allowed} allowed, charged to the acceptor",
        )

    def _make(self, status: TaskStatus, rule: str, reasons: list[Reason], **found: Any) -> TaskVerdict:
        if self.gap:
            reasons = [*reasons, Reason(self.gap.vi, self.gap.en)]
        names = ("assigned_on", "due_on", "original_due_on", "done_on", "accepted_on", "suspended_on", "state")
        return TaskVerdict(
            status, rule, self.today, self.due, self.ends, self.extended,
            reasons=tuple(reasons), inputs={name: getattr(self.task, name) for name in names}, **found,
        )  # fmt: skip

    def _ends(self, due: date) -> date:
        if self.law.value("task.deadline_on_rest_day", self.today) != "next_working_day":
            return due
        return self._ask(lambda: self.law.calendar.working_day_from(due)) or due

    def _late(self, ends: date, until: date) -> tuple[int, int | None]:
        return ((until - ends).days, self._working(ends, until)) if until > ends else (0, 0)

    def _working(self, start: date, end: date) -> int | None:
        return self._ask(lambda: self.law.calendar.working_days(start, end))

    def _ask(self, question: Callable[[], Answer]) -> Answer | None:
        try:
            return question()
        except UnknownYear as gap:
            self.gap = gap
            return None


def _known(on: date | None, today: date) -> date | None:
    return on if on is not None and on <= today else None


def _count(days: int, working: int | None) -> tuple[str, str]:
    """`12 ngày (8 ngày làm việc)`, `12 days (8 working days)`."""
    if working is None:
        return f"{days} ngày", _days(days, "day")
    return f"{days} ngày ({working} ngày làm việc)", f"{_days(days, 'day')} ({_days(working, 'working day')})"


def _days(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"
