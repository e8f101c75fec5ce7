"""Results so far -> the level at the term's end by a straight line, with an honest 80% range. Called by the judge."""

import math

from nhiemky.assess.target.facts import Forecast
from nhiemky.values.figures import decimals

LEAST_POINTS = 3
# Student's t for an 80% interval (0.9 quantile), by degrees of freedom 1..10; beyond, the tenth serves.
_T80 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
TOO_FEW = "Chưa đủ ba kết quả để ước cuối kỳ"


def straight_line(
    series: tuple[tuple[float, float], ...], end: float, *, percent: bool, average: bool = False, start: float = 0.0
) -> tuple[Forecast | None, str]:
    """The forecast, or None and why not. `percent`: the answer stays within 0 and 100 if all results do.

    `average`: the mean over start..end of a yearly series, known years as they are.
    """
    if len(series) < LEAST_POINTS or not series[-1][0] < end - 1e-9:
        return None, TOO_FEW if len(series) < LEAST_POINTS else "Đã có kết quả đến hạn, không cần ước"
    line = _Line(series)
    if average:
        low, mid, high = _mean_ahead(line, series, start, end)
    else:
        low, mid, high = line.at(end)
    values = [value for _, value in series]
    if min(values) >= 0:
        low, mid, high = max(low, 0.0), max(mid, 0.0), max(high, 0.0)
    if percent and min(values) >= 0 and max(values) <= 100:
        low, mid, high = min(low, 100.0), min(mid, 100.0), min(high, 100.0)
    if not all(map(math.isfinite, (low, mid, high))):
        return None, "Số liệu không cho phép ước cuối kỳ"
    note = f"Đường thẳng qua {len(series)} kết quả, khoảng tin cậy 80%"
    digits = min(2, max(decimals(value) for value in values))
    return Forecast(low, mid, high, note, digits, len(series)), note


class _Line:
    """Least squares, with the spread of its residuals; rounding of the figures is the least spread there is."""

    def __init__(self, series: tuple[tuple[float, float], ...]) -> None:
        self.n = len(series)
        self.mean_t = math.fsum(t for t, _ in series) / self.n
        mean_v = math.fsum(v for _, v in series) / self.n
        self.sxx = math.fsum((t - self.mean_t) ** 2 for t, _ in series)
        sxy = math.fsum((t - self.mean_t) * (v - mean_v) for t, v in series)
        self.slope = sxy / self.sxx if self.sxx else 0.0
        self.base = mean_v - self.slope * self.mean_t
        left = math.fsum((v - self.base - self.slope * t) ** 2 for t, v in series)
        digits = max(decimals(v) for _, v in series)
        rounding = 10.0**-digits * 0.29 if digits <= 4 else 0.0
        self.spread = max(math.sqrt(left / (self.n - 2)), rounding)
        self.t80 = _T80[min(self.n - 2, len(_T80)) - 1]

    def at(self, when: float) -> tuple[float, float, float]:
        mid = self.base + self.slope * when
        away = (when - self.mean_t) ** 2 / self.sxx if self.sxx else 0.0
        half = self.t80 * self.spread * math.sqrt(1 + 1 / self.n + away)
        return mid - half, mid, mid + half


def _mean_ahead(
    line: _Line, series: tuple[tuple[float, float], ...], start: float, end: float
) -> tuple[float, float, float]:
    known = dict(series)
    rows = []
    for step in range(1, round(end - start) + 1):
        value = known.get(start + step)
        rows.append(line.at(start + step) if value is None else (value, value, value))
    low, mid, high = (math.fsum(column) / len(rows) for column in zip(*rows, strict=True))
    return low, mid, high
