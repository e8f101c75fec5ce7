"""Real pages and others' test vectors, where a `shared/` folder lies beside the project; skipped elsewhere."""

import json
from typing import Any

import pytest
from benchmarks.scores import SETS, SHARED, scores

from nhiemky.reading.quantities import scan
from nhiemky.reading.text import normalise, open_page

VECTORS = SHARED.parent / "vectors" / "duckling_vi.json"
needs_pages = pytest.mark.skipif(
    not (SHARED / "score.py").exists(), reason="no shared/reading/ with real pages and their gold beside the project"
)
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="no shared/vectors/duckling_vi.json beside the project")
# 29 of 39 when written; the rest are a sign at the start of a text, `k` for thousand, `chục`, `,77` and `năm ngàn`
FLOOR = 28


@needs_pages
def test_five_real_pages_are_read() -> None:
    found = scores(*SETS["five pages"])
    assert found["all facts"] >= 0.97, found
    assert found["fields"] >= 0.95, found


@needs_pages
def test_eight_articles_are_read() -> None:
    found = scores(*SETS["eight articles"])
    assert found["all facts"] >= 0.88, found


def told() -> list[tuple[str, list[float]]]:
    """Numerals (before something counted) and amounts of đồng of duckling's corpus: a text and its value or bounds."""
    examples: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))["examples"]
    numerals = [
        (f"{one['text']} hộ", [float(one["expected"]["value"])]) for one in examples if one["dimension"] == "Numeral"
    ]
    money = [
        (one["text"], [float(want[key]) for key in ("value", "from", "to") if key in want])
        for one in examples
        if one["dimension"] == "AmountOfMoney" and (want := one["expected"])["currency"] == "VND"
    ]
    return numerals + money


def read_as(text: str) -> list[float]:
    amounts = [number for number in scan(open_page(normalise(text))) if number.kind == "amount"]
    return [value for number in amounts for value in (number.value, number.high) if value is not None]


@needs_vectors
def test_numerals_and_amounts_of_another_corpus() -> None:
    wrong = [(text, values, read_as(text)) for text, values in told() if read_as(text) != values]
    assert len(told()) - len(wrong) >= FLOOR, wrong
