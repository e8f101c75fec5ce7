"""Writers follow one another on either store: the second decides on what the first has left, and nobody is refused."""

import json
import subprocess
import sys
from pathlib import Path

from tests.stores import Store

from nhiemky.register import services

_START = """
import json, sys, time
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Organisation, Target
here = Path(sys.argv[1])

def wait_for(name):
    while not (here / name).exists():
        time.sleep(0.005)

def add(name):
    return services.add_target(Organisation.objects.get(), Actor(name), name=name, term="2020-2025",
        direction="at_least", low=30, unit="hộ", meaning="each_year").number
"""
_PREPARE = """
call_command("migrate", verbosity=0)
admin = Actor("lan", "admin")
services.add_organisation("Đảng bộ phường Trúc Khê", "party_committee", "commune", "phường Trúc Khê", admin)
"""
_FIRST = """
with transaction.atomic():
    made = add("Hộ thoát nghèo")
    (here / "first").touch()
    wait_for("second")
    time.sleep(0.5)  # the second has begun and waits
print(json.dumps(made))
"""
_SECOND = """
wait_for("first")
Organisation.objects.get()
(here / "second").touch()
print(json.dumps(add("Hộ có nước sạch")))
"""
_LOOK = """
print(json.dumps([sorted(Target.objects.values_list("number", flat=True)), events.verify()]))
"""


def test_two_who_add_at_once_both_get_a_number(tmp_path: Path, store: Store) -> None:
    environment = store(tmp_path)

    def start(code: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", _START + code, str(tmp_path)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    assert start(_PREPARE).wait(timeout=60) == 0
    said = [json.loads(clerk.communicate(timeout=60)[0]) for clerk in (start(_FIRST), start(_SECOND))]
    assert said == [1, 2]
    assert json.loads(start(_LOOK).communicate(timeout=60)[0]) == [[1, 2], None]


def test_every_service_takes_its_turn_before_it_reads() -> None:
    """One with a bare transaction would pass alone and refuse people, or wait for ever, beside others on PostgreSQL."""
    folder = Path(str(services.__file__)).parent
    bare = [path.name for path in folder.glob("*.py") if "@transaction.atomic" in path.read_text("utf-8")]
    assert bare == []
