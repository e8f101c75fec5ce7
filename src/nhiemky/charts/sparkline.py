"""Path and results in the width of a table cell. Called by the board's row, on page and paper."""

from collections.abc import Sequence

from nhiemky.charts.canvas import Canvas, Scale, domain
from nhiemky.charts.palette import Palette, colours, tone


def sparkline(
    results: Sequence[tuple[float, float]],
    *,
    start: float,
    end: float,
    path: Sequence[tuple[float, float]] = (),
    low: float | None = None,
    high: float | None = None,
    status: str = "on_track",
    steps: bool = False,
    label: str = "Lộ trình và kết quả",
    palette: Palette = "screen",
    width: float = 150,
    height: float = 38,
) -> str:
    """`results` and `path` are (time, level); low/high the goal as a line or, both given and different, a band."""
    ink, own = colours(palette), colours(palette)[tone(status)]
    canvas = Canvas(width, height, "", ink["ground"])
    bounds = [bound for bound in (low, high) if bound is not None]
    span = domain([*(v for _, v in results), *(v for _, v in path), *bounds])
    across = Scale(start, max(end, start + 1), 6, width - 8)
    up = Scale(span[0], span[1], height - 3, 3)
    _goal(canvas, across, up, path, bounds, start, end, ink["goal"], steps)
    dots = sorted((across(min(max(t, start), end)), up(v)) for t, v in results)
    if len(dots) > 1:
        canvas.polyline(dots, own, 2, 'stroke-linecap="round"')
    if dots:
        x, y = dots[-1]
        canvas.parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="3.4" fill="{own}"/>')
    return canvas.svg(label)


def _goal(
    canvas: Canvas,
    across: Scale,
    up: Scale,
    path: Sequence[tuple[float, float]],
    bounds: list[float],
    start: float,
    end: float,
    colour: str,
    steps: bool,
) -> None:
    dash = 'stroke-dasharray="3 3" stroke-opacity=".6"'
    if len(bounds) == 2 and bounds[0] != bounds[1]:
        canvas.rect((across(start), up(bounds[1]), across(end), up(bounds[0])), colour, 'fill-opacity=".12"')
    knots = list(path) or [(t, bounds[0]) for t in (start, end) if len(set(bounds)) == 1]
    if steps:
        knots = stairs(knots)
    if knots:
        canvas.polyline(((across(t), up(v)) for t, v in knots), colour, 1, dash)
        canvas.diamond(across(knots[-1][0]), up(knots[-1][1]), 4, colour)


def stairs(knots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A stepped path: each level holds until the next one is due."""
    rows: list[tuple[float, float]] = []
    for when, level in knots:
        if rows:
            rows.append((when, rows[-1][1]))
        rows.append((when, level))
    return rows
