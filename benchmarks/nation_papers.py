"""Papers and news items of a nation's bodies, by seed: what benchmarks.nation adds to its organisations."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from nhiemky.register.models import Article, Document, DocumentLink, Organisation
from nhiemky.register.models.documents import LinkKind

ABOVE, BELOW, CARRIED_OUT = 12, 6, 5  # papers of a province, of a commune, and of those that carry out the province's
ITEMS = 60  # a month one
_KINDS = ("resolution", "programme", "plan", "programme", "plan", "directive")
_TEXT = (
    "Đảng ủy ban hành chương trình thực hiện nghị quyết, giao các chi bộ tổ chức thực hiện và báo cáo kết quả.\n" * 15
)
_BATCH = 5000

Row = TypeVar("Row", bound=Model)


def build(seed: int) -> None:
    """Each commune carries out five of its province's papers; what nothing carries out is a gap."""
    chance, now = random.Random(seed), timezone.now()
    parents = dict(Organisation.objects.order_by("pk").values_list("pk", "parent_id"))
    with transaction.atomic():
        _save(Document, (_document(body, number) for body, above in parents.items()
                         for number in range(BELOW if above else ABOVE)))  # fmt: skip
        held: dict[int, list[int]] = {}
        for pk, body in Document.objects.order_by("pk").values_list("pk", "organisation"):
            held.setdefault(body, []).append(pk)
        pairs = ((held[body][at], held[above][at]) for body, above in parents.items() if above
                 for at in range(CARRIED_OUT))  # fmt: skip
        kind = LinkKind.CONCRETISES
        _save(DocumentLink, (DocumentLink(document_id=one, to_id=to, kind=kind, made_by="mẫu", made_at=now)
                             for one, to in pairs))  # fmt: skip
        _save(Article, (_article(body, number, chance) for body in parents for number in range(ITEMS)))


def _document(body: int, number: int) -> Document:
    kind = _KINDS[number % len(_KINDS)]
    return Document(
        organisation_id=body, kind=kind, number=f"{number + 1:02}-{kind[:2].upper()}/{body}", text=_TEXT,
        issued_on=date(2021, 1, 15) + timedelta(days=30 * number), abstract=f"văn bản số {number + 1}",
        source_name="mẫu.txt", sha256=f"{number:02x}{body:062x}", added_by="mẫu", added_at=timezone.now(),
    )  # fmt: skip


def _article(body: int, number: int, chance: random.Random) -> Article:
    return Article(
        organisation_id=body, title=f"Tin số {number} của đơn vị {body}", portal="mau.example.vn",
        address=f"https://mau.example.vn/{body}/{number}", fingerprint=f"{chance.getrandbits(64):016x}",
        published_on=date(2021, 1, 10) + timedelta(days=30 * number), made_by="mẫu", made_at=timezone.now(),
    )  # fmt: skip


def _save(model: type[Row], rows: Iterator[Row]) -> None:
    """A few thousand at a time: half a million rows held at once take a gigabyte."""
    while batch := list(islice(rows, _BATCH)):
        model._default_manager.bulk_create(batch)
