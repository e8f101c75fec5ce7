"""Counts of verdicts -> bars with icon and word, worst first. Called by the review paper and the board's head."""

from collections.abc import Mapping

from nhiemky.charts.canvas import Canvas, Scale
from nhiemky.charts.palette import Palette, colours, icon, tone
from nhiemky.values.figures import figure
from nhiemky.values.kinds import WORST_FIRST, VerdictStatus

ROW = 30.0


def verdict_bars(
    counts: Mapping[VerdictStatus, int] | Mapping[str, int],
    *,
    palette: Palette = "screen",
    font: str = "",
    width: float = 640,
    label: str = "",
    english: bool = False,
) -> str:
    """One bar a status that occurs; the bar's length is the count from zero, the count stands at its end."""
    ink = colours(palette)
    told = {str(status): count for status, count in counts.items()}
    rows = [(status, told[status]) for status in WORST_FIRST if told.get(status, 0) > 0]
    total = sum(count for _, count in rows)
    canvas = Canvas(width, max(1, len(rows)) * ROW + 8, font, ink["ground"])
    left = min(200.0, width * 0.42)
    across = Scale(0, max([count for _, count in rows], default=1), left, width - 44)
    for number, (status, count) in enumerate(rows):
        top, own = number * ROW + 4, ink[tone(status)]
        canvas.parts.append(icon(status, size=15, colour=own, x=2, y=top + 7))
        canvas.text(24, top + 19, status.english if english else status.label, ink["ink"], 14)
        canvas.rect((left, top + 5, across(count), top + ROW - 5), own, 'rx="2"')
        canvas.text(across(count) + 8, top + 20, figure(count), own, 15, bold=True)
    if not rows:
        canvas.text(2, 22, "No target yet" if english else "Chưa có chỉ tiêu nào", ink["soft"], 14)
    canvas.line(left, 2, left, canvas.height - 2, ink["goal"])
    words = "; ".join(f"{status.english if english else status.label}: {count}" for status, count in rows)
    whole = f"{total} targets" if english else f"{total} chỉ tiêu"
    return canvas.svg(label or f"{whole}. {words}".strip(". "))
