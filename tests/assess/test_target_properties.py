"""What must hold of every verdict, whatever the numbers: straight lines are on track, order is nothing, no raising."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nhiemky.assess.target import Goal, Part, Point, assess, summary, track
from nhiemky.values.kinds import Direction, PeriodMeaning, ResultKind, VerdictStatus
from nhiemky.values.period import Period, Term, year_fraction

TERM = Term(2020, 2025)
PARTS = [None, "H1", "H2", "Q1", "Q2", "Q3", "Q4", "9M", *(f"M{month:02d}" for month in range(1, 13))]
PERIODS = st.builds(Period, st.integers(2019, 2027), st.sampled_from(PARTS))
NUMBERS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-1000, 1000).map(float),
    st.decimals(-99, 99, places=2).map(float),
)
DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    number = st.one_of(st.none(), NUMBERS)
    years = st.tuples(st.integers(2020, 2026), NUMBERS)
    shares = st.builds(Part, st.sampled_from(["a", "b"]), st.floats(0, 100), st.one_of(st.none(), st.floats(0, 100)))
    return Goal(
        direction=draw(st.sampled_from(Direction)),
        low=draw(number),
        high=draw(number),
        unit=draw(st.sampled_from(["%", "hộ", "", "đồng", "%/năm", "điểm %", "‰"])),
        baseline=draw(number),
        baseline_year=draw(st.one_of(st.none(), st.integers(2015, 2027))),
        meaning=draw(st.sampled_from(PeriodMeaning)),
        term=TERM,
        deadline=draw(st.dates(date(2021, 1, 1), date(2026, 12, 31))),
        step_like=draw(st.booleans()),
        polarity=draw(st.sampled_from(["up", "down", None])),
        path=tuple(draw(st.lists(years, max_size=3))),
        state=draw(st.sampled_from(["active", "active", "active", "adjusted", "dropped"])),
        nature=draw(st.sampled_from([None, "stock", "flow", "rate", "status"])),
        plan=tuple(draw(st.lists(years, max_size=2))),
        parts=tuple(draw(st.lists(shares, max_size=3))),
    )


POINTS = st.lists(
    st.builds(
        Point,
        PERIODS,
        NUMBERS,
        st.sampled_from(ResultKind),
        DAYS,
        ref=st.integers(0, 3),
        planned=st.one_of(st.none(), NUMBERS),
        ratio=st.one_of(st.none(), NUMBERS),
        unit=st.sampled_from([None, "%", "tỷ đồng"]),
        running_total=st.booleans(),
        parts=st.lists(st.builds(Part, st.sampled_from(["a", "b"]), st.floats(0, 100)), max_size=2).map(tuple),
    ),
    max_size=8,
)


@settings(max_examples=600, deadline=None)
@given(goals(), POINTS, DAYS)
def test_it_never_raises_and_always_says_why(goal: Goal, points: list[Point], today: date) -> None:
    verdict = assess(goal, points, today)
    assert verdict.reasons
    assert all(reason.vi and reason.en for reason in verdict.reasons)
    assert "nan" not in verdict.text.lower().replace("ngàn", "").split()
    if verdict.status is VerdictStatus.UNDECIDABLE:
        assert verdict.missing
    assert verdict.forecast or verdict.forecast_note
    if verdict.forecast:
        assert verdict.forecast.low <= verdict.forecast.mid <= verdict.forecast.high
        assert verdict.forecast.note
        assert verdict.forecast.note_en
    if verdict.outlook:
        assert "nan" not in verdict.outlook.vi.split()
    assert verdict.cagr is None or verdict.cagr.status
    track(goal, points, today)


@settings(max_examples=200, deadline=None)
@given(goals(), POINTS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_points_changes_nothing(goal: Goal, points: list[Point], today: date, random: object) -> None:
    shuffled = list(points)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = assess(goal, points, today), assess(goal, shuffled, today)
    assert (one.status, one.text, one.missing, str(one.inputs)) == (
        other.status,
        other.text,
        other.missing,
        str(other.inputs),
    )


def straight(base: float, end: float, term: Term, until: date) -> list[Point]:
    """Quarterly results on the line from the baseline to the goal, known the day they end."""
    points = []
    for year in term.years:
        for part in ("Q1", "Q2", "Q3", "Q4"):
            period = Period(year, part)
            if period.end <= until:
                share = (year_fraction(period.end) - term.start_year - 1) / (term.end_year - term.start_year)
                points.append(Point(period, base + (end - base) * share, ResultKind.OFFICIAL, period.end))
    return points


@settings(max_examples=300, deadline=None)
@given(
    st.floats(-1000, 1000).map(lambda x: round(x, 2)),
    st.floats(0.1, 500).map(lambda x: round(x, 2)),
    st.booleans(),
    st.dates(date(2021, 3, 31), date(2025, 12, 30)),
    st.sampled_from(["at", "range", "equal", "change"]),
)
def test_a_straight_line_is_on_track_at_every_date(
    base: float, way: float, grows: bool, today: date, form: str
) -> None:
    end = base + way if grows else base - way
    direction = {
        "at": Direction.AT_LEAST if grows else Direction.AT_MOST,
        "range": Direction.RANGE,
        "equal": Direction.EQUAL,
        "change": Direction.INCREASE if grows else Direction.DECREASE,
    }[form]
    low, high = (end, end + 5) if grows else (end - 5, end)
    if form == "change":
        low, high = way, way
    goal = Goal(direction, low, high if form == "range" else low, "%", base, 2020, PeriodMeaning.BY_DEADLINE, TERM,
                date(2025, 12, 31))  # fmt: skip
    if form in ("at", "equal"):
        goal = Goal(direction, end, None, "%", base, 2020, PeriodMeaning.BY_DEADLINE, TERM, date(2025, 12, 31))
    assert assess(goal, straight(base, end, TERM, today), today).status is VerdictStatus.ON_TRACK


@settings(max_examples=300, deadline=None)
@given(
    st.floats(-1000, 1000).map(lambda x: round(x, 1)),
    st.floats(0.1, 500).map(lambda x: round(x, 1)),
    st.booleans(),
    st.dates(date(2021, 3, 31), date(2025, 12, 30)),
    st.integers(0, 3),
)
def test_a_straight_line_told_in_rounded_figures_and_late_is_on_track(
    base: float, way: float, grows: bool, today: date, late: int
) -> None:
    """Figures have a digit, as reports do, and the newest quarters may not be told yet (less than two years)."""
    end = round(base + way if grows else base - way, 1)
    goal = Goal(Direction.AT_LEAST if grows else Direction.AT_MOST, end, None, "%", base, 2020,
                PeriodMeaning.BY_DEADLINE, TERM, date(2025, 12, 31))  # fmt: skip
    told = straight(base, end, TERM, today)
    told = [Point(p.period, round(p.value, 1), p.kind, p.as_of) for p in told][: max(1, len(told) - late)]
    reached = told[-1].value >= end if grows else told[-1].value <= end  # by rounding, at the very end
    status = assess(goal, told, today).status
    assert status is VerdictStatus.ON_TRACK or (reached and status is VerdictStatus.MET)


@settings(max_examples=100, deadline=None)
@given(
    st.floats(1, 1000).map(lambda x: round(x, 1)),
    st.sampled_from(["each_year", "maintain", "yearly_average", "against_plan"]),
    st.booleans(),
    st.dates(date(2022, 1, 1), date(2025, 12, 31)),
)
def test_what_keeps_its_yearly_level_is_on_track_at_every_date_and_met_afterwards(
    level: float, meaning: str, grows: bool, today: date
) -> None:
    plan = meaning == "against_plan"
    bound = 100.0 if plan else level
    goal = Goal(Direction.AT_LEAST if grows else Direction.AT_MOST, bound, None, "%", None, None,
                PeriodMeaning(meaning), TERM, date(2025, 12, 31))  # fmt: skip
    years = [Point(Period(year), level, ResultKind.OFFICIAL, date(year, 12, 31), planned=level if plan else None)
             for year in TERM.years]  # fmt: skip
    assert assess(goal, years, today).status is VerdictStatus.ON_TRACK
    assert assess(goal, years, date(2026, 1, 1)).status is VerdictStatus.MET


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 400), st.dates(date(2021, 3, 31), date(2025, 12, 30)))
def test_an_even_sum_is_on_track_at_every_date(quarterly: int, today: date) -> None:
    goal = Goal("at_least", quarterly * 20, None, "tuyến", None, None, "cumulative", TERM, date(2025, 12, 31))  # type: ignore[arg-type]
    points = [
        Point(Period(year, part), quarterly, ResultKind.OFFICIAL, Period(year, part).end)
        for year in TERM.years
        for part in ("Q1", "Q2", "Q3", "Q4")
    ]
    assert assess(goal, points, today).status is VerdictStatus.ON_TRACK


@given(st.floats(90.8, 94.4), st.floats(0, 3), st.dates(date(2022, 1, 1), date(2025, 12, 31)))
def test_better_results_never_make_a_worse_verdict(value: float, more: float, today: date) -> None:
    goal = Goal(Direction.AT_LEAST, 94.5, None, "%", 90.7, 2020, PeriodMeaning.BY_DEADLINE, TERM, date(2025, 12, 31))
    good = [VerdictStatus.AT_RISK, VerdictStatus.ON_TRACK, VerdictStatus.MET, VerdictStatus.EXCEEDED]
    period = Period(today.year - 1)
    value, better = round(value, 2), round(value + more, 2)
    one = assess(goal, [Point(period, value, ResultKind.OFFICIAL, period.end)], today).status
    other = assess(goal, [Point(period, better, ResultKind.OFFICIAL, period.end)], today).status
    assert good.index(one) <= good.index(other)


def test_what_is_learnt_later_does_not_change_an_old_verdict() -> None:
    goal = Goal(Direction.AT_LEAST, 94.5, None, "%", 90.7, 2020, PeriodMeaning.BY_DEADLINE, TERM, date(2025, 12, 31))
    today = date(2023, 7, 12)
    before = [Point(Period(2022), 91.6, ResultKind.OFFICIAL, date(2022, 12, 31))]
    later = Point(Period(2023, "H1"), 95.0, ResultKind.OFFICIAL, today + timedelta(days=1))
    revised = Point(Period(2022), 93.0, ResultKind.OFFICIAL, date(2023, 9, 1))
    late = [point for point in (later, revised) if point.on > today]
    assert assess(goal, before, today).status is assess(goal, [*before, *late], today).status


def test_summary_counts_worst_first() -> None:
    goal = Goal(Direction.AT_LEAST, 94.5, None, "%", 90.7, 2020, PeriodMeaning.BY_DEADLINE, TERM, date(2025, 12, 31))
    today = date(2023, 7, 12)
    values = (95.0, 91.0, 94.5, 91.2)
    verdicts = [assess(goal, [Point(Period(2022), v, ResultKind.OFFICIAL, date(2022, 12, 31))], today) for v in values]
    assert list(summary(verdicts).items()) == [("at_risk", 2), ("met", 1), ("exceeded", 1)]


def test_a_verdict_carries_what_it_was_made_of() -> None:
    row: dict[str, Any] = {"low": Decimal("94.5"), "baseline": Decimal("90.7"), "value": Decimal("91.6")}
    goal = Goal("at_least", row["low"], None, "%", row["baseline"], 2020, "by_deadline", TERM, date(2025, 12, 31))  # type: ignore[arg-type]
    point = Point(Period(2022), row["value"], "official", date(2022, 12, 31), ref=7)  # type: ignore[arg-type]
    verdict = assess(goal, [point], date(2023, 7, 12))
    assert (verdict.rule, verdict.version, verdict.today) == ("path.by_deadline", 3, date(2023, 7, 12))
    assert verdict.inputs["goal"]["low"] == 94.5
    assert verdict.inputs["points"] == [["2022", 91.6, "official", "2022-12-31", "7", None, False, None, None]]
    assert verdict.latest is not None
    assert verdict.latest.ref == 7


def test_the_track_draws_what_the_verdict_judges() -> None:
    goal = Goal(Direction.AT_LEAST, 40, None, "tuyến", None, None, PeriodMeaning.CUMULATIVE, TERM, date(2025, 12, 31))
    points = [Point(Period(2021), 9, ResultKind.OFFICIAL, date(2021, 12, 31)),
              Point(Period(2022), 12, ResultKind.OFFICIAL, date(2022, 12, 31))]  # fmt: skip
    drawn = track(goal, points, date(2023, 7, 12))
    assert drawn.results == ((2021.0, 0.0), (2022.0, 9.0), (2023.0, 21.0))
    assert drawn.path == ((2021.0, 0.0), (2022.0, 8.0), (2023.0, 16.0), (2024.0, 24.0), (2025.0, 32.0), (2026.0, 40.0))
    assert (drawn.low, drawn.high, drawn.missing) == (40.0, None, ())
