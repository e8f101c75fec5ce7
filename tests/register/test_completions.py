"""A composition is judged by its parts, each a target itself; a goal against a plan by plans that its results tell."""

from datetime import date

import pytest
from tests.register.builders import CLERK, target, ward

from nhiemky.register import selectors, services
from nhiemky.register.models import Target
from nhiemky.values.kinds import VerdictStatus

TERM = "2020-2025"
DAY = date(2023, 2, 15)
PARTS = {"Dịch vụ": (52, 47, 49), "Công nghiệp": (43, 45, 43.2), "Nông nghiệp": (5, 8, 7.8)}


@pytest.fixture
def whole() -> Target:
    made = target(ward(), "Cơ cấu kinh tế", unit="%", low=100, direction="equal", meaning="composition")
    for name, (low, baseline, _told) in PARTS.items():
        way = "at_least" if low > baseline else "at_most"
        target(
            made.organisation, name, unit="%", low=low, baseline=baseline, baseline_year=2020, direction=way,
            meaning="by_deadline", whole=made,
        )  # fmt: skip
    return made


def tell(whole: Target, **figures: float) -> None:
    for part in Target.objects.filter(whole=whole):
        value = figures.get(part.name, PARTS[part.name][2])
        services.add_result(part.pk, CLERK, period="2022", value=value, as_of=date(2022, 12, 31), approved=True)


def test_the_worst_part_decides_and_all_are_told(whole: Target) -> None:
    tell(whole)
    rows = {row.target.name: row for row in selectors.board(whole.organisation, TERM, DAY).rows}
    verdict = rows["Cơ cấu kinh tế"].verdict
    assert (verdict.status, rows["Nông nghiệp"].verdict.status) == (VerdictStatus.AT_RISK, VerdictStatus.AT_RISK)
    assert rows["Dịch vụ"].verdict.status == rows["Công nghiệp"].verdict.status == VerdictStatus.ON_TRACK
    assert verdict.text.startswith(
        "Cơ cấu hiện có: Dịch vụ 49%, Công nghiệp 43,2%, Nông nghiệp 7,8%. Nông nghiệp: ở mức"
    )
    assert selectors.target_detail(whole.pk, DAY).row.verdict.text == verdict.text


def test_what_does_not_make_a_hundred_is_not_judged(whole: Target) -> None:
    tell(whole, **{"Dịch vụ": 51})
    verdict = selectors.board(whole.organisation, TERM, DAY).rows[0].verdict
    assert verdict.status == VerdictStatus.UNDECIDABLE
    assert "Kết quả: các phần cộng lại được 102%, không phải 100%" in verdict.text


def test_a_part_without_figures_is_named(whole: Target) -> None:
    tell(whole)
    Target.objects.get(name="Nông nghiệp").results.update(state="returned")
    verdict = selectors.board(whole.organisation, TERM, DAY).rows[0].verdict
    assert (verdict.status, verdict.missing) == (VerdictStatus.UNDECIDABLE, ("tỷ trọng Nông nghiệp",))


def test_parts_in_ranges_leave_room_for_a_hundred(whole: Target) -> None:
    tell(whole)
    Target.objects.filter(name="Nông nghiệp").update(direction="range", low=4, high=8)
    assert selectors.board(whole.organisation, TERM, DAY).rows[0].verdict.status != VerdictStatus.UNDECIDABLE
    Target.objects.filter(name="Nông nghiệp").update(direction="range", low=80, high=90)
    verdict = selectors.board(whole.organisation, TERM, DAY).rows[0].verdict
    assert "Chỉ tiêu: các phần cộng lại được 132%, không phải 100%" in verdict.text


def test_without_parts_a_composition_is_one_share() -> None:
    alone = target(ward(), "Tỷ trọng dịch vụ", unit="%", low=52, baseline=47, baseline_year=2020, meaning="composition")
    services.add_result(alone.pk, CLERK, period="2022", value=49, as_of=date(2022, 12, 31), approved=True)
    assert selectors.board(alone.organisation, TERM, DAY).rows[0].verdict.status == VerdictStatus.ON_TRACK


def test_a_plan_told_once_measures_the_other_figures_of_its_year() -> None:
    aim = target(ward(), "Thu ngân sách so với dự toán", unit="", low=100, meaning="against_plan")
    on = {"2022-H1": (12, 30), "2022": (33, None)}
    for period, (value, planned) in on.items():
        services.add_result(
            aim.pk, CLERK, period=period, value=value, unit="tỷ đồng", planned=planned, approved=True,
            as_of=date(2022, 12, 31) if period == "2022" else date(2022, 6, 30),
        )  # fmt: skip
    row = selectors.board(aim.organisation, TERM, DAY).rows[0]
    assert row.goal.plan == ((2022, 30_000_000_000.0),)
    assert row.verdict.value == pytest.approx(110)
    aim.results.update(planned=None)
    row = selectors.board(aim.organisation, TERM, DAY).rows[0]
    assert (row.verdict.status, row.verdict.missing) == (VerdictStatus.UNDECIDABLE, ("kế hoạch giao năm 2022",))
