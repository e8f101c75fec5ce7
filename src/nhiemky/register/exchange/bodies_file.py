"""A table of organisations and what became of them: the columns that a row's act needs, all organisations as rows, and
the rows that a reorganisation of places asks for (docs/explanation/mergers.md). Called by services and the commands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from nhiemky.register.bodies import names_to_write
from nhiemky.register.errors import ServiceError
from nhiemky.register.exchange import plain
from nhiemky.register.exchange.columns import columns
from nhiemky.register.exchange.records import Row
from nhiemky.register.exchange.typed_cells import day_of, text_of
from nhiemky.register.models import Organisation, Place, PlaceSuccession, Succession
from nhiemky.register.models.places import OrganisationKind, SuccessionKind
from nhiemky.register.trees import standing_on
from nhiemky.values.kinds import Level
from nhiemky.values.names import name_key

NEEDED = ("name",)
# A body keeps its place: where the place goes on as another row, the body passes whole into one there.
_WHOLE = ("merge", "rename", "reparent")


@dataclass(frozen=True)
class Act:
    kind: str
    successor: str
    on: date
    ground: str


def read_act(row: Row) -> Act | None:
    """What a row says becomes of its organisation; ServiceError names the cell that is missing."""
    said = text_of(row.said.get("act"), "act", 60)
    successor = text_of(row.said.get("successor"), "successor", 220)
    on, ground = day_of(row.said.get("on"), "on"), text_of(row.said.get("ground"), "ground", 300)
    if not said and not successor:
        return None
    kinds = {name_key(one): str(key) for key, label in SuccessionKind.choices for one in (str(key), label)}
    if name_key(said) not in kinds:
        listed = ", ".join(label for _key, label in SuccessionKind.choices)
        raise ServiceError("act", _("Gặp “%(found)s”; cần một trong: %(names)s.") % {"found": said, "names": listed})
    if not successor:
        raise ServiceError("successor", _("Có cách sắp xếp mà chưa có tổ chức mới. Hãy ghi cột Thành."))
    if on is None:
        raise ServiceError("on", _("Có cách sắp xếp mà chưa có ngày. Hãy ghi cột Từ ngày."))
    return Act(kinds[name_key(said)], successor, on, ground)


def export_bodies(form: str) -> Iterator[bytes]:
    """Every organisation as a row, by name: `csv` or `json`."""
    held = list(Organisation.objects.select_related("place", "parent"))
    names = names_to_write(held)
    parents = names_to_write({one.parent.pk: one.parent for one in held if one.parent is not None}.values())
    return written(form, (_body(one, names[one.pk], parents.get(one.parent_id or 0, "")) for one in held))


def reorganised(on: date, form: str) -> Iterator[bytes]:
    """The rows that the places' own reorganisation on that day asks for and the register does not have yet: what each
    body at a place that ended passes into. Bodies missing on either side come too, so that no sum is short unseen."""
    return written(form, _Reorganisation(on).rows())


def written(form: str, rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    if form == "json":
        return plain.to_json(rows)
    listed = columns("bodies")
    return plain.to_csv(listed, {key: column.label for key, column in listed.items()}, rows)


def _body(one: Organisation, name: str, parent: str) -> dict[str, Any]:
    return {
        "name": name,
        "kind": OrganisationKind(one.kind).label,
        "level": Level(one.level),
        "place": one.place.name,
        "code": one.place.code,
        "parent": parent,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
    }


class _Reorganisation:
    """What the list of places says of one day, held against the bodies of the register."""

    def __init__(self, on: date) -> None:
        self.on = on
        links = PlaceSuccession.objects.filter(on=on).select_related("predecessor", "successor__parent")
        self.into: dict[int, list[PlaceSuccession]] = defaultdict(list)
        self.parts: dict[int, int] = defaultdict(int)  # into how many units each was divided
        for link in sorted(links, key=lambda one: (len(one.successor.code), one.successor.code, one.predecessor.code)):
            self.into[link.successor_id].append(link)
            self.parts[link.predecessor_id] += link.kind not in _WHOLE
        self.bodies: dict[tuple[int, str], list[Organisation]] = defaultdict(list)
        for one in Organisation.objects.select_related("place", "parent"):
            self.bodies[one.place_id, one.kind].append(one)
        known = Succession.objects.filter(on=on).exclude(predecessor=F("successor"))
        self.recorded = set(known.values_list("predecessor_id", flat=True))
        self.made: dict[tuple[int, str], str] = {}  # bodies that these rows add, by place and kind
        self.names = names_to_write(one for held in self.bodies.values() for one in held)

    def rows(self) -> Iterator[dict[str, Any]]:
        for key, links in self.into.items():
            former = {link.predecessor_id for link in links}
            at = ((kind, held) for (place, kind), held in self.bodies.items() if place in former)
            for kind in sorted({kind for kind, held in at if self._new(held)}):
                yield from self._one(key, kind, links)
        yield from self._ended()

    def _one(self, key: int, kind: str, links: list[PlaceSuccession]) -> Iterator[dict[str, Any]]:
        """One body of the day: its own row where the register has none, then a row for each that passes into it."""
        place, held = links[0].successor, self.bodies.get((key, kind), [])
        like = next(one for link in links for one in self.bodies.get((link.predecessor_id, kind), []))
        name = self.names[held[0].pk] if held else _named(like, place)
        if not held:
            self.made[place.pk, kind], above = name, self._above(place, kind)
            yield _place(place) | {
                "name": name, "kind": OrganisationKind(kind).label, "level": Level(like.level), "parent": above,
                "valid_from": self.on,
            }  # fmt: skip
        for link in links:
            former = self.bodies.get((link.predecessor_id, kind), [])
            act = self._act(link, held=bool(former))
            said = {"act": act.label, "successor": name, "on": self.on, "ground": link.reference}
            yield from (_place(link.predecessor) | {"name": self.names[one.pk]} | said for one in self._new(former))
            if not former:
                missing = {"name": _named(like, link.predecessor), "kind": OrganisationKind(kind).label}
                yield _place(link.predecessor) | missing | {"level": Level(like.level)} | said

    def _act(self, link: PlaceSuccession, *, held: bool) -> SuccessionKind:
        """A body that these rows only add, so that its part is not forgotten, need not be divided to the end."""
        if link.kind in _WHOLE:
            return SuccessionKind.MERGE
        return SuccessionKind.SPLIT if held and self.parts[link.predecessor_id] > 1 else SuccessionKind.PART

    def _new(self, bodies: Iterable[Organisation]) -> list[Organisation]:
        """Those of which the register does not yet say what became of them on the day."""
        return [one for one in bodies if one.pk not in self.recorded]

    def _above(self, place: Place, kind: str) -> str:
        """The body of the same kind at the unit above, where there is just one."""
        at = (place.parent_id or 0, kind)
        held = self.bodies.get(at, [])
        return self.names[held[0].pk] if len(held) == 1 else self.made.get(at, "")

    def _ended(self) -> Iterator[dict[str, Any]]:
        """Bodies of units that ended with nothing to follow them: districts."""
        eve = self.on - timedelta(days=1)
        gone = Place.objects.filter(standing_on(eve), valid_to=eve, successions=None).values_list("pk", flat=True)
        ended = set(gone)
        for (place, _kind), held in self.bodies.items():
            if place in ended:
                left = (one for one in held if one.valid_to is None)
                yield from (_place(one.place) | {"name": self.names[one.pk], "valid_to": eve} for one in left)


def _place(place: Place) -> dict[str, Any]:
    return {"place": place.name, "code": place.code}


def _named(like: Organisation, place: Place) -> str:
    """`Đảng bộ phường Trúc Bạch` at another place: `Đảng bộ phường Ba Đình`."""
    old, new = like.place.name, place.name
    at = like.name.lower().find(old.lower())
    spoken = f"{new[0].lower()}{new[1:]}"
    return f"{like.name[:at]}{spoken}{like.name[at + len(old) :]}" if at >= 0 else f"{like.name.split()[0]} {spoken}"
