"""Readings for people: a table of facts, or each fact with the rule that made it, its words and its reason."""

from typing import Any

import msgspec
from rich.table import Table

from nhiemky.cli.say import out
from nhiemky.reading.facts import Reading
from nhiemky.reading.read import WHY

LISTS = {
    "targets": "Chỉ tiêu", "results": "Kết quả", "scoreboards": "Tổng hợp chỉ tiêu", "citations": "Văn bản dẫn",
    "congresses": "Đại hội", "people": "Người phát biểu, chủ trì", "tasks": "Nhiệm vụ", "ratings": "Xếp loại",
    "commendations": "Khen thưởng", "milestones": "Ngày kỷ niệm", "warnings": "Cần hỏi lại",
}  # fmt: skip
_OWN = ("span", "confidence", "rule")


def head(reading: Reading) -> str:
    """One line about the page itself."""
    event, host = reading.event, reading.host
    said = [reading.genre, host.unit or "?", event.date or "?", f"nhiệm kỳ {reading.term}" if reading.term else ""]
    return " · ".join(part for part in said if part)


def tabled(reading: Reading, text: str) -> None:
    out.rule(f"[bold]{reading.source}", align="left")
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
            table.add_row(said(fact), " ".join(text[fact.span[0] : fact.span[1]].split())[:160])
        out.print(table)
    out.print()


def explained(reading: Reading, text: str) -> None:
    out.rule(f"[bold]{reading.source}", align="left")
    out.print(head(reading), markup=False)
    for name, label in LISTS.items():
        for fact in getattr(reading, name):
            start, end = fact.span
            out.print(f"\n{label}: {said(fact)}", markup=False, style="bold")
            out.print(f"  [{start}:{end}] “{' '.join(text[start:end].split())}”", markup=False)
            out.print(f"  {fact.rule} · tin cậy {fact.confidence:.2f} · {WHY[fact.rule]}", markup=False, style="dim")
    out.print()


def said(fact: Any) -> str:
    """A fact's fields in a line, the unknown ones left out."""
    values = msgspec.to_builtins(fact)
    return "; ".join(f"{k}: {_plain(v)}" for k, v in values.items() if k not in _OWN and v not in (None, (), []))


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.10g}" if abs(value) < 1e6 else f"{value:,.0f}".replace(",", ".")
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
