"""Rows that several people work on: taken only as its reader saw it, saved with the next version; days of steps.

Called by the services of tasks, meetings and reviews.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.law import vietnam_day
from nhiemky.register import checks
from nhiemky.register.errors import ServiceError
from nhiemky.register.services.records import locked
from nhiemky.values.figures import day
from nhiemky.values.language import capital


class Versioned(Protocol):
    version: int

    def save(self, *, update_fields: Iterable[str]) -> None: ...


Row = TypeVar("Row", bound=Model)


def taken(rows: QuerySet[Row], key: int, what: str, version: int | None) -> Row:
    """The row, held until the transaction ends. `version`: the one its reader saw; None takes it as it is now."""
    row = locked(rows, key, what)
    current = getattr(row, "version", None)
    if version is not None and version != current:
        words = _("%(what)s vừa được người khác sửa (lần %(current)s, bạn đang xem lần %(seen)s). Hãy tải lại trang.")
        raise ServiceError("version", words % {"what": capital(what), "current": current, "seen": version})
    return row


def saved(row: Versioned, *fields: str) -> None:
    """These columns, and that the row has changed once more."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def today() -> date:
    """The day it is in Vietnam."""
    return vietnam_day(timezone.now())


def not_to_come(on: date | str | None, field: str = "on") -> date:
    """A day as typed, today where none is given; one to come is refused."""
    said = today() if on is None else checks.real_day(on, field)
    if said > today():
        words = _("Ngày %(found)s chưa đến; cần một ngày không sau hôm nay, %(today)s. Hãy sửa ngày.")
        raise ServiceError(field, words % {"found": day(said), "today": day(today())})
    return said
