"""What a reading may hold and what people are shown a name of are the same strings."""

from typing import Any, get_args

import pytest

from nhiemky.reading import facts
from nhiemky.values import kinds
from nhiemky.values.kinds import Kind


@pytest.mark.parametrize(
    ("kind", "literal"),
    [
        (kinds.Level, facts.Level),
        (kinds.Direction, facts.Direction),
        (kinds.Qualifier, facts.Qualifier),
        (kinds.RatingLevel, facts.RatingLevel),
        (kinds.WarningCode, facts.WarningCode),
        (kinds.Genre, facts.Genre),
    ],
)
def test_the_strings_of_readings_have_names(kind: type[Kind], literal: Any) -> None:
    assert {str(one) for one in kind} == set(get_args(literal))
