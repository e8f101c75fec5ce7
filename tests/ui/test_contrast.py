"""Text colours of the design tokens hold 4.5:1 on every ground they stand on, light and dark."""

import re
from pathlib import Path

import pytest

import nhiemky

CSS = (Path(nhiemky.__file__).parent / "ui/static/ui/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK, PAPER = re.findall(r":root\s*{(.*?)}", CSS, re.S)
PAIRS = [
    *((text, ground) for text in ("ink", "soft", "faint", "link") for ground in ("ground", "panel", "raised", "hover")),
    *((text, f"{text}-bg") for text in ("good", "way", "risk", "bad", "none")),
    *((text, "ground") for text in ("good", "way", "risk", "bad", "none", "brand")),
    *(("ink", f"{tone}-bg") for tone in ("good", "way", "risk", "bad", "none")),
    *(("soft", f"{tone}-bg") for tone in ("way", "none")),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_readable(theme: str, text: str, ground: str) -> None:
    held = colours(LIGHT) if theme == "light" else colours(LIGHT) | colours(DARK)
    assert contrast(held[text], held[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_of_fields_are_seen(theme: str) -> None:
    held = colours(LIGHT) if theme == "light" else colours(LIGHT) | colours(DARK)
    assert contrast(held["line-strong"], held["ground"]) >= 3
    assert contrast(held["focus"], held["ground"]) >= 3
