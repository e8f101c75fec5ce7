"""What several commands ask for: an organisation, its term, a day as it is typed."""

from datetime import date
from typing import TYPE_CHECKING

from nhiemky.values.figures import parse_day
from nhiemky.values.period import Term

if TYPE_CHECKING:
    from nhiemky.register.selectors import Organisation


class Unclear(Exception):
    """The command line leaves open which record is meant, or names none."""


def organisation_and_term(name: str, term: str) -> "tuple[Organisation, str]":
    """The named organisation, or the only one with targets; the term given, or its newest."""
    from nhiemky.register import selectors

    if name:
        holder = selectors.organisation_named(name)
    else:
        with_targets = list(selectors.organisations_with_targets())
        if len(with_targets) != 1:
            names = ", ".join(item.name for item in with_targets) or "chưa tổ chức nào có chỉ tiêu"
            raise Unclear(f"hãy nêu --organisation; trong sổ: {names}")
        holder = with_targets[0]
    if term:
        try:
            return holder, str(Term.parse(term))
        except ValueError as error:
            raise Unclear(str(error)) from error
    held = selectors.terms(holder.pk)
    if not held:
        raise Unclear(f"{holder.name} chưa có chỉ tiêu nào; hãy nhận chỉ tiêu ở trang Đọc văn bản trước")
    return holder, held[0]


def day_typed(text: str) -> date:
    """`30/06/2023` or `2023-06-30`."""
    try:
        return parse_day(text)
    except ValueError as error:
        raise Unclear(str(error)) from error


def today() -> date:
    """Today in Việt Nam."""
    from django.utils import timezone

    return timezone.localdate()
