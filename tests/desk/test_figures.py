"""Enter figures: the grid of a period, checked as one types, saved, sent, returned, and the workbook out and in."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.desk.conftest import ACTOR, ADMIN
from tests.register.exchange import row_of, sheet_of

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Membership, Organisation, Result, Submission, Target

LEADER = Actor("bi.thu", "leader")
PERIOD = "2023-H1"


def page(desk: Client, period: str = PERIOD) -> str:
    return desk.get(f"/figures/?period={period}").content.decode()


def send(desk: Client, figures: dict[Target, str], act: str = "send", **more: Any) -> Any:
    held = Submission.objects.exclude(state="approved").first()
    typed = {f"value-{one.pk}": value for one, value in figures.items()}
    fields = {"term": "2020-2025", "period": PERIOD, "version": held.version if held else 0, "act": act}
    return desk.post("/figures/save/", {**fields, **typed, **more}, follow=True)


def check(desk: Client, figures: dict[Target, str], **more: str) -> str:
    typed = {f"value-{one.pk}": value for one, value in figures.items()}
    return desk.post("/figures/check/", {"period": PERIOD, **typed, **more}).content.decode()


def kept() -> list[tuple[float, str]]:
    return [(float(one.value), one.state) for one in Result.objects.filter(period=PERIOD).order_by("target__number")]


@pytest.fixture
def money(ward: Organisation) -> Target:
    made = services.add_target(
        ward, ACTOR, term="2020-2025", number=3, name="Thu ngân sách", unit="tỷ đồng", nature="flow",
        direction="at_least", low=50,
    )  # fmt: skip
    services.add_result(made.pk, ACTOR, period="2022", value="41,5", unit="tỷ đồng", approved=True)
    return made


def test_a_grid_has_goal_figure_before_and_unit(desk: Client, insurance: Target, money: Target) -> None:
    html = page(desk)
    for words in (
        "Nhập số liệu 6 tháng đầu năm 2023", "≥ 94,5%", "91,6 (2022)", "≥ 50 tỷ đồng", "41,5 (2022)", "tỷ đồng</td>",
        "Đã nhập 0 / 2 chỉ tiêu",
    ):  # fmt: skip
        assert words in html, words


def test_a_register_without_targets_says_what_to_do(desk: Client, ward: Organisation) -> None:
    assert "Chưa có chỉ tiêu nào" in desk.get("/figures/").content.decode()


def test_what_is_typed_is_told_at_its_row_and_not_written(desk: Client, insurance: Target, money: Target) -> None:
    html = check(desk, {insurance: "91.9", money: "9000"})
    at_insurance = html.partition(f'id="m{insurance.pk}"')[2].partition("</div>")[0]
    at_money = html.partition(f'id="m{money.pk}"')[2].partition("</div>")[0]
    assert "dấu phẩy" in at_insurance
    assert "xem lại" in at_money
    assert "Đã nhập 2 / 2 chỉ tiêu · 1 lỗi" in html
    assert 'hx-swap-oob="true"' in html
    assert (Submission.objects.count(), Result.objects.filter(period=PERIOD).count()) == (0, 0)


def test_saved_then_sent_then_approved_by_another(desk: Client, insurance: Target, money: Target) -> None:
    html = send(desk, {insurance: "91,9", money: "22,5"}, "save").content.decode()
    assert "Đã lưu; chưa gửi" in html
    assert 'value="22,5"' in html
    assert kept() == [(91.9, "proposed"), (22_500_000_000, "proposed")]
    html = send(desk, {insurance: "91,9", money: "22,5"}, note="Biểu 02").content.decode()
    assert "đã gửi, chờ duyệt" in html
    assert 'name="value-' not in html
    assert kept() == [(91.9, "submitted"), (22_500_000_000, "submitted")]
    held = Submission.objects.get()
    assert held.note == "Biểu 02"
    services.approve_submission(held.pk, LEADER, held.version)
    assert "đã duyệt kỳ này: 91,9" in page(desk)


def test_one_wrong_figure_keeps_all_as_typed_and_writes_none(desk: Client, insurance: Target, members: Target) -> None:
    answer = send(desk, {insurance: "91,9", members: "-3"}, **{f"note-{insurance.pk}": "Biểu BHXH"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert all(f'value="{words}"' in html for words in ("91,9", "-3", "Biểu BHXH"))
    row = answer.content.decode().partition(f'id="m{members.pk}"')[2].partition("</div>")[0]
    assert "không thể âm" in row
    assert Submission.objects.count() == 0


def test_only_what_was_changed_is_entered_anew(desk: Client, insurance: Target, money: Target) -> None:
    send(desk, {insurance: "91,9", money: "22,5"}, "save")
    before = Result.objects.get(target=insurance, period=PERIOD).pk
    send(desk, {insurance: "91,9", money: "23"}, "save")
    assert Result.objects.get(target=insurance, period=PERIOD).pk == before
    send(desk, {insurance: "", money: "23"}, "save")
    assert kept() == [(23_000_000_000, "proposed")]


def test_an_estimate_its_day_and_evidence(desk: Client, insurance: Target, document: Document) -> None:
    more: dict[str, Any] = {f"kind-{insurance.pk}": "estimate", "as_of": "31/05/2023", "evidence": [str(document.pk)]}
    send(desk, {insurance: "91,9"}, **more)
    made = Result.objects.get(period=PERIOD)
    assert (made.kind, f"{made.as_of:%d/%m/%Y}") == ("estimate", "31/05/2023")
    assert list(Submission.objects.get().evidence.all()) == [document]


def test_sent_figures_are_taken_back_and_corrected(desk: Client, insurance: Target) -> None:
    send(desk, {insurance: "91,9"})
    assert "Đã lấy lại" in send(desk, {}, "back").content.decode()
    send(desk, {insurance: "91,7"})
    assert kept() == [(91.7, "submitted")]


def test_a_returned_report_says_why_here_and_on_today(desk: Client, insurance: Target) -> None:
    send(desk, {insurance: "91,9"})
    held = Submission.objects.get()
    services.return_submission(held.pk, LEADER, held.version, "Biểu ghi 91,7")
    html = page(desk)
    assert "bi.thu đã trả lại:" in html
    assert "Biểu ghi 91,7" in html
    assert "Sửa và gửi lại" in desk.get("/").content.decode()
    send(desk, {insurance: "91,7"})
    assert sorted(kept()) == [(91.7, "submitted"), (91.9, "returned")]
    assert "Sửa và gửi lại" not in desk.get("/").content.decode()


def test_of_two_who_enter_the_second_is_told_and_keeps_what_was_typed(desk: Client, insurance: Target) -> None:
    send(desk, {insurance: "91,9"}, "save")
    held = Submission.objects.get()
    services.enter_figures(held.pk, {insurance.pk: "92"}, ACTOR, held.version)
    fields = {"period": PERIOD, "version": held.version, "act": "save", f"value-{insurance.pk}": "93"}
    answer = desk.post("/figures/save/", fields)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "đã thay đổi" in html
    assert 'value="93"' in html
    assert kept() == [(92, "proposed")]


def test_nothing_to_send_says_so(desk: Client, insurance: Target) -> None:
    assert "Chưa nhập số liệu nào để gửi" in send(desk, {}).content.decode()


def test_a_closed_period_is_not_to_be_typed_in(desk: Client, insurance: Target) -> None:
    services.lock_period(insurance.organisation, "2023", LEADER, "Đã báo cáo quận")
    html = page(desk)
    assert "bi.thu khóa: Đã báo cáo quận" in html
    assert 'name="value-' not in html
    assert "khóa" in send(desk, {insurance: "91,9"}).content.decode()
    assert kept() == []


@pytest.mark.parametrize("typed", ["2023-H1", "bậy", "2099", ""])
def test_any_period_that_is_asked_for_opens_some_grid(desk: Client, insurance: Target, typed: str) -> None:
    assert desk.get(f"/figures/?period={typed}").status_code == 200
    assert desk.get(f"/figures/?year={typed}&part=M06").status_code == 200


def test_a_body_reports_what_it_leads_for_another(insurance: Target, members: Target) -> None:
    cell = services.add_organisation("Trạm Y tế", "office", "commune", "phường Bình Lâm", ADMIN, insurance.organisation)
    Target.objects.filter(pk=insurance.pk).update(lead=cell)
    user = User.objects.create_user("tram", password="Binh-Lam-2023")
    Membership.objects.create(user=user, role="body", organisation=cell)
    body = Client()
    body.force_login(user)
    html = page(body)
    assert insurance.name in html
    assert members.name not in html
    send(body, {insurance: "91,9"})
    assert kept() == [(91.9, "submitted")]


def test_who_may_not_enter_sees_and_cannot_type(inspector: Client, insurance: Target) -> None:
    html = page(inspector)
    assert "chỉ xem được số liệu" in html
    assert 'name="value-' not in html
    assert "không có quyền" in send(inspector, {insurance: "91,9"}).content.decode()
    assert kept() == []


def workbook(desk: Client, figures: dict[Target, Any]) -> SimpleUploadedFile:
    """The form of the screen, filled in."""
    answer = desk.get(f"/figures/form.xlsx?period={PERIOD}")
    assert "bieu-so-lieu-2023-H1.xlsx" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    sheet = sheet_of(book)
    for one, value in figures.items():
        sheet[f"G{row_of(sheet, one)}"] = value
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("bieu.xlsx", out.getvalue())


def test_the_form_goes_out_comes_back_with_a_preview_and_is_entered(
    desk: Client, insurance: Target, members: Target
) -> None:
    html = desk.post("/figures/take/", {"file": workbook(desk, {insurance: 91.9, members: 3})}).content.decode()
    assert "2 mới" in html
    assert "91,9%" in html
    assert kept() == []
    held = html.partition('name="held" value="')[2].partition('"')[0]
    html = desk.post("/figures/take/", {"held": held}, follow=True).content.decode()
    assert "Đã nhập biểu “bieu.xlsx”; chưa gửi" in html
    assert kept() == [(91.9, "proposed"), (3, "proposed")]
    again = desk.post("/figures/take/", {"file": workbook(desk, {})}).content.decode()
    assert "Không có gì mới" in again


def test_a_fault_in_the_form_is_told_by_its_cell_and_nothing_can_be_confirmed(desk: Client, members: Target) -> None:
    answer = desk.post("/figures/take/", {"file": workbook(desk, {members: -3})})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "không thể âm" in html
    assert 'name="held"' not in html


def test_what_changed_since_the_preview_is_previewed_anew(desk: Client, insurance: Target) -> None:
    html = desk.post("/figures/take/", {"file": workbook(desk, {insurance: 91.9})}).content.decode()
    held = html.partition('name="held" value="')[2].partition('"')[0]
    send(desk, {insurance: "91,5"}, "save")
    answer = desk.post("/figures/take/", {"held": held})
    assert answer.status_code == 409
    assert "sổ đã thay đổi" in answer.content.decode()
    assert kept() == [(91.5, "proposed")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Chưa chọn tệp nào"),
        ({"held": "bậy"}, "quá một giờ"),
        ({"file": SimpleUploadedFile("a.xlsx", b"khong phai")}, "a.xlsx"),
        ({"file": SimpleUploadedFile("a.xlsx", b"0" * 1_100_000)}, "lớn hơn 1 MB"),
    ],
)
def test_what_is_no_form_is_refused_in_words(
    desk: Client, insurance: Target, fields: dict[str, Any], words: str
) -> None:
    answer = desk.post("/figures/take/", fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_grid_in_english(desk: Client, insurance: Target) -> None:
    desk.cookies["django_language"] = "en"
    html = page(desk)
    for words in ("Figures of the first half of 2023", "0 of 1 targets entered", "Send for approval"):
        assert words in html, words
    assert "decimals a comma" in check(desk, {insurance: "91.9"})
