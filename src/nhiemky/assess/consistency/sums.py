"""Parts that do not make their whole: amounts, shares of a hundred, members, transfers. Rules for check.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nhiemky.assess.consistency.facts import Figure, Key, Said, Severity
from nhiemky.assess.consistency.ledger import Ledger
from nhiemky.assess.consistency.rule import Rule
from nhiemky.assess.consistency.words import amount, bare_name, en, name, near, slack, vi, when, where

_HUNDRED = 100.0


@dataclass(frozen=True)
class _Family:
    """A whole and its parts that reports name without saying that they belong together. Each part has the names it
    goes by, the plainest first."""

    whole: re.Pattern[str]
    parts: tuple[tuple[re.Pattern[str], ...], ...]


def _named(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_MEMBERS = _Family(
    re.compile(r"(?:tổng số |số |toàn |đảng bộ (?:có )?)*đảng viên(?: (?:của |toàn )?(?:đảng bộ|chi bộ))?"),
    (_named(r".*đảng viên chính thức.*"), _named(r".*đảng viên dự bị.*")),
)
# Members introduced to where they live, or for a time, are counted apart from those who move.
_TRANSFERS = _Family(
    re.compile(r"(?!.*(?:cư trú|hai chiều|tạm thời)).*(?:chuyển|giới thiệu) sinh hoạt đảng(?! (?:đến|đi)).*"),
    (
        _named(r"(?:.*(?:sinh hoạt đảng|đảng viên) )?(?:tiếp nhận|chuyển đến).*"),
        _named(r"(?:.* )?chuyển đi.*", r"chuyển sinh hoạt đảng"),
    ),
)


def parts_of_a_whole(ledger: Ledger) -> Iterator[Said]:
    """Amounts declared as parts of an amount. A sum that goes over is always wrong; one that falls short only where
    every part that is known of has a figure."""
    for whole, parts, every in _split(ledger):
        if whole is None or any(part.is_percent or part.unit != whole.unit for part in parts) or whole.is_percent:
            continue
        total = sum(part.value for part in parts)
        if not near(total, whole.value, _slack(whole, parts)) and (total > whole.value or (every and len(parts) > 1)):
            yield _told(whole, parts, total)


def shares_of_a_hundred(ledger: Ledger) -> Iterator[Said]:
    for _whole, parts, every in _split(ledger):
        if len(parts) < 2 or not all(part.is_percent for part in parts):
            continue
        total = sum(part.value for part in parts)
        room = sum(0.5 * 10.0 ** -_digits(part) for part in parts)
        if not near(total, _HUNDRED, room) and (total > _HUNDRED or every):
            listed = (" + ".join(vi(part) for part in parts), " + ".join(en(part) for part in parts))
            said = amount(total, "%")
            period = when(parts[0])
            yield Said(
                f"Cơ cấu {period[0]}: {listed[0]} = {said[0]}, không phải 100%",
                f"The composition of {period[1]}: {listed[1]} = {said[1]}, not 100%",
                parts,
            )


def members(ledger: Ledger) -> Iterator[Said]:
    yield from _families(ledger, _MEMBERS)


def transfers(ledger: Ledger) -> Iterator[Said]:
    yield from _families(ledger, _TRANSFERS)


def _split(ledger: Ledger) -> Iterator[tuple[Figure | None, tuple[Figure, ...], bool]]:
    """Each whole with its parts of one period, and whether all parts ever told of it are among them."""
    known: dict[tuple[Key, Key], set[Key]] = {}
    for one in ledger.figures:
        if one.part_of is not None:
            known.setdefault((one.body, one.part_of), set()).add(one.indicator)
    for (body, whole), every in known.items():
        for period in {one.period for one in ledger.figures if one.body == body and one.part_of == whole}:
            found = (ledger.current.get((body, indicator, period)) for indicator in sorted(every, key=str))
            parts = tuple(one for one in found if one is not None and one.exact)
            held = ledger.current.get((body, whole, period))
            if parts and (held is None or held.exact):
                yield held, parts, len(parts) == len(every)


def _families(ledger: Ledger, family: _Family) -> Iterator[Said]:
    """Whole and parts from one document: figures of two documents may be of two days."""
    for figures in ledger.by_document.values():
        exact = [one for one in figures if one.exact and not one.is_percent]
        parts = tuple(part for names in family.parts if (part := _first(exact, names)) is not None)
        whole = _first([one for one in exact if one not in parts], (family.whole,))
        if whole is None or len(parts) < len(family.parts) or len(set(parts)) < len(parts):
            continue
        total = sum(part.value for part in parts)
        if not near(total, whole.value, 0):
            yield _told(whole, parts, total)


def _first(figures: list[Figure], names: tuple[re.Pattern[str], ...]) -> Figure | None:
    return next((one for pattern in names for one in figures if pattern.fullmatch(bare_name(one))), None)


def _told(whole: Figure, parts: tuple[Figure, ...], total: float) -> Said:
    listed = " + ".join(f"{vi(part)} {name(part)}" for part in parts)
    listed_en = " + ".join(f"{en(part)} {name(part)}" for part in parts)
    said, (period, period_en), (source, source_en) = amount(total, whole.unit), when(whole), where(whole)
    return Said(
        f"{name(whole)} {period} là {vi(whole)}{source}, nhưng các phần {listed} = {said[0]}",
        f"{name(whole)} of {period_en} is {en(whole)}{source_en}, but its parts {listed_en} = {said[1]}",
        (whole, *parts),
    )


def _slack(whole: Figure, parts: tuple[Figure, ...]) -> float:
    return sum(slack(one.value, one.unit) for one in (whole, *parts))


def _digits(one: Figure) -> int:
    written = f"{one.value:.10f}".rstrip("0")
    return len(written.partition(".")[2])


RULES = (
    Rule(
        "parts.sum", 1, Severity.ERROR,
        "Các phần cộng lại không bằng tổng", "Parts do not make their whole",
        "Tổng 120 hộ mà hai phần là 70 và 60: các phần vượt tổng.", parts_of_a_whole,
    ),
    Rule(
        "parts.hundred", 1, Severity.ERROR,
        "Cơ cấu không đủ 100%", "Shares that are not a hundred",
        "55% + 43% + 5% = 103%; sai số làm tròn thì không nêu.", shares_of_a_hundred,
    ),
    Rule(
        "members.sum", 1, Severity.ERROR,
        "Đảng viên chính thức và dự bị không bằng tổng", "Official and probationary members are not all members",
        "314 đảng viên mà 311 chính thức và 2 dự bị.", members,
    ),
    Rule(
        "transfers.sum", 1, Severity.ERROR,
        "Chuyển đến và chuyển đi không bằng tổng", "Transfers in and out are not all transfers",
        "Chuyển sinh hoạt đảng cho 11 đảng viên, tiếp nhận 6, chuyển đi 4.", transfers,
    ),
)  # fmt: skip
