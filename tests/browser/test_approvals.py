"""The Approve screen with a real browser: by keyboard and mouse, several at once, taken back, and never by accident."""

import pytest
from playwright.sync_api import Page, expect
from tests.desk.conftest import ACTOR

from nhiemky.register import services
from nhiemky.register.models import Result, Target

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(insurance: Target, members: Target) -> list[Result]:
    """A doubtful figure and two plain ones."""
    return [
        services.add_result(insurance.pk, ACTOR, period="2023-H1", value="45,9", note="Biểu BHXH"),
        services.add_result(members.pk, ACTOR, period="2022-H1", value=3, note="Sổ kết nạp"),
        services.add_result(members.pk, ACTOR, period="2023-H1", value=4, note="Sổ kết nạp"),
    ]


def states() -> list[str]:
    return list(Result.objects.filter(period__contains="-H1").order_by("pk").values_list("state", flat=True))


def current(page: Page, result: Result) -> None:
    expect(page.locator(".wait.on")).to_have_id(f"r{result.pk}")


def test_walk_approve_return_and_take_back_by_keyboard(desk_page: Page, three: list[Result]) -> None:
    page = desk_page
    page.goto("/")
    page.get_by_role("link", name="Duyệt 3").click()
    current(page, three[0])
    page.keyboard.press("j")
    current(page, three[1])
    page.keyboard.press("a")
    expect(page.locator(".toast")).to_contain_text("Đã duyệt 1 mục")
    current(page, three[2])  # goes on where it stood
    page.keyboard.press("u")
    expect(page.locator(".toast")).to_contain_text("chờ duyệt như trước")
    assert states() == ["proposed"] * 3
    page.keyboard.press("r")
    reason = page.get_by_label("Lý do trả lại, thử sẽ đọc được").first
    expect(reason).to_be_focused()
    page.keyboard.type("Biểu ghi 95,9: ax j")  # letters that are commands elsewhere
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Đã trả lại 1 mục")
    assert states() == ["returned", "proposed", "proposed"]


def test_several_are_picked_and_approved_at_once(desk_page: Page, three: list[Result]) -> None:
    page = desk_page
    page.goto("/approvals/")
    bar = page.locator("#bulk")
    expect(bar).to_be_hidden()
    page.get_by_role("button", name="Chọn 2 mục không có gì phải xem kỹ").click()
    expect(bar).to_contain_text("Đã chọn 2 mục")
    page.keyboard.press("x")
    expect(bar).to_contain_text("Đã chọn 3 mục")
    page.keyboard.press("x")
    page.keyboard.press("a")
    expect(page.locator(".toast")).to_contain_text("Đã duyệt 2 mục")
    assert states() == ["proposed", "approved", "approved"]


def test_a_reason_that_is_missing_is_asked_for_where_it_belongs(desk_page: Page, three: list[Result]) -> None:
    page = desk_page
    page.goto("/approvals/")
    page.locator(f"#r{three[0].pk}").get_by_role("button", name="Trả lại").first.click()
    page.keyboard.press("Enter")
    expect(page.locator(f"#r{three[0].pk} .warn")).to_contain_text("Chưa có lý do trả lại")
    current(page, three[0])
    assert states() == ["proposed"] * 3


def test_a_composition_or_a_shortcut_decides_nothing(desk_page: Page, three: list[Result]) -> None:
    page = desk_page
    page.goto("/approvals/")
    page.evaluate(
        """() => { for (const kind of ["keydown", "keyup"])
             document.body.dispatchEvent(new KeyboardEvent(kind, {key: "a", bubbles: true, isComposing: true})); }"""
    )
    page.keyboard.press("Control+a")
    page.wait_for_timeout(300)
    assert states() == ["proposed"] * 3


def test_without_scripts_everything_is_a_form(desk_page: Page, three: list[Result]) -> None:
    """The buttons of a card and of the bar are plain posts; the reason is there to be typed."""
    page = desk_page
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/approvals/")
    page.locator(f"#fr{three[0].pk}").get_by_label("Lý do trả lại").fill("Biểu ghi 95,9")
    page.locator(f"#fr{three[0].pk}").get_by_role("button", name="Trả lại").click()
    page.locator(f"#r{three[1].pk} .pick").check()
    page.get_by_role("button", name="Duyệt các mục đã chọn").click()
    expect(page.locator(".toast")).to_contain_text("Đã duyệt 1 mục")
    assert states() == ["returned", "approved", "proposed"]
