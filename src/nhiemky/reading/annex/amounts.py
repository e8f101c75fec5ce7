"""A cell's words to its figure: `≥ 95`, `trên 93%`, `18-19`, `21/15`, `49 tỷ 687 triệu`; or why it holds none."""

import re
from enum import Enum
from functools import lru_cache
from typing import Literal

from msgspec import Struct, structs

from nhiemky.reading.annex.times import when_of
from nhiemky.reading.annex.units import Unit, scale_at, scaled, unit_at
from nhiemky.reading.quantities.figures import figure_value
from nhiemky.reading.vocab import lookup, pattern, words

Bound = Literal["at_least", "at_most", "over", "under", "about"]

_FIGURE = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)*")  # `12 500`: a blank between thousands
_RATIO = re.compile(r"(\d+(?:\.\d{3})*) ?/ ?(\d+(?:\.\d{3})*)(?![\d/,])")
_BETWEEN = re.compile(r" ?(?:-|~|÷|đến|tới) ?(?=\d)")
_NOTE_MARK = re.compile(r"\[\d{1,3}\]|(?<=\d)[¹²³⁰⁴-⁹]+")  # `33,1[29]` of a list of sources, `95²` of a footnote
_ASIDE = re.compile(r"\([^()]*\)")
_PERCENT_ASIDE = re.compile(r"\((?:đạt )?(\d+(?:[.,]\d+)*) ?%\)")
_TIMES = re.compile(
    r"(?:(?:từ|đến|hết|trước|trong|cuối) )*(?:năm|giai đoạn|nhiệm kỳ) ?(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|(?:tháng |quý )(?:\d{1,2}|[ivx]+)(?:[/-](?:19|20)\d\d)?"
    r"|(?:19|20)\d\d ?- ?(?:19|20)\d\d"
)
_ESTIMATED = re.compile(r"\([^()]*(?<![^\W_])ước\)")  # `94,1 (6 tháng, ước)`
_CODE = re.compile(  # 05-CTr/ĐU, 12/2024/NQ-HĐND
    r"\d+ ?[-/] ?(?:(?:19|20)\d\d ?/ ?)?[a-zđ]{1,6} ?[-/] ?[a-zđ]+|(?:nq|nghị quyết|chỉ thị|kết luận)(?: số)? \d+"
)
# what a report adds behind the figure: `31 tỷ đồng, bằng 104% kế hoạch`, `95,6%, tăng 2% so với năm trước`
_ADDED = re.compile(
    r"[,;] ?(?:và )?(?P<how>đạt|bằng|vượt|tăng|giảm|cao hơn|thấp hơn)(?: tỷ lệ)? (?P<ratio>\d+(?:[.,]\d+)*) ?%.*$"
)
_MILESTONE = re.compile(r"\d{1,2} ?[/-] ?(?:19|20)\d\d")  # 12/2025
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_GOAL_YEAR = re.compile(r"(?:đến|hết|trước|cuối|trong) (?:cuối )?năm ((?:19|20)\d\d)")
_YEARLY = re.compile(r"(?:hằng|hàng|mỗi|từng|một) năm")
_A_RATE = re.compile(r" ?/ ?(?:1 )?năm")
_SIGNS = (("\uf0b3", "≥"), ("\uf0a3", "≤"), (">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤"))  # two of Word's Symbol
_BOUND_OF_SIGN: dict[str, Bound] = {"≥": "at_least", ">": "over", "≤": "at_most", "<": "under"}
_MEANINGS = lookup("qualifiers", "meaning")
_QUALIFIER = pattern(r"(?<![^\W_])({word})(?![^\W_])", word=tuple(w for w in _MEANINGS if w[0].isalpha()))
_PLAN = re.compile(r"(?<![^\W_])(?:kế hoạch|kh|dự toán|chỉ tiêu|nghị quyết|nq|giao)(?![^\W_])")
_BLANK = frozenset(words("cell_words", meaning="blank"))
_STATUS = frozenset(words("cell_words", meaning="status"))
_ZERO = pattern(r"{zero}(?![^\W_])", zero=words("cell_words", meaning="zero"))
_LONGEST = 16  # words around one figure; beyond it the cell is a story, and the figure may be of anything


class Why(Enum):
    """Why a cell gives no figure; the value tells people."""

    BLANK = "ô để trống"
    STATUS = "ô ghi tình trạng, không có con số"
    WORDS = "ô không có con số"
    TIME = "ô ghi thời gian, không phải mức"
    MANY = "ô có nhiều con số, không rõ số nào là mức"
    STORY = "ô là câu văn dài"


class Amount(Struct, frozen=True, gc=False):
    """`low` alone, or a range to `high`; `planned` is N of n/N; scaled by the cell's own unit, where it has one."""

    low: float
    high: float | None = None
    planned: float | None = None
    ratio: float | None = None
    bound: Bound | None = None
    change: Literal["tăng", "giảm"] | None = None
    down: bool = False  # `giảm còn`, `xuống`: the level to come down to
    zero: bool = False  # told by words
    unit: Unit | None = None
    yearly: bool = False  # each year
    rate: bool = False  # so much a year
    average: bool = False  # over the years
    running: bool = False  # lũy kế
    part: str | None = None  # of the year, where the cell says another than its column: `19,2 (6 tháng)`
    by: str | None = None
    beyond_plan: bool = False  # *vượt 12% kế hoạch* is 112
    loose: bool = False  # other words stand beside it

    def times(self, factor: float) -> "Amount":
        """In the row's unit, where the cell has none of its own."""
        if factor == 1.0 or self.unit is not None:
            return self
        high, planned = (None if v is None else scaled(v, factor) for v in (self.high, self.planned))
        return structs.replace(self, low=scaled(self.low, factor), high=high, planned=planned)


@lru_cache(maxsize=1 << 12)
def amount_of(said: str) -> Amount | Why:
    """The figure that a cell's canonical words tell."""
    said = _NOTE_MARK.sub("", said)
    for sign, plain in _SIGNS:
        said = said.replace(sign, plain)
    said = said.strip(" .;*")
    if not said.strip("-–/…._ ") or said in _BLANK:
        return Why.BLANK
    if said in _STATUS:
        return Why.STATUS
    if not any(c.isdecimal() for c in said):
        return Amount(0.0, zero=True) if _ZERO.match(said) else Why.WORDS
    if len(said.split()) > _LONGEST:
        return Why.STORY
    bare = _CODE.sub(_blanks, said)
    if not any(c.isdecimal() for c in bare):
        return Why.WORDS
    bare = _TIMES.sub(_blanks, bare)
    if not any(c.isdecimal() for c in bare) or _MILESTONE.fullmatch(said):
        return Why.TIME
    return _read(said, bare)


def is_figure(said: str) -> bool:
    return isinstance(amount_of(said), Amount)


def is_year(said: str) -> bool:
    return _A_YEAR.fullmatch(said) is not None


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _read(said: str, bare: str) -> Amount | Why:
    first = _FIGURE.search(bare)
    if first is None:
        return Why.WORDS
    value = figure_value(first[0].replace(" ", ""))
    aside = _PERCENT_ASIDE.search(bare, first.end())
    whens = [when_of(found[0]) for found in _ASIDE.finditer(said, first.end())]
    rest = bare[: first.end()] + _ASIDE.sub(_blanks, bare[first.end() :])
    added = _ADDED.search(rest, first.end())
    rest = rest[: added.start()] if added else rest
    planned, end = _whole(rest, first.start())
    high, end = (None, end) if planned is not None else _upper(rest, first.end(), value)
    unit, end, more = _own_unit(rest, end)
    if more is not None and unit is not None:
        value, unit = value * unit.times + more, Unit(unit.name, 1.0, unit.kind)
    if any(c.isdecimal() for c in rest[end:]):
        return Why.MANY
    before, behind = rest[: first.start()], rest[end:]
    factor = unit.times if unit is not None else 1.0
    beyond = "vượt" in before and unit is not None and unit.name == "%" and _PLAN.search(rest) is not None
    amount = Amount(
        low=scaled(-value if before.strip() in ("-", "âm") else value, factor) + (100 if beyond else 0),
        high=None if high is None else scaled(high, factor) + (100 if beyond else 0),
        planned=None if planned is None else scaled(planned, factor),
        ratio=_ratio(aside, added, unit, counted=planned is not None),
        part=next((w.part for w in whens if w.part and w.part[0] != "M"), None),
        unit=unit,
        beyond_plan=beyond,
    )
    return _with_words(amount, said, before, behind)


def _with_words(amount: Amount, said: str, before: str, behind: str) -> Amount:
    """The figure with what the words of the cell say of it: its bound, its time, how it is counted."""
    bound, change, down = _lead(before)
    year = _GOAL_YEAR.search(said)
    return structs.replace(
        amount,
        bound=_tail(behind) or bound or ("about" if _ESTIMATED.search(said) else None),
        change=change,
        down=down,
        yearly=_YEARLY.search(f"{before} {behind}") is not None,
        rate=_A_RATE.search(behind) is not None,
        average="bình quân" in behind,
        running="lũy kế" in before,
        by=year[1] if year else None,
        loose=len(_QUALIFIER.sub(" ", before + behind).split()) > 3,
    )


def _ratio(
    aside: re.Match[str] | None, added: re.Match[str] | None, unit: Unit | None, *, counted: bool
) -> float | None:  # fmt: skip
    """The share of the plan told behind the figure; beside a percentage it may as well be of something else."""
    if aside is not None and counted:
        return figure_value(aside[1])
    if added is None or added["how"] not in ("đạt", "bằng", "vượt") or (unit is not None and unit.kind == "percent"):
        return None
    return figure_value(added["ratio"]) + (100 if added["how"] == "vượt" else 0)


def _whole(rest: str, at: int) -> tuple[float | None, int]:
    """N of `n/N`, and where it ends."""
    ratio = _RATIO.match(rest, at)
    return (figure_value(ratio[2]), ratio.end()) if ratio else (None, at)


def _upper(rest: str, end: int, value: float) -> tuple[float | None, int]:
    """The upper end of a range: `18-19`, `93% đến 95`, `8 đến 10 tuyến`; where it, or the figure alone, ends."""
    own = unit_at(rest, end)
    for at in (end, own[1] if own else end):
        between = _BETWEEN.match(rest, at)
        upper = _FIGURE.match(rest, between.end()) if between else None
        if upper is not None and figure_value(upper[0].replace(" ", "")) > value:
            return figure_value(upper[0].replace(" ", "")), upper.end()
    return None, end


def _own_unit(rest: str, end: int) -> tuple[Unit | None, int, float | None]:
    """The unit behind the figure, and what a smaller scale adds to it: `49 tỷ 687 triệu đồng`."""
    found = unit_at(rest, end)
    if found is None:
        return None, end, None
    unit, end = found
    further = _FIGURE.match(rest, end + 1) if rest[end : end + 1] == " " else None
    if further is None or unit.kind != "money":
        return unit, end, None
    smaller = unit_at(rest, further.end())
    times, last = (smaller[0].times, smaller[1]) if smaller else scale_at(rest, further.end())
    if not 1 < times < unit.times and not (smaller and times == 1):
        return unit, end, None
    return unit, last, scaled(figure_value(further[0]), times)


def _lead(before: str) -> tuple[Bound | None, Literal["tăng", "giảm"] | None, bool]:
    """What words and signs before a figure say: its bound, whether it is a change, or a level to come down to."""
    sign = next((_BOUND_OF_SIGN[c] for c in reversed(before) if c in _BOUND_OF_SIGN), None)
    bound: Bound | None = sign
    change: Literal["tăng", "giảm"] | None = None
    said = [found[1] for found in _QUALIFIER.finditer(before)]
    for word in said:
        meaning = _MEANINGS[word]
        if meaning in ("over", "under", "about", "at_least", "at_most"):
            bound = meaning  # type: ignore[assignment]
        elif meaning == "change":
            change = "giảm" if word.startswith("giảm") else "tăng"
    down = any(word.startswith(("giảm còn", "giảm xuống", "xuống", "chỉ còn", "còn")) for word in said)
    if down or bound in ("at_most", "under") or "tối đa" in before:
        change = None
    return bound, change, down


def _tail(behind: str) -> Bound | None:
    if "trở lên" in behind:
        return "at_least"
    return "at_most" if "trở xuống" in behind else None
