"""One target's drawing: goal, yearly path, results with their values, missing years, forecast fan.

Called by the target's page and by the review paper; the table beside it is made elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from nhiemky.charts.canvas import Canvas, Scale, domain, text_width, ticks, wrap
from nhiemky.charts.palette import Palette, colours, tone
from nhiemky.charts.sparkline import stairs
from nhiemky.values.figures import decimals, rounded, with_unit

Line = Sequence[tuple[float, float]]
_SIZE = 13.0
_MOST_LABELS = 8
_MONEY = ((1e9, "tỷ đồng"), (1e6, "triệu đồng"))


@dataclass(frozen=True)
class Fan:
    """The forecast at the term's end: `text` is what stands beside it (`ước 92,5–93,3`)."""

    low: float
    mid: float
    high: float
    text: str


@dataclass(frozen=True)
class ChartWords:
    """What the drawing says beside its figures; paper is Vietnamese, a page may be in another language."""

    goal: str = "mục tiêu"
    path: str = "lộ trình"
    estimate: str = "ước"
    baseline: str = "gốc"
    running: str = "chưa hết năm"
    none: str = "chưa có số liệu"


VIETNAMESE = ChartWords()


def target_chart(
    results: Line,
    *,
    title: str,
    unit: str,
    start: float,
    end: float,
    path: Line = (),
    low: float | None = None,
    high: float | None = None,
    goal: str = "",
    status: str = "on_track",
    estimates: Sequence[float] = (),
    missing: Sequence[int] = (),
    running: Line = (),
    fan: Fan | None = None,
    steps: bool = False,
    baseline: bool = False,
    heading: bool = False,
    label: str = "",
    words: ChartWords = VIETNAMESE,
    palette: Palette = "screen",
    font: str = "",
    width: float = 860,
    height: float = 330,
) -> str:
    """`goal` is the goal in words (`≥ 94,5%`); `baseline`: the first result is the baseline; `estimates` are times.

    Times in years; `missing` are whole years without a figure; `running` is what a year under way has brought, not
    joined to whole years; `heading` draws the title, two lines at most.
    """
    spec = _Spec(
        sorted(results), stairs(path) if steps else list(path), [b for b in (low, high) if b is not None],
        unit.strip(), start, max(end, start + 1), goal, status, set(estimates), missing, fan, sorted(running), baseline,
        words,
    )  # fmt: skip
    drawing = _Drawing(_in_money(spec), Canvas(width, height, font, colours(palette)["ground"]), colours(palette))
    drawing.frame(title if heading else "")
    drawing.ground()
    drawing.goal_and_path()
    drawing.forecast()
    drawing.dots()
    drawing.notes()
    return drawing.canvas.svg(label or _spoken(title, [*results, *running], unit, goal))


@dataclass(frozen=True)
class _Spec:
    """What is drawn, in order of time."""

    results: Line
    path: Line
    bounds: list[float]
    unit: str
    start: float
    end: float
    goal: str
    status: str
    estimates: set[float]
    missing: Sequence[int]
    fan: Fan | None
    running: Line
    baseline: bool
    words: ChartWords

    @property
    def values(self) -> list[float]:
        told = [value for _, value in (*self.results, *self.path, *self.running)]
        return [*told, *self.bounds, *((self.fan.low, self.fan.high) if self.fan else ())]


def _in_money(spec: _Spec) -> _Spec:
    """Plain đồng is drawn in tỷ or triệu đồng; every other unit as it is."""
    most = max((abs(value) for value in spec.values), default=0.0)
    scale, unit = next(((size, name) for size, name in _MONEY if most >= size), (1.0, "đồng"))
    if spec.unit != "đồng" or scale == 1.0:
        return spec
    return replace(
        spec,
        unit=unit,
        results=_divided(spec.results, scale),
        path=_divided(spec.path, scale),
        running=_divided(spec.running, scale),
        bounds=[bound / scale for bound in spec.bounds],
        fan=spec.fan and Fan(spec.fan.low / scale, spec.fan.mid / scale, spec.fan.high / scale, spec.fan.text),
    )


def _divided(line: Line, scale: float) -> Line:
    return [(when, value / scale) for when, value in line]


class _Drawing:
    """Shared scales and canvas; each method draws one layer, from the ground up."""

    def __init__(self, spec: _Spec, canvas: Canvas, ink: dict[str, str]) -> None:
        self.spec, self.canvas, self.ink = spec, canvas, ink
        self.results, self.path, self.bounds, self.fan = spec.results, spec.path, spec.bounds, spec.fan
        self.start, self.end = spec.start, max([spec.end, *(when for when, _ in (*spec.results, *spec.running))])
        self.sign = spec.unit[:1] if spec.unit.startswith(("%", "‰")) else ""
        self.own = ink[tone(spec.status)]
        self.goal_words = f"{spec.words.goal} {spec.goal}" if spec.goal else ""

    def frame(self, heading: str) -> None:
        """The scales: room for the heading above, ticks at the left, the words of goal and forecast at the right."""
        canvas, values = self.canvas, self.spec.values
        rows = wrap(heading, 16, canvas.width - 16, 2, bold=True) if heading else []
        for number, row in enumerate(rows):
            canvas.text(8, 20 + 21 * number, row, self.ink["ink"], 16, bold=True)
        self.top = 16.0 + 21 * len(rows)
        low, high = domain(values, zero=bool(values) and 0 <= min(values) < 0.4 * max(values))
        counted = not self.sign and all(value.is_integer() for value in map(float, values))
        self.ticks = ticks(low, high, whole=counted)
        digits = max((decimals(tick) for tick in self.ticks), default=0)
        self.tick_words = [with_unit(tick, self.sign, digits) for tick in self.ticks]
        left = 24 + max((text_width(words, _SIZE) for words in self.tick_words), default=20)
        words = (self.goal_words, self.fan.text if self.fan else "")
        self.right = min(22 + max(text_width(text, _SIZE, bold=True) for text in words), canvas.width * 0.3)
        self.x = Scale(self.start, self.end, left, canvas.width - self.right - 8)
        self.y = Scale(low, high, canvas.height - 34, self.top + 8)

    def ground(self) -> None:
        """Grid, years, and the years nobody reported."""
        canvas, bottom = self.canvas, self.y.start
        for year in self.spec.missing:
            box = (self.x(max(year, self.start)), self.y.end, self.x(min(year + 1, self.end)), bottom)
            canvas.rect(box, self.ink["panel"])
        for tick, words in zip(self.ticks, self.tick_words, strict=True):
            zero = tick == 0
            canvas.line(self.x.start, self.y(tick), self.x.end, self.y(tick), self.ink["soft" if zero else "line"])
            canvas.text(self.x.start - 8, self.y(tick) + 4, words, self.ink["soft"], _SIZE, anchor="end")
        if not self.sign and self.spec.unit:
            canvas.text(2, self.top - 2, self.spec.unit, self.ink["soft"], _SIZE)
        first, last = int(self.start), int(self.end + 0.999)
        for year in range(first, last + 1):
            if self.start <= year <= self.end:
                canvas.line(self.x(year), bottom, self.x(year), bottom + 6, self.ink["soft"])
        for year in range(first, last):
            middle = self.x(min(year + 0.5, self.end))
            canvas.text(middle, bottom + 21, str(year), self.ink["soft"], _SIZE, anchor="middle")

    def goal_and_path(self) -> None:
        """The goal as a line or band over the whole term, the yearly path dashed, the goal's diamond with its words."""
        canvas, colour = self.canvas, self.ink["goal"]
        left, right = self.x(self.start), self.x(self.end)
        if len(set(self.bounds)) == 2:
            low, high = sorted(self.bounds)
            canvas.rect((left, self.y(high), right, self.y(low)), colour, 'fill-opacity=".1"')
        for bound in set(self.bounds):
            more = 'stroke-opacity=".45"' if self.path else ""
            canvas.line(left, self.y(bound), right, self.y(bound), colour, 1.2, more)
            canvas.block([(left, self.y(bound)), (right, self.y(bound))], 2)
        if len(self.path) > 1:
            knots = [(self.x(t), self.y(v)) for t, v in self.path]
            canvas.polyline(knots, colour, 1.4, 'stroke-dasharray="5 5"')
            canvas.block(knots, 2)
        mark = self._mark()
        if mark is None:
            return
        canvas.diamond(right, self.y(mark), 6, colour)
        canvas.taken.append((right - 6, self.y(mark) - 6, right + 6, self.y(mark) + 6))

    def forecast(self) -> None:
        """The fan from the last result to the term's end, and the words at the right edge, kept apart."""
        canvas, right = self.canvas, self.x(self.end)
        if self.fan and self.results and self.results[-1][0] < self.end:
            x, y = self.x(self.results[-1][0]), self.y(self.results[-1][1])
            points = f"{x:.2f},{y:.2f} {right:.2f},{self.y(self.fan.high):.2f} {right:.2f},{self.y(self.fan.low):.2f}"
            canvas.parts.append(f'<polygon points="{points}" fill="{self.own}" fill-opacity=".16"/>')
            canvas.line(x, y, right, self.y(self.fan.mid), self.own, 1.4, 'stroke-dasharray="2 4"')
            for level in (self.fan.low, self.fan.mid, self.fan.high):
                canvas.block([(x, y), (right, self.y(level))], 1)
        words = []
        mark = self._mark()
        if mark is not None and self.goal_words:
            words.append((self.y(mark), self.goal_words, self.ink["ink"]))
        if self.fan and self.results:
            words.append((self.y(self.fan.mid), self.fan.text, self.own))
        self._right_words(words)

    def _right_words(self, words: list[tuple[float, str, str]]) -> None:
        """Blocks of words at the right edge, in the order of their heights, pushed apart and kept inside."""
        blocks = [(y, wrap(text, _SIZE, self.right - 16, 3, bold=True), colour) for y, text, colour in sorted(words)]
        tops: list[float] = []
        floor = 2.0
        for y, rows, _ in blocks:
            tops.append(max(floor, y + 4 - _SIZE * 0.82 - 8 * (len(rows) - 1)))
            floor = tops[-1] + 16 * len(rows) + 3
        limit = self.canvas.height - 4
        for number in range(len(blocks) - 1, -1, -1):
            tops[number] = min(tops[number], limit - 16 * len(blocks[number][1]))
            limit = tops[number] - 3
        for top, (_, rows, colour) in zip(tops, blocks, strict=True):
            for number, row in enumerate(rows):
                baseline = top + _SIZE * 0.82 + 16 * number
                self.canvas.text(self.x(self.end) + 14, baseline, row, colour, _SIZE, bold=True)

    def dots(self) -> None:
        """Results: full rings for official figures, open ones for the baseline, open dashed ones for estimates."""
        dots = [(self.x(when), self.y(value)) for when, value in self.results]
        if len(dots) > 1:
            self.canvas.polyline(dots, self.own, 2.5)
        self.canvas.block(dots, 3)
        apart = [(self.x(when), self.y(value)) for when, value in self.spec.running]
        for number, (x, y) in enumerate([*dots, *apart]):
            running = number >= len(dots)
            estimate = not running and self.results[number][0] in self.spec.estimates
            first = self.spec.baseline and number == 0 and not running
            fill = self.ink["ground"] if estimate or running or first else self.own
            dash = ' stroke-dasharray="2.5 2"' if estimate or running else ""
            self.canvas.parts.append(
                f'<circle cx="{x:.2f}" cy="{y:.2f}" r="4.5" fill="{fill}" stroke="{self.own}" stroke-width="2"{dash}/>'
            )
            self.canvas.taken.append((x - 6, y - 6, x + 6, y + 6))

    def notes(self) -> None:
        """The words inside the drawing: values at their dots, the path's name, the years nobody reported."""
        canvas, bottom = self.canvas, self.y.start + 4
        for number in self._told():
            when, value = self.results[number]
            last, first = number == len(self.results) - 1, self.spec.baseline and number == 0
            words = (f"{self.spec.words.estimate} " if when in self.spec.estimates else "") + with_unit(
                _short(value), self.sign
            )
            words += f" ({self.spec.words.baseline})" if first else f" ({day_of(when)})" if last else ""
            above, bold = self._above(number), last and not first
            canvas.label(
                self.x(when), self.y(value), words, self.ink["ink"], _SIZE, above=above, bold=bold, bottom=bottom
            )
        for when, value in self.spec.running:
            words = f"{with_unit(_short(value), self.sign)} ({day_of(when)}, {self.spec.words.running})"
            canvas.label(self.x(when), self.y(value), words, self.ink["ink"], _SIZE, above=True, bottom=bottom)
        self._name_path()
        for year in self.spec.missing:
            left, right = self.x(max(year, self.start)), self.x(min(year + 1, self.end))
            middle, words = (left + right) / 2, wrap(self.spec.words.none, 12, right - left - 4, 1)[0]
            canvas.label(middle, self.y.start - 22, words, self.ink["soft"], 12, above=False, bottom=self.y.start)

    def _told(self) -> list[int]:
        """Whose values are written, most needed first: of many results the last, first, highest and lowest."""
        count = len(self.results)
        if count <= _MOST_LABELS:
            return sorted(range(count), key=lambda number: (number != count - 1, number))
        levels = [value for _, value in self.results]
        return list(dict.fromkeys((count - 1, 0, levels.index(max(levels)), levels.index(min(levels)))))

    def _above(self, number: int) -> bool:
        """On the side away from the path, else away from the line of results."""
        when, value = self.results[number]
        due = _level(self.path, when)
        if due is None:
            due = self.bounds[0] if self.bounds else None
        if due is not None and due != value:
            return value > due
        return number == 0 or self.results[number - 1][1] <= value

    def _name_path(self) -> None:
        """`lộ trình`, where there is room along the dashed line."""
        if len(self.path) < 2:
            return
        for share in (0.7, 0.8, 0.55, 0.4, 0.9):
            when = self.path[0][0] + (self.path[-1][0] - self.path[0][0]) * share
            level = _level(self.path, when)
            said, soft = self.spec.words.path, self.ink["soft"]
            if level is not None and self.canvas.label(
                self.x(when), self.y(level), said, soft, _SIZE, above=True, bottom=self.y.start - 2
            ):
                return

    def _mark(self) -> float | None:
        """The level the diamond stands on: the path's end, else the goal."""
        if self.path:
            return self.path[-1][1]
        return sum(self.bounds) / len(self.bounds) if self.bounds else None


def _short(value: float) -> float:
    """At most three decimals stand on a drawing; the table beside it has the exact figure."""
    return value if decimals(value) <= 3 else float(rounded(value, 3))


def _level(path: Line, when: float) -> float | None:
    for (t0, v0), (t1, v1) in pairwise(path):
        if t0 <= when <= t1:
            return v0 if t1 == t0 else v0 + (v1 - v0) * (when - t0) / (t1 - t0)
    return None


def day_of(when: float) -> str:
    """`30/06` of a time in years, of which it is the end of the day."""
    year, share = int(when), when - int(when)
    if share < 1e-6:
        return f"31/12/{year - 1}"
    month = min(12, int(share * 12 - 1e-9) + 1)
    first = date(year, month, 1)
    days = ((date(year + month // 12, month % 12 + 1, 1)) - first).days
    on = first + timedelta(days=max(0, round((share * 12 - month + 1) * days) - 1))
    return f"{on.day:02d}/{on.month:02d}/{year}"


def _spoken(title: str, results: Line, unit: str, goal: str) -> str:
    """The drawing in one sentence for those who do not see it."""
    told = "; ".join(f"{with_unit(_short(value), unit)} ngày {day_of(when)}" for when, value in sorted(results))
    words = f"{title}. Mục tiêu {goal or 'chưa nêu'}. "
    return words + (f"Kết quả: {told}." if told else "Chưa có kết quả.")
