"""Takes a table of organisations in, and what became of them: `preview_bodies` says what each row would do,
`import_bodies` does it, all or nothing, through the services that add organisations and record mergers. Called by the
commands; a table that was taken in already changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nhiemky.register import events
from nhiemky.register.actors import Actor
from nhiemky.register.bodies import body_named, parts
from nhiemky.register.errors import NotFound, Refused, ServiceError
from nhiemky.register.exchange.bodies_file import NEEDED, Act, read_act
from nhiemky.register.exchange.cells import digest
from nhiemky.register.exchange.records import WRITTEN, Change, Fault, FileRefused, Line, Row, Told
from nhiemky.register.exchange.rows import rows_of
from nhiemky.register.exchange.typed_cells import day_of, text_of, word_of
from nhiemky.register.models import Organisation, Place, Succession
from nhiemky.register.models.places import OrganisationKind, SuccessionKind
from nhiemky.register.services import succession
from nhiemky.register.services.organisations import add_organisation, edit_organisation
from nhiemky.register.services.records import write
from nhiemky.register.services.succession import Ground
from nhiemky.register.trees import standing_on
from nhiemky.values.figures import day
from nhiemky.values.kinds import Level
from nhiemky.values.names import name_key

# A service's field → the column of the table that it stands in.
_COLUMN = {"predecessor": "name", "predecessors": "name", "successors": "successor", "organisation": "name",
           "document": "ground", "reference": "ground"}  # fmt: skip


@dataclass(frozen=True)
class BodiesPreview(Told):
    """What taking a table of organisations in would do."""

    file: str
    sha256: str
    lines: tuple[Line, ...]


def preview_bodies(path: Path, actor: Actor) -> BodiesPreview:
    """Tried in a transaction that is taken back: what services refuse is told by its row, and nothing is written."""
    return _tried(path, actor)


@write
def import_bodies(path: Path, actor: Actor) -> BodiesPreview:
    """Add and record what the table says that the register does not; FileRefused with the faults by their cells."""
    done = _Run(path, actor).done()
    if done.errors:
        raise FileRefused([Fault(line.place, line.message) for line in done.errors])
    if not done.empty:
        told = {"file": done.file, "sha256": done.sha256, "counts": done.counts}
        first = next(line.target for line in done.lines if line.target is not None and line.change in WRITTEN)
        events.append(actor, "import_bodies", Organisation.objects.get(pk=first), told)
    return done


@write
def _tried(path: Path, actor: Actor) -> BodiesPreview:
    with transaction.atomic():
        done = _Run(path, actor).done()
        transaction.set_rollback(True)
    return done


@dataclass
class _Item:
    """A row on its way: the organisation that it is of, what it asks to become of it, what was done."""

    row: Row
    name: str = ""
    above: str = ""  # its parent's name
    body: Organisation | None = None
    act: Act | None = None
    done: list[str] = field(default_factory=list)
    error: tuple[str, str] | None = None  # column, message

    def __post_init__(self) -> None:
        try:
            self.name = text_of(self.row.said.get("name"), "name", 200)
            self.above = text_of(self.row.said.get("parent"), "parent", 220)
        except ServiceError as error:
            self.fail(error)

    def fail(self, error: ServiceError) -> None:
        self.error = self.error or (_COLUMN.get(error.field, error.field), error.message)


class _Run:
    """One pass over a table: first the organisations, from the top down, then what became of them, day by day."""

    def __init__(self, path: Path, actor: Actor) -> None:
        self.path, self.actor = path, actor
        self.items = [_Item(row) for row in rows_of(path, "bodies", NEEDED)]
        self.named: dict[str, list[_Item]] = defaultdict(list)
        for item in self.items:
            self.named[name_key(parts(item.name)[0])].append(item)

    def done(self) -> BodiesPreview:
        self._bodies()
        for item in self.items:
            if item.error is None:
                self._attempt(item, lambda item=item: setattr(item, "act", read_act(item.row)))
        groups: dict[tuple[Any, ...], list[_Item]] = defaultdict(list)
        for item in self.items:
            if item.error is None and item.act is not None:
                groups[_group(item)].append(item)
        for _key, group in sorted(groups.items(), key=lambda pair: (pair[0][0], pair[1][0].row.place.row)):
            self._act(group)
        return BodiesPreview(self.path.name, digest(self.path), tuple(self._line(item) for item in self.items))

    def _bodies(self) -> None:
        """Whoever stands under a body of the same table waits until that one is there; whoever waits for ever is in a
        circle."""
        waiting = list(self.items)
        while waiting:
            left = [item for item in waiting if not self._settled(item)]
            if len(left) == len(waiting):
                for item in left:
                    item.fail(_circle(item))
                return
            waiting = left

    def _settled(self, item: _Item) -> bool:
        """Whether the row's organisation is there, or cannot be; False while its parent is not."""
        above = self.named.get(name_key(item.above), ()) if item.above and item.error is None else ()
        if any(one.body is None and one.error is None for one in above):
            return False
        if item.error is None:
            self._attempt(item, lambda: self._body(item))
        return True

    def _attempt(self, item: _Item, act: Any) -> None:
        try:
            with transaction.atomic():
                act()
        except Refused:
            raise  # nobody previews what they may not do
        except ServiceError as error:
            item.fail(error)

    def _body(self, item: _Item) -> None:
        if not item.name:
            raise ServiceError("name", _("Chưa có tên tổ chức. Hãy ghi tên, hoặc xóa dòng."))
        parent = self._find(item.above, "parent") if item.above else None
        item.body = _held(item, parent)
        if item.body is None:
            item.body = self._added(item, parent)
            item.done.append(_("thêm") + (f", {_('thuộc')} “{parent}”" if parent else ""))
        elif parent is not None and parent.pk not in _parents(item.body):
            words = _("“%(name)s” trong sổ thuộc “%(held)s”. Đổi cấp trên thì ghi cột Sắp xếp là “Chuyển cấp trên”.")
            raise ServiceError("parent", words % {"name": item.body.name, "held": item.body.parent or "–"})
        days = {name: day_of(item.row.said.get(name), name) for name in ("valid_from", "valid_to")}
        changed = {name: on for name, on in days.items() if on is not None and on != getattr(item.body, name)}
        if changed:
            item.body = edit_organisation(item.body.pk, self.actor, **changed)
            item.done.append("–".join(day(on) if on else "" for on in (item.body.valid_from, item.body.valid_to)))

    def _added(self, item: _Item, parent: Organisation | None) -> Organisation:
        said = item.row.said
        kind, level = _kind_of(said.get("kind")), word_of(said.get("level"), "level", Level)
        if not kind or not level:
            words = _("“%s” chưa có trong sổ. Để thêm, hãy ghi cả loại, cấp và địa bàn; nếu đã có, hãy ghi đúng tên.")
            raise ServiceError("kind" if not kind and level else "name", words % item.name)
        place = _place_of(item.row, parent) or text_of(said.get("place"), "place", 200)
        return add_organisation(item.name, kind, level, place, self.actor, parent)

    def _find(self, said: str, column: str, but: Iterable[int] = ()) -> Organisation:
        """A body named in another cell. A new commune is often named as one of the former ones: of several, those that
        end themselves (`but`) are not meant, nor those that have ended."""
        name, number = parts(said)
        rows = Organisation.objects.filter(name_key=name_key(name))
        rows = rows.filter(pk=number) if number is not None else rows.exclude(pk__in=list(but))
        held = {one.pk: one for one in rows}
        there = [one for one in held.values() if one.valid_to is None]
        if len(held) == 1 or len(there) == 1:
            return there[0] if len(there) == 1 else next(iter(held.values()))
        try:
            return body_named(said)
        except ServiceError as error:
            raise ServiceError(column, error.message) from error

    def _act(self, group: list[_Item]) -> None:
        """One act: a merger has a row for each that passes into the new one, a division one for each new one."""
        first = group[0]
        try:
            with transaction.atomic():
                done = self._recorded(group)
                for item in done:
                    item.done.append(_said(item))
        except Refused:
            raise
        except ServiceError as error:
            named = [item for item in group if f"“{item.name}”" in error.message]
            (named or [first])[0].fail(error)

    def _recorded(self, group: list[_Item]) -> list[_Item]:
        """The rows that the register did not know of, recorded."""
        act, old = group[0].act, group[0].body
        if act is None or old is None:
            raise TypeError("a row with an act has both")
        ground = Ground(None, act.ground)
        if act.kind == SuccessionKind.RENAME:
            if Succession.objects.filter(predecessor=old, kind=act.kind, on=act.on).exists():
                return []
            succession.rename_organisation(old, act.successor, act.on, self.actor, ground)
            return group
        ending = self._ending(act.on)
        new = {id(item): self._find(item.act.successor, "successor", ending) for item in group if item.act is not None}
        fresh = [item for item in group if not _known(item, new[id(item)])]
        if not fresh:
            return []
        olds = [item.body for item in fresh if item.body is not None]
        if act.kind == SuccessionKind.MERGE:
            succession.merge_organisations(olds, new[id(fresh[0])], act.on, self.actor, ground)
        elif act.kind == SuccessionKind.SPLIT:
            succession.split_organisation(old, [new[id(item)] for item in group], act.on, self.actor, ground)
        elif act.kind == SuccessionKind.PART:
            succession.part_organisation(old, new[id(fresh[0])], act.on, self.actor, ground)
        else:
            succession.reparent_organisation(old, new[id(fresh[0])], act.on, self.actor, ground)
        return fresh

    def _ending(self, on: date) -> list[int]:
        """Bodies that the table ends on the day: none of them is what another becomes."""
        ending = (SuccessionKind.MERGE, SuccessionKind.SPLIT)
        acts = [(item.body, item.act) for item in self.items if item.body is not None and item.act is not None]
        return [body.pk for body, act in acts if act.on == on and act.kind in ending]

    def _line(self, item: _Item) -> Line:
        if item.error is not None:
            return Line(item.row.at(item.error[0]), item.name, Change.ERROR, message=item.error[1])
        change = Change.NEW if item.done else Change.SAME
        key = item.body.pk if item.body is not None else None
        return Line(item.row.at("name"), item.name, change, "", "; ".join(item.done), key)


def _circle(item: _Item) -> ServiceError:
    if name_key(item.above) == name_key(item.name):
        words = _("“%(name)s” không thể là cấp trên của chính mình. Hãy chọn tổ chức khác.")
    else:
        words = _("Cấp trên thành vòng tròn: “%(name)s” thuộc “%(parent)s”, và ngược lại. Hãy sửa cấp trên.")
    return ServiceError("parent", words % {"name": item.name, "parent": item.above})


def _group(item: _Item) -> tuple[Any, ...]:
    act = item.act
    if act is None or item.body is None:
        raise TypeError("a row with an act has both")
    if act.kind == SuccessionKind.MERGE:
        return act.on, act.kind, name_key(act.successor), act.ground
    if act.kind == SuccessionKind.SPLIT:
        return act.on, act.kind, item.body.pk
    return act.on, act.kind, item.body.pk, name_key(act.successor)


def _held(item: _Item, parent: Organisation | None) -> Organisation | None:
    """The row's organisation as the register has it: at its place where one is told, else by its name alone; one that
    was renamed since by its former name."""
    if parts(item.name)[1] is not None:
        return body_named(item.name)
    key, place = name_key(item.name), _place_of(item.row, parent)
    if place is not None:
        return Organisation.objects.filter(name_key=key, place=place).first()
    if text_of(item.row.said.get("place"), "place", 200):
        at = text_of(item.row.said.get("place"), "place", 200)
        rows = Organisation.objects.filter(name_key=key).select_related("place")
        return next((one for one in rows if name_key(one.place.name) == name_key(at)), None)
    try:
        return body_named(item.name)
    except NotFound:
        past = Succession.objects.filter(kind=SuccessionKind.RENAME, former_name=item.name).first()
        return past.predecessor if past is not None else None


def _place_of(row: Row, parent: Organisation | None) -> Place | None:
    """The listed unit of a code: on a day that the row tells, else below the parent's place, else of today. A code and
    a name were often used again by what came after."""
    code = text_of(row.said.get("code"), "code", 20).replace(".", "")
    if not code:
        return None
    name = text_of(row.said.get("place"), "place", 200)
    rows = [one for one in Place.objects.filter(code=code).order_by("pk") if _fits(one, name)]
    if not rows:
        words = _("Không có địa bàn mã %(code)s%(name)s trong danh mục. Hãy sửa mã hoặc tên, hay nhập danh mục trước.")
        raise ServiceError("code", words % {"code": code, "name": f" “{name}”" if name else ""})
    first, last = (day_of(row.said.get(name), name) for name in ("valid_from", "valid_to"))
    on = day_of(row.said.get("on"), "on")
    when = first or last or (on - timedelta(days=1) if on is not None else None)
    below = [one for one in rows if parent is not None and one.parent_id == parent.place_id]
    if when is None and below:
        return below[-1]
    there = standing_on(when) if when is not None else Q(valid_to=None)
    return Place.objects.filter(there, pk__in=[one.pk for one in rows]).first() or rows[-1]


def _fits(place: Place, name: str) -> bool:
    return not name or name_key(place.name) == name_key(name)


def _parents(body: Organisation) -> set[int | None]:
    """Under whom it stands, or stood before it was moved."""
    moved = Succession.objects.filter(predecessor=body, kind=SuccessionKind.REPARENT)
    return {body.parent_id, *moved.values_list("former_parent_id", flat=True)}


def _kind_of(value: Any) -> str:
    """A kind by its key, its Vietnamese name or the first of its names (`Đảng bộ`)."""
    said = text_of(value, "kind", 40)
    if not said:
        return ""
    for key, label in OrganisationKind.choices:
        if name_key(said) in {name_key(one) for one in (key, label, *label.split(", "))}:
            return str(key)
    listed = ", ".join(label for _key, label in OrganisationKind.choices)
    raise ServiceError("kind", _("Gặp “%(found)s”; cần một trong: %(names)s.") % {"found": said, "names": listed})


def _known(item: _Item, new: Organisation) -> bool:
    """Whether the register has recorded this already."""
    act, body = item.act, item.body
    if act is None or body is None:
        return False
    rows = Succession.objects.filter(predecessor=body, kind=act.kind, on=act.on)
    if act.kind == SuccessionKind.REPARENT:
        return rows.exists() and body.parent_id == new.pk
    return rows.filter(successor=new).exists()


def _said(item: _Item) -> str:
    act = item.act
    if act is None:
        return ""
    label = str(SuccessionKind(act.kind).label).lower()
    return f"{label} “{act.successor}” {_('từ')} {day(act.on)}"
