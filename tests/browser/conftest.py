"""Chromium of the machine on a live server; where it is missing the browser tests are skipped and say so."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.desk.conftest import document, insurance, members, office, proposal, ward

__all__ = ["document", "insurance", "members", "office", "proposal", "ward"]

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's event loop runs in this thread
expect.set_options(timeout=20_000)  # a busy machine answers late; a page that is right is not waited for
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not os.path.exists(CHROMIUM):
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page whose scripts may not fail and whose content policy may not be broken."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN", base_url=live_server.url)
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def desk_page(page: Page, office: object) -> Page:
    """Signed in through the form, as a person does."""
    page.goto("/sign-in/")
    page.get_by_label("Tên đăng nhập").fill("vanphong")
    page.get_by_label("Mật khẩu").fill("Binh-Lam-2023")
    page.get_by_role("button", name="Vào").click()
    page.wait_for_url("**/")
    return page
