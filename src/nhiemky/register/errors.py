"""The one error that services raise: the field it belongs to, and what was found, expected and to be done."""


class ServiceError(Exception):
    """`field` names the input ("" for the whole form); `message` is Vietnamese and shown as it is."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class NotFound(ServiceError):
    """A record that is asked for is not in the register."""


def missing(what: str, key: int) -> NotFound:
    """The error for a record that an address names and the register does not hold, or holds no more."""
    return NotFound("", f"Không có {what} số {key} trong sổ; có thể đã bị hoàn tác. Hãy tải lại trang.")
