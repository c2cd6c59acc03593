"""The one place where SQLite and PostgreSQL differ in how they are opened, locked and read."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from attrtrack.errors import StorageUnusableError, told
from attrtrack.storage.columns import moment_text
from attrtrack.storage.hashing import Acting, register_functions
from attrtrack.storage.prepared import begin
from attrtrack.storage.sight import narrow

WRITING = "attrtrack_writing"
PATIENCE = "attrtrack_patience"
"""The execution option that says how many seconds a writer waits for its turn, in place of half a minute."""
_ACTING = "attrtrack_acting"
_WAIT_SECONDS = 30
_IN_MEMORY = (None, "", ":memory:")
_LOCK_KEY = 0x61747472  # any constant will do, so long as every writer of the register takes the same
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PRAGMAS = (
    f"PRAGMA busy_timeout = {_WAIT_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA wal_autocheckpoint = 8000",
)
_UNDOING = "PRAGMA temp_store = MEMORY"
"""Lets a writer keep in memory what would undo the row at hand: triggers that may refuse had it written to a file, row by row."""


def make_engine(url: str) -> Engine:
    """Make an engine for a `sqlite:///` or `postgresql+psycopg://` address; nothing is opened yet.

    Raises `StorageUnusableError` when the address is no such address, or its driver is not installed.
    """
    try:
        parsed = sa.make_url(url)
    except ArgumentError as error:
        raise StorageUnusableError(
            "数据库地址写法不对：请写成 sqlite:///文件名 或 postgresql+psycopg://用户@主机/库名。"
        ) from error
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite(parsed)
    if parsed.drivername == "postgresql+psycopg":
        return _postgresql(parsed)
    raise StorageUnusableError(
        f"不支持数据库 {parsed.drivername}：请写成 sqlite:///文件名 或 postgresql+psycopg://用户@主机/库名。"
    )


def reader_of(engine: Engine) -> Engine:
    """Return the engine whose connections only read: on a file of SQLite one of its own.

    There a connection that turns from reading to writing has SQLite compile every statement anew, with all its triggers.
    """
    in_a_file = is_sqlite(engine) and engine.url.database not in _IN_MEMORY
    return make_engine(engine.url.render_as_string(hide_password=False)) if in_a_file else engine


def is_sqlite(bind: Engine | Connection) -> bool:
    """Whether the database is SQLite (else it is PostgreSQL)."""
    return bind.dialect.name == "sqlite"


def _options() -> dict[str, Callable[[Any], Any]]:
    return {"json_serializer": compact_json, "json_deserializer": _loaded}


def _loaded(text: str) -> Any:  # noqa: ANN401 - whatever stands in a column
    return json.loads(text) if text != "[]" else []


def compact_json(value: object) -> str:
    """Print JSON without spaces and with Chinese as it is."""
    return _ENCODER.encode(value) if value != [] else "[]"


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in _IN_MEMORY
    engine = sa.create_engine(url, **_options(), **({"poolclass": StaticPool} if in_memory else {}))
    if not in_memory:
        _create_private(Path(str(url.database)))
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", narrow, retval=True)
    return engine


def _create_private(path: Path) -> None:
    try:
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise StorageUnusableError(f"数据库文件 {path} 无法建立或打开：{told(error)}。请检查路径和权限。") from error


def _set_pragmas(connection: Any, record: Any) -> None:  # noqa: ANN401 - a driver's connection has no common type
    connection.isolation_level = None
    record.info[_ACTING] = Acting()
    register_functions(connection, record.info[_ACTING])
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.info[_ACTING].end()
    if connection.info.get(WRITING) is not writing:
        # only where it changes: the pragma lets SQLite compile every statement anew, with all the triggers that it fires
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
        if writing:
            connection.exec_driver_sql(_UNDOING)
        connection.info[WRITING] = writing
    patience = connection.get_execution_options().get(PATIENCE)
    if patience is None:
        begin(connection.connection.driver_connection, writing=writing)
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(_PRAGMAS[0])


def _postgresql(url: URL) -> Engine:
    try:
        engine = sa.create_engine(url, pool_pre_ping=True, **_options())
    except ModuleNotFoundError as error:
        raise StorageUnusableError("没有安装 PostgreSQL 驱动：请运行 pip install 'attrtrack[postgresql]'。") from error
    event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "before_cursor_execute", narrow, retval=True)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    """Lock or read by snapshot, and plan each statement for its values.

    Words of unequal frequency share the statements of a look-up; a plan for the average one sorted thousands of rows.
    """
    if connection.get_execution_options().get(WRITING, False):
        patience = connection.get_execution_options().get(PATIENCE) or _WAIT_SECONDS
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(patience * 1000)}ms'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")


def act(connection: Connection, actor: str, origin: str, *, now: dt.datetime | None) -> None:
    """Say who writes in the open transaction, from where and when: the journal's triggers ask, until the transaction ends.

    Where no time is given the database's own clock speaks.
    """
    if is_sqlite(connection):
        connection.info[_ACTING].begin(actor, origin, now)
        return
    said = {"actor": actor, "origin": origin, "now": "" if now is None else moment_text(now)}
    connection.execute(_ACT, said)


_ACT = sa.text(
    "SELECT set_config('attrtrack.actor', :actor, true), set_config('attrtrack.origin', :origin, true), "
    "set_config('attrtrack.now', :now, true)"
)


def scrub(engine: Engine) -> None:
    """Overwrite what deleted rows left behind: the write-ahead log of SQLite, the dead rows of PostgreSQL.

    The search index of SQLite keeps words of what was taken out of it until its parts are merged.
    """
    if is_sqlite(engine):
        with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('optimize')")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if is_sqlite(engine):
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in (
                "documents",
                "proposals",
                "declarations",
                "decisions",
                "evaluations",
                "publications",
                "links",
                "judgements",
                "reviews",
                "secrecy_reviews",
                "opinions",
                "withdrawals",
                "reexaminations",
                "corrections",
                "precedents",
                "precedent_hashes",
                "standings",
                "standing_links",
                "search_entries",
                "cuts",
                "kept_files",
                "page_links",
                "job_products",
                "idempotency_keys",
            ):
                connection.exec_driver_sql(f"VACUUM FULL {table}")
