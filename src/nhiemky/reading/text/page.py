"""A page as rules see it: text, its canonical form, sentences; numbers are added by `quantities.scan`."""

import re
from bisect import bisect_left, bisect_right
from datetime import date
from typing import Literal

from msgspec import Struct

from nhiemky.reading.text.canon import coded, letters

NumberKind = Literal["amount", "date", "day_month", "year", "term", "code", "clock", "duration", "other"]

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
# A stop ends a sentence when a capital, a digit, a quotation mark or a bullet follows; `;` ends a part of one.
# It starts with a plain set of characters, which the regular expression engine skips to at memory speed.
_LOWER = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_BULLETS = "\u2022\u25a0-\u27bf\U0001f300-\U0001faff"  # signs and small pictures that open an item
_BREAK = re.compile(
    rf"[.!?…\n;](?:(?<=\n)\s*|(?<=;)|(?<=[.!?…])[.!?…]*[”\"')]*[ \u00a0\t]+(?=[{_UPPER}0-9“\"*+({_BULLETS}-])"
    rf"|(?<=[{_LOWER}]\.)(?=[{_UPPER}][{_LOWER}]))"  # `văn hóa.Tỷ lệ`: a blank is missing
)
# after a full word in small letters nothing is abbreviated (`ThS.`, `Tp.` and `Đ/c.` are looked at, they are rare)
_ITEM = re.compile(
    rf"[-–+*•·{_BULLETS}]\ufe0f?\s|\(?\d{{1,2}}[.)]\s|[a-zđ][.)]\s"
)  # what an item of a list begins with
_MARK_ALONE = re.compile(r"\s*(?:[-–+*•·]|\(?\d{1,2}[.)]|[a-zđ][.)])\s*")  # … on a line of its own
_LINE_OF_LIST = 130  # characters; a longer line is a paragraph
_STOPS = ".!?…,"
_NEWLINE = re.compile("\n")
_GOES_ON = ("Cụ thể", "Trong đó", "Theo đó")  # a line that goes on with the one before it
_CUTS = coded(",:()*+")  # signs that may cut a sentence in pieces
_IS_CUT = bytes(byte in _CUTS for byte in range(256))
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-ZĐ]|TP|TX|TT|ThS|TS|PGS|GS|BS|KS|STT)$")


class Number(Struct, gc=False):
    """A number in the text with what follows it: `start:end` covers both; `figure_end` ends the digits."""

    kind: NumberKind
    start: int
    end: int
    figure_end: int
    value: float | None = None
    high: float | None = None
    planned: float | None = None  # N of n/N
    unit: str = ""
    unit_kind: str = ""
    unit_start: int = 0
    iso: str | None = None  # of a date; of a term `2020-2025`
    per_year: bool = False
    malformed: bool = False
    scaled: float = 1.0
    tight: bool = True  # a range written with a hyphen, not with `đến`
    spelled: bool = False  # written in words

    @property
    def iso_year(self) -> str:
        return str(int(self.value or 0))


def start_of(number: Number) -> int:
    """What numbers are in order of: the key to look one up by place."""
    return number.start


def any_between(offsets: list[int], start: int, end: int) -> bool:
    """Whether one of the offsets, which are in order, lies from `start` to before `end`."""
    index = bisect_left(offsets, start)
    return index < len(offsets) and offsets[index] < end


class Header(Struct, frozen=True, gc=False):
    """A page's title, if it has one, and where title and opening stand: from, to."""

    title: str | None
    title_at: tuple[int, int]
    opening_at: tuple[int, int]
    issuer_at: tuple[int, int] | None = None  # of a document: the bodies of its letterhead


_NONE: list[Number] = []


class Page:
    """Text and, once divided, its parts: `starts[i]` and `ends[i]` bound part i, `sentence[i]` numbers its sentence.

    `digits` are the offsets where runs of digits begin; `coded` is a byte for each letter (see `canon.Letters`), `cuts`
    one that is 1 for a sign that may cut a sentence in pieces.
    """

    __slots__ = (
        "_blocks", "_newlines", "coded", "cuts", "digits", "ends", "heads", "kinds", "low", "numbers", "said_on",
        "sentence", "sentence_ends", "sentence_starts", "starts", "text", "told_until",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        self.low, self.digits, self.coded = letters(text)
        self.cuts = b""
        self._blocks: dict[int, int] = {}
        self._newlines: list[int] | None = None
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sentence: list[int] = []
        self.sentence_starts: list[int] = []
        self.sentence_ends: list[int] = []
        self.numbers: list[Number] = []
        self.kinds: dict[str, list[Number]] = {}
        self.said_on: date | None = None  # the day of the event, else of publication
        self.told_until = 0  # where the orders read so far end
        self.heads = ((0, 0), (0, 0))  # where title and opening stand: from, to

    def of_kind(self, kind: NumberKind) -> list[Number]:
        """The page's numbers of one kind, in order."""
        return self.kinds.get(kind, _NONE)

    def part_at(self, offset: int) -> int:
        """Index of the part that holds `offset`."""
        after = bisect_right(self.starts, offset)
        return after - 1 if after else 0

    def sentence_bounds(self, part: int) -> tuple[int, int]:
        """Start and end of the whole sentence that part `part` belongs to."""
        number = self.sentence[part]
        return self.sentence_starts[number], self.sentence_ends[number]

    def line_at(self, offset: int) -> tuple[int, int]:
        """Start and end of the line that holds `offset`, found without going along it: a text may be a single line."""
        if self._newlines is None:
            self._newlines = [-1, *(found.start() for found in _NEWLINE.finditer(self.text)), len(self.text)]
        after = bisect_left(self._newlines, offset, 1, len(self._newlines) - 1)
        return self._newlines[after - 1] + 1, self._newlines[after]

    def line_start(self, part: int) -> int:
        """Where the paragraph of part `part` begins."""
        return self.line_at(self.starts[part])[0]

    def block_start(self, part: int) -> int:
        """Where the paragraph of part `part` begins; for an item of a list, where the line that opens the list does."""
        line = self.line_start(part)
        start = self._blocks.get(line)
        if start is None:
            start = self._blocks[line] = self._block_of(line)
        return start

    def _block_of(self, start: int) -> int:
        text = self.text
        for _ in range(60):
            if start == 0:
                break
            end = start - 1
            while end and text[end - 1].isspace():
                end -= 1
            before = self.line_at(end)[0]
            opened = _ITEM.match(text, start) or text[end - 1] in ":;" or text.startswith(_GOES_ON, start)
            if not (opened or _MARK_ALONE.fullmatch(text, before, end) or self._is_listed_below(start, before, end)):
                break
            start = before
        return start

    def _is_listed_below(self, start: int, before: int, end: int) -> bool:
        """Whether a line goes on with the one from `before` to `end` as a list without marks: both short, no stops."""
        last = self.line_at(start)[1]
        while last > start and self.text[last - 1].isspace():
            last -= 1
        if last - start > _LINE_OF_LIST or end - before > _LINE_OF_LIST:
            return False
        return self.text[last - 1] not in _STOPS and self.text[end - 1] not in _STOPS


def divide(page: Page) -> None:
    """Find the page's parts and sentences; what asks for them comes after this."""
    text, start, end, fresh = page.text, 0, len(page.text), True
    starts, ends, sentence = page.starts, page.ends, page.sentence
    firsts, lasts = page.sentence_starts, page.sentence_ends
    page.cuts = page.coded.translate(_IS_CUT)
    number = -1
    for found in _BREAK.finditer(text):
        at, behind = found.span()
        mark = text[at]
        if mark == "." and not text[at - 1 : at].islower() and _ABBREVIATED.search(text, max(0, at - 6), at):
            continue
        if start < at:
            if fresh:
                number += 1
                firsts.append(start)
                lasts.append(at)
                fresh = False
            else:
                lasts[number] = at
            starts.append(start)
            ends.append(at)
            sentence.append(number)
        start = behind
        if mark != ";":
            fresh = True
    if start < end or not starts:
        start = min(start, end)
        if fresh:
            firsts.append(start)
            lasts.append(end)
        else:
            lasts[-1] = end
        starts.append(start)
        ends.append(end)
        sentence.append(len(firsts) - 1)


def open_page(text: str) -> Page:
    """A page of text already normalised, divided into sentences."""
    page = Page(text)
    divide(page)
    return page
