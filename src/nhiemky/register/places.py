"""Reads of the administrative units: whether those of the register hold together. Called by `nhiemky places check`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from nhiemky.register.models import Organisation, Place, PlaceSuccession
from nhiemky.register.models.places import SuccessionKind
from nhiemky.register.place_rows import Passing, PlaceRow, check_rows


@dataclass(frozen=True)
class PlacesReport:
    """`notes` are counts and what may be so; `faults` are what cannot be."""

    notes: list[str]
    faults: list[str]


def held_rows() -> Iterator[PlaceRow]:
    """The units of the register that have a code, as rows of a table without line numbers or successors."""
    columns = ("level", "code", "name", "parent__code", "valid_from", "valid_to")
    for level, code, name, parent, first, last in Place.objects.exclude(code="").values_list(*columns):
        yield PlaceRow(0, level, code, name, parent or "", first, last)


def check_places() -> PlacesReport:
    """Counts, and everything about units and successions that does not hold together."""
    passings: dict[tuple[str, str, date | None], list[Passing]] = defaultdict(list)
    ends = ("predecessor__level", "predecessor__code", "predecessor__valid_from")
    for level, code, first, kind, above, into in PlaceSuccession.objects.values_list(
        *ends, "kind", "successor__level", "successor__code"
    ):
        passings[level, code, first].append(Passing(kind, above, into))
    rows = [replace(row, successors=tuple(passings[row.key])) for row in held_rows()]
    faults = [str(fault) for fault in check_rows(rows)]
    return PlacesReport(list(_notes()), [*faults, *_days(), *_orphans()])


def _days() -> Iterator[str]:
    """Successions whose day is not the one after the predecessor's last."""
    pairs = PlaceSuccession.objects.select_related("predecessor", "successor")
    for one in pairs.iterator():
        last = one.predecessor.valid_to
        if last is None or (one.on - last).days != 1:
            words = _("%(old)s → %(new)s: ngày kế tục phải là ngày sau ngày cuối của đơn vị cũ.")
            yield words % {"old": one.predecessor, "new": one.successor}


def _orphans() -> Iterator[str]:
    """Units that go on below one that has ended, where that one was not just renamed."""
    renamed = PlaceSuccession.objects.filter(predecessor=OuterRef("parent"), kind=SuccessionKind.RENAME)
    ended = Q(parent__valid_to__isnull=False) & (Q(valid_to=None) | Q(valid_to__gt=F("parent__valid_to")))
    for place in Place.objects.filter(ended).exclude(Exists(renamed)).select_related("parent"):
        yield _("%(name)s (%(code)s) còn, mà đơn vị cấp trên “%(parent)s” đã hết.") % {
            "name": place.name,
            "code": place.code,
            "parent": place.parent,
        }


def _notes() -> Iterator[str]:
    units = Place.objects.exclude(code="")
    for level, label in (("province", _("tỉnh")), ("district", _("huyện")), ("commune", _("xã"))):
        there, ended = (units.filter(level=level, valid_to__isnull=open_).count() for open_ in (True, False))
        yield _("Cấp %(level)s: %(there)s đang có, %(ended)s đã hết.") % {
            "level": label,
            "there": there,
            "ended": ended,
        }
    alone = units.filter(valid_to__isnull=False, successions=None)
    yield _("Đã hết mà không có đơn vị kế tiếp: %(communes)s xã, %(districts)s huyện.") % {
        "communes": alone.filter(level="commune").count(),
        "districts": alone.filter(level="district").count(),
    }
    sudden = units.filter(valid_from__isnull=False, origins=None).count()
    yield _("Mới lập mà không ghi từ đơn vị nào: %s.") % sudden
    if loose := Place.objects.filter(code="").count():
        yield _("Chưa có mã: %s địa bàn do người nhập; tên có thể trùng với đơn vị trong danh mục.") % loose
    stale = Organisation.objects.filter(valid_to=None, place__valid_to__isnull=False).count()
    if stale:
        yield _("Tổ chức còn hoạt động ở địa bàn đã hết: %s; hãy ghi sáp nhập hoặc kết thúc.") % stale
