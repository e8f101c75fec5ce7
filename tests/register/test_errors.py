"""What services say to people comes in the language of whoever is served; the catalogue's test sees to its English."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from tests.register.builders import ADMIN, CLERK, document, proposal, target, ward

from nhiemky import register
from nhiemky.register import checks, selectors, services
from nhiemky.register.errors import NotFound, ServiceError
from nhiemky.values.period import Period, Term

ROOM = Path(register.__file__).parent
SPEAKERS = [ROOM / "checks.py", ROOM / "errors.py", ROOM / "selectors.py", *sorted((ROOM / "services").glob("*.py"))]


def _left_out(node: ast.AST) -> Iterator[str]:
    """Sentences that are neither a docstring nor inside `_(…)`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.endswith(".")
        and node.value != "."
    ):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _left_out(child)


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda path: path.name)
def test_every_sentence_can_be_translated(path: Path) -> None:
    assert list(_left_out(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_walk_sees_a_sentence_that_cannot() -> None:
    code = 'def f(x):\n    "Said so."\n    raise E("", f"Gặp {x}; cần một số.") from E("", _("Gặp “%s”."))'
    assert list(_left_out(ast.parse(code))) == ["; cần một số."]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: checks.number("91.8", "value"), "Figure: found '91.8'; dots only part thousands"),
        (lambda: checks.real_day("31/02/2023", "as_of"), "Day: found “31/02/2023”"),
        (lambda: checks.one_of("x", {"up": "Cao là tốt"}, "polarity"), "one of these is needed: up."),
        (lambda: checks.within_term(Period(2019, "H1"), Term(2020, 2025)), "The period the first half of 2019 lies"),
        (lambda: checks.same_kind("tỷ đồng", "%"), "is a sum of money, the target is told in “%” (a percentage)"),
        (lambda: services.add_user("", "office", ADMIN), "The sign-in name is missing."),
        (lambda: selectors.target(999), "The register has no target number 999"),
        (lambda: selectors.organisation_named("Ai đó"), "It has: no organisation yet."),
    ],
)
def test_errors_are_english_for_an_english_reader(ask: Callable[[], Any], said: str) -> None:
    with translation.override("en"), pytest.raises(ServiceError) as caught:
        ask()
    assert said in caught.value.message


def test_what_a_clerk_is_told_is_english_too() -> None:
    of = ward()
    held = document(of)
    with translation.override("en"):
        told = services.accept_proposal(proposal(held, "results").pk, CLERK).warnings
    assert told == ("Period inferred from the document: the first half of 2023; you can correct it.",)


def test_a_target_that_is_gone_is_refused_at_its_field() -> None:
    held = document(ward())
    target(held.organisation, "Hộ nghèo")
    with pytest.raises(NotFound, match="Không có chỉ tiêu số 999") as caught:
        services.accept_proposal(proposal(held, "results").pk, CLERK, target_id=999)
    assert caught.value.field == "target_id"
