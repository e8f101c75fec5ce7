"""Organisations as people and files name them: by name, and by number where several bear one name.

`hoà` is `hòa`, and capitals say nothing (values/names.py). Communes of several provinces share a name: none is then
taken before another; files name it as `Đảng bộ xã Hòa Bình #45`. Asked by selectors, imports and exports.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count
from django.utils.translation import gettext as _

from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.models import Organisation
from nhiemky.values.names import name_key

_NUMBERED = re.compile(r"(.*?)\s*#(\d{1,18})")
_SHOWN = 5


def body_named(said: str) -> Organisation:
    """The one organisation of that name; ServiceError where there is none, or where several bear it."""
    found = bodies_named([said])[said]
    if isinstance(found, ServiceError):
        raise found
    return found


def bodies_named(names: Iterable[str]) -> dict[str, Organisation | ServiceError]:
    """The same for many at once, in one query."""
    asked = {said: parts(said) for said in names}
    keys = {name_key(name) for name, _number in asked.values()}
    held: dict[str, list[Organisation]] = defaultdict(list)
    for one in Organisation.objects.select_related("place__parent", "parent").filter(name_key__in=keys).order_by("pk"):
        held[one.name_key].append(one)
    return {said: _one(said, number, held.get(name_key(name), [])) for said, (name, number) in asked.items()}


def names_to_write(organisations: Iterable[Organisation]) -> dict[int, str]:
    """By key: the name as a file says it, with its number where another organisation bears it too."""
    rows = list(organisations)
    keys = {one.name_key for one in rows}
    counted = Organisation.objects.order_by().values("name_key").annotate(n=Count("pk")).filter(n__gt=1)
    shared = set(counted.values_list("name_key", flat=True)) & keys
    return {one.pk: f"{one.name} #{one.pk}" if one.name_key in shared else one.name for one in rows}


def parts(said: str) -> tuple[str, int | None]:
    """`Đảng bộ xã Hòa Bình #45`: the name, and the number where one is told."""
    found = _NUMBERED.fullmatch(said.strip())
    return (found[1], int(found[2])) if found else (said, None)


def _one(said: str, number: int | None, held: list[Organisation]) -> Organisation | ServiceError:
    fits = [one for one in held if number in (None, one.pk)]
    if len(fits) == 1:
        return fits[0]
    if not fits:
        return NotFound("organisation", _("Không có tổ chức “%s” trong sổ. Hãy ghi đúng tên như trong sổ.") % said)
    words = _("Có %(n)s tổ chức tên “%(name)s”: %(held)s. Hãy ghi thêm số, như “%(like)s”.")
    listed = "; ".join(f"#{one.pk} ({_where(one)})" for one in fits[:_SHOWN]) + ("; …" if len(fits) > _SHOWN else "")
    told = {"n": len(fits), "name": said, "held": listed, "like": f"{fits[0].name} #{fits[0].pk}"}
    return ServiceError("organisation", words % told)


def _where(one: Organisation) -> str:
    """`xã Hòa Bình, Tỉnh Trúc Khê`."""
    above = one.place.parent or (one.parent if one.parent is not None else None)
    return f"{one.place}, {above}" if above is not None else str(one.place)
