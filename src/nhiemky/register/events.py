"""Appends to the event log and verifies it: row by row, each digest covers the row and the digest before it."""

from datetime import UTC
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from nhiemky.register.actors import Actor
from nhiemky.register.models import Event, LogHead, Organisation
from nhiemky.values.canonical import canonical, sha256_of

START = "0" * 64


def take_turn() -> LogHead:
    """The log's head, locked until the transaction ends: writers follow one another from here on.

    A writer that took its turn only when it appends would have decided on what it read beside the others, and two that
    hold rows of each other's would wait for ever. SQLite gives turns by itself (IMMEDIATE)."""
    return LogHead.objects.select_for_update().get_or_create(pk=1, defaults={"seq": 0, "digest": START})[0]


def append(actor: Actor, verb: str, subject: models.Model, data: dict[str, Any] | None = None) -> Event:
    """Write one event; must run inside the transaction of the change it tells of."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is written in the transaction of its change")
    head = take_turn()
    event = Event(
        seq=head.seq + 1,
        at=timezone.now(),
        actor=actor.name,
        verb=verb,
        subject_type=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        payload=canonical(data or {}),
        previous=head.digest,
    )
    event.digest = digest_of(event)
    event.save()
    LogHead.objects.filter(pk=1).update(seq=event.seq, digest=event.digest)
    return event


def digest_of(event: Event) -> str:
    """SHA-256 over everything the row says and the digest before it."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [event.seq, at, event.actor, event.verb, event.subject_type, event.subject_id, event.payload, event.previous]
    return sha256_of(said)


def verify() -> int | None:
    """The number of the first row that is edited, missing or out of order; None when the log is whole."""
    expected, previous = 1, START
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        if event.seq != expected:
            return expected
        if event.previous != previous or event.digest != digest_of(event):
            return event.seq
        expected, previous = event.seq + 1, event.digest
    held = last()
    if held != (expected - 1, previous):
        return min(expected, max(held[0], 1))
    # No account and no organisation comes without its event: a log that holds none was emptied, head and all.
    return 1 if expected == 1 and (User.objects.exists() or Organisation.objects.exists()) else None


def last() -> tuple[int, str]:
    """The number and digest of the last event: whoever wrote them down can tell a log that was made up anew."""
    head = LogHead.objects.filter(pk=1).first()
    return (head.seq, head.digest) if head else (0, START)


def digest_at(seq: int) -> str | None:
    """The digest of that event; None where the log holds no such one."""
    return START if seq == 0 else Event.objects.filter(seq=seq).values_list("digest", flat=True).first()


def count() -> int:
    """How many events the log holds."""
    return Event.objects.count()
