"""People are counted and never named: texts that plainly name one are refused, counts are whole numbers.

A safeguard against usual slips ("đồng chí …"), no proof: docs/explanation/register.md says what the fields are for.
"""

import re
from typing import Any, Final

from django.utils.translation import gettext as _

from nhiemky.register import checks
from nhiemky.register.errors import ServiceError

_MOST: Final = 10**8  # nobody counts more people than there are
# A form of address and the two words after it: a name where both begin large. One alone may be a place (Bà Rịa).
_ADDRESSED: Final = re.compile(
    r"(?:^|(?<=[\s(,;:]))(?:đồng chí|đ/c|ông|bà|anh|chị|cô|thầy|Đồng chí|Đ/c)\s+(\w+)\s+(\w+)"
)


def unnamed(text: str, field: str) -> str:
    """The text, if it addresses nobody by name."""
    named = (found for found in _ADDRESSED.finditer(text) if found[1][0].isupper() and found[2][0].isupper())
    found = next(named, None)
    if found is None:
        return text
    words = _("Gặp “%s”: ô này không ghi tên người; chỉ ghi vai trò, tập thể, số lượng. Hãy bỏ tên.")
    raise ServiceError(field, words % found[0])


def counted(found: Any, field: str, what: str) -> int | None:
    """How many, from a form or a file; nothing is unknown."""
    if found is None or found == "":
        return None
    number = checks.needed(found, field)
    if not 0 <= number <= _MOST or number != int(number):
        words = _("%(what)s: gặp %(found)s, cần một số đếm, từ 0 trở lên.")
        raise ServiceError(field, words % {"what": what, "found": found})
    return int(number)
