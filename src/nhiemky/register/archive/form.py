"""What the file holds: its tables and columns, its manifest, how a value is written. Used by both directions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.apps import apps
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model
from django.utils.translation import gettext as _

FORMAT = 1
MANIFEST = "manifest.json"


class ArchiveError(Exception):
    """The file cannot be taken in, or not be written: what was found, what to do."""


class Table(msgspec.Struct, frozen=True):
    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    format: int
    version: str  # the register's last migration
    made_at: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Archive:
    """What was written or read: rows by table, and the digest of the manifest, which covers everything."""

    rows: dict[str, int]
    digest: str

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def models(of: Apps = apps) -> list[type[Model]]:
    """Every table of the register and the accounts; sessions and what Django makes by itself are left out."""
    register = of.get_app_config("register").get_models(include_auto_created=True)
    return [of.get_model("auth", "User"), *sorted(register, key=lambda model: model._meta.db_table)]


def fields(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def last_migration() -> str:
    done = MigrationRecorder(connection).applied_migrations()
    return max(name for app, name in done if app == "register")


def values_of(row: Iterable[Any]) -> bytes:
    """A line: dates and decimals as text, JSON as it is."""
    return msgspec.json.encode(list(row)) + b"\n"


def no_archive(name: str) -> ArchiveError:
    words = _("%s không phải tệp sao lưu của nhiemky hoặc đã hỏng. Hãy chọn tệp do lệnh backup ghi ra.")
    return ArchiveError(words % name)
