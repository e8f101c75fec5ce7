"""Adds and corrects organisations and the places they stand at. What really changed on a day is in succession.py."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events, summaries
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Organisation, Place, Succession
from nhiemky.register.models.places import OrganisationKind, names
from nhiemky.register.services import lineage
from nhiemky.register.services.records import locked, values, write
from nhiemky.values.figures import day
from nhiemky.values.kinds import Level
from nhiemky.values.language import capital
from nhiemky.values.names import name_key

UNNAMED = "Đơn vị chưa đặt tên"
_EDITABLE = ("name", "kind", "level", "parent", "valid_from", "valid_to")
_SHORTENED = frozenset(("UBND", "HĐND", "MTTQ", "TP", "TW"))


@write
def add_organisation(
    name: str, kind: str, level: str, place: str | Place, actor: Actor, parent: Organisation | None = None
) -> Organisation:
    """A new organisation; a place is given, or taken by name and level, or made. Its name twice at a place is refused.
    Who administers the parent may; one that stands under none needs an administrator of the whole register."""
    if parent is None:
        access.require_whole(actor, Power.ADMINISTER)
    else:
        access.require(actor, Power.ADMINISTER, parent)
    return _add(name, kind, level, place, actor, parent)


@write
def edit_organisation(organisation_id: int, actor: Actor, **changes: Any) -> Organisation:
    """Correct what was entered wrong: name, kind, level, parent, first and last day (as typed, or None). What really
    changed on a day is a succession; days that one has set are changed by undoing it."""
    held = locked(Organisation.objects.select_related("place"), organisation_id, _("tổ chức"))
    access.require(actor, Power.ADMINISTER, held)
    if unknown := next((name for name in changes if name not in _EDITABLE), None):
        raise ServiceError(unknown, _("Không sửa được ô “%s” của một tổ chức.") % unknown)
    before = values(held)
    if "parent" in changes:
        _check_parent(held, changes["parent"], actor)
    for field, value in changes.items():
        setattr(held, field, _checked(field, value))
    _check_days(held, before)
    if held.name != before["name"]:
        check_new(held.name, held.place, held.pk)
    with summaries.kept(held.targets.values_list("pk", flat=True)):  # another level is summed up elsewhere
        held.save(update_fields=[*changes, "name_key"])
    after = values(held)
    changed = {field: [before[field], after[field]] for field in before if before[field] != after[field]}
    if changed:
        events.append(actor, "edit_organisation", held, {"changed": changed})
    return held


def _check_parent(held: Organisation, above: Organisation | None, actor: Actor) -> None:
    if above is not None:
        access.require(actor, Power.ADMINISTER, above)
        lineage.no_own_child(held, above)
    elif held.parent_id is not None:
        access.require_whole(actor, Power.ADMINISTER)  # nobody takes a body out of the sight of those above


def _checked(field: str, value: Any) -> Any:
    if field == "name":
        return checks.text(value, field, 200, _("tên tổ chức"))
    if field == "kind":
        return checks.one_of(value, dict(OrganisationKind.choices), field)
    if field == "level":
        return checks.one_of(value, dict(names(Level)), field)
    if field == "parent":
        return value
    return checks.real_day(value, field) if value else None


def _check_days(held: Organisation, before: dict[str, Any]) -> None:
    first, last = held.valid_from, held.valid_to
    if first is not None and last is not None and first > last:
        words = _("Ngày cuối %(last)s đứng trước ngày đầu %(first)s.")
        raise ServiceError("valid_to", words % {"last": day(last), "first": day(first)})
    if (first, last) == (before["valid_from"], before["valid_to"]):
        return
    if Succession.objects.filter(Q(predecessor=held) | Q(successor=held)).exclude(predecessor=held, successor=held):
        words = _("Ngày của “%s” do một lần sắp xếp đặt. Hãy hoàn tác lần ấy rồi ghi lại cho đúng.")
        raise ServiceError("valid_from", words % held.name)


def check_new(name: str, at: Place, itself: int = 0) -> None:
    """No other body at the place bears the name, in whatever spelling."""
    if Organisation.objects.filter(name_key=name_key(name), place=at).exclude(pk=itself).exists():
        words = _("Đã có “%(name)s” tại %(place)s. Hãy dùng tổ chức ấy hoặc đặt tên khác.")
        raise ServiceError("name", words % {"name": name, "place": at.name})


def _add(
    name: str, kind: str, level: str, place: str | Place, actor: Actor, parent: Organisation | None
) -> Organisation:
    name = checks.text(name, "name", 200, _("tên tổ chức"))
    if not isinstance(place, Place):
        place = checks.text(place, "place", 200, _("tên địa bàn"))
    kind = checks.one_of(kind, dict(OrganisationKind.choices), "kind")
    level = checks.one_of(level, dict(names(Level)), "level")
    above = parent.place if parent is not None else None
    at = place if isinstance(place, Place) else _place(place, level, above)
    check_new(name, at)
    made = Organisation.objects.create(name=name, kind=kind, level=level, place=at, parent=parent)
    events.append(actor, "add_organisation", made, {"made": values(made)})
    return made


def _place(name: str, level: str, above: Place | None) -> Place:
    """The place that people entered under that name; else the listed unit, where one unit there now has the name
    (below `above`, where that is known); else a new place, which `nhiemky places check` lists as without a code."""
    named = Place.objects.filter(name__in=(name, capital(name)), level=level)
    if (held := named.filter(code="").order_by("pk").first()) is not None:
        return held
    listed = named.filter(valid_to=None)
    below = list(listed.filter(parent=above)[:2]) if above is not None else []
    found = below or list(listed[:2])
    return found[0] if len(found) == 1 else Place.objects.create(name=name, level=level, parent=above)


@write
def organisation_of_host(unit: str | None, level: str | None, actor: Actor) -> Organisation:
    """The Party committee of the place that a page names as its host. Where the register has none yet it is made, by
    the office that keeps the whole register: a page dropped on an office's own PC needs no administrator first."""
    unit = _spoken(checks.plain(unit, "organisation")) if unit else unit
    name = f"Đảng bộ {unit}" if unit and not unit.lower().startswith(("đảng bộ", "chi bộ")) else unit or UNNAMED
    rows = Organisation.objects.filter(name_key=name_key(name)).order_by("pk")
    held = rows.filter(place__level=level).first() if level else None
    if (held := held or rows.first()) is not None:
        return held
    access.require_whole(actor, Power.COMPILE)
    kind = "cell" if level == "cell" else "party_committee"
    return _add(name, kind, level or "commune", unit or UNNAMED, actor, None)


def _spoken(unit: str) -> str:
    """A headline's capitals are no name: `phường THANH BÌNH` is `phường Thanh Bình`."""
    shouted = (word.isupper() and len(word) > 1 and word not in _SHORTENED for word in unit.split())
    return " ".join(word.capitalize() if loud else word for word, loud in zip(unit.split(), shouted, strict=True))
