"""The commands as they are typed: in a process of their own, on a workspace of their own."""

import json
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from tests.stores import LIFTED, Store

from nhiemky.cli.say import write_file
from nhiemky.cli.serve import HOST, free_port
from nhiemky.config.database import VARIABLE

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path, store: Store) -> dict[str, str]:
    return store(tmp_path / "sổ") | {"COLUMNS": "200"}


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "nhiemky.cli.main", *words]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    return call


def _ask(environment: dict[str, str], sql: LiteralString) -> Any:
    """The first row of an answer, past the program; None where there is none."""
    if environment.get(VARIABLE):
        with psycopg.connect(environment[VARIABLE]) as held:
            asked = held.execute(sql)
            return asked.fetchone() if asked.description else None
    with sqlite3.connect(Path(environment["NHIEMKY_WORKSPACE"]) / "register.sqlite3") as file:
        return file.execute(sql).fetchone()


def test_set_up_makes_a_private_workspace_and_may_be_run_again(
    run: Run, tmp_path: Path, environment: dict[str, str], on_postgresql: bool
) -> None:
    first, again = run("setup", "--no-samples"), run("setup", "--no-samples")
    assert first.returncode == again.returncode == 0
    assert "mật khẩu" in first.stdout
    assert "mật khẩu" not in again.stdout
    assert not (tmp_path / "sổ" / "sample-sign-in.json").exists()
    held = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "sổ").iterdir()}
    assert held == dict.fromkeys(("secret.key",) if on_postgresql else ("secret.key", "register.sqlite3"), 0o600)
    if not on_postgresql:
        assert _ask(environment, "PRAGMA journal_mode") == ("wal",)
    assert _ask(environment, "SELECT password FROM auth_user")[0].startswith("pbkdf2_")


@pytest.mark.parametrize(
    "words", [("board",), ("log", "verify"), ("intake", "x.txt"), ("serve",), ("review", "--out", "x")]
)
def test_without_a_workspace_one_line_says_what_to_do(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "nhiemky setup" in done.stderr
    assert done.stdout == ""


def test_the_log_is_verified(run: Run, environment: dict[str, str], on_postgresql: bool) -> None:
    run("setup", "--no-samples")
    whole = run("log", "verify")
    assert (whole.returncode, "1 dòng" in whole.stdout) == (0, True)
    noted = whole.stdout.split()[-1]
    assert run("log", "verify", "--noted", noted).returncode == 0
    other = run("log", "verify", "--noted", f"1:{'0' * 64}")
    assert (other.returncode, "nhật ký khác" in other.stderr) == (1, True)
    assert "cần dạng" in run("log", "verify", "--noted", "abc").stderr
    with pytest.raises(Exception, match="không được sửa hay xóa"):
        _ask(environment, "UPDATE register_event SET actor = 'ai khác'")
    for statement in LIFTED["postgresql" if on_postgresql else "sqlite"]:
        _ask(environment, statement)
    assert "không còn tự chặn" in run("log", "verify").stderr
    _ask(environment, "UPDATE register_event SET actor = 'ai khác'")
    broken = run("log", "verify")
    assert (broken.returncode, "dòng 1" in broken.stderr) == (1, True)
    run("setup", "--no-samples")
    with pytest.raises(Exception, match="không được sửa hay xóa"):
        _ask(environment, "DELETE FROM register_event")


def test_a_user_gets_a_password_once(run: Run) -> None:
    run("setup", "--no-samples")
    assert "mật khẩu" in run("user", "lan", "--role", "leader").stdout
    twice = run("user", "lan")
    assert (twice.returncode, "Đã có tài khoản" in twice.stderr) == (1, True)
    assert run("user", "lan", "--reset").returncode == 0
    assert run("user", "minh", "--role", "vua").returncode == 1


def test_a_user_acts_for_one_organisation(run: Run, environment: dict[str, str]) -> None:
    run("setup")
    assert "mật khẩu" in run("user", "tram", "--role", "body", "--organisation", "Đảng bộ phường Hạc Trì").stdout
    bound = "SELECT o.name FROM register_membership m JOIN register_organisation o ON o.id = m.organisation_id"
    assert _ask(environment, bound) == ("Đảng bộ phường Hạc Trì",)
    missing = run("user", "lan", "--organisation", "Đảng bộ phường Không Có")
    assert (missing.returncode, "Không có tổ chức" in missing.stderr) == (1, True)


def test_samples_give_a_board_and_a_review(run: Run, tmp_path: Path) -> None:
    done = run("setup")
    assert done.returncode == 0, done.stderr
    held = tmp_path / "sổ" / "sample-sign-in.json"
    assert json.loads(held.read_text())["password"] in done.stdout
    assert stat.S_IMODE(held.stat().st_mode) == 0o600

    board = json.loads(run("board", "--json", "--as-of", "30/06/2023").stdout)
    assert len(board["rows"]) == 12
    assert all(row["reasons"] for row in board["rows"])
    assert "An Bình" in run("board", "--as-of", "30/06/2023").stdout
    assert "30/06/2023" in run("board", "--as-of", "31/02/2023").stderr

    assert json.loads(run("board", "--json").stdout)["as_of"] == "2023-06-30"  # the newest figure's day, as on the web

    (tmp_path / "tệp").write_text("x")
    for out, as_of in ((tmp_path / "tệp" / "giấy", "30/06/2023"), (tmp_path / "giấy", "30/06/2199")):
        refused = run("review", "--as-of", as_of, "--out", str(out))
        assert refused.returncode == 1
        assert len(refused.stderr.splitlines()) == 1
    review = run("review", "--as-of", "30/06/2023", "--out", str(tmp_path / "giấy"))
    assert review.returncode == 0, review.stderr
    assert {path.suffix: path.read_bytes()[:4] for path in (tmp_path / "giấy").iterdir()} == {
        ".docx": b"PK\x03\x04",
        ".pdf": b"%PDF",
    }
    assert run("log", "verify").returncode == 0


def test_a_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    run("setup", "--no-samples")
    good, empty, binary = tmp_path / "tốt.txt", tmp_path / "rỗng.txt", tmp_path / "ảnh.txt"
    good.write_text("Sáng 12/7/2023, Đảng ủy phường Trúc Khê sơ kết. Phường còn 12 hộ nghèo.\n" * 3, "utf-8")
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 20)
    done = run("intake", str(empty), str(good), str(binary), str(tmp_path / "không có.txt"), "--organisation", "")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 3
    assert "tốt.txt" in done.stdout
    assert len(run("documents").stdout.splitlines()) == 1

    english = tmp_path / "english.txt"
    english.write_text("The committee met on Monday.", "utf-8")
    refused = run("intake", str(english))
    assert (refused.returncode, "tiếng Việt" in refused.stderr) == (1, True)
    assert "chưa đặt tên" not in run("board", "--organisation", "?").stderr  # no empty organisation is left behind
    assert len(run("documents").stdout.splitlines()) == 1


def test_the_desk_is_served_on_the_next_free_port(run: Run, environment: dict[str, str]) -> None:
    run("setup", "--no-samples")
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-u", "-m", "nhiemky.cli.main", "serve", "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        try:
            assert _status(server) == 200
        finally:
            server.terminate()
            server.communicate(timeout=20)


def _status(server: "subprocess.Popen[str]") -> int:
    assert server.stdout is not None
    line = next(line for line in server.stdout if "http://" in line)
    address = next(word for word in line.split() if word.startswith("http://"))
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.1)
    return 0


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.pdf"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["b.pdf"]
