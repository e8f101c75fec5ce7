"""How figures are named, said and rounded in the sentences of findings, in both languages. Used by every rule."""

import re
from math import isclose, log10

from nhiemky.assess.consistency.facts import Figure
from nhiemky.values.figures import decimals, figure, figure_english, with_unit
from nhiemky.values.unit_names import with_unit_english

_QUALIFIED = {"over": ("trên ", "over "), "about": ("khoảng ", "about "), "under": ("dưới ", "under ")}
_STEP, _LARGEST = 3, 9  # figures are told in thousands, millions, billions (nghìn, triệu, tỷ) and no more
_MEASURED = re.compile(r"(?:%|‰|đồng|ha|m2|m²|km|km2|tấn|tạ|kg|giường|điểm)")


def vi(one: Figure) -> str:
    """`trên 36 tỷ 412 triệu đồng`."""
    return _QUALIFIED.get(one.qualifier, ("", ""))[0] + with_unit(one.value, one.unit)


def en(one: Figure) -> str:
    return _QUALIFIED.get(one.qualifier, ("", ""))[1] + with_unit_english(one.value, one.unit)


def name(one: Figure) -> str:
    """The indicator between quotation marks; its name is Vietnamese in both languages."""
    return f"“{one.name}”"


def when(one: Figure) -> tuple[str, str]:
    return one.period.label, one.period.english


def where(one: Figure) -> tuple[str, str]:
    """The document that tells it; nothing where none is known."""
    return (f" ({one.document_name})",) * 2 if one.document_name else ("", "")


def source(one: Figure) -> tuple[str, str]:
    """The document between quotation marks; a body's own submission has no name."""
    named = f"“{one.document_name}”"
    return (named, named) if one.document_name else ("số đã báo", "what was submitted")


def subject(one: Figure) -> tuple[str, str]:
    """`“Hộ nghèo” năm 2022: 4 hộ (61-BC/ĐU)`: what a finding begins with."""
    period, period_en = when(one)
    source = where(one)
    return f"{name(one)} {period}: {vi(one)}{source[0]}", f"{name(one)} of {period_en}: {en(one)}{source[1]}"


def amount(value: float, unit: str, digits: int = 2) -> tuple[str, str]:
    """A figure worked out here, rounded to be read."""
    shown = round(value, digits)
    return with_unit(shown, unit), with_unit_english(shown, unit)


def plain(value: float, digits: int = 2) -> tuple[str, str]:
    return figure(round(value, digits)), figure_english(round(value, digits))


def slack(value: float, unit: str) -> float:
    """How far the true figure may lie from the one told: half of the last digit that is written; none for a count."""
    after = decimals(value)
    if after:
        return 0.5 * 10.0**-after
    zeros, unit = _zeros(value), unit.strip()
    if zeros >= _STEP and _MEASURED.match(unit):
        # 50 triệu is written to the million though it ends in seven zeros; 349,2 tỷ to the tenth of a tỷ.
        spoken_in = min(_LARGEST, _STEP * int(log10(abs(value)) // _STEP))
        return 0.5 * 10.0 ** min(zeros, spoken_in)
    return 0.5 if unit.startswith(("%", "‰")) else 0.0


def near(one: float, other: float, slack_: float) -> bool:
    return abs(one - other) <= slack_ or isclose(one, other, rel_tol=1e-9)


def is_count(one: Figure) -> bool:
    """Counted one by one: people, households, cells; not measured or told in percent."""
    return not _MEASURED.match(one.unit.strip())


def bare_name(one: Figure) -> str:
    """Lower case, single blanks: names are compared in true letters, as they are written."""
    return " ".join(one.name.lower().split())


def _zeros(value: float) -> int:
    written = f"{abs(value):.0f}"
    return len(written) - len(written.rstrip("0")) if value else 0
