"""`python -m nhiemky.desk.incoming.run KEY`: the process that reads one job to its document or its error."""

import os
import sys
import threading
import time
from contextlib import suppress

import django
from django.utils import translation

from nhiemky.desk.incoming import jobs
from nhiemky.desk.incoming.jobs import Gone, Job
from nhiemky.reading.read import read
from nhiemky.sources import Progress, SourceError, Stage, Stopped, load

SAVED = 0.5  # seconds between two states on disk, at least


def main(key: str) -> None:
    django.setup()
    job = jobs.find(key)
    if job is None:
        return
    if hasattr(os, "nice"):
        os.nice(5)  # the desk answers first
    threading.Thread(target=_live, args=(job,), daemon=True).start()
    with suppress(Gone):
        work(job)


def work(job: Job) -> None:
    """Read the file and put the document into the register; what cannot be read is said in the job. Gone where the job
    is thrown away before the document is kept."""
    from nhiemky.desk.incoming.entering import enter, in_words  # these need django.setup()
    from nhiemky.register import selectors
    from nhiemky.register.errors import ServiceError

    with translation.override(job.language):
        try:
            loaded = load(job.file, telling(job))
            job.stage, job.began = "facts", time.time()
            jobs.save(job)
            reading = read(loaded.text, job.name, loaded.tables)
            held = enter(selectors.organisations().get(pk=job.organisation), loaded, job.name, reading, job.actor)
        except Stopped:
            raise Gone from None
        except (SourceError, ServiceError) as error:
            job.error = in_words(error, job.file)
            jobs.finish(job, "failed")
        else:
            job.document, job.held = held.pk, held.already_held
            jobs.finish(job, "done")


def telling(job: Job) -> Progress:
    """Keeps the state of the job at the page that is read; ends the reading where the job is thrown away."""
    saved = 0.0

    def tell(stage: Stage, done: int, total: int) -> None:
        nonlocal saved
        now = time.time()
        if job.stage != stage:
            job.began, saved = now, 0.0
        job.stage, job.done, job.total = stage, done, total
        if now - saved < SAVED and done < total:
            return
        saved = now
        try:
            jobs.save(job)
        except Gone:
            raise Stopped from None

    return tell


def _live(job: Job) -> None:
    """Signs of life while pages are read; the job thrown away, there is nothing to end in order."""
    while True:
        try:
            jobs.beat(job)
        except Gone:
            os._exit(0)
        time.sleep(jobs.BEATS)


if __name__ == "__main__":
    main(sys.argv[1])
