"""Every test of the register may touch the database."""

import pytest


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """SQLite in memory; each test is rolled back."""
