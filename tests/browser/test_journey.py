"""The clerk's way through the desk with a real browser: read by keyboard, see the board, one target, a review."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.desk.readings import PAGE

from nhiemky.register.models import Document, Proposal, Result, Target

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_document(page: Page, document: Document) -> None:
    page.goto(f"/documents/{document.pk}/")
    expect(page.locator(".prop.on")).to_have_count(1)


def state(page: Page, proposal: Proposal) -> str | None:
    return page.locator(f"#p{proposal.pk}").get_attribute("data-state")


def select(page: Page, proposal: Proposal) -> None:
    """By its mark in the text, as one does who reads."""
    page.locator(f'.doc .m[data-key="p{proposal.pk}"]').first.click()
    expect(page.locator(f"#p{proposal.pk}")).to_have_class("prop pending on")


def test_a_pasted_page_is_read(desk_page: Page, insurance: Target) -> None:
    desk_page.goto("/documents/")
    desk_page.get_by_label("Hoặc dán nội dung").fill(PAGE)
    desk_page.get_by_role("button", name="Đọc", exact=True).click()
    expect(desk_page.locator(".doc .m").first).to_be_visible()
    expect(desk_page.locator(".prop").first).to_be_visible()


def test_j_and_k_walk_and_the_text_follows(desk_page: Page, document: Document) -> None:
    open_document(desk_page, document)
    first = desk_page.locator(".prop.on").get_attribute("id")
    desk_page.keyboard.press("j")
    second = desk_page.locator(".prop.on").get_attribute("id")
    assert first != second
    expect(desk_page.locator(".doc .m.on").first).to_have_attribute("data-key", str(second))
    desk_page.keyboard.press("k")
    expect(desk_page.locator(".prop.on")).to_have_id(str(first))


def test_accept_edit_reject_undo_by_keyboard(desk_page: Page, document: Document, proposal: Proposal) -> None:
    open_document(desk_page, document)
    select(desk_page, proposal)
    desk_page.keyboard.press("a")
    expect(desk_page.locator(f"#p{proposal.pk}")).to_have_attribute("data-state", "accepted")
    expect(desk_page.locator(".toast")).to_contain_text("Đã nhận")
    expect(desk_page.locator("#meter")).to_contain_text("1 / 6")
    desk_page.keyboard.press("u")
    expect(desk_page.locator(f"#p{proposal.pk}")).to_have_attribute("data-state", "pending")
    desk_page.keyboard.press("r")
    expect(desk_page.locator(f"#p{proposal.pk}")).to_have_attribute("data-state", "rejected")
    desk_page.keyboard.press("u")
    expect(desk_page.locator(f"#p{proposal.pk}")).to_have_attribute("data-state", "pending")
    desk_page.keyboard.press("e")
    value = desk_page.locator(f"#p{proposal.pk} #id_value")
    expect(value).to_have_value("91,8")
    expect(value).to_be_focused()
    value.fill("91.9")
    desk_page.keyboard.press("Enter")
    expect(desk_page.locator("#id_value_error")).to_contain_text("dấu phẩy")
    expect(desk_page.locator("#id_value")).to_be_focused()
    desk_page.locator("#id_value").fill("91,9")
    desk_page.get_by_role("button", name="Nhận bản đã sửa").click()
    expect(desk_page.locator(f"#p{proposal.pk}")).to_have_attribute("data-state", "accepted")
    assert float(Result.objects.get(document=document).value) == 91.9


def test_typing_in_a_field_decides_nothing(desk_page: Page, document: Document, proposal: Proposal) -> None:
    open_document(desk_page, document)
    select(desk_page, proposal)
    desk_page.keyboard.press("e")
    indicator = desk_page.locator("#id_indicator")
    expect(desk_page.locator("#id_value")).to_be_focused()
    indicator.press_sequentially(" arujke")
    assert not Proposal.objects.exclude(state="pending").exists()


def test_a_composition_or_a_shortcut_decides_nothing(desk_page: Page, document: Document, proposal: Proposal) -> None:
    open_document(desk_page, document)
    select(desk_page, proposal)
    desk_page.evaluate(
        """() => { for (const [kind, more] of [["keydown", {isComposing: true}], ["keyup", {isComposing: true}]])
             document.body.dispatchEvent(new KeyboardEvent(kind, {key: "a", bubbles: true, ...more}));
           document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "r", bubbles: true})); }"""
    )
    desk_page.keyboard.press("Control+a")
    desk_page.keyboard.down("Control")
    desk_page.keyboard.down("a")
    desk_page.keyboard.up("Control")
    desk_page.keyboard.up("a")
    desk_page.wait_for_timeout(300)
    assert not Proposal.objects.exclude(state="pending").exists()


def test_all_sure_ones_then_the_board(desk_page: Page, document: Document, insurance: Target) -> None:
    open_document(desk_page, document)
    desk_page.get_by_role("button", name="đề xuất chắc chắn").click()
    expect(desk_page.locator(".toast")).to_contain_text("đề xuất chắc chắn")
    desk_page.goto("/targets/?as_of=30/06/2023")
    row = desk_page.locator("tr.t", has_text="bảo hiểm y tế")
    expect(row).to_contain_text("91,8")
    expect(row).to_contain_text("Nguy cơ không đạt")
    row.get_by_role("link").click()
    expect(desk_page.locator("h1")).to_have_text(insurance.name)
    expect(desk_page.locator(".quote mark")).to_have_text("91,8%")
    desk_page.locator(".results a").first.click()
    expect(desk_page.locator(".target-span, .m.on").first).to_be_in_viewport()


def test_a_review_is_frozen_and_downloaded(desk_page: Page, document: Document) -> None:
    desk_page.goto("/reviews/")
    desk_page.get_by_role("link", name="Lập bản kiểm điểm").click()
    desk_page.get_by_label("Số liệu đến ngày").fill("30/06/2023")
    desk_page.get_by_role("button", name="Xem còn thiếu gì").click()
    expect(desk_page.get_by_text("Câu hỏi còn mở")).to_be_visible()
    desk_page.get_by_role("button", name="Chốt số liệu").click()
    for name in ("Tải DOCX", "Tải PDF"):
        with desk_page.expect_download() as download:
            desk_page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.startswith("du-thao-kiem-diem-2020-2025")


def test_without_scripts_the_same_is_possible(
    chromium: Browser, live_server: LiveServer, office: object, document: Document, proposal: Proposal
) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/documents/{document.pk}/")
    page.get_by_label("Tên đăng nhập").fill("vanphong")
    page.get_by_label("Mật khẩu").fill("Binh-Lam-2023")
    page.get_by_role("button", name="Vào").click()
    card = page.locator(f"#p{proposal.pk}")
    card.get_by_role("button", name="Nhận", exact=True).or_(card.locator("[data-act=accept]")).first.click()
    expect(page.locator(f"#p{proposal.pk}")).to_have_attribute("data-state", "accepted")
    page.locator(".toast button").click()
    expect(page.locator(f"#p{proposal.pk}")).to_have_attribute("data-state", "pending")
    page.locator(f"#p{proposal.pk} [data-act=edit]").click()
    expect(page.locator("#id_value")).to_have_value("91,8")
    context.close()
