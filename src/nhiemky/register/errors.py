"""The one error that services raise: the field it belongs to, and what was found, expected and to be done."""

from django.utils.translation import gettext as _


class ServiceError(Exception):
    """`field` names the input ("" for the whole form); `message` is in the language of whoever is served (Vietnamese
    for commands) and shown as it is."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class NotFound(ServiceError):
    """A record that is asked for is not in the register."""


class Refused(ServiceError):
    """The account's role, or where its organisation stands, does not allow it."""

    def __init__(self, message: str) -> None:
        super().__init__("", message)


def missing(what: str, key: int, field: str = "") -> NotFound:
    """The error for a record that an address names and the register does not hold, or holds no more."""
    words = _("Không có %(what)s số %(key)s trong sổ; có thể đã bị hoàn tác. Hãy tải lại trang.")
    return NotFound(field, words % {"what": what, "key": key})
