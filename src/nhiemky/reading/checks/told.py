"""A page's numbers by their place, and how exactly each is told: what every check asks of a figure."""

from bisect import bisect_left

from nhiemky.reading.facts import Warning, WarningCode
from nhiemky.reading.text import Number, Page
from nhiemky.reading.vocab import pattern, table, words
from nhiemky.values.figures import figure, money


def spoken(role: str) -> tuple[str, ...]:
    """The words of the table of checks that have a role."""
    return tuple(row["word"] for row in table("checks") if role in row["roles"].split())


_BEFORE = r"(?<![^\W_]){weight}\s(?:đạt |tính |được |thực hiện |có |là |chiếm )?$"
_OVER = words("qualifiers", meaning="over")
_AT_LEAST = pattern(_BEFORE, weight=_OVER)
_WEIGHED = pattern(
    _BEFORE, weight=(*_OVER, *words("qualifiers", meaning="about"), *words("qualifiers", meaning="under"))
)
_CHANGED = pattern(r"(?<![^\W_])(?:{change})\s(?:\S+\s){0,2}$", change=spoken("change"))
_MEASURED = frozenset(("percent", "measure"))
_PEOPLE = frozenset(spoken("person"))


class Told:
    """The page, its numbers in order, and those of them that are shares."""

    __slots__ = ("numbers", "page", "shares", "starts")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.numbers = page.numbers
        self.starts = [n.start for n in page.numbers]
        self.shares = [n for n in page.of_kind("amount") if n.unit == "%" and n.value and n.high is None]

    def between(self, start: int, end: int) -> list[Number]:
        return self.numbers[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def before(self, at: int, most: int) -> list[Number]:
        """The last `most` numbers before `at`, the nearest first."""
        index = bisect_left(self.starts, at)
        return self.numbers[max(0, index - most) : index][::-1]

    def is_weighed(self, number: Number) -> bool:
        """`trên 500`, `gần 500`: not to be held to the last digit."""
        return _WEIGHED.search(self.page.low, max(0, number.start - 26), number.start) is not None

    def is_lower_bound(self, number: Number) -> bool:
        """`hơn 1.000`: the whole may be more."""
        return _AT_LEAST.search(self.page.low, max(0, number.start - 26), number.start) is not None

    def is_change(self, number: Number) -> bool:
        """`tăng 5`, `giảm thêm 5`: no amount of the thing itself."""
        return _CHANGED.search(self.page.low, max(0, number.start - 26), number.start) is not None

    def slack(self, number: Number) -> float:
        """Half of the last digit that is written; 0 for a count, which is not rounded."""
        written = self.page.text[number.start : number.figure_end]
        after = len(written) - written.rfind(",") - 1 if "," in written else 0
        if not after and number.scaled == 1 and number.unit_kind not in _MEASURED:
            return 0.0
        return float(0.5 * number.scaled * 10**-after)


def same_unit(a: Number, b: Number) -> bool:
    """`hộ` and `hộ nghèo`, `vụ` and `vụ việc`, and people however they are called, are of one sort."""
    if a.unit == b.unit or (a.unit in _PEOPLE and b.unit in _PEOPLE):
        return True
    return bool(a.unit and b.unit) and (a.unit.startswith(b.unit + " ") or b.unit.startswith(a.unit + " "))


def is_share(number: Number) -> bool:
    return number.kind == "amount" and number.unit == "%" and number.value is not None and number.high is None


def is_amount(number: Number) -> bool:
    """An amount of something, no share and no range."""
    return bool(number.kind == "amount" and number.unit and number.unit != "%" and number.value and not number.high)


def said(value: float, unit: str = "") -> str:
    """`49 tỷ 687 triệu đồng`, `11 đảng viên`, `94,5%`."""
    if unit == "đồng" and value == int(value):
        return money(value)
    written = figure(round(value, 4))
    return written + unit if unit in ("%", "‰") else f"{written} {unit}".rstrip()


def warning(
    code: WarningCode, rule: str, span: tuple[int, int], message: str, ask: str, sure: float = 0.9
) -> Warning:  # fmt: skip
    return Warning(code, message, ask, span, sure, rule)


REPORTER = "đơn vị báo số liệu này"
FIGURES = "bộ phận lập số liệu"
WRITER = "người soạn văn bản"
STATISTICS = "bộ phận kinh tế – thống kê"
PROPOSER = "đơn vị đề xuất chỉ tiêu"
