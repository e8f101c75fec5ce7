"""Who acts: a name for the log and the role that says what it may decide."""

from dataclasses import dataclass
from typing import Any, Final

ROLE_NAMES: Final = {
    "admin": "quản trị",
    "office": "văn phòng",
    "leader": "lãnh đạo",
    "body": "đơn vị báo số",
    "inspector": "kiểm tra, chỉ xem",
}
ROLES: Final = tuple(ROLE_NAMES)


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    role: str = "office"

    def __str__(self) -> str:
        return self.name


def actor_of(user: Any) -> Actor:
    """The actor behind a signed-in Django user: its role is the first known group it is in, else `office`."""
    groups = set(user.groups.values_list("name", flat=True))
    return Actor(user.get_username(), next((role for role in ROLES if role in groups), "office"))
