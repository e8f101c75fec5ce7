"""Reads a million generated texts and counts what must never happen: an error, a span outside the text, other bytes.

    python -m benchmarks.robust [--texts 1000000] [--seed 1]

Texts are pieces of pages and phrases of the corpus, cut, doubled, swapped and mixed with words of the vocabulary,
figures and stray characters. What is found is printed with the text, ready to become a phrase of the corpus.
"""

import argparse
import random
import time
from collections import Counter

import msgspec
from tests.reading.test_engine import found
from tests.reading.test_robust import GLUE, LISTS, NUMBERS, PAGES, PHRASES, spans_of, vocabulary

from nhiemky.reading.read import ENGINE, read
from nhiemky.reading.text import normalise, open_page

LONGEST = 700  # characters of one text
_ENCODE = msgspec.json.Encoder().encode


def text_of(dice: random.Random) -> str:
    """One generated text."""
    text = _piece(dice)
    for _ in range(dice.randrange(5)):
        text = _changed(dice, text)
    return text[:LONGEST]


def _piece(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.45:
        return str(dice.choice(PHRASES))
    if kind < 0.7:
        page: str = dice.choice(PAGES)
        start = dice.randrange(len(page))
        return page[start : start + dice.randrange(20, 500)]
    return "".join(_token(dice) + dice.choice((" ", " ", " ", "", "\n")) for _ in range(dice.randrange(1, 30)))


def _token(dice: random.Random) -> str:
    token = dice.choice(
        (dice.choice(NUMBERS), dice.choice(GLUE), dice.choice(vocabulary()), str(dice.randrange(10**6)))
    )
    return dice.choice((token, token, token.capitalize(), token.upper()))


def _changed(dice: random.Random, text: str) -> str:
    one, other = sorted(dice.randrange(len(text) + 1) for _ in range(2))
    other = min(other, one + 60)
    return dice.choice((
        text[:one] + text[other:],
        text[:other] + text[one:],
        text[:one] + _token(dice) + text[one:],
        text[:one] + _piece(dice) + text[other:],
        text[:one] + chr(dice.choice((dice.randrange(32, 0x250), dice.randrange(0x1EA0, 0x1F00), 0xD83D))) + text[one:],
        text[:one] + text[one:other].upper() + text[other:],
    ))  # fmt: skip


def fault_of(text: str, *, thorough: bool) -> str | None:
    """What is wrong with the reading of a text; `thorough` also reads it again and without anchors."""
    try:
        reading = read(text)
        written = _ENCODE(reading)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    length = reading.text_length
    outside = [name for name, (start, end) in spans_of(reading) if not 0 <= start < end <= length]
    if outside:
        return f"spans outside the text: {outside}"
    if not thorough:
        return None
    if _ENCODE(read(text)) != written:
        return "read again, other bytes"
    normal = normalise(text).encode(errors="replace").decode()
    lost = found(ENGINE.run_plainly(open_page(normal))) - found(ENGINE.run(open_page(normal))[0])
    return f"lost by anchors: {lost}" if lost else None


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--texts", type=int, default=1_000_000)
    args.add_argument("--seed", type=int, default=1)
    asked = args.parse_args()
    dice, facts, characters, faults = random.Random(asked.seed), Counter[str](), 0, 0
    began = time.process_time()
    for number in range(asked.texts):
        text = text_of(dice)
        fault = fault_of(text, thorough=number % 50 == 0)
        characters += len(text)
        if fault is not None:
            faults += 1
            print(f"{fault}\n    {text!r}", flush=True)
        elif number % 10 == 0:
            reading = read(text)
            facts.update({name: len(getattr(reading, name)) for name in LISTS})
    told = ", ".join(f"{name} {count}" for name, count in sorted(facts.items()))
    took = time.process_time() - began
    print(f"{asked.texts} texts, {characters / 1e6:.1f} million characters, {took:.0f} s: {faults} faults")
    print(f"facts in every tenth: {told}")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
