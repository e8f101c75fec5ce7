"""A store that cannot keep a step says so on the page that is open, and the step is not shown as done."""

import sqlite3

import pytest
from django.db import OperationalError
from playwright.sync_api import Page, expect

from nhiemky.register import services
from nhiemky.register.models import Proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_full_disk_is_told_where_the_clerk_looks(
    desk_page: Page, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorname = "SQLITE_FULL"
        raise OperationalError("database or disk is full") from cause

    monkeypatch.setattr(services, "accept_proposal", full)
    desk_page.goto(f"/documents/{proposal.document_id}/?p={proposal.pk}")
    expect(desk_page.locator(".prop.on")).to_have_id(f"p{proposal.pk}")
    desk_page.keyboard.press("a")
    expect(desk_page.locator("#toast")).to_contain_text("Đĩa chứa sổ đã đầy")
    expect(desk_page.locator(f"#p{proposal.pk}")).to_have_attribute("data-state", "pending")
