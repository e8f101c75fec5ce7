"""The bar at the foot of the page: what was just done, and its undo. Kept in the session for plain posts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

KEY = "toast"


@dataclass(frozen=True)
class Toast:
    """`undo` is the address that takes the step back; `swap` the id of the card it changes, for htmx."""

    words: str
    undo: str = ""
    swap: str = ""
    bad: bool = False


def decided(card: Any, notes: tuple[str, ...] = ()) -> Toast:
    """What was done with a proposal and what the clerk should know of it, with its undo."""
    what = f"{card.said.title} {card.said.value}".strip()
    if card.state == "accepted":
        words = _("Đã nhận: %s") % what
        if card.linked:
            words += " → " + _("chỉ tiêu %s") % card.linked.number
    elif card.state == "rejected":
        words = _("Đã bỏ: %s") % what
    else:
        return Toast(_("Đã hoàn tác: %s") % what)
    if notes:
        words = f"{words}. {notes[0]}"
    return Toast(words, reverse("desk:undo", args=[card.proposal.pk]), card.key)


def keep(request: HttpRequest, toast: Toast) -> None:
    """For the page that a redirect opens next."""
    request.session[KEY] = {"words": toast.words, "undo": toast.undo, "swap": toast.swap, "bad": toast.bad}


def toast_of(request: HttpRequest) -> Toast | None:
    """The toast left by the step before; it is shown once."""
    kept = request.session.pop(KEY, None)
    return Toast(**kept) if isinstance(kept, dict) else None
