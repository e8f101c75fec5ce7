"""A file's text with its reading → a document of the register; its error → a sentence. For uploads and jobs."""

from pathlib import Path
from typing import Any

from nhiemky.reading.facts import Reading
from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.selectors import Organisation
from nhiemky.sources import Loaded
from nhiemky.values.language import capital


def enter(organisation: Organisation, loaded: Loaded, name: str, reading: Reading, actor: Actor) -> Any:
    return services.add_document(organisation, name, loaded.text, loaded.sha256, reading, actor, source=loaded)


def in_words(error: Exception, path: Path) -> str:
    """An error of a source or of the register without the file's name before it."""
    return capital(str(error).removeprefix(f"{path.name}: "))
