"""Marks of pages → one text in reading order, with places and tables. Called by `pdf` and `scan`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from nhiemky.sources.layout.columns import Piece, pieces_of
from nhiemky.sources.layout.edges import Leaf, set_edges_apart
from nhiemky.sources.layout.lines import Line, rows_of
from nhiemky.sources.layout.marks import Marks
from nhiemky.sources.layout.paragraphs import Paragraph, are_indented, paragraphs_of, spacing_of
from nhiemky.sources.layout.tables import PageTable, joined_tables, ruled_tables
from nhiemky.sources.layout.writing import Writing
from nhiemky.sources.loaded import Drawn

_LONG = 0.5  # of the page's width: lines that show where the text ends
_EDGE = 4.0  # points


def text_of(pages: Iterable[Marks]) -> Drawn:
    """The text of pages. Body first, from page to page; behind it the footnotes, then running heads and feet.

    Heads, feet and notes are kept, but not where they stand: a sentence, a list or a table that runs over a page's
    end must not be cut by them. What is repeated from page to page is kept once.
    """
    leaves = [_leaf(marks) for marks in pages]
    set_edges_apart(leaves)
    writing = Writing({leaf.marks.number: leaf.marks for leaf in leaves})
    for block in _blocks(leaves):
        if isinstance(block, PageTable):
            writing.add_table(block)
        else:
            writing.add_paragraph(block)
    for leaf in leaves:
        for note in leaf.notes:
            pieces = [Piece(row, note.left, note.right) for row in note.lines]
            for paragraph in paragraphs_of(pieces, spacing_of(pieces), are_indented(pieces)):
                writing.add_paragraph(paragraph, note.number)
    for leaf in leaves:
        writing.add_edges(leaf)
    return writing.drawn()


def _leaf(marks: Marks) -> Leaf:
    tables = ruled_tables(marks)
    rows = [row for row in rows_of(marks.words) if not _is_dirt(row)]
    return Leaf(marks, rows, tables)


def _is_dirt(row: Line) -> bool:
    """Signs alone that were recognised in a picture are what dirt, seals and ends of rules left."""
    recognised = row.words[0].confidence is not None
    return recognised and not any(letter.isalnum() for word in row.words for letter in word.text)


def _blocks(leaves: Sequence[Leaf]) -> list[Paragraph | PageTable]:
    margins = _margins(leaves)
    flow: list[Piece | PageTable] = []
    for leaf in leaves:
        for piece in _in_order(leaf, *margins[leaf.marks.number]):
            last = flow[-1] if flow else None
            joined = isinstance(piece, PageTable) and isinstance(last, PageTable) and joined_tables(last, piece)
            if not joined:
                flow.append(piece)
    pieces = [piece for piece in flow if isinstance(piece, Piece)]
    spacing, indented = spacing_of(pieces), are_indented(pieces)
    blocks: list[Paragraph | PageTable] = []
    run: list[Piece] = []
    for piece in flow:
        if isinstance(piece, Piece):
            run.append(piece)
            continue
        blocks.extend([*paragraphs_of(run, spacing, indented), piece])
        run = []
    return [*blocks, *paragraphs_of(run, spacing, indented)]


def _in_order(leaf: Leaf, left: float, right: float) -> list[Piece | PageTable]:
    """The page's lines and tables, top down; lines beside a table come behind it."""
    ordered: list[Piece | PageTable] = []
    rest = leaf.rows
    for table in leaf.tables:
        above = [row for row in rest if (row.top + row.bottom) / 2 < table.top]
        ordered.extend(pieces_of(above, left, right))
        ordered.append(table)
        rest = [row for row in rest if (row.top + row.bottom) / 2 >= table.top]
    ordered.extend(pieces_of(rest, left, right))
    return ordered


def _margins(leaves: Sequence[Leaf]) -> dict[int, tuple[float, float]]:
    """From where to where the text of each page reaches: short pages do not show it themselves."""
    lefts: dict[tuple[int, int], list[float]] = defaultdict(list)
    rights: dict[tuple[int, int], list[float]] = defaultdict(list)
    for leaf in leaves:
        for row in leaf.rows:
            lefts[_format(leaf)].append(row.left)
            if row.right - row.left > _LONG * leaf.marks.width:
                rights[_format(leaf)].append(row.right)
    margins = {}
    for leaf in leaves:
        own, width = _format(leaf), leaf.marks.width
        left = min(_frequent(lefts[own]), default=0.1 * width)
        reached = [row.right for row in leaf.rows] + [table.xs[-1] for table in leaf.tables]
        right = max(_frequent(rights[own]), default=max([*reached, width - left]))
        margins[leaf.marks.number] = left, right
    return margins


def _format(leaf: Leaf) -> tuple[int, int]:
    return round(leaf.marks.width / 10), round(leaf.marks.height / 10)


def _frequent(found: Sequence[float]) -> list[float]:
    """The distances that a twentieth of lines and at least two share; of few lines, all."""
    counts: Counter[int] = Counter(round(one / _EDGE) for one in found)
    least = max(2, len(found) // 20)
    return [one for one in found if counts[round(one / _EDGE)] >= least] or list(found)
