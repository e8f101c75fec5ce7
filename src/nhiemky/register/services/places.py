"""Imports administrative units with their days and what became of them: all of a table or nothing.

`plan_places` says what a table would do (the preview); `import_places` does it. Called by `nhiemky places`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby

from django.db.models import Q
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, summaries
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Place, PlaceSuccession, Target
from nhiemky.register.place_rows import Fault, Key, PlaceRow, check_rows, level_of, read_rows, spells_of
from nhiemky.register.places import held_rows
from nhiemky.register.services.records import write

_BATCH = 500
_TOLD = 8  # faults told in one message; the rest are counted
Passed = tuple[Key, Key, date]


class BadTable(ServiceError):
    """A table with faults; none of it was imported."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        told = " ".join(f"{fault}" for fault in faults[:_TOLD])
        more = _(" … và %s lỗi nữa.") % (len(faults) - _TOLD) if len(faults) > _TOLD else ""
        super().__init__("file", f"{file}: {told}{more}")
        self.file, self.faults = file, faults


@dataclass(frozen=True)
class PlacesPlan:
    """What a table changes: units that are new, that end, whose words change; successions new and taken away."""

    file: str
    digest: str
    rows: int
    first: Key  # of the table's first unit, which the event is about
    new: list[PlaceRow] = field(default_factory=list)
    ended: list[PlaceRow] = field(default_factory=list)
    changed: list[tuple[PlaceRow, PlaceRow]] = field(default_factory=list)
    passed: dict[Passed, tuple[str, str]] = field(default_factory=dict)  # kind and reference
    withdrawn: list[int] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.new or self.ended or self.changed or self.passed or self.withdrawn)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "ended": len(self.ended),
            "changed": len(self.changed),
            "passed": len(self.passed),
            "withdrawn": len(self.withdrawn),
        }


def plan_places(text: str, file: str) -> PlacesPlan:
    """What importing the table would do to the register as it is. Raises `BadTable`."""
    rows, faults = read_rows(checks.plain(text, "file"))
    held = {row.key: row for row in held_rows()}
    rows = [_kept(row, held.get(row.key)) for row in rows]
    mentioned = {row.key for row in rows}
    faults = faults or list(check_rows(rows, (row for row in held.values() if row.key not in mentioned)))
    if faults:
        raise BadTable(file, faults)
    if not rows:
        raise BadTable(file, [Fault(0, "", _("Bảng không có dòng nào. Hãy xem lại tệp."))])
    plan = PlacesPlan(file, sha256(text.encode()).hexdigest(), len(rows), rows[0].key)
    for row in rows:
        before = held.get(row.key)
        if before is None:
            plan.new.append(row)
        elif before.valid_to is None and row.valid_to is not None:
            plan.ended.append(row)
        elif _said(before) != _said(row):
            plan.changed.append((before, row))
    _plan_passings(plan, rows, held.values())
    return plan


@write
def import_places(text: str, file: str, actor: Actor) -> PlacesPlan:
    """Do what the table says, all or nothing, with one event; a table that changes nothing leaves no event.

    The text is as docs/reference/places.md describes. A unit is known by level, code and first day. An end or
    successors that the register knows and the table leaves open stay: a table may be imported again after a later one.
    """
    access.require_whole(actor, Power.ADMINISTER)
    plan = plan_places(text, file)
    if plan.empty:
        return plan
    ids = {(place.level, place.code, place.valid_from): place.pk for place in Place.objects.exclude(code="")}
    _save(plan, ids)
    PlaceSuccession.objects.filter(pk__in=plan.withdrawn).delete()
    PlaceSuccession.objects.bulk_create(
        (
            PlaceSuccession(predecessor_id=ids[old], successor_id=ids[new], on=on, kind=kind, reference=reference)
            for (old, new, on), (kind, reference) in plan.passed.items()
        ),
        batch_size=_BATCH,
    )
    told = {"ended": [_line(row) for row in plan.ended], "changed": [[_line(a), _line(b)] for a, b in plan.changed]}
    data = {"file": file, "sha256": plan.digest, "rows": plan.rows, "counts": plan.counts, **told}
    events.append(actor, "import_places", Place.objects.get(pk=ids[plan.first]), data)
    return plan


def _kept(row: PlaceRow, held: PlaceRow | None) -> PlaceRow:
    """An end that is known already stays where the table leaves it open."""
    return replace(row, valid_to=held.valid_to) if held and row.valid_to is None and held.valid_to else row


def _plan_passings(plan: PlacesPlan, rows: list[PlaceRow], held: Iterable[PlaceRow]) -> None:
    mentioned = {row.key for row in rows}
    spells = spells_of((*rows, *(row for row in held if row.key not in mentioned)))
    known: dict[Key, dict[Passed, tuple[int, str, str]]] = defaultdict(dict)
    ends = [f"{end}__{name}" for end in ("predecessor", "successor") for name in ("level", "code", "valid_from")]
    for *keys, on, pk, kind, reference in PlaceSuccession.objects.values_list(*ends, "on", "pk", "kind", "reference"):
        old, new = (keys[0], keys[1], keys[2]), (keys[3], keys[4], keys[5])
        known[old][old, new, on] = (pk, kind, reference)
    for row in rows:
        if not row.successors or row.valid_to is None:
            continue
        before = known[row.key]
        wanted = dict(_passed(row, row.valid_to + timedelta(days=1), spells))
        same = {what for what, said in wanted.items() if what in before and before[what][1:] == said}
        plan.passed.update({what: said for what, said in wanted.items() if what not in same})
        plan.withdrawn.extend(pk for what, (pk, *_said) in before.items() if what not in same)


def _passed(
    row: PlaceRow, on: date, spells: dict[tuple[str, str], list[PlaceRow]]
) -> Iterator[tuple[Passed, tuple[str, str]]]:
    for passing in row.successors:
        into = next(other for other in spells[passing.level, passing.code] if other.stands_on(on))
        yield (row.key, into.key, on), (passing.kind, row.document or into.document)


def _save(plan: PlacesPlan, ids: dict[Key, int]) -> None:
    """Units above before those below, so that each finds its parent; `ids` gets the new ones."""
    spells = spells_of((*held_rows(), *plan.new))
    order = {"province": 0, "district": 1, "commune": 2}
    for _level, rows in groupby(sorted(plan.new, key=lambda row: order[row.level]), key=lambda row: row.level):
        made = Place.objects.bulk_create((_place(row, spells, ids) for row in rows), batch_size=_BATCH)
        ids.update({(place.level, place.code, place.valid_from): place.pk for place in made})
    changed = [_place(row, spells, ids, ids[row.key]) for row in (*plan.ended, *(row for _b, row in plan.changed))]
    moved = [ids[row.key] for before, row in plan.changed if before.parent != row.parent]
    at = Q(organisation__place__in=moved) | Q(organisation__place__parent__in=moved)
    with summaries.kept(Target.objects.filter(at).values_list("pk", flat=True)):  # to the sums of another province
        Place.objects.bulk_update(changed, ("name", "kind", "parent", "valid_to"), batch_size=_BATCH)


def _place(
    row: PlaceRow, spells: dict[tuple[str, str], list[PlaceRow]], ids: dict[Key, int], pk: int | None = None
) -> Place:
    """The parent is the one of the unit's first day (its last, where it is older than the table)."""
    on = row.valid_from or row.valid_to or date.min
    above = next((one for one in spells[level_of(row.parent), row.parent] if one.stands_on(on)), None)
    return Place(
        pk=pk,
        level=row.level,
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent_id=ids[above.key] if above else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _said(row: PlaceRow) -> tuple[str, str, date | None]:
    return row.name, row.parent, row.valid_to


def _line(row: PlaceRow) -> list[str]:
    return [row.level, row.code, row.name, row.parent, str(row.valid_from or ""), str(row.valid_to or "")]
