"""The database's own refusal to change or remove an event: triggers, on SQLite and PostgreSQL alike.

Set up after every migration (apps.py), since SQLite drops them when it makes a table anew. Whoever owns the database
can lift them: what is edited then is found by events.verify.
"""

from typing import Any, Final

from django.db import connection

_SAID: Final = "Nhật ký chỉ được ghi thêm, không được sửa hay xóa."
_TABLE: Final = "register_event"
# SQLite's REPLACE removes a row without a trigger for removal: an event whose number is there already is refused too.
_SQLITE: Final = {
    "register_event_no_update": "BEFORE UPDATE ON register_event",
    "register_event_no_delete": "BEFORE DELETE ON register_event",
    "register_event_no_replace": "BEFORE INSERT ON register_event "
    "WHEN EXISTS (SELECT 1 FROM register_event WHERE seq = NEW.seq)",
}
_POSTGRESQL: Final = {
    "register_event_no_change": "BEFORE UPDATE OR DELETE ON register_event FOR EACH ROW",
    "register_event_no_truncate": "BEFORE TRUNCATE ON register_event FOR EACH STATEMENT",
}
_FUNCTION: Final = f"""CREATE OR REPLACE FUNCTION register_event_refuse() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""


def guard_log(**_: Any) -> None:
    """Set up what is missing of the triggers; nothing where the log's table is not there yet."""
    with connection.cursor() as cursor:
        if _TABLE not in connection.introspection.table_names(cursor) or guarded():
            return
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
            for name, when in _POSTGRESQL.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {_TABLE}")
                cursor.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION register_event_refuse()")
            return
        for name, when in _SQLITE.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")


def guarded() -> bool:
    """Whether the database refuses changes of the log."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')", [_TABLE]
            )
            return {row[0] for row in cursor.fetchall()} >= _POSTGRESQL.keys()
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE])
        return {row[0] for row in cursor.fetchall()} >= _SQLITE.keys()
