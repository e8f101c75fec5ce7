"""Ratings and commendations of organisations, emulation campaigns: counts only, no field holds a person's name.

What is removed can be put back from the log, by the number of the event that removed it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError, missing
from nhiemky.register.models import Campaign, Commendation, Document, Event, Organisation, Rating
from nhiemky.register.models.places import names
from nhiemky.register.persons import counted, unnamed
from nhiemky.register.services.records import check_bodies, check_source, locked, source_of, values, write
from nhiemky.register.services.versioned import not_to_come, today
from nhiemky.values.figures import day
from nhiemky.values.kinds import RatingLevel

_REMOVABLE: dict[str, type[Rating | Commendation | Campaign]] = {
    "rating": Rating,
    "commendation": Commendation,
    "campaign": Campaign,
}


@write
def add_rating(organisation: Organisation, actor: Actor, **fields: Any) -> Rating:
    """The level decided for a year. Needed: year, level; `of` empty rates the organisation itself, else so many
    (`count`) of its `total` bodies of that kind. `proposed`: by the rule; another decision needs its `reason`."""
    access.require(actor, Power.COMPILE, organisation)
    check_source(actor, fields.get("document"), fields.get("span"))
    levels = dict(names(RatingLevel))
    proposed = fields.get("proposed") or ""
    rating = Rating(
        organisation=organisation,
        of=_kind(_text(fields, "of", 200, _("đối tượng xếp loại"))),
        year=_year(fields.get("year")),
        level=checks.one_of(fields.get("level"), levels, "level"),
        proposed=checks.one_of(proposed, levels, "proposed") if proposed else "",
        count=counted(fields.get("count"), "count", _("Số đơn vị")),
        total=counted(fields.get("total"), "total", _("Tổng số")),
        rated_by=_text(fields, "rated_by", 200, _("nơi xếp loại")),
        reason=_text(fields, "reason", 600, _("lý do")),
        made_by=actor.name,
        made_at=timezone.now(),
        **source_of(fields),
    )
    if rating.proposed and rating.proposed != rating.level and not rating.reason:
        raise ServiceError("reason", _("Mức quyết định khác mức đề nghị. Hãy ghi lý do."))
    _fits(rating)
    rating.save()
    events.append(actor, "add_rating", rating, {"made": values(rating)})
    return rating


@write
def add_commendation(organisation: Organisation, actor: Actor, **fields: Any) -> Commendation:
    """A form of commendation given to so many collectives and individuals. Needed: form, one of the two counts, and
    the year or the day."""
    access.require(actor, Power.COMPILE, organisation)
    check_source(actor, fields.get("document"), fields.get("span"))
    given = not_to_come(fields["given_on"], "given_on") if fields.get("given_on") else None
    made = Commendation(
        organisation=organisation,
        form=unnamed(checks.text(fields.get("form"), "form", 200, _("hình thức khen")), "form"),
        authority=_text(fields, "authority", 200, _("nơi khen")),
        given_on=given,
        year=_year(fields.get("year") or (given.year if given else None)),
        collectives=counted(fields.get("collectives"), "collectives", _("Số tập thể")),
        individuals=counted(fields.get("individuals"), "individuals", _("Số cá nhân")),
        reason=_text(fields, "reason", 600, _("thành tích")),
        made_by=actor.name,
        made_at=timezone.now(),
        **source_of(fields),
    )
    if not (made.collectives or made.individuals):
        raise ServiceError("collectives", _("Chưa có số tập thể hay cá nhân được khen. Hãy ghi ít nhất một số."))
    if given and given.year not in (made.year, made.year + 1):
        words = _("Khen ngày %(on)s không phải cho năm %(year)s. Hãy sửa ngày hoặc năm.")
        raise ServiceError("given_on", words % {"on": day(given), "year": made.year})
    made.save()
    events.append(actor, "add_commendation", made, {"made": values(made)})
    return made


@write
def add_campaign(
    organisation: Organisation,
    actor: Actor,
    *,
    name: str,
    starts_on: date | str,
    ends_on: date | str,
    anniversary: str = "",
    bodies: Iterable[Organisation] = (),
    document: Document | None = None,
) -> Campaign:
    """An emulation campaign between two days, for these bodies."""
    access.require(actor, Power.COMPILE, organisation)
    joined = list(bodies)
    check_bodies(actor, organisation, joined)
    check_source(actor, document)
    first, last = checks.real_day(starts_on, "starts_on"), checks.real_day(ends_on, "ends_on")
    if last < first:
        words = _("Ngày kết thúc %(last)s trước ngày bắt đầu %(first)s. Hãy sửa một trong hai ngày.")
        raise ServiceError("ends_on", words % {"last": day(last), "first": day(first)})
    made = Campaign.objects.create(
        organisation=organisation,
        name=checks.text(name, "name", 300, _("tên đợt thi đua")),
        anniversary=_text({"anniversary": anniversary}, "anniversary", 300, _("ngày kỷ niệm"), names_allowed=True),
        starts_on=first,
        ends_on=last,
        document=document,
        made_by=actor.name,
        made_at=timezone.now(),
    )
    made.bodies.set(joined)
    events.append(actor, "add_campaign", made, {"made": values(made), "bodies": [body.pk for body in joined]})
    return made


@write
def close_campaign(campaign_id: int, actor: Actor, outcome: str) -> Campaign:
    """What the campaign brought, in achievements and counts; written again, the log keeps what stood there before."""
    held = locked(Campaign.objects.select_related("organisation"), campaign_id, _("đợt thi đua"))
    access.require(actor, Power.COMPILE, held.organisation)
    if today() < held.starts_on:
        raise ServiceError("outcome", _("Đợt thi đua bắt đầu ngày %s, chưa có kết quả.") % day(held.starts_on))
    if not outcome.strip():
        raise ServiceError("outcome", _("Chưa có %s. Hãy nhập rồi gửi lại.") % _("kết quả thi đua"))
    before, held.outcome = held.outcome, unnamed(checks.long_text(outcome, "outcome"), "outcome")
    held.save(update_fields=["outcome"])
    events.append(actor, "close_campaign", held, {"outcome": [before, held.outcome]})
    return held


def remove_rating(rating_id: int, actor: Actor) -> int:
    """Take a rating away that was entered by mistake; the number of the event puts it back."""
    return _remove("rating", rating_id, actor, _("xếp loại"))


def remove_commendation(commendation_id: int, actor: Actor) -> int:
    """Take a commendation away that was entered by mistake; the number of the event puts it back."""
    return _remove("commendation", commendation_id, actor, _("khen thưởng"))


def remove_campaign(campaign_id: int, actor: Actor) -> int:
    """Take a campaign away that was entered by mistake; the number of the event puts it back."""
    return _remove("campaign", campaign_id, actor, _("đợt thi đua"))


@write
def undo_removal(event_seq: int, actor: Actor) -> Model:
    """Put back what that event removed, with its key and its words; sums are checked again."""
    event = Event.objects.filter(seq=event_seq).first()
    kind = event.verb.removeprefix("remove_") if event is not None else ""
    if event is None or kind not in _REMOVABLE:
        raise missing(_("lần xóa"), event_seq)
    told = event.data
    row = _REMOVABLE[kind](**told["removed"])
    access.require(actor, Power.COMPILE, row.organisation)
    if type(row).objects.filter(pk=row.pk).exists():
        raise ServiceError("", _("Bản ghi này đã được khôi phục trước đó."))
    if isinstance(row, Rating):
        _fits(row)
    row.save(force_insert=True)
    row.refresh_from_db()
    if isinstance(row, Campaign):
        row.bodies.set(told["bodies"])
    events.append(actor, "undo_removal", row, {"event": event_seq, "made": values(row)})
    return row


@write
def _remove(kind: str, key: int, actor: Actor, what: str) -> int:
    rows = _REMOVABLE[kind].objects.select_related("organisation")
    row = cast(Rating | Commendation | Campaign, locked(rows, key, what))
    access.require(actor, Power.COMPILE, row.organisation)
    told: dict[str, Any] = {"removed": values(row)}
    if isinstance(row, Campaign):
        told["bodies"] = sorted(row.bodies.values_list("pk", flat=True))
    made = events.append(actor, f"remove_{kind}", row, told)
    row.delete()
    return made.seq


def _fits(rating: Rating) -> None:
    """One level for the organisation itself; for its bodies, levels that together are no more than there are."""
    others = list(Rating.objects.filter(organisation=rating.organisation_id, of=rating.of, year=rating.year))
    if not rating.of:
        _fits_itself(rating, others)
        return
    if not rating.count or rating.total is None:
        raise ServiceError("count", _("Xếp loại đơn vị trực thuộc cần số đơn vị (từ 1) và tổng số. Hãy ghi cả hai."))
    if any(one.level == rating.level for one in others):
        raise ServiceError("level", _("Mức này của năm %s đã ghi. Hãy xóa bản cũ nếu ghi sai.") % rating.year)
    if any(one.total != rating.total for one in others):
        words = _("Tổng số %(found)s khác tổng số đã ghi cho mức khác, %(held)s. Hãy dùng một tổng số.")
        raise ServiceError("total", words % {"found": rating.total, "held": others[0].total})
    whole = rating.count + sum(one.count or 0 for one in others)
    if whole > rating.total:
        words = _("Cộng các mức được %(sum)s, nhiều hơn tổng số %(total)s. Hãy xem lại các số.")
        raise ServiceError("count", words % {"sum": whole, "total": rating.total})


def _fits_itself(rating: Rating, others: list[Rating]) -> None:
    if rating.count is not None or rating.total is not None:
        raise ServiceError(
            "count", _("Xếp loại chính tổ chức thì không có số đơn vị. Hãy bỏ các số, hoặc ghi đối tượng.")
        )
    if others:
        words = _("Năm %(year)s tổ chức đã được xếp “%(level)s”. Hãy xóa bản cũ nếu ghi sai.")
        raise ServiceError("level", words % {"year": rating.year, "level": others[0].get_level_display()})


def _kind(of: str) -> str:
    """“Chi bộ” and “chi bộ” are one kind of bodies; MTTQ stays as it is."""
    return of if of.split(" ")[0].isupper() else of[:1].lower() + of[1:]


def _text(fields: Any, name: str, limit: int, what: str, *, names_allowed: bool = False) -> str:
    """A text that may be missing; it names no person (an anniversary may: it is of the dead)."""
    said = str(fields.get(name) or "").strip()
    if not said:
        return ""
    found = checks.text(said, name, limit, what)
    return found if names_allowed else unnamed(found, name)


def _year(found: Any) -> int:
    number = counted(found, "year", _("Năm"))
    last = today().year
    if number is None or not 1990 <= number <= last:
        words = _("%(what)s: gặp “%(found)s”, cần một năm từ 1990 đến %(last)s.")
        told = "" if found is None else found
        raise ServiceError("year", words % {"what": _("Năm"), "found": told, "last": last})
    return number
