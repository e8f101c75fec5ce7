"""Pack → the one chart of the review: how many targets have each verdict. The drawing is nhiemky.charts'."""

from collections import Counter

from nhiemky.charts import verdict_bars
from nhiemky.report.pack import Pack
from nhiemky.report.paper import Chart, Figure, Words
from nhiemky.report.pdf import FAMILY
from nhiemky.values.figures import day
from nhiemky.values.kinds import WORST_FIRST, VerdictStatus

_WIDTH = 140.0  # mm on paper; with 470 units across, words come out at about 12 pt
_UNITS = 470.0


def verdict_chart(pack: Pack) -> Chart:
    """Bars, worst first; the alt text says the same counts in words."""
    counts = Counter(VerdictStatus(row.verdict.status) for row in pack.rows)
    told = "; ".join(f"{status.label}: {counts[status]}" for status in WORST_FIRST if counts[status])
    alt = f"Số chỉ tiêu theo kết quả đánh giá. {told}."
    svg = verdict_bars(counts, palette="paper", font=FAMILY, width=_UNITS, label=alt)
    as_of = Figure(day(pack.as_of), "pack.as_of", mark=False)
    return Chart(svg, alt, (Words("Biểu đồ: Số chỉ tiêu theo kết quả đánh giá, đến ngày "), as_of), _WIDTH)
