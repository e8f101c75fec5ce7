"""One walk over the digits of a page: what each figure is, decided once (date, year, document number, amount…).

`21/15` and `03/12` before a counted noun are amounts of a plan, not dates; `27/32023` is a date with a stroke missing.
"""

from collections import defaultdict

from nhiemky.reading.quantities import dates
from nhiemky.reading.quantities.bare import counts_of_a_whole, totals
from nhiemky.reading.quantities.readers import READERS, TOKEN, plain
from nhiemky.reading.quantities.written import in_words
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import pattern, words

_LONGEST = 18  # characters of a figure; đồng of a nation have sixteen with their dots
_NUMERAL = pattern(r"(?<![^\W_]){numeral}(?![^\W_])", numeral=words("numerals"))
_SIGNS = frozenset("-,")
_LINE_STARTS = frozenset(("", "\n"))


def scan(page: Page, spelled_at: list[int] | None = None) -> list[Number]:
    """All numbers of the page in order; also kept as `page.numbers`.

    `spelled_at`: where number words stand (the engine has found them); None has them looked for here.
    """
    low = page.low
    numbers: list[Number] = []
    done, last, match, readers = 0, None, TOKEN.match, READERS
    number: Number | None
    for start in _starts(page, spelled_at):
        if start < done:
            continue
        found = match(low, start)
        before = low[start - 1] if start else "\n"
        if found is None:
            number = in_words(page, start)
        elif before != " " and before.isalpha() and not _is_glued(last, start):  # `nq57`, `h2` are names
            continue
        else:
            end = found.end(1)
            number = _long(low, start, end) if end - start > 7 else None
            if number is None:
                number = readers[found.lastgroup](low, start, end, found) or plain(low, start, end)
            if before != " ":
                if before in _SIGNS:
                    _signed(low, start, number, before)
            elif number.kind == "amount" and low[start - 2] == "m" and _is_minus(low, start):
                number.value = -(number.value or 0.0)
        if number is None:
            continue
        done = number.figure_end if number.kind == "other" else number.end
        if number.unit_kind == "money" and last is not None and last.unit_kind == "money" and _joins(low, last, number):
            continue
        numbers.append(number)
        last = number
    counts_of_a_whole(page, numbers)
    totals(page, numbers)
    _keep(page, numbers)
    return numbers


def _keep(page: Page, numbers: list[Number]) -> None:
    kinds: defaultdict[str, list[Number]] = defaultdict(list)
    for number in numbers:
        kinds[number.kind].append(number)
    page.numbers, page.kinds = numbers, kinds


def _is_glued(last: Number | None, start: int) -> bool:
    """`1tỷ250triệu`: the smaller part of an amount."""
    return last is not None and last.end == start and last.unit_kind == "money"


def _starts(page: Page, spelled_at: list[int] | None) -> list[int]:
    """Where figures and number words begin, in order."""
    if spelled_at is None:
        spelled_at = [m.start() for m in _NUMERAL.finditer(page.low)]
    return sorted([*page.digits, *spelled_at]) if spelled_at else page.digits


def _joins(low: str, last: Number, number: Number) -> bool:
    """`49 tỷ 687 triệu đồng` is one amount: a larger scale directly followed by a smaller one, which it takes in."""
    if last.value is None or number.value is None:
        return False
    if last.scaled > number.scaled >= 1 and 0 <= number.start - last.end <= 1:
        last.value, last.end, last.scaled = last.value + number.value, number.end, number.scaled
        last.per_year = number.per_year
        return True
    if last.planned is None and low[last.end : min(number.start, last.end + 4)].strip() == "/":
        last.planned, last.end = number.value, number.end  # `643,5 triệu/950 triệu đồng`
        return True
    return False


def _long(low: str, start: int, end: int) -> Number | None:
    """`15.3.2023`; accounts, bar codes and telephones, which are no figures of a report."""
    if end - start > _LONGEST:
        return Number("other", start, end, end)
    if low[end - 5] == ".":
        found = dates.dated(low, start, end)
        return found if found is not None and found.kind == "date" else None
    return Number("other", start, end, end) if low[start] == "0" and low[start + 1] not in ".," else None


def _signed(low: str, start: int, number: Number, before: str) -> None:
    """`-3` and `,77` at the start of a text or line, `tăng trưởng -3%`; covid-19 counts nothing."""
    ahead = low[start - 2 : start - 1]
    if number.value is None or number.kind not in ("amount", "other"):
        return
    if before == ",":
        if ahead in _LINE_STARTS and number.figure_end - start < 4:
            number.value, number.start = number.value / 10 ** (number.figure_end - start), start - 1
    elif start == 1 or (number.kind == "amount" and ahead == " " and low[start - 3 : start - 2].isalpha()):
        number.value = -number.value
    elif ahead.isalpha() and number.unit_kind in ("count", "board", "weak", "skip"):
        number.kind = "other"


def _is_minus(low: str, start: int) -> bool:
    """`âm 3,5%`."""
    return low.endswith("âm ", 0, start) and not low[start - 4 : start - 3].isalpha()
