"""A long document in a real browser: the keyboard walks over the borders of its pages, undo finds its way back."""

import pytest
from playwright.sync_api import Page, expect
from tests.desk.long import COUNT, keep_long_document

from nhiemky.desk.stretches import SIZE
from nhiemky.register.models import Document, Organisation, Proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def long_document(ward: Organisation) -> Document:
    return keep_long_document(ward)


def test_the_keyboard_walks_over_the_borders_of_pages(desk_page: Page, long_document: Document) -> None:
    every = list(Proposal.objects.filter(document=long_document).order_by("span_start"))
    last, first = every[SIZE - 1], every[SIZE]
    desk_page.goto(f"/documents/{long_document.pk}/?p={last.pk}")
    expect(desk_page.locator(".prop.on")).to_have_id(f"p{last.pk}")
    desk_page.keyboard.press("j")
    expect(desk_page.locator(".prop.on")).to_have_id(f"p{first.pk}")
    expect(desk_page.locator(".doc .m.on")).to_have_attribute("data-key", f"p{first.pk}")
    expect(desk_page).to_have_url(f"/documents/{long_document.pk}/?page=2")
    desk_page.keyboard.press("k")
    expect(desk_page.locator(".prop.on")).to_have_id(f"p{last.pk}")
    desk_page.keyboard.press("r")
    expect(desk_page.locator(".prop.on")).to_have_id(f"p{first.pk}")
    expect(desk_page.locator("#meter")).to_contain_text(f"1 / {COUNT}")
    desk_page.keyboard.press("u")
    expect(desk_page.locator(f"#p{last.pk}")).to_have_attribute("data-state", "pending")
    expect(desk_page.locator("#meter")).to_contain_text(f"0 / {COUNT}")


def test_more_text_comes_without_moving_what_is_read(desk_page: Page, long_document: Document) -> None:
    desk_page.goto(f"/documents/{long_document.pk}/?page=3")
    mark = desk_page.locator(".doc .m.on")
    mark.scroll_into_view_if_needed()
    expect(desk_page.locator(".doc p.wider")).to_have_count(2)
    shown, top = desk_page.locator(".doc p").count(), mark.bounding_box()
    desk_page.locator("[data-wider=before]").dispatch_event("click")
    expect(desk_page.locator(".doc p").nth(shown)).to_be_attached()
    after = mark.bounding_box()
    assert top is not None
    assert after is not None
    assert abs(after["y"] - top["y"]) < 3
    expect(mark).to_have_count(1)
