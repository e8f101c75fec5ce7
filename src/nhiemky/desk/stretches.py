"""The facts of a long document → pages of them, each with the stretch of text it is read against. Pure; for `reader`.

A page is so short that cards and text come at once, whatever the length of the document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Span = tuple[int, int]

SIZE = 40  # proposals of a page
SPREAD = 30_000  # characters that the proposals of a page may lie over
WHOLE = 60_000  # a text of one page that is not longer is shown whole
AROUND = 1_200  # characters shown before the first fact of a page and behind the last
STEP = 6_000  # more of them at each asking
MOST = 150_000  # at once, whatever an address asks
_LINE = 2_000  # how far the end of a line is looked for


@dataclass(frozen=True)
class Wish:
    """What an address asks for; the first that is given counts. `past` is the page of the next proposal behind that
    one that waits for a decision; `text` is the stretch to show instead of the page's own."""

    selected: int | None = None
    past: int | None = None
    page: int | None = None
    span: Span | None = None
    text: Span | None = None


def wish_of(asked: Mapping[str, str]) -> Wish:
    """`?p=12`, `?past=12`, `?page=3`, `?span=120-164`, `?text=0-9000`; what is none of them is passed over."""
    return Wish(
        _number(asked.get("p", "")), _number(asked.get("past", "")), _number(asked.get("page", "")),
        _span(asked.get("span", "")), _span(asked.get("text", "")),
    )  # fmt: skip


@dataclass(frozen=True)
class Stretch:
    """A page of proposals: which of `total` it holds (`first:last`, from 0), and the text `start:end` beside them.

    `lines_before` and `lines_after` are how many lines of the text stand outside.
    """

    number: int
    count: int
    first: int
    last: int
    total: int
    start: int
    end: int
    lines_before: int
    lines_after: int

    @property
    def shown_from(self) -> int:
        return self.first + 1

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.count else None

    @property
    def wider_before(self) -> str:
        """The stretch with more before it, as an address has it; of a very long one the other end goes."""
        start = max(0, self.start - STEP)
        return f"{start}-{min(self.end, start + MOST)}"

    @property
    def wider_after(self) -> str:
        end = self.end + STEP
        return f"{max(self.start, end - MOST)}-{end}"


def stretch(text: str, spans: Sequence[Span], at: int | None, wish: Wish) -> Stretch:
    """The page of `spans` (in the order of the text) that is wished, or that holds the span number `at`."""
    pages = _pages(spans)
    number = _page_of(pages, spans, at, wish)
    first, last = pages[number]
    start, end = wish.text or _window(len(text), spans[first:last], len(pages) == 1)
    if wish.span is not None and not (start <= wish.span[0] and wish.span[1] <= end):
        start, end = wish.span[0] - AROUND, wish.span[1] + AROUND
    start, end = _whole_lines(text, start, end)
    return Stretch(
        number + 1, len(pages), first, last, len(spans), start, end, text.count("\n", 0, start), text.count("\n", end)
    )


def _pages(spans: Sequence[Span]) -> list[Span]:
    """Runs of spans (first, behind the last), cut where there are many and where the text between them is long."""
    pages, first = [], 0
    for at, (start, _end) in enumerate(spans):
        if at - first >= SIZE or start - spans[first][0] > SPREAD:
            pages.append((first, at))
            first = at
    return [*pages, (first, len(spans))]


def _page_of(pages: list[Span], spans: Sequence[Span], at: int | None, wish: Wish) -> int:
    if at is None and wish.span is not None and wish.page is None:
        at = next((number for number, span in enumerate(spans) if span[1] > wish.span[0]), len(spans) - 1)
    if at is not None:
        return next((number for number, (first, last) in enumerate(pages) if first <= at < last), 0)
    return min(max(wish.page or 1, 1), len(pages)) - 1


def _window(length: int, spans: Sequence[Span], alone: bool) -> Span:
    """The text around the facts of a page; a short rest at either end of the document comes along."""
    if alone and length <= WHOLE:
        return 0, length
    start, end = (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else (0, STEP)
    start, end = start - AROUND, end + AROUND
    return (0 if start < AROUND else start), (length if length - end < AROUND else end)


def _whole_lines(text: str, start: int, end: int) -> Span:
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text), start + MOST)
    if start and text[start - 1] != "\n":
        start = text.rfind("\n", max(0, start - _LINE), start) + 1 or start
    if end < len(text) and text[end - 1 : end] != "\n":
        ending = text.find("\n", end, end + _LINE)
        end = end if ending < 0 else ending + 1
    return start, end


def _number(asked: str) -> int | None:
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def _span(asked: str) -> Span | None:
    start, dash, end = asked.partition("-")
    first, last = _number(start), _number(end)
    return (first, last) if dash and first is not None and last is not None else None
