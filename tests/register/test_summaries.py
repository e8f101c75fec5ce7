"""Latest, Roll and Score: what they say after each change; any sequence of changes leaves them as rebuilt."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.register.builders import CLERK, target, ward

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Latest, Organisation, Place, Result, Roll, Score, Target
from nhiemky.register.services.rebuild import Difference, check_summaries
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
    assert {(one.table, one.key[-1]) for one in found} == {
        ("latest", held.pk), ("latest", gone.pk), ("roll", "2022"), ("score", "2022"),
    }  # fmt: skip
    assert len(found) == 5
    assert differences() == found
    assert differences(mend=True) == found
    assert differences() == []
    assert Score.objects.get(indicator=held.indicator).total == 30


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


# A model told in other words: the figures read from the table of results one by one.
def expected() -> tuple[dict[int, tuple[str, Decimal]], dict[str, tuple[int, Decimal, int]]]:
    approved = Result.objects.filter(state="approved").exclude(kind="forecast").select_related("target")
    replaced = set(Result.objects.filter(state="approved").values_list("supersedes", flat=True))
    by_period: dict[tuple[Target, str], list[Result]] = defaultdict(list)
    for result in approved:
        if result.pk not in replaced and result.target is not None:
            by_period[result.target, result.period].append(result)
    last: dict[int, tuple[str, Decimal]] = {}
    score: dict[str, tuple[int, Decimal, int]] = {}
    for (of, period), rows in sorted(by_period.items(), key=lambda both: Period.parse(both[0][1])):
        chosen = sorted(rows, key=lambda row: (row.kind == "official", row.as_of, row.pk))[-1]
        last[of.pk] = (period, chosen.value)
        n, total, met = score.get(period, (0, Decimal(0), 0))
        score[period] = (n + 1, total + chosen.value, met + (of.low is not None and chosen.value >= of.low))
    return last, score


_PERIODS = ("2021", "2022", "2022-H1", "2022-M06")
_steps = st.one_of(
    st.tuples(
        st.just("add"), st.integers(0, 2), st.sampled_from(_PERIODS), st.decimals(0, 60, places=2),
        st.sampled_from(("official", "estimate", "forecast")), st.booleans(),
    ),
    st.tuples(st.sampled_from(("approve", "return", "undo")), st.integers(0, 9)),
    st.tuples(st.just("correct"), st.integers(0, 9), st.decimals(0, 60, places=2)),
    st.tuples(st.just("level"), st.integers(0, 2), st.integers(1, 60)),
)  # fmt: skip


class Sequences(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(_steps, min_size=4, max_size=24))
    def test_any_sequence_leaves_the_summaries_as_a_rebuild_has_them(self, steps: list[tuple[Any, ...]]) -> None:
        wards = [ward(f"Đảng bộ phường {name}") for name in ("Trúc Khê", "Mộc Lan", "Bình Lâm")]
        province(*wards[:2])
        targets = [target(of, "Tỷ lệ hộ dùng nước sạch", unit="%", low=30) for of in wards]
        for step in steps:
            try:
                _do(step, targets)
            except ServiceError:
                continue
        last, score = expected()
        assert {row.target_id: (row.period, row.value) for row in Latest.objects.all()} == last
        assert {row.period: (row.n, row.total, row.reached) for row in Score.objects.filter(n__gt=0)} == score
        assert differences() == []


def _do(step: tuple[Any, ...], targets: list[Target]) -> None:
    verb, at, *rest = step
    if verb == "add":
        period, value, kind, approved = rest
        services.add_result(targets[at].pk, CLERK, period=period, value=value, kind=kind, approved=approved)
    elif verb == "level":
        services.edit_target(targets[at].pk, CLERK, low=rest[0])
    else:
        results = list(Result.objects.order_by("pk"))
        if results:
            _DECIDE[verb](results[at % len(results)], *rest)


def _undo(result: Result) -> None:
    services.making.unmake("result", result.pk)


_DECIDE: dict[str, Callable[..., Any]] = {
    "approve": lambda result: services.approve_result(result.pk, OFFICE),
    "return": lambda result: services.return_result(result.pk, OFFICE, "thiếu biểu"),
    "correct": lambda result, value: services.correct_result(result.pk, CLERK, value, "đếm lại"),
    "undo": _undo,
}
