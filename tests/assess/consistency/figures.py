"""Figures written shortly, as the tests of consistency need them: name, value, and what differs from a plain one."""

from datetime import date
from typing import Any

from nhiemky.assess.consistency import Figure, Finding, check
from nhiemky.values.period import Period

TODAY = date(2026, 11, 23)


def fig(name: str, value: float, unit: str = "hộ", period: str = "2022", **more: Any) -> Figure:
    told: dict[str, Any] = {"indicator": name, "body": "an-binh", "body_name": "Phường An Bình", "document": "bc-2022"}
    told |= {"document_name": f"Báo cáo {told['document']}", **more}
    return Figure(period=Period.parse(period), value=value, unit=unit, name=name, **told)


def found(rule: str, *figures: Figure, **more: Any) -> list[Finding]:
    return [one for one in check(figures, more.pop("today", TODAY), **more) if one.rule == rule]
