"""Reviews: frozen, written, appraised, approved, issued, published, reopened; what the register says now."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from tests.register.builders import document, target
from tests.register.conftest import Clock
from tests.register.office import Office, office

from nhiemky.register import events, selectors, services
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Result, Review, Target
from nhiemky.register.review_check import ReviewCheck, check_review
from nhiemky.register.services import reviews
from nhiemky.values.canonical import sha256_of

TERM, DAY = "2025-2030", date(2026, 6, 30)


@pytest.fixture
def at(clock: Clock) -> Office:
    clock("10/07/2026")
    made = office()
    aim = target(made.ward, "Hộ nghèo", direction="at_most", low=10, unit="hộ", term=TERM, field="Kinh tế")
    services.add_result(aim.pk, made.clerk, period="2026-H1", value=12, as_of=DAY, approved=True)
    return made


def frozen(at: Office, kind: str = "halfyear", **fields: Any) -> Review:
    return reviews.create_review(at.ward, kind, TERM, fields.pop("as_of", DAY), at.clerk, **fields)


def approved(at: Office) -> Review:
    made = frozen(at)
    reviews.edit_narrative(made.pk, at.clerk, {"causes": "Thiếu vốn."})
    reviews.submit_review(made.pk, at.clerk)
    return reviews.approve_review(made.pk, at.leader)


def refused(field: str, words: str, act: Callable[[], Any]) -> None:
    before = events.count()
    with pytest.raises(ServiceError, match=words) as raised:
        act()
    assert raised.value.field == field
    assert events.count() == before


@pytest.mark.parametrize(
    ("kind", "as_of", "said", "period"),
    [
        ("halfyear", DAY, None, "2026-H1"),
        ("halfyear", date(2026, 6, 14), None, "2026-H1"),
        ("halfyear", date(2026, 7, 9), None, "2026-H1"),
        ("halfyear", date(2026, 12, 14), None, "2026-H2"),
        ("halfyear", date(2027, 1, 10), None, "2026-H2"),
        ("halfyear", date(2026, 8, 1), "2026-H2", "2026-H2"),
        ("annual", date(2026, 12, 14), None, "2026"),
        ("annual", date(2027, 1, 10), None, "2026"),
        ("annual", date(2026, 6, 30), "2026", "2026"),
        ("midterm", date(2028, 6, 30), None, None),
        ("midterm", date(2028, 6, 30), "2028", None),
    ],
)
def test_a_review_speaks_of_its_period(
    at: Office, kind: str, as_of: date, said: str | None, period: str | None
) -> None:
    pack = frozen(at, kind, as_of=as_of, period=said).pack
    assert (pack.get("period") or {}).get("key") == period
    if period == "2026-H1":
        assert (pack["period"]["start"], pack["period"]["end"]) == ("2026-01-01", "2026-06-30")


def test_a_period_that_cannot_be_is_refused(at: Office) -> None:
    refused("period", "gặp 2026-Q2, cần dạng 2023-H1", lambda: frozen(at, period="2026-Q2"))
    refused("period", "gặp 2026-H1, cần dạng 2023", lambda: frozen(at, "annual", period="2026-H1"))
    refused("period", "nằm ngoài nhiệm kỳ", lambda: frozen(at, period="2025-H2"))
    refused("as_of", "trước khi kỳ bắt đầu, 01/07/2026", lambda: frozen(at, period="2026-H2"))


def test_the_narrative_is_written_by_sections(at: Office) -> None:
    made = frozen(at)
    reviews.edit_narrative(made.pk, at.clerk, {"causes": " Thiếu vốn.\r\n", "results:Kinh tế": "Khá."}, version=1)
    made.refresh_from_db()
    assert made.narrative == {"results:Kinh tế": "Khá.", "causes": "Thiếu vốn."}
    reviews.edit_narrative(made.pk, at.clerk, {"causes": ""})
    made.refresh_from_db()
    assert made.narrative == {"results:Kinh tế": "Khá."}
    newest = Event.objects.last()
    assert newest is not None
    assert newest.data == {"changed": {"causes": ["Thiếu vốn.", ""]}}
    refused("narrative", "không có mục “results:Văn hóa”",
            lambda: reviews.edit_narrative(made.pk, at.clerk, {"results:Văn hóa": "x"}))  # fmt: skip
    refused("narrative", "dài 20001 ký tự", lambda: reviews.edit_narrative(made.pk, at.clerk, {"causes": "x" * 20001}))
    refused("version", "vừa được người khác sửa",
            lambda: reviews.edit_narrative(made.pk, at.clerk, {"causes": "x"}, version=1))  # fmt: skip
    refused("", "không", lambda: reviews.edit_narrative(made.pk, at.leader, {"causes": "x"}))


def test_a_review_goes_its_way(at: Office, clock: Clock) -> None:
    made = frozen(at)
    refused("", "đang ở bước “Dự thảo”; việc này cần bước: “Đang thẩm định”",
            lambda: reviews.approve_review(made.pk, at.leader))  # fmt: skip
    reviews.submit_review(made.pk, at.clerk)
    refused("reason", "lý do trả lại", lambda: reviews.send_back_review(made.pk, at.leader, " "))
    assert reviews.send_back_review(made.pk, at.leader, "Viết lại nguyên nhân").state == "draft"
    reviews.edit_narrative(made.pk, at.clerk, {"causes": "Thiếu vốn."})
    reviews.submit_review(made.pk, at.clerk)
    refused("", "không", lambda: reviews.approve_review(made.pk, at.clerk))
    done = reviews.approve_review(made.pk, at.leader)
    assert (done.state, done.approved_by, done.state_reason) == ("approved", "bi.thu", "")
    refused("", "đang ở bước “Đã duyệt”", lambda: reviews.edit_narrative(made.pk, at.clerk, {"causes": "Khác"}))
    refused("number", "số, ký hiệu", lambda: reviews.issue_review(made.pk, at.leader, "", "10/07/2026"))
    refused("issued_on", "chưa đến", lambda: reviews.issue_review(made.pk, at.leader, "12-BC/ĐU", "11/07/2026"))
    refused("issued_on", "trước ngày chốt", lambda: reviews.issue_review(made.pk, at.leader, "12-BC/ĐU", "29/06/2026"))
    refused("", "đang ở bước “Đã duyệt”", lambda: reviews.publish_review(made.pk, at.leader))
    issued = reviews.issue_review(made.pk, at.leader, "12-BC/ĐU", "10/07/2026")
    assert (issued.number, issued.issued_on) == ("12-BC/ĐU", date(2026, 7, 10))
    last = reviews.publish_review(made.pk, at.leader)
    assert (last.state, sha256_of(last.pack)) == ("published", made.digest)
    steps = Event.objects.filter(subject_type="review", subject_id=str(made.pk)).values_list("verb", flat=True)
    assert list(steps) == [
        "create_review", "submit_review", "send_back_review", "edit_narrative", "submit_review", "approve_review",
        "issue_review", "publish_review",
    ]  # fmt: skip


def test_nobody_approves_what_he_compiled_himself(at: Office) -> None:
    both = Actor("thu.van", "leader", at.ward.pk)
    made = frozen(at)
    reviews.submit_review(made.pk, at.clerk)
    refused("", "“thu.van” đã lập báo cáo này", lambda: reviews.approve_review(made.pk, both))


def test_a_number_is_given_once_a_year(at: Office) -> None:
    first, second = approved(at), approved(at)
    reviews.issue_review(first.pk, at.leader, "12-BC/ĐU", "10/07/2026")
    refused(
        "number", "Số 12-BC/ĐU đã dùng", lambda: reviews.issue_review(second.pk, at.leader, "12-BC/ĐU", "10/07/2026")
    )


def test_what_was_changed_outside_stops_the_next_step(at: Office) -> None:
    made = frozen(at)
    Review.objects.filter(pk=made.pk).update(pack={**made.pack, "pending": 99})
    refused("", "không còn khớp mã kiểm", lambda: reviews.submit_review(made.pk, at.clerk))
    done = approved(at)
    Review.objects.filter(pk=done.pk).update(narrative={"causes": "Đã sửa sau khi duyệt."})
    refused("", "Lời văn không còn như lúc duyệt", lambda: reviews.issue_review(done.pk, at.leader, "1", "10/07/2026"))


def test_a_reopened_review_stays_and_a_new_draft_goes_on(at: Office) -> None:
    old = approved(at)
    reviews.issue_review(old.pk, at.leader, "12-BC/ĐU", "10/07/2026")
    refused("reason", "lý do mở lại", lambda: reviews.reopen_review(old.pk, at.clerk, ""))
    Result.objects.update(value=9)
    new = reviews.reopen_review(old.pk, at.clerk, "Số hộ nghèo nhập nhầm")
    kept = Review.objects.get(pk=old.pk)
    assert (kept.state, kept.state_reason, kept.number) == ("reopened", "Số hộ nghèo nhập nhầm", "12-BC/ĐU")
    assert (kept.pack, kept.digest, kept.narrative) == (old.pack, old.digest, {"causes": "Thiếu vốn."})
    assert (new.previous, new.state, new.narrative, new.number) == (kept, "draft", {"causes": "Thiếu vốn."}, "")
    assert new.pack["period"]["key"] == "2026-H1"
    refused("", "“Đã mở lại”", lambda: reviews.reopen_review(old.pk, at.clerk, "Nữa"))
    refused("", "“Dự thảo”", lambda: reviews.reopen_review(new.pk, at.clerk, "Nữa"))
    reviews.submit_review(new.pk, at.clerk)
    assert reviews.approve_review(new.pk, at.leader).state == "approved"
    assert events.verify() is None


def checked(made: Review) -> ReviewCheck:
    return check_review(selectors.review(made.pk))


def test_an_untouched_register_agrees_with_its_review(at: Office, clock: Clock) -> None:
    document(at.ward)
    for made in (frozen(at), frozen(at, "midterm", as_of=date(2028, 6, 30))):
        clock("10/10/2026")
        assert checked(made) == ReviewCheck(intact=True, differences=(), notes=())
    assert checked(made).agrees


def test_what_has_changed_since_is_told_in_words(at: Office) -> None:
    made = frozen(at)
    aim = Target.objects.get()
    services.add_path(aim.pk, at.clerk, {2027: 11})
    Target.objects.filter(pk=aim.pk).update(low=15, lead_body="UBND phường")
    found = checked(made)
    assert found.intact
    assert not found.agrees
    assert list(found.differences) == [
        "Chỉ tiêu 1 “Hộ nghèo”: mức phải đạt: bản chốt ≤ 10 hộ, nay ≤ 15 hộ",
        "Chỉ tiêu 1 “Hộ nghèo”: cơ quan chủ trì: bản chốt —, nay “UBND phường”",
        "Chỉ tiêu 1 “Hộ nghèo”: lộ trình: bản chốt —, nay 2027: 11",
        "Chỉ tiêu 1 “Hộ nghèo”: đánh giá: bản chốt Không đạt, nay Nguy cơ không đạt",
    ]
    with translation.override("en"):
        assert checked(made).differences[0] == "Target 1 “Hộ nghèo”: goal: frozen ≤ 10 hộ, now ≤ 15 hộ"
    assert Review.objects.get(pk=made.pk).pack == made.pack


def test_figures_that_came_or_went_are_told(at: Office) -> None:
    made = frozen(at)
    aim = Target.objects.get()
    services.add_result(aim.pk, at.clerk, period="2026-Q1", value=13, as_of=date(2026, 3, 31), approved=True)
    services.add_result(aim.pk, at.clerk, period="2026-9M", value=8, as_of=date(2026, 7, 5), approved=True)
    said = checked(made).differences
    assert (
        "Chỉ tiêu 1 “Hộ nghèo”: nay có thêm số 13 hộ (quý I năm 2026, chính thức, 31/03/2026), bản chốt không có."
        in said
    )
    assert not [line for line in said if "8 hộ" in line], "a figure dated after the review's day is not of that day"
    Result.objects.filter(period="2026-H1").update(value=11)
    assert any("kết quả: bản chốt 12 hộ (6 tháng đầu năm 2026" in line for line in checked(made).differences)
    Target.objects.create(
        organisation=at.ward, indicator=aim.indicator, term=TERM, number=9, name="Mới", direction="zero", unit="hộ",
        deadline=aim.deadline, meaning="maintain", low=0, added_at=aim.added_at,
    )  # fmt: skip
    assert "Chỉ tiêu 9 “Mới”: nay có trong sổ, bản chốt không có." in checked(made).differences


def test_papers_and_questions_since_are_notes_and_no_differences(at: Office) -> None:
    made = frozen(at)
    document(at.ward)
    found = checked(made)
    assert found.agrees
    assert found.notes == (
        "Văn bản vào sổ sau khi chốt: Sơ kết 6 tháng đầu năm 2023.",
        "Câu hỏi chưa trả lời: lúc chốt 0, nay 1.",
        "Đề xuất chưa quyết định: lúc chốt 0, nay 4.",
    )


def test_a_pack_that_was_touched_does_not_agree(at: Office) -> None:
    made = frozen(at)
    Review.objects.filter(pk=made.pk).update(pack={**made.pack, "pending": 0, "term": "2020-2025"})
    found = checked(made)
    assert (found.intact, found.agrees) == (False, False)


def test_forecast_and_pace_are_frozen_with_their_words_and_compared(at: Office) -> None:
    aim = target(
        at.ward, "Tỷ lệ tham gia bảo hiểm y tế", unit="%", low=95, baseline=90, baseline_year=2025, term=TERM,
        meaning="by_deadline",
    )  # fmt: skip
    for month, value in ((2, 90.2), (3, 90.4), (4, 90.5)):
        period = f"2026-M{month:02d}"
        day = date(2026, month, 28)
        services.add_result(aim.pk, at.clerk, period=period, value=value, as_of=day, approved=True)
    made = frozen(at)
    [held] = [row["verdict"] for row in made.pack["rows"] if row["target"]["id"] == aim.pk]
    assert held["pace_from_today"] == pytest.approx(4.5 / 4.5)
    assert held["outlook"]["vi"].startswith("Ước đến 31/12/2030 được ")
    assert "từ hôm nay mỗi năm phải tăng 1 điểm" in held["outlook"]["vi"]
    assert held["forecast"]["low"] < held["forecast"]["mid"] < held["forecast"]["high"]
    assert checked(made).agrees
    Result.objects.filter(target=aim, period="2026-M03").update(value="90.25")
    said = [line for line in checked(made).differences if "ước cuối kỳ, nhịp cần có: bản chốt “Ước đến" in line]
    assert len(said) == 1
    with translation.override("en"):
        assert any("By 31/12/2030 it is expected at" in line for line in checked(made).differences)


def test_a_verdict_that_does_not_follow_from_the_figures_frozen_with_it_is_told(at: Office) -> None:
    made = frozen(at)
    made.pack["rows"][0]["verdict"]["inputs"]["points"][0][1] = 9
    Review.objects.filter(pk=made.pk).update(pack=made.pack, digest=sha256_of(made.pack))
    found = checked(made)
    assert found.intact
    assert "đánh giá đã chốt không suy ra được từ số liệu chốt cùng nó" in found.differences[0]
