"""Proof at start-up that everything which guards the gate is really in the database.

An owner of the file, or a careless migration, can drop what the migrations made; then the program must not go on as
if the database still refused what it no longer refuses.
"""

import re
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from attrtrack.errors import StorageUnusableError
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.failures import translated
from attrtrack.storage.migrations import guards_0001_postgresql as postgresql_0001
from attrtrack.storage.migrations import guards_0001_sqlite as sqlite_0001
from attrtrack.storage.migrations import guards_0002_postgresql as postgresql_0002
from attrtrack.storage.migrations import guards_0002_sqlite as sqlite_0002
from attrtrack.storage.migrations import guards_0003_postgresql as postgresql_0003
from attrtrack.storage.migrations import guards_0003_sqlite as sqlite_0003
from attrtrack.storage.migrations import guards_0004_postgresql as postgresql_0004
from attrtrack.storage.migrations import guards_0004_sqlite as sqlite_0004
from attrtrack.storage.migrations import guards_0005_postgresql as postgresql_0005
from attrtrack.storage.migrations import guards_0005_sqlite as sqlite_0005
from attrtrack.storage.migrations import guards_0006_postgresql as postgresql_0006
from attrtrack.storage.migrations import guards_0006_sqlite as sqlite_0006
from attrtrack.storage.migrations import guards_0007_postgresql as postgresql_0007
from attrtrack.storage.migrations import guards_0007_sqlite as sqlite_0007
from attrtrack.storage.migrations import guards_0008_postgresql as postgresql_0008
from attrtrack.storage.migrations import guards_0008_sqlite as sqlite_0008
from attrtrack.storage.migrations import guards_0011_postgresql as postgresql_0011
from attrtrack.storage.migrations import guards_0011_sqlite as sqlite_0011
from attrtrack.storage.migrations import guards_0012_postgresql as postgresql_0012
from attrtrack.storage.migrations import guards_0012_sqlite as sqlite_0012
from attrtrack.storage.migrations import guards_0014_postgresql as postgresql_0014
from attrtrack.storage.migrations import guards_0014_sqlite as sqlite_0014
from attrtrack.storage.migrations import guards_0015_postgresql as postgresql_0015
from attrtrack.storage.migrations import guards_0015_sqlite as sqlite_0015
from attrtrack.storage.migrations import guards_0016_postgresql as postgresql_0016
from attrtrack.storage.migrations import guards_0016_sqlite as sqlite_0016
from attrtrack.storage.tables import LIVE_INDEXES, metadata

_SQLITE = (
    sqlite_0001,
    sqlite_0002,
    sqlite_0003,
    sqlite_0004,
    sqlite_0005,
    sqlite_0006,
    sqlite_0007,
    sqlite_0008,
    sqlite_0011,
    sqlite_0012,
    sqlite_0014,
    sqlite_0015,
    sqlite_0016,
)
_POSTGRESQL = (
    postgresql_0001,
    postgresql_0002,
    postgresql_0003,
    postgresql_0004,
    postgresql_0005,
    postgresql_0006,
    postgresql_0007,
    postgresql_0008,
    postgresql_0011,
    postgresql_0012,
    postgresql_0014,
    postgresql_0015,
    postgresql_0016,
)
SQLITE_TRIGGERS = {
    name: made for guards in _SQLITE for name, made in guards.SQLITE_TRIGGERS.items() if name not in sqlite_0008.GONE
}
POSTGRESQL_TRIGGERS = {name: made for guards in _POSTGRESQL for name, made in guards.POSTGRESQL_TRIGGERS.items()}
BODIES = {name: body for guards in _POSTGRESQL for name, body in guards.BODIES.items()}
"""A later revision's guard of the same name stands in place of the earlier one."""


def expected_checks() -> dict[str, tuple[str, str]]:
    """Return every CHECK by name with its table and its condition."""
    return {
        str(check.name): (table.name, str(check.sqltext))
        for table in metadata.tables.values()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }


def expected_triggers(engine: Engine) -> tuple[str, ...]:
    """Return the names of every trigger that the database of `engine` must have."""
    return tuple(SQLITE_TRIGGERS if is_sqlite(engine) else POSTGRESQL_TRIGGERS)


def missing_guards(engine: Engine) -> tuple[str, ...]:
    """Return the names of guards that are not there, are disabled, or are other than the migrations made them."""
    try:
        with engine.connect() as connection, connection.begin():
            return _missing_on(connection)
    except SQLAlchemyError as error:
        raise translated(error) from error


def verify_guards(engine: Engine) -> None:
    """Raise `StorageUnusableError` naming whatever guard of the gate is missing."""
    _refuse(missing_guards(engine))


def verify_guards_on(connection: Connection) -> None:
    """Do the same inside a transaction that has just made the guards and is not committed yet."""
    _refuse(_missing_on(connection))


def _missing_on(connection: Connection) -> tuple[str, ...]:
    return tuple(_missing_sqlite(connection) if is_sqlite(connection) else _missing_postgresql(connection))


def _refuse(missing: tuple[str, ...]) -> None:
    if missing:
        raise StorageUnusableError(
            f"数据库缺少把关用的约束或触发器（{'、'.join(missing)}），可能被人改动，系统不予运行：请从备份恢复，或联系管理员查明原因。"
        )


def _bare(sql: str) -> str:
    return "".join(sql.split())


def _missing_sqlite(connection: Connection) -> Iterator[str]:
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    present = {(row[0], row[1]): _bare(row[2]) for row in rows}
    for name, (table, condition) in expected_checks().items():
        if _bare(f"CONSTRAINT {name} CHECK ({condition})") not in present.get(("table", table), ""):
            yield name
    for name, statement in SQLITE_TRIGGERS.items():
        if present.get(("trigger", name)) != _bare(statement):
            yield name
    yield from (name for kind, name in present if kind == "trigger" and name not in SQLITE_TRIGGERS)
    if present.get(("view", "journal_acts")) != _bare(sqlite_0008.ACTS):
        yield "journal_acts"
    for name, table in LIVE_INDEXES.items():
        index = present.get(("index", name), "")
        if not index.endswith(_bare(f"ON {table} (document_id) WHERE superseded_at IS NULL")) or "UNIQUE" not in index:
            yield name


_CHECKS = """SELECT c.conname, t.relname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE c.contype = 'c' AND c.convalidated AND n.nspname = current_schema()"""
_TRIGGERS = """SELECT g.tgname, t.relname, p.proname, pg_get_triggerdef(g.oid) FROM pg_trigger g
JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE NOT g.tgisinternal AND g.tgenabled = 'A' AND n.nspname = current_schema() AND p.pronamespace = n.oid"""
_FUNCTIONS = """SELECT p.proname, p.prosrc, COALESCE(array_to_string(p.proconfig, ' '), '') FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = current_schema()"""
_ACTS = """SELECT 1 FROM pg_views WHERE schemaname = current_schema() AND viewname = 'journal_acts'
AND regexp_replace(definition, '\\s', '', 'g') IN ('SELECTaction,subject,outcome,detailFROMjournal;',
'SELECTjournal.action,journal.subject,journal.outcome,journal.detailFROMjournal;')"""
_FOREIGN = """SELECT g.tgname FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = current_schema() AND t.relname = ANY(:tables)
AND NOT g.tgisinternal AND NOT g.tgname = ANY(:triggers)
UNION ALL SELECT t.relname FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname = current_schema() AND t.relname = ANY(:tables)
AND (t.relrowsecurity OR EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhparent = t.oid))"""
"""Triggers that the migrations did not make, rows hidden by a policy, tables whose rows another table adds to unguarded."""
_RULES = "SELECT rulename FROM pg_rules WHERE schemaname = current_schema()"
_INDEXES = "SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()"


def _missing_postgresql(connection: Connection) -> Iterator[str]:
    checks = {(row[0], row[1]): _words(row[2]) for row in connection.exec_driver_sql(_CHECKS)}
    for name, (table, condition) in expected_checks().items():
        if not _words(condition) <= checks.get((name, table), frozenset()):
            yield name
    triggers = {row[0]: (row[1], row[2], row[3]) for row in connection.exec_driver_sql(_TRIGGERS)}
    yield from (name for name, made in POSTGRESQL_TRIGGERS.items() if not _same_trigger(made, triggers.get(name)))
    functions: dict[str, list[tuple[str, str]]] = {}
    for name, source, settings in connection.exec_driver_sql(_FUNCTIONS):
        functions.setdefault(name, []).append((source, settings))
    yield from (name for name, body in BODIES.items() if not _same_function(body, functions.get(name, [])))
    if not connection.exec_driver_sql(_ACTS).first():
        yield "journal_acts"
    yield from (row[0] for row in connection.exec_driver_sql(_RULES))
    ours = {"tables": list(metadata.tables), "triggers": list(POSTGRESQL_TRIGGERS)}
    yield from (row[0] for row in connection.execute(sa.text(_FOREIGN), ours))
    indexes = {(row[0], row[1]): row[2] for row in connection.exec_driver_sql(_INDEXES)}
    for name, table in LIVE_INDEXES.items():
        index = indexes.get((name, table), "")
        if "UNIQUE" not in index or not index.endswith("(document_id) WHERE (superseded_at IS NULL)"):
            yield name


def _words(condition: str) -> frozenset[str]:
    """Return columns, functions and literals of a condition; PostgreSQL puts operators and keywords in its own words."""
    return frozenset(re.findall(r"[a-z_]+|\d+", condition)) - {"length"}


def _same_function(body: str, found: list[tuple[str, str]]) -> bool:
    """Compare body and pinned search path; a second function of the name could stand in for the first."""
    return len(found) == 1 and found[0][0] == body and "search_path=" in found[0][1] and "pg_temp" in found[0][1]


def _same_trigger(made: str, found: tuple[str, str, str] | None) -> bool:
    """Compare table, function, event and presence of a condition; PostgreSQL prints the rest in its own words."""
    if found is None:
        return False
    table, function, printed = found
    time, event = made.split(maxsplit=5)[3:5]
    return (
        made.split(" ON ", 1)[1].split(maxsplit=1)[0] == table
        and f"EXECUTE FUNCTION {function}(" in made
        and f" {time} {event} " in printed
        and (" WHEN (" in made) == (" WHEN (" in printed)
    )
