"""A table of a document: read again by the roles that a person gives its columns, confirmed, or said to be no annex."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.desk.access import actor, page
from nhiemky.desk.genres import genre_name
from nhiemky.desk.reader import read_page
from nhiemky.desk.tables_view import Asked, typed_roles
from nhiemky.desk.toasts import Toast, keep
from nhiemky.reading.annex import Role
from nhiemky.register import annexes, selectors, services
from nhiemky.register.annexes import Annex, Roles
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.register.services import TableRead


@page("POST")
def read_again(request: HttpRequest, document_id: int, key: str) -> HttpResponse:
    """`act` is `read` (the default), `confirm`, `nothing` (no annex) or `first` (as it was recognised)."""
    act = request.POST.get("act", "read")
    one = annexes.annex_at(selectors.document(document_id), key)
    if one is None:
        messages.error(request, _("Văn bản này không có bảng “%s”. Hãy tải lại trang.") % key)
        return redirect("desk:read", document_id)
    asked = Asked(key, _roles_of(one, act)) if act in ("nothing", "first") else typed_roles(one, request.POST)
    if not asked.errors:
        try:
            roles = None if act == "first" else asked.roles
            done = services.read_table(document_id, key, roles, actor(request), confirmed=act in ("confirm", "nothing"))
        except NotFound:
            raise
        except ServiceError as error:
            asked.errors[error.field] = error.message
        else:
            keep(request, Toast(_words(one, act, done)))
            look = "" if act in ("confirm", "nothing") else f"?table={key}"
            return redirect(f"{reverse('desk:read', args=[document_id])}{look}#b{key}")
    whole = read_page(document_id, asked=asked)
    context: dict[str, Any] = {"page": whole, "genre": genre_name(whole.document)}
    return render(request, "desk/read.html", context, status=422)


def _roles_of(one: Annex, act: str) -> Roles:
    return {column.column: (Role.UNKNOWN, None) for column in one.reading.columns} if act == "nothing" else {}


def _words(one: Annex, act: str, done: TableRead) -> str:
    """`Đã đọc lại bảng 1: thêm 12, bỏ 9 đề xuất. Giữ nguyên 3 đề xuất đã quyết định, 1 nay đọc khác.`"""
    if not done.changed and act == "confirm":
        return _("Đã xác nhận bảng %s.") % one.number
    if not done.changed:
        words = _("Đã đọc lại bảng %s: không đề xuất nào thay đổi.") % one.number
    else:
        said = {"number": one.number, "added": done.added, "removed": done.removed}
        words = _("Đã đọc lại bảng %(number)s: thêm %(added)s, bỏ %(removed)s đề xuất.") % said
    if done.kept:
        words += " " + _("Giữ nguyên %s đề xuất đã quyết định.") % done.kept
    if done.differing:
        words += " " + _("Trong đó %s nay đọc khác: hãy xem lại.") % done.differing
    return words
