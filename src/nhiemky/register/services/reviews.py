"""Freezes a review: the pack of one day, its digest, and who made it."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import checks, events
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Organisation, Review
from nhiemky.register.models.reviews import ReviewKind
from nhiemky.register.packs import make_pack
from nhiemky.register.services.records import may_write, write
from nhiemky.values.canonical import sha256_of
from nhiemky.values.figures import day
from nhiemky.values.period import Term


@write
def create_review(organisation: Organisation, kind: str, term: str, as_of: date, actor: Actor) -> Review:
    """Judge the board on `as_of` and keep the whole answer; figures dated later are not in it."""
    may_write(actor)
    kind = checks.one_of(kind, dict(ReviewKind.choices), "kind")
    whole = checks.term(term)
    check_review_day(whole, as_of)
    now = timezone.now()
    pack = make_pack(organisation, kind, str(whole), as_of, now)
    made = Review.objects.create(
        organisation=organisation,
        kind=kind,
        term=str(whole),
        as_of=as_of,
        pack=pack,
        digest=sha256_of(pack),
        created_by=actor.name,
        created_at=now,
    )
    told = {"kind": kind, "term": str(whole), "as_of": as_of, "digest": made.digest, "rows": len(pack["rows"])}
    events.append(actor, "create_review", made, told)
    return made


def check_review_day(whole: Term, as_of: date) -> None:
    """A review of a term speaks of a day in it, or in the year after it."""
    first, last = whole.first_day, date(whole.end_year + 1, 12, 31)
    if not first <= as_of <= last:
        words = _(
            "Ngày chốt số liệu %(found)s nằm ngoài nhiệm kỳ %(term)s; cần từ %(first)s đến %(last)s. "
            "Hãy sửa ngày hoặc chọn nhiệm kỳ khác."
        )
        said = {"found": day(as_of), "term": whole, "first": day(first), "last": day(last)}
        raise ServiceError("as_of", words % said)
