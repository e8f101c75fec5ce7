"""A file that waits, is read, or could not be: a folder of the workspace with the file and a small state beside it.

The folder is the whole truth: without it the job is thrown away, and a reading process that misses it ends. Whoever
reads touches `beat` every two seconds; where that is old, the process is gone.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec
from django.conf import settings
from msgspec import Struct

from nhiemky.register.actors import Actor

State = Literal["waiting", "reading", "done", "failed", "stopped"]
Stage = Literal["", "pages", "recognition", "facts"]

BEATS = 2.0  # seconds between two signs of life
SILENCE = 20.0  # seconds without one after which a process is taken for gone
KEPT = 24 * 3600.0  # seconds that a finished job is kept for pages that still ask for it
_STATE, _BEAT, _LOG = "state.json", "beat", "log.txt"
_turn = threading.Lock()


class Gone(Exception):
    """The job was thrown away."""


class Job(Struct):
    """`began` is when the stage began; `done` of `total` pages of it are through."""

    key: str
    name: str
    digest: str
    organisation: int
    by: str
    role: str
    within: int | None
    language: str
    state: State = "waiting"
    stage: Stage = ""
    began: float = 0.0
    done: int = 0
    total: int = 0
    document: int | None = None
    held: bool = False  # the document was there before
    error: str = ""

    @property
    def folder(self) -> Path:
        return spool() / self.key

    @property
    def file(self) -> Path:
        return self.folder / "file" / self.name

    @property
    def log(self) -> Path:
        return self.folder / _LOG

    @property
    def actor(self) -> Actor:
        return Actor(self.by, self.role, self.within)

    @property
    def active(self) -> bool:
        return self.state in ("waiting", "reading")


def spool() -> Path:
    return Path(settings.WORKSPACE) / "incoming"


def put(file: Path, name: str, organisation: int, actor: Actor, language: str) -> Job:
    """Keep a copy of the file and read it when its turn comes; the same file that is being read already is that job."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    known = next((one for one in every() if (one.digest, one.organisation) == (digest, organisation)), None)
    if known is not None and known.active:
        return known
    key = f"{time.time_ns():x}-{secrets.token_hex(4)}"  # in order of time
    job = Job(key, name, digest, organisation, actor.name, actor.role, actor.organisation, language)
    spool().mkdir(mode=0o700, parents=True, exist_ok=True)
    making = spool() / f".{key}"  # nobody shall find half a job
    (making / "file").mkdir(mode=0o700, parents=True)
    shutil.copyfile(file, making / "file" / name)
    (making / _STATE).write_bytes(msgspec.json.encode(job))
    making.rename(job.folder)
    run_next()
    return job


def every() -> list[Job]:
    """All jobs, the oldest first."""
    try:
        keys = sorted(path.name for path in spool().iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []
    return [job for key in keys if (job := find(key)) is not None]


def find(key: str) -> Job | None:
    """The job as it stands; one whose process is gone has stopped."""
    try:
        job = msgspec.json.decode((spool() / key / _STATE).read_bytes(), type=Job)
    except (OSError, msgspec.DecodeError):
        return None
    if job.state == "reading" and _silence(job) > SILENCE:
        job.state = "stopped"
    return job


def save(job: Job) -> None:
    """Whole or not at all. Gone where the job was thrown away."""
    written = job.folder / f".{_STATE}.{threading.get_ident()}"
    try:
        written.write_bytes(msgspec.json.encode(job))
        written.replace(job.folder / _STATE)
    except FileNotFoundError:
        raise Gone from None


def beat(job: Job) -> None:
    """A sign of life. Gone where the job was thrown away."""
    try:
        (job.folder / _BEAT).touch()
    except FileNotFoundError:
        raise Gone from None


def finish(job: Job, state: Literal["done", "failed"]) -> None:
    """The file is not needed any more, and may be one that must not be here."""
    job.state, job.began = state, time.time()
    save(job)
    shutil.rmtree(job.file.parent, ignore_errors=True)


def throw_away(job: Job) -> None:
    """At once for whoever looks, though a process may hold a file open a moment longer."""
    hidden = spool() / f".{job.key}"
    with suppress(FileNotFoundError):
        job.folder.rename(hidden)
    shutil.rmtree(hidden, ignore_errors=True)
    run_next()


def again(job: Job) -> None:
    """Read a job that stopped from the start, when its turn comes."""
    job.state, job.stage, job.done, job.total = "waiting", "", 0, 0
    save(job)
    run_next()


def run_next() -> None:
    """Start the oldest job that waits, unless one is being read: two at once would be no faster."""
    with _turn:
        jobs = every()
        for job in jobs:
            if job.state == "done" and time.time() - job.began > KEPT:
                shutil.rmtree(job.folder, ignore_errors=True)
        if any(job.state == "reading" for job in jobs):
            return
        for job in (one for one in jobs if one.state == "waiting"):
            job.state, job.began = "reading", time.time()
            with suppress(Gone):
                beat(job)
                save(job)
                start(job)
                return


def start(job: Job) -> None:
    """A process of its own: it outlives this one, and what breaks there breaks nothing here."""
    with job.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "nhiemky.desk.incoming.run", job.key],
            env={**os.environ, "NHIEMKY_WORKSPACE": str(settings.WORKSPACE)}, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, start_new_session=True,
        )  # fmt: skip
    threading.Thread(target=_see_to_its_end, args=(process, job.key), daemon=True).start()


def _see_to_its_end(process: "subprocess.Popen[bytes]", key: str) -> None:
    process.wait()
    job = find(key)
    if job is not None and job.state == "reading":
        job.state = "stopped"
        with suppress(Gone):
            save(job)
    run_next()


def _silence(job: Job) -> float:
    try:
        return time.time() - (job.folder / _BEAT).stat().st_mtime
    except OSError:
        return SILENCE * 2
