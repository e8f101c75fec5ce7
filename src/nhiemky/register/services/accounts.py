"""Makes the people who may sign in: a name, a role (Django group), a password that only its hash is kept of."""

import secrets

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from nhiemky.register import checks, events
from nhiemky.register.actors import ROLE_NAMES, Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Membership, Organisation
from nhiemky.register.services.records import may_write, write

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are read for another


def new_password() -> str:
    """Twelve letters in threes: about 59 bits, easy to type."""
    letters = "".join(secrets.choice(_LETTERS) for _place in range(12))
    return "-".join(letters[start : start + 3] for start in range(0, 12, 3))


@write
def add_user(name: str, role: str, actor: Actor, organisation: Organisation | None = None) -> str:
    """Make a user and return the password, which is not kept and cannot be shown again."""
    may_write(actor)
    name = checks.text(name, "name", 150, _("tên đăng nhập"))
    role = checks.one_of(role, ROLE_NAMES, "role")
    if User.objects.filter(username=name).exists():
        raise ServiceError("name", _("Đã có tài khoản “%s”. Hãy chọn tên khác.") % name)
    password = new_password()
    made = User.objects.create_user(name, password=password)
    Membership.objects.create(user=made, role=role, organisation=organisation)
    events.append(actor, "add_user", made, {"name": name, "role": role})
    return password


@write
def reset_password(name: str, actor: Actor) -> str:
    """A new password for a user, returned once."""
    may_write(actor)
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
