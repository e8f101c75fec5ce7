"""Every phrase of the corpus says what it should, and nothing else."""

import pytest
from tests.reading.corpus_check import Case, cases, complaints


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases()])
def test_phrase(case: Case) -> None:
    assert complaints(case) == []
