"""Each screen at desk and phone width, light and dark: no serious fault of accessibility, no sideways scroll."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.register.sheets import PEOPLE, ROWS, held, loaded

from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Proposal, Target

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 360)
SERIOUS = ("serious", "critical")


@pytest.fixture
def addresses(document: Document, insurance: Target, proposal: Proposal) -> dict[str, str]:
    annexed = held(document.organisation, loaded(ROWS, PEOPLE))
    services.add_result(insurance.pk, Actor("chi.lan"), period="2022-H1", value="45,9")
    own = services.add_result(insurance.pk, Actor("vanphong"), period="2021-H1", value="91", note="Biểu")
    services.lock_period(own.organisation, "2020", Actor("bi.thu", "leader"), "đã báo cáo")
    made = services.create_review(document.organisation, "midterm", "2020-2025", date(2023, 6, 30), Actor("thử"))
    return {
        "today": "/",
        "documents": "/documents/",
        "read": f"/documents/{document.pk}/",
        "tables": f"/documents/{annexed.pk}/",
        "by-hand": f"/documents/{annexed.pk}/?table=2-0",
        "edit": f"/proposals/{proposal.pk}/edit/",
        "board": "/targets/",
        "worst": "/targets/?sort=worst",
        "target": f"/targets/{insurance.pk}/",
        "figures": "/figures/?period=2023-H1",
        "approvals": "/approvals/",
        "periods": "/approvals/periods/",
        "reviews": "/reviews/",
        "review-add": "/reviews/add/?term=2020-2025&as_of=30/06/2023",
        "review": f"/reviews/{made.pk}/",
        "missing": "/targets/999/",
    }


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']} — {node['html'][:160]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen(desk_page: Page, addresses: dict[str, str], width: int, scheme: str) -> None:
    desk_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    desk_page.set_viewport_size({"width": width, "height": 800})
    wrong: dict[str, list[str]] = {}
    for name, address in addresses.items():
        desk_page.goto(address)
        wide = desk_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = faults(desk_page) + ([f"scrolls sideways by {wide} px"] if wide > 0 else [])
        if found:
            wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_sign_in(page: Page, width: int, db: None) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/sign-in/")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_skips_to_the_content(desk_page: Page, document: Document) -> None:
    desk_page.goto("/targets/")
    desk_page.keyboard.press("Tab")
    assert desk_page.evaluate("document.activeElement.className") == "skip"
    desk_page.keyboard.press("Enter")
    assert desk_page.evaluate("location.hash") == "#content"
