"""Commitments and results without a figure: `không còn hộ nghèo` is zero, `giảm số hộ cận nghèo` a direction."""

import re
from collections.abc import Callable

from msgspec import Struct

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Direction, Result, Target
from nhiemky.reading.quantities.figures import UNITS
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import pattern, words

_THINGS = words("zero")


class Zero(Struct, frozen=True, gc=False):
    """A zero or a direction met in the text; whether it is promised is not known here."""

    indicator: str
    direction: Direction
    unit: str
    start: int
    end: int


def _none_left(page: Page, match: re.Match[str]) -> list[Zero]:
    start = match.start()
    first = " ".join(match.group(1).split())
    out = [Zero(first, "zero", _unit(first), start, match.end(1))]
    if match.group(2):
        second = " ".join(match.group(2).split())
        whole = second if second.startswith(first.split()[0]) else f"{first.split()[0]} {second}"
        out.append(Zero(whole, "zero", _unit(whole), match.start(2), match.end(2)))
    return out


def _without(page: Page, match: re.Match[str]) -> list[Zero] | None:
    """What none is left of, unless it is a thing of the table, which the rule above has."""
    thing = " ".join(match.group(1).split())
    if thing.startswith(_THINGS):
        return None
    return [Zero(thing, "zero", _unit(thing), match.start(), match.end(1))]


def _unit(thing: str) -> str:
    """The counted noun that a thing begins with: `chi bộ` of chi bộ yếu kém."""
    parts = thing.split()
    return next((UNITS[k] for w in (3, 2, 1) if w < len(parts) and (k := " ".join(parts[:w])) in UNITS), parts[0])


def _toward(page: Page, match: re.Match[str]) -> list[Zero] | None:
    rest = page.low[match.end() : match.end() + 60]
    if re.match(r"[^.;,]*\d", rest):  # a figure follows: the figure's own fact says it
        return None
    behind = page.low[match.end() : match.end() + 90].partition(".")[0]
    if "đều hoàn thành" in behind or "đều đạt" in behind or "đều vượt" in behind:
        return None  # `các chỉ tiêu về dịch vụ, giảm hộ nghèo đều đạt`
    word = match.group(1)
    thing = " ".join(match.group(2).split())
    return [
        Zero(thing, "decrease" if word.startswith("giảm") else "increase", _unit(thing), match.start(), match.end())
    ]


_BAD = (
    r"(?:(?:đạt )?dưới \d{1,2} tiêu chí|yếu kém"
    r"|không hoàn thành(?: nhiệm vụ)?|trắng [^\W\d_]+ [^\W\d_]+|tồn đọng|quá hạn|vượt cấp|kéo dài"
    r"|chưa có [^\W\d_]+ [^\W\d_]+|bị kỷ luật|sai quy định)"
)

RULES = (
    Rule(
        "figures.zero",
        ("không còn", "không có", "hết", "không để phát sinh", "không phát sinh"),
        pattern(
            r"(?:không (?:còn|có|để phát sinh|phát sinh)|hết) ({thing})"
            r"(?:(?: và|,) ({thing}|cận nghèo)(?! (?:giảm|tăng|còn|chiếm)))?",
            thing=_THINGS,
        ),
        _none_left,
        "Điều nay không còn được tính là số không: «đến nay không còn hộ nghèo» là 0 hộ.",
    ),
    Rule(
        "figures.none",
        ("không còn", "không có"),
        pattern(
            r"không (?:còn|có) ({unit}(?: (?!không |nào |đủ |được )[^\W\d_]+){0,5}? " + _BAD + r")(?![^\W_])",
            unit=tuple(UNITS),
        ),
        _without,
        "Không còn đơn vị nào ở mức xấu cũng là số không: «không có cơ sở Hội xếp loại yếu kém».",
    ),
    Rule(
        "figures.toward",
        ("giảm", "tăng"),
        pattern(r"(giảm|tăng) (?:dần )?(?:(?:số|tỷ lệ) )?({thing})", thing=_THINGS),
        _toward,
        "Chỉ số đo được, có chiều tăng giảm nhưng không có số: «giảm số hộ cận nghèo».",
    ),
)


def zero_facts(
    page: Page, zeros: list[Zero], future: Callable[[int, int], bool],
    by: Callable[[int, int, int], str | None], targets: list[Target], results: list[Result],
) -> None:  # fmt: skip
    for zero in zeros:
        part = page.part_at(zero.start)
        promised = future(part, zero.start)
        if promised:
            yearly = re.search(r"(?:hằng|hàng|mỗi) năm", page.low[page.starts[part] : zero.start]) is not None
            none = zero.direction == "zero"
            year = None if yearly else by(part, page.starts[part], page.ends[part])
            targets.append(
                Target(
                    zero.indicator, zero.direction, 0.0 if none else None, None, zero.unit, "year" if yearly else None,
                    year, None, (zero.start, zero.end), 0.9, "figures.zero" if none else "figures.toward",
                )
            )  # fmt: skip
        elif zero.direction == "zero":
            results.append(
                Result(zero.indicator, 0.0, None, zero.unit, None, None, None, None, (zero.start, zero.end), 0.9,
                       "figures.zero")
            )  # fmt: skip
