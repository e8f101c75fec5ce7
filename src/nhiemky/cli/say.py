"""What commands print: steps and tables on stdout, each error as one line on stderr."""

import sys
from pathlib import Path

from rich.console import Console

out = Console(highlight=False, soft_wrap=True)


def fail(message: str, where: str = "") -> None:
    """One line on stderr: the file (or part) it is about, what was found, what to do."""
    said = " ".join(message.split())
    print(f"nhiemky: {where}: {said}" if where else f"nhiemky: {said}", file=sys.stderr, flush=True)


def note(message: str, where: str) -> None:
    """One line on stderr that a person should know and no error."""
    print(f"nhiemky: {where}: {message}", file=sys.stderr, flush=True)


def step(message: str) -> None:
    """A line of progress, seen at once."""
    print(message, flush=True)


def write_file(path: Path, content: bytes) -> None:
    """The whole file or none: written beside its place, then moved there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
