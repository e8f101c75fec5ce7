"""One pass finds every anchor word; each hit tries the few rules that it may begin.

A rule that starts at its anchor is `pattern.match`ed there; nothing else of the text is looked at.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind
from msgspec import Struct

Make = Callable[[Any, "re.Match[str]"], Any]


class Alphabet(Struct, frozen=True):
    """How a language is written: `fold` to the form that rules match, `code` a folded text to a byte for each letter,
    of which those from `solid` on are of words and figures."""

    fold: Callable[[str], str]
    code: Callable[[str], bytes]
    solid: int


PLAIN = Alphabet(str.lower, lambda text: text.encode("latin-1", "replace"), ord("0"))


class Text(Protocol):
    """What the engine needs of a page: the letters that rules are matched against."""

    low: str
    coded: bytes  # a byte for each letter, and one more at the end


class Rule(Struct, frozen=True):
    """`anchors` open the match; `make` turns it into a fact or None; `why` is a sentence with an example."""

    id: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    make: Make
    why: str


Opening = tuple[Rule, int]


class Mark(Struct, frozen=True, gc=False):
    """A word of a list met in the text, for grammars that weigh words rather than match patterns."""

    start: int
    end: int
    label: str


class Engine:
    """`rules` make facts; `marks` are words with a label that are only noted; `alphabet` is how texts are written."""

    def __init__(
        self, rules: tuple[Rule, ...], marks: Iterable[tuple[str, str]] = (), alphabet: Alphabet = PLAIN
    ) -> None:
        self.rules = rules
        self._letters = letters = alphabet.fold
        by_anchor: dict[str, list[Rule]] = {}
        for rule in rules:
            for anchor in rule.anchors:
                by_anchor.setdefault(letters(anchor), []).append(rule)
        labels: dict[str, list[str]] = {}
        for word, label in marks:
            labels.setdefault(letters(word), []).append(label)
        words = sorted({*by_anchor, *labels})
        self._met = [(tuple(labels.get(word, ())), tuple(by_anchor.get(word, ()))) for word in words]
        self._words = BytesAhoCorasick(
            [alphabet.code(word) for word in words],
            matchkind=MatchKind.Standard, implementation=Implementation.DFA,
        )  # fmt: skip
        self._solid = alphabet.solid

    def run(self, page: Text) -> tuple[list[tuple[Rule, Any]], dict[str, list[Mark]]]:
        """Every (rule, fact) of the page and, by label, every marked word, in the order of the text."""
        openings, marks = self.words(page)
        return facts_at(page, openings), marks

    def words(self, page: Text) -> tuple[list[Opening], dict[str, list[Mark]]]:
        """Where rules may begin and, by label, every marked word: what a page speaks of, before any rule is tried."""
        coded, solid, met = page.coded, self._solid, self._met
        openings: list[Opening] = []
        marks: dict[str, list[Mark]] = defaultdict(list)
        for index, start, end in self._words.find_matches_as_indexes(coded, overlapping=True):
            if coded[start - 1] >= solid or coded[end] >= solid:  # inside a longer word
                continue
            labels, rules = met[index]
            for label in labels:
                marks[label].append(Mark(start, end, label))
            for rule in rules:
                openings.append((rule, start))
        return openings, marks

    def run_plainly(self, page: Text) -> Iterator[tuple[Rule, Any]]:
        """The same without anchors, each rule over the whole text: the slow twin that tests and benchmarks compare."""
        for rule in self.rules:
            heads = tuple(self._letters(a) for a in rule.anchors)
            for match in rule.pattern.finditer(page.low):
                start = match.start()
                if (start and page.low[start - 1].isalnum()) or not page.low.startswith(heads, start):
                    continue
                fact = rule.make(page, match)
                if fact is not None:
                    yield rule, fact


def facts_at(page: Text, openings: Iterable[Opening]) -> list[tuple[Rule, Any]]:
    """Every (rule, fact) of the rules that do begin where they may."""
    low = page.low
    facts: list[tuple[Rule, Any]] = []
    for rule, start in openings:
        match = rule.pattern.match(low, start)
        if match is not None:
            fact = rule.make(page, match)
            if fact is not None:
                facts.append((rule, fact))
    return facts
