"""The board and one target: verdicts in words, sources, the as-of date, results by hand and their approval."""

import pytest
from django.test import Client
from tests.desk.conftest import ACTOR

from nhiemky.register import services
from nhiemky.register.models import Document, Organisation, Proposal, Result, Target


def test_an_empty_register_says_what_to_do(desk: Client) -> None:
    assert "Chưa có tổ chức nào" in desk.get("/targets/").content.decode()


def test_a_ward_without_targets_says_what_to_do(desk: Client, ward: Organisation) -> None:
    assert "Chưa có chỉ tiêu nào" in desk.get("/targets/").content.decode()


def test_the_board_shows_goal_years_and_verdict(desk: Client, insurance: Target, members: Target) -> None:
    html = desk.get("/targets/?as_of=30/06/2023").content.decode()
    for words in (
        "2 chỉ tiêu nhiệm kỳ 2020 – 2025",
        "≥ 94,5%",
        "91,6",
        "I. Xã hội",
        "Chưa có số liệu",
        "còn 2 năm 6 tháng",
    ):
        assert words in html


def test_worst_first_and_wrong_date(desk: Client, insurance: Target, members: Target) -> None:
    assert "I. Xã hội" not in desk.get("/targets/?sort=worst").content.decode()
    wrong = desk.get("/targets/?as_of=31/02/2023")
    assert wrong.status_code == 200
    assert "không đọc được" in wrong.content.decode()


def test_the_board_of_an_earlier_day_knows_less(desk: Client, insurance: Target) -> None:
    html = desk.get("/targets/?as_of=30/06/2022").content.decode()
    assert "91,1" in html
    assert "91,6" not in html


def test_one_target_shows_sentence_and_link(
    desk: Client, document: Document, proposal: Proposal, insurance: Target
) -> None:
    desk.post(f"/proposals/{proposal.pk}/accept/", {"target": insurance.pk})
    html = desk.get(f"/targets/{insurance.pk}/").content.decode()
    assert f"/documents/{document.pk}/?span={proposal.span_start}-{proposal.span_end}" in html
    assert "<mark>91,8%</mark>" in html
    assert "path.by_deadline" in html
    assert "<svg" in html


def test_a_pace_is_rounded_as_people_round(desk: Client, ward: Organisation) -> None:
    made = services.add_target(
        ward, ACTOR, term="2020-2025", number=1, name="Tỷ lệ hộ dùng nước sạch", unit="%", polarity="up",
        direction="at_least", low=95, baseline=90, baseline_year=2020, meaning="by_deadline",
    )  # fmt: skip
    services.add_result(made.pk, ACTOR, period="2022", value="90,25", approved=True, note="Biểu")
    assert "0,13 điểm mỗi năm" in desk.get(f"/targets/{made.pk}/?as_of=31/12/2022").content.decode()  # 0,125


GOOD = {"year": "2023", "part": "H1", "value": "91,8", "kind": "estimate", "as_of": "30/06/2023", "note": "Biểu BHXH"}


def test_a_result_by_hand_waits_then_enters(desk: Client, insurance: Target) -> None:
    page = desk.post(f"/targets/{insurance.pk}/results/add/", GOOD, follow=True).content.decode()
    assert "chờ duyệt" in page
    made = Result.objects.get(period="2023-H1")
    assert made.state == "proposed"
    own = desk.post(f"/results/{made.pk}/", {"act": "approve"}, follow=True).content.decode()
    assert "Không ai tự duyệt" in own
    services.approve_result(made.pk, ACTOR)
    assert "91,8" in desk.get("/targets/").content.decode()


def test_a_result_of_someone_else_is_approved(desk: Client, insurance: Target) -> None:
    made = services.add_result(insurance.pk, ACTOR, period="2023-H1", value="91,8", note="Biểu BHXH")
    desk.post(f"/results/{made.pk}/", {"act": "approve"})
    made.refresh_from_db()
    assert made.state == "approved"


def test_a_result_is_returned_with_a_reason(desk: Client, insurance: Target) -> None:
    made = services.add_result(insurance.pk, ACTOR, period="2023-H1", value="91,8", note="Biểu BHXH")
    assert "Chưa có lý do" in desk.post(f"/results/{made.pk}/", {"act": "return"}, follow=True).content.decode()
    desk.post(f"/results/{made.pk}/", {"act": "return", "reason": "Thiếu biểu"})
    made.refresh_from_db()
    assert made.state == "returned"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("value", "91.8", "dấu phẩy"),
        ("value", "", "bắt buộc"),
        ("year", "hai", "số nguyên"),
        ("year", "2019", "nằm ngoài nhiệm kỳ"),
        ("as_of", "31/02/2023", "dạng 30/06/2023"),
        ("as_of", "31/12/2199", "chưa đến"),
        ("kind", "đoán", "đoán"),
        ("note", "", "bắt buộc"),
    ],
)
def test_a_wrong_field_says_so_and_nothing_is_written(
    desk: Client, insurance: Target, field: str, typed: str, words: str
) -> None:
    answer = desk.post(f"/targets/{insurance.pk}/results/add/", {**GOOD, field: typed})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in html
    assert words.lower() in html.lower()
    assert not Result.objects.filter(period="2023-H1").exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("value", "91.8", "decimals a comma: 91,8"),
        ("year", "2019", "The period the first half of 2019 lies outside the term 2020-2025"),
        ("as_of", "31/02/2023", "expected a real day like 30/06/2023."),
    ],
)
def test_who_chose_english_is_told_in_english(
    desk: Client, insurance: Target, field: str, typed: str, words: str
) -> None:
    desk.cookies["django_language"] = "en"
    answer = desk.post(f"/targets/{insurance.pk}/results/add/", {**GOOD, field: typed})
    assert words in answer.content.decode()
