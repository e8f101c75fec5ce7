"""The one error that services raise: the field it belongs to, and what was found, expected and to be done."""


class ServiceError(Exception):
    """`field` names the input ("" for the whole form); `message` is Vietnamese and shown as it is."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class NotFound(ServiceError):
    """A record that is asked for is not in the register."""
