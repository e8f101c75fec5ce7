"""The straight lines drawn on a PDF's page, which rule its tables, and how much of it pictures cover; for `page`."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2.raw as pdfium
from msgspec import Struct, field

Matrix = tuple[float, float, float, float, float, float]
Segment = tuple[float, float, float, float]  # left, bottom, right, top in the page's own coordinates

_MOST = 50_000  # objects of a page; maps and charts have more, and no table in them
_THICK = 3.0  # points; Word draws the borders of cells as filled boxes of half a point to two
_SHORT = 3.0
_CROOKED = 0.7
_DEEPEST = 6  # forms within forms
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


class Drawn(Struct):
    """Straight lines; the boxes of pictures, and how many dots to the inch the largest has."""

    lines: list[Segment] = field(default_factory=list)
    pictures: list[Segment] = field(default_factory=list)
    dots: float = 0.0


def drawn_on(page: pdfium.FPDF_PAGE) -> Drawn:
    """What is drawn on a page besides its letters."""
    drawn, left, widest = Drawn(), _MOST, 0.0
    wide, tall = ctypes.c_uint(), ctypes.c_uint()
    for item, matrix in _objects(page):
        left -= 1
        if left < 0:
            break
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawn.lines.extend(_lines(item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(item, matrix)
            drawn.pictures.append(box)
            if box[2] - box[0] > widest and pdfium.FPDFImageObj_GetImagePixelSize(item, wide, tall):
                widest = box[2] - box[0]
                drawn.dots = 72 * max(wide.value, tall.value) / max(widest, box[3] - box[1])
    return drawn


def _objects(page: pdfium.FPDF_PAGE) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, Matrix]]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _within(pdfium.FPDFPage_GetObject(page, index), _SAME, 0)


def _within(
    item: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, depth: int
) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, Matrix]]:
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, matrix
    elif depth < _DEEPEST:
        inner = _times(_matrix(item), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _within(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _matrix(item: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def _bounds(item: pdfium.FPDF_PAGEOBJECT, matrix: Matrix) -> Segment:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    one, other = _moved(left.value, bottom.value, matrix), _moved(right.value, top.value, matrix)
    return _ordered(one, other)


def _ordered(one: tuple[float, float], other: tuple[float, float]) -> Segment:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _lines(item: pdfium.FPDF_PAGEOBJECT, outer: Matrix) -> Iterator[Segment]:
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroked)
    if not fill.value and not stroked.value:
        return
    if not stroked.value:
        left, bottom, right, top = _bounds(item, outer)
        if min(right - left, top - bottom) > _THICK and pdfium.FPDFPath_CountSegments(item) <= 5:
            return  # the shade of a cell, not its border
    for part in _parts(item, _times(_matrix(item), outer)):
        box = _around(part)
        wide, tall = box[2] - box[0], box[3] - box[1]
        if min(wide, tall) <= _THICK:
            if max(wide, tall) >= _SHORT:
                yield _thinned(box)
        elif stroked.value:
            yield from _straight(part)


def _parts(item: pdfium.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each connected part of a path; a part that is closed ends where it began."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(item), _MOST)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_moved(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _around(points: list[tuple[float, float]]) -> Segment:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def _thinned(box: Segment) -> Segment:
    left, bottom, right, top = box
    if right - left >= top - bottom:
        return left, (bottom + top) / 2, right, (bottom + top) / 2
    return (left + right) / 2, bottom, (left + right) / 2, top


def _straight(points: list[tuple[float, float]]) -> Iterator[Segment]:
    for one, other in pairwise(points):
        box = _ordered(one, other)
        wide, tall = box[2] - box[0], box[3] - box[1]
        if min(wide, tall) <= _CROOKED and max(wide, tall) >= _SHORT:
            yield _thinned(box)
