"""The cells of a scanned table, recognised apart from the page: put under one another, a line of text each or more.

On a page with a table tesseract runs its lines over the cells of a row, and takes a lone figure in a narrow column for
a speck: of a test annex it got 84 letters in 100 right, and 97 so. A lone `8` it then takes for `lô`: short cells are
read once more as figures, and the surer reading holds. Called by `pages`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

import msgspec
import numpy as np
from msgspec import Struct
from PIL import Image

from nhiemky.sources.layout.grids import Grid
from nhiemky.sources.scan.picture import POINT, Grey, Prepared
from nhiemky.sources.scan.tesseract import Token, figures_of, tokens_of

_INSET = 5  # pixels inside a cell's lines
_DARK = 140
_INK = 25  # dark pixels that are more than a speck
_LOWEST = 14  # pixels; lower than that is a dash or a speck
_ROUND = 4  # pixels left around the ink
_APART = 40  # pixels between cells
_TALLEST = 6_000  # pixels of what is recognised at one time
_SHORT = 4.5  # times its height is a cell with nothing but a figure wide, at most
_MOST = 1_500  # cells of a page; a drawing may have more
_BLOCK = 6  # tesseract's layout of one block of text
_LINES_OF_CELLS = 10_000  # blocks of the page itself are numbered lower


class _Crop(Struct):
    left: int
    top: int
    pixels: Grey


def tokens_of_page(ready: Prepared) -> list[Token]:
    """The words of a page: of its tables cell by cell, of the rest as it stands."""
    pixels = np.asarray(ready.image).copy()
    crops: list[_Crop] = []
    for grid in ready.grids:
        inked = _inked(ready, grid)
        if len(inked) < 2:
            continue
        left, top, right, bottom = _pixels(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
        pixels[top:bottom, left:right] = 255
        crops.extend(inked)
    tokens = tokens_of(Image.fromarray(pixels))
    number = _LINES_OF_CELLS
    for sheet in _sheets(crops):
        tokens.extend(_recognised(sheet, number))
        number += len(sheet)
    return tokens


def _inked(ready: Prepared, grid: Grid) -> list[_Crop]:
    """The parts of a grid's cells that may hold letters."""
    if len(grid.cells) > _MOST:
        return []
    pixels = np.asarray(ready.image)
    found = (_crop(pixels, *_pixels(cell.left, cell.top, cell.right, cell.bottom)) for cell in grid.cells)
    return [crop for crop in found if crop is not None]


def _pixels(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    return round(left / POINT), round(top / POINT), round(right / POINT), round(bottom / POINT)


def _crop(pixels: Grey, left: int, top: int, right: int, bottom: int) -> _Crop | None:
    left, top = max(0, left + _INSET), max(0, top + _INSET)
    inside = pixels[top : max(top, bottom - _INSET), left : max(left, right - _INSET)]
    dark = inside < _DARK
    if dark.sum() < _INK:
        return None
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if rows[-1] - rows[0] < _LOWEST:
        return None
    y0, y1 = max(0, int(rows[0]) - _ROUND), int(rows[-1]) + _ROUND + 1
    x0, x1 = max(0, int(columns[0]) - _ROUND), int(columns[-1]) + _ROUND + 1
    return _Crop(left + x0, top + y0, inside[y0:y1, x0:x1])


def _sheets(crops: list[_Crop]) -> Iterator[list[_Crop]]:
    sheet: list[_Crop] = []
    height = 0
    for crop in crops:
        if sheet and height + crop.pixels.shape[0] > _TALLEST:
            yield sheet
            sheet, height = [], 0
        sheet.append(crop)
        height += crop.pixels.shape[0] + _APART
    if sheet:
        yield sheet


def _recognised(crops: list[_Crop], number: int) -> list[Token]:
    """The words of cells put under one another, where they lie on the page; their lines are counted from `number`."""
    width = max(crop.pixels.shape[1] for crop in crops) + 2 * _APART
    height = sum(crop.pixels.shape[0] + _APART for crop in crops) + _APART
    sheet = np.full((height, width), 255, np.uint8)
    tops, at = [], _APART
    for crop in crops:
        tall, wide = crop.pixels.shape
        sheet[at : at + tall, _APART : _APART + wide] = crop.pixels
        tops.append(at)
        at += tall + _APART
    picture, starts = Image.fromarray(sheet), [top - _APART // 2 for top in tops]
    words, figures = (_by_crop(found, starts) for found in (tokens_of(picture, _BLOCK), figures_of(picture, _BLOCK)))
    tokens = []
    for index, crop in enumerate(crops):
        surer = _sureness(figures[index]) > _sureness(words[index]) and _is_all(crop, figures[index])
        for token in figures[index] if surer else words[index]:
            tokens.append(_moved(token, crop, tops[index], number + index))
    return tokens


def _by_crop(tokens: list[Token], starts: list[int]) -> dict[int, list[Token]]:
    groups: dict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        groups[max(0, bisect_left(starts, (token.top + token.bottom) / 2) - 1)].append(token)
    return groups


def _is_all(crop: _Crop, figures: list[Token]) -> bool:
    """Whether a cell's figures are all that stands in it: `2024`, and not `Năm 2024`."""
    height, width = crop.pixels.shape
    wide = max(one.right for one in figures) - min(one.left for one in figures) + 2 * _ROUND
    tall = max(one.bottom for one in figures) - min(one.top for one in figures) + 2 * _ROUND
    return bool(width < _SHORT * height and wide > 0.85 * width and tall > 0.75 * height)


def _sureness(tokens: list[Token]) -> float:
    return min((token.confidence for token in tokens), default=0.0)


def _moved(token: Token, crop: _Crop, top: int, number: int) -> Token:
    right, down = crop.left - _APART, crop.top - top
    return msgspec.structs.replace(
        token, left=token.left + right, right=token.right + right, top=token.top + down, bottom=token.bottom + down,
        line=(number, *token.line[1:]),
    )  # fmt: skip
