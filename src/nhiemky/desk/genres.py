"""What a document is, in words: the genre a reading gives → its name."""

from typing import Any

from nhiemky.ui.statuses import name
from nhiemky.values.kinds import DocumentKind, Genre


def genre_name(document: Any) -> str:
    """What the reading says it is; for a text kept without a reading, the kind it was filed as."""
    genre = (document.reading or {}).get("genre")
    if genre in tuple(Genre) and genre != Genre.OTHER:
        return name(Genre(genre))
    return name(DocumentKind(document.kind))
