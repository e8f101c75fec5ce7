"""Wordings in Vietnamese and in English: which of them a language code asks for, and errors that have both.

Called by register and ui with the reader's code; what is not English gets Vietnamese.
"""

from typing import Protocol


class Named(Protocol):
    """What has a name for people: kinds, periods, units."""

    @property
    def label(self) -> str: ...

    @property
    def english(self) -> str: ...


def is_english(code: str | None) -> bool:
    """`en`, `en-gb`."""
    return (code or "").startswith("en")


def name_in(code: str | None, of: Named) -> str:
    return of.english if is_english(code) else of.label


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


class Unreadable(ValueError):
    """What was typed and what is expected: `vi`, which is also the error's text, and `en`."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi, self.en = vi, en

    def sentence(self, code: str | None) -> str:
        """In that language, with a capital and a full stop."""
        said = self.en if is_english(code) else self.vi
        return f"{capital(said)}."
