"""Documents of an organisation → lines of a list, each with how far its proposals are handled. For Today and Read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nhiemky.desk.genres import genre_name
from nhiemky.register import selectors


@dataclass(frozen=True)
class DocumentLine:
    pk: int
    title: str
    source_name: str
    genre: str
    added_at: datetime
    added_by: str
    handled: int
    total: int
    questions: int

    @property
    def left(self) -> int:
        return self.total - self.handled


def document_lines(organisation: Any) -> list[DocumentLine]:
    """Those with something left to decide first, then the newest."""
    held: list[Any] = list(selectors.documents(organisation))
    lines = [
        DocumentLine(
            one.pk, one.title, one.source_name, genre_name(one), one.added_at, one.added_by, one.handled, one.total,
            one.open_questions,
        )
        for one in held
    ]  # fmt: skip
    return sorted(lines, key=lambda line: not line.left)
