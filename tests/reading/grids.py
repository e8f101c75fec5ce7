"""A table drawn in text to the pair that sources give: `|` between cells, `<` where the left goes on, `^` the upper.

`~` is an empty cell where YAML would lose the blank.
"""

from nhiemky.values.tables import Cell, Table


def drawn(grid: str, before: str = "") -> tuple[str, Table]:
    """The document's text, `before` and the table's lines, and the table with offsets into it."""
    rows = [[cell.strip(" ~") for cell in line.split("|")] for line in grid.strip("\n").split("\n")]
    text = before
    cells: list[Cell] = []
    for at, row in enumerate(rows):
        first = True
        for column, words in enumerate(row):
            if words in ("<", "^"):
                continue
            text += "" if first else "\t"
            first = False
            start = len(text)
            text += words
            wide = _reach(row[column + 1 :], "<")
            high = _reach([rows[r][column] for r in range(at + 1, len(rows)) if column < len(rows[r])], "^")
            cells.append(Cell(at, column, start, len(text), high, wide))
        text += "\n"
    return text, Table(tuple(cells))


def _reach(following: list[str], mark: str) -> int:
    count = 1
    for words in following:
        if words != mark:
            break
        count += 1
    return count
