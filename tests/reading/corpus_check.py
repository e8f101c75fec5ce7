"""Holds a reading against a phrase of the corpus (format: corpus/README.md) and says each difference in a line."""

import pathlib
import re
import unicodedata
from datetime import date
from typing import Any

import msgspec
import yaml

from nhiemky.reading.quantities import periods, scan
from nhiemky.reading.read import ENGINE, read
from nhiemky.reading.text import Number, Page, normalise, open_page
from nhiemky.reading.vocab import lookup

CORPUS = pathlib.Path(__file__).parent / "corpus"
Case = dict[str, Any]
_BY_WORDS = {"indicator", "recipients", "organisation", "issuer", "text", "subject", "reason"}


def cases() -> list[tuple[str, Case]]:
    found = []
    for file in sorted(CORPUS.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1):
            found.append((f"{file.stem}:{number}", case))
    return found


def fold(text: str) -> str:
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("%", " phần trăm "))
    return " ".join(re.findall(r"[a-z0-9‰]+", "".join(c for c in text if not unicodedata.combining(c))))


def same(key: str, want: Any, got: Any) -> bool:
    if want is None or got is None:
        return want is None and got is None
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(want - got) <= 1e-9 * max(abs(want), abs(got))
    if key == "roles":
        return {fold(r) for r in want} == {fold(r) for r in got}
    left, right = fold(str(want)), fold(str(got))
    if str(want).startswith("="):  # these words and no other
        return left == right
    if key == "unit":
        return left == right or (bool(left) and bool(right) and (left in right or right in left))
    if key in _BY_WORDS:
        words = set(left.split())
        return len(words & set(right.split())) >= 0.5 * len(words)
    return left == right


def matches(want: Case, got: Case) -> bool:
    return all(same(key, value, got.get(key)) for key, value in want.items())


def complaints(case: Case) -> list[str]:
    """Every difference between what the case expects and what is read."""
    facts = msgspec.to_builtins(read(case["text"]))
    facts.update(values(case["text"], case.get("said_on")))
    said: list[str] = []
    for kind, wanted in (case.get("expect") or {}).items():
        left = list(facts[kind])
        for want in wanted:
            hit = next((g for g in left if matches(want, g)), None)
            if hit is None:
                said.append(f"{kind}: missed {want}; read {[_short(g) for g in facts[kind]]}")
            else:
                left.remove(hit)
        if left and kind not in (case.get("more") or ()):
            said.append(f"{kind}: besides {[_short(g) for g in left]}")
    said += [
        f"{kind}: none expected, read {[_short(g) for g in facts[kind]]}"
        for kind in case.get("none") or ()
        if facts[kind]
    ]
    for path, want in (case.get("page") or {}).items():
        got: Any = facts
        for key in path.split("."):
            got = (got or {}).get(key)
        if not same(path.rsplit(".", 1)[-1], want, got):
            said.append(f"{path}: {want!r} expected, {got!r} read")
    return said


def _short(fact: Case) -> Case:
    return {k: v for k, v in fact.items() if v is not None and k not in ("span", "confidence", "rule")}


def values(text: str, said_on: date | None = None) -> dict[str, list[Case]]:
    """What the quantity readers say, in the corpus's terms; `said_on` is the day a phrase is told from."""
    page = open_page(normalise(text))
    page.said_on = said_on
    numbers = scan(page)
    year = next((int(n.value) for n in numbers if n.kind == "year" and n.value), said_on.year if said_on else None)
    year = next((int(n.iso[:4]) for n in numbers if n.kind == "date" and n.iso), year)
    of: dict[str, list[Number]] = {}
    for number in numbers:
        of.setdefault(number.kind, []).append(number)
    days = [n for n in numbers if n.kind in ("date", "day_month")]
    return {
        "quantities": [_quantity(page, n) for n in of.get("amount", [])],
        "durations": [{"value": n.value, "unit": n.unit} for n in of.get("duration", [])],
        "dates": [{"date": day} for n in days if (day := n.iso or _with_year(n, year))],
        "malformed": [{"text": text[n.start : n.end]} for n in days if n.malformed],
        "clocks": [{"at": n.iso} for n in of.get("clock", [])],
        "terms": [{"term": n.iso} for n in of.get("term", [])],
        "codes": [{"number": text[n.start : n.end]} for n in of.get("code", [])],
        "periods": [{"period": p.period} for p in periods(page, year, ENGINE.words(page)[1].get("relative", ()))],
    }


def _quantity(page: Page, n: Number) -> Case:
    return {
        "value": n.value, "high": n.high, "unit": n.unit, "planned": n.planned,
        "per": "year" if n.per_year else None, "qualifier": _qualifier(page.low[: n.start]),
    }  # fmt: skip


def _with_year(number: Number, year: int | None) -> str | None:
    month, day = divmod(int(number.value or 0), 100)
    return f"{year}-{month:02}-{day:02}" if year and number.kind == "day_month" else None


def _qualifier(before: str) -> str | None:
    """The nearest word of the qualifier table that weighs the figure; `đạt` and its like are passed over."""
    meanings = lookup("qualifiers", "meaning")
    said = before.split()
    while said:
        width = next((w for w in (3, 2, 1) if " ".join(said[-w:]) in meanings), 1)
        meaning = meanings.get(" ".join(said[-width:]))
        if meaning in ("over", "about", "under"):
            return meaning
        if meaning == "at_most":
            return "under"
        if meaning != "plain":
            return None
        del said[-width:]
    return None
