"""How much of a reading's time each step takes: every function that `read()` calls is timed while pages are read."""

import importlib
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from nhiemky.reading import checks, quantities, resolve
from nhiemky.reading.engine import Engine
from nhiemky.reading.grammars import (
    boards,
    citations,
    commendations,
    figures,
    genre,
    header,
    host,
    letterhead,
    milestones,
    people,
    portal,
    tasks,
)  # fmt: skip

module = importlib.import_module("nhiemky.reading.read")
# step → the functions that `read()` calls for it; what is in none of them is the last row, `the rest`
STEPS: dict[str, list[tuple[ModuleType | type, str]]] = {
    "letters": [(module, "normalise"), (module, "encoded"), (module, "Page")],
    "anchor words": [(Engine, "words")],
    "sentences": [(module, "divide")],
    "numbers": [(quantities, "scan")],
    "rules": [(module, "facts_at")],
    "targets and results": [
        (figures, "find"), (resolve, "targets_once"), (resolve, "results_once"), (resolve, "without_headlines"),
    ],
    "people": [(people, "find")],
    "title, host, event, genre": [
        (letterhead, "letterhead_of"), (header, "header_of"), (header, "event_of"), (host, "host_of"),
        (genre, "genre_of"), (portal, "about"), (resolve, "page_year"), (resolve, "page_term"),
    ],
    "other facts": [
        (boards, "find"), (commendations, "find"), (milestones, "find"), (tasks, "once"), (citations, "from_numbers"),
        (citations, "without_counts"), (resolve, "citations_once"), (resolve, "congresses"), (resolve, "ratings_once"),
    ],
    "warnings": [(checks, "warnings_of")],
}  # fmt: skip


def shares(pages: list[str], rounds: int) -> dict[str, float]:
    """Step → its share of the whole (0 to 1), `the rest` last."""
    spent = dict.fromkeys(STEPS, 0.0)
    kept = [(owner, name, getattr(owner, name)) for calls in STEPS.values() for owner, name in calls]
    try:
        for step, calls in STEPS.items():
            for owner, name in calls:
                setattr(owner, name, _timed(getattr(owner, name), step, spent))
        began = time.perf_counter()
        for _ in range(rounds):
            for page in pages:
                module.read(page)
        whole = time.perf_counter() - began
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)
    found = {step: seconds / whole for step, seconds in spent.items()}
    return found | {"the rest": 1 - sum(found.values())}


def _timed(function: Callable[..., Any], step: str, spent: dict[str, float]) -> Callable[..., Any]:
    clock = time.perf_counter

    def timed(*given: Any, **named: Any) -> Any:
        began = clock()
        try:
            return function(*given, **named)
        finally:
            spent[step] += clock() - began

    return timed
