"""What a paper is: frozen records of letterhead, sections and blocks, told apart by `type`; no layout, no database.

`midterm.py` makes it from a frozen pack; `docx.py` and `pdf.py` print it. Template words hold no digit: every digit
on paper is a `Figure` (made from one field of one record) or stands in a `Quote` (a string of the pack, unchanged).
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Style = Literal["", "bold", "italic"]


class Words(Struct, frozen=True, tag="words"):
    """Template words of this product."""

    text: str
    style: Style = ""


class Quote(Struct, frozen=True, tag="quote"):
    """A string of the pack as it stands (the name of a target, the reason of a verdict); `ref` names the record."""

    text: str
    ref: str
    style: Style = ""


class Figure(Struct, frozen=True, tag="figure"):
    """A figure, date or number. `ref` names the record and field behind it (`result:12.value`), `source` its line in
    the list of sources; `mark` says whether the small `[n]` is printed (the figure is a link either way)."""

    text: str
    ref: str
    source: int | None = None
    mark: bool = True
    style: Style = ""


Inline = Words | Quote | Figure
Line = tuple[Inline, ...]


class Heading(Struct, frozen=True, tag="heading"):
    """Level 1: a part, centred; 2: `I.`; 3: `1.`; level 0: the title of an annex."""

    level: int
    line: Line


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """`prompt` is what people have still to write; `basis` is a line of căn cứ; `note` is small."""

    line: Line
    style: Literal["body", "basis", "prompt", "note", "caption", "centred"] = "body"


class Bullets(Struct, frozen=True, tag="bullets"):
    items: tuple[Line, ...]


class Column(Struct, frozen=True):
    title: str
    width: float  # mm
    align: Literal["left", "center", "right"] = "left"


class Row(Struct, frozen=True):
    """A `group` row has one cell that spans the table."""

    cells: tuple[Line, ...]
    group: bool = False


class Table(Struct, frozen=True, tag="table"):
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Chart(Struct, frozen=True, tag="chart"):
    """`svg` is drawn by nhiemky.charts for paper; `width` in mm; `alt` says the same in words."""

    svg: str
    alt: str
    caption: Line
    width: float


class SourceLine(Struct, frozen=True):
    """`[number]` origin: “before **marked** after”. Marked is the part of the sentence that says the figure."""

    number: int
    origin: Line
    before: str = ""
    marked: str = ""
    after: str = ""


class Sources(Struct, frozen=True, tag="sources"):
    lines: tuple[SourceLine, ...]


Block = Heading | Paragraph | Bullets | Table | Chart | Sources


class Section(Struct, frozen=True):
    """Pages of one orientation; `footer` is printed at the foot of each."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    footer: Line = ()


class Letterhead(Struct, frozen=True):
    upper: str
    issuer: str
    number: str
    party: str
    place: str
    date: Line


class Signature(Struct, frozen=True):
    authority: str
    position: str
    recipients: tuple[str, ...]


class MidtermPaper(Struct, frozen=True):
    """`made_on` (ISO) is the date the pack was frozen for, also the only timestamp in the files."""

    letterhead: Letterhead
    title: str
    abstract: Line
    body: Section
    signature: Signature
    annexes: tuple[Section, ...]
    draft_mark: str
    made_on: str
    digest: str


def lines(paper: MidtermPaper) -> Iterator[Line]:
    """Every line of the paper, in reading order."""
    yield paper.letterhead.date
    yield paper.abstract
    for section in (paper.body, *paper.annexes):
        for block in section.blocks:
            yield from _block_lines(block)
        yield section.footer


def _block_lines(block: Block) -> Iterator[Line]:
    match block:
        case Heading() | Paragraph():
            yield block.line
        case Bullets():
            yield from block.items
        case Table():
            for row in block.rows:
                yield from row.cells
        case Chart():
            yield block.caption
        case Sources():
            for line in block.lines:
                yield line.origin


def figures(paper: MidtermPaper) -> Iterator[Figure]:
    for line in lines(paper):
        for piece in line:
            if isinstance(piece, Figure):
                yield piece


def plain(line: Line) -> str:
    """The line without marks and styles."""
    return "".join(piece.text for piece in line)
