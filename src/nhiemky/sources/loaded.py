"""What every source gives: a file's text in NFC with the map back into the file, its tables, and what was noticed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from nhiemky.values.places import Places
from nhiemky.values.tables import Table

Kind = Literal["text", "html", "docx", "pdf", "scan", "xlsx", "xls"]


Stage = Literal["pages", "recognition"]
Progress = Callable[[Stage, int, int], None]  # the stage, how many of its pages are done, how many there are


def unheard(stage: Stage, done: int, total: int) -> None:
    """Progress that nobody asked for."""


class Stopped(Exception):
    """Raised by a `Progress` to end the reading of a file; it goes through to whoever called `load`."""


class SourceError(Exception):
    """Why a file cannot be read: names the file, what was found, what was expected, what to do."""


@dataclass(frozen=True)
class Drawn:
    """A source's yield before it is checked: `text` is NFC; the offsets of all else point into it."""

    text: str
    places: Places = field(default_factory=Places)
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()  # what a person should know: letters converted, pages hard to read, sheets left out


@dataclass(frozen=True)
class Loaded:
    """A file's text in NFC; `sha256` is the digest of that text in UTF-8, as in a reading."""

    text: str
    name: str
    sha256: str
    kind: Kind
    places: Places = field(default_factory=Places)
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
