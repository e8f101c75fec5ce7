"""Which letters a run of Word is in, and whether it is hidden: from the run, its styles, the defaults and the theme."""

from dataclasses import dataclass

from lxml import etree

from nhiemky.sources.docx.package import W
from nhiemky.sources.legacy import Legacy, legacy_of_font

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LONGEST_CHAIN = 20  # of styles based on each other; Word allows eleven


@dataclass(frozen=True)
class Look:
    """How a run's letters are drawn; None is what the styles say, or Unicode and shown."""

    font: str | None = None
    hidden: bool | None = None

    def over(self, other: "Look") -> "Look":
        return Look(
            self.font if self.font is not None else other.font,
            self.hidden if self.hidden is not None else other.hidden,
        )

    @property
    def legacy(self) -> Legacy | None:
        return legacy_of_font(self.font)


def value(element: etree._Element | None, path: str) -> str | None:
    """The `w:val` of the element at `path`, steps of `w:` names; None where there is none."""
    for step in path.split("/"):
        element = element.find(W + step) if element is not None else None
    return element.get(f"{W}val") if element is not None else None


def is_on(element: etree._Element | None) -> bool | None:
    """A switch such as `w:vanish`: None where it is absent."""
    return None if element is None else element.get(f"{W}val", "1") not in ("0", "false", "off")


class Styles:
    """The styles part and the theme of one document."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._fonts = _theme_fonts(theme)
        self._base = Look()
        self._looks: dict[tuple[str | None, str | None], Look] = {}
        for style in styles if styles is not None else ():
            if style.tag == f"{W}style":
                name = style.get(f"{W}styleId", "")
                self._styles[name] = style
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self._default = name
            elif style.tag == f"{W}docDefaults":
                self._base = self.look(style.find(f"{W}rPrDefault/{W}rPr"))

    def look(self, properties: etree._Element | None) -> Look:
        """What a `w:rPr` itself says."""
        if properties is None:
            return Look()
        fonts, font = properties.find(f"{W}rFonts"), None
        if fonts is not None:
            # Word draws letters beyond ASCII by hAnsi; a theme's font goes before a named one
            for kind in ("hAnsi", "ascii"):
                font = font or self._fonts.get(fonts.get(f"{W}{kind}Theme", "")) or fonts.get(W + kind)
        return Look(font, is_on(properties.find(f"{W}vanish")))

    def of_run(self, properties: etree._Element | None, paragraph_style: str | None) -> Look:
        """How a run of a paragraph in that style looks."""
        key = (value(properties, "rStyle"), paragraph_style)
        if key not in self._looks:
            look = Look()
            for style in (*self._chain(key[0]), *self._chain(paragraph_style or self._default)):
                look = look.over(self.look(style.find(f"{W}rPr")))
            self._looks[key] = look.over(self._base)
        return self.look(properties).over(self._looks[key])

    def numbering(self, paragraph_style: str | None) -> tuple[str, str] | None:
        """The list and level that a paragraph style puts its paragraphs in, the level perhaps empty."""
        for style in self._chain(paragraph_style or self._default):
            number = value(style, "pPr/numPr/numId")
            if number is not None:
                return number, value(style, "pPr/numPr/ilvl") or ""
        return None

    def name(self, style: str | None) -> str:
        """A style's name in small letters: `toc 1`, `heading 1`; Word keeps these in English in every language."""
        element = self._styles.get(style or "")
        return (value(element, "name") or style or "").lower()

    def has_borders(self, table_style: str | None) -> bool:
        return any(style.find(f"{W}tblPr/{W}tblBorders") is not None for style in self._chain(table_style))

    def _chain(self, name: str | None) -> list[etree._Element]:
        """A style and what it is based on."""
        found: list[etree._Element] = []
        while name in self._styles and len(found) < _LONGEST_CHAIN:
            found.append(self._styles[name])
            name = value(found[-1], "basedOn")
        return found


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    """`minorHAnsi` → the theme's font of plain text, `majorHAnsi` → of headings."""
    fonts: dict[str, str] = {}
    for kind in ("minor", "major"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin") if theme is not None else None
        if latin is not None and latin.get("typeface"):
            fonts |= dict.fromkeys((f"{kind}HAnsi", f"{kind}Ascii"), latin.get("typeface", ""))
    return fonts
