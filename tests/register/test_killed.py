"""A writer killed at random moments loses nothing acknowledged; `python -m benchmarks.killed` does it 200 times."""

import subprocess
import sys
from pathlib import Path

from tests.stores import Store

ROOT = Path(__file__).resolve().parents[2]


def test_whoever_is_killed_loses_nothing_that_was_acknowledged(store: Store, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.killed", "--kills", "5"],
        cwd=ROOT, env=store(tmp_path), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 kills" in done.stdout
