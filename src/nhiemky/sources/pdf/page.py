"""A page of a PDF → its marks, and whether its letters can be believed or must be recognised; called by `pdf`."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from nhiemky.sources.layout.marks import Marks, Word
from nhiemky.sources.pdf.glyphs import Lettering, Sheet, lettering_of
from nhiemky.sources.pdf.rules import Segment, drawn_on
from nhiemky.sources.vietnamese import LETTERS

_COVERED = 0.5  # of the page, by pictures: a scan, whose borders may be cut off
_FEW = 400  # letters on a scan's page: the stamp of a signature, a site's watermark, and not a page's text
_PICTURED = 0.05  # of a page without letters, by pictures, that may show some
_OUTLINED = 200  # straight lines on a page without letters, whose letters may be drawn as outlines
_STRANGE = 0.1  # share of letters without a meaning from which on a page's text is not one
_LARGEST = 15_000  # points; the format's own limit is 14,400
_MOST_NOTES = 1_000
_PRINTED = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}
_PROSE = 120  # letters from which on Vietnamese shows its marks


class PdfPage(Struct):
    """A page's marks, how many letters it has, what was done to them, and what it is if it is not text."""

    marks: Marks
    letters: int
    notes: set[str]
    instead: str = ""  # `ảnh chụp`, and why it must be recognised
    legible: bool = True  # whether the letters are worth keeping where it cannot be
    dots: float = 0.0  # to the inch, of the picture on it


def read_page(document: pypdfium2.PdfDocument, index: int) -> PdfPage:
    """The page at `index`. Raises `PdfiumError` for a page that is lost or cannot be one."""
    page, signatures = _flattened(document, index)
    sheet, number = _sheet(page), index + 1
    with_text = page.get_textpage()
    try:
        lettering = lettering_of(with_text.raw, sheet, number)
        drawn = drawn_on(page.raw)
    finally:
        with_text.close()
        page.close()
    words = lettering.words
    usual = max(words, key=lambda turn: sum(len(word.text) for word in words[turn]), default=sheet.rotation)
    width, height = sheet.size_after(usual)
    marks = Marks(number, width, height, (usual - sheet.rotation) % 4, words=words.get(usual, []))
    marks.turned = [((turn - usual) % 4, word) for turn in sorted(words) if turn != usual for word in words[turn]]
    marks.decoration = lettering.slanting
    _set_stamps_apart(marks, signatures, sheet, usual)
    covered = _covered(drawn.pictures, sheet, usual, marks)
    _rule(drawn.lines, sheet, usual, marks)
    letters = sum(len(word.text) for group in words.values() for word in group)
    instead, legible = _instead(lettering, letters, covered, len(drawn.lines))
    return PdfPage(marks, letters, lettering.notes, instead, legible, drawn.dots)


def _flattened(document: pypdfium2.PdfDocument, index: int) -> tuple[pypdfium2.PdfPage, list[Segment]]:
    """A page with the fields of its forms and typed remarks as part of it, as printed; and where signatures show."""
    page = document[index]
    kinds, signatures = set(), []
    for place in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, place)
        kinds.add(pdfium.FPDFAnnot_GetSubtype(note))
        if _is_signature(note):
            box = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(note, box)
            signatures.append((box.left, box.bottom, box.right, box.top))
        pdfium.FPDFPage_CloseAnnot(note)
    if not kinds & _PRINTED:
        return page, []
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_PRINT)
    page.close()
    return document[index], signatures


def _is_signature(note: pdfium.FPDF_ANNOTATION) -> bool:
    kind = ctypes.create_string_buffer(16)
    pdfium.FPDFAnnot_GetStringValue(note, b"FT", ctypes.cast(kind, ctypes.POINTER(pdfium.FPDF_WCHAR)), 16)
    return kind.raw.decode("utf-16-le").rstrip("\0") == "Sig"


def _set_stamps_apart(marks: Marks, signatures: list[Segment], sheet: Sheet, turn: int) -> None:
    """Who signed when, by the signing program, stands over the letterhead and is no part of the text."""
    for signature in signatures:
        left, top, right, bottom = sheet.upright(*signature, turn)
        outside: list[Word] = []
        for word in marks.words:
            inside = left <= word.middle <= right and top <= word.height <= bottom
            (marks.stamps if inside else outside).append(word)
        marks.words = outside


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    left, bottom, right, top = page.get_bbox()
    if not (0 < right - left < _LARGEST and 0 < top - bottom < _LARGEST):
        raise pypdfium2.PdfiumError(f"a page of {right - left} × {top - bottom} points")
    return Sheet(left, bottom, right - left, top - bottom, page.get_rotation() // 90 % 4)


def _rule(lines: list[Segment], sheet: Sheet, turn: int, marks: Marks) -> None:
    """Adds the lines drawn on a page to its marks."""
    for line in lines:
        left, top, right, bottom = sheet.upright(*line, turn)
        if right < 0 or bottom < 0 or left > marks.width or top > marks.height:
            continue
        if right - left >= bottom - top:
            marks.across.append((top, left, right))
        else:
            marks.down.append((left, top, bottom))


def _covered(pictures: list[Segment], sheet: Sheet, turn: int, marks: Marks) -> float:
    """The share of a page that pictures cover; scanners cut pages into strips, so they are added up."""
    covered = 0.0
    for picture in pictures:
        left, top, right, bottom = sheet.upright(*picture, turn)
        wide, tall = min(right, marks.width) - max(left, 0.0), min(bottom, marks.height) - max(top, 0.0)
        covered += max(0.0, wide) * max(0.0, tall)
    return covered / (marks.width * marks.height)


def _instead(lettering: Lettering, letters: int, covered: float, lines: int) -> tuple[str, bool]:
    """What a page is instead of text, nothing if it is text; and whether its letters are legible all the same."""
    scanned = covered > _COVERED
    if scanned and letters < _FEW:
        return "ảnh chụp", True
    if not letters and (covered > _PICTURED or lines > _OUTLINED):
        return "hình vẽ", True
    if lettering.strange > _STRANGE * max(lettering.letters, 1):
        return "phông chữ không nói rõ là chữ gì", False
    if scanned and _unmarked([word for group in lettering.words.values() for word in group]):
        return "ảnh chụp có lớp chữ không dấu tiếng Việt", True
    return "", True


def _unmarked(words: list[Word]) -> bool:
    """Whether the letters over a scan were recognised as another language's: too few are Vietnamese's own."""
    letters = [letter for word in words for letter in word.text]
    marked = sum(letter in LETTERS and not letter.isascii() for letter in letters)
    return len(letters) >= _PROSE and marked < len(letters) / 20
