"""A long document in a real browser: its reading is watched, the keyboard walks over the borders of its pages."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect
from tests.desk.long import COUNT, keep_long_document
from tests.desk.readings import PAGE

from nhiemky.desk import uploads
from nhiemky.desk.incoming import jobs, run
from nhiemky.desk.incoming.jobs import Job
from nhiemky.desk.stretches import SIZE
from nhiemky.register.actors import Actor
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


def test_a_long_reading_is_watched_left_and_found_again(
    desk_page: Page, ward: Organisation, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WORKSPACE = tmp_path / "workspace"
    monkeypatch.setattr(uploads, "SMALL", 0)
    started: list[Job] = []
    monkeypatch.setattr(jobs, "start", started.append)
    (tmp_path / "quét.txt").write_text(PAGE, encoding="utf-8")
    desk_page.goto("/documents/")
    desk_page.locator("#id_files").set_input_files(tmp_path / "quét.txt")
    desk_page.get_by_role("button", name="Đọc", exact=True).click()
    expect(desk_page.locator("h1")).to_have_text("quét.txt")
    tell = run.telling(started[0])
    tell("recognition", 30, 300)
    expect(desk_page.locator(".job")).to_contain_text("trang 31 / 300")
    desk_page.get_by_role("link", name="Đọc văn bản").first.click()
    line = desk_page.locator(".jobs li")
    expect(line).to_contain_text("đang đọc 10%")
    desk_page.get_by_label("Hoặc dán nội dung").fill("đang gõ dở")
    tell("recognition", 300, 300)
    expect(line).to_contain_text("đang đọc 100%")
    run.work(started[0])
    expect(line).to_contain_text("đã đọc xong")
    expect(desk_page.get_by_label("Hoặc dán nội dung")).to_have_value("đang gõ dở")
    desk_page.get_by_role("link", name="Mở văn bản").click()
    expect(desk_page.locator(".doc .m").first).to_be_visible()


def test_the_page_of_a_reading_turns_into_the_document(
    desk_page: Page, ward: Organisation, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WORKSPACE = tmp_path / "workspace"
    started: list[Job] = []
    monkeypatch.setattr(jobs, "start", started.append)
    (tmp_path / "báo cáo.txt").write_text(PAGE, encoding="utf-8")
    job = jobs.put(tmp_path / "báo cáo.txt", "báo cáo.txt", ward.pk, Actor("vanphong"), "vi")
    desk_page.goto(f"/documents/incoming/{job.key}/")
    expect(desk_page.locator(".job")).to_contain_text("Đang mở tệp")
    run.work(started[0])
    desk_page.wait_for_url(f"**/documents/{Document.objects.get().pk}/")
    expect(desk_page.locator(".prop.on")).to_have_count(1)
