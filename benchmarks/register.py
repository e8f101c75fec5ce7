"""A nation in the register: how long its pages, writes and imports take on both databases, beside plain SQL.

    python -m benchmarks.register [--organisations 8000] [--months 60] [--database sqlite|postgresql] [--json]

8,000 bodies × 40 targets × 60 months are 19 million results; building them takes minutes and says how far it is. Each
line is asked 100 times of bodies drawn by seed, through the selectors and services that the desk uses; `SQL` is the
same answer from the tables of results alone, as plain statements. PostgreSQL is started for the run where the server's
programs are installed.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 100
APPROVED_AT_ONCE = 25  # submissions of 40 figures: a thousand results
GOAL_MS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organisations", type=int, default=8000)
    parser.add_argument("--targets", type=int, default=40)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=100_000, help="of the file that is imported")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if os.environ.get("NHIEMKY_MEASURED"):
        measured(args)
        return
    found = {}
    for name in [args.database] if args.database else ["sqlite", "postgresql"]:
        found[name] = _apart(name)
    print(json.dumps(found, ensure_ascii=False, indent=1) if args.json else _table(found))


def _apart(name: str) -> dict[str, Any]:
    """Each database in a process of its own, so that memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"NHIEMKY_WORKSPACE": folder, "NHIEMKY_MEASURED": "1", "NHIEMKY_DATABASE": ""}
        if name == "sqlite":
            return _child(environment)
        from tests.cluster import Cluster, programs

        where = programs()
        if where is None:
            sys.exit("PostgreSQL's server is not installed (Debian: apt install postgresql)")
        cluster = Cluster(where, "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on",
                          "-c", "shared_buffers=1GB", "-c", "max_wal_size=8GB", "-c", "autovacuum=on")  # fmt: skip
        try:
            cluster.sql("CREATE DATABASE nation")
            return _child(environment | {"NHIEMKY_DATABASE": cluster.url("nation")})
        finally:
            cluster.stop()


def _child(environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", "benchmarks.register", *sys.argv[1:]], env=environment,
                          stdout=subprocess.PIPE, text=True, check=True)  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(args: argparse.Namespace) -> None:
    """Build, ask, write; one JSON line on stdout, progress on stderr."""
    from nhiemky.cli.setup import prepare

    prepare()
    from django.db import connection

    from benchmarks import nation
    from benchmarks.register_asked import Asked

    size = nation.Size(args.organisations, args.targets, args.months)
    began = time.perf_counter()

    def say(line: str) -> None:
        print(f"  {time.perf_counter() - began:6.1f} s  {line}", file=sys.stderr, flush=True)

    nation.build(size, args.seed, say)
    found: dict[str, Any] = {"results": size.results, "build_s": round(time.perf_counter() - began, 1)}
    found["bytes"] = _bytes(connection)
    asked = Asked(size, random.Random(args.seed))
    for name, ask, plain, once in asked.reads():
        say(name)
        found[name] = _percentiles(ask) | {"sql_ms": _best(plain, 1 if once else 20)}
    for name, write, plain in asked.writes():
        say(name)
        found[name] = _percentiles(write) | {"sql_ms": _best(plain, 20)}
    say("approve 1,000")
    found["approve 1,000 results"] = asked.approve(APPROVED_AT_ONCE)
    say("import")
    found[f"import {args.rows:,} rows"] = asked.import_rows(args.rows)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found, ensure_ascii=False))


def _percentiles(ask: Callable[[], object]) -> dict[str, float]:
    for _ in range(3):
        ask()
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    return {"p50_ms": round(statistics.median(spent), 2), "p95_ms": round(sorted(spent)[ROUNDS * 95 // 100 - 1], 2)}


def _best(ask: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    return round(min(spent), 2)


def _bytes(connection: Any) -> int:
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _table(found: dict[str, dict[str, Any]]) -> str:
    lines = []
    for database, told in found.items():
        size = f"{told['results']:,} results, {told['bytes'] / 1e9:.1f} GB, built in {told['build_s']:.0f} s"
        lines += [f"{database}: {size}, peak {told['peak_mb']} MB", f"{'':34}{'median':>10}{'p95':>10}{'SQL':>12}  ms"]
        for name, row in told.items():
            if isinstance(row, dict):
                lines.append(f"{name:34}" + _row(row))
        lines.append("")
    return "\n".join(lines)


def _row(row: dict[str, Any]) -> str:
    if "p95_ms" in row:
        over = "  over 50 ms" if row.get("goal") and row["p95_ms"] > GOAL_MS else ""
        return f"{row['p50_ms']:10.2f}{row['p95_ms']:10.2f}{row['sql_ms']:12.2f}{over}"
    return "  " + ", ".join(f"{name} {value:,}" for name, value in row.items())


if __name__ == "__main__":
    main()
