"""Triggers set aside while rows are loaded, and put back as they were: read from the catalogue, none named here.

Only ever inside the one transaction that fills an empty database: nobody else sees the database without them, and
whatever ends that transaction early brings back a database without rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy.engine import Connection

from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.transfer.inventory import quoted

_TRIGGERS = """SELECT t.relname, g.tgname, g.tgenabled FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE NOT g.tgisinternal AND n.nspname = current_schema() ORDER BY 1, 2"""
_ENABLED = {"A": "ENABLE ALWAYS", "O": "ENABLE", "R": "ENABLE REPLICA", "D": "DISABLE"}


class _Trigger(NamedTuple):
    aside: str
    back: str


@contextmanager
def guards_aside(connection: Connection) -> Iterator[None]:
    """Load rows within: no trigger speaks; foreign keys and CHECKs do."""
    triggers = tuple(_sqlite(connection) if is_sqlite(connection) else _postgresql(connection))
    if is_sqlite(connection):
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for trigger in triggers:
        connection.exec_driver_sql(trigger.aside)
    yield
    for trigger in triggers:
        connection.exec_driver_sql(trigger.back)


def _sqlite(connection: Connection) -> Iterator[_Trigger]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").all()
    for name, statement in rows:
        yield _Trigger(f"DROP TRIGGER {quoted(name)}", statement)


def _postgresql(connection: Connection) -> Iterator[_Trigger]:
    for table, name, enabled in connection.exec_driver_sql(_TRIGGERS).all():
        state = enabled.decode() if isinstance(enabled, bytes) else enabled
        alter = f"ALTER TABLE {quoted(table)}"
        yield _Trigger(f"{alter} DISABLE TRIGGER {quoted(name)}", f"{alter} {_ENABLED[state]} TRIGGER {quoted(name)}")
