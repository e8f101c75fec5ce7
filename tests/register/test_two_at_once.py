"""Two clerks decide on one proposal, or edit one target, at the same moment, each in a process of its own: one wins,
the other is told."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.stores import Store

_START = """
import json, sys, time
from pathlib import Path
import django
django.setup()
from nhiemky.register import events, selectors, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
"""

_PREPARE = (
    _START
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
sys.path.insert(0, sys.argv[1])
from tests.register.builders import document, proposal, ward
held = document(ward())
print(json.dumps([proposal(held, "targets", position).pk for position in (0, 1)]))
"""
)

_PREPARE_TARGET = _PREPARE.replace(
    "import document, proposal, ward\nheld = document(ward())\n",
    "import target, ward\nheld = target(ward(), 'Hộ nghèo')\n",
).replace('[proposal(held, "targets", position).pk for position in (0, 1)]', "[held.pk]")

_DECIDE = (
    _START
    + """
from nhiemky.register.models import Result, Target
Target.objects.count()
Path(sys.argv[1]).touch()
while not Path(sys.argv[2]).exists():
    time.sleep(0.001)
said = []
for key in json.loads(sys.argv[3]):
    try:
        said.append(type(services.accept_proposal(key, Actor(sys.argv[4])).made).__name__)
    except ServiceError as error:
        said.append(error.message)
print(json.dumps(said, ensure_ascii=False))
"""
)

_EDIT = _DECIDE.replace(
    "type(services.accept_proposal(key, Actor(sys.argv[4])).made).__name__",
    "type(services.edit_target(key, Actor(sys.argv[4]), version=1, name=sys.argv[4])).__name__",
)

_LOOK = (
    _START
    + """
from nhiemky.register.models import Target
print(json.dumps([Target.objects.count(), events.count(), events.verify()]))
"""
)


def test_one_decides_and_the_other_is_told(tmp_path: Path, store: Store) -> None:
    assert _raced(tmp_path, store(tmp_path), _PREPARE, _DECIDE, "đã được") == [2, 4, None]


def test_one_edits_and_the_other_is_told(tmp_path: Path, store: Store) -> None:
    assert _raced(tmp_path, store(tmp_path), _PREPARE_TARGET, _EDIT, "đã được") == [1, 3, None]


def _raced(folder: Path, environment: dict[str, str], prepare: str, act: str, told: str) -> Any:
    """Targets, events and the log's first bad row after two processes did the same; of each pair one was told so."""

    def start(code: str, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", code, *words]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    keys = start(prepare, str(Path(__file__).resolve().parents[2])).communicate(timeout=60)[0].strip()
    go = folder / "go"
    ready = [folder / name for name in ("lan", "minh")]
    clerks = [start(act, str(flag), str(go), keys, flag.name) for flag in ready]
    while not all(flag.exists() for flag in ready):
        assert all(clerk.poll() is None for clerk in clerks)
    go.touch()
    said = [json.loads(clerk.communicate(timeout=60)[0]) for clerk in clerks]

    for first, second in zip(*said, strict=True):
        assert sorted(answer == "Target" for answer in (first, second)) == [False, True]
        assert any(told in answer for answer in (first, second))
    return json.loads(start(_LOOK).communicate(timeout=60)[0])
