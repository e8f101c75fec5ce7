"""Who acts: a name for the log, a role, and the organisation it acts for."""

from dataclasses import dataclass
from typing import Any

from nhiemky.values.kinds import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """`organisation` is the id of the body it acts for; None: the whole register, as on an office's own PC."""

    name: str
    role: str = Role.OFFICE.value
    organisation: int | None = None

    def __str__(self) -> str:
        return self.name


def actor_of(user: Any) -> Actor:
    """The actor behind a signed-in Django user; one without a membership may look and write nothing."""
    held = getattr(user, "membership", None)
    if held is None:
        return Actor(user.get_username(), Role.INSPECTOR.value)
    return Actor(user.get_username(), held.role, held.organisation_id)
