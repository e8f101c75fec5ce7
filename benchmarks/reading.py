"""Reading speed on one core: MB/s and pages/s with all kinds and warnings on, JSON out, beside other readers.

    python -m benchmarks.reading [--quick] [--json]     what is fetched by `python -m benchmarks.peers` runs beside
    python -m benchmarks.reading --pages 1000000        memory while a crawl of so many pages is read

Three sets of texts: `wards` (invented pages of wards, a fact in every two lines: the slowest there are), `crawl` (one
such page to three of other sites, and one to nine) and, where a `shared/` folder lies beside the project, the `real`
pages in it. All in one run and one process, in processor seconds, the fastest of several rounds. The plain loop runs
the same patterns and words with `re.finditer` over the same text, without making facts.
"""

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks import peers
from benchmarks.corpora import crawl, real, wards
from benchmarks.steps import shares
from nhiemky.reading.quantities.figures import FIGURE
from nhiemky.reading.read import ENGINE, LABELLED, read
from nhiemky.reading.text import open_page

Row = dict[str, float | str]


def seconds(work: Callable[[], None], rounds: int) -> float:
    """Processor seconds of the fastest round."""
    work()
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def row(name: str, pages: list[str], work: Callable[[], None], rounds: int) -> Row:
    return as_row(name, pages, seconds(work, rounds))


def as_row(name: str, pages: list[str], taken: float) -> Row:
    size = sum(len(page.encode()) for page in pages)
    return {
        "what": name,
        "mb_per_s": size / taken / 1e6,
        "pages_per_s": len(pages) / taken,
        "us_per_page": taken / len(pages) * 1e6,
    }


def ours(pages: list[str]) -> Callable[[], None]:
    encode = msgspec.json.Encoder().encode

    def work() -> None:
        for page in pages:
            encode(read(page))

    return work


def plain(pages: list[str]) -> Callable[[], None]:
    words = [re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])") for word, _ in LABELLED]
    patterns = [rule.pattern for rule in ENGINE.rules] + words + [FIGURE]
    lows = [open_page(page).low for page in pages]

    def work() -> None:
        for low in lows:
            for pattern in patterns:
                for _ in pattern.finditer(low):
                    pass

    return work


def beside(pages: list[str]) -> list[Row]:
    """Peers that are installed, over a few pages of wards; one that is not is named with what it needs."""
    rows: list[Row] = []
    named = {
        "dateparser.search (dates)": peers.dateparser, "Duckling (dates, numbers, đồng)": peers.duckling,
        "underthesea (names)": peers.underthesea,
    }  # fmt: skip
    for name, peer in named.items():
        try:
            rows.append(row(name, pages, peer(pages), 1))
        except peers.Missing as missing:
            print(f"not run – {missing}", file=sys.stderr)
    try:
        rows.append(as_row("HeidelTime (dates)", pages, peers.heideltime(pages)))
    except peers.Missing as missing:
        print(f"not run – {missing}", file=sys.stderr)
    return rows


def measure(*, quick: bool) -> list[Row]:
    pages, mixed, thin = wards(), crawl(), crawl(9)
    rounds = 3 if quick else 12
    few = pages[:1] if quick else pages[:4]
    rows = [
        row("nhiemky, pages of wards", pages, ours(pages), rounds),
        row("nhiemky, a crawl", mixed, ours(mixed), rounds),
        row("nhiemky, a crawl, one ward page in ten", thin, ours(thin), rounds),
        *([row("nhiemky, real pages", real(), ours(real()), rounds)] if real() else []),
        row("same rules and words, re.finditer, wards", pages, plain(pages), 1 if quick else 2),
        *beside(few),
    ]
    first = float(rows[0]["mb_per_s"])
    for each in rows:
        each["times_slower"] = first / float(each["mb_per_s"])
    return rows


def told(rows: list[Row], found: dict[str, float]) -> None:
    print(f"{'one core':42}{'MB/s':>9}{'pages/s':>10}{'µs/page':>10}{'times slower':>14}")
    for each in rows:
        print(
            f"{each['what']:42}{each['mb_per_s']:9.2f}{each['pages_per_s']:10.0f}{each['us_per_page']:10.0f}"
            f"{each['times_slower']:14.1f}"
        )
    print("\nshare of each step, real pages (of wards where there are none)")
    for step, share in found.items():
        print(f"{step:42}{share:9.1%}")


def memory(count: int) -> None:
    """Memory in use, in MB, every tenth of the way through a crawl of `count` pages, no two alike."""
    pages, encode, began = crawl(), msgspec.json.Encoder().encode, time.process_time()
    for number in range(count):
        encode(read(f"{pages[number % len(pages)]}\n{number}"))
        if (number + 1) % max(1, count // 10) == 0:
            taken = time.process_time() - began
            print(f"{number + 1:>10} pages{resident():9.1f} MB{(number + 1) / taken:10.0f} pages/s", flush=True)


def resident() -> float:
    """MB of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--quick", action="store_true", help="fewer rounds and pages")
    args.add_argument("--json", action="store_true", help="one JSON object")
    args.add_argument("--pages", type=int, default=0, help="only read so many pages of a crawl and tell the memory")
    asked = args.parse_args()
    if asked.pages:
        memory(asked.pages)
        return
    rows, found = measure(quick=asked.quick), shares(real() or wards(), 3 if asked.quick else 20)
    if not asked.json:
        told(rows, found)
        return
    counts = {"wards": len(wards()), "crawl": len(crawl()), "real": len(real())}
    json.dump({"pages": counts, "python": sys.version.split()[0], "rows": rows, "shares": found}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
