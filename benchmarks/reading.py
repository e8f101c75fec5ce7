"""Reading speed on one core: MB/s and pages/s with all kinds on, JSON out, beside dateparser and a plain loop.

    python -m benchmarks.reading [--quick] [--json]

Three sets of texts: `wards` (invented pages of wards, a fact in every two lines: the slowest there are), `crawl` (one
such page to three of other sites) and, where a `shared/` folder lies beside the project, the `real` pages in it. All in
one run and one process, in processor seconds, the fastest of several rounds. The plain loop runs the same patterns and
words with `re.finditer` over the same text, without making facts.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable

import msgspec

from benchmarks.corpora import crawl, real, wards
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
    taken = seconds(work, rounds)
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


def dates_by_dateparser(pages: list[str]) -> Callable[[], None]:
    from dateparser.search import search_dates

    def work() -> None:
        for page in pages:
            search_dates(page, languages=["vi"])

    return work


def measure(*, quick: bool) -> list[Row]:
    pages, mixed = wards(), crawl()
    rounds = 3 if quick else 12
    few = pages[:1] if quick else pages[:4]
    rows = [
        row("nhiemky, pages of wards", pages, ours(pages), rounds),
        row("nhiemky, a crawl", mixed, ours(mixed), rounds),
        *([row("nhiemky, real pages", real(), ours(real()), rounds)] if real() else []),
        row("same rules and words, re.finditer, wards", pages, plain(pages), 1 if quick else 2),
        row("dateparser.search (dates only), wards", few, dates_by_dateparser(few), 1),
    ]
    first = float(rows[0]["mb_per_s"])
    for each in rows:
        each["times_slower"] = first / float(each["mb_per_s"])
    return rows


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--quick", action="store_true", help="fewer rounds and pages")
    args.add_argument("--json", action="store_true", help="one JSON object")
    asked = args.parse_args()
    rows = measure(quick=asked.quick)
    if asked.json:
        json.dump(
            {
                "pages": {"wards": len(wards()), "crawl": len(crawl()), "real": len(real())},
                "python": sys.version.split()[0],
                "rows": rows,
            },
            sys.stdout,
        )
        print()
        return
    print(f"{'one core':42}{'MB/s':>9}{'pages/s':>10}{'µs/page':>10}{'times slower':>14}")
    for each in rows:
        print(
            f"{each['what']:42}{each['mb_per_s']:9.2f}{each['pages_per_s']:10.0f}{each['us_per_page']:10.0f}{each['times_slower']:14.1f}"
        )


if __name__ == "__main__":
    main()
