"""One target of the board → the pieces of its sentence: goal, latest result, share, verdict. Used by text and annex."""

from datetime import date
from decimal import Decimal

from nhiemky.report.amounts import QUALIFIERS, Scale, other_unit, scale_of, scale_of_result, tight
from nhiemky.report.citations import Citations
from nhiemky.report.pack import BoardRow, Document, Result
from nhiemky.report.paper import Figure, Inline, Line, Quote, Words
from nhiemky.values.figures import day, exact, goal_text, rounded, with_unit
from nhiemky.values.kinds import Direction, DocumentKind, PeriodMeaning, ResultKind, VerdictStatus
from nhiemky.values.period import Period

NO_FIGURE = "chưa có số liệu"
BY_PARTS = "theo từng phần"
WORDED = "theo lời văn Nghị quyết"  # a goal without a number
_OUT = (VerdictStatus.ADJUSTED, VerdictStatus.DROPPED)


def name_of(row: BoardRow) -> Quote:
    return Quote(row.target.name, f"target:{row.target.id}.name")


def name_in_line(row: BoardRow) -> Line:
    return Words("“"), name_of(row), Words("”")


def goal_figure(row: BoardRow, cite: Citations) -> Figure:
    """`≥ 93,5`, linked to the clause of the resolution; the annex has a column for the unit."""
    target, size = row.target, scale_of(row).size
    low, high = (None if bound is None else exact(bound) / size for bound in (target.low, target.high))
    text = goal_text(target.direction, low, high, "")
    return Figure(WORDED if text == "—" else tight(text), f"target:{target.id}.goal", cite.of_target(row))


def first_goal_figure(row: BoardRow, cite: Citations) -> Figure:
    """The goal that an adjusted target had at first, in the unit of the one in force where they share it."""
    target, first = row.target, row.target.first
    assert first is not None
    same = first.unit == target.unit
    size = scale_of(row).size if same else 1
    low, high = (None if bound is None else exact(bound) / size for bound in (first.low, first.high))
    text = goal_text(first.direction, low, high, "" if same else first.unit)
    return Figure(WORDED if text == "—" else tight(text), f"target:{target.id}.first", cite.of_target(row))


def goal_in_line(row: BoardRow, cite: Citations) -> Line:
    """`mục tiêu từ 93,5% [1] trở lên hằng năm`, with the baseline where the goal is set against it."""
    target, ref, source = row.target, f"target:{row.target.id}", cite.of_target(row)
    line: list[Inline] = [Words("mục tiêu "), *_goal_in_words(row, cite)]
    if target.meaning in (PeriodMeaning.BY_DEADLINE, PeriodMeaning.MILESTONE):
        line += [Words(" đến hết ngày "), Figure(day(target.deadline), f"{ref}.deadline", source, mark=False)]
    else:
        line.append(Words(_WHEN.get(PeriodMeaning(target.meaning), "")))
    if target.baseline is not None and target.meaning != PeriodMeaning.MILESTONE:
        text = scale_of(row).said(target.baseline)
        line += [Words(" (mức gốc"), *_baseline_year(row, cite), Words(" là ")]
        line += [Figure(text, f"{ref}.baseline", source, mark=False), Words(")")]
    return tuple(line)


_WHEN = {
    PeriodMeaning.EACH_YEAR: " hằng năm",
    PeriodMeaning.YEARLY_AVERAGE: " bình quân mỗi năm",
    PeriodMeaning.CUMULATIVE: " tính lũy kế cả nhiệm kỳ",
    PeriodMeaning.MAINTAIN: ", giữ vững từng năm",
    PeriodMeaning.AGAINST_PLAN: " so với kế hoạch giao",
}


def _goal_in_words(row: BoardRow, cite: Citations) -> Line:
    """`từ 93,5% trở lên`, `không quá 0,5%`, `từ 8 đến 10 tuyến`: the goal as prose says it."""
    target, source = row.target, cite.of_target(row)
    low = target.high if target.low is None else target.low
    high = target.low if target.high is None else target.high
    direction, ref = Direction(target.direction), f"target:{target.id}"
    if direction is Direction.ZERO:
        return (Figure("không còn", f"{ref}.goal", source),)
    if low is None or high is None:
        return (Figure(WORDED, f"{ref}.goal", source),)
    scale = scale_of(row)
    lowest = Figure(scale.said(low), f"{ref}.low", source)
    highest = Figure(scale.said(high), f"{ref}.high", source)
    match direction:
        case Direction.RANGE:
            return Words("từ "), Figure(scale.bare(low), f"{ref}.low", source, mark=False), Words(" đến "), highest
        case Direction.AT_MOST:
            return Words("không quá "), highest
        case Direction.EQUAL:
            return (lowest,)
    change = {Direction.INCREASE: "tăng từ ", Direction.DECREASE: "giảm từ "}.get(direction, "từ ")
    return Words(change), lowest, Words(" trở lên")


def _baseline_year(row: BoardRow, cite: Citations) -> Line:
    year = row.target.baseline_year
    if year is None:
        return ()
    return Words(" năm "), Figure(str(year), f"target:{row.target.id}.baseline_year", cite.of_target(row), mark=False)


def value_figure(row: BoardRow, result: Result, cite: Citations, *, unit: bool = True) -> Figure:
    """`trên 94,1%`; without the unit where a column says it, unless this result is told in another one."""
    scale = scale_of_result(row, result)
    with_it = unit or other_unit(row, result)
    last = result.value if result.high is None else result.high
    text = scale.said(last) if with_it else scale.bare(last)
    if result.high is not None:
        text = f"{scale.bare(result.value)}–{text}"
    estimated = result.kind == ResultKind.ESTIMATE and result.qualifier == "about"  # “ước” is said by the kind
    about = "" if estimated else QUALIFIERS.get(result.qualifier, "")
    return Figure(about + text, f"result:{result.id}.value", cite.of_result(result))


def period_figure(result: Result, cite: Citations, *, short: bool = False) -> Figure:
    period = Period.parse(result.period)
    text = period.label
    if short:
        text = text.removesuffix(f" năm {period.year}").removesuffix(" đầu")
    return Figure(text, f"result:{result.id}.period", cite.of_result(result), mark=False)


def as_of_figure(result: Result, cite: Citations) -> Figure:
    return Figure(day(result.as_of), f"result:{result.id}.as_of", cite.of_result(result), mark=False)


def by_parts(row: BoardRow) -> bool:
    """A composition without a figure of its own, judged by the targets that are its parts."""
    return row.latest is None and row.target.meaning == PeriodMeaning.COMPOSITION and row.verdict.value is not None


def latest_in_line(row: BoardRow, cite: Citations) -> Line:
    """`kết quả 6 tháng đầu năm 2023 là 94,1% [3] (số chính thức, tính đến ngày 30/06/2023)`."""
    result = row.latest
    if result is None:
        return (Words(f"kết quả thực hiện: {BY_PARTS if by_parts(row) else NO_FIGURE}"),)
    line: list[Inline] = [Words("kết quả "), period_figure(result, cite), Words(" là ")]
    if result.running_total:
        line = [Words("kết quả cộng dồn từ đầu nhiệm kỳ là ")]
    line += [value_figure(row, result, cite), Words(f" (số {result.kind.label}, tính đến ngày ")]
    line += [as_of_figure(result, cite), Words(")"), *_of_plan(row, result, cite)]
    return tuple(line)


def _of_plan(row: BoardRow, result: Result, cite: Citations) -> Line:
    """Plan and share of plan where the source states them; they are not the share of the goal."""
    line: list[Inline] = []
    if result.planned is not None:
        text = scale_of_result(row, result).said(result.planned)
        line += [Words(", kế hoạch "), Figure(text, f"result:{result.id}.planned", cite.of_result(result), mark=False)]
    if result.ratio is not None:
        text = with_unit(result.ratio, "%")
        line += [
            Words(", theo nguồn đạt "),
            Figure(text, f"result:{result.id}.ratio", cite.of_result(result), mark=False),
        ]
        line.append(Words(" kế hoạch"))
    return tuple(line)


_JUDGED = {
    PeriodMeaning.EACH_YEAR: "năm sát mục tiêu nhất",
    PeriodMeaning.MAINTAIN: "năm sát mục tiêu nhất",
    PeriodMeaning.YEARLY_AVERAGE: "bình quân",
    PeriodMeaning.CUMULATIVE: "lũy kế",
    PeriodMeaning.AGAINST_PLAN: "so với kế hoạch",
}


def judged_figure(row: BoardRow, cite: Citations, *, unit: bool = True) -> tuple[str, Figure] | None:
    """The number the verdict is about and what it is called, where it is another than the newest result."""
    value, latest = row.verdict.value, row.latest
    if value is None or latest is None or abs(value - latest.value) < 1e-9:
        return None
    meaning, scale = PeriodMeaning(row.target.meaning), scale_of(row)
    seen = [result.value for result in row.results]
    if meaning is PeriodMeaning.AGAINST_PLAN:
        scale, seen = Scale(1, "%"), [0.1]
    near = scale.near(value, seen, finer=1)  # a mean may need one digit more than what it is the mean of
    text = scale.said(near) if unit else scale.bare(near)
    label = _JUDGED.get(meaning, "mức dùng để đánh giá")
    if row.verdict.stands == VerdictStatus.MISSED and meaning in (PeriodMeaning.EACH_YEAR, PeriodMeaning.MAINTAIN):
        label = "năm kém nhất"
    return label, Figure(text, f"verdict:{row.target.id}.value", cite.of_rule(row.verdict))


def judged_on_figure(row: BoardRow, cite: Citations) -> Figure | None:
    """The day of the number judged: a mean of whole years ends before a newer half year."""
    on = row.verdict.value_on
    if on is None:
        return None
    return Figure(day(on), f"verdict:{row.target.id}.value_on", cite.of_rule(row.verdict), mark=False)


def share_figure(row: BoardRow, cite: Citations, *, unit: bool = True) -> Figure | None:
    share = row.verdict.share
    if share is None:
        return None
    text = share_text(share) if unit else share_text(share).removesuffix("%")
    return Figure(text, f"verdict:{row.target.id}.share", cite.of_rule(row.verdict))


def is_way(row: BoardRow) -> bool:
    """Of a goal to bring something down, the share is that of the way from the baseline."""
    return row.target.direction in (Direction.AT_MOST, Direction.ZERO, Direction.DECREASE)


def _share_in_line(row: BoardRow, cite: Citations) -> Line:
    share = share_figure(row, cite) if row.latest is not None else None
    if share is None:
        return ()
    if is_way(row):
        return Words(", đi được "), share, Words(" chặng đường từ mức gốc đến mục tiêu")
    return Words(", bằng "), share, Words(" mục tiêu")


def share_text(share: float) -> str:
    """`97,4%`; one decimal, more where rounding would turn a miss into 100%."""
    percent = share * 100
    digits = next((digits for digits in (1, 2, 3) if share == 1 or rounded(percent, digits) != 100), 4)
    return with_unit(rounded(percent, digits), "%")


def status_words(row: BoardRow) -> Words:
    """`Đã điều chỉnh: Đúng lộ trình` where the goal was adjusted."""
    standing = f": {row.verdict.standing.label}" if row.verdict.standing else ""
    return Words(row.verdict.status.label + standing, "bold")


def reason_lines(row: BoardRow) -> Line:
    """The reasons of the verdict, as they stand in the pack, each closed with a full stop."""
    line: list[Inline] = []
    for place, reason in enumerate(row.verdict.reasons):
        text = reason.vi.strip()
        line += [Words(" "), Quote(text, f"verdict:{row.target.id}.reasons.{place}")]
        line += [] if text.endswith((".", "?", "!")) else [Words(".")]
    for place, missing in enumerate(row.verdict.missing):
        line += [Words(" Còn thiếu: "), Quote(missing, f"verdict:{row.target.id}.missing.{place}"), Words(".")]
    return tuple(line)


def target_sentence(row: BoardRow, cite: Citations) -> Line:
    """One honest sentence on a target: goal, latest result with date and kind, share, verdict with its reason."""
    line: list[Inline] = [name_of(row), Words(": "), *goal_in_line(row, cite), Words("; "), *latest_in_line(row, cite)]
    judged = judged_figure(row, cite)
    if judged is not None:
        line += [Words(f"; {judged[0]}: "), judged[1]]
    line += _share_in_line(row, cite)
    line += [Words(". Đánh giá: "), status_words(row), Words("."), *reason_lines(row)]
    return tuple(line)


def forecast_figure(row: BoardRow, cite: Citations, *, unit: bool = True) -> Figure | None:
    forecast = row.verdict.forecast
    if forecast is None or forecast.mid is None or row.verdict.stands in _OUT:
        return None
    scale, near = scale_of(row), _forecast(forecast.mid, row)
    text = scale.said(near) if unit else scale.bare(near)
    return Figure(text, f"verdict:{row.target.id}.forecast.mid", cite.of_rule(row.verdict))


def pace_in_line(row: BoardRow, as_of: date, cite: Citations) -> Line:
    """`; từ ngày 30/06/2023 mỗi năm phải tăng 1,08 điểm`, while a year or more is left."""
    pace, target, scale = row.verdict.pace_from_today, row.target, scale_of(row)
    if not pace or (target.deadline - as_of).days < 366:
        return ()
    seen = [result.value for result in row.results] + [target.low or 0.0]
    verb, size, digits = ("tăng" if pace > 0 else "giảm"), abs(pace), 1
    if target.meaning == PeriodMeaning.YEARLY_AVERAGE:
        verb, size, digits = "bình quân", pace, 0
    elif target.meaning == PeriodMeaning.CUMULATIVE:
        verb = "làm thêm"
    near = scale.near(size, seen, finer=digits)
    points = target.unit.startswith("%") and target.meaning != PeriodMeaning.YEARLY_AVERAGE
    text = f"{scale.bare(near)} điểm" if points else scale.said(near)
    figure = Figure(text, f"verdict:{target.id}.pace_from_today", cite.of_rule(row.verdict), mark=False)
    return Words("; từ ngày "), Figure(day(as_of), "pack.as_of", mark=False), Words(f" mỗi năm phải {verb} "), figure


def forecast_range(row: BoardRow, cite: Citations) -> Figure | None:
    forecast = row.verdict.forecast
    if forecast is None or forecast.low is None or forecast.high is None:
        return None
    low, high = (scale_of(row).bare(_forecast(bound, row)) for bound in (forecast.low, forecast.high))
    if low == high:
        return None
    return Figure(f"{low}–{high}", f"verdict:{row.target.id}.forecast.range", cite.of_rule(row.verdict), mark=False)


def _forecast(value: float, row: BoardRow) -> Decimal:
    """A forecast is written no finer than the figures it comes from."""
    return scale_of(row).near(value, [result.value for result in row.results] + [row.target.low or 0.0], most=2)


def document_words(document: Document) -> Line:
    """`Nghị quyết số 01-NQ/ĐH, ngày 05/08/2020 của … – tên văn bản` as far as known; the kind is not said twice."""
    ref, kind = f"document:{document.id}", _KINDS.get(document.kind, "Văn bản")
    line: list[Inline] = [Words(kind)]
    if document.number:
        line += [Words(" số "), Quote(document.number, f"{ref}.number")]
    if document.issued_on:
        line += [Words(", ngày "), Figure(day(document.issued_on), f"{ref}.issued_on", mark=False)]
    if document.issuer:
        line += [Words(" của "), Quote(document.issuer, f"{ref}.issuer")]
    title = document.title.removeprefix(f"{kind} ").strip()
    return (*line, Words(" – "), Quote(title, f"{ref}.title")) if title else tuple(line)


_KINDS = {str(kind): kind.label for kind in DocumentKind if kind != DocumentKind.OTHER}
