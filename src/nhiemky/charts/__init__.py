"""Numbers -> SVG text, the same drawing on page and paper. Called by desk and report; knows no target and no verdict.

Time is in years (2021.0 is the end of 31/12/2020, `values.period.year_fraction`). `palette` is "screen" (CSS variables
with fallbacks) or "paper" (fixed, print-safe); `font` is one family name. Every drawing has role="img" and a label.
"""

from nhiemky.charts.bars import verdict_bars
from nhiemky.charts.palette import Palette, icon
from nhiemky.charts.sparkline import sparkline
from nhiemky.charts.target import ChartWords, Fan, target_chart

__all__ = ["ChartWords", "Fan", "Palette", "icon", "sparkline", "target_chart", "verdict_bars"]
