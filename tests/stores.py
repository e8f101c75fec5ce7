"""`pytest --database postgresql`: the tests that touch a database, on a PostgreSQL server started for the run.

A plugin (see pyproject), since the address must be known before Django reads its settings. Workers of xdist inherit it.
"""

import os
import signal
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partialmethod
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.cluster import Cluster, programs

from nhiemky.config.database import VARIABLE

_MISSING = "PostgreSQL's server is not installed (Debian: apt install postgresql)"
_TOUCH = {"db", "transactional_db", "live_server", "store", "on_postgresql"}
_cluster = pytest.StashKey[Cluster]()
_names = count(1)

Store = Callable[[Path], dict[str, str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite",
        help="the store under test; postgresql starts a server of its own and leaves out what touches no database",
    )  # fmt: skip


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Before pytest-django reads the settings. A store that the shell names is never the one that tests empty."""
    chosen = early_config.known_args_namespace.database
    if not _worker():
        os.environ.pop(VARIABLE, None)
        where = programs() if chosen == "postgresql" else None
        if where is not None:
            held = early_config.stash[_cluster] = Cluster(where)
            early_config.add_cleanup(held.stop)
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stopped CI run tidies up as after ctrl-C
            held.sql("CREATE DATABASE nhiemky")
            os.environ[VARIABLE] = held.url("nhiemky")
    yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("database") != "postgresql":
        return
    touching = [item for item in items if _touches(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _touches(item)])
    items[:] = touching
    if not os.environ.get(VARIABLE):
        for item in items:
            item.add_marker(pytest.mark.skip(reason=_MISSING))


# What somebody who owns the database may do, and tests do for him.
LIFTED = {
    "sqlite": ("DROP TRIGGER register_event_no_update", "DROP TRIGGER register_event_no_delete"),
    "postgresql": ("ALTER TABLE register_event DISABLE TRIGGER USER",),
}


@contextmanager
def log_unguarded() -> Iterator[None]:
    """The database lets the log be changed meanwhile (see nhiemky.register.guard)."""
    from django.db import connection

    from nhiemky.register.guard import guard_log, guarded

    if guarded():
        with connection.cursor() as cursor:
            for statement in LIFTED[connection.vendor]:
                cursor.execute(statement)
    yield
    guard_log()


@pytest.fixture(scope="session", autouse=True)
def _flush_empties_the_log() -> None:
    """Django empties tables after tests that commit."""
    from django.core.management.commands.flush import Command

    def handle(self: Command, whole: Callable[..., None], **options: Any) -> None:
        with log_unguarded():
            whole(self, **options)

    Command.handle = partialmethod(handle, Command.handle)  # type: ignore[assignment, method-assign]


@pytest.fixture
def on_postgresql() -> bool:
    """Whether this run is on PostgreSQL, for what is said of one store only."""
    return bool(os.environ.get(VARIABLE))


@pytest.fixture
def store(on_postgresql: bool) -> Iterator[Store]:
    """The environment of a process with a workspace in this folder and a store of its own, on either database."""
    import psycopg

    made: list[str] = []
    address = os.environ.get(VARIABLE, "")

    def environment(workspace: Path) -> dict[str, str]:
        held = os.environ | {"NHIEMKY_WORKSPACE": str(workspace), "PYTHONUTF8": "1"}
        held["DJANGO_SETTINGS_MODULE"] = "nhiemky.config.settings"
        if not on_postgresql:
            return held
        name = f"own_{os.getpid()}_{next(_names)}"
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        made.append(name)
        return held | {VARIABLE: address.replace("/nhiemky?", f"/{name}?")}

    yield environment
    for name in made:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _touches(item: pytest.Item) -> bool:
    from django.test import TransactionTestCase

    if item.get_closest_marker("django_db") or _TOUCH & set(getattr(item, "fixturenames", ())):
        return True
    kind = getattr(item, "cls", None)
    return isinstance(kind, type) and issubclass(kind, TransactionTestCase)
