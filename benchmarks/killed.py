"""Whoever is killed loses nothing that was acknowledged: a writer dies at random moments, the register is looked at.

    python -m benchmarks.killed [--kills 200] [--seed 1]     NHIEMKY_DATABASE names an empty PostgreSQL; else SQLite

Each time a child process takes documents and files of figures in, enters figures and approves them, telling its parent
every write that a service has acknowledged; the parent kills it (SIGKILL) and checks: the log verifies, every
acknowledged write is there, no document lacks a proposal of its reading, no file came in by half, no report is half
approved, no figure stands without its event, the summaries are those of the results.
"""

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhiemky.register.models import Submission

_LONGEST = 0.6  # seconds that a child lives after its first write
_FIGURES = 4  # entered and approved after each document
_TARGETS = 10  # a file of figures has one for each


@dataclass
class Tally:
    kills: int = 0
    acknowledged: int = 0
    unheard: int = 0  # writes that were done though the child died before it could say so
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NHIEMKY_WORKSPACE"] = folder
        prepare()
        tally = run(args.kills, random.Random(args.seed))
    print(f"{tally.kills} kills, {tally.acknowledged} writes acknowledged, {tally.unheard} done but not yet told")
    for line in tally.wrong:
        print(line)
    sys.exit(1 if tally.wrong else 0)


def prepare() -> None:
    """A workspace with one ward and the target that figures are entered for."""
    from nhiemky.cli.setup import prepare as make_tables

    make_tables()  # starts Django, which the register needs
    from nhiemky.register import services
    from nhiemky.register.actors import Actor

    admin, office = Actor("quản trị", "admin"), Actor("văn phòng", "office")
    name, place = "Đảng bộ phường Bình Lâm", "phường Bình Lâm"
    ward = services.add_organisation(name, "party_committee", "commune", place, admin)
    for number in range(1, _TARGETS + 1):
        services.add_target(
            ward, office, term="2020-2025", number=number, name=f"Chỉ tiêu thứ {number}", unit="người",
            direction="at_least", low=3, meaning="each_year",
        )  # fmt: skip


def run(kills: int, chance: random.Random) -> Tally:
    tally = Tally()
    kinds = ("document", "entered", "approved", "imported", "report")
    heard: dict[str, set[int]] = {kind: set() for kind in kinds}
    for number in range(kills):
        for kind, key in _one_life(number, chance):
            heard[kind].add(key)
            tally.acknowledged += 1
        tally.kills += 1
        tally.wrong += [f"kill {number + 1}: {fault}" for fault in _faults(heard, tally)]
        if tally.wrong:
            break
        if (number + 1) % 20 == 0:
            print(f"{number + 1}/{kills} kills, {tally.acknowledged} writes", file=sys.stderr, flush=True)
    return tally


def _one_life(number: int, chance: random.Random) -> Iterator[tuple[str, int]]:
    """What a child acknowledged before it was killed."""
    from django.db import connections

    connections.close_all()  # a connection does not survive a fork
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _work(number, writing)
        finally:
            os._exit(1)
    os.close(writing)
    select.select([reading], [], [], 30)
    time.sleep(chance.random() * _LONGEST)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        for line in told.read().splitlines(keepends=True):
            if line.endswith(b"\n"):
                kind, key = line.split()
                yield kind.decode(), int(key)


def _work(number: int, to: int) -> None:
    """Until it is killed."""
    from nhiemky.reading.read import read
    from nhiemky.register import services
    from nhiemky.register.actors import Actor
    from nhiemky.register.models import Organisation, Target

    office, leader = Actor("văn phòng", "office"), Actor("lãnh đạo", "leader")
    ward, target = Organisation.objects.get(), Target.objects.get(number=1)
    page = (Path(__file__).resolve().parent.parent / "samples/pages/cam-uyen.txt").read_text(encoding="utf-8")
    turn = 0
    while True:
        turn += 1
        text = f"{page}\nLần {number}, lượt {turn}.\n"
        found = read(text)
        document = services.add_document(ward, f"trang-{number}-{turn}.txt", text, found.sha256, found, office)
        os.write(to, b"document %d\n" % document.pk)
        for figure in range(_FIGURES):
            made = services.add_result(target.pk, office, period=f"{2021 + figure % 5}", value=number + figure)
            os.write(to, b"entered %d\n" % made.pk)
            services.approve_result(made.pk, leader)
            os.write(to, b"approved %d\n" % made.pk)
        for report in _import(number, turn):
            os.write(to, b"imported %d\n" % report.pk)
            services.approve_submission(report.pk, leader, report.version)
            os.write(to, b"report %d\n" % report.pk)


def _import(number: int, turn: int) -> "list[Submission]":
    """A file of one period's figures, sent; what waits for approval then."""
    from nhiemky.register import services
    from nhiemky.register.actors import Actor
    from nhiemky.register.models import Submission

    period = f"{2021 + turn % 5}-M{number % 12 + 1:02}"
    lines = ["organisation;term;number;target;period;value;unit"]
    for one in range(1, _TARGETS + 1):
        value = number + turn + one
        lines.append(f"Đảng bộ phường Bình Lâm;2020-2025;{one};Chỉ tiêu thứ {one};{period};{value};người")
    path = Path(os.environ["NHIEMKY_WORKSPACE"]) / "so-lieu.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    services.import_flat(path, Actor("văn phòng", "office"), send=True)
    return list(Submission.objects.filter(period=period, state="submitted"))


def _faults(heard: dict[str, set[int]], tally: Tally) -> list[str]:
    from nhiemky.register import events
    from nhiemky.register.models import Document, Event, Proposal, Result

    faults = []
    broken = events.verify()
    if broken is not None:
        faults.append(f"the log is wrong from row {broken}")
    held = set(Document.objects.values_list("pk", flat=True))
    faults += [f"document {key} is gone" for key in heard["document"] - held]
    states = dict(Result.objects.values_list("pk", "state"))
    faults += [f"result {key} is gone" for key in heard["entered"] - states.keys()]
    faults += [f"the approval of {key} is gone" for key in heard["approved"] if states.get(key) != "approved"]
    faults += _half_reports(heard)
    alone = set(Result.objects.filter(submission=None).values_list("pk", flat=True))
    for verb, rows in (("add_document", held), ("add_result", alone)):
        told = {int(key) for key in Event.objects.filter(verb=verb).values_list("subject_id", flat=True)}
        faults += [f"{verb}: {key} stands without its event, or the event without it" for key in rows ^ told]
    approved = {key for key in alone if states[key] == "approved"}
    told = {int(key) for key in Event.objects.filter(verb="approve_result").values_list("subject_id", flat=True)}
    faults += [f"approval of {key} stands without its event, or the event without it" for key in approved ^ told]
    for event in Event.objects.filter(verb="add_document"):
        many = Proposal.objects.filter(document=int(event.subject_id)).count()
        if many != event.data["proposals"]:
            faults.append(f"document {event.subject_id} has {many} of {event.data['proposals']} proposals")
    told_of = sum(len(heard[kind]) for kind in ("document", "entered", "approved"))
    tally.unheard = len(held) + len(alone) + len(approved) - told_of
    return faults


def _half_reports(heard: dict[str, set[int]]) -> list[str]:
    """Reports that hold some figures of their file, or are approved in part; sums that are not those of the results."""
    from nhiemky.register import services
    from nhiemky.register.models import Submission

    reports = {one.pk: one for one in Submission.objects.prefetch_related("results")}
    faults = [f"report {key} is gone" for key in (heard["imported"] | heard["report"]) - reports.keys()]
    for key, one in reports.items():
        figures = list(one.results.all())
        if len(figures) != _TARGETS or {figure.state for figure in figures} != {one.state}:
            faults.append(f"report {key} ({one.state}) has {len(figures)} figures: {[f.state for f in figures]}")
        if key in heard["report"] and one.state != "approved":
            faults.append(f"the approval of report {key} is gone")
    for step in services.check_summaries():
        faults += [f"summary {one.table} {one.key} differs" for one in step.differences]
    return faults


if __name__ == "__main__":
    main()
