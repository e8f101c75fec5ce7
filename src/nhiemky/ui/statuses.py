"""Verdict status → its word, tone and icon. One table for pills, summaries and marks; the words are those of values."""

from dataclasses import dataclass

from django.utils.translation import get_language

from nhiemky.values.kinds import WORST_FIRST, Kind, VerdictStatus


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
    return (get_language() or "vi").startswith("en")


def name(kind: Kind) -> str:
    """The kind's name in the reader's language."""
    return kind.english if english() else kind.label


def look(status: str) -> Look:
    """`look("met")` → word, tone and icon; ValueError for what is no status."""
    found = VerdictStatus(status)
    tone, icon = _LOOKS[found]
    return Look(name(found), tone, icon)


def rank(status: str) -> int:
    """0 for the worst."""
    return WORST_FIRST.index(VerdictStatus(status))
