"""One JSON text for one value, on every machine, and its SHA-256: what checks the event log and frozen reviews."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal


def canonical(data: object) -> str:
    """Keys sorted, no blanks, letters as they are, dates and decimals as text; ValueError for what is no number."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain, allow_nan=False)


def sha256_of(data: object) -> str:
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
