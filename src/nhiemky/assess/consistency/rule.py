"""What a rule of consistency is: a record like any other, gathered by check.py."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nhiemky.assess.consistency.facts import Said, Severity
from nhiemky.assess.consistency.ledger import Ledger


@dataclass(frozen=True)
class Rule:
    """`find` gives what does not fit; `why` is a sentence with an example, shown beside the rule's name."""

    id: str
    version: int
    severity: Severity
    vi: str
    en: str
    why: str
    find: Callable[[Ledger], Iterable[Said]]
