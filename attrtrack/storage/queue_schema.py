"""The queue's own schema on PostgreSQL: procrastinate's tables, apart from the register's, and whose version they are.

Decision: the register's table of jobs says what is to be done and how far it has come; the queue only wakes a worker and
lets one of several have a job. So it may be lost (no backup holds it) and made anew: what is waiting is put in again.
"""

from importlib import resources
from typing import Any

from sqlalchemy.engine import Connection

from attrtrack.errors import StorageUnusableError

MISSING = "没有安装任务队列（procrastinate）：请运行 pip install 'attrtrack[postgresql]'。"


def queue_schema(connection: Connection) -> str:
    """Return the quoted name of the schema in which the queue of the open register lies, beside the register's own."""
    return str(connection.exec_driver_sql("SELECT quote_ident(current_schema() || '_queue')").scalar_one())


def create_queue(connection: Connection) -> None:
    """Make the queue's schema with everything in it, within the open transaction.

    Raises `StorageUnusableError` when procrastinate is not installed.
    """
    _run_in_queue(connection, f"CREATE SCHEMA {queue_schema(connection)}", _shipped("schema.sql"))
    _note(connection)


def upgrade_queue(connection: Connection) -> None:
    """Make the queue anew where it is not of the installed procrastinate; what waits is put in again by the workers."""
    if not _is_current(connection):
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {queue_schema(connection)} CASCADE")
        create_queue(connection)


def check_queue(connection: Connection) -> None:
    """Raise `StorageUnusableError` when the queue is not of the installed procrastinate."""
    if not _is_current(connection):
        raise StorageUnusableError(
            "任务队列不是本程序需要的版本，或已被删除：请停下所有 worker，运行 attrtrack db upgrade。"
        )


def _is_current(connection: Connection) -> bool:
    """Whether the queue is there and made by the newest structure that the installed procrastinate knows."""
    noted = connection.exec_driver_sql(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = current_schema() || '_queue'"
    ).scalar_one_or_none()
    return noted == _newest()


def _note(connection: Connection) -> None:
    connection.exec_driver_sql(f"COMMENT ON SCHEMA {queue_schema(connection)} IS '{_newest()}'")


def _run_in_queue(connection: Connection, *scripts: str) -> None:
    """Run scripts of many statements with the queue's schema before all others, then put the path back."""
    path, schema = connection.exec_driver_sql("SHOW search_path").scalar_one(), queue_schema(connection)
    driver: Any = connection.connection.driver_connection
    for script in (f"SET LOCAL search_path = {schema}", *scripts):
        driver.execute(script)
    connection.exec_driver_sql("SELECT set_config('search_path', %s, true)", (path,))


def _newest() -> str:
    try:
        folder = resources.files("procrastinate.sql") / "migrations"
    except ModuleNotFoundError as error:
        raise StorageUnusableError(MISSING) from error
    return max(item.name for item in folder.iterdir() if item.name.endswith(".sql"))


def _shipped(name: str) -> str:
    try:
        folder = resources.files("procrastinate.sql")
    except ModuleNotFoundError as error:
        raise StorageUnusableError(MISSING) from error
    return folder.joinpath(*name.split("/")).read_text(encoding="utf-8")
