"""Rows as both databases can say them: one JSON array a row, the same bytes from either, digested as they pass."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from attrtrack.errors import StorageUnusableError
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.transfer.inventory import TableKept, listed, quoted

PART = 500
_FILES = 4
"""Rows in memory at a time, and of tables that hold files, which have megabytes each."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)

Values = list[Any]


def encoded(row: Sequence[Any] | Mapping[str, str]) -> bytes:
    """Print a row; what no database can hold (a lone surrogate, a value that is no number) is refused."""
    try:
        return _ENCODER.encode(row).encode() + b"\n"
    except (ValueError, TypeError) as error:
        raise StorageUnusableError(
            "登记中有无法写成备份的值（残缺的字符或不是数的数）：请运行 attrtrack journal verify 核对。"
        ) from error


class Digest:
    """SHA-256 over the printed rows of one table, with their number."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def add(self, line: bytes) -> None:
        """Take one printed row."""
        self.rows += 1
        self._hash.update(line)

    @property
    def text(self) -> str:
        """The digest so far, as hex."""
        return self._hash.hexdigest()


def read_rows(connection: Connection, table: TableKept) -> Iterator[Values]:
    """Yield the rows of a table by its key, a few hundred in memory at a time."""
    order = ", ".join(_ordered(connection, table, name) for name in table.key)
    columns = ", ".join(_selected(connection, column.name, column.kind) for column in table.columns)
    statement = f"SELECT {columns} FROM {quoted(table.name)} ORDER BY {order}"  # noqa: S608 - names of the catalogue
    changes = [(place, _READ[column.kind]) for place, column in enumerate(table.columns) if column.kind in _READ]
    with closing(connection.exec_driver_sql(statement, execution_options={"yield_per": _part(table)})) as result:
        yield from _changed(map(list, result), changes)


def _part(table: TableKept) -> int:
    return _FILES if any(column.kind == "bytes" for column in table.columns) else PART


def _ordered(connection: Connection, table: TableKept, name: str) -> str:
    text = next(column.kind for column in table.columns if column.name == name) == "text"
    return quoted(name) + (' COLLATE "C"' if text and not is_sqlite(connection) else "")


def _selected(connection: Connection, name: str, kind: str) -> str:
    """Take JSON as the text it was written as, so that nothing is re-printed on the way."""
    return quoted(name) + ("::text" if kind == "json" and not is_sqlite(connection) else "")


def write_rows(connection: Connection, table: TableKept, rows: Iterator[Values]) -> None:
    """Write rows of a table by the fastest way the database has."""
    changes = [(place, _WRITTEN[column.kind]) for place, column in enumerate(table.columns) if column.kind in _WRITTEN]
    given = _changed(rows, changes) if changes else rows
    if is_sqlite(connection):
        _insert(connection, table, given)
    else:
        _copy(connection, table, given)


def _changed(rows: Iterator[Values], changes: list[tuple[int, Callable[[Any], Any]]]) -> Iterator[Values]:
    for row in rows:
        for place, change in changes:
            if row[place] is not None:
                row[place] = change(row[place])
        yield row


def _insert(connection: Connection, table: TableKept, rows: Iterator[Values]) -> None:
    names, marks = listed(column.name for column in table.columns), ", ".join("?" * len(table.columns))
    statement = f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})"  # noqa: S608 - names of the catalogue
    while part := [tuple(row) for row in islice(rows, _part(table))]:
        connection.exec_driver_sql(statement, part)


def _copy(connection: Connection, table: TableKept, rows: Iterator[Values]) -> None:
    names = listed(column.name for column in table.columns)
    statement = f"COPY {quoted(table.name)} ({names}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    refusals = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copied:
            for row in rows:
                _refuse_nul(table, row)
                copied.write_row(row)
    except refusals as error:
        raise DBAPIError.instance(statement, None, error, refusals) from error


def _refuse_nul(table: TableKept, row: Values) -> None:
    if any(isinstance(value, str) and "\0" in value for value in row):
        keys = [row[place] for place, column in enumerate(table.columns) if column.name in table.key]
        raise StorageUnusableError(
            f"表 {table.name} 主键 {keys} 的一行有 PostgreSQL 不能保存的空字符（NUL）：没有写入任何内容，请先在原库查明。"
        )


def _text_of_bytes(value: bytes) -> str:
    return base64.b64encode(value).decode()


_READ: dict[str, Callable[[Any], Any]] = {"boolean": bool, "date": str, "bytes": _text_of_bytes, "number": float}
_WRITTEN: dict[str, Callable[[Any], Any]] = {"bytes": base64.b64decode}
