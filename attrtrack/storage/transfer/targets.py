"""The database that is read, which must be there, and the one that is to be filled: one writing transaction; a file made for it goes again when nothing came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from attrtrack.errors import StorageUnusableError
from attrtrack.storage.engine import WRITING, is_sqlite, make_engine
from attrtrack.storage.failures import translated


@contextmanager
def target_transaction(url: str) -> Iterator[Connection]:
    """Give a connection that writes to the database at `url`, committed at the end; what fails leaves nothing behind."""
    before = _file_of(url)
    new = before is not None and not before.exists()
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            yield connection
    except BaseException as error:
        engine.dispose()
        if new:
            _remove(engine)
        if isinstance(error, SQLAlchemyError):
            raise translated(error) from error
        raise
    engine.dispose()


def refuse_missing(url: str) -> None:
    """Raise `StorageUnusableError` when the file of a database that is to be read is not there; none is made for it."""
    path = _file_of(url)
    if path is not None and not path.exists():
        raise StorageUnusableError(f"没有这个数据库文件：{path}。请检查 --db 或 ATTRTRACK_DATABASE_URL。")


def _file_of(url: str) -> Path | None:
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    named = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}
    return Path(str(parsed.database)) if named else None


def _remove(engine: Engine) -> None:
    path = str(engine.url.database)
    if is_sqlite(engine):
        for name in (path, f"{path}-wal", f"{path}-shm"):
            Path(name).unlink(missing_ok=True)
