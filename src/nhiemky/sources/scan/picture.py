"""A scanned or photographed page made fit for recognition: evenly lit, level, its ruled lines found and taken out.

Each step is here because recognition got better by it (docs/reference/sources-pdf.md). Called by `pages`.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from nhiemky.sources.layout.grids import Grid, Rule, grids_of

Grey = NDArray[np.uint8]

POINT = 72 / 300  # of a pixel of a prepared picture, which is taken to have 300 dots to the inch
TALL = 3508  # pixels: A4 so; under 150 dots tesseract misses marks
LARGEST = 5000  # pixels: A3 so; more costs time and finds nothing more
_SMALLEST = 2400
_BLOCK = 32  # pixels; paper is judged by the bright part of blocks so large, which letters do not fill
_WHITE = 300.0  # grey level that paper is set to: over 255, so that its grain goes and edges of parts put together too
_STEEPEST = 10.0  # degrees; a page photographed more aslant is taken again
_LEVEL = 0.15  # degrees that do no harm
_NOISY = 3.0  # grey levels by which neighbours on bare paper differ; clean scans have 1.5
_SOFTENED = 1.2  # pixels
_DARK = 140
_SHORTEST_RULE = 19.0  # points; no stroke of a letter is so long, the narrowest column of a table is
_THICKEST_RULE = 3.0
_BESIDE = 6  # pixels around a grid that its outer lines may reach into


class Prepared(Struct):
    """A picture ready for recognition, the degrees it was turned by anticlockwise, and its ruled lines, in points.

    `image` is without the lines of `grids`, which tesseract takes for letters; a line to write on is left where it is.
    """

    image: Image.Image
    angle: float
    across: list[Rule]
    down: list[Rule]
    grids: list[Grid]


def sized(picture: Image.Image) -> Image.Image:
    """A picture large enough for recognition, and no larger than it needs."""
    longest = max(picture.size)
    if _SMALLEST <= longest <= LARGEST:
        return picture
    scale = TALL / longest
    return picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.BICUBIC)


def prepared(picture: Image.Image) -> Prepared:
    """A grey picture, as large as `sized` makes one, ready."""
    image = _evenly_lit(picture)
    angle = _slant(image)
    if abs(angle) > _LEVEL:
        image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    else:
        angle = 0.0
    if _grain(image) > _NOISY:
        image = image.filter(ImageFilter.GaussianBlur(_SOFTENED))
    pixels = np.asarray(image)
    level, upright = _rules(pixels)
    across, down = _runs(level), _runs(upright)
    grids = grids_of(across, down)
    if grids:
        image = Image.fromarray(_cleared(pixels, _spread(level | upright.T), grids))
    return Prepared(image, angle, across, down, grids)


def _evenly_lit(picture: Image.Image) -> Image.Image:
    """Shadows and yellowed paper made white: each pixel against the paper around it."""
    pixels = np.asarray(picture)
    height, width = pixels.shape
    rows, columns = height // _BLOCK, width // _BLOCK
    if rows < 3 or columns < 3:
        return picture
    blocks = pixels[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    paper = np.percentile(blocks.swapaxes(1, 2).reshape(rows, columns, -1), 90, axis=2).astype(np.uint8)
    smooth = Image.fromarray(paper).filter(ImageFilter.MedianFilter(5)).resize(picture.size, Image.Resampling.BILINEAR)
    lit = pixels.astype(np.float32) * _WHITE / np.maximum(np.asarray(smooth), 1)
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def _slant(image: Image.Image) -> float:
    """Degrees anticlockwise that set the lines level: at the right angle lines and the gaps between differ most."""
    scale = 800 / max(image.size)
    small = np.asarray(image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale)))))
    y, x = np.nonzero(small < _DARK + 40)
    if not 200 < len(y) < small.size / 2:
        return 0.0

    def sharpness(degrees: float) -> float:
        fallen = np.round(y - x * np.tan(np.radians(degrees))).astype(np.int64)
        lines = np.bincount(fallen - fallen.min()).astype(np.float64)
        return float(np.square(np.diff(lines)).sum())

    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), key=sharpness)
    return float(max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=sharpness))


def _grain(image: Image.Image) -> float:
    """How much neighbouring pixels of bare paper differ, in grey levels."""
    pixels = np.asarray(image).astype(np.int16)[::4, ::1]
    near = np.abs(np.diff(pixels, axis=1))
    paper = pixels[:, 1:] > 200
    return float(near[paper].mean()) if paper.any() else 0.0


def _rules(pixels: Grey) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where straight dark lines are: level ones, and upright ones in the picture turned over its diagonal."""
    shortest, thickest = round(_SHORTEST_RULE / POINT), round(_THICKEST_RULE / POINT)
    dark = pixels < _DARK
    return _thin(_long(dark, shortest), thickest), _thin(_long(np.ascontiguousarray(dark.T), shortest), thickest)


def _cleared(pixels: Grey, lines: NDArray[np.bool_], grids: list[Grid]) -> Grey:
    cleared = pixels.copy()
    for grid in grids:
        left, right = int(grid.xs[0] / POINT) - _BESIDE, int(grid.xs[-1] / POINT) + _BESIDE
        top, bottom = int(grid.ys[0] / POINT) - _BESIDE, int(grid.ys[-1] / POINT) + _BESIDE
        box = np.s_[max(0, top) : bottom, max(0, left) : right]
        cleared[box][lines[box]] = 255
    return cleared


def _thin(mask: NDArray[np.bool_], thickest: int) -> NDArray[np.bool_]:
    """A mask without what is thick: black margins, pictures."""
    if not mask.any():
        return mask
    return mask & ~_long(np.ascontiguousarray(mask.T), thickest).T


def _long(dark: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """The dark pixels that are part of a dark run of at least `length` along the row."""
    found = np.zeros_like(dark)
    rows, begins, ends = _run_ends(dark)
    for at in np.flatnonzero(ends - begins >= length):
        found[rows[at], begins[at] : ends[at]] = True
    return found


def _run_ends(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Row, begin and end of each run along the rows of a mask."""
    edged = np.zeros((mask.shape[0], mask.shape[1] + 2), np.bool_)
    edged[:, 1:-1] = mask
    rows, places = np.nonzero(edged[:, 1:] != edged[:, :-1])
    return rows[::2], places[::2], places[1::2]


def _spread(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A mask two pixels wider on each side: the grey edge of a line."""
    wide = mask.copy()
    for step in (1, 2):
        wide[step:] |= mask[:-step]
        wide[:-step] |= mask[step:]
        wide[:, step:] |= mask[:, :-step]
        wide[:, :-step] |= mask[:, step:]
    return wide


def _runs(mask: NDArray[np.bool_]) -> list[Rule]:
    """The runs of a mask's rows, as rules in points; a line three pixels thick gives three, which `grids` makes one."""
    rows, begins, ends = (found * POINT for found in _run_ends(mask))
    return list(zip(rows.tolist(), begins.tolist(), ends.tolist(), strict=True))
