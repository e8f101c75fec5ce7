"""What every service needs: its transaction and turn, a row locked and decided on, plain values."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError, missing
from nhiemky.register.models import Document, Organisation, Proposal, Question, Result

P = ParamSpec("P")
Done = TypeVar("Done")
Row = TypeVar("Row", bound=Model)

# Columns that are long or derived: the log names their record, the record holds them.
_LEFT_OUT = ("text", "reading", "pack", "history", "name_key")


def write(service: Callable[P, Done]) -> Callable[P, Done]:
    """A service: one transaction, and its turn among the writers before it reads anything (see events.take_turn)."""

    @wraps(service)
    def in_turn(*args: P.args, **kwargs: P.kwargs) -> Done:
        with transaction.atomic():
            if connection.features.has_select_for_update:
                events.take_turn()
            return service(*args, **kwargs)

    return in_turn


def locked(rows: QuerySet[Row], key: int, what: str) -> Row:
    """The row, held until the transaction ends; NotFound where it is gone."""
    found = rows.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise missing(what, key)
    return found


def settle(row: Proposal | Question | Result, state: str, actor: Actor) -> None:
    """The row as decided on, not yet saved."""
    row.state, row.decided_by, row.decided_at = state, actor.name, timezone.now()


def values(row: Model) -> dict[str, Any]:
    """The row's columns as they are stored."""
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in _LEFT_OUT
    }


def source_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that say where a figure or a clause stands: a document and the span in its text."""
    start, end = fields.get("span") or (None, None)
    return {"document": fields.get("document"), "span_start": start, "span_end": end}


def check_source(actor: Actor, document: Document | None, span: tuple[Any, Any] | None = None) -> None:
    """Nobody cites, and so copies out of, a document that they may not look at; a span lies in its text."""
    if document is not None:
        access.require(actor, Power.READ, document.organisation)
    if span is None or span == (None, None):
        return
    start, end = span
    length = len(document.text) if document is not None else 0
    if not 0 <= start < end <= length:
        words = _("Vị trí %(start)s–%(end)s không nằm trong văn bản (%(length)s ký tự). Hãy tải lại trang.")
        raise ServiceError("span", words % {"start": start, "end": end, "length": length})


def check_bodies(actor: Actor, organisation: Organisation, bodies: Iterable[Organisation]) -> None:
    """Bodies that take part are those that the actor may look at, and the organisation's neighbours at its place."""
    for body in bodies:
        if body.place_id != organisation.place_id:
            access.require(actor, Power.READ, body)
