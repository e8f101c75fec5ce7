"""Words as data: tables beside this file, each with its source, and the patterns built from them.

A word stands in one table only. `alternatives` makes the pattern part that grammars use: no word is typed twice.
"""

import csv
import re
from functools import cache
from importlib import resources
from typing import TypeAlias

from nhiemky.reading.text import canon

_Letters: TypeAlias = "dict[str, _Letters]"


class VocabularyError(ValueError):
    """A table that cannot be used: says file, line and what is wrong."""


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `name.tsv`: tab-separated with a head line, `#` lines left out. Words come canonical (see `canon`).

    Raises `VocabularyError`.
    """
    text = (resources.files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines or "word" not in lines[0][1].split("\t"):
        raise VocabularyError(f"{name}.tsv: no head line with a column 'word' found; it is expected first")
    head = lines[0][1].split("\t")
    rows: list[dict[str, str]] = []
    met: dict[str, int] = {}
    for number, line in lines[1:]:
        cells = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE))
        if len(cells) != len(head):
            raise VocabularyError(f"{name}.tsv line {number}: {len(cells)} cells found, {len(head)} expected ({head})")
        row = dict(zip(head, cells, strict=True))
        row["word"] = canon(row["word"].strip())
        if not row["word"]:
            raise VocabularyError(f"{name}.tsv line {number}: an empty word; write one or delete the line")
        if row["word"] in met:
            first = met[row["word"]]
            raise VocabularyError(f"{name}.tsv line {number}: {row['word']!r} stands already in line {first}")
        met[row["word"]] = number
        rows.append(row)
    return tuple(rows)


@cache
def words(name: str, **having: str) -> tuple[str, ...]:
    """The words of a table, of the rows whose cells equal `having`."""
    return tuple(r["word"] for r in table(name) if all(r[k] == v for k, v in having.items()))


@cache
def lookup(name: str, column: str) -> dict[str, str]:
    """word → cell of `column`."""
    return {r["word"]: r[column] for r in table(name)}


def alternatives(listed: tuple[str, ...]) -> str:
    """A pattern part that matches any of the words, the longest first.

    Words that begin alike share their letters, so that one met nowhere is given up at its first letter.
    """
    letters: _Letters = {}
    for word in listed:
        branch = letters
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return f"(?:{_shared(letters)})"


def _shared(letters: _Letters) -> str:
    ends = "" in letters
    parts = [re.escape(letter) + _shared(rest) for letter, rest in sorted(letters.items()) if letter]
    if not parts:
        return ""
    if len(parts) == 1 and not ends:
        return parts[0]
    return f"(?:{'|'.join(parts)}){'?' if ends else ''}"


def pattern(source: str, **tables: tuple[str, ...]) -> re.Pattern[str]:
    """Compile `source` for canonical text; `{name}` is replaced by the alternatives of `tables[name]`."""
    for name, listed in tables.items():
        source = source.replace("{" + name + "}", alternatives(tuple(canon(w) for w in listed)))
    return re.compile(source)
