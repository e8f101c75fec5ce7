"""Latest, Roll and Score: what they say after each change; any sequence of changes leaves them as rebuilt."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries
from tests.register.builders import ADMIN, CLERK, target, ward

from nhiemky.register import selectors_figures as figures
from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Latest, Organisation, Place, Result, Roll, Score, Target
from nhiemky.register.services.rebuild import Difference, check_summaries, fill_summaries
from nhiemky.register.summaries import reached
from nhiemky.values.period import Period

OFFICE = Actor("chi.hoa", "office")


def province(*communes: Organisation) -> Place:
    """The communes' places put below one province."""
    made = Place.objects.create(name="tỉnh Sông Mây", level="province")
    Place.objects.filter(organisations__in=communes).update(parent=made)
    return made


def differences(*, mend: bool = False) -> list[Difference]:
    return [one for step in check_summaries(mend=mend) for one in step.differences]


def score(period: str) -> tuple[int, float, int]:
    held = Score.objects.get(period=period)
    return held.n, float(held.total), held.reached


def test_sums_of_a_province_follow_each_change() -> None:
    one, two = ward("Đảng bộ phường Trúc Khê"), ward("Đảng bộ phường Mộc Lan")
    above = province(one, two)
    first = target(one, "Hộ nghèo", direction="at_most", low=10)
    second = target(two, "Hộ nghèo", direction="at_most", low=10)
    services.add_result(first.pk, CLERK, period="2022", value=9, approved=True)
    waiting = services.add_result(second.pk, CLERK, period="2022", value=14)
    assert score("2022") == (1, 9, 1)
    services.approve_result(waiting.pk, OFFICE)
    roll = Roll.objects.get(place=above, period="2022")
    assert (roll.n, float(roll.total), roll.reached) == score("2022") == (2, 23, 1)

    corrected = services.correct_result(waiting.pk, CLERK, 8, "đếm thiếu một khu phố")
    assert score("2022") == (2, 23, 1)
    services.approve_result(corrected.pk, OFFICE)
    assert score("2022") == (2, 17, 2)
    services.edit_target(first.pk, CLERK, low=5)
    assert score("2022") == (2, 17, 1)
    assert Latest.objects.get(target=first).reached is False
    assert differences() == []


def test_the_latest_is_of_the_last_period_and_never_a_forecast() -> None:
    held = target(ward(), "Hộ nghèo", direction="at_most", low=10)

    def latest() -> tuple[str, float]:
        row = Latest.objects.get(target=held)
        return row.period, float(row.value)

    services.add_result(held.pk, CLERK, period="2022", value=9, approved=True)
    services.add_result(held.pk, CLERK, period="2022-Q4", value=11, approved=True)
    assert latest() == ("2022", 9)  # of two that end together the longer
    services.add_result(held.pk, CLERK, period="2023-M02", value=8, kind="estimate", approved=True)
    assert latest() == ("2023-M02", 8)
    services.add_result(held.pk, CLERK, period="2023-M02", value=7, approved=True)
    services.add_result(held.pk, CLERK, period="2023-M02", value=6, kind="estimate", approved=True)
    services.add_result(held.pk, CLERK, period="2024", value=5, kind="forecast", approved=True)
    assert latest() == ("2023-M02", 7)  # an official figure before an estimate told later


@pytest.mark.parametrize("level", ["province", "district"])
def test_a_body_above_the_communes_is_not_added_to_them(level: str) -> None:
    commune, above = ward(), ward("Đảng bộ Sông Mây")
    Organisation.objects.filter(pk=above.pk).update(level=level)
    for of in (commune, above):
        services.add_result(target(of, "Hộ nghèo").pk, CLERK, period="2022", value=30, approved=True)
    assert score("2022") == (1, 30, 1)
    assert Latest.objects.count() == 2


def test_a_body_whose_level_was_entered_wrong_joins_the_sums_when_it_is_corrected() -> None:
    of = ward()
    services.edit_organisation(of.pk, ADMIN, level="district")
    services.add_result(target(of, "Hộ nghèo").pk, CLERK, period="2022", value=30, approved=True)
    assert not Score.objects.exists()
    services.edit_organisation(of.pk, ADMIN, level="commune")
    assert score("2022") == (1, 30, 1)
    assert differences() == []


def test_a_commune_that_the_table_of_units_puts_elsewhere_is_summed_up_there() -> None:
    provinces = "level\tcode\tname\tparent\nprovince\t97\tTỉnh Sông Mây\nprovince\t98\tTỉnh Hà Lâm\n"
    table = f"{provinces}commune\t97001\tXã Bến Lau\t"
    services.import_places(table + "97", "dau.tsv", ADMIN)
    of = ward()
    Organisation.objects.filter(pk=of.pk).update(place=Place.objects.get(code="97001"))
    services.add_result(target(of, "Hộ nghèo").pk, CLERK, period="2022", value=30, approved=True)
    services.import_places(table + "98", "sua.tsv", ADMIN)
    assert [(row.place.code, row.n, float(row.total)) for row in Roll.objects.filter(n__gt=0)] == [("98", 1, 30)]
    assert differences() == []


def test_what_was_changed_behind_the_register_is_found_and_mended() -> None:
    of = ward()
    province(of)
    held = target(of, "Hộ nghèo")
    services.add_result(held.pk, CLERK, period="2022", value=31, approved=True)
    gone = target(of, "Hộ cận nghèo")
    services.add_result(gone.pk, CLERK, period="2022", value=12, approved=True)
    Score.objects.filter(indicator=held.indicator).update(total=99)
    Roll.objects.filter(indicator=gone.indicator).delete()
    Latest.objects.filter(target=gone).delete()
    Result.objects.filter(target=held).update(value=30)
    found = differences()
    assert {(one.table, *one.key[-2:]) for one in found} == {
        ("latest", held.pk), ("latest", gone.pk), ("roll", "2022", False), ("score", "2022", False),
    }  # fmt: skip
    assert len(found) == 5
    assert differences() == found
    assert differences(mend=True) == found
    assert differences() == []
    assert Score.objects.get(indicator=held.indicator).total == 30


def test_a_register_of_before_there_were_summaries_gets_them() -> None:
    held = target(ward(), "Hộ nghèo")
    services.add_result(held.pk, CLERK, period="2022", value=31, approved=True)
    for table in (Latest, Score):
        table.objects.all().delete()
    fill_summaries()
    assert differences() == []
    assert score("2022") == (1, 31, 1)


@pytest.mark.parametrize(
    ("direction", "low", "high", "value", "says"),
    [
        ("at_least", "93.5", None, "93.5", True),
        ("at_least", "93.5", None, "93.4", False),
        ("at_most", "10", None, "11", False),
        ("at_most", None, "10", "10", True),
        ("equal", "3", None, "4", False),
        ("range", "18", "19", "18.5", True),
        ("range", "18", "19", "19.1", False),
        ("range", "18", None, "18.5", None),
        ("zero", "0", None, "0", True),
        ("zero", "0", None, "2", False),
        ("increase", "5", None, "6", None),
        ("decrease", "1.41", None, "2", None),
        ("at_least", None, None, "2", None),
    ],
)
def test_reached_goes_by_the_direction(
    direction: str, low: str | None, high: str | None, value: str, says: bool | None
) -> None:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    assert reached(direction, ends[0], ends[1], Decimal(value)) is says


def _told(of: Organisation, aims: dict[str, int], period: str, values: dict[str, int]) -> None:
    for name, low in aims.items():
        made = target(of, name, low=low, unit="%")
        if name in values:
            services.add_result(made.pk, CLERK, period=period, value=values[name], approved=True)


AIMS = {"Bảo hiểm y tế": 95, "Nước sạch": 90}


def three_communes() -> tuple[Place, list[Organisation]]:
    communes = [ward(f"Đảng bộ phường {name}") for name in ("Trúc Khê", "Mộc Lan", "Bình Lâm")]
    above = province(*communes)
    for of, values in zip(communes, ({"Bảo hiểm y tế": 96, "Nước sạch": 91}, {"Bảo hiểm y tế": 94}, {}), strict=True):
        _told(of, AIMS, "2022", values)
    return above, communes


def test_a_grid_shows_each_commune_the_worst_first(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    above, _communes = three_communes()
    with django_assert_max_num_queries(9):
        grid = figures.province_grid(above, "2022")
    assert [one.name for one in grid.indicators] == list(AIMS)
    shown = [
        (row.name, [float(cell.value) for cell in row.cells.values()], row.reached, row.short) for row in grid.rows
    ]
    assert shown == [
        ("Đảng bộ phường Mộc Lan", [94], 0, 1),
        ("Đảng bộ phường Bình Lâm", [], 0, 0),
        ("Đảng bộ phường Trúc Khê", [96, 91], 2, 0),
    ]
    assert figures.province_grid(above, "2023").indicators == ()
    chosen = [grid.indicators[1].pk]
    only = figures.province_grid(above, "2022", indicators=chosen, term="2020-2025")
    assert [one.name for one in only.indicators] == ["Nước sạch"]
    assert {len(row.cells) for row in only.rows} == {0, 1}


def test_a_grid_shows_what_is_in_force(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    above, (first, _second, third) = three_communes()
    held = Target.objects.get(organisation=first, number=1)
    wrong = Result.objects.get(target=held)
    services.approve_result(services.correct_result(wrong.pk, CLERK, "90", "đếm trùng").pk, OFFICE)
    late = Target.objects.get(organisation=third, number=1)
    for kind, value in (("official", 97), ("estimate", 99), ("forecast", 100)):
        services.add_result(late.pk, CLERK, period="2022", value=value, kind=kind, approved=True)
    grid = figures.province_grid(above, "2022")
    cells = {row.organisation: row.cells[held.indicator_id] for row in grid.rows}
    assert (float(cells[first.pk].value), cells[first.pk].reached) == (90, False)
    assert (float(cells[third.pk].value), cells[third.pk].reached) == (97, True)
    roll = figures.province_roll(above, "2022")[0]
    assert (roll.n, float(roll.total), roll.reached) == (3, 281, 1)
    assert [(one.indicator.name, one.n) for one in figures.scorecard("2022")] == [
        ("Bảo hiểm y tế", 3), ("Nước sạch", 1),
    ]  # fmt: skip
    assert [(float(row.value), row.reached) for row in figures.latest_of(first)] == [(90, False), (91, True)]


def test_who_has_not_reported_is_named_with_how_far_it_is() -> None:
    above, (first, second, third) = three_communes()
    services.open_submission(third, "2022", "2020-2025", CLERK)
    assert figures.not_reported(above, "2022") == [figures.Unreported(third.pk, "Đảng bộ phường Bình Lâm", "draft")]
    assert {one.organisation for one in figures.not_reported(above, "2023")} == {first.pk, second.pk, third.pk}
    assert figures.not_reported(above, "2026") == []  # nobody has promised anything for that year


def test_the_next_review_tells_what_was_corrected_since_the_one_that_was_approved() -> None:
    held = target(ward(), "Hộ nghèo", direction="at_most", low=10)
    first = services.add_result(held.pk, CLERK, period="2022", value=9, approved=True)
    asked = (held.organisation, "midterm", "2020-2025", date(2023, 6, 30), CLERK)
    review = services.create_review(*asked)
    services.approve_review(services.submit_review(review.pk, CLERK).pk, Actor("bi.thu", "leader"))
    services.approve_result(services.correct_result(first.pk, CLERK, 11, "sót hai hộ").pk, OFFICE)
    for _draft in range(2):  # a draft that nobody has read does not hide it
        (told,) = services.create_review(*asked).pack["corrections"]
        assert (told["old"]["value"], told["new"]["value"], told["period"]) == (9, 11, "2022")
        assert (told["review"], told["reason"], told["who"]) == (review.pk, "sót hai hộ", "chi.hoa")
        assert (told["told_on"], told["name"], told["new"]["kind"]) == ("2023-06-30", "Hộ nghèo", "official")
    assert review.pack["corrections"] == []


def test_corrections_since_a_review_name_old_new_and_why() -> None:
    held = target(ward(), "Hộ nghèo", direction="at_most", low=10)
    first = services.add_result(held.pk, CLERK, period="2022", value=9, approved=True)
    services.add_result(held.pk, CLERK, period="2021", value=12, approved=True)
    review = services.create_review(held.organisation, "midterm", "2020-2025", date(2023, 6, 30), CLERK)
    assert figures.corrections_since(review) == []
    corrected = services.correct_result(first.pk, CLERK, 10, "sót một hộ")
    services.approve_result(corrected.pk, OFFICE)
    again = services.correct_result(corrected.pk, CLERK, 11, "sót hai hộ")
    assert [(one.old.pk, one.new.pk) for one in figures.corrections_since(review)] == [(first.pk, corrected.pk)]
    services.approve_result(again.pk, OFFICE)
    (found,) = figures.corrections_since(review)
    assert (float(found.old.value), float(found.new.value), found.new.note) == (9, 11, "sót hai hộ")
    assert found.new.decided_by == "chi.hoa"


# A model told in other words: the figures read from the table of results one by one.
def expected() -> tuple[dict[int, tuple[str, bool, Decimal]], dict[tuple[str, bool], tuple[int, Decimal, int]]]:
    approved = Result.objects.filter(state="approved").exclude(kind="forecast").select_related("target")
    replaced = set(Result.objects.filter(state="approved").values_list("supersedes", flat=True))
    by_period: dict[tuple[Target, str, bool], list[Result]] = defaultdict(list)
    for result in approved:
        if result.pk not in replaced and result.target is not None:
            by_period[result.target, result.period, result.running_total].append(result)
    last: dict[int, tuple[str, bool, Decimal]] = {}
    score: dict[tuple[str, bool], tuple[int, Decimal, int]] = {}
    for (of, period, running), rows in sorted(by_period.items(), key=lambda both: _when(*both[0])):
        chosen = sorted(rows, key=lambda row: (row.kind == "official", row.as_of, row.pk))[-1]
        last[of.pk] = (period, running, chosen.value)
        n, total, met = score.get((period, running), (0, Decimal(0), 0))
        score[period, running] = (n + 1, total + chosen.value, met + (of.low is not None and chosen.value >= of.low))
    return last, score


def _when(_of: Target, period: str, running: bool) -> tuple[Period, bool]:
    return Period.parse(period), not running  # a share by a deadline: of two the period's own figure is shown


_PERIODS = ("2021", "2022", "2022-H1", "2022-M06")
_steps = st.one_of(
    st.tuples(
        st.just("add"), st.integers(0, 2), st.sampled_from(_PERIODS), st.decimals(0, 60, places=2),
        st.sampled_from(("official", "estimate", "forecast")), st.booleans(), st.booleans(),
    ),
    st.tuples(st.sampled_from(("approve", "return", "undo", "withdraw")), st.integers(0, 9)),
    st.tuples(st.just("correct"), st.integers(0, 9), st.decimals(0, 60, places=2)),
    st.tuples(st.just("level"), st.integers(0, 2), st.integers(1, 60)),
)  # fmt: skip


class Sequences(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(_steps, min_size=4, max_size=24))
    def test_any_sequence_leaves_the_summaries_as_a_rebuild_has_them(self, steps: list[tuple[Any, ...]]) -> None:
        wards = [ward(f"Đảng bộ phường {name}") for name in ("Trúc Khê", "Mộc Lan", "Bình Lâm")]
        province(*wards[:2])
        targets = [target(of, "Tỷ lệ hộ dùng nước sạch", unit="%", low=30, meaning="by_deadline") for of in wards]
        for step in steps:
            try:
                _do(step, targets)
            except ServiceError:
                continue
        last, score = expected()
        assert {row.target_id: (row.period, row.running_total, row.value) for row in Latest.objects.all()} == last
        held = Score.objects.filter(n__gt=0)
        assert {(row.period, row.running_total): (row.n, row.total, row.reached) for row in held} == score
        assert differences() == []


def _do(step: tuple[Any, ...], targets: list[Target]) -> None:
    verb, at, *rest = step
    if verb == "add":
        period, value, kind, approved, running = rest
        said: dict[str, Any] = {"period": period, "value": value, "kind": kind, "running_total": running}
        services.add_result(targets[at].pk, CLERK, **said, approved=approved)
    elif verb == "level":
        services.edit_target(targets[at].pk, CLERK, low=rest[0])
    else:
        results = list(Result.objects.order_by("pk"))
        if results:
            _DECIDE[verb](results[at % len(results)], *rest)


def _undo(result: Result) -> None:
    services.making.unmake("result", result.pk, result.decided_by)


_DECIDE: dict[str, Callable[..., Any]] = {
    "approve": lambda result: services.approve_result(result.pk, OFFICE),
    "return": lambda result: services.return_result(result.pk, OFFICE, "thiếu biểu"),
    "correct": lambda result, value: services.correct_result(result.pk, CLERK, value, "đếm lại"),
    "undo": _undo,
    "withdraw": lambda result: services.withdraw_decision(result.pk, OFFICE),
}


def test_the_year_of_a_merger_is_counted_once_and_an_undo_counts_it_as_before() -> None:
    old, new = ward("Đảng bộ phường Trúc Khê"), ward("Đảng bộ phường Khê Lĩnh")
    for period, value, kind in (("2024", 7, "official"), ("2025-H1", 4, "official"), ("2025", 9, "estimate")):
        held = Target.objects.filter(organisation=old).first() or target(old, "Kết nạp đảng viên", unit="đảng viên")
        services.add_result(held.pk, CLERK, period=period, value=value, kind=kind, approved=True)
    made = services.merge_organisations([old], new, date(2025, 7, 1), ADMIN, services.Ground(reference="01-QĐ/TU"))
    assert (score("2024")[:2], score("2025-H1")[:2], score("2025")[:2]) == ((1, 7), (1, 4), (0, 0))
    services.undo_succession(made[0].pk, ADMIN, "nhầm")
    assert score("2025")[:2] == (1, 9)
    assert differences() == []
    services.merge_organisations([old], new, date(2025, 7, 1), ADMIN, services.Ground(reference="01-QĐ/TU"))
    held = target(new, "Kết nạp đảng viên", unit="đảng viên")
    services.add_result(held.pk, CLERK, period="2025", value=10, approved=True)
    assert score("2025")[:2] == (1, 10)
    assert differences() == []
