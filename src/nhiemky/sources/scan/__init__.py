"""A picture of pages (PNG, JPEG, TIFF) to its text: `draw(path, raw, progress)`. Called by `sources.load`."""

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from nhiemky.sources.layout.flow import text_of
from nhiemky.sources.loaded import Drawn, Progress, SourceError, unheard
from nhiemky.sources.scan.notes import recognition_notes
from nhiemky.sources.scan.pages import Recognised, recognised
from nhiemky.sources.scan.tesseract import INSTALL, NoTesseract, RecognitionError, require

__all__ = ["draw"]

MOST_PIXELS = 120_000_000  # of one page; the largest telephones take 108 million, A3 at 600 dots has 70
MOST_PAGES = 300  # of a TIFF
_PAPER = (4.0, 20.0)  # inches of the longer side of a scanned page; else the stated dots are not believed
_A4 = 841.9  # points
Image.MAX_IMAGE_PIXELS = None  # Pillow only warns of its limit; ours refuses, before a pixel is unpacked


def draw(path: Path, raw: bytes, progress: Progress = unheard) -> Drawn:
    """The text of a picture, page by page, with the box and the sureness of each word."""
    try:
        require()
    except NoTesseract as error:
        raise SourceError(f"{path.name}: là ảnh, phải nhận dạng chữ, mà {error}. {INSTALL}.") from None
    pages = []
    for number, (frame, count) in enumerate(_frames(path, raw), start=1):
        progress("recognition", number - 1, count)
        pages.append(_page(path, frame, number))
    confidences = {page.marks.number: page.confidence for page in pages}
    if not any(confidences.values()):
        raise SourceError(
            f"{path.name}: không nhận ra chữ nào trong ảnh. Hãy chụp hoặc quét lại rõ hơn, thẳng, đủ sáng, "
            "ít nhất 200 điểm trên inch."
        )
    drawn = text_of(page.marks for page in pages)
    reasons = dict.fromkeys(confidences, "ảnh chụp")
    dots = {page.marks.number: page.dots for page in pages}
    return Drawn(drawn.text, drawn.places, drawn.tables, tuple(recognition_notes(confidences, reasons, dots)))


def _frames(path: Path, raw: bytes) -> Iterator[tuple[Image.Image, int]]:
    """The pages of a picture as they are to be looked at, grey, each with how many there are."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on strange tags
            with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "TIFF")) as picture:
                count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
                if count > MOST_PAGES:
                    raise SourceError(
                        f"{path.name}: ảnh có {count} trang, chỉ đọc đến {MOST_PAGES} trang. Hãy tách thành nhiều tệp."
                    )
                for number in range(count):
                    picture.seek(number)
                    _refuse_huge(path, picture)
                    yield _grey(picture), count
    except UnidentifiedImageError as error:
        raise _broken(path) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _broken(path) from error


def _refuse_huge(path: Path, picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise SourceError(
            f"{path.name}: ảnh {width} × {height} điểm, chỉ đọc đến {MOST_PIXELS // 1_000_000} triệu điểm. "
            "Hãy giảm độ phân giải (300 điểm trên inch là đủ) rồi đọc lại."
        )


def _broken(path: Path) -> SourceError:
    return SourceError(f"{path.name}: ảnh hỏng hoặc thiếu phần cuối. Hãy tải lại, chụp hoặc quét lại.")


def _grey(picture: Image.Image) -> Image.Image:
    """Letters as dark on light; what is transparent is paper. Telephones say in EXIF how they were held."""
    dots = picture.info.get("dpi")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        upright = Image.alpha_composite(paper, layered)
    if upright.mode.startswith(("I", "F")):  # 16 bits a pixel
        upright = upright.convert("I").point(lambda level: level / 256)
    grey = upright.convert("L")
    grey.info["dpi"] = dots
    return grey


def _page(path: Path, picture: Image.Image, number: int) -> Recognised:
    try:
        return recognised(picture, number, picture.width * _points(picture))
    except RecognitionError as error:
        raise SourceError(f"{path.name}: trang {number} {error}") from None


def _points(picture: Image.Image) -> float:
    """Points that a pixel stands for: by the dots that the file states if a paper's size comes out, else as on A4."""
    longest, dots = max(picture.size), picture.info.get("dpi")
    try:
        stated = float(dots[0]) if dots else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        stated = 0.0
    if stated > 0 and _PAPER[0] <= longest / stated <= _PAPER[1]:
        return 72 / stated
    return _A4 / longest
