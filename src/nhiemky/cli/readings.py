"""Readings for people: a table of facts, or each fact with the rule that made it, its words and its reason."""

from typing import Any

import msgspec
from rich.table import Table
from rich.text import Text

from nhiemky.cli.say import out
from nhiemky.reading.facts import Reading
from nhiemky.reading.read import WHY
from nhiemky.sources import Loaded
from nhiemky.values.figures import figure, iso_day
from nhiemky.values.kinds import Direction, Genre, Kind, Level, Qualifier, RatingLevel, WarningCode
from nhiemky.values.period import Period

LISTS = {
    "targets": "Chỉ tiêu", "results": "Kết quả", "scoreboards": "Tổng hợp chỉ tiêu", "citations": "Văn bản dẫn",
    "congresses": "Đại hội", "people": "Người phát biểu, chủ trì", "tasks": "Nhiệm vụ", "ratings": "Xếp loại",
    "commendations": "Khen thưởng", "milestones": "Ngày kỷ niệm", "warnings": "Cần hỏi lại",
}  # fmt: skip
FIELDS = {
    "achieved": "đạt", "ask": "hỏi", "baseline": "gốc", "breakthroughs": "khâu đột phá", "by": "hạn", "code": "loại",
    "count": "số lượng", "date": "ngày", "direction": "hướng", "early": "sớm hạn", "exceeded": "vượt",
    "expected": "dự kiến đạt", "from": "từ", "high": "đến", "indicator": "chỉ số", "issuer": "nơi ban hành",
    "kind": "loại văn bản", "level": "mức", "low": "mức cần đạt", "message": "nội dung", "name": "họ tên",
    "number": "số", "ordinal": "lần thứ", "organisation": "tổ chức", "per": "mỗi", "period": "kỳ",
    "planned": "kế hoạch", "qualifier": "mức độ", "ratio": "so kế hoạch (%)", "reason": "lý do",
    "recipients": "đối tượng", "roles": "chức danh", "subject": "về việc", "tasks": "nhiệm vụ", "term": "nhiệm kỳ",
    "text": "việc", "to": "đến", "total": "tổng số", "unit": "đơn vị", "value": "số liệu", "year": "năm",
    "years": "số năm",
}  # fmt: skip
_CODED = ("direction", "qualifier", "per", "level", "code")
_KINDS: tuple[type[Kind], ...] = (Direction, Qualifier, Level, RatingLevel, WarningCode)
WORDS = {"year": "năm"} | {str(one): one.label for kind in _KINDS for one in kind}
_OWN = ("span", "confidence", "rule")


def head(reading: Reading) -> str:
    """One line about the page itself."""
    event, host = reading.event, reading.host
    said = [
        Genre(reading.genre).label,
        host.unit or "chưa rõ nơi",
        iso_day(event.date) if event.date else "chưa rõ ngày",
    ]
    said.append(f"nhiệm kỳ {reading.term}" if reading.term else "")
    return " · ".join(part for part in said if part)


def tabled(reading: Reading, loaded: Loaded) -> None:
    out.print(Text(reading.source, style="bold"))
    out.print(head(reading), markup=False)
    for name, label in LISTS.items():
        facts = getattr(reading, name)
        if not facts:
            continue
        table = Table(
            title=f"{label} ({len(facts)})", title_justify="left", title_style="bold", box=None, pad_edge=False
        )
        table.add_column("điều đọc được", overflow="fold", ratio=3)
        table.add_column("câu chữ", overflow="fold", style="dim", ratio=2)
        for fact in facts:
            words, place = _quoted(loaded, fact)
            table.add_row(Text(said(fact)), Text(f"{words[:160]}{place}"))  # a page's [brackets] are no markup
        out.print(table)
    out.print()


def explained(reading: Reading, loaded: Loaded) -> None:
    out.print(Text(reading.source, style="bold"))
    out.print(head(reading), markup=False)
    for name, label in LISTS.items():
        for fact in getattr(reading, name):
            words, place = _quoted(loaded, fact)
            out.print(f"\n{label}: {said(fact)}", markup=False, style="bold")
            out.print(f"  [{fact.span[0]}:{fact.span[1]}] “{words}”{place}", markup=False)
            out.print(f"  {fact.rule} · tin cậy {fact.confidence:.2f} · {WHY[fact.rule]}", markup=False, style="dim")
    out.print()


def _quoted(loaded: Loaded, fact: Any) -> tuple[str, str]:
    """The words that say a fact and, where the file has pages, paragraphs or cells, the place they stand at."""
    start, end = fact.span
    place = loaded.places.of(start, end)
    return " ".join(loaded.text[start:end].split()), f" · {place.label}" if place is not None and place.label else ""


def whys(reading: Reading) -> dict[str, str]:
    """Rule id → its reason, of the rules behind a reading's facts."""
    return {fact.rule: WHY[fact.rule] for name in LISTS for fact in getattr(reading, name)}


def said(fact: Any) -> str:
    """A fact's fields in a line, the unknown ones left out."""
    values = msgspec.to_builtins(fact)
    return "; ".join(
        f"{FIELDS[k]}: {_plain(k, v)}" for k, v in values.items() if k not in _OWN and v not in (None, (), [])
    )


def _plain(field: str, value: Any) -> str:
    if field in _CODED:
        return WORDS[value]
    if field in ("date", "from", "to", "by"):
        return iso_day(value)
    if field == "period":
        return Period.parse(value).label
    if isinstance(value, float):
        return figure(value)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
