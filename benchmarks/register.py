"""A nation in the register: how long its pages, writes and imports take on both databases, beside plain SQL.

    python -m benchmarks.register [--organisations 8000] [--months 60] [--database sqlite|postgresql] [--json]

8,000 bodies × 40 targets × 60 months are 19 million results; building them takes minutes and says how far it is. Each
line is asked 100 times of bodies drawn by seed, through the selectors and services that the desk uses, after three
times that are not counted; `first` is the first of these, before anything of it is in memory. `SQL` is the same answer
from the tables of results alone, as plain statements. PostgreSQL is started for the run where the server's programs
are installed, and vacuumed once the nation is built.
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
WARM = 3


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
    for one in (*asked.reads(), *asked.writes()):
        say(one.name)
        found[one.name] = _percentiles(one.ask) | {"goal_ms": one.goal_ms, "sql_ms": _best(one.plain, one.times)}
    say("approve 1,000")
    found["approve 1,000 results"] = asked.approve(APPROVED_AT_ONCE)
    say("import")
    found[f"import {args.rows:,} rows"] = asked.import_rows(args.rows)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found, ensure_ascii=False))


def _percentiles(ask: Callable[[], object]) -> dict[str, float]:
    first, *_warm = (_ms(ask) for _ in range(WARM))
    spent = sorted(_ms(ask) for _ in range(ROUNDS))
    found = {"first_ms": first, "p50_ms": statistics.median(spent), "p95_ms": spent[ROUNDS * 95 // 100 - 1]}
    return {name: round(value, 2) for name, value in found.items()}


def _best(ask: Callable[[], object] | None, times: int) -> float | None:
    return None if ask is None else round(min(_ms(ask) for _ in range(times)), 2)


def _ms(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


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
        lines += [
            f"{database}: {size}, peak {told['peak_mb']} MB",
            f"{'':34}{'first':>10}{'median':>10}{'p95':>10}{'SQL':>12}  ms",
        ]
        for name, row in told.items():
            if isinstance(row, dict):
                lines.append(f"{name:34}" + _row(row))
        lines.append("")
    return "\n".join(lines)


def _row(row: dict[str, Any]) -> str:
    if "p95_ms" in row:
        goal, plain = row["goal_ms"], "–" if row["sql_ms"] is None else f"{row['sql_ms']:.2f}"
        over = f"  over {goal} ms" if goal and row["p95_ms"] > goal else ""
        return f"{row['first_ms']:10.2f}{row['p50_ms']:10.2f}{row['p95_ms']:10.2f}{plain:>12}{over}"
    return "  " + ", ".join(f"{name} {value:,}" for name, value in row.items())


if __name__ == "__main__":
    main()
