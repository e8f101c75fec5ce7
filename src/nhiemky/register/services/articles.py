"""Keeps news items of portals; the same item on another portal points to the first and is one source with it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.fingerprints import alike, fingerprint, same_item
from nhiemky.register.models import Article, Document, Organisation
from nhiemky.register.services.records import values, write
from nhiemky.values.figures import day

_NEAR = timedelta(days=14)  # an item is copied within days; a yearly one comes again in the same words


@write
def add_article(
    organisation: Organisation,
    actor: Actor,
    *,
    title: str,
    address: str = "",
    portal: str = "",
    published_on: Any = None,
    document: Document | None = None,
) -> Article:
    """A news item, with its document where the text is held. `same_as` names the first article of the same item."""
    access.require(actor, Power.COMPILE, organisation)
    if document is not None and document.organisation_id != organisation.pk:
        raise ServiceError("document", _("Văn bản này là của tổ chức khác. Hãy chọn văn bản của đơn vị này."))
    address = checks.short(address, "address", 600)
    if address and Article.objects.filter(organisation=organisation, address=address).exists():
        raise ServiceError("address", _("Bài ở địa chỉ này đã có trong sổ. Hãy mở bài đã có."))
    made = new_article(organisation, actor, title, address, portal, published_on, document)
    events.append(actor, "add_article", made, {"made": values(made)})
    return made


def new_article(
    organisation: Organisation,
    actor: Actor,
    title: str,
    address: str,
    portal: str,
    published_on: Any,
    document: Document | None,
) -> Article:
    """Checked and saved, without an event: for services that write their own."""
    where = checks.short(address, "address", 600)
    host = _host(where) if where else ""
    on = checks.real_day(published_on, "published_on") if published_on else None
    if on is not None and on > timezone.localdate() + timedelta(days=1):
        words = _("Ngày đăng %s chưa đến. Hãy sửa ngày.")
        raise ServiceError("published_on", words % day(on))
    name = checks.text(title, "title", 400, _("tiêu đề bài đăng"))
    made = Article(
        organisation=organisation, document=document, title=name, address=where, published_on=on,
        portal=checks.short(portal, "portal", 200) or host, made_by=actor.name, made_at=timezone.now(),
        fingerprint=fingerprint(document.text if document is not None else name),
    )  # fmt: skip
    made.same_as = _first_of(made)
    made.save()
    return made


def _first_of(article: Article) -> Article | None:
    """The first article held of the same item: at the same address, or within days in the same words and figures."""
    held = (
        Article.objects.filter(organisation__in=access.family_of(article.organisation_id))
        .select_related("document")
        .order_by("pk")
    )
    if article.address:
        before = held.filter(address=article.address).first()
        if before is not None:
            return before.same_as or before
    if article.published_on is not None:
        first, last = article.published_on - _NEAR, article.published_on + _NEAR
        held = held.filter(Q(published_on=None) | Q(published_on__range=(first, last)))
    for key, other in held.values_list("pk", "fingerprint"):
        if alike(other, article.fingerprint):
            found = Article.objects.select_related("document", "same_as").get(pk=key)
            if same_item(_text(article), _text(found)):
                return found.same_as or found
    return None


def _text(article: Article) -> str:
    return article.document.text if article.document is not None else article.title


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        words = _("Gặp “%s”; cần một địa chỉ trang, như https://phuong.example.vn/bai-1. Hãy sửa địa chỉ.")
        raise ServiceError("address", words % address)
    return str(parts.hostname)
