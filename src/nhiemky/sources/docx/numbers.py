"""The numbers that Word draws before the paragraphs of a list, which its file does not hold: `1.`, `a)`, `II.`, `-`."""

import re

from lxml import etree

from nhiemky.sources.docx.package import W
from nhiemky.sources.docx.styles import value
from nhiemky.sources.docx.symbols import shown

_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")


class Numbers:
    """The lists of one document, counted on as its paragraphs come.

    Lists made of one definition (`w:abstractNum`) count on together, as in Word, until one of them starts anew.
    """

    def __init__(self, numbering: etree._Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._levels: dict[str, dict[int, etree._Element]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        linked: dict[str, str] = {}  # by the style that a definition borrows its levels from
        borrowing: dict[str, str] = {}
        for element in numbering if numbering is not None else ():
            if element.tag == f"{W}abstractNum":
                name = element.get(f"{W}abstractNumId", "")
                self._levels[name] = _levels(element)
                linked[value(element, "styleLink") or ""] = name
                borrowing[name] = value(element, "numStyleLink") or ""
            elif element.tag == f"{W}num":
                self._take_list(element)
        for name, style in borrowing.items():
            if style and style in linked:
                self._levels[name] = self._levels[linked[style]]

    def before(self, number: str, level: str, style: str | None) -> str:
        """What stands before the next paragraph of list `number`; empty for no list."""
        if number not in self._lists:
            return ""
        definition, starts = self._lists[number]
        levels = self._levels.get(definition, {})
        at = int(level) if level.isdecimal() else _level_of_style(levels, style)
        if at not in levels or at >= _LEVELS:
            return ""
        counts = self._count(number, definition, at, starts)
        pattern = shown(value(levels[at], "lvlText") or "", _font(levels[at]))
        if value(levels[at], "numFmt") == "bullet":
            return "•" if pattern.isalnum() else pattern.strip()  # `o` in a typewriter's font is a ring
        return _PLACEHOLDER.sub(lambda found: _written(levels, counts, int(found[1]) - 1, at), pattern).strip()

    def _take_list(self, element: etree._Element) -> None:
        starts: dict[int, int] = {}
        definition = value(element, "abstractNumId") or ""
        for override in element.iterfind(f"{W}lvlOverride"):
            at, start = _number(override.get(f"{W}ilvl")), value(override, "startOverride")
            if start is not None:
                starts[at] = _number(start)
            level = override.find(f"{W}lvl")
            if level is not None and definition in self._levels:
                own = f"{definition}/{element.get(f'{W}numId')}"
                self._levels[own] = {**self._levels[definition], at: level}
                definition = own
        self._lists[element.get(f"{W}numId", "")] = (definition, starts)

    def _count(self, number: str, definition: str, at: int, starts: dict[int, int]) -> list[int | None]:
        levels = self._levels[definition]
        counts = self._counts.setdefault(definition, [None] * _LEVELS)
        anew = at in starts and (number, at) not in self._begun
        self._begun.add((number, at))
        last = counts[at]
        counts[at] = starts[at] if anew else _start(levels, at) if last is None else last + 1
        for upper in range(at):  # `1.1` under no `1` counts as under the first
            counts[upper] = _start(levels, upper) if counts[upper] is None else counts[upper]
        for deeper in range(at + 1, _LEVELS):
            if deeper in levels and value(levels[deeper], "lvlRestart") != "0":
                counts[deeper] = None
        return counts


def _levels(definition: etree._Element) -> dict[int, etree._Element]:
    return {_number(level.get(f"{W}ilvl")): level for level in definition.iterfind(f"{W}lvl")}


def _level_of_style(levels: dict[int, etree._Element], style: str | None) -> int:
    return next((at for at, level in levels.items() if style and value(level, "pStyle") == style), 0)


def _start(levels: dict[int, etree._Element], at: int) -> int:
    return _number(value(levels[at], "start"), 1) if at in levels else 1


def _number(text: str | None, other: int = 0) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else other


def _font(level: etree._Element) -> str:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "" if fonts is not None else ""


def _written(levels: dict[int, etree._Element], counts: list[int | None], of: int, at: int) -> str:
    count = counts[of]
    if count is None or of not in levels:
        return ""
    legal = levels[at].find(f"{W}isLgl") is not None  # every part in plain figures: `1.2` under `I`
    return figure_of(count, "decimal" if legal else value(levels[of], "numFmt") or "decimal")


def figure_of(count: int, kind: str) -> str:
    """A count as its list writes it; kinds of other languages in plain figures."""
    if kind == "none":
        return ""
    if kind in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        text, rest = "", count
        for size, letters in _ROMAN:
            text, rest = text + letters * (rest // size), rest % size
        return text if kind == "lowerRoman" else text.upper()
    if kind in ("lowerLetter", "upperLetter") and 0 < count <= 26 * 9:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    return f"{count:02}" if kind == "decimalZero" else str(count)
