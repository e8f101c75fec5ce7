"""Mergers, divisions, names and parents: days are set, wrong ones refused, and a wrong one undone leaves no trace."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhiemky.register import events
from nhiemky.register.actors import Actor
from nhiemky.register.errors import ServiceError
from nhiemky.register.models import Event, Indicator, Organisation, Place, Result, Succession, Target
from nhiemky.register.services import succession
from nhiemky.register.services.succession import Ground
from nhiemky.register.trees import organisations_below, parent_on

ADMIN = Actor("quan.tri", "admin")
DAY, EVE = date(2025, 7, 1), date(2025, 6, 30)
LAW = Ground(reference="9701/NQ ngày 16/06/2025")


def body(name: str, parent: Organisation | None = None, first: date | None = None) -> Organisation:
    at = Place.objects.get_or_create(name=name.removeprefix("Đảng bộ "), level="commune")[0]
    return Organisation.objects.create(
        name=name, kind="party_committee", level="commune", place=at, parent=parent, valid_from=first
    )


def reported(organisation: Organisation, period: str, value: int = 5) -> Result:
    indicator = Indicator.objects.get_or_create(name="Hộ nghèo", folded_name="ho ngheo", unit="hộ")[0]
    return Result.objects.create(
        organisation=organisation,
        indicator=indicator,
        period=period,
        value=Decimal(value),
        as_of=date(2025, 12, 31),
        state="approved",
        added_by="thu.van",
        added_at=timezone.now(),
    )


def state() -> list[Any]:
    """Everything about organisations that a merger touches."""
    columns = ("pk", "name", "parent_id", "valid_from", "valid_to")
    return [
        *Organisation.objects.order_by("pk").values_list(*columns),
        *Succession.objects.order_by("pk").values_list(),
    ]


def merge(*old: Organisation, into: Organisation, on: date = DAY, actor: Actor = ADMIN) -> list[Succession]:
    return succession.merge_organisations(old, into, on, actor, LAW)


def test_a_merger_ends_the_old_ones_the_day_before_and_begins_the_new_one() -> None:
    a, b, new = body("Đảng bộ xã Bến Lau"), body("Đảng bộ xã Cầu Đá"), body("Đảng bộ phường Trúc Khê")
    merge(a, b, into=new)
    for organisation in (a, b, new):
        organisation.refresh_from_db()
    assert (a.valid_to, b.valid_to, new.valid_from, new.valid_to) == (EVE, EVE, DAY, None)
    made = Succession.objects.filter(successor=new)
    assert {(one.predecessor, one.kind, one.on, one.reference) for one in made} == {
        (a, "merge", DAY, LAW.reference),
        (b, "merge", DAY, LAW.reference),
    }
    event = Event.objects.get()
    assert (event.verb, event.subject_id) == ("merge_organisations", str(new.pk))
    assert event.data["predecessors"] == [a.name, b.name]
    assert events.verify() is None


def test_one_that_was_there_before_takes_the_other_in_and_keeps_its_first_day() -> None:
    a, b = body("Đảng bộ xã Bến Lau"), body("Đảng bộ xã Cầu Đá")
    reported(a, "2024")
    merge(b, into=a)
    a.refresh_from_db()
    assert a.valid_from is None


def test_what_stood_below_the_old_ones_stands_below_the_new_one_and_is_found_on_every_day() -> None:
    top = body("Đảng bộ tỉnh")
    a, b, new = (body(f"Đảng bộ {name}", top) for name in ("xã Bến Lau", "xã Cầu Đá", "phường Trúc Khê"))
    cells = [body("Chi bộ thôn Một", a), body("Chi bộ thôn Hai", b)]
    merge(a, b, into=new)
    assert set(organisations_below(new.pk, DAY)) == {new.pk, *(cell.pk for cell in cells)}
    assert set(organisations_below(a.pk, EVE)) == {a.pk, cells[0].pk}
    assert set(organisations_below(top.pk, EVE)) == {top.pk, a.pk, b.pk, *(cell.pk for cell in cells)}
    assert set(organisations_below(top.pk, DAY)) == {top.pk, new.pk, *(cell.pk for cell in cells)}
    assert parent_on(Organisation.objects.get(pk=cells[0].pk), EVE) == a.pk


def test_a_division_ends_the_old_one() -> None:
    old, one, other = body("Đảng bộ xã Cầu Đá"), body("Đảng bộ phường Một"), body("Đảng bộ phường Hai")
    made = succession.split_organisation(old, [one, other], DAY, ADMIN, LAW)
    old.refresh_from_db()
    assert old.valid_to == EVE
    assert [link.kind for link in made] == ["split", "split"]


def test_a_division_waits_for_what_stands_below_to_be_moved() -> None:
    old, one, other = body("Đảng bộ xã Cầu Đá"), body("Đảng bộ phường Một"), body("Đảng bộ phường Hai")
    body("Chi bộ thôn Một", old)
    with pytest.raises(ServiceError, match="còn 1 tổ chức trực thuộc"):
        succession.split_organisation(old, [one, other], DAY, ADMIN, LAW)


def test_a_part_passes_and_both_go_on() -> None:
    old, new = body("Đảng bộ xã Cầu Đá"), body("Đảng bộ phường Một")
    made = succession.part_organisation(old, new, DAY, ADMIN, LAW)
    old.refresh_from_db()
    assert (made.kind, old.valid_to) == ("part", None)


def test_another_name_keeps_the_row_and_the_former_name() -> None:
    held = body("Đảng bộ xã Cầu Đá")
    made = succession.rename_organisation(held, "Đảng bộ phường Cầu Đá", DAY, ADMIN, LAW)
    held.refresh_from_db()
    assert held.name == "Đảng bộ phường Cầu Đá"
    assert (made.predecessor, made.successor, made.former_name) == (held, held, "Đảng bộ xã Cầu Đá")


def test_another_parent_from_the_day_and_the_former_one_before() -> None:
    district, province = body("Huyện ủy Đông"), body("Tỉnh ủy")
    held = body("Đảng bộ xã Cầu Đá", district)
    succession.reparent_organisation(held, province, DAY, ADMIN, LAW)
    held.refresh_from_db()
    assert held.parent == province
    assert held.pk in organisations_below(district.pk, EVE)
    assert held.pk not in organisations_below(district.pk, DAY)
    assert held.pk in organisations_below(province.pk, DAY)
    assert held.pk not in organisations_below(province.pk, EVE)


def test_moved_twice_each_day_knows_its_parent() -> None:
    first, second, third = body("Huyện ủy Đông"), body("Tỉnh ủy Cũ"), body("Tỉnh ủy Mới")
    held = body("Đảng bộ xã Cầu Đá", first)
    succession.reparent_organisation(held, second, date(2024, 1, 1), ADMIN, LAW)
    succession.reparent_organisation(held, third, DAY, ADMIN, LAW)
    held.refresh_from_db()
    days = (date(2023, 12, 31), date(2024, 1, 1), EVE, DAY)
    assert [parent_on(held, on) for on in days] == [first.pk, second.pk, second.pk, third.pk]


Act = Callable[[dict[str, Organisation]], object]
REFUSED: list[tuple[str, Act, str]] = [
    ("twice among the old", lambda o: merge(o["a"], o["a"], into=o["new"]), "được chọn hai lần"),
    ("old and new", lambda o: merge(o["a"], o["b"], into=o["a"]), "được chọn hai lần"),
    ("nothing old", lambda o: merge(into=o["new"]), "Chưa chọn tổ chức cũ"),
    ("nothing new", lambda o: succession.split_organisation(o["a"], [], DAY, ADMIN, LAW), "Chưa chọn tổ chức mới"),
    ("one new", lambda o: succession.split_organisation(o["a"], [o["new"]], DAY, ADMIN, LAW), "ít nhất hai tổ chức"),
    ("ended before", lambda o: merge(o["ended"], into=o["new"]), "đã kết thúc ngày 31/12/2020"),
    ("into what has ended", lambda o: merge(o["a"], into=o["ended"]), "đã kết thúc ngày 31/12/2020"),
    ("not begun yet", lambda o: merge(o["young"], into=o["new"]), "không sau ngày lập"),
    ("into what is not there yet", lambda o: merge(o["a"], into=o["young"]), "đến ngày 01/01/2026 mới lập"),
    ("into what stands below it", lambda o: merge(o["a"], into=o["child"]), "đang thuộc “Đảng bộ xã Bến Lau”"),
    ("no ground", lambda o: succession.merge_organisations([o["a"]], o["new"], DAY, ADMIN, Ground()), "Chưa có căn cứ"),
    (
        "its own parent",
        lambda o: succession.reparent_organisation(o["a"], o["a"], DAY, ADMIN, LAW),
        "cấp trên của chính mình",
    ),
    (
        "parent of its parent",
        lambda o: succession.reparent_organisation(o["a"], o["child"], DAY, ADMIN, LAW),
        "đang thuộc “Đảng bộ xã Bến Lau”",
    ),
    ("the same parent", lambda o: succession.reparent_organisation(o["child"], o["a"], DAY, ADMIN, LAW), "đã thuộc"),
    ("the same name", lambda o: succession.rename_organisation(o["a"], o["a"].name, DAY, ADMIN, LAW), "đang dùng"),
    ("no name", lambda o: succession.rename_organisation(o["a"], " ", DAY, ADMIN, LAW), "Chưa có tên tổ chức"),
    ("an office may not", lambda o: merge(o["a"], into=o["new"], actor=Actor("thu.van", "office")), "không có quyền"),
    (
        "one beside may not",
        lambda o: merge(o["a"], into=o["new"], actor=Actor("b", "admin", o["b"].pk)),
        "không có quyền",
    ),
]


@pytest.mark.parametrize(("act", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_is_refused_and_changes_nothing(act: Act, words: str) -> None:
    bodies = {"a": body("Đảng bộ xã Bến Lau"), "b": body("Đảng bộ xã Cầu Đá"), "new": body("Đảng bộ phường Trúc Khê")}
    bodies["child"] = body("Chi bộ thôn Một", bodies["a"])
    bodies["ended"] = body("Đảng bộ xã Xưa")
    Organisation.objects.filter(pk=bodies["ended"].pk).update(valid_to=date(2020, 12, 31))
    bodies["young"] = body("Đảng bộ xã Sau", first=date(2026, 1, 1))
    before = state()
    with pytest.raises(ServiceError, match=words):
        act(bodies)
    assert state() == before
    assert not Event.objects.exists()


def test_a_merger_in_a_circle_is_refused() -> None:
    a, b, c = body("Đảng bộ xã Một"), body("Đảng bộ xã Hai"), body("Đảng bộ xã Ba")
    merge(a, into=b, on=date(2021, 1, 1))
    merge(b, into=c, on=date(2022, 1, 1))
    with pytest.raises(ServiceError, match="Vòng tròn: “Đảng bộ xã Ba” đã được lập từ “Đảng bộ xã Một”"):
        merge(c, into=a, on=date(2023, 1, 1))


def test_names_and_parents_are_told_in_the_order_of_their_days() -> None:
    held = body("Đảng bộ xã Cầu Đá")
    succession.rename_organisation(held, "Đảng bộ phường Cầu Đá", DAY, ADMIN, LAW)
    with pytest.raises(ServiceError, match="đã có lần đổi tên từ ngày 01/07/2025"):
        succession.rename_organisation(held, "Đảng bộ thị trấn Cầu Đá", date(2024, 1, 1), ADMIN, LAW)


def test_undo_of_a_merger_restores_days_and_parents_exactly() -> None:
    a, b, new = body("Đảng bộ xã Bến Lau"), body("Đảng bộ xã Cầu Đá"), body("Đảng bộ phường Trúc Khê")
    body("Chi bộ thôn Một", a)
    reported(a, "2024")
    before = state()
    made = merge(a, b, into=new)
    assert state() != before
    succession.undo_succession(made[1].pk, ADMIN, "Nhập nhầm")
    assert state() == before
    event = Event.objects.order_by("seq").last()
    assert event is not None
    assert (event.verb, event.data["reason"], event.data["undone"]) == ("undo_succession", "Nhập nhầm", 1)
    assert events.verify() is None


@pytest.mark.parametrize("kind", ["rename", "reparent", "split", "part"])
def test_undo_of_every_other_act(kind: str) -> None:
    a, b, c = body("Đảng bộ xã Bến Lau"), body("Đảng bộ xã Cầu Đá"), body("Đảng bộ phường Trúc Khê")
    before = state()
    acts: dict[str, Callable[[], Any]] = {
        "rename": lambda: succession.rename_organisation(a, "Đảng bộ phường Bến Lau", DAY, ADMIN, LAW),
        "reparent": lambda: succession.reparent_organisation(a, b, DAY, ADMIN, LAW),
        "split": lambda: succession.split_organisation(a, [b, c], DAY, ADMIN, LAW)[0],
        "part": lambda: succession.part_organisation(a, b, DAY, ADMIN, LAW),
    }
    made = acts[kind]()
    assert made.kind == kind
    succession.undo_succession(made.pk, ADMIN, "Ghi nhầm")
    assert state() == before


def test_undo_is_refused_once_the_new_body_has_reported() -> None:
    a, new = body("Đảng bộ xã Bến Lau"), body("Đảng bộ phường Trúc Khê")
    (made,) = merge(a, into=new)
    reported(new, "2025-H2")
    before = state()
    with pytest.raises(ServiceError, match="“Đảng bộ phường Trúc Khê” đã có 1 số liệu sau ngày ấy"):
        succession.undo_succession(made.pk, ADMIN, "Nhập nhầm")
    assert state() == before


def test_undo_is_refused_once_the_new_body_has_targets() -> None:
    a, new = body("Đảng bộ xã Bến Lau"), body("Đảng bộ phường Trúc Khê")
    (made,) = merge(a, into=new)
    indicator = Indicator.objects.create(name="Hộ nghèo", folded_name="ho ngheo", unit="hộ")
    Target.objects.create(
        organisation=new, indicator=indicator, term="2025-2030", number=1, name="Hộ nghèo", direction="at_most",
        low=5, deadline=date(2030, 12, 31), meaning="by_deadline", added_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(ServiceError, match="đã có 1 chỉ tiêu"):
        succession.undo_succession(made.pk, ADMIN, "Nhập nhầm")


def test_undo_is_refused_while_a_later_act_stands_on_it_and_works_from_the_last_back() -> None:
    a, b, c = body("Đảng bộ xã Một"), body("Đảng bộ xã Hai"), body("Đảng bộ xã Ba")
    before = state()
    (first,) = merge(a, into=b, on=date(2021, 1, 1))
    (second,) = merge(b, into=c, on=date(2022, 1, 1))
    with pytest.raises(ServiceError, match=r"còn một lần sắp xếp .*01/01/2022"):
        succession.undo_succession(first.pk, ADMIN, "Nhập nhầm")
    succession.undo_succession(second.pk, ADMIN, "Nhập nhầm")
    succession.undo_succession(first.pk, ADMIN, "Nhập nhầm")
    assert state() == before


def test_undo_never_leaves_a_circle_of_parents() -> None:
    """B came under A after A had left B: A cannot go back."""
    a, b, c = body("Tổ chức A"), body("Tổ chức B"), body("Tổ chức C")
    Organisation.objects.filter(pk=a.pk).update(parent=b)
    moved = succession.reparent_organisation(a, c, date(2024, 1, 1), ADMIN, LAW)
    succession.reparent_organisation(b, a, DAY, ADMIN, LAW)
    before = state()
    with transaction.atomic(), pytest.raises(ServiceError, match="đang thuộc “Tổ chức A”"):
        succession.undo_succession(moved.pk, ADMIN, "Ghi nhầm")
    assert state() == before


def test_undo_needs_a_reason_and_the_right() -> None:
    a, new = body("Đảng bộ xã Bến Lau"), body("Đảng bộ phường Trúc Khê")
    (made,) = merge(a, into=new)
    with pytest.raises(ServiceError, match="Chưa có lý do"):
        succession.undo_succession(made.pk, ADMIN, " ")
    with pytest.raises(ServiceError, match="không có quyền"):
        succession.undo_succession(made.pk, Actor("thu.van", "office"), "Nhập nhầm")
    with pytest.raises(ServiceError, match="Không có lần sắp xếp số 999"):
        succession.undo_succession(999, ADMIN, "Nhập nhầm")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parents=st.lists(st.integers(-1, 5), min_size=6, max_size=6),
    old=st.sets(st.integers(0, 4), min_size=1, max_size=4),
    first=st.sampled_from([None, date(2020, 1, 1), date(2025, 6, 30)]),
    on=st.dates(date(2025, 7, 1), date(2027, 12, 31)),
)
def test_merged_and_undone_is_as_before(parents: list[int], old: set[int], first: date | None, on: date) -> None:
    """Whatever stood below whom (only earlier ones above later ones, so that there is no circle to begin with)."""
    with transaction.atomic():
        bodies: list[Organisation] = []
        for number, parent in enumerate(parents):
            bodies.append(body(f"Tổ chức {number}", bodies[parent] if 0 <= parent < number else None, first))
        before = state()
        try:
            made = merge(*(bodies[one] for one in sorted(old)), into=bodies[5], on=on)
        except ServiceError:
            assert state() == before
        else:
            succession.undo_succession(made[0].pk, ADMIN, "Nhập nhầm")
            assert state() == before
        transaction.set_rollback(True)
