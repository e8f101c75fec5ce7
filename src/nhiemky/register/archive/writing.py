"""The register → one file: every table as it stood at one moment, whoever writes meanwhile."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from django.db import connections, transaction
from django.db.models import Model
from django.utils import timezone

from nhiemky.register.archive.form import (
    FORMAT,
    MANIFEST,
    Archive,
    Manifest,
    Table,
    fields,
    last_migration,
    models,
    values_of,
)

_CHUNK = 2000


def write(path: Path, say: Callable[[str, int], None] = lambda table, rows: None) -> Archive:
    """Write the file whole or not at all; an older one of that name is kept until the new one is safe on the disk.
    `say` is told each table and how many rows are done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")  # two at once do not write into one another's
    try:
        with part.open("wb") as file:
            os.chmod(part, 0o600)
            with _moment(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                made = _tables(archive, say)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return made


@contextmanager
def _moment() -> Iterator[None]:
    """This thread's connection is one of its own for a while: it sees one moment and holds nobody up."""
    held = connections["default"]
    copied = held.copy()
    if copied.vendor == "sqlite":
        copied.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connections["default"] = copied
    try:
        with transaction.atomic():
            if copied.vendor == "postgresql":
                with copied.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    cursor.execute("SET LOCAL statement_timeout = 0")
            yield
    finally:
        copied.close()
        connections["default"] = held


def _tables(archive: zipfile.ZipFile, say: Callable[[str, int], None]) -> Archive:
    tables = tuple(_table(archive, model, say) for model in models())
    at = timezone.now().isoformat(timespec="seconds")
    manifest = msgspec.json.format(msgspec.json.encode(Manifest(FORMAT, last_migration(), at, tables)), indent=1)
    archive.writestr(MANIFEST, manifest)
    return Archive({table.name: table.rows for table in tables}, hashlib.sha256(manifest).hexdigest())


def _table(archive: zipfile.ZipFile, model: type[Model], say: Callable[[str, int], None]) -> Table:
    columns, name = tuple(str(field.attname) for field in fields(model)), model._meta.db_table
    digest, rows = hashlib.sha256(), 0
    held = model._base_manager.order_by("pk").values_list(*columns)
    with archive.open(f"{name}.jsonl", "w", force_zip64=True) as member:
        for row in held.iterator(chunk_size=_CHUNK):
            line = values_of(row)
            digest.update(line)
            member.write(line)
            rows += 1
            if rows % 100_000 == 0:
                say(name, rows)
    say(name, rows)
    return Table(name, columns, rows, digest.hexdigest())
