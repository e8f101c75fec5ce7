"""A long document on the Read screen: a page of proposals at a time with its text, every fact on one of them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.desk.long import keep_long_document

from nhiemky.desk.stretches import SIZE
from nhiemky.register import services
from nhiemky.register.actors import Actor
from nhiemky.register.models import Document, Organisation, Proposal


@pytest.fixture
def long_document(ward: Organisation) -> Document:
    return keep_long_document(ward)


def keys(html: str) -> list[int]:
    """The proposals whose cards are on the page."""
    return [int(key) for key in re.findall(r'<li class="prop[^"]*" id="p(\d+)"', html)]


def test_a_long_document_is_shown_page_by_page(desk: Client, long_document: Document) -> None:
    every = list(Proposal.objects.filter(document=long_document).order_by("span_start").values_list("pk", flat=True))
    seen, address = [], f"/documents/{long_document.pk}/"
    for number in range(1, 6):
        html = desk.get(f"{address}?page={number}").content.decode()
        assert f"Đã xử lý <b>0 / {len(every)}</b> số liệu" in html
        assert set(re.findall(r'data-key="p(\d+)"', html)) >= {str(key) for key in keys(html)}
        seen += keys(html)
    assert seen == every
    assert len(html) < 600_000


@pytest.mark.parametrize("address", ["/documents/{}/", "/documents/{}/part/?page=2"])
def test_more_facts_ask_no_more_of_the_store(
    desk: Client, document: Document, long_document: Document, address: str
) -> None:
    asked = []
    for one in (document, long_document):
        desk.get(address.format(one.pk))
        with CaptureQueriesContext(connection) as queries:
            desk.get(address.format(one.pk))
        asked.append(len(queries))
    assert asked[1] <= asked[0] < 30


def test_the_address_of_a_proposal_opens_its_page(desk: Client, long_document: Document) -> None:
    last = Proposal.objects.filter(document=long_document).order_by("span_start").last()
    assert last is not None
    html = desk.get(f"/documents/{long_document.pk}/?p={last.pk}").content.decode()
    assert keys(html)[-1] == last.pk
    assert re.search(rf'class="prop pending on" id="p{last.pk}"', html)


def test_the_next_that_waits_is_found_over_the_end_of_a_page(desk: Client, long_document: Document) -> None:
    every = list(Proposal.objects.filter(document=long_document).order_by("span_start"))
    for one in every[SIZE : 2 * SIZE + 3]:
        services.reject_proposal(one.pk, Actor("thử", "office"))
    past = f"/documents/{long_document.pk}/part/?past="
    html = desk.get(f"{past}{every[SIZE - 1].pk}").content.decode()
    assert f'class="prop pending on" id="p{every[2 * SIZE + 3].pk}"' in html
    html = desk.get(f"{past}{every[-1].pk}").content.decode()
    assert f'class="prop pending on" id="p{every[0].pk}"' in html


def test_a_mark_of_another_page_leads_there_and_more_text_can_be_shown(desk: Client, long_document: Document) -> None:
    html = desk.get(f"/documents/{long_document.pk}/?page=2").content.decode()
    first = Proposal.objects.filter(document=long_document).order_by("span_start")[SIZE - 1]
    assert f'href="?p={first.pk}#p{first.pk}"' in html
    wider = re.findall(r'hx-get="([^"]+text=[^"]+)"', html)
    assert len(wider) == 2
    more = desk.get(wider[0].replace("&amp;", "&")).content.decode()
    assert more.count('class="m ') > html.count('class="m ')
    assert keys(more) == []
