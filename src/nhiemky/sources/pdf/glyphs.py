"""The letters of a PDF's page → words with their boxes, upright, in Unicode; called by `page`, through pdfium.

pdfium and not pdfplumber: on the same reports it gives the boxes of letters five times as fast and keeps watermarks out
of tables (docs/reference/sources-pdf.md), reads broken files as browsers do, and draws pages that must be recognised.
"""

import ctypes
import math
import re
import unicodedata
from collections import defaultdict

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from nhiemky.sources.fonts import joined
from nhiemky.sources.layout.marks import Box, Word, turned
from nhiemky.sources.legacy import Legacy, decoded, legacy_of_font
from nhiemky.sources.mend import converted, mend
from nhiemky.sources.vietnamese import is_syllable

MOST_LETTERS = 200_000  # of one page; the densest sheet of small print holds some 20,000
_SLANT = math.radians(4)  # pages typeset over a scan lean up to a degree or two; watermarks by tens
_ABOVE, _BELOW = 0.92, 0.24  # of the size: what Vietnamese capitals with two marks and letters with a tail need
_GAP = 0.18  # of the size: words of a squeezed line stand 0.2 and more apart, letters under 0.1
_HINTED_GAP = 0.1  # the same where pdfium takes it for a gap too
_FAR = 20_000.0  # points; pages end at 14,400
_NOTHING = frozenset((0x00, 0x02, 0xFFFE, 0xFFFF, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


_SOFT_HYPHEN = "\xad"  # in TCVN3 it is ư
_IN_WORD = re.compile(r"[A-Za-z\xa1-\xff]*-[A-Za-z\xa1-\xff]+")


class Sheet(Struct, frozen=True):
    """Where a page's own coordinates lie: its lower left corner, size, and the quarters that a viewer turns it."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int

    def upright(self, left: float, bottom: float, right: float, top: float, quarters: int) -> Box:
        """A box in the page's own coordinates, from the top left corner of the page turned by so many quarters."""
        box = left - self.left, self.height - top + self.bottom, right - self.left, self.height - bottom + self.bottom
        return turned(box, quarters, self.width, self.height)

    def size_after(self, quarters: int) -> tuple[float, float]:
        return (self.height, self.width) if quarters % 2 else (self.width, self.height)


class Lettering(Struct):
    """The words of a page by the quarters that set them upright, the slanting ones, and how sure their letters are."""

    words: dict[int, list[Word]]
    slanting: list[Word]
    letters: int = 0
    strange: int = 0  # letters that the file does not say the meaning of
    notes: set[str] = set()  # what was done to letters that came out wrong


class _Letter(Struct, gc=False):
    text: str
    quarters: int | None  # None of a slanting letter
    left: float
    right: float
    base: float
    size: float
    font: str
    hinted: bool = False  # pdfium takes what is before it for a gap


def lettering_of(text_page: pdfium.FPDF_TEXTPAGE, sheet: Sheet, number: int) -> Lettering:
    """The words of page `number`. Raises `PdfiumError` for a page of more than `MOST_LETTERS` letters."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count > MOST_LETTERS:
        raise pypdfium2.PdfiumError(f"{count} letters on page {number}")
    reader = _Reader(text_page, sheet)
    grown: list[tuple[list[_Letter], bool]] = []  # the letters of a word, and whether white space follows
    run: list[_Letter] = []
    for index in range(count):
        letter = reader.letter(index)
        if letter is None:
            continue
        if run and (letter.text == " " or not _same_word(run[-1], letter)):
            grown.append((run, letter.text == " " or _apart(run[-1], letter)))
            run = []
        if letter.text != " ":
            run.append(letter)
    if run:
        grown.append((run, True))
    lettering = _assembled(grown, sheet, number)
    _mend(lettering)
    lettering.letters, lettering.strange = reader.letters, reader.strange
    return lettering


class _Reader:
    """Asks pdfium about one letter after another; the C structures are made once."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE, sheet: Sheet) -> None:
        self.page, self.sheet = text_page, sheet
        self.letters = self.strange = 0
        self._hinted = False
        self._matrix, self._box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self._fonts: dict[bytes, str] = {}

    def letter(self, index: int) -> _Letter | None:
        """The letter at `index`; " " for written white space; None for what pdfium adds itself and for no letter."""
        page, code = self.page, pdfium.FPDFText_GetUnicode(self.page, index)
        if code <= 32 or code == 0xA0 or 0x2000 <= code <= 0x200A or code == 0x3000:
            # the white space that pdfium supplies by its own measure splits words of loose letters: it is a hint only
            generated = code <= 32 and pdfium.FPDFText_IsGenerated(page, index) == 1
            if generated or code == 0:
                self._count(index, code)
                self._hinted = generated
                return None
            return _SPACE
        if code in _NOTHING:
            return None
        self._count(index, code)
        pdfium.FPDFText_GetLooseCharBox(page, index, self._box)
        pdfium.FPDFText_GetCharOrigin(page, index, self._x, self._y)
        pdfium.FPDFText_GetMatrix(page, index, self._matrix)
        return self._placed(index, chr(code))

    def _count(self, index: int, code: int) -> None:
        if code == 0 or code > 32:
            self.letters += 1
            unknown = code == 0 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD
            self.strange += unknown or pdfium.FPDFText_HasUnicodeMapError(self.page, index) == 1

    def _placed(self, index: int, text: str) -> _Letter | None:
        box, matrix, sheet = self._box, self._matrix, self.sheet
        angle = math.atan2(matrix.b, matrix.a)
        quarters = round(angle / (math.pi / 2))
        slanting = abs(angle - quarters * math.pi / 2) > _SLANT
        quarters = 0 if slanting else quarters % 4
        left, top, right, bottom = sheet.upright(box.left, box.bottom, box.right, box.top, quarters)
        _, base, _, _ = sheet.upright(self._x.value, self._y.value, self._x.value, self._y.value, quarters)
        size = pdfium.FPDFText_GetFontSize(self.page, index) * math.hypot(matrix.c, matrix.d)
        tall = bottom - top
        if not slanting and not tall / 4 < size < tall * 4:  # fonts that state no height, or a wrong one
            size = tall
        if not 0 < size < _FAR or not all(-_FAR < one < _FAR for one in (left, right, base)):
            return None  # nowhere: a broken file, or letters put away
        hinted, self._hinted = self._hinted, False
        return _Letter(text, None if slanting else quarters, left, right, base, size, self._font(index), hinted)

    def _font(self, index: int) -> str:
        pdfium.FPDFText_GetFontInfo(self.page, index, self._name, 128, self._flags)
        name = self._name.value
        if name not in self._fonts:
            self._fonts[name] = name.decode("latin-1").rpartition("+")[2]  # without the tag of a subset
        return self._fonts[name]


_SPACE = _Letter(" ", 0, 0, 0, 0, 0, "")


def _same_word(before: _Letter, letter: _Letter) -> bool:
    if letter.quarters != before.quarters or letter.font != before.font:
        return False
    if letter.quarters is None:
        return True
    size = before.size
    return (
        abs(letter.base - before.base) < 0.12 * size
        and 0.9 * size < letter.size < 1.1 * size
        and -0.6 * size < letter.left - before.right < _gap(letter) * size
    )


def _apart(before: _Letter, letter: _Letter) -> bool:
    """Whether two letters that are not of one word are two words, and not a word with a raised or bold end."""
    gap = (letter.left - before.right) / before.size
    return letter.quarters != before.quarters or not -0.6 < gap < _gap(letter)


def _gap(letter: _Letter) -> float:
    return _HINTED_GAP if letter.hinted else _GAP


def _assembled(grown: list[tuple[list[_Letter], bool]], sheet: Sheet, number: int) -> Lettering:
    words: dict[int, list[Word]] = defaultdict(list)
    slanting: list[Word] = []
    encodings = _encodings(grown)
    for run, spaced in grown:
        first = run[0]
        text = "".join([letter.text for letter in run])
        encoding = encodings.get(first.font)
        text = _in_unicode(text, encoding) if encoding else text.replace(_SOFT_HYPHEN, "")
        text = text if text.isascii() else _composed(text)
        left, right = first.left, run[-1].right
        if first.quarters is None:  # slanting letters, whose boxes lie anyhow
            left, right = min([one.left for one in run]), max([one.right for one in run])
        top, bottom = first.base - _ABOVE * first.size, first.base + _BELOW * first.size
        word = Word(text, left, top, right, bottom, first.base, first.size, number, spaced)
        width, height = sheet.size_after(first.quarters or 0)
        if (
            text and 0 < (left + right) / 2 < width and 0 < first.base < height + first.size
        ):  # not beyond the paper's edge
            (slanting if first.quarters is None else words[first.quarters]).append(word)
    return Lettering(dict(words), slanting, notes={converted(encoding) for encoding in encodings.values()})


def _mend(lettering: Lettering) -> None:
    """Puts right what no font's name told: each word by itself, since its box must stay with it."""
    words = [word for group in lettering.words.values() for word in group]
    text, notes = mend("\n".join([word.text for word in words]))
    mended = text.split("\n")
    if notes and len(mended) == len(words):
        lettering.notes |= set(notes)
        for word, right in zip(words, mended, strict=True):
            word.text = right


def _in_unicode(text: str, encoding: Legacy) -> str:
    """The letters of an old font. In PDF the soft hyphen, which is ư in TCVN3, has become a hyphen."""
    if encoding != "vni":
        text = _IN_WORD.sub(_with_u_horn, text)
    return decoded(text, encoding)


def _with_u_horn(found: re.Match[str]) -> str:
    softened = found[0].replace("-", _SOFT_HYPHEN)
    return softened if is_syllable(decoded(softened, "tcvn3")) else found[0]


def _composed(text: str) -> str:
    """In NFC; where characters have 16 bits, pdfium gives the two halves of a longer one."""
    return unicodedata.normalize("NFC", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _encodings(grown: list[tuple[list[_Letter], bool]]) -> dict[str, Legacy]:
    """Of the fonts made for TCVN3 or VNI, those whose letters the file gives in that encoding and not in Unicode."""
    texts: dict[str, list[str]] = defaultdict(list)
    for run, _ in grown:
        if legacy_of_font(run[0].font) is not None:
            texts[run[0].font].append("".join(letter.text for letter in run))
    used = {font: joined([(" ".join(words), legacy_of_font(font))])[1] for font, words in texts.items()}
    return {font: encoding for font, encoding in used.items() if encoding is not None}
