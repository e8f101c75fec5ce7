"""Congresses named: `Đại hội đại biểu Đảng bộ tỉnh lần thứ XV` → level province, ordinal 15."""

import re

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Congress, Level
from nhiemky.reading.quantities import roman
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import lookup, pattern, words

_LEVELS = lookup("levels", "level")
_LEVEL_WORD = pattern(r"\b({level})\b", level=words("levels"))
_TERM = re.compile(r"[\s,(]*(?:nhiệm kỳ|nhiệm kì|giai đoạn)?\s*((?:19|20)\d\d)\s?-\s?((?:19|20)\d\d)")
_WORD_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# `lần thứ 30`, `lần thứ nhất`; without `lần thứ` only Roman digits (`Đại hội XIII`, not `khu phố 3`)
_ORDINAL = (
    rf"(?:(?:lần thứ|lần|khóa thứ|khóa|thứ)\s+(?P<ord>[ivxl]{{1,6}}|\d{{1,2}}|{'|'.join(_WORD_ORDINALS)})"
    r"|(?<![^\W_])(?P<bare>[ivxl]{1,6}))(?![^\W_])"
)
# what may stand between `đại hội` and its ordinal; never another congress, a stop or a figure
_BETWEEN = r"(?P<of>(?:(?!đại hội|lần thứ|khóa|nhiệm kỳ|\d\d)[^.;:\n()\"]){0,90}?)"
_OF_THE_PARTY = re.compile(r"\s*(?:của|toàn quốc của) đảng(?! bộ)")
# congresses of others than the Party
_OF_OTHERS = (
    "quốc hội", "hội đồng", "công đoàn", "đoàn ", "phụ nữ", "cựu chiến binh", "nông dân", "mttq", "mặt trận", "thể dục",
    "thể thao", "khuyến học", "hội ",
)  # fmt: skip
# the words behind an ordinal, its term in brackets left out
_BEHIND = re.compile(r"[\s,(]*(?:nhiệm kỳ[\d\s–-]*\)?)?([^.;:\n]{0,40})")
_CENTRAL = ("hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế", "tp hcm", "tphcm")


def _level(of: str, after: str) -> Level | None:
    """The level that the first level word of `of` names; a city is of the centre only by its name."""
    found = _LEVEL_WORD.search(of)
    if found is None:
        return None
    word = found.group(1)
    if word in ("thành phố", "tp"):
        rest = of[found.end() :] + after
        return "province" if rest.strip().startswith(_CENTRAL) else "district"
    return _LEVELS[word]  # type: ignore[return-value]


def _congress(page: Page, match: re.Match[str]) -> Congress | None:
    written = match.group("ord") or match.group("bare")
    ordinal = _WORD_ORDINALS.get(written) or roman(written)
    if ordinal is None or ordinal > 60:
        return None
    of = match.group("of") or ""
    if any(word in of for word in _OF_OTHERS):
        return None
    behind = _BEHIND.match(page.low, match.end())
    after = behind.group(1) if behind else ""
    term = _term_behind(page, match.end())
    if _OF_THE_PARTY.match(after):
        return Congress("national", ordinal, term, match.span(), 0.95, "congresses.ordinal")
    level = _level(of, after) or _level(after, "")
    if level is None and of.rstrip().endswith(("toàn quốc", "đảng")) and "đảng bộ" not in of:
        level = "national"
    return Congress(level, ordinal, term, match.span(), 0.95 if level else 0.6, "congresses.ordinal")


def _term_behind(page: Page, end: int) -> str | None:
    term = _TERM.match(page.low, end)
    return f"{term.group(1)}-{term.group(2)}" if term else None


RULES = (
    Rule(
        "congresses.ordinal",
        ("đại hội", "đai hội"),
        pattern(rf"(?:đại|đai) hội{_BETWEEN}\s*{_ORDINAL}"),
        _congress,
        "A congress with its ordinal: «Đại hội Đảng bộ tỉnh lần thứ XV», «Đại hội XIII của Đảng».",
    ),
)
