"""Every service by every role on an organisation of its own, below, beside and above: done, or refused in plain words.

`access.tsv` is the table, `access_calls*.py` a call of each service. A service without its row and call fails here.
"""

import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from tests.register import access_calls_figures, access_calls_work  # noqa: F401  (add their calls)
from tests.register.access_calls import CALLS
from tests.register.builders import ADMIN

from nhiemky.register import access, services
from nhiemky.register.access import ALLOWED, Power, Standing
from nhiemky.register.actors import Actor
from nhiemky.register.errors import Refused, ServiceError
from nhiemky.register.models import Organisation
from nhiemky.values.kinds import Role

ROOT = Path(__file__).parents[2]
Row = dict[str, str]
World = dict[Standing, Organisation]


def _rows() -> dict[str, Row]:
    lines = (Path(__file__).parent / "access.tsv").read_text(encoding="utf-8").splitlines()
    head, *rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}


ROWS = _rows()
SERVICES = {name: held for name in services.__all__ if inspect.isfunction(held := getattr(services, name))}
ACTING = {name for name, held in SERVICES.items() if "actor" in inspect.signature(held).parameters}


class _Undone(Exception):
    """Takes back what one cell of the matrix wrote."""


@pytest.fixture
def world() -> World:
    """A ward with a cell below it, a province above, another ward beside."""

    def add(name: str, level: str, parent: Organisation | None) -> Organisation:
        kind = "cell" if level == "cell" else "party_committee"
        return services.add_organisation(name, kind, level, name, ADMIN, parent)

    above = add("Đảng bộ tỉnh Hà Lâm", "province", None)
    own = add("Đảng bộ phường Trúc Khê", "commune", above)
    return {
        Standing.ABOVE: above,
        Standing.OWN: own,
        Standing.BELOW: add("Chi bộ khu phố 3", "cell", own),
        Standing.BESIDE: add("Đảng bộ phường Mai Lĩnh", "commune", above),
    }


def test_every_service_has_its_row_and_its_call() -> None:
    assert sorted(set(SERVICES) - set(ROWS)) == [], "a line of tests/register/access.tsv is missing"
    assert sorted(set(ROWS) - set(SERVICES)) == []
    assert sorted(ACTING - set(CALLS)) == [], "a call in tests/register/access_calls.py is missing"
    assert {name for name, row in ROWS.items() if row["cần"] == "none"} == set(SERVICES) - ACTING


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row["cần"] not in ("none", "whole")))
def test_each_cell(name: str, world: World) -> None:
    row, wrong = ROWS[name], []
    for role in Role:
        allowed = row[role].split()
        for standing, of in world.items():
            actor = Actor("nguoi.thu", role, world[Standing.OWN].pk)
            done, said = _tried(CALLS[name], of, actor)
            if done is not (standing in allowed):
                wrong.append(f"{role}, {standing}: {said or 'done'}")
            if done is not access.may(actor, Power(row["cần"]), of):
                wrong.append(f"{role}, {standing}: not as the power “{row['cần']}” says")
    assert wrong == []


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row["cần"] == "whole"))
def test_what_concerns_the_whole_register(name: str, world: World) -> None:
    for role in Role:
        for organisation in (None, world[Standing.OWN].pk):
            done, _said = _tried(CALLS[name], world[Standing.OWN], Actor("nguoi.thu", role, organisation))
            assert done is (ROWS[name][role] == "whole" and organisation is None), (role, organisation)


def test_a_new_top_organisation_and_an_account_for_all_need_the_whole_register(world: World) -> None:
    bound = Actor("quan.tri.phuong", "admin", world[Standing.OWN].pk)
    for act in (
        lambda: services.add_organisation("Đảng bộ xã Khác", "party_committee", "commune", "xã Khác", bound),
        lambda: services.add_user("moi", "office", bound),
        lambda: services.reset_password("khong.co", bound),
    ):
        with pytest.raises(Refused, match="cả sổ"):
            act()


def test_who_is_refused_is_told_role_right_body_and_what_to_do(world: World) -> None:
    body = Actor("tram.y.te", "body", world[Standing.OWN].pk)
    with pytest.raises(Refused) as raised:
        access.require(body, Power.DECIDE, world[Standing.OWN])
    assert raised.value.message == (
        "Tài khoản “Đơn vị báo số” không có quyền quyết định đối với “Đảng bộ phường Trúc Khê” (đơn vị của mình). "
        "Việc này cần tài khoản: “Lãnh đạo”."
    )
    with translation.override("en"), pytest.raises(Refused) as raised:
        access.require(body, Power.READ, world[Standing.BESIDE])
    assert raised.value.message == (
        "An account of “Reporting body” has no right to look at “Đảng bộ phường Mai Lĩnh” (beside). "
        "Choose your own organisation, one below it or above it."
    )


def test_what_passed_into_ones_own_is_read_and_not_written(world: World) -> None:
    """The ward of a merger opens the former wards' targets, from which its series go on; its neighbour does not."""
    own, beside = world[Standing.OWN], world[Standing.BESIDE]
    new = services.add_organisation("Đảng bộ phường Khê Lĩnh", "party_committee", "commune", "phường Khê Lĩnh", ADMIN)
    clerk = Actor("thu.van", "office", new.pk)
    assert not access.may(clerk, Power.READ, own)
    ground = services.Ground(reference="01-QĐ/TU")
    made = services.merge_organisations([own], new, date(2025, 7, 1), ADMIN, ground)
    assert access.standing(clerk, own) is Standing.FORMER
    assert [power for power in Power if access.may(clerk, power, own)] == [Power.READ]
    assert own.pk in (access.readable(clerk) or ())
    assert not access.may(clerk, Power.READ, beside)
    services.undo_succession(made[0].pk, ADMIN, "nhầm")
    assert not access.may(clerk, Power.READ, own)


def test_what_an_actor_may_look_at(world: World) -> None:
    keys = {standing: of.pk for standing, of in world.items()}
    assert access.readable(Actor("a", "office")) is None
    assert access.readable(Actor("a", "office", keys[Standing.OWN])) == frozenset(keys.values()) - {
        keys[Standing.BESIDE]
    }
    assert access.readable(Actor("a", "province", keys[Standing.ABOVE])) == frozenset(keys.values())


def test_the_reference_tells_the_table() -> None:
    """docs/reference/access.md: a row a role and standing, a column a power."""
    text = (ROOT / "docs/reference/access.md").read_text(encoding="utf-8")
    told = {(role, where): cells for role, where, cells in re.findall(r"^\| `(\w+)` \| (\w+) \|(.*)\|$", text, re.M)}
    for role in Role:
        for standing in Standing:
            cells = [cell.strip() for cell in told[role, standing].split("|")]
            assert cells == ["yes" if power in ALLOWED[role][standing] else "–" for power in Power], (role, standing)


def _tried(
    prepare: Callable[[Organisation], Callable[[Actor], Any]], of: Organisation, actor: Actor
) -> tuple[bool, str]:
    """Whether the call went through (any other error than Refused is a fault of the call itself)."""
    done, said = False, ""
    try:
        with transaction.atomic():
            act = prepare(of)
            try:
                with transaction.atomic():
                    act(actor)
                done = True
            except Refused as error:
                said = error.message
            raise _Undone
    except _Undone:
        pass
    except ServiceError as error:
        pytest.fail(f"{actor.role}: {error.message}")
    return done, said
