"""Letters of the picture fonts Symbol and Wingdings, which Word keeps by their code there, to signs of Unicode."""

import re

# Adobe's Symbol encoding and Microsoft's Wingdings, those signs that reports use: relations, arrows, bullets, boxes.
_SYMBOL = {
    0x2A: "*", 0x2B: "+", 0x2D: "-", 0x2E: ".", 0x2F: "/", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0xA3: "≤", 0xAE: "→",
    0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xDE: "⇒",
    0xE5: "∑", 0x44: "Δ", 0x53: "Σ", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x70: "π",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_OTHER = "•"
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def shown(text: str, font: str) -> str:
    """`text` with letters of a picture font as signs; those of the private area are such whatever the font."""
    name = font.lower()
    table = _SYMBOL if name == "symbol" else _WINGDINGS if name.startswith("wingding") else None
    if table is None and not _PRIVATE.search(text):
        return text
    return "".join(_sign(letter, table) for letter in text)


def _sign(letter: str, table: dict[int, str] | None) -> str:
    if "\uf000" <= letter <= "\uf0ff":
        low = ord(letter) - 0xF000
        found = table.get(low) if table is not None else _SYMBOL.get(low) or _WINGDINGS.get(low)
        return found or (" " if low == 0x20 else _OTHER)
    # a letter that the font has no picture of was meant as it is: Word takes another font for it
    return table.get(ord(letter), letter) if table is not None else letter
