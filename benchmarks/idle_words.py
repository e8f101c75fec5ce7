"""Takes each line out of the vocabulary in turn and names those whose loss no phrase of the corpus notices.

    python -m benchmarks.idle_words [TABLE …]

Patterns are built while modules are imported, so each line is tried in a fork of this process, which has imported none
of the grammars, on the phrases that hold the word. A line takes about a third of a second.
"""

import argparse
import functools
import os
import re
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from nhiemky.reading import vocab
from nhiemky.reading.text import canon

CORPUS = Path(__file__).parent.parent / "tests" / "reading" / "corpus"
Case = dict[str, Any]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tables = sorted(file.name[:-4] for file in resources.files(vocab).iterdir() if file.name.endswith(".tsv"))
    ask.add_argument("tables", nargs="*", default=tables, metavar="TABLE")
    phrases = [(case, " ".join(canon(case["text"]).split())) for case in _cases()]
    for name in ask.parse_args().tables:
        words = vocab.words(name)
        held = {word: [case for case, text in phrases if _whole(word).search(text)] for word in words}
        idle = [word for word in words if held[word] and not _is_missed(name, word, held[word])]
        print(
            f"{name}: {len(words)} lines, {sum(map(bool, held.values()))} held by phrases, {len(idle)} idle", flush=True
        )
        for word in idle:
            print(f"    {word} ({len(held[word])} phrases)")


def _cases() -> list[Case]:
    return [case for file in sorted(CORPUS.glob("*.yaml")) for case in yaml.safe_load(file.read_text("utf-8"))]


def _whole(word: str) -> re.Pattern[str]:
    first, last = (r"(?<![^\W_])" if word[0].isalnum() else "", r"(?![^\W_])" if word[-1].isalnum() else "")
    return re.compile(f"{first}{re.escape(word)}{last}")


def _is_missed(name: str, word: str, mine: list[Case]) -> bool:
    """Whether some phrase fails without a word, or reading cannot be imported at all."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    try:
        failed = _fails_without(name, word, mine)
    except Exception:  # a table that code looks a word up in by name
        failed = True
    os._exit(failed)


def _fails_without(name: str, word: str, mine: list[Case]) -> bool:
    full = vocab.table
    vocab.table = functools.cache(lambda asked: tuple(r for r in full(asked) if (asked, r["word"]) != (name, word)))
    vocab.words.cache_clear()
    from tests.reading.corpus_check import complaints

    return any(complaints(case) for case in mine)


if __name__ == "__main__":
    main()
