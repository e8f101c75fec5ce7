"""Reading scores against gold, held above `floors.json`; exit code 1 where one fell.

    python -m benchmarks.scores [--json] [--quick]

The samples' gold is here. The five real pages and the eight articles are scored where a `shared/` folder lies beside
the project, by the scorer in it; elsewhere they are skipped, and this says so.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.corpora import ROOT
from nhiemky.reading.read import read
from nhiemky.sources import load

SHARED = ROOT.parent / "shared" / "reading"
FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))
SETS = {
    "samples": (ROOT / "samples" / "pages", ROOT / "samples" / "gold"),
    "dev pages": (ROOT / "tests" / "reading" / "dev" / "pages", ROOT / "tests" / "reading" / "dev" / "gold"),
    "kept aside": (ROOT / "tests" / "reading" / "aside" / "pages", ROOT / "tests" / "reading" / "aside" / "gold"),
    "five pages": (SHARED / "pages", SHARED / "gold"),
    "eight articles": (SHARED / "dev" / "pages", SHARED / "dev" / "gold"),
}


def scores(pages: Path, gold: Path) -> dict[str, float]:
    """F1 by kind of fact, `all facts` and `fields`, as the shared scorer counts them."""
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as out:
        for page in sorted(p for p in pages.iterdir() if p.suffix in (".txt", ".html")):
            out.write(msgspec.json.encode(read(load(page).text, str(page))) + b"\n")
        out.flush()
        said = subprocess.run(
            [sys.executable, str(SHARED / "score.py"), str(gold), out.name, "--json"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    found: dict[str, Any] = json.loads(said)
    return {
        **{kind: prf[2] for kind, prf in found["facts"].items()},
        "all facts": found["micro"][2], "fields": found["field_accuracy"],
    }  # fmt: skip


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--json", action="store_true", help="one JSON object")
    args.add_argument("--quick", action="store_true", help="the same: it is quick")
    asked = args.parse_args()
    if not (SHARED / "score.py").exists():
        print("skipped: no shared/reading/score.py beside the project")
        return
    found = {name: scores(*folders) for name, folders in SETS.items()}
    fallen = [
        f"{name}: {kind} {found[name].get(kind, 0):.3f} is below its floor {floor}"
        for name in found for kind, floor in FLOORS[name].items() if found[name].get(kind, 0) < floor
    ]  # fmt: skip
    if asked.json:
        json.dump({"scores": found, "fallen": fallen}, sys.stdout)
        print()
    else:
        for name, kinds in found.items():
            print(f"{name:16}" + "  ".join(f"{kind} {value:.3f}" for kind, value in sorted(kinds.items())))
        print("\n".join(fallen) or "all above their floors")
    sys.exit(1 if fallen else 0)


if __name__ == "__main__":
    main()
