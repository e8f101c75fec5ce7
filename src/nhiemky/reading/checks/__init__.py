"""What does not add up inside one page: each warning says what was found, what would fit, and whom to ask.

`read` calls `warnings_of` last. One file a kind of defect; none asks another, each takes the page as it was told.
"""

from nhiemky.reading.checks import days, growth, ratios, shares, sums, terms, values
from nhiemky.reading.checks.told import Told
from nhiemky.reading.engine import Mark
from nhiemky.reading.facts import Congress, Result, Target, Warning
from nhiemky.reading.text import Page

WHY = {name: why for module in (days, sums, shares, ratios, growth, values, terms) for name, why in module.WHY.items()}


# words at which something is to be held against something; `read` has the engine note them
MARKS = dict.fromkeys((*sums.WORDS, *shares.WORDS, *ratios.WORDS), "held")


def warnings_of(
    page: Page, marks: list[Mark], results: list[Result], targets: list[Target], congresses: list[Congress]
) -> list[Warning]:
    """All warnings of a page; `marks` are those of `MARKS`, `congresses` as told, before the same one is merged."""
    told = Told(page)
    found = [
        *days.malformed(page),
        *sums.of_which(told, marks),
        *sums.rated(told, marks),
        *sums.in_brackets(told),
        *shares.structures(told, marks),
        *shares.of_a_whole(told),
        *shares.of_amounts(told),
        *shares.boards(told),
        *shares.met_and_not(told),
        *ratios.to_plan(told, marks, results),
        *growth.denied(told),
        *values.incomes(results),
        *values.over_all(page, results, targets),
        *values.told_twice(page, results),
        *values.mistyped(page),
        *terms.of_one_congress(congresses),
        *terms.out_of_time(told),
    ]
    return _once(found)


def _once(found: list[Warning]) -> list[Warning]:
    """One warning of a code for one place: the first that speaks of it."""
    kept: list[Warning] = []
    for warning in found:
        start, end = warning.span
        if not any(w.code == warning.code and w.span[0] < end and start < w.span[1] for w in kept[-8:]):
            kept.append(warning)
    return kept
