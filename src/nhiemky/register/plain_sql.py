"""A statement over many ids → its rows, some hundred ids at a time: the same on SQLite and PostgreSQL.

For what is read by the thousand, where the ORM spends longer on rows than the database: the board, the grid, summaries.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import connection

_CHUNK = 500  # ids in one statement


def rows_of(sql: str, keys: Iterable[int], also: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """Rows as the driver gives them, so that the statement casts what the databases give differently; its `*keys` are
    the ids, `also` the values after them."""
    found: list[tuple[Any, ...]] = []
    left = iter(keys)
    with connection.cursor() as cursor:
        while chunk := tuple(islice(left, _CHUNK)):
            cursor.execute(sql.replace("*keys", marks(len(chunk))), (*chunk, *also))
            found += cursor.fetchall()
    return found


def marks(count: int) -> str:
    return ", ".join(["%s"] * count)
