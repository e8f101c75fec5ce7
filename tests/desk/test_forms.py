"""Corrections typed into the form of any fact: what is taken, what is refused at its field."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from nhiemky.desk.forms import AddResultForm, WordsForm

TASK = {"text": "Hoàn thiện hồ sơ", "by": "2023-09-30", "span": [0, 9], "confidence": 0.7, "rule": "tasks.order"}
CONGRESS = {"level": "commune", "ordinal": 12, "term": "2020-2025"}
CITATION = {"number": "12-NQ/ĐU", "kind": None, "date": "2023-06-30", "issuer": None, "subject": "Về công tác"}


@pytest.mark.parametrize(
    ("fact", "typed", "edits"),
    [
        (TASK, {"by": "30/09/2023"}, {"by": "2023-09-30"}),
        (TASK, {"by": "09/2023"}, {"by": "2023-09"}),
        (TASK, {"by": "2025"}, {"by": "2025"}),
        (TASK, {"by": ""}, {"by": None}),
        (CONGRESS, {"ordinal": "13"}, {"ordinal": 13}),
        (CONGRESS, {"term": ""}, {"term": None}),
        (CITATION, {"issuer": "Đảng ủy phường"}, {"issuer": "Đảng ủy phường"}),
    ],
)
def test_a_correction_is_taken(fact: dict[str, Any], typed: dict[str, str], edits: dict[str, Any]) -> None:
    shown = {key: str(value) for key, value in fact.items() if isinstance(value, str | int)}
    form = WordsForm({**shown, **typed}, fact=fact, initial=fact)
    assert form.is_valid(), form.errors
    assert {key: form.edits()[key] for key in edits} == edits


@pytest.mark.parametrize(
    ("fact", "typed", "field"),
    [
        (TASK, {"by": "31/02/2023"}, "by"),
        (TASK, {"by": "mai"}, "by"),
        (TASK, {"text": ""}, "text"),
        (TASK, {"text": "x" * 601}, "text"),
        (CONGRESS, {"ordinal": "mười ba"}, "ordinal"),
        (CONGRESS, {"ordinal": "-1"}, "ordinal"),
        (CONGRESS, {"term": "2019"}, "term"),
        (CITATION, {"date": "2023-13-40"}, "date"),
        (CITATION, {"number": ""}, "number"),
    ],
)
def test_a_wrong_one_is_refused_at_its_field(fact: dict[str, Any], typed: dict[str, str], field: str) -> None:
    shown = {key: str(value) for key, value in fact.items() if isinstance(value, str | int)}
    assert list(WordsForm({**shown, **typed}, fact=fact, initial=fact).errors) == [field]


def test_parts_of_a_year_are_named_in_the_readers_language() -> None:
    for language, words in (("vi", ("quý II", "tháng 6")), ("en", ("quarter II", "month 6"))):
        with translation.override(language):
            shown = str(AddResultForm(today=date(2023, 7, 1))["part"])
        for word in words:
            assert f">{word}</option>" in shown


def test_a_day_is_shown_as_it_is_typed() -> None:
    assert 'value="30/09/2023"' in str(WordsForm(fact=TASK, initial=TASK)["by"])
