"""The pieces a drawing is made of: escaped text, lines, a scale with round ticks, and labels that do not collide."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

Box = tuple[float, float, float, float]
_NARROW, _WIDE = set("iljt.,:;'!|()[] ·-–"), set("mwMWĐ%‰—@")


def num(value: float) -> str:
    """A coordinate with at most two decimals: 12, 12.5, never -0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """A careful guess: no font is at hand, and a label that fits too well is better than one that is cut."""
    units = sum(0.32 if c in _NARROW else 0.92 if c in _WIDE else 0.68 if c.isupper() else 0.57 for c in text)
    return units * size * (1.06 if bold else 1.0)


def wrap(text: str, size: float, width: float, lines: int) -> list[str]:
    """The text in at most so many lines of that width, the last cut with `…` where it does not fit."""
    rows, current = [], ""
    for word in text.split():
        trial = f"{current} {word}".strip()
        if current and text_width(trial, size) > width:
            rows.append(current)
            current = word
        else:
            current = trial
    rows.append(current)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], " ".join(rows[lines - 1 :])]
    return [_cut(row, size, width) for row in rows]


def _cut(text: str, size: float, width: float) -> str:
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


@dataclass(frozen=True)
class Scale:
    """A straight map from values to coordinates."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def domain(values: Iterable[float], *, zero: bool = False) -> tuple[float, float]:
    """Low and high with some air; never equal; not below zero where no value is. `zero` brings zero in."""
    seen = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(seen), max(seen)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    flat = high - low <= 1e-9 * max(abs(low), abs(high), 1.0)
    air = max(abs(high) * 0.05, 1.0) if flat else (high - low) * 0.12
    bottom = low if zero and low == 0 else low - air
    return (max(bottom, 0.0) if low >= 0 else bottom), high + air


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round numbers within low..high, about `count` of them."""
    raw = (high - low) / max(count, 1)
    size = 10.0 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    step = next((size * many for many in (1, 2, 2.5, 5, 10) if size * many >= raw), size * 10)
    first = math.ceil(low / step - 1e-9)
    return [round(step * n, 10) for n in range(first, math.floor(high / step + 1e-9) + 1)]


@dataclass
class Canvas:
    """Collects the elements of one drawing. `taken` are the boxes no further label may cover."""

    width: float
    height: float
    font: str
    halo: str
    parts: list[str] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, more: str = "") -> None:
        self.parts.append(
            f'<line x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}" stroke="{colour}" '
            f'stroke-width="{num(width)}"{more and " " + more}/>'
        )

    def polyline(self, points: Iterable[tuple[float, float]], colour: str, width: float, more: str = "") -> None:
        told = " ".join(f"{num(x)},{num(y)}" for x, y in points)
        self.parts.append(
            f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="{num(width)}" '
            f'stroke-linejoin="round"{more and " " + more}/>'
        )

    def rect(self, box: Box, colour: str, more: str = "") -> None:
        left, top, right, bottom = box
        self.parts.append(
            f'<rect x="{num(left)}" y="{num(top)}" width="{num(max(0, right - left))}" '
            f'height="{num(max(0, bottom - top))}" fill="{colour}"{more and " " + more}/>'
        )

    def diamond(self, x: float, y: float, size: float, colour: str) -> None:
        s = num(size)
        self.parts.append(f'<path d="M{num(x - size)} {num(y)}l{s} -{s} {s} {s} -{s} {s}z" fill="{colour}"/>')

    def text(
        self, x: float, y: float, text: str, colour: str, size: float, *, anchor: str = "start", bold: bool = False
    ) -> Box:
        """Writes with the baseline at y; gives back the box it covers and takes it."""
        halo = f' stroke="{self.halo}" stroke-width="3" paint-order="stroke" stroke-linejoin="round"'
        family = f' font-family="{escape(self.font, quote=True)}"' if self.font else ""
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}"{family}{weight} text-anchor="{anchor}" '
            f'fill="{colour}"{halo}>{escape(text)}</text>'
        )
        box = self.box(x, y, text, size, anchor=anchor, bold=bold)
        self.taken.append(box)
        return box

    def box(self, x: float, y: float, text: str, size: float, *, anchor: str, bold: bool = False) -> Box:
        wide = text_width(text, size, bold=bold)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        return left, y - size * 0.82, left + wide, y + size * 0.26

    def free(self, box: Box, air: float = 1) -> bool:
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        return all(
            right + air <= a or left - air >= c or bottom + air <= b or top - air >= d for a, b, c, d in self.taken
        )

    def label(self, x: float, y: float, text: str, colour: str, size: float, *, above: bool, bold: bool) -> None:
        """Near the mark at (x, y), on the side asked for if it is free, else where it is; never outside the drawing."""
        half = text_width(text, size, bold=bold) / 2
        middle = min(max(x, half + 2), self.width - half - 2)
        up, down = [-(9 + step * 7) for step in range(5)], [9 + size * 0.82 + step * 7 for step in range(5)]
        rows = [offset for pair in zip(*((up, down) if above else (down, up)), strict=True) for offset in pair]
        spots = [(middle + shift, y + row) for shift in (0.0, -half, half) for row in rows[:6]]
        spots += [(middle, y + row) for row in rows]
        for left, top in spots:
            if self.free(self.box(left, top, text, size, anchor="middle", bold=bold)):
                self.text(left, top, text, colour, size, anchor="middle", bold=bold)
                return

    def svg(self, label: str, *, title: bool = True) -> str:
        name = escape(label, quote=True)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(self.width)} {num(self.height)}" '
            f'width="{num(self.width)}" height="{num(self.height)}" role="img" aria-label="{name}">'
        )
        return head + (f"<title>{escape(label)}</title>" if title else "") + "".join(self.parts) + "</svg>"
