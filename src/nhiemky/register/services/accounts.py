"""Makes the people who may sign in: a name, a role, where it acts, a password that only its hash is kept of."""

import secrets

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from nhiemky.register import access, checks, events
from nhiemky.register.access import Power
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Membership, Organisation
from nhiemky.register.models.places import names
from nhiemky.register.services.records import write
from nhiemky.values.kinds import Role

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are read for another


def new_password() -> str:
    """Twelve letters in threes: about 59 bits, easy to type."""
    letters = "".join(secrets.choice(_LETTERS) for _place in range(12))
    return "-".join(letters[start : start + 3] for start in range(0, 12, 3))


@write
def add_user(name: str, role: str, actor: Actor, organisation: Organisation | None = None) -> str:
    """Make a user for an organisation (None: for the whole register) and return the password, which is not kept and
    cannot be shown again."""
    _require(actor, organisation)
    name = User.normalize_username(checks.text(name, "name", 150, _("tên đăng nhập")))
    role = checks.one_of(role, dict(names(Role)), "role")
    if User.objects.filter(username__iexact=name).exists():  # Lan and lan: one who approves what the other entered
        raise ServiceError("name", _("Đã có tài khoản “%s”. Hãy chọn tên khác.") % name)
    password = new_password()
    made = User.objects.create_user(name, password=password)
    Membership.objects.create(user=made, role=role, organisation=organisation)
    where = organisation.pk if organisation is not None else None
    events.append(actor, "add_user", made, {"name": name, "role": role, "organisation": where})
    return password


@write
def reset_password(name: str, actor: Actor) -> str:
    """A new password for a user, returned once."""
    name = checks.text(name, "name", 150, _("tên đăng nhập"))
    held = Membership.objects.select_related("organisation").filter(user__username=name).first()
    _require(actor, held.organisation if held is not None else None)
    user = User.objects.filter(username=name).first()
    if user is None:
        raise ServiceError("name", _("Không có tài khoản “%s”.") % name)
    password = new_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    events.append(actor, "reset_password", user, {"name": name})
    return password


def any_user() -> bool:
    return User.objects.exists()


def _require(actor: Actor, organisation: Organisation | None) -> None:
    """Who administers an organisation makes its accounts; those of the whole register only who administers all."""
    if organisation is None:
        access.require_whole(actor, Power.ADMINISTER)
    else:
        access.require(actor, Power.ADMINISTER, organisation)
