"""Trouble of the store is a page that says which and what to do, in the reader's language; nothing is half-way."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from tests.desk.readings import PAGE

from nhiemky.config.logs import TroubleInOneLine
from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Membership, Place, Result, Target

ADMIN, ACTOR = Actor("quản trị", "admin"), Actor("thử", "office")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def target(transactional_db: None) -> Target:
    ward = services.add_organisation("Đảng bộ phường Bình Lâm", "party_committee", "commune", "phường Bình Lâm", ADMIN)
    named = {"name": "Hộ có nước sạch", "unit": "hộ", "direction": "at_least", "low": 30}
    return services.add_target(ward, ACTOR, term="2020-2025", **named)


@pytest.fixture
def browser(target: Target) -> Client:
    office = User.objects.create_user("vanphong", password="Binh-Lam-2023")
    Membership.objects.create(user=office, role="office")
    client = Client(raise_request_exception=False)
    client.force_login(office)
    return client


@pytest.fixture
def sql() -> Iterator[Callable[[str], None]]:
    """Statements on this session's connection, which is closed after the test: what was set goes with it."""

    def run(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(text)

    yield run
    if connection.vendor == "postgresql":
        connection.close()


@pytest.fixture
def closed(sql: Callable[[str], None], target: Target) -> Iterator[None]:
    """A store that can be read and not written."""
    on_postgresql = connection.vendor == "postgresql"
    sql("SET default_transaction_read_only = on" if on_postgresql else "PRAGMA query_only = ON")
    yield
    sql("SET default_transaction_read_only = off" if on_postgresql else "PRAGMA query_only = OFF")


def _enter(browser: Client, target: Target, **headers: str) -> "tuple[int, str, str]":
    form = {"year": "2023", "part": "", "value": "40", "kind": "official", "as_of": "31/12/2023", "note": "Biểu"}
    answer = browser.post(reverse("desk:result-add", args=[target.pk]), form, headers=headers)
    return answer.status_code, answer.content.decode(), answer.headers.get("HX-Trigger", "")


def test_a_store_that_cannot_be_written_says_so_and_stays_as_it_was(
    browser: Client, target: Target, closed: None
) -> None:
    code, page, told = _enter(browser, target)
    assert code == 503
    assert "chỉ" in page
    assert "đọc" in page
    assert "sổ vẫn như trước" in page
    assert "nhiemky:trouble" in told
    assert (Result.objects.count(), events.verify()) == (0, None)
    assert browser.get(reverse("desk:board")).status_code == 200  # what can be read is shown


def test_it_is_told_in_english_to_who_reads_english(browser: Client, target: Target, closed: None) -> None:
    browser.cookies["django_language"] = "en"
    code, page, _told = _enter(browser, target)
    assert (code, "the register is as it was" in page) == (503, True)


def test_a_full_disk_says_so_and_the_next_try_goes_through(browser: Client, sql: Callable[[str], None]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's full disk is tried in tests/register/test_store_trouble.py")
    sql("VACUUM")  # what earlier tests left free would hold the page
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        sql(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    full = browser.post(reverse("desk:document-add"), {"text": PAGE})
    sql("PRAGMA max_page_count = 1073741823")
    assert full.status_code == 503
    assert "Đĩa chứa sổ đã đầy" in full.content.decode()
    assert events.verify() is None
    assert Document.objects.count() == 0
    assert browser.post(reverse("desk:document-add"), {"text": PAGE}).status_code == 302
    assert Document.objects.count() == 1


def test_a_line_that_breaks_is_made_anew(browser: Client, target: Target, on_postgresql: bool) -> None:
    if not on_postgresql:
        pytest.skip("a file has no line that may break")
    import psycopg

    held = connection.get_connection_params()
    held.pop("cursor_factory", None), held.pop("context", None)
    with psycopg.connect(**held, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                      "AND pid <> pg_backend_pid()")  # fmt: skip
    code, page, _told = _enter(browser, target)
    assert (code, "Mất kết nối" in page) == (503, True)
    connection.close_if_unusable_or_obsolete()
    assert _enter(browser, target)[0] == 302
    assert events.verify() is None


def test_the_log_of_the_server_has_one_line_of_trouble_and_the_traceback_of_anything_else(closed: None) -> None:
    def logged(error: Exception) -> str:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s: %s", ("Lỗi", "/"), None)
        record.exc_info = (type(error), error, error.__traceback__)
        assert TroubleInOneLine().filter(record)
        return logging.Formatter("%(message)s").format(record)

    assert "đọc" in logged(_read_only())
    assert len(logged(_read_only()).splitlines()) == 1
    assert "ValueError: mã" in logged(ValueError("mã"))


def _read_only() -> Exception:
    try:
        Place.objects.create(name="x", level="commune")
    except DatabaseError as error:
        return error
    raise AssertionError("the store was written")
