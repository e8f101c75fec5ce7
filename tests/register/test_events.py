"""The log is append-only and tells where it was touched."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase
from tests.register.builders import CLERK, ward
from tests.stores import log_unguarded

from nhiemky.register import events
from nhiemky.register.models import Event, LogHead, Organisation
from nhiemky.register.models.log import AppendOnly


def _five() -> None:
    held = ward()
    with transaction.atomic():
        for number in range(4):
            events.append(CLERK, "note", held, {"số": number, "tên": "Trúc Khê"})


def test_an_untouched_log_verifies() -> None:
    _five()
    assert events.count() == 5
    assert events.verify() is None


def test_an_empty_log_verifies() -> None:
    assert events.verify() is None


def _sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def _empty() -> None:
    _sql("DELETE FROM register_event")
    _sql("DELETE FROM register_loghead")


def _swap() -> None:
    _sql("UPDATE register_event SET seq = 99 WHERE seq = 3")
    _sql("UPDATE register_event SET seq = 3 WHERE seq = 4")
    _sql("UPDATE register_event SET seq = 4 WHERE seq = 99")


@pytest.mark.parametrize(
    ("touch", "first"),
    [
        (lambda: _sql("UPDATE register_event SET payload = '{}' WHERE seq = 3"), 3),
        (lambda: _sql("UPDATE register_event SET actor = 'ai khác' WHERE seq = 2"), 2),
        (lambda: _sql("UPDATE register_event SET at = '2020-01-01 00:00:00' WHERE seq = 4"), 4),
        (lambda: _sql("DELETE FROM register_event WHERE seq = 1"), 1),
        (lambda: _sql("DELETE FROM register_event WHERE seq = 3"), 3),
        (lambda: _sql("DELETE FROM register_event WHERE seq = 5"), 5),
        (lambda: _sql("DELETE FROM register_event"), 1),
        (_empty, 1),
        (_swap, 3),
    ],
    ids=["payload", "actor", "time", "first gone", "middle gone", "last gone", "all gone", "emptied", "reordered"],
)
def test_a_touched_row_is_found(touch: Callable[[], None], first: int) -> None:
    _five()
    with log_unguarded():
        touch()
    assert events.verify() == first


def test_a_row_recomputed_alone_breaks_the_next() -> None:
    _five()
    row = Event.objects.get(seq=2)
    row.payload = '{"số":7}'
    with log_unguarded():
        _sql(f"UPDATE register_event SET payload = '{row.payload}', digest = '{events.digest_of(row)}' WHERE seq = 2")
    assert events.verify() == 3


def test_a_log_made_up_anew_has_not_the_digest_that_was_noted() -> None:
    """Rows and head that agree with each other say nothing of another log before them; a digest kept elsewhere does."""
    _five()
    seq, digest = events.last()
    assert events.digest_at(seq) == digest
    with log_unguarded():
        _empty()
    held = Organisation.objects.get()
    for _number in range(seq):
        events.append(CLERK, "note", held)
    assert events.verify() is None
    assert events.digest_at(seq) != digest
    assert events.digest_at(seq + 1) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_event SET actor = 'ai khác' WHERE seq = 2",
        "DELETE FROM register_event WHERE seq = 5",
        "DELETE FROM register_event",
        "INSERT OR REPLACE INTO register_event SELECT seq, at, 'ai khác', verb, subject_type, subject_id, payload, "
        "previous, digest FROM register_event WHERE seq = 2",
        "TRUNCATE register_event",
    ],
)
def test_the_database_itself_refuses(statement: str, on_postgresql: bool) -> None:
    _five()
    other = {"INSERT OR": not on_postgresql, "TRUNCATE ": on_postgresql}
    if not other.get(statement[:9], True):
        pytest.skip("a statement of the other database")
    with pytest.raises(DatabaseError, match="không được sửa hay xóa"), transaction.atomic():
        _sql(statement)
    assert events.count() == 5
    assert events.verify() is None


def test_the_model_refuses_change_and_removal() -> None:
    _five()
    row = Event.objects.get(seq=2)
    for change in (row.save, row.delete, Event.objects.all().delete, lambda: Event.objects.update(actor="x")):
        with pytest.raises(AppendOnly):
            change()
    assert events.verify() is None


@transaction.atomic
def _note_and_fail(held: Organisation) -> None:
    events.append(CLERK, "note", held)
    raise ZeroDivisionError


class Outside(TransactionTestCase):
    def test_an_event_needs_the_transaction_of_its_change(self) -> None:
        held = ward()
        with pytest.raises(RuntimeError):
            events.append(CLERK, "note", held)

    def test_a_change_that_fails_leaves_no_event(self) -> None:
        held = ward()
        with pytest.raises(ZeroDivisionError):
            _note_and_fail(held)
        assert events.count() == 1
        assert LogHead.objects.get().seq == 1
        assert events.verify() is None
