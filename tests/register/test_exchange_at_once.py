"""Two processes import one file at once, on either database: one wins, the other is told, nothing is there twice."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.stores import Store

_START = """
import json, sys, time
from pathlib import Path
import django
django.setup()
sys.path.insert(0, sys.argv[1])
from nhiemky.register import events, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
folder = Path(sys.argv[2])
"""
_PREPARE = (
    _START
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.register.exchange import fill, form, four
of, (budget, cover, poor, members) = four()
fill(form(of, folder), {poor: 14, cover: 92})
lines = [f"{of.name};Hộ nghèo;2023-M{month:02d};{month};hộ" for month in range(1, 13)]
(folder / "so.csv").write_text("\\n".join(("Tổ chức;Chỉ tiêu;Kỳ;Số liệu;ĐVT", *lines)), encoding="utf-8")
"""
)
_IMPORT = (
    _START
    + """
actor, how = Actor(sys.argv[3]), sys.argv[4]
seen = services.preview_figures(folder / "bieu.xlsx", actor) if how == "form" else None
(folder / f"{how}-{sys.argv[3]}").touch()
while not (folder / f"{how}-go").exists():
    time.sleep(0.001)
try:
    if seen is not None:
        print(json.dumps(services.import_figures(seen, actor).counts))
    else:
        print(json.dumps(services.import_flat(folder / "so.csv", actor).counts))
except ServiceError as error:
    print(json.dumps(type(error).__name__))
"""
)
_LOOK = (
    _START
    + """
from nhiemky.register.models import Event, Result, Submission
done = [Event.objects.filter(verb=verb).count() for verb in ("import_figures", "import_flat")]
print(json.dumps([Result.objects.count(), Submission.objects.count(), *done, events.verify()]))
"""
)


@pytest.mark.django_db
def test_one_wins_and_the_other_is_told(tmp_path: Path, store: Store) -> None:
    environment = store(tmp_path / "sổ")
    (tmp_path / "sổ").mkdir(exist_ok=True)
    root = str(Path(__file__).resolve().parents[2])

    def start(code: str, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", code, root, str(tmp_path), *words]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)

    assert start(_PREPARE).wait(timeout=120) == 0
    told = {}
    for how in ("form", "flat"):
        clerks = [start(_IMPORT, name, how) for name in ("lan", "minh")]
        while not all((tmp_path / f"{how}-{name}").exists() for name in ("lan", "minh")):
            assert all(clerk.poll() is None for clerk in clerks)
            time.sleep(0.01)
        (tmp_path / f"{how}-go").touch()
        told[how] = sorted(json.dumps(json.loads(clerk.communicate(timeout=60)[0])) for clerk in clerks)
    assert told["form"] == ['"Stale"', '{"new": 2, "same": 2}']
    assert told["flat"] == ['{"new": 12}', '{"same": 12}']
    assert json.loads(start(_LOOK).communicate(timeout=60)[0]) == [14, 13, 1, 1, None]
