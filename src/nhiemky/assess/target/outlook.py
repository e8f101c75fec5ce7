"""A finding -> the forecast to the term's end and its sentences: method, why, range, pace needed from today.

Called by the judge when somebody asks; the arithmetic is in `forecast` and `season`.
"""

import math
from dataclasses import dataclass
from datetime import date

from nhiemky.assess.target.facts import Forecast, Goal, Reason
from nhiemky.assess.target.finding import Finding
from nhiemky.assess.target.forecast import LEAST_POINTS, Ahead, Kind, Method, Rows, ahead
from nhiemky.assess.target.season import Season, season_of
from nhiemky.assess.target.words import Words, bound_words, reason, words
from nhiemky.values.figures import day, decimals, figure, figure_english, rounded
from nhiemky.values.kinds import YEARLY, PeriodMeaning, VerdictStatus
from nhiemky.values.period import year_fraction

TOO_FEW = Reason("Chưa đủ ba kết quả để ước cuối kỳ", "Fewer than three results, too few to tell the end of the term")
_STEPS = Reason("Chỉ tiêu theo mốc, không ngoại suy", "The target moves in steps, which are not extrapolated")
_OVER = Reason("Đã hết hạn", "The deadline has passed")
_KNOWN = Reason("Đã có kết quả đến hạn, không cần ước", "The result at the deadline is known")
_UNREADABLE = Reason("Số liệu không cho phép ước cuối kỳ", "The figures allow no forecast")
_PARTS = Reason("Cơ cấu nhiều phần, không ước từng phần", "A composition of several parts is not told ahead")
_BY_YEARS = (*YEARLY, PeriodMeaning.MAINTAIN, PeriodMeaning.AGAINST_PLAN)
_SETTLED = (VerdictStatus.MET, VerdictStatus.EXCEEDED, VerdictStatus.MISSED)

_NAMES: dict[Method, tuple[str, str]] = {
    "last": ("giữ nguyên mức cuối", "the last value"),
    "linear": ("đường thẳng", "a straight line"),
    "damped": ("xu thế chậm dần", "a damped trend"),
    "mean": ("bình quân ba năm gần nhất", "the mean of the last three years"),
    "seasonal": ("tỷ trọng cùng kỳ", "the share of the same part of earlier years"),
}
_PACES: dict[Method, tuple[str, str]] = {
    "last": ("nhịp của kỳ gần nhất", "the pace of the latest period"),
    "linear": ("nhịp bình quân từ đầu", "the mean pace since the start"),
    "damped": ("nhịp nghiêng về các kỳ gần đây", "a pace that leans on recent periods"),
    "mean": ("nhịp bình quân từ đầu", "the mean pace since the start"),
    "seasonal": _NAMES["seasonal"],
}


def foretell(goal: Goal, found: Finding, today: date) -> tuple[Forecast | None, Reason]:
    """The forecast and how it was made, or None and why there is none."""
    end = year_fraction(goal.deadline)
    if goal.step_like:
        return None, _STEPS
    if found.status in _SETTLED and today > goal.deadline:
        return None, _OVER
    if goal.parts:
        return None, _PARTS
    series = found.series()
    kind, rows = _kind(goal, found), _apart(series)
    season = season_of(found.flow) if found.flow and goal.deadline.month == 12 else None
    season = season if season and season.helps and season.year + 1.0 <= end else None
    if season:
        rows = _with_season(rows, season, kind)
    least = LEAST_POINTS + (kind == "sum")  # a sum starts at nothing, which is no result
    if len(rows) < least and not (season and season.year + 1.0 >= end):
        return None, TOO_FEW
    if not season and not rows[-1][0] < end - 1e-9:
        return None, _KNOWN
    try:
        return _told(goal, found, _Told(kind, rows, season, end), series)
    except (OverflowError, ValueError, ZeroDivisionError):  # figures beyond all sense
        return None, _UNREADABLE


def _kind(goal: Goal, found: Finding) -> Kind:
    if goal.meaning is PeriodMeaning.CUMULATIVE:
        return "sum"
    if goal.meaning in _BY_YEARS and found.series_from > 0:
        return "yearly"
    return "share" if goal.unit.strip() == "%" else "level"


def _apart(rows: Rows) -> Rows:
    """One row a time: of a half-year and its year that end together the later one told, which is the longer."""
    return tuple(dict(rows).items())


def _with_season(rows: Rows, season: Season, kind: Kind) -> Rows:
    """The running year's end, told by its season, in place of what is known of the year."""
    before = tuple(row for row in rows if row[0] <= season.year + 1e-9)
    so_far = before[-1][1] if kind == "sum" and before else 0.0
    return (*before, (season.year + 1.0, so_far + season.mid))


@dataclass(frozen=True)
class _Told:
    """What a forecast is made of: the rows (with the season's year end, if any) and where they are to be told to."""

    kind: Kind
    rows: Rows
    season: Season | None
    end: float

    def at_end(self, found: Ahead | None, average_from: float | None) -> tuple[float, float, float]:
        season = self.season
        if found is None or (season and season.year + 1.0 >= self.end):
            assert season is not None
            offset = self.rows[-1][1] - season.mid
            return season.low + offset, season.mid + offset, season.high + offset
        if average_from is not None:
            return _mean(found, dict(self.rows), average_from, self.end)
        low, mid, high = found.at(self.end)
        if season is None:
            return low, mid, high
        half = math.hypot(mid - low, season.mid - season.low)
        return mid - half, mid, mid + half


def _told(goal: Goal, found: Finding, told: _Told, series: Rows) -> tuple[Forecast | None, Reason]:
    short = told.season is not None and told.season.year + 1.0 >= told.end
    chosen = None if short else ahead(told.rows, told.kind)
    average = found.series_from if goal.meaning is PeriodMeaning.YEARLY_AVERAGE and found.series_from > 0 else None
    low, mid, high = told.at_end(chosen, average)
    values = [value for _, value in series] or [value for _, value in told.rows]
    if min(values) >= 0:
        low, mid, high = max(low, 0.0), max(mid, 0.0), max(high, 0.0)
    if told.kind == "sum" and all(point.value >= 0 for point in found.flow):
        low, mid = max(low, values[-1]), max(mid, values[-1])  # what has been done stays done
    if goal.unit.strip() == "%" and min(values) >= 0 and max(values) <= 100:
        low, mid, high = min(low, 100.0), min(mid, 100.0), min(high, 100.0)
    if not all(map(math.isfinite, (low, mid, high))):
        return None, _UNREADABLE
    digits = min(2, max(decimals(value) for value in values))
    count = len(series) - (told.kind == "sum")
    why = (
        _season_why(told.season) if told.season and short else _why(chosen, told, count, digits) if chosen else TOO_FEW
    )
    method = "seasonal" if told.season else chosen.method if chosen else "last"
    return Forecast(low, mid, high, why.vi, digits, count, method, why.en), why


def _mean(found: Ahead, known: dict[float, float], start: float, end: float) -> tuple[float, float, float]:
    """The mean over all years: known ones as they are, the others told ahead."""
    rows = []
    for step in range(1, round(end - start) + 1):
        value = known.get(start + step)
        rows.append(found.at(start + step) if value is None else (value, value, value))
    low, mid, high = (math.fsum(column) / len(rows) for column in zip(*rows, strict=True))
    return low, mid, high


def _why(chosen: Ahead, told: _Told, count: int, digits: int) -> Reason:
    names = _PACES if told.kind == "sum" else _NAMES
    vi, en = names[chosen.method]
    lead, lead_en = f"{vi} qua {count} kết quả, khoảng tin cậy 80%", f"{en} through {count} results, an 80% range"
    if told.season:
        season = _season_why(told.season)
        lead, lead_en = f"{season.vi}; từ đó {vi}", f"{season.en}; from there {en}"
    error, other = (figure(rounded(e, digits + 1)) for e in (chosen.error, chosen.rival_error))
    error_en, other_en = (figure_english(rounded(e, digits + 1)) for e in (chosen.error, chosen.rival_error))
    rival, rival_en = names[chosen.rival]
    if not chosen.tried:
        return reason(f"{lead}; còn ít số nên chưa thử lại được", f"{lead_en}; too few figures to test it")
    if chosen.error <= chosen.rival_error:
        why = f"thử lại trên các số đã có thì lệch bình quân {error}, còn {rival} lệch {other}"
        why_en = f"on the figures so far it was {error_en} off on average, {rival_en} {other_en}"
    else:
        why = f"thử lại lệch {error}; {rival} lệch {other} nhưng cách trước thường sát hơn với loại chỉ tiêu này"
        why_en = f"tested, it was {error_en} off, {rival_en} {other_en}; the former usually is nearer for such targets"
    return reason(f"{lead}; {why}", f"{lead_en}; {why_en}")


def _season_why(season: Season) -> Reason:
    years = ", ".join(map(str, season.years))
    share = figure(season.share * 100, 0), figure_english(season.share * 100, 0)
    vi = f"Tỷ trọng cùng kỳ: {season.months} tháng đầu năm chiếm {share[0]}% cả năm ({years}), khoảng tin cậy 80%"
    en = f"Seasonal share: the first {season.months} months had {share[1]}% of the year ({years}), an 80% range"
    if season.error is not None and season.other is not None:
        vi += (
            f"; thử lại lệch {figure(season.error * 100, 1)}%, lấy bằng năm trước lệch {figure(season.other * 100, 1)}%"
        )
        en += f"; tested, it was {figure_english(season.error * 100, 1)}% off, last year's total "
        en += f"{figure_english(season.other * 100, 1)}%"
    return Reason(vi, en)


def outlook(
    goal: Goal, found: Finding, today: date, pace: float | None, forecast: Forecast | None, note: Reason
) -> Reason | None:
    """One sentence: `Ước đến 31/12/2025 được 92,9% (92,4–93,4), cả khoảng chưa tới chỉ tiêu; từ hôm nay …; …`."""
    if found.status not in (VerdictStatus.ON_TRACK, VerdictStatus.AT_RISK):
        return None
    say, due = words(goal, found.value), day(goal.deadline)
    vi, en = [], []
    if forecast is not None:
        side = _side(say, found, forecast)
        vi.append(f"Ước đến {due} được {say.near_vi(forecast.mid)} ({forecast.text}){side[0]}")
        en.append(f"By {due} it is expected at {say.near_en(forecast.mid)} ({forecast.text_en}){side[1]}")
    if pace and not goal.step_like:
        asked = _pace(goal, found, today, pace, say)
        vi.append(asked[0])
        en.append(asked[1])
    vi.append(note.vi[:1].lower() + note.vi[1:])
    en.append(note.en[:1].lower() + note.en[1:])
    return reason("; ".join(vi), "; ".join(en))


def _side(say: Words, found: Finding, forecast: Forecast) -> tuple[str, str]:
    """Whether the goal lies beyond the range, within it, or before it."""
    if found.aim is None:
        return "", ""
    short = [found.aim.reach(value) == "short" for value in (forecast.low, forecast.high)]
    vi, en = bound_words(say, found.aim)
    if all(short):
        return f", cả khoảng chưa tới chỉ tiêu {vi}", f", all of the range short of the goal {en}"
    if any(short):
        return f", chỉ tiêu {vi} nằm trong khoảng", f", the goal {en} lies within the range"
    return f", cả khoảng đạt chỉ tiêu {vi}", f", all of the range reaches the goal {en}"


def _pace(goal: Goal, found: Finding, today: date, pace: float, say: Words) -> tuple[str, str]:
    if goal.meaning is PeriodMeaning.YEARLY_AVERAGE and found.series_from > 0:
        return (
            f"các năm còn lại phải bình quân {say.near_vi(pace)}",
            f"the years left have to average {say.near_en(pace)}",
        )
    years = year_fraction(goal.deadline) - year_fraction(today)
    verb, english = ("tăng", "rise") if pace > 0 else ("giảm", "fall")
    if goal.meaning is PeriodMeaning.CUMULATIVE:
        verb, english = "làm thêm", "bring"
    if years >= 1:
        by = say.gap_vi(pace, 1), say.gap_en(pace, 1)
        return f"từ hôm nay mỗi năm phải {verb} {by[0]}", f"from today it has to {english} {by[1]} a year"
    rest = say.gap_vi(pace * years, 1), say.gap_en(pace * years, 1)
    days = (goal.deadline - today).days
    return f"từ hôm nay còn {days} ngày, phải {verb} {rest[0]}", f"{days} days are left to {english} {rest[1]}"
