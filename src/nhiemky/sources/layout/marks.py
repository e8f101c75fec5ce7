"""What stands on a page, in points from its top left corner: words, ruled lines. Made by `pdf` and `scan`."""

import math

from msgspec import Struct, field

Box = tuple[float, float, float, float]  # left, top, right, bottom
Quarter = int  # turns of 90° clockwise that a reader makes to see the words upright: 0 to 3


class Word(Struct, gc=False):
    """A run of letters without a gap, as it stands when the page is held upright; `base` is the line it stands on."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float  # of the letters, as a font's
    page: int = 0
    spaced: bool = True  # white space follows
    confidence: float | None = None

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        return (self.top + self.bottom) / 2


class Marks(Struct):
    """A page as drawn. Rules are `(at, start, end)`: of `across` at a height, of `down` at a distance from the left.

    `turned` are words that stand sideways (heads of narrow columns), as they stand after so many quarters more;
    `decoration` is what lies slanting behind the text, `stamps` what electronic signatures show. All boxes are as the
    page stands after `turn` quarters and, of a picture taken aslant, after `tilt` degrees anticlockwise about its
    middle, in `unit` points each: pictures come in any size, and are laid out as if on A4. `shown` turns them back.
    """

    number: int
    width: float
    height: float
    turn: Quarter = 0
    tilt: float = 0.0
    unit: float = 1.0
    words: list[Word] = field(default_factory=list)
    turned: list[tuple[Quarter, Word]] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    decoration: list[Word] = field(default_factory=list)
    stamps: list[Word] = field(default_factory=list)

    def shown(self, box: Box) -> Box:
        """A box as the viewer of the page as it is sees it, rounded to a tenth of a point."""
        if self.tilt:
            box = self._tilted_back(box)
        left, top, right, bottom = turned(box, -self.turn % 4, self.width, self.height)
        unit = self.unit
        return round(left * unit, 1), round(top * unit, 1), round(right * unit, 1), round(bottom * unit, 1)

    def _tilted_back(self, box: Box) -> Box:
        """The box moved; words are so small that it needs no turning itself."""
        turn = math.radians(self.tilt)
        x, y = (box[0] + box[2] - self.width) / 2, (box[1] + box[3] - self.height) / 2
        right = x * math.cos(turn) - y * math.sin(turn) - x
        down = x * math.sin(turn) + y * math.cos(turn) - y
        return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def turned(box: Box, quarters: Quarter, width: float, height: float) -> Box:
    """A box of a page of that size after the page is turned clockwise by so many quarters."""
    for _ in range(quarters % 4):
        left, top, right, bottom = box
        box = height - bottom, left, height - top, right
        width, height = height, width
    return box
