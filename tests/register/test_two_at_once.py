"""Two clerks decide on one proposal at the same moment, each in a process of its own: one wins, the other is told."""

import json
import subprocess
import sys
from pathlib import Path

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

_LOOK = (
    _START
    + """
from nhiemky.register.models import Target
print(json.dumps([Target.objects.count(), events.count(), events.verify()]))
"""
)


def test_one_wins_and_the_other_is_told(tmp_path: Path, store: Store) -> None:
    environment = store(tmp_path)

    def start(code: str, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", code, *words]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    keys = start(_PREPARE, str(Path(__file__).resolve().parents[2])).communicate(timeout=60)[0].strip()
    go = tmp_path / "go"
    ready = [tmp_path / name for name in ("lan", "minh")]
    clerks = [start(_DECIDE, str(flag), str(go), keys, flag.name) for flag in ready]
    while not all(flag.exists() for flag in ready):
        assert all(clerk.poll() is None for clerk in clerks)
    go.touch()
    said = [json.loads(clerk.communicate(timeout=60)[0]) for clerk in clerks]

    for first, second in zip(*said, strict=True):
        assert sorted(answer == "Target" for answer in (first, second)) == [False, True]
        assert any("đã được" in answer for answer in (first, second))
    targets, logged, broken = json.loads(start(_LOOK).communicate(timeout=60)[0])
    assert (targets, logged, broken) == (2, 4, None)
