"""Figures held in the register that do not fit: found with their record and who to ask, in four queries."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.assess.consistency.test_samples import MENDED
from tests.register.builders import CLERK, Page, document, target
from tests.register.office import Office, office, paper

from nhiemky.assess.consistency import Finding
from nhiemky.reading.read import read
from nhiemky.register.actors import Actor
from nhiemky.register.consistency import consistency, waiting
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


PLANTED = {
    "phường An Bình (mẫu)": {"transfers.sum", "ratio.unnamed", "income.implausible", "term.count"},
    "phường Cẩm Uyên": {"transfers.sum", "ratio.unnamed"},
    "phường Hạc Trì": {"income.implausible"},
    "phường Lạc Diên": set(),
    "phường Nghi Uyên": set(),
    "phường Vân Khảo": {"term.count"},
}


def test_what_was_planted_in_the_samples_is_found_in_figures_that_nobody_has_decided_on() -> None:
    list(load_samples(SAMPLES, load, read))
    found = {
        name: {one.rule for one in waiting(Organisation.objects.get(name=f"Đảng bộ {name}"), TERM, date(2026, 11, 23))}
        for name in PLANTED
    }
    assert found == PLANTED


def test_the_samples_mended_give_none(tmp_path: Path) -> None:
    pages = tmp_path / "samples"
    shutil.copytree(SAMPLES, pages)
    for path, changes in MENDED.items():
        page = next(pages.rglob(path))
        text = page.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        page.write_text(text, encoding="utf-8")
    list(load_samples(pages, load, read))
    bodies = Organisation.objects.filter(name__in=[f"Đảng bộ {name}" for name in PLANTED])
    assert bodies.count() == len(PLANTED)
    assert [(one.rule, one.vi) for body in bodies for one in waiting(body, TERM, date(2026, 11, 23))] == []


def test_a_report_that_denies_what_is_held_is_found_before_anybody_decides(at: Office) -> None:
    page = Page("Sơ kết 6 tháng đầu năm 2023. Tỷ lệ hộ dùng nước sạch đạt 93,8%. Toàn phường còn 12 hộ nghèo.\n")
    aim = target(at.ward, "Tỷ lệ hộ dùng nước sạch", unit="%", low=95)
    told(aim, "2023-H1", 91.8, document=paper(at.ward), as_of=TODAY)
    read_again = page.reading(
        results=(page.result("Tỷ lệ hộ dùng nước sạch đạt 93,8%", "tỷ lệ hộ dùng nước sạch", 93.8, "%"),)
    )
    made = document(at.ward, read_again, page)
    assert consistency(at.ward, TERM, date(2023, 12, 31)) == ()
    one = only(waiting(at.ward, TERM, date(2023, 12, 31)))
    assert (one.rule, one.figures[0].ref) == ("told.twice", f"p{made.proposals.get().pk}")
    assert "ghi 91,8%" in one.vi
    assert "ghi 93,8%" in one.vi
    assert waiting(at.ward, TERM, date(2023, 6, 30)) == ()


def test_the_sample_ward_is_clean_as_it_was_entered() -> None:
    list(load_samples(SAMPLES, load, read))
    ward = Organisation.objects.get(name="Đảng bộ phường An Bình (mẫu)")
    assert Result.objects.filter(organisation=ward).count() > 20
    assert consistency(ward, TERM, date(2026, 11, 23)) == ()
