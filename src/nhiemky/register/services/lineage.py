"""What a merger, a division or another parent must not do: checked before succession.py and organisations.py write."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from nhiemky.register import access
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Organisation, Succession
from nhiemky.values.figures import day


def no_own_child(organisation: Organisation, parent: Organisation | None, field: str = "parent") -> None:
    """A body stands neither under itself nor under one that stands under it."""
    if parent is None or organisation.pk not in access.line_of(parent.pk):
        return
    if parent.pk == organisation.pk:
        words = _("“%(name)s” không thể là cấp trên của chính mình. Hãy chọn tổ chức khác.")
    else:
        words = _("“%(parent)s” đang thuộc “%(name)s”, không thể là cấp trên của nó. Hãy chọn tổ chức khác.")
    raise ServiceError(field, words % {"name": organisation.name, "parent": parent.name})


def each_once(predecessors: Sequence[Organisation], successors: Sequence[Organisation]) -> None:
    """No body twice in one act, neither among the old nor the new nor on both sides."""
    if not predecessors:
        raise ServiceError("predecessors", _("Chưa chọn tổ chức cũ. Hãy chọn ít nhất một."))
    if not successors:
        raise ServiceError("successor", _("Chưa chọn tổ chức mới. Hãy chọn ít nhất một."))
    seen: set[int] = set()
    for organisation in (*predecessors, *successors):
        if organisation.pk in seen:
            words = _("“%s” được chọn hai lần; mỗi tổ chức chỉ một lần, hoặc cũ hoặc mới. Hãy bỏ bớt.")
            raise ServiceError("predecessors", words % organisation.name)
        seen.add(organisation.pk)


def no_circle(predecessors: Iterable[Organisation], successors: Iterable[Organisation]) -> None:
    """What came out of a body, however far, does not become that body again."""
    old = {organisation.pk: organisation for organisation in predecessors}
    for successor in successors:
        for key in _after(successor.pk):
            if key in old:
                words = _("Vòng tròn: “%(old)s” đã được lập từ “%(new)s”, nên không thể nhập lại vào đó.")
                raise ServiceError("successor", words % {"old": old[key].name, "new": successor.name})


def ends_before(organisation: Organisation, on: date) -> None:
    """The body's last day can be the one before: it has begun, and no other end is known."""
    if organisation.valid_from is not None and organisation.valid_from >= on:
        words = _("Ngày %(on)s không sau ngày lập “%(name)s” (%(first)s). Hãy sửa ngày.")
        said = {"on": day(on), "name": organisation.name, "first": day(organisation.valid_from)}
        raise ServiceError("on", words % said)
    if organisation.valid_to is not None and organisation.valid_to != on - timedelta(days=1):
        words = _("“%(name)s” đã kết thúc ngày %(last)s. Hãy sửa ngày, hoặc bỏ tổ chức ấy ra.")
        raise ServiceError("on", words % {"name": organisation.name, "last": day(organisation.valid_to)})


def there_on(organisation: Organisation, on: date) -> None:
    """The body exists on the day."""
    if organisation.valid_from is not None and organisation.valid_from > on:
        words = _("“%(name)s” đến ngày %(first)s mới lập, sau ngày %(on)s. Hãy sửa ngày.")
        said = {"on": day(on), "name": organisation.name, "first": day(organisation.valid_from)}
        raise ServiceError("on", words % said)
    if organisation.valid_to is not None and organisation.valid_to < on:
        words = _("“%(name)s” đã kết thúc ngày %(last)s, trước ngày %(on)s. Hãy sửa ngày, hoặc chọn tổ chức khác.")
        said = {"on": day(on), "name": organisation.name, "last": day(organisation.valid_to)}
        raise ServiceError("on", words % said)


def not_under(organisation: Organisation, ending: Sequence[Organisation]) -> None:
    """A body that goes on does not stand under one that ends."""
    above = access.line_of(organisation.parent_id)
    if found := next((one for one in ending if one.pk in above), None):
        words = _("“%(name)s” đang thuộc “%(old)s”, là tổ chức sẽ kết thúc. Hãy chuyển cấp trên của nó trước.")
        raise ServiceError("successor", words % {"name": organisation.name, "old": found.name})


def _after(key: int) -> set[int]:
    """All that came out of the body."""
    found: set[int] = set()
    fresh = {key}
    while fresh:
        links = Succession.objects.filter(predecessor__in=fresh).values_list("successor_id", flat=True)
        fresh = set(links) - found - {key}
        found |= fresh
    return found
