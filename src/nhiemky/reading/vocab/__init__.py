"""Words as data: tables beside this file, each with its source, and the patterns built from them.

A word stands in one table only. `alternatives` makes the pattern part that grammars use: no word is typed twice.
"""

import csv
import re
from functools import cache
from importlib import resources

from nhiemky.reading.text import canon


class VocabularyError(ValueError):
    """A table that cannot be used: says file, line and what is wrong."""


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `name.tsv`: tab-separated with a head line, `#` lines left out. Words come canonical (see `canon`)."""
    text = (resources.files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    reader = csv.reader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    head, *body = list(reader)
    rows: list[dict[str, str]] = []
    for (number, _), cells in zip(lines[1:], body, strict=True):
        if len(cells) != len(head):
            raise VocabularyError(f"{name}.tsv line {number}: {len(cells)} cells found, {len(head)} expected ({head})")
        row = dict(zip(head, cells, strict=True))
        row["word"] = canon(row["word"])
        rows.append(row)
    words = [row["word"] for row in rows]
    twice = {w for w in words if words.count(w) > 1}
    if twice:
        raise VocabularyError(f"{name}.tsv: twice in the table: {sorted(twice)}")
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
    """A pattern part that matches any of the words, the longest first; a space in a word matches any run of spaces."""
    ordered = sorted(set(listed), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered) + ")"


def pattern(source: str, **tables: tuple[str, ...]) -> re.Pattern[str]:
    """Compile `source` for canonical text; `{name}` is replaced by the alternatives of `tables[name]`."""
    for name, listed in tables.items():
        source = source.replace("{" + name + "}", alternatives(tuple(canon(w) for w in listed)))
    return re.compile(source)
