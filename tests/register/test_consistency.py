"""Figures held in the register that do not fit: found with their record and who to ask, in four queries."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.register.builders import CLERK, document, target
from tests.register.office import Office, office, paper

from nhiemky.assess.consistency import Finding
from nhiemky.reading.read import read
from nhiemky.register.actors import Actor
from nhiemky.register.consistency import consistency
from nhiemky.register.models import Organisation, Place, Result, Submission, Target
from nhiemky.register.samples import load_samples
from nhiemky.register.services import add_result, adjust_target
from nhiemky.sources import load

TERM, TODAY = "2020-2025", date(2023, 6, 30)
SAMPLES = Path(__file__).parents[2] / "samples"


def told(of: Target, period: str, value: Any, **more: Any) -> Result:
    known: dict[str, Any] = {"approved": True, "as_of": date(int(period[:4]), 12, 31)} | more
    return add_result(of.pk, CLERK, period=period, value=value, **known)


def rules(of: Organisation, today: date = TODAY) -> list[tuple[str, Any]]:
    return [(one.rule, one.figures[0].ref) for one in consistency(of, TERM, today)]


def only(found: tuple[Finding, ...]) -> Finding:
    (one,) = found
    return one


@pytest.fixture
def at() -> Office:
    return office()


def test_a_slip_of_unit_is_found_with_its_record_document_and_who_to_ask(at: Office) -> None:
    revenue = target(at.ward, "Thu ngân sách", unit="tỷ đồng", lead_body="Bộ phận Tài chính")
    told(revenue, "2021", 31.2, unit="tỷ đồng")
    slip = told(revenue, "2022", 33_000, unit="tỷ đồng", document=paper(at.ward))
    one = only(consistency(at.ward, TERM, TODAY))
    assert (one.rule, one.figures[0].ref) == ("unit.jump", slip.pk)
    assert "33.000 tỷ đồng" in one.vi
    assert "33,000 billion đồng" in one.en
    assert one.ask_vi.startswith("đơn vị báo số: Bộ phận Tài chính, ")


def test_what_was_not_known_or_has_been_replaced_or_not_approved_is_left_out(at: Office) -> None:
    clean = target(at.ward, "Tỷ lệ hộ dùng nước sạch", unit="%")
    wrong = told(clean, "2022", 103)
    assert rules(at.ward) == [("rate.over_all", wrong.pk)]
    assert rules(at.ward, date(2022, 12, 30)) == []
    told(clean, "2021", 104, approved=False)
    Result.objects.filter(pk=told(clean, "2022", 99.3).pk).update(supersedes=wrong)
    assert rules(at.ward) == []


def test_two_documents_that_tell_one_figure_differently(at: Office) -> None:
    poor = target(at.ward, "Hộ nghèo")
    first = told(poor, "2022", 12, document=paper(at.ward))
    second = told(poor, "2022", 14, document=paper(at.ward, "Bản khác."))
    second.refresh_from_db()
    assert second.supersedes == first
    assert rules(at.ward) == [("told.twice", second.pk)]


def test_submissions_that_repeat_each_other_are_told_without_a_name(at: Office) -> None:
    made = [target(at.ward, name) for name in ("Hộ nghèo", "Hộ vay vốn", "Hộ cận nghèo")]
    for year in ("2021", "2022"):
        sent = Submission.objects.create(
            organisation=at.ward, period=year, term=TERM, state="approved", entered_by="a", entered_at=timezone.now()
        )
        held = [told(one, year, 40 + number).pk for number, one in enumerate(made)]
        Result.objects.filter(pk__in=held).update(submission=sent)
    one = only(consistency(at.ward, TERM, TODAY))
    assert one.vi.startswith("Số đã báo có 3 trên 3 số của năm 2022 giống hệt số đã báo (năm 2021)")
    assert one.en.startswith("What was submitted: 3 of 3 figures of 2022 are those of what was submitted (2021)")


def test_a_figure_replaced_with_a_reason_or_by_a_like_one_is_settled(at: Office) -> None:
    poor = target(at.ward, "Hộ nghèo")
    told(poor, "2022", 12, document=paper(at.ward))
    told(poor, "2022", 14, document=paper(at.ward, "Bản khác."), note="Đã rà soát lại với khu phố")
    near = target(at.ward, "Hộ cận nghèo")
    told(near, "2022", 20, document=paper(at.ward))
    told(near, "2022", 20, document=paper(at.ward, "Bản khác."))
    assert rules(at.ward) == []


def test_a_goal_of_each_year_counted_over_the_term_by_the_goal_then_in_force(at: Office) -> None:
    admitted = target(at.ward, "Kết nạp đảng viên", low=3, unit="đảng viên", meaning="each_year")
    wrong = told(admitted, "2022", 21, planned=15)
    adjust_target(
        admitted.pk, Actor("bi.thu", "leader"), on="01/03/2023", reason="Sửa đổi", reference="9-NQ/ĐU", low=15
    )
    assert rules(at.ward, date(2022, 12, 31)) == [("term.count", wrong.pk)]
    assert rules(at.ward) == []


def test_parts_of_a_target_against_their_whole(at: Office) -> None:
    whole = target(at.ward, "Hộ được vay vốn")
    part = target(at.ward, "Hộ nghèo được vay vốn")
    Target.objects.filter(pk=part.pk).update(whole=whole)
    held = told(whole, "2022", 120)
    told(part, "2022", 130)
    assert rules(at.ward) == [("parts.sum", held.pk)]


def test_a_ward_against_its_cells_and_less_only_where_all_are_held(at: Office) -> None:
    above = told(target(at.ward, "Kết nạp đảng viên", unit="đảng viên"), "2022", 10)
    told(target(at.cell, "Kết nạp đảng viên", unit="đảng viên"), "2022", 4)
    told(target(at.school, "Kết nạp đảng viên", unit="đảng viên"), "2022", 3)
    assert rules(at.ward) == [("region.sum", above.pk)]
    Place.objects.create(name="khu phố 9", level="cell", parent=at.ward.place)
    assert rules(at.ward) == []
    assert rules(at.cell) == []


def test_four_queries_however_many_figures(at: Office) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            consistency(at.ward, TERM, TODAY)
        return len(asked)

    first = target(at.ward, "Hộ nghèo")
    told(first, "2021", 12, document=paper(at.ward))
    few = count()
    for number in range(6):
        more = target(at.ward, f"Chỉ tiêu {number}", lead_body="Văn phòng")
        for year in ("2021", "2022"):
            told(more, year, 40 + number, document=document(at.ward))
    assert count() == few == 4


def test_the_sample_ward_is_clean_as_it_was_entered() -> None:
    list(load_samples(SAMPLES, load, read))
    ward = Organisation.objects.get(name="Đảng bộ phường An Bình (mẫu)")
    assert Result.objects.filter(organisation=ward).count() > 20
    assert consistency(ward, TERM, date(2026, 11, 23)) == ()
