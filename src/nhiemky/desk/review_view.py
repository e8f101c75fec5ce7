"""What is missing or contradictory before a review, and what a frozen review holds. Called by the review views."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhiemky.desk import amounts
from nhiemky.desk.board_view import Count, counted, goal_words
from nhiemky.register import selectors
from nhiemky.register.board import BoardRow
from nhiemky.report.pack import BoardRow as FrozenBoardRow
from nhiemky.report.pack import load_pack
from nhiemky.ui.statuses import spoken

BLANK = ("no_data", "undecidable")


@dataclass(frozen=True)
class Gap:
    """One target that cannot be reported as it stands, and why."""

    row: BoardRow
    why: str


@dataclass(frozen=True)
class Gaps:
    as_of: date
    term: str
    total: int
    blank: tuple[Gap, ...]
    stale: tuple[Gap, ...]
    disagree: tuple[Gap, ...]
    clashes: tuple[Any, ...]
    waiting: int
    questions: tuple[Any, ...]

    @property
    def count(self) -> int:
        return len(self.blank) + len(self.stale) + len(self.disagree) + len(self.clashes) + len(self.questions)


def gaps_of(organisation: Any, term: str, as_of: date) -> Gaps:
    """Everything that a careful editor would ask before the figures are frozen."""
    board = selectors.board(organisation, term, as_of)
    rows = board.rows
    undecided = selectors.undecided(organisation)
    return Gaps(
        as_of,
        term,
        len(rows),
        tuple(Gap(row, _why(row)) for row in rows if row.verdict.stands in BLANK),
        tuple(Gap(row, _why(row)) for row in rows if row.verdict.stale and row.verdict.stands not in BLANK),
        tuple(Gap(row, _why(row)) for row in rows if row.verdict.cagr and not row.verdict.cagr.agrees),
        tuple(one for one in undecided if one.relation == "contradiction"),
        len(undecided),
        tuple(selectors.open_questions(organisation)),
    )


def _why(row: BoardRow) -> str:
    if row.verdict.missing:
        return "; ".join(row.verdict.missing)
    return "; ".join(spoken(reason) for reason in row.verdict.reasons[:2])


@dataclass(frozen=True)
class FrozenRow:
    number: int
    name: str
    goal: str
    latest: str
    as_of: date | None
    status: str
    standing: str
    why: str


@dataclass(frozen=True)
class ReviewPage:
    review: Any
    rows: tuple[FrozenRow, ...]
    counts: tuple[Count, ...]
    total: int
    questions: tuple[Any, ...]
    sources: int


def review_page(review: Any) -> ReviewPage:
    """The counts and questions of the frozen pack."""
    pack = load_pack(review.pack)
    counts = counted(Counter(row.verdict.status for row in pack.rows))
    rows = tuple(_frozen(row) for row in pack.rows)
    return ReviewPage(review, rows, counts, len(pack.rows), pack.questions, len(pack.sources))


def _frozen(row: FrozenBoardRow) -> FrozenRow:
    target, latest, reasons = row.target, row.latest, row.verdict.reasons
    why = spoken(reasons[0]) if reasons else ""
    said = amounts.full(latest.value, target.unit) if latest else "—"
    as_of = latest.as_of if latest else None
    standing = row.verdict.standing or ""
    return FrozenRow(target.number, target.name, goal_words(target), said, as_of, row.verdict.status, standing, why)
