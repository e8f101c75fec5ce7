"""The one setting of the store (NHIEMKY_DATABASE) → Django's DATABASES: empty is SQLite in the workspace, an address
`postgresql://user:password@host:port/name` is PostgreSQL. Called by settings; pure, so that it reads no environment."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

VARIABLE: Final = "NHIEMKY_DATABASE"
FILE: Final = "register.sqlite3"
FORM: Final = "postgresql://tên:mật-khẩu@máy:5432/tên-cơ-sở-dữ-liệu"
_SCHEMES = ("postgresql", "postgres")
# What libpq may be told besides: a socket's folder, and how the line to another machine is secured.
_ALSO = ("host", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout")

_WAIT_SECONDS = 20  # for another writer, on both: long enough for an import's transaction, short enough for a person
_MINUTE = 60_000
_SQLITE = {
    "timeout": _WAIT_SECONDS,
    # A write takes its lock at the start: two clerks at once wait for each other instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    # FULL: what was acknowledged outlives a power cut too, for one more wait on the disk at each write.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-16000;",
}
_SESSION = {
    # A statement sees what was committed before it began, so that whoever waited for its turn reads the new rows;
    # said here, since a server may be set otherwise.
    "default_transaction_isolation": "read committed",
    "lock_timeout": _WAIT_SECONDS * 1000,
    "statement_timeout": 5 * _MINUTE,  # no page and no import needs as long: a slip is stopped, the server stays free
    "idle_in_transaction_session_timeout": 5 * _MINUTE,  # a clerk's PC that sleeps in a write frees its locks
}


class WrongAddress(Exception):
    """The setting is no address of a database."""

    def __init__(self, found: str) -> None:
        super().__init__(f"{VARIABLE}: {found}; cần dạng {FORM}. Hãy sửa lại, hoặc bỏ trống để dùng SQLite.")


def databases(address: str, workspace: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Raises WrongAddress, which never shows the password."""
    address = address.strip()
    return {"default": _postgresql(address) if address else _sqlite(workspace)}


def _sqlite(workspace: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": workspace / FILE, "OPTIONS": dict(_SQLITE)}


def _postgresql(address: str) -> dict[str, Any]:
    parts, port = _split(address)
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise WrongAddress(f"gặp tên cơ sở dữ liệu “{name}”" if name else "chưa có tên cơ sở dữ liệu")
    also = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(set(also) - set(_ALSO))
    if unknown:
        raise WrongAddress(f"gặp tham số “{unknown[0]}”, chỉ nhận {', '.join(_ALSO)}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": also.pop("host", None) or _host(parts),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,  # signing in to the server costs more than most pages ask of it
        "CONN_HEALTH_CHECKS": True,  # a line that broke meanwhile is made anew, nobody sees an error
        "OPTIONS": {"connect_timeout": "10", "application_name": "nhiemky", **also, "options": _session()},
    }


def _split(address: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # the address may hold a password: its words are not told
        raise WrongAddress("gặp địa chỉ có tên máy hoặc cổng không đọc được") from None
    if parts.scheme not in _SCHEMES:
        raise WrongAddress(f"gặp “{parts.scheme}://”" if "://" in address else "gặp điều không phải một địa chỉ")
    return parts, port


def _host(parts: SplitResult) -> str:
    """As written: `hostname` would put the folder of a socket into small letters."""
    written = parts.netloc.rpartition("@")[2]
    return (parts.hostname or "") if written.startswith("[") else unquote(written.partition(":")[0])


def _session() -> str:
    """Settings of each session as libpq takes them, blanks escaped."""
    return " ".join(f"-c {name}={str(value).replace(' ', chr(92) + ' ')}" for name, value in _SESSION.items())
