"""Verdict status → its word, tone and icon (one table for pills, summaries and marks); names and sentences in the
reader's language. The words are those of values."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import get_language

from nhiemky.values.kinds import WORST_FIRST, VerdictStatus
from nhiemky.values.language import Named, is_english, name_in


@dataclass(frozen=True)
class Look:
    """How a status is shown: a colour tone never stands without its icon and word."""

    word: str
    tone: str
    icon: str


_LOOKS: dict[VerdictStatus, tuple[str, str]] = {
    VerdictStatus.MISSED: ("bad", "cross"),
    VerdictStatus.AT_RISK: ("risk", "warning"),
    VerdictStatus.UNDECIDABLE: ("none", "question"),
    VerdictStatus.NO_DATA: ("none", "dash"),
    VerdictStatus.NOT_DUE: ("none", "clock"),
    VerdictStatus.ON_TRACK: ("way", "arrow"),
    VerdictStatus.MET: ("good", "check"),
    VerdictStatus.EXCEEDED: ("good", "double"),
    VerdictStatus.ADJUSTED: ("none", "swap"),
    VerdictStatus.DROPPED: ("none", "dash"),
}


def english() -> bool:
    return is_english(get_language())


def name(of: Named) -> str:
    """The name of a kind or a period in the reader's language."""
    return name_in(get_language(), of)


class Spoken(Protocol):
    """A sentence in both languages."""

    @property
    def vi(self) -> str: ...

    @property
    def en(self) -> str: ...


def spoken(text: Spoken) -> str:
    """The sentence in the reader's language."""
    return text.en if english() else text.vi


def look(status: str) -> Look:
    """`look("met")` → word, tone and icon; ValueError for what is no status."""
    found = VerdictStatus(status)
    tone, icon = _LOOKS[found]
    return Look(name(found), tone, icon)


def rank(status: str) -> int:
    """0 for the worst."""
    return WORST_FIRST.index(VerdictStatus(status))
