"""A board row → its drawings: numbers from assess go to charts, which know neither.

Called by the board and target pages. The SVG carries no style attributes, so the content security policy lets it
through as it is.
"""

from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nhiemky.assess.target import Track, track
from nhiemky.charts import ChartWords, Fan, sparkline, target_chart
from nhiemky.register.board import BoardRow

FONT = "Be Vietnam Pro"


def small_chart(row: BoardRow) -> SafeString:
    """Path and results in a table cell."""
    drawn = _track(row)
    svg = sparkline(
        drawn.results,
        start=drawn.start,
        end=drawn.end,
        path=drawn.path,
        low=drawn.low,
        high=drawn.high,
        status=str(row.verdict.stands),
        steps=drawn.steps,
        label=_("Lộ trình và kết quả của chỉ tiêu %s") % row.target.number,
    )
    return mark_safe(svg)  # noqa: S308 - charts escapes every text


def big_chart(row: BoardRow, goal: str, estimate: str, size: tuple[int, int] = (860, 340)) -> SafeString:
    """The target's drawing with goal, path, results and the forecast fan; phones get one of their own size."""
    drawn, found = _track(row), row.verdict.forecast
    fan = Fan(found.low, found.mid, found.high, _("ước %s") % estimate) if found and estimate else None
    first = row.goal.baseline is not None and bool(drawn.results) and drawn.results[0][1] == row.goal.baseline
    svg = target_chart(
        drawn.results,
        title=row.target.name,
        unit=row.target.unit,
        start=drawn.start,
        end=drawn.end,
        path=drawn.path,
        low=drawn.low,
        high=drawn.high,
        goal=goal,
        status=str(row.verdict.stands),
        estimates=drawn.estimates,
        missing=drawn.missing,
        running=drawn.running,
        fan=fan,
        steps=drawn.steps,
        baseline=first and drawn.results[0][0] <= drawn.start + 1e-6,
        words=_chart_words(),
        font=FONT,
        width=size[0],
        height=size[1],
    )
    return mark_safe(svg)  # noqa: S308 - charts escapes every text


def _chart_words() -> ChartWords:
    return ChartWords(
        _("Mục tiêu").lower(), _("Lộ trình").lower(), _("ước"), _("gốc"), _("chưa hết năm"), _("chưa có số liệu")
    )


def _track(row: BoardRow) -> Track:
    return track(row.goal, row.points, row.verdict.today)


def path_at(row: BoardRow, when: float) -> float | None:
    """What the path asks for at a time in years; None outside the path."""
    knots = _track(row).path
    for (t0, v0), (t1, v1) in pairwise(knots):
        if t0 <= when <= t1:
            return v0 if t1 == t0 else v0 + (v1 - v0) * (when - t0) / (t1 - t0)
    return next((value for time, value in knots if abs(time - when) < 1e-6), None)
