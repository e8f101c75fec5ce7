"""Freezes a review (the pack of one day and its digest) and leads it on: draft, appraisal, approved, issued, published.

A pack is never changed. A review that is reopened stays as it was; a new draft that names it goes on.
"""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Organisation, Review
from nhiemky.register.models.reviews import ReviewKind, ReviewState
from nhiemky.register.outline import sections_of
from nhiemky.register.packs import make_pack
from nhiemky.register.services.records import write
from nhiemky.register.services.versioned import not_to_come, saved, taken
from nhiemky.values.canonical import sha256_of
from nhiemky.values.figures import day
from nhiemky.values.period import Period, Term

_WRITTEN = (ReviewState.DRAFT, ReviewState.APPRAISAL)  # where people still write
_DECIDED = (ReviewState.APPROVED, ReviewState.ISSUED, ReviewState.PUBLISHED)
_MOST_LETTERS = 20_000


@write
def create_review(
    organisation: Organisation, kind: str, term: str, as_of: date, actor: Actor, *, period: Period | str | None = None
) -> Review:
    """Judge the board on `as_of` and keep the whole answer; figures dated later are not in it. A half-year's or a
    year's review speaks of a period: the one given, else the one that `as_of` closes."""
    access.require(actor, Power.COMPILE, organisation)
    kind = checks.one_of(kind, dict(ReviewKind.choices), "kind")
    whole = checks.term(term)
    check_review_day(whole, as_of)
    return _frozen(organisation, kind, whole, as_of, _period(kind, whole, as_of, period), actor)


@write
def edit_narrative(review_id: int, actor: Actor, sections: Mapping[str, str], *, version: int | None = None) -> Review:
    """Write sections (see `outline`) while the review is a draft or under appraisal; an empty text takes one away."""
    review = _review(review_id, actor, Power.COMPILE, version, *_WRITTEN)
    known = sections_of(review.pack)
    before, after = dict(review.narrative), dict(review.narrative)
    for key, said in sections.items():
        if key not in known:
            words = _("Báo cáo không có mục “%(found)s”; có các mục: %(names)s.")
            raise ServiceError("narrative", words % {"found": key, "names": ", ".join(known)})
        text = checks.plain(said, "narrative").replace("\r\n", "\n").strip()
        if len(text) > _MOST_LETTERS:
            words = _("Mục “%(key)s” dài %(found)s ký tự; cần không quá %(most)s.")
            raise ServiceError("narrative", words % {"key": key, "found": len(text), "most": _MOST_LETTERS})
        after[key] = text
    review.narrative = {key: after[key] for key in known if after.get(key)}
    saved(review, "narrative")
    changed = {key: [before.get(key, ""), after[key]] for key in sections if before.get(key, "") != after[key]}
    events.append(actor, "edit_narrative", review, {"changed": changed})
    return review


@write
def submit_review(review_id: int, actor: Actor, *, version: int | None = None) -> Review:
    """Hand the draft over for appraisal."""
    review = _review(review_id, actor, Power.COMPILE, version, ReviewState.DRAFT)
    return _moved(review, ReviewState.APPRAISAL, actor, "submit_review", {})


@write
def send_back_review(review_id: int, actor: Actor, reason: str, *, version: int | None = None) -> Review:
    """Appraisal finds something to be written again."""
    review = _review(review_id, actor, Power.APPROVE, version, ReviewState.APPRAISAL)
    review.state_reason = checks.text(reason, "reason", 600, _("lý do trả lại"))
    return _moved(review, ReviewState.DRAFT, actor, "send_back_review", {"reason": review.state_reason}, "state_reason")


@write
def approve_review(review_id: int, actor: Actor, *, version: int | None = None) -> Review:
    """A leader approves what somebody else compiled; from here on nothing of it changes."""
    review = _review(review_id, actor, Power.DECIDE, version, ReviewState.APPRAISAL)
    if review.created_by == actor.name:
        words = _("“%s” đã lập báo cáo này; việc duyệt do người khác làm.")
        raise ServiceError("", words % actor.name)
    review.approved_by, review.state_reason = actor.name, ""
    told = {"digest": review.digest, "narrative": sha256_of(review.narrative)}
    return _moved(review, ReviewState.APPROVED, actor, "approve_review", told, "approved_by", "state_reason")


@write
def issue_review(
    review_id: int, actor: Actor, number: str, issued_on: date | str, *, version: int | None = None
) -> Review:
    """The number and day under which it was signed."""
    review = _review(review_id, actor, Power.DECIDE, version, ReviewState.APPROVED)
    review.number = checks.text(number, "number", 60, _("số, ký hiệu"))
    review.issued_on = not_to_come(issued_on, "issued_on")
    if review.issued_on < review.as_of:
        words = _("Ngày ban hành %(found)s trước ngày chốt số liệu %(as_of)s. Hãy sửa ngày.")
        raise ServiceError("issued_on", words % {"found": day(review.issued_on), "as_of": day(review.as_of)})
    same = Review.objects.filter(organisation=review.organisation_id, number=review.number).exclude(pk=review.pk)
    if same.filter(issued_on__year=review.issued_on.year).exists():
        words = _("Số %s đã dùng cho một báo cáo khác trong năm. Hãy xem lại số.")
        raise ServiceError("number", words % review.number)
    told = {"number": review.number, "issued_on": review.issued_on}
    return _moved(review, ReviewState.ISSUED, actor, "issue_review", told, "number", "issued_on")


@write
def publish_review(review_id: int, actor: Actor, *, version: int | None = None) -> Review:
    """Publication is a decision of its own."""
    review = _review(review_id, actor, Power.DECIDE, version, ReviewState.ISSUED)
    return _moved(review, ReviewState.PUBLISHED, actor, "publish_review", {})


@write
def reopen_review(
    review_id: int, actor: Actor, reason: str, *, as_of: date | None = None, version: int | None = None
) -> Review:
    """A new draft from the register as it is now, with the words written so far; it names the old one as `previous`,
    which keeps its pack, words and number. Whoever reopens it does not approve it."""
    old = _review(review_id, actor, Power.APPROVE, version, *_DECIDED)
    old.state_reason = checks.text(reason, "reason", 600, _("lý do mở lại"))
    whole, on = checks.term(old.term), as_of or old.as_of
    check_review_day(whole, on)
    period = _period(old.kind, whole, on, (old.pack.get("period") or {}).get("key"))
    made = _frozen(old.organisation, old.kind, whole, on, period, actor, old)
    _moved(old, ReviewState.REOPENED, actor, "reopen_review",
           {"reason": old.state_reason, "next": made.pk}, "state_reason")  # fmt: skip
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


def _period(kind: str, whole: Term, as_of: date, said: Period | str | None) -> Period | None:
    """What a review speaks of; a mid-term review speaks of the term so far."""
    if kind == ReviewKind.MIDTERM:
        return None
    found = checks.period(said) if said else _closed_by(kind, as_of)
    fits = found.is_year if kind == ReviewKind.ANNUAL else found.part in ("H1", "H2")
    if not fits:
        expected = "2023" if kind == ReviewKind.ANNUAL else "2023-H1"
        words = _("Kỳ của báo cáo: gặp %(found)s, cần dạng %(expected)s.")
        raise ServiceError("period", words % {"found": found, "expected": expected})
    checks.within_term(found, whole)
    if as_of < found.start:
        words = _("Ngày chốt số liệu %(on)s trước khi kỳ bắt đầu, %(first)s. Hãy sửa ngày hoặc kỳ.")
        raise ServiceError("as_of", words % {"on": day(as_of), "first": day(found.start)})
    return found


def _closed_by(kind: str, as_of: date) -> Period:
    """A half-year is reviewed from a quarter before its end on, a year from its middle on."""
    if kind == ReviewKind.ANNUAL:
        return Period(as_of.year if as_of.month > 6 else as_of.year - 1)
    if as_of.month <= 3:
        return Period(as_of.year - 1, "H2")
    return Period(as_of.year, "H1" if as_of.month <= 9 else "H2")


def _frozen(
    organisation: Organisation, kind: str, whole: Term, as_of: date, period: Period | None, actor: Actor,
    previous: Review | None = None,
) -> Review:  # fmt: skip
    now = timezone.now()
    pack = make_pack(organisation, kind, str(whole), as_of, now, period)
    known = sections_of(pack)
    words = previous.narrative if previous else {}
    made = Review.objects.create(
        organisation=organisation,
        kind=kind,
        term=str(whole),
        as_of=as_of,
        pack=pack,
        digest=sha256_of(pack),
        narrative={key: text for key, text in words.items() if key in known},
        previous=previous,
        created_by=actor.name,
        created_at=now,
    )
    told = {"kind": kind, "term": str(whole), "as_of": as_of, "digest": made.digest, "rows": len(pack["rows"])}
    told |= {"period": str(period)} if period else {}
    told |= {"previous": previous.pk} if previous else {}
    events.append(actor, "create_review", made, told)
    return made


def _review(review_id: int, actor: Actor, power: Power, version: int | None, *states: ReviewState) -> Review:
    """The review, in one of these states, whose frozen parts are as they were frozen."""
    review = taken(Review.objects.select_related("organisation__place"), review_id, _("bản sơ kết"), version)
    access.require(actor, power, review.organisation)
    if review.state not in states:
        words = _("Báo cáo đang ở bước “%(found)s”; việc này cần bước: %(expected)s.")
        expected = ", ".join(f"“{state.label}”" for state in states)
        raise ServiceError("", words % {"found": ReviewState(review.state).label, "expected": expected})
    if sha256_of(review.pack) != review.digest:
        words = _("Gói số liệu của báo cáo không còn khớp mã kiểm lúc chốt: sổ đã bị sửa bên ngoài. Hãy chốt bản mới.")
        raise ServiceError("", words)
    if review.state in _DECIDED and _approved_words(review) != sha256_of(review.narrative):
        words = _("Lời văn không còn như lúc duyệt: sổ đã bị sửa bên ngoài. Hãy khôi phục từ bản sao lưu.")
        raise ServiceError("", words)
    return review


def _approved_words(review: Review) -> str:
    """The digest of the narrative as it was approved, from the log."""
    told = Event.objects.filter(verb="approve_review", subject_type="review", subject_id=str(review.pk)).last()
    return str(told.data["narrative"]) if told is not None else ""


def _moved(
    review: Review, state: ReviewState, actor: Actor, verb: str, told: Mapping[str, object], *fields: str
) -> Review:
    before, review.state = review.state, state
    saved(review, "state", *fields)
    events.append(actor, verb, review, {"from": before, "to": str(state), "digest": review.digest, **told})
    return review
