"""A PostgreSQL server for one run of the tests: in a folder of its own, heard by a socket only, gone in the end."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import quote

import psycopg

USER = "nhiemky"
_DEBIAN = Path("/usr/lib/postgresql")
# Names sort the Vietnamese way on the server, by bytes in SQLite: code that leaves an order to the database shows.
_LOCALE = ("--locale=C.UTF-8", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=vi")
_SWITCHES = {
    "listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "shared_buffers": "64MB", "max_connections": "60", "logging_collector": "off", "log_min_messages": "fatal",
    "autovacuum": "off", "max_wal_senders": "0", "wal_level": "minimal",
}  # fmt: skip
_PR_SET_PDEATHSIG = 1


def programs() -> Path | None:
    """The folder of the newest server's programs; Debian keeps it off the path."""
    found = shutil.which("initdb")
    if found and (Path(found).parent / "postgres").exists():
        return Path(found).parent
    held = [path for path in _DEBIAN.glob("*/bin") if (path / "postgres").exists() and (path / "initdb").exists()]
    return max(held, key=lambda path: int(path.parent.name), default=None)


class Cluster:
    """A running server; `url(name)` is the address of one of its databases."""

    def __init__(self, bin_folder: Path, *switches: str) -> None:
        self._bin, self._as = bin_folder, _somebody()
        self.folder = Path(tempfile.mkdtemp(prefix="nhiemky-pg-", dir="/tmp"))  # a socket's path has 107 bytes
        if self._as:
            os.chown(self.folder, self._as["user"], self._as["group"])
        try:
            self._server = self._start(switches)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def url(self, name: str) -> str:
        return f"postgresql://{USER}@/{name}?host={quote(str(self.folder), safe='')}"

    def sql(self, text: LiteralString, database: str = "postgres") -> None:
        """One statement by the server's owner, outside any transaction."""
        with self._connected(database) as server:
            server.execute(text)

    def stop(self) -> None:
        self._server.send_signal(signal.SIGQUIT)  # nothing of it is kept
        self._server.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, switches: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        data, log = self.folder / "data", self.folder / "log"
        made = [self._bin / "initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync", "--no-instructions"]
        self._run([*made, *_LOCALE])
        settings = [word for name, value in _SWITCHES.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as out:
            server = subprocess.Popen(
                [self._bin / "postgres", "-D", data, "-k", self.folder, *settings, *switches],
                stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=self.folder, **self._as,
                start_new_session=True,  # ctrl-C is for pytest, which stops the server after its last test
                preexec_fn=_die_with_parent,
            )  # fmt: skip
        until = time.monotonic() + 60
        while not self._ready():
            if server.poll() is not None or time.monotonic() > until:
                server.kill()
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.05)
        return server

    def _connected(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True)

    def _ready(self) -> bool:
        try:
            self._connected("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, command: list[Any]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, check=False, **self._as)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")


def _somebody() -> dict[str, Any]:
    """The server refuses to run as root: then as Debian's own user for it, else as nobody."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _die_with_parent() -> None:
    """Even where pytest is killed, no server stays behind."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)
