"""Figures → the same figures by body, period, series and document, so that each rule walks them once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import cached_property
from math import isfinite
from typing import TypeVar

from nhiemky.assess.consistency.facts import Figure, Key
from nhiemky.values.kinds import SURENESS, ResultKind
from nhiemky.values.period import Period

Group = TypeVar("Group", bound=Hashable)
_FIRST = date(1900, 1, 1)


class Ledger:
    """What is known on `today`; forecasts are left out, since nothing has been reached yet. `complete`: the bodies of
    which every body below is held, so that a sum that falls short means something."""

    def __init__(self, figures: Iterable[Figure], today: date, complete: Iterable[Key] = ()) -> None:
        known = [one for one in figures if one.kind is not ResultKind.FORECAST and (one.as_of or _FIRST) <= today]
        self.every = sorted((one for one in known if isfinite(one.value)), key=_order)
        self.figures = [one for one in self.every if not one.replaced]
        self.complete = frozenset(complete)

    @cached_property
    def current(self) -> dict[tuple[Key, Key, Period], Figure]:
        """The surest, newest figure of each body, indicator and period."""
        return {(one.body, one.indicator, one.period): one for one in self.figures}

    @cached_property
    def by_body_and_period(self) -> dict[tuple[Key, Period], list[Figure]]:
        """Current figures only."""
        return _grouped(self.current.values(), lambda one: (one.body, one.period))

    @cached_property
    def by_document(self) -> dict[tuple[Key, Key | None, Period], list[Figure]]:
        """All figures of one document (or without one) about one period."""
        return _grouped(self.figures, lambda one: (one.body, one.document, one.period))

    @cached_property
    def documents(self) -> dict[Key, list[tuple[Key | None, Period]]]:
        """Body → its documents and the periods that each tells of."""
        found: dict[Key, list[tuple[Key | None, Period]]] = defaultdict(list)
        for body, document, period in self.by_document:
            found[body].append((document, period))
        return found

    @cached_property
    def told(self) -> dict[tuple[Key, Key, Period], list[Figure]]:
        """Every figure that was told of one thing, those replaced among them."""
        return _grouped(self.every, lambda one: (one.body, one.indicator, one.period))

    @cached_property
    def series(self) -> dict[tuple[Key, Key, str], list[Figure]]:
        """Current figures of a body's indicator over like periods (years, first half-years …), in order."""
        return _grouped(self.current.values(), lambda one: (one.body, one.indicator, one.period.part or ""))

    @cached_property
    def peers(self) -> dict[tuple[Key, Period], list[Figure]]:
        """Current figures of one indicator and period, of all bodies."""
        return _grouped(self.current.values(), lambda one: (one.indicator, one.period))

    @cached_property
    def siblings(self) -> dict[tuple[Key, Period, Key | None], list[Figure]]:
        """The same of bodies under one parent: a province is no yardstick for its wards."""
        return _grouped(self.current.values(), lambda one: (one.indicator, one.period, one.parent))

    @cached_property
    def below(self) -> dict[Key, set[Key]]:
        """Body → the bodies below it that have told anything."""
        found: dict[Key, set[Key]] = defaultdict(set)
        for one in self.figures:
            if one.parent is not None:
                found[one.parent].add(one.body)
        return found


def _grouped(figures: Iterable[Figure], key: Callable[[Figure], Group]) -> dict[Group, list[Figure]]:
    found: dict[Group, list[Figure]] = defaultdict(list)
    for one in figures:
        found[key(one)].append(one)
    return found


def _order(one: Figure) -> tuple[Period, int, date, str]:
    return one.period, SURENESS[one.kind], one.as_of or _FIRST, str(one.ref)
