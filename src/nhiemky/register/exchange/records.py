"""What an import says before and after it is done: faults with their place, a line a row, the preview of a file."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange.keys import Keys
from nhiemky.values.kinds import Kind

_TOLD = 8  # faults told in one message; the rest are counted


class Change(Kind):
    NEW = "new", "mới", "new"
    CHANGED = "changed", "đổi", "changed"
    EMPTIED = "emptied", "bỏ", "taken out"
    SAME = "same", "không đổi", "unchanged"
    ERROR = "error", "lỗi", "error"


WRITTEN = (Change.NEW, Change.CHANGED, Change.EMPTIED)


@dataclass(frozen=True)
class Place:
    """Where something stands in a file: a sheet's cell, or the line of a text and its column."""

    file: str
    sheet: str = ""
    row: int = 0
    cell: str = ""
    item: bool = False  # of a list that is not written a line each: `row` counts its items

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}, {self.sheet}!{self.cell or self.row}"
        if not self.row:
            return self.file
        line = (_("mục %s") if self.item else _("dòng %s")) % self.row
        return f"{self.file}, {line}" + (f", {self.cell}" if self.cell else "")


@dataclass(frozen=True)
class Fault:
    """What was found, what was expected, what to do."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class FileRefused(ServiceError):
    """A file of which nothing can be taken in; `faults` has each with its cell, the message the first of them."""

    def __init__(self, faults: "tuple[Fault, ...] | list[Fault]", more: int = 0) -> None:
        self.faults = tuple(faults)
        rest = more + max(0, len(self.faults) - _TOLD)
        told = " ".join(str(fault) for fault in self.faults[:_TOLD])
        super().__init__("file", told + (_(" … và %s lỗi nữa.") % rest if rest else ""))


def refused(file: str, message: str) -> FileRefused:
    return FileRefused((Fault(Place(file), message),))


@dataclass(frozen=True)
class Row:
    """A row of a file: its cells by column as they were typed (text, Decimal, date, None), and where each stands."""

    place: Place
    said: Mapping[str, Any]
    cells: Mapping[str, str]

    def at(self, column: str) -> Place:
        cell = self.cells.get(column) or next(iter(self.cells.values()), "")
        return replace(self.place, cell=cell)


@dataclass(frozen=True)
class Filled:
    """A file as read: the keys that its template carried, its rows, the faults seen without asking the register."""

    file: str
    sha256: str
    keys: Keys
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """What becomes of one row. `before` and `after` are as people read them; an error says why in `message`."""

    place: Place
    name: str
    change: Change
    before: str = ""
    after: str = ""
    target: int | None = None
    message: str = ""
    warnings: tuple[str, ...] = ()


class Told:
    """What a file would do, line by line; the lines are the preview's own."""

    lines: tuple[Line, ...]

    @property
    def errors(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.change is Change.ERROR)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.change for line in self.lines)
        return {str(change): found[change] for change in Change if found[change]}

    @property
    def empty(self) -> bool:
        """Nothing new: whoever takes the file in again changes nothing."""
        return not any(line.change in WRITTEN for line in self.lines)


@dataclass(frozen=True)
class Preview(Told):
    """What taking a file in would do to the register as it is; `seen` is what it was held against."""

    filled: Filled
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    seen: tuple[Any, ...] = ()
    entries: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)  # by target, or by row where it is new


class Stale(ServiceError):
    """The register is no longer what the preview was held against; `preview` shows the file against what it is now."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        words = _("%s: sổ đã thay đổi từ khi xem trước; chưa ghi gì. Hãy xem lại bản xem trước mới rồi nhập.")
        super().__init__("file", words % preview.filled.file)


def refuse_errors(preview: Preview) -> None:
    """All or nothing: with one error none of it is written."""
    if preview.errors:
        raise FileRefused([Fault(line.place, line.message) for line in preview.errors])
