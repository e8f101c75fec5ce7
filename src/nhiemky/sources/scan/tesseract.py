"""A grey picture → its words, by the program tesseract with its Vietnamese letters. Called by `pages`.

The program itself and its TSV, not a Python binding: there is nothing to keep in step with it.
"""

import csv
import io
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

from msgspec import Struct
from PIL import Image

SECONDS = 120  # a dense A4 page takes two or three on one core
INSTALL = (
    "Hãy cài tesseract kèm tiếng Việt (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie; "
    "Windows: bản cài của UB Mannheim, đánh dấu Vietnamese) rồi đọc lại"
)
_ON_WINDOWS = r"C:\Program Files\Tesseract-OCR\tesseract.exe"  # its installer adds nothing to the path
_PLAIN, _FIGURES = "eng", "0123456789,.%"
_TURN = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
_SURE = re.compile(r"^Orientation confidence: ([\d.]+)$", re.MULTILINE)
_ENOUGH = 2.0  # of tesseract's own measure, under which it guesses


class NoTesseract(Exception):
    """The program or its Vietnamese letters are missing; the message says which."""


class RecognitionError(Exception):
    """The program failed on a page; the message says how, and what to do, and follows the page's number."""


class Token(Struct, gc=False):
    """A word with its box in pixels, the line it is of, and how sure its letters are, 0 to 1."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: tuple[int, int, int]
    confidence: float


def require() -> None:
    """Raises `NoTesseract` where a picture cannot be recognised."""
    program = _program()
    if program is None:
        raise NoTesseract("máy này chưa có chương trình tesseract")
    if "vie" not in _languages(program):
        raise NoTesseract("chương trình tesseract của máy này chưa có tiếng Việt (vie)")


def tokens_of(picture: Image.Image, layout: int = 3) -> list[Token]:
    """The words of a grey picture that stands upright, some 300 dots to the inch; `layout` is tesseract's `psm`."""
    return _tokens(_run(picture, "--psm", str(layout), "tsv"))


def figures_of(picture: Image.Image, layout: int) -> list[Token]:
    """The same, taken for nothing but figures; none where the letters that come with the program are missing."""
    program = _program()
    if program is None or _PLAIN not in _languages(program):
        return []
    only = ("-c", f"tessedit_char_whitelist={_FIGURES}")
    return _tokens(_run(picture, "--psm", str(layout), *only, "tsv", language=_PLAIN))


def _tokens(told: str) -> list[Token]:
    rows = csv.reader(io.StringIO(told), delimiter="\t", quoting=csv.QUOTE_NONE)
    tokens = []
    for row in rows:
        if len(row) != 12 or row[0] != "5" or not row[11].strip():
            continue
        left, top, width, height = (int(figure) for figure in row[6:10])
        text = unicodedata.normalize("NFC", "".join(row[11].split()))
        line = int(row[2]), int(row[3]), int(row[4])
        tokens.append(Token(text, left, top, left + width, top + height, line, float(row[10]) / 100))
    return tokens


def quarters_to_upright(picture: Image.Image) -> int:
    """How many quarters clockwise set a picture upright; 0 where the program cannot tell."""
    try:
        told = _run(picture, "--psm", "0", language="osd")
    except RecognitionError:  # too few letters, or no data for this
        return 0
    turn, sure = _TURN.search(told), _SURE.search(told)
    return int(turn[1]) // 90 % 4 if turn and sure and float(sure[1]) >= _ENOUGH else 0


def _run(picture: Image.Image, *options: str, language: str = "vie") -> str:
    program = _program()
    assert program is not None
    pixels = io.BytesIO()
    picture.save(pixels, "PPM")
    # Several threads on one page are slower than one, by three on two cores: pages are what runs side by side.
    # The rest of the environment is the program's own affair (where its letters lie).
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    command = [program, "-", "-", "-l", language, "--dpi", "300", *options]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=pixels.getvalue(), capture_output=True, timeout=SECONDS, check=True, env=environment
        )
    except subprocess.TimeoutExpired:
        raise RecognitionError(
            f"nhận dạng quá {SECONDS} giây. Hãy quét lại rõ hơn hoặc cắt bớt phần không phải chữ."
        ) from None
    except (OSError, subprocess.CalledProcessError) as error:
        raise RecognitionError(f"không nhận dạng được: tesseract báo lỗi ({error}). {INSTALL}.") from None
    return done.stdout.decode("utf-8", "replace")


def _program() -> str | None:
    return shutil.which("tesseract") or (_ON_WINDOWS if Path(_ON_WINDOWS).exists() else None)


def _languages(program: str) -> frozenset[str]:
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(told.stdout.decode("utf-8", "replace").split())
