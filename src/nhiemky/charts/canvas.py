"""The pieces a drawing is made of: escaped text, lines, a scale with round ticks, and labels that do not collide."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

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


def wrap(text: str, size: float, width: float, lines: int, *, bold: bool = False) -> list[str]:
    """The text in at most so many lines of that width, the last cut with `…` where it does not fit."""
    width = width / 1.06 if bold else width
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


def ticks(low: float, high: float, count: int = 5, *, whole: bool = False) -> list[float]:
    """Round numbers within low..high, about `count` of them; `whole`: no fractions, for what is counted."""
    raw = (high - low) / max(count, 1)
    size = 10.0 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    step = next((size * many for many in (1, 2, 2.5, 5, 10) if size * many >= raw), size * 10)
    step = max(1.0, math.ceil(step)) if whole else step
    first = math.ceil(low / step - 1e-9)
    return [round(step * n, 10) for n in range(first, math.floor(high / step + 1e-9) + 1)]


def crosses(stroke: tuple[float, float, float, float, float], box: Box) -> bool:
    """Whether the straight line runs through the box (Liang and Barsky's clipping)."""
    x1, y1, x2, y2, _ = stroke
    enter, leave = 0.0, 1.0
    for delta, near, far in ((x2 - x1, box[0] - x1, box[2] - x1), (y2 - y1, box[1] - y1, box[3] - y1)):
        if abs(delta) < 1e-9:
            if near > 0 or far < 0:
                return False
            continue
        first, last = sorted((near / delta, far / delta))
        enter, leave = max(enter, first), min(leave, last)
        if enter > leave:
            return False
    return True


def _spots(x: float, y: float, middle: float, half: float, size: float, above: bool) -> list[tuple[float, float]]:
    """Where a label may stand, best first: over or under its mark, beside it, then farther away."""
    up, down = -11.0, 11.0 + size * 0.82
    near, far = (up, down) if above else (down, up)
    spots = [(middle, y + near), (middle, y + far)]
    spots += [(x + half + 10, y + near), (x - half - 10, y + near), (x + half + 10, y + 4), (x - half - 10, y + 4)]
    spots += [(x + half + 10, y + far), (x - half - 10, y + far)]
    for step in (8.0, 16.0, 26.0, 38.0):
        out = step if near > 0 else -step
        spots += [
            (middle, y + near + out),
            (x + half, y + near + out),
            (x - half, y + near + out),
            (middle, y + far - out),
        ]
    return spots


@dataclass
class Canvas:
    """Collects the elements of one drawing. `taken` are the boxes no further label may cover."""

    width: float
    height: float
    font: str
    halo: str
    parts: list[str] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)
    strokes: list[tuple[float, float, float, float, float]] = field(default_factory=list)

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

    def block(self, points: Iterable[tuple[float, float]], weight: float) -> None:
        """A drawn line that labels should rather not cross; the heavier, the rather."""
        rows = list(points)
        self.strokes += [(*one, *two, weight) for one, two in pairwise(rows)]

    def label(
        self, x: float, y: float, text: str, colour: str, size: float, *, above: bool, bold: bool = False, bottom: float
    ) -> bool:
        """Near the mark at (x, y): the free spot that crosses least, the side asked for first; False if there is none.

        Never outside the drawing nor below `bottom`.
        """
        half = text_width(text, size, bold=bold) / 2
        middle = min(max(x, half + 2), self.width - half - 2)
        best: tuple[float, float, float] | None = None
        for order, (left, top) in enumerate(_spots(x, y, middle, half, size, above)):
            box = self.box(left, top, text, size, anchor="middle", bold=bold)
            if not self.free(box) or box[3] > bottom:
                continue
            cost = sum(stroke[4] for stroke in self.strokes if crosses(stroke, box)) + order * 0.35
            if best is None or cost < best[0]:
                best = cost, left, top
        if best:
            self.text(best[1], best[2], text, colour, size, anchor="middle", bold=bold)
        return best is not None

    def svg(self, label: str, *, title: bool = True) -> str:
        name = escape(label, quote=True)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(self.width)} {num(self.height)}" '
            f'width="{num(self.width)}" height="{num(self.height)}" role="img" aria-label="{name}">'
        )
        return head + (f"<title>{escape(label)}</title>" if title else "") + "".join(self.parts) + "</svg>"
