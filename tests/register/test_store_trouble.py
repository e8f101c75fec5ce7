"""Stores that fail for real – full, read-only, locked, gone, of another version: one line says it, all stays."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.cluster import Cluster, programs
from tests.stores import Store

from nhiemky.config.database import VARIABLE

Run = Callable[..., "subprocess.CompletedProcess[str]"]
_NO_RIGHTS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []


@pytest.fixture
def environment(tmp_path: Path, store: Store) -> dict[str, str]:
    return store(tmp_path / "sổ")


def _command(
    environment: dict[str, str], *words: str, under: list[str] | None = None
) -> "subprocess.CompletedProcess[str]":
    command = [*(under or []), sys.executable, "-m", "nhiemky.cli.main", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=300)


def _told(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line that a command said of its failure."""
    assert done.returncode == 1, done.stdout
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def _change(environment: dict[str, str], sql: str) -> None:
    """What somebody did to the store past the program."""
    if environment.get(VARIABLE):
        with psycopg.connect(environment[VARIABLE], autocommit=True) as server:
            server.execute(sql.encode())
        return
    with sqlite3.connect(Path(environment["NHIEMKY_WORKSPACE"]) / "register.sqlite3") as file:
        file.execute(sql)


def test_a_register_of_another_version_is_left_alone(environment: dict[str, str]) -> None:
    assert _command(environment, "setup", "--no-samples").returncode == 0
    _change(environment, "INSERT INTO django_migrations (app, name, applied) "
                         "VALUES ('register', '9999_later', CURRENT_TIMESTAMP)")  # fmt: skip
    for words in (("documents",), ("setup", "--no-samples")):
        told = _told(_command(environment, *words))
        assert "phiên bản mới hơn" in told
        assert "register.9999_later" in told
    _change(environment, "DELETE FROM django_migrations WHERE name IN ('9999_later', '0004_document_table_roles')")
    assert "nhiemky setup" in _told(_command(environment, "documents"))


def test_a_store_that_somebody_holds_is_busy(environment: dict[str, str], on_postgresql: bool) -> None:
    """While another writes, a command waits, then says so and leaves all as it was."""
    hurried = environment | {"DJANGO_SETTINGS_MODULE": "tests.impatient", "PYTHONPATH": str(Path(__file__).parents[2])}
    assert _command(environment, "setup", "--no-samples").returncode == 0
    if on_postgresql:
        with psycopg.connect(environment[VARIABLE]) as other:
            other.execute("SELECT * FROM register_loghead FOR UPDATE")
            told = _told(_command(hurried, "user", "lan"))
    else:
        other_file = sqlite3.connect(Path(environment["NHIEMKY_WORKSPACE"]) / "register.sqlite3", isolation_level=None)
        other_file.execute("BEGIN IMMEDIATE")
        told = _told(_command(hurried, "user", "lan"))
        other_file.close()
    assert "Sổ đang bận" in told
    assert "1 dòng" in _command(environment, "log", "verify").stdout
    assert _command(environment, "user", "lan").returncode == 0


def test_a_read_only_file_or_folder_says_so(environment: dict[str, str], on_postgresql: bool) -> None:
    if on_postgresql:
        pytest.skip("PostgreSQL has no file of ours; its read-only sessions are tried in tests/desk/test_trouble.py")
    if _NO_RIGHTS and shutil.which("setpriv") is None:
        pytest.skip("setpriv is needed to try this as root (Debian: util-linux)")
    assert _command(environment, "setup", "--no-samples").returncode == 0
    folder = Path(environment["NHIEMKY_WORKSPACE"])
    for path, mode, back in ((folder / "register.sqlite3", 0o400, 0o600), (folder, 0o500, 0o700)):
        path.chmod(mode)
        told = _told(_command(environment, "user", "lan", under=_NO_RIGHTS))
        path.chmod(back)
        assert "Sổ chỉ đọc được" in told or "Không mở được tệp của sổ" in told
    assert "1 dòng" in _command(environment, "log", "verify").stdout


def test_a_damaged_file_says_so(environment: dict[str, str], on_postgresql: bool) -> None:
    if on_postgresql:
        pytest.skip("PostgreSQL has no file of ours")
    folder = Path(environment["NHIEMKY_WORKSPACE"])
    folder.mkdir()
    (folder / "register.sqlite3").write_bytes(b"not a register" * 1000)
    assert "bản sao lưu" in _told(_command(environment, "documents"))


@pytest.fixture
def server(on_postgresql: bool) -> Iterator[Cluster]:
    """A server of this test's own, since it is to be stopped and filled."""
    where = programs()
    if not on_postgresql or where is None:
        pytest.skip("for runs on PostgreSQL")
    held = Cluster(where)
    held.sql("CREATE DATABASE nhiemky")
    yield held
    held.stop()


def test_a_server_that_is_gone_says_so(server: Cluster, environment: dict[str, str]) -> None:
    away = environment | {VARIABLE: "postgresql://nhiemky@/nhiemky?host=/nowhere"}
    assert "Mất kết nối" in _told(_command(away, "documents"))
    nobody = environment | {VARIABLE: server.url("khong_co")}
    assert "Mất kết nối" in _told(_command(nobody, "documents"))


def test_a_full_disk_of_the_server_says_so(server: Cluster, environment: dict[str, str]) -> None:
    """A tablespace on a file system of a few megabytes, which one long text fills."""
    place = server.folder / "small"
    place.mkdir()
    if (
        os.getuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], check=False).returncode
    ):
        pytest.skip("only root can make a small file system")
    try:
        shutil.chown(place, server.folder.owner(), server.folder.group())
        place.chmod(0o700)
        server.sql(f"CREATE TABLESPACE small LOCATION '{place}'")
        server.sql("CREATE DATABASE full_one TABLESPACE small")
        held = environment | {VARIABLE: server.url("full_one")}
        assert _command(held, "setup", "--no-samples").returncode == 0
        with psycopg.connect(held[VARIABLE], autocommit=True) as other:
            other.execute("CREATE TABLE ballast (data bytea)")
            other.execute("ALTER TABLE ballast ALTER data SET STORAGE EXTERNAL")
            for size in (1_000_000, 100_000, 7_000, 1):
                _fill(other, size)
        told = _told(_command(held, "setup", "--samples"))
        assert "Đĩa chứa sổ đã đầy" in told
        with psycopg.connect(held[VARIABLE], autocommit=True) as other:
            other.execute("DROP TABLE ballast")
        assert _command(held, "log", "verify").returncode == 0
    finally:
        server.stop()
        subprocess.run(["umount", place], check=False)


def _fill(server: psycopg.Connection, size: int) -> None:
    """Rows of this many bytes until none has room."""
    while True:
        try:
            server.execute("INSERT INTO ballast SELECT decode(repeat('00', %s), 'hex')", [size])
        except psycopg.errors.DiskFull:
            return
