"""One file → an empty register: checked whole first, then taken in by one transaction; the event log is verified."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils.translation import gettext as _

from nhiemky.register import events
from nhiemky.register.archive.form import (
    FORMAT,
    MANIFEST,
    Archive,
    ArchiveError,
    Manifest,
    Table,
    fields,
    last_migration,
    models,
    no_archive,
)

_CHUNK = 2000
_PIECE = 1 << 20
_MANIFEST_MOST = 1 << 20
# What zipfile raises for bytes that were changed: a method it does not know, a name that is no text, a broken stream.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, KeyError, ValueError, RuntimeError)
_OTHERS = (("auth", "0012_alter_user_first_name_max_length"),)


def check(path: Path) -> Archive:
    """The file's rows by table; ArchiveError where it is cut short, changed, or of a newer version."""
    with _opened(path) as (archive, manifest, digest):
        for table in manifest.tables:
            _check_table(archive, table, path.name)
        return Archive({table.name: table.rows for table in manifest.tables}, digest)


def read(path: Path, say: Callable[[str, int], None] = lambda table, rows: None) -> Archive:
    """Take the file in, all or nothing. The register must be empty: nothing is ever overwritten."""
    checked = check(path)
    _refuse_full(models())  # before the tables of an older version are made of ours
    try:
        with _opened(path) as (archive, manifest, _digest), _tables_of(manifest) as held, transaction.atomic():
            _lock(held)
            _refuse_full(held)
            named = {table.name: table for table in manifest.tables}
            if set(named) != {model._meta.db_table for model in held}:
                raise no_archive(path.name)
            for model in held:
                _fill(archive, model, named[model._meta.db_table], path.name, say)
            _reset_sequences(held)
            broken = events.verify()
            if broken is not None:
                raise ArchiveError(
                    _("Nhật ký trong tệp sai từ dòng %s; không nhận gì. Hãy dùng bản sao khác.") % broken
                )
    except (DatabaseError, ValidationError) as error:
        words = _("%(name)s: dữ liệu không vào được sổ (%(why)s); không nhận gì. Hãy dùng bản sao khác.")
        raise ArchiveError(words % {"name": path.name, "why": " ".join(str(error).split())}) from error
    return checked


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest, str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            told = archive.read(MANIFEST) if archive.getinfo(MANIFEST).file_size <= _MANIFEST_MOST else b""
            manifest = msgspec.json.decode(told, type=Manifest)
            _check_version(manifest, path.name)
            yield archive, manifest, hashlib.sha256(told).hexdigest()
    except (*_DAMAGED, msgspec.MsgspecError) as error:
        raise no_archive(path.name) from error


def _check_version(manifest: Manifest, name: str) -> None:
    here = last_migration()
    if manifest.format > FORMAT or manifest.version > here:
        words = _(
            "%(name)s do bản nhiemky mới hơn ghi (%(found)s; bản này đến %(here)s). Hãy nâng cấp rồi khôi phục lại."
        )
        raise ArchiveError(words % {"name": name, "found": manifest.version, "here": here})


@contextmanager
def _tables_of(manifest: Manifest) -> Iterator[list[type[Model]]]:
    """The tables as that version had them; what they hold then goes the way of any upgrade."""
    if manifest.version == last_migration():
        yield models()
        return
    of = MigrationExecutor(connection).loader.project_state([("register", manifest.version), *_OTHERS]).apps
    call_command("migrate", "register", manifest.version, verbosity=0, interactive=False)
    try:
        yield models(of)
    finally:
        call_command("migrate", verbosity=0, interactive=False)


def _check_table(archive: zipfile.ZipFile, table: Table, name: str) -> None:
    digest = hashlib.sha256()
    try:
        with archive.open(f"{table.name}.jsonl") as member:
            while piece := member.read(_PIECE):
                digest.update(piece)
    except _DAMAGED as error:
        raise _changed(name, table.name) from error
    if digest.hexdigest() != table.sha256:
        raise _changed(name, table.name)


def _changed(name: str, table: str) -> ArchiveError:
    words = _("%(name)s: phần %(table)s không khớp mã kiểm, tệp đã bị sửa hoặc hỏng. Hãy dùng bản sao khác.")
    return ArchiveError(words % {"name": name, "table": table})


def _lock(held: list[type[Model]]) -> None:
    """Nobody writes from here until the end: SQLite gives its one turn at the start of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in held)
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def _refuse_full(tables: list[type[Model]]) -> None:
    for model in tables:
        held = model._base_manager.count()
        if held:
            words = _("Sổ này đã có dữ liệu (%(table)s: %(n)s dòng). Hãy khôi phục vào một thư mục làm việc mới.")
            raise ArchiveError(words % {"table": model._meta.verbose_name_plural, "n": held})


def _fill(
    archive: zipfile.ZipFile, model: type[Model], table: Table, name: str, say: Callable[[str, int], None]
) -> None:
    held = {str(field.attname): field for field in fields(model)}
    if set(table.columns) != set(held):
        raise _changed(name, table.name)
    readers = [held[column].to_python for column in table.columns]
    done = 0
    with archive.open(f"{table.name}.jsonl") as member:
        lines = iter(member)
        while chunk := list(islice(lines, _CHUNK)):
            rows = (msgspec.json.decode(line) for line in chunk)
            model._base_manager.bulk_create(
                model(
                    **{column: read_(value) for column, read_, value in zip(table.columns, readers, row, strict=True)}
                )
                for row in rows
            )
            done += len(chunk)
            say(table.name, done)


def _reset_sequences(held: list[type[Model]]) -> None:
    """Rows brought their numbers: PostgreSQL goes on behind the highest."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), held):
            cursor.execute(statement)
