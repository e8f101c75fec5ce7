"""What a figure of a paper may say: from its `ref` back into the raw pack, by ways of its own. Used by the tests."""

import re
from collections import Counter
from decimal import Decimal
from typing import Any

from nhiemky.report.paper import Figure

_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+(?:,\d+)?")
_SIZES = (1, 10**6, 10**9)  # money may be written in triệu or tỷ
_DATE = re.compile(r"\d{2}/\d{2}/\d{4}")


def numbers(text: str) -> list[Decimal]:
    """Numbers as written in Vietnamese, in order: `19,2–20` → 19.2, 20."""
    return [Decimal(found.replace(".", "").replace(",", ".")) for found in _NUMBER.findall(text)]


def holds(pack: dict[str, Any], figure: Figure) -> bool:
    """Whether the figure's number, date or period is the one of the record that its ref names."""
    kind, _, rest = figure.ref.partition(":")
    if figure.ref == "outline":
        return figure.source is None and re.fullmatch(r"(Phụ lục )?\d+\.?", figure.text) is not None
    if figure.ref.startswith(("pack.", "count")):
        return _of_pack(pack, figure)
    key, _, name = rest.partition(".")
    if kind == "correction":
        return _of_correction(pack["corrections"][int(key)], name, figure.text)
    if kind == "rule":
        rule, version = rest.removesuffix(".version").rsplit("/", 1)
        held = {(row["verdict"]["rule"], row["verdict"]["version"]) for row in pack["rows"]}
        return (rule, int(figure.text)) in held and version == figure.text
    if kind == "question" or (kind == "proposal" and not name):
        return figure.text == f"[{figure.source}]"
    return _of_record(_record(pack, kind, key), name, figure.text)


def _of_pack(pack: dict[str, Any], figure: Figure) -> bool:
    if figure.ref == "pack.term":
        return figure.text == str(pack["term"])
    if figure.ref == "pack.as_of":
        return figure.text in (_day(pack["as_of"]), pack["as_of"][:4])
    if figure.ref == "pack.pending":
        return bool(int(figure.text) == pack["pending"])
    scope, _, status = figure.ref.removeprefix("count").partition(".")
    fields = list(dict.fromkeys(row["target"]["field"] for row in pack["rows"]))
    rows = [row for row in pack["rows"] if not scope or row["target"]["field"] == fields[int(scope[1:]) - 1]]
    counts = Counter(row["verdict"]["status"] for row in rows)
    counts.update(f"standing.{row['verdict']['standing']}" for row in rows if row["verdict"].get("standing"))
    out = ("adjusted", "dropped")
    changed = [row for row in rows if row["target"].get("state") in out or row["verdict"]["status"] in out]
    return int(figure.text) == {"total": len(rows), "changed": len(changed)}.get(status, counts[status])


def _of_correction(record: dict[str, Any], name: str, text: str) -> bool:
    """Which of the two records, and what of it."""
    which, _, field = name.partition(".")
    if name in ("when", "told_on"):
        return text == _day(record[name][:10])
    return _of_record(record[which], field, text) if field else _of_record(record, name, text)


def _record(pack: dict[str, Any], kind: str, key: str) -> dict[str, Any]:
    if kind == "result":
        return next(item for row in pack["rows"] for item in row["results"] if str(item["id"]) == key)
    if kind in ("target", "verdict"):
        row = next(row for row in pack["rows"] if str(row["target"]["id"]) == key)
        return dict(row[kind])
    if kind == "proposal":
        facts = [fact for held in pack["confirmed"].values() for fact in held]
        return next(dict(fact) for fact in facts if str(fact["proposal"]) == key)
    held = pack["sources"] if kind == "source" else pack["documents"]
    return next(dict(item) for item in held if str(item["id"]) == key)


def _of_record(record: dict[str, Any], name: str, text: str) -> bool:
    if name == "first.deadline":
        return text == _day(record["first"]["deadline"])
    if name in ("goal", "first"):
        goal = record["first"] if name == "first" else record
        held = [Decimal(str(goal[key])) for key in ("low", "high") if goal[key] is not None]
        bounds = [bound / size for bound in held for size in _SIZES]
        return all(number in bounds for number in numbers(text))
    if name == "forecast.range":
        low, high = numbers(text.replace("–", " "))
        bounds = [Decimal(str(record["forecast"][key])) for key in ("low", "high")]
        return any(_near(low, bounds[0] / size) and _near(high, bounds[1] / size) for size in _SIZES)
    if name == "period":
        return text.endswith(record["period"][:4]) or not re.search(r"\d{4}", text)
    other = {"low": "high", "high": "low"}.get(name)
    value = record["forecast"]["mid"] if name == "forecast.mid" else record[name]
    value = record[other] if value is None and other else value
    if _DATE.fullmatch(text):
        return text == _day(value)
    value = Decimal(str(value)) * (100 if name == "share" else 1)
    value = abs(value) if name == "pace_from_today" else value  # said as a rise or a fall
    exact = name not in ("share", "value", "forecast.mid", "pace_from_today") or "status" not in record
    return any(numbers(text)[0] == value / size if exact else _near(numbers(text)[0], value / size) for size in _SIZES)


def _near(shown: Decimal, value: Decimal) -> bool:
    """Rounded, but to no less than its own last digit."""
    digit = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    return abs(shown - value) <= digit


def _day(text: str) -> str:
    return "/".join(reversed(text.split("-")))
