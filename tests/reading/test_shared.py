"""Real pages and others' test vectors, where a `shared/` folder lies beside the project; skipped elsewhere."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from benchmarks.scores import SETS, SHARED, scores

from nhiemky.reading.quantities import iso_date, periods, scan
from nhiemky.reading.read import ENGINE
from nhiemky.reading.text import Page, normalise

VECTORS = SHARED.parent / "vectors" / "duckling_vi.json"
needs_pages = pytest.mark.skipif(
    not (SHARED / "score.py").exists(), reason="no shared/reading/ with real pages and their gold beside the project"
)
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="no shared/vectors/duckling_vi.json beside the project")
# the day that the vectors are told from
SAID_ON = date(2017, 2, 2)
GROUPS = {"Numeral": "numerals", "day": "dates", "month": "months", "quarter": "quarters", "year": "years"}
FLOORS = {"numerals": 0.95, "đồng": 0.95, "dates": 0.90, "months": 0.90, "quarters": 0.90, "years": 0.90}
Example = dict[str, Any]


@needs_pages
def test_five_real_pages_are_read() -> None:
    found = scores(*SETS["five pages"])
    assert found["all facts"] >= 0.97, found
    assert found["fields"] >= 0.95, found


@needs_pages
def test_eight_articles_are_read() -> None:
    found = scores(*SETS["eight articles"])
    assert found["all facts"] >= 0.88, found


def group(example: Example) -> str:
    """What an example is of; `left out` by this rule: hours and weeks, and days that no day of a month names (feasts,
    weekdays, seasons, `hôm nay`), which nobody writes in a report; amounts of other money and ordinals are of no group.
    """
    dimension, want = example["dimension"], example["expected"]
    if dimension == "AmountOfMoney":
        return "đồng" if want["currency"] == "VND" else "no group"
    if dimension != "Time":
        return GROUPS.get(dimension, "no group")
    named = "tháng" in example["text"] or re.search(r"\d/\d", example["text"])
    return "left out" if want["grain"] == "day" and not named else GROUPS.get(want["grain"], "left out")


def wanted(kind: str, want: dict[str, Any]) -> list[Any]:
    """The values of an example; several months or years together are no period that a report is of."""
    if kind in ("numerals", "đồng"):
        return [float(want[key]) for key in ("value", "from", "to") if key in want]
    if kind == "dates":
        return [want["value"][:10]]
    first = date.fromisoformat((want.get("value") or want["from"])[:10])
    last = date.fromisoformat(want["to"][:10]) - timedelta(days=1) if "to" in want else first
    told = {period(kind, day) for day in (first, last)}
    return list(told) if len(told) == 1 else []


def period(kind: str, day: date) -> str:
    part = {"months": f"-M{day.month:02}", "quarters": f"-Q{(day.month + 2) // 3}", "years": ""}
    return f"{day.year}{part[kind]}"


def read_as(kind: str, text: str) -> list[Any]:
    page = Page(normalise(f"{text} hộ" if kind == "numerals" else text))  # a numeral is read before something counted
    page.said_on = SAID_ON
    numbers = scan(page)
    if kind in ("numerals", "đồng"):
        amounts = [number for number in numbers if number.kind == "amount"]
        return [value for number in amounts for value in (number.value, number.high) if value is not None]
    if kind == "dates":
        days = [(number, divmod(int(number.value or 0), 100)) for number in numbers]
        return [
            number.iso if number.kind == "date" else iso_date(SAID_ON.year, *day)
            for number, day in days
            if number.kind in ("date", "day_month")
        ]
    return [said.period for said in periods(page, SAID_ON.year, ENGINE.words(page)[1].get("relative", ()))]


@needs_vectors
@pytest.mark.parametrize("kind", FLOORS)
def test_values_of_another_corpus(kind: str) -> None:
    told = [one for one in examples() if group(one) == kind]
    wrong = [
        (one["text"], want, got)
        for one in told
        if (got := read_as(kind, one["text"])) != (want := wanted(kind, one["expected"]))
    ]
    assert told
    assert 1 - len(wrong) / len(told) >= FLOORS[kind], wrong


@needs_vectors
def test_what_is_left_out_of_another_corpus_is_little_and_known() -> None:
    groups = Counter(group(one) for one in examples())
    assert groups == {
        "numerals": 27, "đồng": 12, "dates": 16, "months": 6, "quarters": 7, "years": 6, "left out": 20, "no group": 24,
    }  # fmt: skip


def examples() -> list[Example]:
    found: list[Example] = json.loads(VECTORS.read_text(encoding="utf-8"))["examples"]
    return found
