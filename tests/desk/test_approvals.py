"""The Approve screen: what waits with what is known of it, deciding on several, never one's own; closed periods."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from tests.desk.conftest import ACTOR, ADMIN

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Membership, Organisation, PeriodLock, Proposal, Result, Submission, Target

BODY = Actor("tram.y.te", "body")


def entered(of: Target, value: Any = "91,9", period: str = "2023-H1", actor: Actor = ACTOR, **more: Any) -> Result:
    return services.add_result(of.pk, actor, period=period, value=value, **{"note": "Biểu BHXH", **more})


def sent(of: Organisation, figures: dict[int, Any], period: str = "2023-H1") -> Submission:
    held = services.open_submission(of, period, "2020-2025", BODY)
    services.enter_figures(held.pk, figures, BODY, held.version)
    held.refresh_from_db()
    return services.submit(held.pk, BODY, held.version)


def page(desk: Client, address: str = "/approvals/") -> str:
    return desk.get(address).content.decode()


def decide(desk: Client, *picks: str, act: str = "approve", **more: str) -> Any:
    return desk.post("/approvals/decide/", {"pick": list(picks), "act": act, **more}, follow=True)


def key(held: Submission) -> str:
    return f"s{held.pk}.{held.version}"


def leader(name: str = "bi.thu", role: str = "leader", of: Organisation | None = None) -> Client:
    user = User.objects.create_user(name, password="Binh-Lam-2023")
    Membership.objects.create(user=user, role=role, organisation=of)
    client = Client()
    client.force_login(user)
    return client


def test_nothing_waits(desk: Client, insurance: Target) -> None:
    html = page(desk)
    assert "Không có số liệu nào chờ anh/chị duyệt" in html
    assert "việc đang chờ" not in html


def test_a_figure_stands_beside_the_one_before_and_its_source(desk: Client, insurance: Target) -> None:
    entered(insurance)
    html = page(desk)
    for words in (
        "1. Tỷ lệ người dân tham gia bảo hiểm y tế", "<b>91,9%</b>", "91,6%", "năm 2022", "+0,3 điểm", "≥ 94,5%",
        "6 tháng đầu năm 2023", "nhập: thử", "Ghi chú: Biểu BHXH", "1 mục chờ anh/chị quyết định",
    ):  # fmt: skip
        assert words in html, words
    assert "xem lại nguồn" not in html


def test_an_edited_acceptance_says_what_the_document_says(
    desk: Client, document: Document, proposal: Proposal, insurance: Target
) -> None:
    services.accept_proposal(proposal.pk, ACTOR, edits={"value": "92,9"})
    html = page(desk)
    assert "Văn bản ghi 91,8%, 6 tháng đầu năm 2023" in html
    assert f"/documents/{document.pk}/?span={proposal.span_start}-{proposal.span_end}" in html
    assert "<mark>91,8%</mark>" in html
    assert "chờ duyệt: 92,9 (6T 2023)" in page(desk, "/targets/?as_of=30/06/2023")
    assert "Duyệt" in page(desk, f"/targets/{insurance.pk}/")


def test_the_clerk_who_edits_sees_that_it_waits(desk: Client, proposal: Proposal, insurance: Target) -> None:
    fields = {"indicator": proposal.fact["indicator"], "value": "92,9", "unit": "%", "year": "2023", "part": "H1"}
    answer = desk.post(f"/proposals/{proposal.pk}/edit/", {**fields, "target": insurance.pk}, follow=True)
    html = answer.content.decode()
    assert "nên chờ người khác duyệt" in html
    assert '<span class="pill tone-way">' in html.partition(f'id="p{proposal.pk}"')[2].partition("</li>")[0]
    own = page(desk)
    assert "Chưa có ai khác duyệt được số của đơn vị này" in own
    assert "nhiemky user" in own
    assert "Do anh/chị nhập: chờ người khác duyệt" in page(desk, f"/targets/{insurance.pk}/")
    leader()
    assert "Người duyệt được: <b>bi.thu</b>" in page(desk)
    desk.post(f"/proposals/{proposal.pk}/undo/")
    assert "Không có số liệu nào chờ anh/chị duyệt" in page(desk)


def test_doubtful_figures_come_first_whatever_came_before(desk: Client, insurance: Target, members: Target) -> None:
    entered(members, 3)
    entered(insurance, "45,9")
    html = page(desk)
    assert html.index("45,9%") < html.index("3 đảng viên")
    assert "Giảm 50% so với năm 2022; hãy xem lại nguồn." in html


def test_a_year_s_sum_below_that_of_its_half_is_told(desk: Client, ward: Organisation) -> None:
    money = services.add_target(
        ward, ACTOR, term="2020-2025", name="Thu ngân sách", unit="tỷ đồng", nature="flow", direction="at_least", low=50
    )
    entered(money, "41,5", "2022-H1", unit="tỷ đồng", approved=True)
    entered(money, "4,9", "2022", unit="tỷ đồng")
    assert "Nhỏ hơn số đã duyệt của 6 tháng đầu năm 2022" in page(desk)


def test_several_are_approved_together_and_taken_back(desk: Client, insurance: Target, members: Target) -> None:
    first = entered(insurance)
    held = sent(members.organisation, {members.pk: 3})
    html = decide(desk, f"r{first.pk}", key(held)).content.decode()
    assert "Đã duyệt 2 mục" in html
    assert {one.state for one in Result.objects.all()} == {"approved"}
    html = desk.post("/approvals/undo/", follow=True).content.decode()
    assert "2 mục chờ duyệt như trước" in html
    assert "2 mục chờ anh/chị quyết định" in html


def test_a_return_needs_its_reason_and_tells_it_in_place(desk: Client, insurance: Target) -> None:
    made = entered(insurance)
    answer = decide(desk, f"r{made.pk}", act="return")
    assert answer.status_code == 409
    item = answer.content.decode().partition(f'id="r{made.pk}"')[2].partition("</li>")[0]
    assert "Chưa có lý do trả lại" in item
    answer = decide(desk, f"r{made.pk}", act="return", reason="Biểu ghi 91,7")
    assert "Đã trả lại 1 mục" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "returned"


def test_who_entered_it_is_told_on_today_that_it_came_back(insurance: Target) -> None:
    desk = leader("chi.lan", "office")
    made = entered(insurance, actor=Actor("chi.lan"))
    services.return_result(made.pk, ACTOR, "Biểu ghi 91,7")
    home = page(desk, "/")
    assert "bị trả lại" in home
    assert "Tỷ lệ người dân tham gia bảo hiểm y tế: 91,9%" in home
    entered(insurance, "91,7", actor=Actor("chi.lan"))
    assert "bị trả lại" not in page(desk, "/")


def test_of_two_who_decide_the_second_is_told_and_the_rest_is_done(desk: Client, insurance: Target) -> None:
    first, second = entered(insurance), entered(insurance, "91,2", "2023-Q1")
    services.approve_result(first.pk, Actor("bi.thu", "leader"))
    answer = decide(desk, f"r{first.pk}", f"r{second.pk}")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "91,9%, 6 tháng đầu năm 2023</b>: Số liệu này đã được bi.thu duyệt" in html
    assert "Đã duyệt 1 mục" in html
    second.refresh_from_db()
    assert second.state == "approved"


def test_a_submission_that_changed_since_it_was_seen_is_not_decided_on(desk: Client, insurance: Target) -> None:
    seen = sent(insurance.organisation, {insurance.pk: "91,9"})
    held = services.take_back(seen.pk, BODY, seen.version)
    held = services.submit(held.pk, BODY, held.version)
    answer = decide(desk, key(seen))
    assert "đã thay đổi" in answer.content.decode()
    held.refresh_from_db()
    assert held.state == "submitted"


def test_an_undone_figure_is_gone(desk: Client, proposal: Proposal) -> None:
    made = services.accept_proposal(proposal.pk, ACTOR, edits={"value": "92,9"}).made
    services.undo(proposal.pk, ACTOR)
    assert made is not None
    answer = decide(desk, "r999", "bậy", "s1")
    assert "Một mục đã không còn" in answer.content.decode()


def test_nothing_picked_says_so(desk: Client, insurance: Target) -> None:
    entered(insurance)
    assert "Chưa chọn mục nào" in decide(desk).content.decode()


def test_ones_own_is_shown_and_cannot_be_picked(desk: Client, insurance: Target) -> None:
    made = entered(insurance, actor=Actor("vanphong"))
    html = page(desk)
    assert "Do anh/chị nhập, chờ người khác duyệt" in html
    assert f'value="r{made.pk}"' not in html
    assert "Không ai tự duyệt" in decide(desk, f"r{made.pk}").content.decode()
    made.refresh_from_db()
    assert made.state == "proposed"


def test_a_submission_shows_all_its_figures_note_and_evidence(
    desk: Client, insurance: Target, members: Target, document: Document
) -> None:
    cell = services.add_organisation("Trạm Y tế", "office", "commune", "phường Bình Lâm", ADMIN, insurance.organisation)
    Target.objects.update(lead=cell)
    held = services.open_submission(cell, "2022", "2020-2025", BODY)
    services.enter_figures(held.pk, {insurance.pk: "91,9", members.pk: "30"}, BODY, held.version)
    held.refresh_from_db()
    services.submit(held.pk, BODY, held.version, note="Biểu số 02", evidence=[document])
    html = page(desk)
    for words in ("2 số liệu của Trạm Y tế", "đang có, sẽ được thay", "30 đảng viên", "Biểu số 02", document.title):
        assert words in html, words


def test_a_closed_period_is_told_beforehand_and_opened_from_its_page(desk: Client, insurance: Target) -> None:
    made = entered(insurance)
    lock = {"year": "2023", "part": "", "act": "lock"}
    assert "bắt buộc" in desk.post("/approvals/periods/", lock).content.decode()
    html = desk.post("/approvals/periods/", {**lock, "reason": "Đã báo cáo quận"}, follow=True).content.decode()
    assert "Năm 2023" in html
    assert "đang khóa" in html
    item = page(desk).partition(f'id="r{made.pk}"')[2].partition("</li>")[0]
    assert "Kỳ đã khóa (năm 2023, vanphong: Đã báo cáo quận)" in item
    assert 'name="pick"' not in item
    assert "khóa" in decide(desk, f"r{made.pk}").content.decode()
    reopen = {"year": "2023", "part": "", "act": "reopen", "reason": ""}
    answer = desk.post("/approvals/periods/", reopen)
    assert answer.status_code == 422
    assert "Chưa có lý do mở lại kỳ" in answer.content.decode().partition('id="lock-h"')[0]
    desk.post("/approvals/periods/", {**reopen, "reason": "Quận yêu cầu rà lại"})
    assert PeriodLock.objects.get().reopened_by == "vanphong"
    assert "Đã duyệt 1 mục" in decide(desk, f"r{made.pk}").content.decode()


@pytest.mark.parametrize("role", ["body", "inspector", "admin"])
def test_who_never_approves_has_no_such_screen(role: str, insurance: Target) -> None:
    client = leader("ai.do", role, insurance.organisation)
    entered(insurance)
    assert "/approvals/" not in page(client, "/targets/")
    answer = client.get("/approvals/")
    assert answer.status_code == 403
    assert "Việc này cần tài khoản: “Văn phòng”" in answer.content.decode()
    html = page(client, f"/targets/{insurance.pk}/")
    assert "Chờ người có quyền duyệt" in html
    assert 'value="approve"' not in html


def test_a_leader_of_a_body_below_sees_only_its_own(ward: Organisation, insurance: Target) -> None:
    cell = services.add_organisation("Chi bộ khu phố 3", "cell", "cell", "khu phố 3", ADMIN, ward)
    entered(insurance)
    assert "Không có số liệu nào chờ" in page(leader("chi.bo", "leader", cell))
    assert "91,9%" in page(leader("dang.uy", "leader", ward))


def test_today_and_the_menu_count_it(desk: Client, insurance: Target, members: Target) -> None:
    for number in range(1, 8):
        entered(members, number, f"2022-M{number:02d}")
    home = page(desk, "/")
    assert "7 việc cần quyết định" in home
    assert home.count("Xem và duyệt") == 5
    assert "và 2 mục số liệu khác chờ duyệt" in home
    assert '<span class="n">7<span class="sr">' in home


def test_a_long_queue_has_pages(desk: Client, members: Target) -> None:
    for month in range(1, 13):
        for year in (2021, 2022, 2023):
            entered(members, 1, f"{year}-M{month:02d}")
    assert "Trang 1 / 2" in page(desk)
    second = page(desk, "/approvals/?page=2")
    assert second.count('name="pick" value="r') == 16 * 3  # a box and two forms each
    wrong = page(desk, "/approvals/?page=x")
    assert "Trang 1 / 2" in wrong


def test_the_screen_in_english(desk: Client, insurance: Target) -> None:
    desk.cookies["django_language"] = "en"
    entered(insurance, "45,9", note="")
    html = page(desk)
    for words in ("1 item waits for your decision", "Down by 50% from 2022", "No source given", "points"):
        assert words in html, words
    assert "this figure" not in html.lower()


def test_the_page_holds_the_content_policy(desk: Client, insurance: Target) -> None:
    entered(insurance)
    for address in ("/approvals/", "/approvals/periods/"):
        html = page(desk, address)
        assert " style=" not in html
        assert "<script>" not in html
