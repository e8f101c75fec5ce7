"""Adds organisations and the places they stand at."""

from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Organisation, Place
from nhiemky.register.models.places import OrganisationKind, names
from nhiemky.register.services.records import values, write
from nhiemky.values.kinds import Level

UNNAMED = "Đơn vị chưa đặt tên"
_SHORTENED = frozenset(("UBND", "HĐND", "MTTQ", "TP", "TW"))


@write
def add_organisation(
    name: str, kind: str, level: str, place: str, actor: Actor, parent: Organisation | None = None
) -> Organisation:
    """A new organisation; its place is taken by name and level, or made. The same name at the same place is refused.
    Who administers the parent may; one that stands under none needs an administrator of the whole register."""
    if parent is None:
        access.require_whole(actor, Power.ADMINISTER)
    else:
        access.require(actor, Power.ADMINISTER, parent)
    return _add(name, kind, level, place, actor, parent)


def _add(name: str, kind: str, level: str, place: str, actor: Actor, parent: Organisation | None) -> Organisation:
    name = checks.text(name, "name", 200, _("tên tổ chức"))
    place = checks.text(place, "place", 200, _("tên địa bàn"))
    kind = checks.one_of(kind, dict(OrganisationKind.choices), "kind")
    level = checks.one_of(level, dict(names(Level)), "level")
    at, _new = Place.objects.get_or_create(
        name=place, level=level, defaults={"parent": parent.place if parent is not None else None}
    )
    if Organisation.objects.filter(name=name, place=at).exists():
        words = _("Đã có “%(name)s” tại %(place)s. Hãy dùng tổ chức ấy hoặc đặt tên khác.")
        raise ServiceError("name", words % {"name": name, "place": place})
    made = Organisation.objects.create(name=name, kind=kind, level=level, place=at, parent=parent)
    events.append(actor, "add_organisation", made, {"made": values(made)})
    return made


@write
def organisation_of_host(unit: str | None, level: str | None, actor: Actor) -> Organisation:
    """The Party committee of the place that a page names as its host. Where the register has none yet it is made, by
    the office that keeps the whole register: a page dropped on an office's own PC needs no administrator first."""
    unit = _spoken(unit) if unit else unit
    name = f"Đảng bộ {unit}" if unit and not unit.lower().startswith(("đảng bộ", "chi bộ")) else unit or UNNAMED
    held = Organisation.objects.filter(name=name).first()
    if held is not None:
        return held
    access.require_whole(actor, Power.COMPILE)
    kind = "cell" if level == "cell" else "party_committee"
    return _add(name, kind, level or "commune", unit or UNNAMED, actor, None)


def _spoken(unit: str) -> str:
    """A headline's capitals are no name: `phường THANH BÌNH` is `phường Thanh Bình`."""
    shouted = (word.isupper() and len(word) > 1 and word not in _SHORTENED for word in unit.split())
    return " ".join(word.capitalize() if loud else word for word, loud in zip(unit.split(), shouted, strict=True))
