"""Every test of the register may touch the database; a test that needs a day sets the clock."""

from collections.abc import Callable
from datetime import datetime

import pytest

from nhiemky.law.calendar import VIETNAM

Clock = Callable[[str], None]


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """SQLite in memory; each test is rolled back."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`clock("30/06/2026 08:00")`: the register's time from here on, in Vietnam; a day alone is its morning."""

    def set_to(said: str) -> None:
        moment = datetime.strptime(said if ":" in said else f"{said} 08:00", "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_to("04/05/2026")
    return set_to
