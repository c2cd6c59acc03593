"""Which revision a database stands at, and bringing it to the program's own.

Alembic is loaded by what migrates only: to open a register that stands where it should, a name and a cell are compared.
"""

from functools import cache
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from attrtrack.errors import StorageUnusableError
from attrtrack.storage.engine import WRITING, is_sqlite, make_engine
from attrtrack.storage.failures import translated
from attrtrack.storage.migrations import versions
from attrtrack.storage.queue_schema import upgrade_queue

if TYPE_CHECKING:
    from alembic.config import Config

_STANDS_AT = sa.table("alembic_version", sa.column("version_num"))


def upgrade_database(url: str) -> str:
    """Bring the database at `url` to the program's revision, creating it if it is empty; return that revision."""
    engine = make_engine(url)
    try:
        return _upgrade(engine, only_if_empty=False)
    finally:
        engine.dispose()


def ensure_revision(engine: Engine) -> None:
    """Create an empty database's tables; raise `StorageUnusableError` when it stands at another revision."""
    if _state(engine) == "empty":
        _upgrade(engine, only_if_empty=True)
    state = _state(engine)
    if state == "older":
        raise StorageUnusableError("数据库是较早版本的：请先备份，再运行 attrtrack db upgrade 升级后使用。")
    _refuse_foreign(state)


def _config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - costs a tenth of an opening

    config = Config()
    config.set_main_option("script_location", "attrtrack.storage:migrations")
    config.attributes["connection"] = connection
    return config


@cache
def head_revision() -> str:
    """Return the newest revision that this program knows."""
    return max(known_revisions())


def revision_of(connection: Connection) -> str | None:
    """Return the revision at which the database stands, None when it has none."""
    if not sa.inspect(connection).has_table(_STANDS_AT.name):
        return None
    found = connection.execute(sa.select(_STANDS_AT)).scalar_one_or_none()
    return None if found is None else str(found)


def _state_of(connection: Connection) -> str:
    """Say whether the database is empty, current, older, newer or somebody else's."""
    current = revision_of(connection)
    if current is None:
        return "foreign" if sa.inspect(connection).get_table_names() else "empty"
    if current == head_revision():
        return "current"
    return "older" if current in known_revisions() else "newer"


def migrate(connection: Connection, revision: str) -> str:
    """Bring the open transaction's database to a revision (`head`: the newest); return the one it stands at."""
    from alembic import command  # noqa: PLC0415 - as above

    command.upgrade(_config(connection), revision)
    return str(revision_of(connection))


def refuse_unless_empty(connection: Connection) -> None:
    """Raise `StorageUnusableError` unless the database has no table at all."""
    if _state_of(connection) != "empty":
        raise StorageUnusableError(
            "目标数据库不是空的，没有改动它：请换一个新的数据库文件名，或让管理员新建一个空的数据库，再重新运行。"
        )


@cache
def known_revisions() -> frozenset[str]:
    """Return every revision that this program can bring a register up from: `r0001_register` is 0001."""
    return frozenset(module.name[1:5] for module in iter_modules(versions.__path__))


def _state(engine: Engine) -> str:
    try:
        with engine.connect() as connection, connection.begin():
            return _state_of(connection)
    except SQLAlchemyError as error:
        raise translated(error) from error


def _upgrade(engine: Engine, *, only_if_empty: bool) -> str:
    try:
        with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            state = _state_of(connection)
            _refuse_foreign(state)
            if state == "empty" or (state == "older" and not only_if_empty):
                migrate(connection, "head")
            if not (only_if_empty or is_sqlite(connection)):
                upgrade_queue(connection)
    except SQLAlchemyError as error:
        raise translated(error) from error
    return head_revision()


def _refuse_foreign(state: str) -> None:
    if state == "newer":
        raise StorageUnusableError(
            "数据库是由更新版本的程序建立的：请升级程序后再使用；如确认程序已是最新，请运行 attrtrack db upgrade 核对。"
        )
    if state == "foreign":
        raise StorageUnusableError("这个数据库里已有其他程序的表，不是公文登记库：请换一个空的数据库。")
