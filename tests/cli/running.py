"""Commands as somebody types them, each in a process of its own, on a workspace of the test; tests of `cli` ask."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.stores import Store

Run = Callable[..., subprocess.CompletedProcess[str]]
_ROOT = str(Path(__file__).resolve().parents[2])


def on_workspace(folder: Path, store: Store, prepare: str = "") -> Run:
    """What runs a command on a new workspace; `prepare` is Python that fills it first, told the project's folder."""
    environment = store(folder) | {"COLUMNS": "200"}

    def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "nhiemky.cli.main", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    assert call("setup", "--no-samples").returncode == 0
    if prepare:
        made = subprocess.run([sys.executable, "-c", prepare, _ROOT], env=environment, text=True, capture_output=True)
        assert made.returncode == 0, made.stderr
    return call
