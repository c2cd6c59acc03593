"""What a register holds: its revision, its tables in an order that no foreign key breaks, how many rows, the journal's end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from attrtrack.errors import StorageUnusableError
from attrtrack.storage.revisions import revision_of

Told = Callable[[int], Callable[[], None]]
"""Progress: given the number of rows in all, returns what is called after each row."""

_NOT_CARRIED = ("alembic_version", "procrastinate_", "sqlite_", "standing", "search_", "job_products")
"""The revision travels in the header; a queue's own tables hold work in flight, which the jobs of the register restart;
standings, the search index and the files that jobs make are made again from what is carried."""

_KINDS: tuple[tuple[type[Any], str], ...] = (
    (sa.Boolean, "boolean"),
    (sa.Integer, "integer"),
    (sa.Float, "number"),
    (sa.JSON, "json"),
    (sa.Date, "date"),
    (sa.LargeBinary, "bytes"),
    (sa.Text, "text"),
    (sa.String, "text"),
)


@dataclass(frozen=True, slots=True)
class ColumnKept:
    """A column by name and portable kind: boolean, integer, number, json, date, bytes or text."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class TableKept:
    """A table with the columns that are carried and those of its key, by which its rows are ordered."""

    name: str
    columns: tuple[ColumnKept, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is to be carried: counts stand in the order of `tables`; `head` is sequence and hash of the last journal entry."""

    revision: str
    tables: tuple[TableKept, ...]
    counts: tuple[int, ...]
    head: tuple[int, str] | None

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(self.counts)


def take_inventory(connection: Connection) -> Inventory:
    """Look at the register on an open transaction; raise `StorageUnusableError` when there is none."""
    revision = revision_of(connection)
    if revision is None:
        raise StorageUnusableError("这个数据库里没有公文登记：请检查数据库地址。")
    tables = kept_tables(connection)
    counts = tuple(_count(connection, table) for table in tables)
    return Inventory(revision, tables, counts, journal_head(connection))


def kept_tables(connection: Connection) -> tuple[TableKept, ...]:
    """Return the tables that are carried, each after those that it refers to."""
    found = sa.MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(_NOT_CARRIED))
    return tuple(_kept(table) for table in found.sorted_tables)


def _kept(table: sa.Table) -> TableKept:
    columns = tuple(
        ColumnKept(column.name, _kind(column))
        for column in sorted(table.columns, key=lambda column: column.name)
        if column.computed is None
    )
    return TableKept(table.name, columns, tuple(column.name for column in table.primary_key.columns))


def _kind(column: "sa.Column[object]") -> str:
    kind = next((name for made, name in _KINDS if isinstance(column.type, made)), None)
    if kind is None or column.identity is not None or "nextval" in str(getattr(column.server_default, "arg", "")):
        raise TypeError(
            f"{column.table.name}.{column.name}: {column.type!r} is not portable; keys are counted by the writer"
        )
    return kind


def _count(connection: Connection, table: TableKept) -> int:
    statement = f"SELECT COUNT(*) FROM {quoted(table.name)}"  # noqa: S608 - names of the catalogue
    return int(connection.exec_driver_sql(statement).scalar_one())


def journal_head(connection: Connection) -> tuple[int, str] | None:
    """Return sequence and hash of the journal's last entry, as every revision keeps them."""
    row = connection.exec_driver_sql("SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1").first()
    return None if row is None else (int(row[0]), str(row[1]))


def quoted(name: str) -> str:
    """Quote a name of the database's own catalogue for both databases."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Iterable[str]) -> str:
    """Quote names for a list of columns."""
    return ", ".join(map(quoted, names))
