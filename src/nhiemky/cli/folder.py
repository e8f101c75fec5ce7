"""Many files: which ones a folder stands for, what a run has done before, how far it is, and what came of it."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from nhiemky.cli.choose import Unclear
from nhiemky.cli.readings import LISTS
from nhiemky.reading.facts import Reading
from nhiemky.sources import ENDINGS
from nhiemky.values.figures import figure


def spread(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given; a folder stands for the files in it that can be read, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from _inside(path)
        else:
            yield path


def _inside(folder: Path) -> Iterator[Path]:
    """Walked lazily, so that a crawl of a million pages takes no more memory than one of its folders."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):  # Word leaves `~$name.docx` beside a file that is open
            if not name.startswith((".", "~$")) and os.path.splitext(name)[1].lower() in ENDINGS:
                yield Path(place) / name


class Kept:
    """Readings kept in a file, one JSON a line; what an earlier run has kept there is not read again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done = _sources_in(path)

    def add(self, line: bytes) -> None:
        """Written and closed at once: a run that is stopped loses no reading."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(line + b"\n")


class _Source(msgspec.Struct):
    source: str


def _sources_in(path: Path) -> set[str]:
    """The sources that a file of readings names. A last line cut short by a stop is taken off. Raises `Unclear`."""
    found: set[str] = set()
    if not path.exists():
        return found
    decode, whole = msgspec.json.Decoder(_Source).decode, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            try:
                found.add(decode(line).source)
            except msgspec.DecodeError:
                raise Unclear(
                    f"{path}: dòng {number} không phải một bản đọc (JSON có “source”). Hãy chọn tệp --out khác."
                ) from None
            whole += len(line)
    if whole < path.stat().st_size:
        os.truncate(path, whole)
    return found


class Summary:
    """What came of a run: files read, left out, failed; facts by kind; warnings."""

    def __init__(self) -> None:
        self.read = self.known = self.failed = self.characters = 0
        self.facts: Counter[str] = Counter()

    def add(self, reading: Reading) -> None:
        self.read += 1
        self.characters += reading.text_length
        for name in LISTS:
            self.facts[name] += len(getattr(reading, name))

    def say(self) -> None:
        """On stderr, so that readings on stdout stay readings."""
        told = [f"đọc {figure(self.read)} tệp, {figure(self.characters)} ký tự"]
        if self.known:
            told.append(f"{figure(self.known)} tệp đã đọc lần trước")
        if self.failed:
            told.append(f"{figure(self.failed)} tệp không đọc được")
        found = [f"{LISTS[name].lower()} {figure(self.facts[name])}" for name in LISTS if self.facts[name]]
        print(f"nhiemky: {'; '.join(told)} – {', '.join(found) or 'không thấy điều gì'}.", file=sys.stderr)


class Pace:
    """How far a run is: a bar on a terminal, elsewhere a line every few thousand files, nothing for a single one."""

    EVERY = 5000

    def __init__(self, paths: list[Path], *, quiet: bool) -> None:
        self._count, self._quiet = 0, quiet
        self._bar = Progress(
            TextColumn("Đọc"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=Console(stderr=True), transient=True, disable=quiet or not sys.stderr.isatty(),
        )  # fmt: skip
        # counted first, which takes a second for a hundred thousand
        self._task = self._bar.add_task("", total=None if self._bar.disable else sum(1 for _ in spread(paths)))

    def __enter__(self) -> "Pace":
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def step(self) -> None:
        self._count += 1
        self._bar.advance(self._task)
        if self._bar.disable and not self._quiet and self._count % self.EVERY == 0:
            print(f"nhiemky: đã qua {figure(self._count)} tệp …", file=sys.stderr, flush=True)
