"""Congresses named: `Đại hội đại biểu Đảng bộ tỉnh lần thứ XV` → level province, ordinal 15."""

import re
from datetime import date
from functools import cache

from msgspec.structs import replace

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Congress, Level
from nhiemky.reading.quantities import roman
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import alternatives, lookup, pattern, words

_LEVELS = lookup("levels", "level")
_LEVEL_WORD = pattern(r"\b({level})\b", level=words("levels"))
_TERM = re.compile(
    r"[\s,(]*(?:(?:của |toàn quốc của )?(?:đảng|chi bộ)(?![^\W_])[^.,;:\n\d]{0,40})?"
    r"[\s,(]*(?:nhiệm kỳ|nhiệm kì|giai đoạn)?\s*((?:19|20)\d\d)\s?-\s?((?:19|20)\d\d)"
)
_ONES = ("một mốt", "hai", "ba", "bốn tư", "lăm năm", "sáu", "bảy", "tám", "chín")
_TENS = (("mười", 10), ("hai mươi", 20), ("ba mươi", 30))
_WORD_ORDINALS = {
    "nhất": 1,
    **{word: n for n, said in enumerate(_ONES[1:], 2) for word in said.split()},
    **dict(_TENS),
    **{f"{ten} {word}": tens + n for ten, tens in _TENS for n, said in enumerate(_ONES, 1) for word in said.split()},
}
# `lần thứ 30`, `lần thứ nhất`; without `lần thứ` only Roman digits (`Đại hội XIII`, not `khu phố 3`).
# Both patterns begin with a plain set of letters, which the regular expression engine skips to quickly.
_ORDINAL = re.compile(
    r"[lktivx](?:(?:(?<=l)ần(?: thứ)?|(?<=k)hóa(?: thứ)?|(?<=t)hứ)"
    rf"\s+(?P<ord>[ivxl]{{1,6}}(?![^\W_])|\d{{1,2}}|{alternatives(tuple(_WORD_ORDINALS))})"
    r"|(?<=[ivxl])(?<![^\W_].)[ivxl]{0,5})(?![^\W_])"
)
# what never stands between `đại hội` and its ordinal: a stop, another congress, a figure
_BREAK = re.compile(
    r"[.;:\n()\"đlkn\d](?:(?<=[.;:\n()\"])|(?<=đ)ại hội|(?<=l)ần thứ|(?<=k)hóa|(?<=n)hiệm kỳ|(?<=\d)\d)"
)
_FURTHEST = 90  # characters between `đại hội` and its ordinal
_OF_THE_PARTY = re.compile(r"\s*(?:của|toàn quốc của) đảng(?! bộ)")
# congresses of others than the Party
_OF_OTHERS = (
    "quốc hội", "hội đồng", "công đoàn", "đoàn ", "phụ nữ", "cựu chiến binh", "nông dân", "mttq", "mặt trận", "thể dục",
    "thể thao", "khuyến học", "thi đua", "dân tộc", "cổ đông", "hội ",
)  # fmt: skip
# the words behind an ordinal, its term in brackets left out
_BEHIND = re.compile(r"[\s,(]*(?:nhiệm kỳ[\d\s–-]*\)?)?([^.;:\n]{0,40})")
_CENTRAL = ("hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế", "hcm")
_CENTRAL_SHORT = ("tphcm", "tp.hcm")


def _level(of: str, after: str, *, since_2025: bool) -> Level | None:
    """The level that the first level word of `of` names; a city is of the centre by its name, since 2025 any is."""
    found = _LEVEL_WORD.search(of)
    if found is None:
        return "province" if any(city in of for city in _CENTRAL_SHORT) else None
    word = found.group(1)
    if word in ("thành phố", "tp"):
        rest = of[found.end() :] + after
        return "province" if since_2025 or rest.lstrip(". ").startswith(_CENTRAL) else "district"
    return _LEVELS[word]  # type: ignore[return-value]


@cache  # of at most six letters of four
def _ordinal(written: str) -> int | None:
    return _WORD_ORDINALS.get(written) or roman(written)


def _congress(page: Page, match: re.Match[str]) -> Congress | None:
    low, (first, begin) = page.low, match.span()
    found = _ORDINAL.search(low, begin, begin + _FURTHEST + 60)
    if found is None:
        return None
    of = low[begin : found.start()].rstrip()
    if len(of) > _FURTHEST or _BREAK.search(of.replace("tp.", "tp ")):
        return None
    written = found.group("ord") or found.group()
    ordinal = _ordinal(written)
    if ordinal is None or ordinal > 60:
        return None
    if found.group("ord") is None and of.endswith("chi bộ"):  # `Đại hội Chi bộ III`: the cell is called so
        return None
    for word in _OF_OTHERS:
        if word in of:
            return None
    if match.group() == "đh" and "đảng" not in low[begin : found.end() + 12]:  # `ĐH` is a university too
        return None
    end = found.end()
    behind = _BEHIND.match(low, end)
    after = behind.group(1) if behind else ""
    term = _term_behind(page, end)
    span = (first, end)
    if _OF_THE_PARTY.match(after):
        return Congress("national", ordinal, term, span, 0.95, "congresses.ordinal")
    since_2025 = term == "2025-2030"  # no district has a congress for that term
    level = _level(of, after, since_2025=since_2025) or _level(after, "", since_2025=since_2025)
    if level is None and of.endswith(("toàn quốc", "đảng")) and "đảng bộ" not in of:
        level = "national"
    return Congress(level, ordinal, term, span, 0.95 if level else 0.6, "congresses.ordinal")


def of_the_city(page: Page, told: list[Congress], host_level: Level | None) -> list[Congress]:
    """`Đại hội X Đảng bộ TP` on a page of a city of the centre is its own: a city without a name is the host's.

    Since July 2025 there are no cities but those of the centre.
    """
    if host_level != "province" and (page.said_on is None or page.said_on < _TWO_LEVELS):
        return told
    return [replace(c, level="province") if c.level == "district" and _is_bare(page, c) else c for c in told]


def _is_bare(page: Page, congress: Congress) -> bool:
    first, last = congress.span
    city = _CITY.search(page.low, first, last + 40)
    return city is not None and not page.text[city.end() : city.end() + 1].isupper()


_TWO_LEVELS = date(2025, 7, 1)
_CITY = re.compile(r"(?<![^\W_])(?:thành phố|tp)(?![^\W_]) ?")


def _term_behind(page: Page, end: int) -> str | None:
    term = _TERM.match(page.low, end)
    return f"{term.group(1)}-{term.group(2)}" if term else None


RULES = (
    Rule(
        "congresses.ordinal",
        ("đại hội", "đai hội", "đhđb", "đh"),
        re.compile(r"(?:(?:đại|đai) hội|đhđb|đh)(?![^\W_])"),
        _congress,
        "Đại hội kèm lần thứ: «Đại hội Đảng bộ tỉnh lần thứ XV», «Đại hội XIII của Đảng».",
    ),
)
