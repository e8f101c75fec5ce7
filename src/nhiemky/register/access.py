"""What an actor may do with an organisation's records: by role, and by where that organisation stands to its own.

Services ask `require` before they write, pages `may` before they show. The one table is `ALLOWED`; it is told to people
in docs/reference/access.md.
"""

from typing import Final

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhiemky.register.actors import Actor
from nhiemky.register.errors import Refused
from nhiemky.register.models import Membership, Organisation, Succession
from nhiemky.register.models.places import SuccessionKind
from nhiemky.values.kinds import Kind, Role
from nhiemky.values.language import name_in


class Power(Kind):
    READ = "read", "xem", "look at"
    ENTER = "enter", "nhập số liệu, tài liệu", "enter figures and papers"  # what a body says of itself, its evidence
    COMPILE = "compile", "tổng hợp", "compile"  # proposals, targets, links, meetings, tasks, drafts of reviews, ratings
    APPROVE = "approve", "duyệt số liệu", "approve figures"  # evidence too; closing and opening a period
    DECIDE = "decide", "quyết định", "decide"  # adjust or drop a target, approve and issue a review
    ADMINISTER = "administer", "quản trị", "administer"  # organisations, mergers, accounts, imports, a whole workspace


class Standing(Kind):
    OWN = "own", "đơn vị của mình", "one's own"
    BELOW = "below", "đơn vị bên dưới", "below"
    BESIDE = "beside", "đơn vị khác, ngoài phạm vi", "beside"
    ABOVE = "above", "cấp trên, chỉ xem", "above"
    FORMER = "former", "đơn vị cũ đã nhập vào đơn vị mình, chỉ xem", "passed into one's own"


Powers = frozenset[Power]
_NOTHING: Powers = frozenset()
_READ: Powers = frozenset((Power.READ,))
_ADMIN = _READ | {Power.ADMINISTER}
_OFFICE = _READ | {Power.ENTER, Power.COMPILE, Power.APPROVE}
_LEADER = _READ | {Power.APPROVE, Power.DECIDE}
_BODY = _READ | {Power.ENTER}


def _of(own: Powers, below: Powers) -> dict[Standing, Powers]:
    """A body above is read (its resolutions are carried out), and so is one that passed into the actor's own (its
    figures go on there); neither is written. One beside is nobody's business."""
    read = {Standing.ABOVE: _READ, Standing.FORMER: _READ}
    return {Standing.OWN: own, Standing.BELOW: below, Standing.BESIDE: _NOTHING, **read}


# An administrator looks after the register and neither compiles nor decides. A province writes its own and reads below.
ALLOWED: Final[dict[str, dict[Standing, Powers]]] = {
    Role.ADMIN: _of(_ADMIN, _ADMIN),
    Role.OFFICE: _of(_OFFICE, _OFFICE),
    Role.LEADER: _of(_LEADER, _LEADER),
    Role.BODY: _of(_BODY, _BODY),
    Role.INSPECTOR: _of(_READ, _READ),
    Role.PROVINCE: _of(_OFFICE, _READ),
}


def standing(actor: Actor, organisation: Organisation) -> Standing:
    """Where the organisation stands to the actor's own; an actor for the whole register is at home everywhere."""
    if actor.organisation is None or actor.organisation == organisation.pk:
        return Standing.OWN
    if actor.organisation in line_of(organisation.parent_id):
        return Standing.BELOW
    if organisation.pk in line_of(actor.organisation):
        return Standing.ABOVE
    return Standing.FORMER if organisation.pk in former(actor.organisation) else Standing.BESIDE


def may(actor: Actor, power: Power, organisation: Organisation) -> bool:
    return power in ALLOWED.get(actor.role, {}).get(standing(actor, organisation), _NOTHING)


def require(actor: Actor, power: Power, organisation: Organisation) -> None:
    """Refused where the actor may not."""
    if may(actor, power, organisation):
        return
    words = _("Tài khoản “%(role)s” không có quyền %(power)s đối với “%(organisation)s” (%(where)s). %(advice)s")
    if power is Power.READ:
        advice = _("Hãy chọn đơn vị của mình, đơn vị bên dưới hoặc cấp trên.")
    else:
        advice = _("Việc này cần tài khoản: %s.") % _those_who(power)
    said = {"organisation": organisation.name, "where": _named(standing(actor, organisation)), "advice": advice}
    raise Refused(words % {"role": _named_role(actor), "power": _named(power), **said})


def require_whole(actor: Actor, power: Power) -> None:
    """For what concerns the whole register: Refused unless the actor acts for all of it."""
    if actor.organisation is None and power in ALLOWED.get(actor.role, {}).get(Standing.OWN, _NOTHING):
        return
    words = _("Tài khoản “%(role)s” không có quyền %(power)s đối với cả sổ. Việc này cần tài khoản của cả sổ: %(who)s.")
    raise Refused(words % {"role": _named_role(actor), "power": _named(power), "who": _those_who(power)})


def reach(actor: Actor, power: Power) -> frozenset[int] | None:
    """Keys of the organisations over which the actor has the power. None: all of them."""
    own, under = (power in ALLOWED.get(actor.role, {}).get(where, _NOTHING) for where in (Standing.OWN, Standing.BELOW))
    if actor.organisation is None:
        return None if own else frozenset()
    here = {actor.organisation}
    return frozenset((here if own else set()) | (below(actor.organisation) - here if under else set()))


def ever(actor: Actor, power: Power) -> bool:
    """Whether the role has the power over its own organisation, whatever stands in the register."""
    return power in ALLOWED.get(actor.role, {}).get(Standing.OWN, _NOTHING)


def lacking(actor: Actor, power: Power) -> str:
    """To an account whose role never has the power: what it takes."""
    words = _("Tài khoản “%(role)s” không có quyền %(power)s. Việc này cần tài khoản: %(who)s.")
    return words % {"role": _named_role(actor), "power": _named(power), "who": _those_who(power)}


def who_else(power: Power, organisation: Organisation, actor: Actor) -> tuple[str, ...]:
    """Accounts besides the actor's that have the power over the organisation, by name."""
    here = Q(organisation=organisation.pk, role__in=_roles(power, Standing.OWN))
    above = Q(organisation__in=line_of(organisation.parent_id), role__in=_roles(power, Standing.BELOW))
    whole = Q(organisation=None, role__in=_roles(power, Standing.OWN))
    rows = Membership.objects.filter(here | above | whole, user__is_active=True).exclude(user__username=actor.name)
    return tuple(rows.order_by("user__username").values_list("user__username", flat=True))


def readable(actor: Actor) -> frozenset[int] | None:
    """Keys of the organisations that the actor may look at: its own, all below, the line above, those that passed into
    it. None: all of them."""
    return None if actor.organisation is None else family_of(actor.organisation) | former(actor.organisation)


def family_of(key: int) -> frozenset[int]:
    """The organisation, all below it and the line above."""
    return below(key).union(line_of(key))


def below(key: int) -> frozenset[int]:
    """The organisation and all that stand under it now."""
    found, rank = {key}, {key}
    while rank:
        rank = set(Organisation.objects.filter(parent__in=rank).values_list("pk", flat=True)) - found
        found |= rank
    return frozenset(found)


def former(key: int) -> frozenset[int]:
    """The organisations that passed whole into this one, or were divided into it and others, however long ago."""
    found: set[int] = set()
    fresh = {key}
    while fresh:
        rows = Succession.objects.filter(successor__in=fresh, kind__in=(SuccessionKind.MERGE, SuccessionKind.SPLIT))
        fresh = set(rows.values_list("predecessor_id", flat=True)) - found - {key}
        found |= fresh
    return frozenset(found)


def line_of(key: int | None) -> list[int]:
    """The organisation and those above it, nearest first."""
    line: list[int] = []
    while key is not None and key not in line:
        line.append(key)
        key = Organisation.objects.filter(pk=key).values_list("parent_id", flat=True).first()
    return line


def _roles(power: Power, where: Standing) -> list[Role]:
    return [role for role in Role if power in ALLOWED[role][where]]


def _those_who(power: Power) -> str:
    return _(" hoặc ").join(f"“{_named(role)}”" for role in _roles(power, Standing.OWN))


def _named(one: Kind) -> str:
    return name_in(get_language(), one)


def _named_role(actor: Actor) -> str:
    return _named(Role(actor.role)) if actor.role in ALLOWED else actor.role
