"""A job → what the screen says of it: how far it is, how long it may still take. For the Read list and its own page."""

import time
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.desk.incoming.jobs import Job

TOLD = 3  # pages before the time of one is believed


@dataclass(frozen=True)
class JobView:
    """`total` is 0 where nobody knows how much there is to do."""

    job: Job
    doing: str
    left: str
    done: int
    total: int
    percent: int

    @property
    def state(self) -> str:
        return self.job.state


def view_of(job: Job) -> JobView:
    total = job.total if job.state == "reading" and job.stage in ("pages", "recognition") else 0
    percent = job.done * 100 // total if total else 0
    return JobView(job, _doing(job), _left(job) if total else "", job.done, total, percent)


def _doing(job: Job) -> str:
    if job.state == "waiting":
        return _("Chờ đến lượt: máy đang đọc tệp khác")
    said = {"page": min(job.done + 1, job.total), "total": job.total}
    if job.stage == "pages":
        return _("Đang lấy chữ, trang %(page)s / %(total)s") % said
    if job.stage == "recognition":
        return _("Đang nhận dạng chữ, trang %(page)s / %(total)s") % said
    if job.stage == "facts":
        return _("Đang tìm số liệu và đối chiếu với sổ")
    return _("Đang mở tệp")


def _left(job: Job) -> str:
    """`còn khoảng 4 phút`, from the pages of this stage that are through."""
    if job.done < TOLD:
        return ""
    seconds = (time.time() - job.began) / job.done * (job.total - job.done)
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("còn dưới một phút")
    return ngettext("còn khoảng %(n)s phút", "còn khoảng %(n)s phút", minutes) % {"n": minutes}
