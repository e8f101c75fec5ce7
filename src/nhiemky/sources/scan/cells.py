"""Cells of a scanned table in which nothing was recognised, though there is ink: read once more, by themselves.

Tesseract takes a lone figure in a narrow column for a speck; those are the figures of a table. Called by `pages`.
"""

import msgspec
import numpy as np
from msgspec import Struct
from PIL import Image

from nhiemky.sources.scan.picture import POINT, Grey, Prepared
from nhiemky.sources.scan.tesseract import Token, tokens_of

_INSET = 5  # pixels inside a cell's lines
_DARK = 140
_INK = 25  # dark pixels that are more than a speck
_TALLEST = 14  # pixels; lower than that is a dash or a speck
_APART = 40  # pixels between cells put under one another
_MOST = 200  # cells of a page
_LINE = 10_000  # tesseract's own blocks are fewer


class _Crop(Struct):
    left: int
    top: int
    pixels: Grey


def missed_in_cells(ready: Prepared, tokens: list[Token]) -> list[Token]:
    """The words of cells that no word lies in, put under one another and recognised in one go."""
    crops = _inked(ready, tokens)[:_MOST]
    if not crops:
        return []
    width = max(crop.pixels.shape[1] for crop in crops) + 2 * _APART
    height = sum(crop.pixels.shape[0] + _APART for crop in crops) + _APART
    sheet = np.full((height, width), 255, np.uint8)
    tops, at = [], _APART
    for crop in crops:
        tall, wide = crop.pixels.shape
        sheet[at : at + tall, _APART : _APART + wide] = crop.pixels
        tops.append(at)
        at += tall + _APART
    return [
        _moved(token, crops[index], tops[index], index)
        for token in tokens_of(Image.fromarray(sheet), layout=6)
        for index in (int(np.searchsorted(tops, (token.top + token.bottom) / 2)) - 1,)
        if index >= 0
    ]


def _moved(token: Token, crop: _Crop, top: int, index: int) -> Token:
    right, down = crop.left - _APART, crop.top - top
    return msgspec.structs.replace(
        token, left=token.left + right, right=token.right + right, top=token.top + down, bottom=token.bottom + down,
        line=(_LINE + index, *token.line[1:]),
    )  # fmt: skip


def _inked(ready: Prepared, tokens: list[Token]) -> list[_Crop]:
    pixels = np.asarray(ready.image)
    middles = [((token.left + token.right) / 2 * POINT, (token.top + token.bottom) / 2 * POINT) for token in tokens]
    crops = []
    for grid in ready.grids:
        inside = [(x, y) for x, y in middles if grid.holds(x, y)]
        if not inside:
            continue  # a drawing, not a table
        for cell in grid.cells:
            if not any(cell.left <= x <= cell.right and cell.top <= y <= cell.bottom for x, y in inside):
                crop = _crop(pixels, *(round(side / POINT) for side in (cell.left, cell.top, cell.right, cell.bottom)))
                crops.extend([crop] if crop is not None else [])
    return crops


def _crop(pixels: Grey, left: int, top: int, right: int, bottom: int) -> _Crop | None:
    """The inked part of a cell, if it may hold letters."""
    left, top = max(0, left + _INSET), max(0, top + _INSET)
    inside = pixels[top : bottom - _INSET, left : right - _INSET]
    dark = inside < _DARK
    if dark.sum() < _INK:
        return None
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if rows[-1] - rows[0] < _TALLEST:
        return None
    y0, y1 = max(0, int(rows[0]) - 4), int(rows[-1]) + 5
    x0, x1 = max(0, int(columns[0]) - 4), int(columns[-1]) + 5
    return _Crop(left + x0, top + y0, inside[y0:y1, x0:x1])
