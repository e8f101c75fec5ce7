"""Figures that do not fit their own history or their peers: a slip of unit, one that stands out. Rules for check.py."""

from collections.abc import Iterator
from math import log10
from statistics import median

from nhiemky.assess.consistency.facts import Figure, Said, Severity
from nhiemky.assess.consistency.ledger import Ledger
from nhiemky.assess.consistency.outliers import FEWEST, outliers
from nhiemky.assess.consistency.rule import Rule
from nhiemky.assess.consistency.words import amount, bare_name, is_count, subject
from nhiemky.values.period import Period

_THOUSAND = (2.5, 3.5)  # log10 of the factor: triệu for tỷ, nghìn for triệu, after five years' growth
_ALIKE = 30.0  # others that differ by more are no yardstick
_PEERS = 3
_FRACTION, _WHOLE = 1.0, 20.0  # 0,918 among 91,1 and 91,6
_STANDS_OUT, _POINTS_OUT = 0.2, 5.0  # less than this is nobody's question
_RICHEST, _POOREST = 5e8, 1e5  # đồng a head and year
_SCALES = (("tỷ đồng", 1e9), ("triệu đồng", 1e6), ("nghìn đồng", 1e3), ("đồng", 1.0))
_DECIMAL = ("ghi dạng thập phân thay cho %", "a decimal in place of a percentage")
_UNIT = ("nhầm đơn vị (nghìn, triệu, tỷ)", "a slip of unit (thousand, million, billion)")
_INCOME, _NOT_INCOME = "thu nhập bình quân", ("tăng", "tốc độ", "so với")


def slips(ledger: Ledger) -> Iterator[Said]:
    """About a thousand times, or a thousandth of, the body's other figures or what its peers told; of two figures alone
    the later one is asked about. Counts fall to one in earnest: they need two others that agree."""
    found: set[Figure] = set()
    for series in ledger.series.values():
        for one in _slipped(series, 1):
            found.add(one)
            yield _slip(one, [other for other in series if other is not one], "các kỳ khác", "other periods")
    for peers in ledger.siblings.values():
        if len({one.unit for one in peers}) > 1 or len(peers) <= _PEERS:
            continue
        for one in _slipped(peers, _PEERS):
            if one not in found:
                yield _slip(one, [other for other in peers if other is not one], "các đơn vị khác", "other bodies")


def stands_out(ledger: Ledger) -> Iterator[Said]:
    """Whole years of one indicator, four at least; by the median and by the change (see outliers.py)."""
    for (_body, _indicator, part), series in ledger.series.items():
        if part or len(series) < FEWEST or any(one.running_total != series[0].running_total for one in series):
            continue
        values: dict[Period, float] = {one.period: one.value for one in series}
        slipped = {one.period for one in _slipped(series, 1)}
        for odd in outliers(values):
            one = next(figure for figure in series if figure.period == odd.key)
            least = _POINTS_OUT if one.is_percent else _STANDS_OUT * abs(odd.middle)
            if odd.key in slipped or abs(odd.value - odd.middle) < least:
                continue
            middle, said = amount(odd.middle, one.unit), subject(one)
            yield Said(
                f"{said[0]} khác hẳn các năm khác (thường khoảng {middle[0]})",
                f"{said[1]} is unlike the other years (usually about {middle[1]})",
                (one, *(figure for figure in series if figure is not one)),
            )


def incomes(ledger: Ledger) -> Iterator[Said]:
    """An average income that nobody can have: billions a head, or less than a hundred thousand đồng a year."""
    for one in ledger.figures:
        said = bare_name(one)
        scale = next((size for unit, size in _SCALES if one.unit.strip().startswith(unit)), None)
        if scale is None or _INCOME not in said or any(word in said for word in _NOT_INCOME):
            continue
        if one.value * scale > _RICHEST or 0 < one.value * scale < _POOREST:
            text = subject(one)
            yield Said(
                f"{text[0]} không hợp lý; có thể nhầm đơn vị (triệu, tỷ) hoặc nhầm tên chỉ tiêu",
                f"{text[1]} cannot be; the unit (million, billion) or the name may be wrong",
                (one,),
            )


def _slipped(figures: list[Figure], fewest: int) -> Iterator[Figure]:
    """Those about a thousand times what all the others agree on, or a thousandth."""
    least, most = min(one.value for one in figures), max(one.value for one in figures)
    if (least > _FRACTION) if figures[0].is_percent else (most < 10 ** _THOUSAND[0] * least):
        return  # nothing is so far from the rest: nearly every series ends here
    for place, one in enumerate(figures):
        others = [other.value for at, other in enumerate(figures) if at != place]
        if len(others) < max(fewest, 2 if is_count(one) else 1) or min(others) <= 0 or one.value <= 0:
            continue
        if max(others) / min(others) > _ALIKE or (len(others) == 1 and place == 0):
            continue
        usual = median(others)
        if one.is_percent:
            odd = one.value <= _FRACTION and usual >= _WHOLE and 0.5 < 100 * one.value / usual < 2
        else:
            odd = _THOUSAND[0] <= abs(log10(one.value / usual)) <= _THOUSAND[1]
        if odd:
            yield one


def _slip(one: Figure, others: list[Figure], beside: str, beside_en: str) -> Said:
    usual, said = amount(median(other.value for other in others), one.unit), subject(one)
    hint, hint_en = _DECIMAL if one.is_percent else _UNIT
    return Said(
        f"{said[0]}, trong khi {beside} khoảng {usual[0]}; có thể {hint}",
        f"{said[1]}, while {beside_en} tell about {usual[1]}; maybe {hint_en}",
        (one, *others),
    )


RULES = (
    Rule(
        "unit.jump", 1, Severity.ERROR,
        "Lệch khoảng nghìn lần, có thể nhầm đơn vị", "About a thousandfold: maybe a slip of unit",
        "Thu ngân sách 31,2; 33; 34.500; 36 tỷ đồng.", slips,
    ),
    Rule(
        "outlier", 1, Severity.NOTE,
        "Số khác hẳn các năm khác", "A figure unlike the other years",
        "Kết nạp 7, 9, 8, 31 đảng viên.", stands_out,
    ),
    Rule(
        "income.implausible", 1, Severity.ERROR,
        "Thu nhập bình quân không thể có", "An average income that cannot be",
        "Thu nhập bình quân trên 10 tỷ đồng.", incomes,
    ),
)  # fmt: skip
