"""What an actor may do with an organisation's records: by role, and by where that organisation stands to its own.

Services ask `require` before they write, selectors `may` before they show. The one table is `_ALLOWED`.
"""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Organisation


class Power(StrEnum):
    READ = "read"
    ENTER = "enter"  # figures, evidence, what a body says of itself
    COMPILE = "compile"  # documents, proposals, targets, meetings, tasks, drafts of reviews, ratings
    APPROVE = "approve"  # figures, evidence; closing and opening a period
    DECIDE = "decide"  # adjust or drop a target, approve and issue a review
    ADMINISTER = "administer"  # organisations, mergers, accounts, imports of places, a whole workspace


class Standing(StrEnum):
    OWN = "own"
    BELOW = "below"
    BESIDE = "beside"
    ABOVE = "above"


_ALL, _READ = frozenset(Power), frozenset((Power.READ,))
_OFFICE = frozenset((Power.READ, Power.ENTER, Power.COMPILE, Power.APPROVE))
_LEADER = frozenset((Power.READ, Power.APPROVE, Power.DECIDE))

# What is not here may not be. A body above is read (its resolutions are carried out), never written.
_ALLOWED: Final[dict[str, dict[Standing, frozenset[Power]]]] = {
    "admin": {
        Standing.OWN: frozenset((Power.READ, Power.ADMINISTER)),
        Standing.BELOW: frozenset((Power.READ, Power.ADMINISTER)),
        Standing.ABOVE: _READ,
    },
    "office": {
        Standing.OWN: _OFFICE,
        Standing.BELOW: _OFFICE,
        Standing.ABOVE: _READ,
    },
    "leader": {
        Standing.OWN: _LEADER,
        Standing.BELOW: _LEADER,
        Standing.ABOVE: _READ,
    },
    "body": {
        Standing.OWN: frozenset((Power.READ, Power.ENTER)),
        Standing.BELOW: frozenset((Power.READ, Power.ENTER)),
        Standing.ABOVE: _READ,
    },
    "inspector": {Standing.OWN: _READ, Standing.BELOW: _READ},
    "province": {Standing.OWN: _OFFICE, Standing.BELOW: _READ},
}


def standing(actor: Actor, organisation: Organisation) -> Standing:
    """Where the organisation stands to the actor's own; an actor for the whole register is at home everywhere."""
    if actor.organisation is None or actor.organisation == organisation.pk:
        return Standing.OWN
    if actor.organisation in _line(organisation.parent_id):
        return Standing.BELOW
    return Standing.ABOVE if organisation.pk in _line(actor.organisation) else Standing.BESIDE


def may(actor: Actor, power: Power, organisation: Organisation) -> bool:
    return power in _ALLOWED.get(actor.role, {}).get(standing(actor, organisation), frozenset())


def require(actor: Actor, power: Power, organisation: Organisation) -> None:
    """ServiceError where the actor may not."""
    if not may(actor, power, organisation):
        words = _("%(role)s không được %(power)s của “%(organisation)s”. Hãy đăng nhập bằng tài khoản có quyền ấy.")
        raise ServiceError("", words % {"role": actor.role, "power": power, "organisation": organisation.name})


def _line(key: int | None) -> list[int]:
    """The organisation and those above it, nearest first."""
    line: list[int] = []
    while key is not None and key not in line:
        line.append(key)
        key = Organisation.objects.filter(pk=key).values_list("parent_id", flat=True).first()
    return line
