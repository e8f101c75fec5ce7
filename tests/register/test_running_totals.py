"""Running totals beside figures of a period: neither replaces the other, nor are they added together."""

from importlib import import_module

import pytest
from django.apps import apps
from tests.register.builders import CLERK, target, ward
from tests.register.test_summaries import differences, province

from nhiemky.register import selectors_figures as figures
from nhiemky.register import services
from nhiemky.register.models import Latest
from nhiemky.register.services.rebuild import fill_summaries


def test_running_totals_are_summed_up_apart_from_the_figures_of_a_period() -> None:
    one, two = ward("Đảng bộ phường Trúc Khê"), ward("Đảng bộ phường Mộc Lan")
    above = province(one, two)
    aims = [target(of, "Kết nạp đảng viên", low=15, unit="đảng viên", meaning="cumulative") for of in (one, two)]
    services.add_result(aims[0].pk, CLERK, period="2023", value=21, running_total=True, approved=True)
    services.add_result(aims[1].pk, CLERK, period="2023", value=4, approved=True)
    told = [(row.running_total, row.n, float(row.total), row.reached) for row in figures.scorecard("2023")]
    assert told == [(False, 1, 4, 0), (True, 1, 21, 1)]
    assert [(row.running_total, row.n) for row in figures.province_roll(above, "2023")] == [(False, 1), (True, 1)]
    assert differences() == []


@pytest.mark.parametrize(
    ("meaning", "shown", "reached"), [("cumulative", (11, True), [None, True]), ("each_year", (6, False), [True, None])]
)
def test_a_period_told_both_ways_keeps_both_and_shows_what_the_goal_counts(
    meaning: str, shown: tuple[float, bool], reached: list[bool | None]
) -> None:
    of = ward()
    above = province(of)
    held = target(of, "Kết nạp đảng viên", low=5, unit="đảng viên", meaning=meaning)
    services.add_result(held.pk, CLERK, period="2022", value=6, approved=True)
    services.add_result(held.pk, CLERK, period="2022", value=11, running_total=True, approved=True)
    latest, (row,) = Latest.objects.get(), figures.province_grid(above, "2022").rows
    (cell,) = row.cells.values()
    assert (float(latest.value), latest.running_total) == (cell.value, cell.running_total) == shown
    assert latest.reached is cell.reached is True
    assert [float(one.total) for one in figures.scorecard("2022")] == [6, 11]
    assert [one.reached for one in figures.scorecard("2022")] == [sum(filter(None, [met])) for met in reached]
    assert differences() == []


def test_a_register_of_before_gets_its_sums_apart() -> None:
    held = target(ward(), "Kết nạp đảng viên", low=15, unit="đảng viên", meaning="cumulative")
    services.add_result(held.pk, CLERK, period="2023", value=21, running_total=True, approved=True)
    Latest.objects.update(running_total=False, reached=None)
    import_module("nhiemky.register.migrations.0010_running_totals").empty(apps, None)
    fill_summaries()
    assert [(row.running_total, row.reached) for row in Latest.objects.all()] == [(True, True)]
    assert differences() == []
