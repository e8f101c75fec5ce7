"""The grid of figures with a real browser: checks as one types, a column pasted from Excel, walking as in a sheet."""

import pytest
from playwright.sync_api import Page, expect

from nhiemky.register.models import Result, Target

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([node, text]) => { const data = new DataTransfer(); data.setData("text/plain", text);
    node.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""


def opened(page: Page) -> Page:
    page.goto("/figures/?period=2023-H1")
    return page


def paste(page: Page, target: Target, text: str) -> None:
    page.evaluate(PASTE, [page.locator(f"#value-{target.pk}").element_handle(), text])


def test_a_figure_is_checked_as_it_is_typed_and_sent(desk_page: Page, insurance: Target, members: Target) -> None:
    page = opened(desk_page)
    first = page.locator(f"#value-{insurance.pk}")
    first.press_sequentially("91.9")
    expect(page.locator(f"#m{insurance.pk}")).to_contain_text("dấu phẩy")
    expect(page.locator("#tally")).to_contain_text("1 lỗi")
    first.fill("91,9")
    expect(page.locator(f"#m{insurance.pk}")).to_be_empty()
    first.press("Enter")  # as in a sheet: down, not sent
    expect(page.locator(f"#value-{members.pk}")).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.get_by_role("button", name="Gửi để duyệt").click()
    expect(page.locator(".messages")).to_contain_text("Đã gửi số liệu")
    assert sorted(Result.objects.filter(period="2023-H1").values_list("state", flat=True)) == ["submitted"] * 2


def test_a_column_from_excel_runs_down_the_rows(desk_page: Page, insurance: Target, members: Target) -> None:
    page = opened(desk_page)
    paste(page, insurance, "91,9\tBiểu BHXH\r\n3\t\r\n7\t\r\n")
    expect(page.locator(f"#value-{insurance.pk}")).to_have_value("91,9")
    expect(page.locator(f"#value-{members.pk}")).to_have_value("3")
    expect(page.locator(f"[name=note-{insurance.pk}]")).to_have_value("Biểu BHXH")
    expect(page.locator(".hint-line")).to_contain_text("Đã dán 2 số từ bảng tính; 1 dòng không có chỗ")
    expect(page.locator("#tally")).to_contain_text("Đã nhập 2 / 2")


def test_rows_pasted_with_their_names_find_their_places(desk_page: Page, insurance: Target, members: Target) -> None:
    page = opened(desk_page)
    paste(page, insurance, f"{members.name.upper()}\t4\n{insurance.name}\t91,8")
    expect(page.locator(f"#value-{members.pk}")).to_have_value("4")
    expect(page.locator(f"#value-{insurance.pk}")).to_have_value("91,8")


def test_a_single_figure_is_pasted_as_ever(desk_page: Page, insurance: Target) -> None:
    page = opened(desk_page)
    paste(page, insurance, "91,9")
    expect(page.locator(".hint-line")).to_contain_text("Chép một cột từ Excel")
