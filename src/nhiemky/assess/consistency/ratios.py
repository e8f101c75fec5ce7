"""Percentages that cannot be as told: against their terms, over all, of an unnamed plan, points, goals summed up over a
term. Rules for check.py."""

import re
from collections.abc import Iterator

from nhiemky.assess.consistency.facts import Figure, Said, Severity
from nhiemky.assess.consistency.ledger import Ledger
from nhiemky.assess.consistency.rule import Rule
from nhiemky.assess.consistency.words import amount, bare_name, en, name, near, plain, slack, subject, vi, where
from nhiemky.values.figures import decimals
from nhiemky.values.kinds import YEARLY, PeriodMeaning
from nhiemky.values.period import Period

_HIGHEST = 300.0  # percent of plan; more has never been a plan of the same year
_OF_ALL = re.compile(r"(?:tỷ lệ|tỉ lệ) (?!tăng|giảm|so )")
_MAY_EXCEED = re.compile(
    r"tăng|giảm|tốc độ|chỉ số|so với|kế hoạch|dự toán|chỉ tiêu|năm trước|cùng kỳ|thu ngân sách|nợ|lãi|hệ số|hoàn vốn"
)
_CHANGE = re.compile(r"(?:mức |tỷ lệ |số )?(tăng|giảm|hạ)(?: thêm)? (.+)")
_LONGEST_TERM = 10


def terms(ledger: Ledger) -> Iterator[Said]:
    """`45/50 hộ, đạt 95%`: what the two figures may be after rounding is compared with what the ratio may be."""
    for one in ledger.figures:
        if one.ratio is None or not one.planned or one.planned < 0 or not one.exact:
            continue
        room, plan_room = slack(one.value, one.unit), slack(one.planned, one.unit)
        low = 100 * (one.value - room) / (one.planned + plan_room)
        high = 100 * (one.value + room) / max(one.planned - plan_room, 1e-9)
        if _may_be(one.ratio, low, high):
            continue
        true, told, plan = amount(100 * one.value / one.planned, "%"), amount(one.ratio, "%", 4), _plan(one)
        hint = ("; có thể nhầm “vượt” với “đạt”", "; “exceeded by” may stand for “reached”")
        hint = hint if _may_be(one.ratio + 100, low, high) else ("", "")
        said = subject(one)
        yield Said(
            f"{said[0]} trên {plan[0]} là {true[0]}, văn bản ghi {told[0]}{hint[0]}",
            f"{said[1]} out of {plan[1]} is {true[1]}, but it is told as {told[1]}{hint[1]}",
            (one,),
        )


def unnamed_plan(ledger: Ledger) -> Iterator[Said]:
    for one in ledger.figures:
        if one.ratio is not None and one.planned is None and one.ratio >= _HIGHEST:
            told, said = amount(one.ratio, "%", 4), subject(one)
            yield Said(
                f"{said[0]}, đạt {told[0]} mà không nói so với số nào; cần nêu kế hoạch cả năm hay của kỳ",
                f"{said[1]}, told as {told[1]} of a plan that is not named; say whether the year's or the period's",
                (one,),
            )


def over_all(ledger: Ledger) -> Iterator[Said]:
    """A share of all households, members, records over 100%; what is compared with a plan or a year may be."""
    for one in ledger.figures:
        if not one.is_percent or max(one.value, one.high or 0) <= 100 or one.ratio is not None:
            continue
        said = bare_name(one)
        if one.meaning is PeriodMeaning.AGAINST_PLAN or not _OF_ALL.match(said) or _MAY_EXCEED.search(said):
            continue
        text = subject(one)
        yield Said(
            f"{text[0]} là quá 100%; cần xem lại tử số, mẫu số",
            f"{text[1]} is over 100%; look again at both terms",
            (one,),
        )


def summed_up(ledger: Ledger) -> Iterator[Said]:
    """A goal of each year counted against the whole term: 3 a year reported as 21/15 hides the year that fell short."""
    for one in ledger.figures:
        if one.meaning not in YEARLY or not one.goal or one.goal <= 0 or one.is_percent:
            continue
        years = (one.planned or 0) / one.goal
        if 2 <= years <= _LONGEST_TERM and years == int(years):
            goal, plan = amount(one.goal, one.unit, 6), plain(one.planned or 0, 6)
            value, count, source = plain(one.value, 6), plain(years), where(one)
            yield Said(
                f"{name(one)}: chỉ tiêu là {goal[0]} mỗi năm, lại tính {value[0]}/{plan[0]} cho {count[0]} năm"
                f"{source[0]}; cần số của từng năm",
                f"{name(one)}: the goal is {goal[1]} each year, but {value[1]}/{plan[1]} over {count[1]} years is told"
                f"{source[1]}; each year's figure is needed",
                (one,),
            )
        elif one.running_total and not _has_years(ledger, one):
            said = subject(one)
            yield Said(
                f"{said[0]} là số cộng dồn, mà chỉ tiêu tính mỗi năm; cần số của từng năm",
                f"{said[1]} is a total since the term began, but the goal is for each year; each year's is needed",
                (one,),
            )


def points(ledger: Ledger) -> Iterator[Said]:
    """A rate that fell from 5,2% to 3,7% fell by 1,5 points and by 28,8%: the unit says which is meant."""
    changes = [
        (one, found[2])
        for one in ledger.current.values()
        if "%" in one.unit and (found := _CHANGE.fullmatch(bare_name(one)))
    ]
    for one, of in changes:
        now = _level(ledger, one, of, 0)
        before = _level(ledger, one, of, 1)
        if now is None or before is None or not before.value:
            continue
        gap = abs(now.value - before.value)
        share = 100 * gap / before.value
        room = 0.5 * 10.0 ** -decimals(one.value)
        is_gap, is_share = near(one.value, gap, room), near(one.value, share, room)
        if is_gap == is_share or ("điểm" in one.unit) == is_gap:
            continue
        meant = ("điểm %", "percentage points") if is_gap else ("%", "percent")
        said, value = subject(one), plain(one.value, 6)
        yield Said(
            f"{said[0]}, nhưng từ {vi(before)} đến {vi(now)} thì {value[0]} là {meant[0]}",
            f"{said[1]}, but from {en(before)} to {en(now)} it is {value[1]} {meant[1]}",
            (one, before, now),
        )


def _may_be(ratio: float, low: float, high: float) -> bool:
    """Whether what lies between low and high is told as this: ratios are cut off as often as they are rounded."""
    digit = 10.0 ** -decimals(ratio)
    return high >= ratio - 0.5 * digit - 1e-9 and low < ratio + digit


def _plan(one: Figure) -> tuple[str, str]:
    return amount(one.planned or 0, one.unit, 6)


def _level(ledger: Ledger, change: Figure, of: str, back: int) -> Figure | None:
    """The rate that changed, in the same part of the year `back` years earlier."""
    period = Period(change.period.year - back, change.period.part)
    names = (of, f"tỷ lệ {of}", of.removeprefix("tỷ lệ "))
    rates = (one for one in ledger.by_body_and_period.get((change.body, period), ()) if one.is_percent and one.exact)
    return next((one for one in rates if one is not change and bare_name(one) in names), None)


def _has_years(ledger: Ledger, total: Figure) -> bool:
    found = ledger.told.get((total.body, total.indicator, total.period), [])
    every = [*(one for one in found if not one.replaced), *ledger.series.get((total.body, total.indicator, ""), [])]
    return any(not one.running_total and one.period.year == total.period.year for one in every)


RULES = (
    Rule(
        "ratio.terms", 1, Severity.ERROR,
        "Tỷ lệ trái với chính hai số của nó", "A ratio denied by its own terms",
        "45/50 hộ mà ghi đạt 95%.", terms,
    ),
    Rule(
        "ratio.unnamed", 1, Severity.WARNING,
        "Tỷ lệ rất cao mà không nói so với số nào", "A very high ratio to a plan that is not named",
        "Thu ngân sách 6 tháng đạt 790,2%.", unnamed_plan,
    ),
    Rule(
        "rate.over_all", 1, Severity.ERROR,
        "Tỷ lệ của một tổng thể vượt quá 100%", "A share of all over 100%",
        "Tỷ lệ hộ dùng nước sạch 103%.", over_all,
    ),
    Rule(
        "term.count", 1, Severity.WARNING,
        "Chỉ tiêu mỗi năm lại tính cho cả nhiệm kỳ", "A goal of each year counted over the term",
        "Mỗi năm kết nạp 3 đảng viên, báo cáo 21/15.", summed_up,
    ),
    Rule(
        "rate.points", 1, Severity.NOTE,
        "Lẫn phần trăm với điểm phần trăm", "Percent told for percentage points, or the reverse",
        "Hộ nghèo từ 5,2% còn 3,7%, ghi giảm 1,5% (đúng là 1,5 điểm %).", points,
    ),
)  # fmt: skip
