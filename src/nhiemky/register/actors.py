"""Who acts: a name for the log, a role, and the organisation it acts for."""

from dataclasses import dataclass
from typing import Any, Final

ROLE_NAMES: Final = {
    "admin": "quản trị",
    "office": "văn phòng",
    "leader": "lãnh đạo",
    "body": "đơn vị báo số",
    "inspector": "kiểm tra, chỉ xem",
    "province": "văn phòng cấp tỉnh",
}
ROLES: Final = tuple(ROLE_NAMES)


@dataclass(frozen=True, slots=True)
class Actor:
    """`organisation` is the id of the body it acts for; None: the whole register, as on an office's own PC."""

    name: str
    role: str = "office"
    organisation: int | None = None

    def __str__(self) -> str:
        return self.name


def actor_of(user: Any) -> Actor:
    """The actor behind a signed-in Django user; one without a membership may look and write nothing."""
    held = getattr(user, "membership", None)
    if held is None:
        return Actor(user.get_username(), "inspector")
    return Actor(user.get_username(), held.role, held.organisation_id)
