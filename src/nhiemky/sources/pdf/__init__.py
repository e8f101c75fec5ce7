"""A PDF to its text: `draw(path, raw, progress)`; pages without text are recognised as `scan` does.

Called by `sources.load`.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from nhiemky.sources.layout.flow import text_of
from nhiemky.sources.layout.marks import Marks
from nhiemky.sources.loaded import Drawn, Progress, SourceError, unheard
from nhiemky.sources.pdf.bombs import MOST, unpacked_too_far
from nhiemky.sources.pdf.page import PdfPage, read_page
from nhiemky.sources.scan.notes import numbers, recognition_notes
from nhiemky.sources.scan.pages import Recognised, recognised
from nhiemky.sources.scan.picture import LARGEST, TALL
from nhiemky.sources.scan.tesseract import INSTALL, NoTesseract, RecognitionError, require

__all__ = ["draw"]

MOST_PAGES = 1_000  # of text take half a gigabyte and as many minutes as a person waits; reports have some hundreds
MOST_LETTERS = 5_000_000  # of the file
MOST_RECOGNISED = 300  # pages; some seven minutes on two cores
_A4 = 842  # points
# pdfium may be in one call at a time only, and the desk serves several people at once
_PDFIUM = Lock()


def draw(path: Path, raw: bytes, progress: Progress = unheard) -> Drawn:
    """The text of a PDF with the page and box of each word, its tables, and notes on what was recognised."""
    document = _opened(path, raw)
    try:
        pages = _pages(path, document, progress)
        unread = [page for page in pages if page.instead]
        seen, missing = _recognised(path, document, unread, progress) if unread else ({}, "")
    finally:
        with _PDFIUM:
            document.close()
    if missing and not any(page.letters and page.legible for page in pages):
        raise SourceError(
            f"{path.name}: {numbers(_of(unread))} không có chữ để lấy, phải nhận dạng, mà {missing}. {INSTALL}."
        )
    drawn = text_of(_marks(page, seen) for page in pages)
    if not drawn.text.strip():
        raise _without_text(path, unread)
    return Drawn(drawn.text, drawn.places, drawn.tables, tuple(_notes(pages, seen, missing)))


def _opened(path: Path, raw: bytes) -> pypdfium2.PdfDocument:
    if unpacked_too_far(raw):
        raise SourceError(
            f"{path.name}: một phần của tệp bung ra trên {MOST // 1024**2} MB. Tệp có thể là bom nén. "
            "Hãy kiểm tra nơi gửi tệp."
        )
    try:
        with _PDFIUM:
            document = pypdfium2.PdfDocument(raw)
            count = len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise SourceError(
                f"{path.name}: tệp PDF có mật khẩu. Hãy mở bằng mật khẩu, in hoặc lưu ra tệp PDF không có mật khẩu."
            ) from None
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise SourceError(
                f"{path.name}: tệp PDF khóa bằng cách lạ, không mở được. Hãy in ra một tệp PDF khác rồi đọc lại."
            ) from None
        raise _broken(path, "không mở được") from None
    if count == 0:
        raise _broken(path, "không có trang nào")
    if count > MOST_PAGES:
        raise SourceError(
            f"{path.name}: có {count} trang, chỉ đọc đến {MOST_PAGES} trang. Hãy tách thành nhiều tệp, "
            "mỗi tệp một báo cáo."
        )
    return document


def _broken(path: Path, found: str) -> SourceError:
    return SourceError(
        f"{path.name}: tệp PDF hỏng hoặc thiếu phần cuối ({found}). "
        "Hãy tải lại, hoặc mở bằng trình duyệt rồi in ra PDF."
    )


def _pages(path: Path, document: pypdfium2.PdfDocument, progress: Progress) -> list[PdfPage]:
    """All pages; a document of which a page is lost is refused, since nobody would see what is missing."""
    pages: list[PdfPage] = []
    left = MOST_LETTERS
    for index in range(len(document)):
        progress("pages", index, len(document))
        try:
            with _PDFIUM:
                pages.append(read_page(document, index))
        except pypdfium2.PdfiumError:
            raise _broken(path, f"trang {index + 1} trong {len(document)} trang không đọc được") from None
        left -= pages[-1].letters
        if left < 0:
            raise SourceError(
                f"{path.name}: trên {MOST_LETTERS} chữ cái ở {index + 1} trang đầu, chỉ đọc đến chừng ấy. "
                "Hãy tách thành nhiều tệp."
            )
    return pages


def _recognised(
    path: Path, document: pypdfium2.PdfDocument, unread: Sequence[PdfPage], progress: Progress
) -> tuple[dict[int, Recognised], str]:
    """The pages that were recognised, by number; or why none could be."""
    try:
        require()
    except NoTesseract as error:
        return {}, str(error)
    if len(unread) > MOST_RECOGNISED:
        raise SourceError(
            f"{path.name}: {len(unread)} trang là ảnh, chỉ nhận dạng đến {MOST_RECOGNISED} trang một lần. "
            "Hãy tách thành nhiều tệp."
        )

    def one(page: PdfPage) -> Recognised:
        try:
            with _PDFIUM:
                picture, width = _drawn(document, page.marks.number)
            return recognised(picture, page.marks.number, width)
        except pypdfium2.PdfiumError:
            raise _broken(path, f"trang {page.marks.number} không vẽ được") from None
        except RecognitionError as error:
            raise SourceError(f"{path.name}: trang {page.marks.number} {error}") from None

    # each page is drawn by the thread that has it recognised, so that only as many pictures are held as threads
    with ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1))) as threads:
        found: dict[int, Recognised] = {}
        progress("recognition", 0, len(unread))
        for page in threads.map(one, unread):  # ended here, `map` gives up the pages that nobody has begun
            found[page.marks.number] = page
            progress("recognition", len(found), len(unread))
        return found, ""


def _drawn(document: pypdfium2.PdfDocument, number: int) -> tuple[Image.Image, float]:
    """A page as a grey picture of 300 dots to the inch, if that is not too large, and its width in points."""
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(max(TALL / _A4, TALL / max(width, height)), LARGEST / max(width, height))
    pixels = page.render(scale=scale, grayscale=True).to_numpy()
    page.close()
    return Image.fromarray(pixels[:, :, 0] if pixels.ndim == 3 else pixels).copy(), width


def _marks(page: PdfPage, seen: dict[int, Recognised]) -> Marks:
    """What to read of a page: as recognised, if it was; nothing, if its letters mean nothing."""
    found = seen.get(page.marks.number)
    if found is not None:
        return found.marks
    return page.marks if page.legible else Marks(page.marks.number, page.marks.width, page.marks.height)


def _without_text(path: Path, unread: Sequence[PdfPage]) -> SourceError:
    if unread:
        return SourceError(
            f"{path.name}: {numbers(_of(unread))} là ảnh, không nhận ra chữ nào. Hãy quét lại rõ hơn, thẳng, "
            "ít nhất 200 điểm trên inch."
        )
    return SourceError(f"{path.name}: các trang đều trống hoặc hỏng, không có chữ nào. Hãy mở xem lại tệp.")


def _of(pages: Sequence[PdfPage]) -> list[int]:
    return [page.marks.number for page in pages]


def _notes(pages: Sequence[PdfPage], seen: dict[int, Recognised], missing: str) -> list[str]:
    notes = sorted({note for page in pages for note in page.notes if page.marks.number not in seen})
    instead = {page.marks.number: page.instead for page in pages if page.instead}
    if missing:
        notes.append(f"{numbers(instead)} không có chữ để lấy, chưa đọc được vì {missing}. {INSTALL}")
    blank = [page.marks.number for page in pages if not page.letters and not page.instead]
    if blank:
        notes.append(f"{numbers(blank)} trống")
    confidences = {number: page.confidence for number, page in seen.items()}
    dots = {page.marks.number: page.dots for page in pages if page.dots}
    return notes + recognition_notes(confidences, instead, dots)
