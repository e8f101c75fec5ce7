"""Congresses named: `Đại hội đại biểu Đảng bộ tỉnh lần thứ XV` → level province, ordinal 15."""

import re

from nhiemky.reading.engine import Rule
from nhiemky.reading.facts import Congress, Level
from nhiemky.reading.quantities import roman
from nhiemky.reading.text import Page
from nhiemky.reading.vocab import lookup, pattern, words

_LEVELS = lookup("levels", "level")
_LEVEL_WORD = pattern(r"(?<![^\W_])({level})(?![^\W_])", level=words("levels"))
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
_CENTRAL = ("hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế", "tp hcm", "tphcm")


def _level(page: Page, of: str, after: str) -> Level | None:
    """The level a congress is of, from the words around its ordinal; a city with no name waits for `resolve`."""
    found = _LEVEL_WORD.findall(of) or _LEVEL_WORD.findall(after)
    if not found:
        return None
    word = found[0]
    if word in ("thành phố", "tp"):
        rest = (of + after).split(word, 1)[1]
        return "province" if rest.strip().startswith(_CENTRAL) else "district"
    return _LEVELS[word]  # type: ignore[return-value]


def _congress(page: Page, match: re.Match[str]) -> Congress | None:
    written = match.group("ord") or match.group("bare")
    ordinal = _WORD_ORDINALS.get(written) or roman(written)
    if ordinal is None or ordinal > 60:
        return None
    of = match.group("of") or ""
    tail = page.low[match.end() : match.end() + 70]
    after = re.split(r"[.;:\n]", tail)[0] if tail else ""
    after = re.sub(r"^[\s,(]*nhiệm kỳ[^)]*\)?", " ", after)
    if re.search(
        r"quốc hội|hội đồng|công đoàn|đoàn |phụ nữ|cựu chiến binh|nông dân|mttq|mặt trận"
        r"|thể dục|thể thao|khuyến học|hội ",
        of,
    ):
        return None
    if _OF_THE_PARTY.match(after):
        return Congress("national", ordinal, _term_behind(page, match.end()), match.span(), 0.95, "congresses.ordinal")
    level = _level(page, of, "" if _LEVEL_WORD.search(of) else after[:40])
    if level is None and re.search(r"(?:toàn quốc|đảng)\s*$", of.strip()) and "đảng bộ" not in of:
        level = "national"
    confidence = 0.95 if level else 0.6
    return Congress(level, ordinal, _term_behind(page, match.end()), match.span(), confidence, "congresses.ordinal")


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
