"""What becomes of organisations: mergers, divisions, parts, other names, other parents; and the undoing of a wrong one.

Each act is one event that holds the days and parents before it, so that undoing restores them exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, summaries
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError, missing
from nhiemky.register.models import Document, Event, Organisation, Result, Review, Succession, Target
from nhiemky.register.models.places import SuccessionKind
from nhiemky.register.models.results import ResultState
from nhiemky.register.services import lineage
from nhiemky.register.services.organisations import check_new
from nhiemky.register.services.records import check_source, write
from nhiemky.register.trees import standing_on
from nhiemky.values.figures import day
from nhiemky.values.names import name_key
from nhiemky.values.period import Period, Term

_VERBS = (
    "merge_organisations",
    "split_organisation",
    "part_organisation",
    "rename_organisation",
    "reparent_organisation",
)


@dataclass(frozen=True)
class Ground:
    """By what an act is decided: a document of the register, or its number as written. One of them is needed."""

    document: Document | None = None
    reference: str = ""


@write
def merge_organisations(
    predecessors: Sequence[Organisation], successor: Organisation, on: date, actor: Actor, ground: Ground
) -> list[Succession]:
    """The predecessors pass whole into the successor: their last day is the one before `on`, and what stood under them
    stands under it. A successor without a first day and without earlier figures begins on `on`."""
    old = _held(predecessors)
    (new,) = _held([successor])
    _may(actor, [*old, new], ground)
    lineage.each_once(old, [new])
    lineage.no_circle(old, [new])
    for organisation in old:
        lineage.ends_before(organisation, on)
    lineage.there_on(new, on)
    lineage.not_under(new, old)
    act = _Act(actor, on, ground, "merge_organisations", new)
    act.begin(new)
    made = [act.link(one, new, SuccessionKind.MERGE) for one in old]
    children = Organisation.objects.select_for_update().filter(standing_on(on), parent__in=old)
    for child in children.exclude(pk__in=[one.pk for one in old]):
        act.move(child, new)
    for one in old:
        act.end(one)
    act.tell(predecessors=[one.name for one in old], successor=new.name)
    return made


@write
def split_organisation(
    predecessor: Organisation, successors: Sequence[Organisation], on: date, actor: Actor, ground: Ground
) -> list[Succession]:
    """The predecessor is divided among the successors and ends. What stands under it is moved first, by its people."""
    (old,) = _held([predecessor])
    new = _held(successors)
    _may(actor, [old, *new], ground)
    lineage.each_once([old], new)
    if len(new) == 1:
        words = _("Chia ra thì cần ít nhất hai tổ chức; mới chọn một, “%s”. Nếu là đổi tên, nhập vào thì ghi việc ấy.")
        raise ServiceError("successors", words % new[0].name)
    lineage.no_circle([old], new)
    lineage.ends_before(old, on)
    for organisation in new:
        lineage.there_on(organisation, on)
        lineage.not_under(organisation, [old])
    left = Organisation.objects.filter(standing_on(on), parent=old).count()
    if left:
        words = _("“%(name)s” còn %(count)s tổ chức trực thuộc. Hãy chuyển cấp trên của chúng trước khi chia.")
        raise ServiceError("predecessor", words % {"name": old.name, "count": left})
    act = _Act(actor, on, ground, "split_organisation", old)
    for organisation in new:
        act.begin(organisation)
    made = [act.link(old, one, SuccessionKind.SPLIT) for one in new]
    act.end(old)
    act.tell(predecessor=old.name, successors=[one.name for one in new])
    return made


@write
def part_organisation(
    predecessor: Organisation, successor: Organisation, on: date, actor: Actor, ground: Ground
) -> Succession:
    """A part of the predecessor passes into the successor; both go on."""
    old, new = _held([predecessor])[0], _held([successor])[0]
    _may(actor, [old, new], ground)
    lineage.each_once([old], [new])
    lineage.there_on(old, on)
    lineage.there_on(new, on)
    act = _Act(actor, on, ground, "part_organisation", old)
    act.begin(new)
    made = act.link(old, new, SuccessionKind.PART)
    act.tell(predecessor=old.name, successor=new.name)
    return made


@write
def rename_organisation(organisation: Organisation, name: str, on: date, actor: Actor, ground: Ground) -> Succession:
    """Another name for the same body, from that day; the former one is kept."""
    (held,) = _held([organisation])
    _may(actor, [held], ground)
    lineage.there_on(held, on)
    name = checks.text(name, "name", 200, _("tên tổ chức"))
    if name == held.name:
        raise ServiceError("name", _("“%s” là tên đang dùng. Hãy nhập tên mới.") % name)
    check_new(name, held.place, held.pk)
    act = _Act(actor, on, ground, "rename_organisation", held)
    act.unmoved_since(SuccessionKind.RENAME)
    made = act.link(held, held, SuccessionKind.RENAME, former_name=held.name)
    act.set(held, name=name, name_key=name_key(name))
    act.tell(former=held.name, name=name)
    return made


@write
def reparent_organisation(
    organisation: Organisation, parent: Organisation | None, on: date, actor: Actor, ground: Ground
) -> Succession:
    """The body stands under another from that day; the former one is kept."""
    (held,) = _held([organisation])
    above = _held([parent])[0] if parent is not None else None
    _may(actor, [held, *([above] if above else [])], ground)
    if above is None:
        access.require_whole(actor, Power.ADMINISTER)
    lineage.there_on(held, on)
    if above is not None:
        lineage.there_on(above, on)
    lineage.no_own_child(held, above)
    if held.parent_id == (above.pk if above else None):
        raise ServiceError("parent", _("“%s” đã thuộc cấp trên ấy. Hãy chọn cấp trên khác.") % held.name)
    act = _Act(actor, on, ground, "reparent_organisation", held)
    act.unmoved_since(SuccessionKind.REPARENT)
    made = act.move(held, above)
    act.tell(parent=above.name if above else "")
    return made


@write
def undo_succession(succession_id: int, actor: Actor, reason: str) -> list[int]:
    """Take back the whole act that the succession belongs to, and restore days, names and parents as they were.

    Refused where later facts stand on it: a later act on one of the bodies, or figures, targets, reviews of the
    successor since. Answers the ids of the organisations restored.
    """
    reason = checks.text(reason, "reason", 300, _("lý do"))
    one = Succession.objects.filter(pk=succession_id).first()
    if one is None:
        raise missing(_("lần sắp xếp"), succession_id)
    event = _act_of(one)
    rows = list(Succession.objects.select_for_update().filter(pk__in=event.data["successions"]))
    bodies = {key for row in rows for key in (row.predecessor_id, row.successor_id)}
    for organisation in Organisation.objects.filter(pk__in=bodies):
        access.require(actor, Power.ADMINISTER, organisation)
    _nothing_later(rows, bodies)
    Succession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    before: dict[str, dict[str, Any]] = event.data["before"]
    with summaries.kept(_targets_of(map(int, before))):
        for key, columns in before.items():
            Organisation.objects.filter(pk=int(key)).update(**columns)
    for organisation in Organisation.objects.filter(pk__in=before).select_related("parent"):
        lineage.no_own_child(organisation, organisation.parent, "")
    told = {"undone": event.seq, "verb": event.verb, "reason": reason, "restored": before}
    events.append(actor, "undo_succession", one.successor, told)
    return sorted(map(int, before))


class _Act:
    """One act while it is written: its links, and how each body was before it first touched it."""

    def __init__(self, actor: Actor, on: date, ground: Ground, verb: str, subject: Organisation) -> None:
        self.actor, self.on, self.verb, self.subject = actor, on, verb, subject
        self.document, self.reference = ground.document, checks.short(ground.reference, "reference", 300)
        self.made: list[int] = []
        self.before: dict[int, dict[str, Any]] = {}
        self.at = timezone.now()

    def begin(self, organisation: Organisation) -> None:
        """A body of which nothing is known before the day was founded by the act."""
        if organisation.valid_from is not None or _earlier(organisation, self.on):
            return
        self.set(organisation, valid_from=self.on)

    def end(self, organisation: Organisation) -> None:
        with summaries.kept(_targets_of((organisation.pk,))):  # a period that outlasts it is no longer summed up
            self.set(organisation, valid_to=self.on - timedelta(days=1))

    def move(self, organisation: Organisation, parent: Organisation | None) -> Succession:
        made = self.link(organisation, organisation, SuccessionKind.REPARENT, former_parent_id=organisation.parent_id)
        self.set(organisation, parent_id=parent.pk if parent else None)
        return made

    def link(self, old: Organisation, new: Organisation, kind: SuccessionKind, **former: Any) -> Succession:
        made = Succession.objects.create(
            predecessor=old,
            successor=new,
            kind=kind,
            on=self.on,
            document=self.document,
            reference=self.reference,
            made_by=self.actor.name,
            made_at=self.at,
            **former,
        )
        self.made.append(made.pk)
        return made

    def unmoved_since(self, kind: SuccessionKind) -> None:
        """Names and parents are kept in the order of their days: none comes before one that is known."""
        later = Succession.objects.filter(predecessor=self.subject, kind=kind, on__gte=self.on).first()
        if later is not None:
            words = _("“%(name)s” đã có lần %(kind)s từ ngày %(on)s. Hãy chọn ngày sau đó, hoặc hoàn tác lần ấy trước.")
            said = {"name": self.subject.name, "kind": later.get_kind_display().lower(), "on": day(later.on)}
            raise ServiceError("on", words % said)

    def tell(self, **said: Any) -> None:
        data = {"on": self.on, "reference": self.reference, "successions": self.made, "before": self.before}
        document = self.document.pk if self.document else None
        events.append(self.actor, self.verb, self.subject, {**data, "document": document, **said})

    def set(self, organisation: Organisation, **columns: Any) -> None:
        kept = self.before.setdefault(organisation.pk, {})
        for column in columns:
            kept.setdefault(column, getattr(organisation, column))
        Organisation.objects.filter(pk=organisation.pk).update(**columns)


def _held(organisations: Iterable[Organisation]) -> list[Organisation]:
    """The rows as they are now, in the order asked for, held until the transaction ends."""
    keys = [organisation.pk for organisation in organisations]
    found = {row.pk: row for row in Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys)}
    if gone := next((key for key in keys if key not in found), None):
        raise missing(_("tổ chức"), gone)
    return [found[key] for key in keys]


def _may(actor: Actor, organisations: Iterable[Organisation], ground: Ground) -> None:
    for organisation in organisations:
        access.require(actor, Power.ADMINISTER, organisation)
    check_source(actor, ground.document)
    if not checks.short(ground.reference, "reference", 300) and ground.document is None:
        raise ServiceError("document", _("Chưa có căn cứ. Hãy chọn văn bản, hoặc ghi số và ngày của quyết định."))


def _targets_of(bodies: Iterable[int]) -> Iterable[int]:
    return Target.objects.filter(organisation__in=list(bodies)).values_list("pk", flat=True)


def _earlier(organisation: Organisation, on: date) -> bool:
    """It has figures or targets of a time that ended before the day: the body was there already."""
    periods = Result.objects.filter(organisation=organisation).values_list("period", flat=True).distinct()
    terms = Target.objects.filter(organisation=organisation).values_list("term", flat=True).distinct()
    return any(Period.parse(text).end < on for text in periods) or any(
        Term.parse(text).first_day < on for text in terms
    )


def _act_of(one: Succession) -> Event:
    """The event that the succession was written with: the first of its kind since then that names it."""
    for event in Event.objects.filter(verb__in=_VERBS, at__gte=one.made_at).order_by("seq").iterator():
        if one.pk in event.data["successions"]:
            return event
    words = _("Nhật ký không có việc đã ghi lần sắp xếp này (sổ được nhập từ nơi khác); không hoàn tác được.")
    raise ServiceError("", words)


def _nothing_later(rows: Sequence[Succession], bodies: set[int]) -> None:
    first = rows[0]
    ours = [row.pk for row in rows]
    later = Succession.objects.exclude(pk__in=ours).filter(Q(predecessor__in=bodies) | Q(successor__in=bodies))
    found = later.filter(Q(on__gt=first.on) | Q(made_at__gt=first.made_at)).order_by("on", "pk").first()
    if found is not None:
        words = _("Sau đó còn một lần sắp xếp (%(what)s, từ %(on)s). Hãy hoàn tác lần ấy trước.")
        raise ServiceError("", words % {"what": found, "on": day(found.on)})
    after = {row.successor_id for row in rows if row.predecessor_id != row.successor_id}
    for organisation in Organisation.objects.filter(pk__in=after):
        results = Result.objects.filter(organisation=organisation).exclude(state=ResultState.RETURNED)
        stands = {
            _("số liệu"): sum(Period.parse(p).end >= first.on for p in results.values_list("period", flat=True)),
            _("chỉ tiêu"): Target.objects.filter(organisation=organisation, added_at__gt=first.made_at).count(),
            _("báo cáo kiểm điểm"): Review.objects.filter(
                organisation=organisation, created_at__gt=first.made_at
            ).count(),
        }
        if any(stands.values()):
            listed = ", ".join(f"{count} {what}" for what, count in stands.items() if count)
            words = _("Không hoàn tác được: “%(name)s” đã có %(facts)s sau ngày ấy. Hãy xử lý các số ấy trước.")
            raise ServiceError("", words % {"name": organisation.name, "facts": listed})
