"""Filling an empty database with a whole register, in one transaction that proves its work before it commits."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from attrtrack.errors import BrokenSourceError, StorageUnusableError
from attrtrack.storage.engine import make_engine
from attrtrack.storage.failures import translated
from attrtrack.storage.guards import verify_guards_on
from attrtrack.storage.journal import Journal
from attrtrack.storage.revisions import known_revisions, migrate, refuse_unless_empty
from attrtrack.storage.transaction import Transaction
from attrtrack.storage.transfer.archive import ArchiveReader
from attrtrack.storage.transfer.guards_aside import guards_aside
from attrtrack.storage.transfer.inventory import (
    Inventory,
    TableKept,
    Told,
    journal_head,
    kept_tables,
    quoted,
    take_inventory,
)
from attrtrack.storage.transfer.laws import check_laws
from attrtrack.storage.transfer.rows import Digest, Values, encoded, read_rows, write_rows
from attrtrack.storage.transfer.targets import refuse_missing, target_transaction


class Source(Protocol):
    """Where rows come from: an archive, or another database."""

    @property
    def inventory(self) -> Inventory:
        """What there is."""

    def rows(self, table: TableKept) -> Iterator[Values]:
        """The rows of a table; asked for each in the inventory's order, once."""

    def digest_of(self, table: TableKept) -> str | None:
        """The digest that the source states for the table just read, if it states one."""

    def end(self) -> None:
        """Refuse when there is more than the inventory says, or the source has changed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was carried: rows and tables, the revision it was taken at and the one it stands at now, its last journal entry."""

    rows: int
    tables: int
    taken_at: str
    revision: str
    head: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Act:
    """Who fills the database by which clock, and the word and note under which that enters the new journal."""

    word: str
    note: str
    actor: str
    clock: Callable[[], dt.datetime]


def restore_archive(
    archive: ArchiveReader, url: str, *, actor: str, clock: Callable[[], dt.datetime], told: Told
) -> Restored:
    """Restore an archive into the empty database at `url`; the archive's digest enters the new journal.

    Raises `StorageUnusableError` when the database is not empty, `BrokenSourceError` when the archive contradicts itself
    or the gate's laws; either leaves the database empty.
    """
    return _fill(archive, url, act=Act("restore", archive.digest, actor, clock), told=told)


def copy_database(url: str, target: str, *, actor: str, clock: Callable[[], dt.datetime], told: Told) -> Restored:
    """Copy the register at `url` into the empty database at `target`; nobody may write to the source meanwhile."""
    refuse_missing(url)
    engine = make_engine(url)
    try:
        with engine.connect() as connection, connection.begin():
            source = DatabaseSource(engine, connection)
            return _fill(source, target, act=Act("copy", engine.dialect.name, actor, clock), told=told)
    except SQLAlchemyError as error:
        raise translated(error) from error
    finally:
        engine.dispose()


class DatabaseSource:
    """A register read in one snapshot; `end` refuses when somebody wrote meanwhile, for that would not be in the copy."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        self._engine = engine
        self._connection = connection
        self.inventory = take_inventory(connection)

    def rows(self, table: TableKept) -> Iterator[Values]:
        """Yield the rows of a table."""
        return read_rows(self._connection, table)

    def digest_of(self, table: TableKept) -> None:
        """State none: the rows themselves are digested as they pass."""
        del table

    def end(self) -> None:
        """Refuse when the journal went on since the snapshot."""
        with self._engine.connect() as connection, connection.begin():
            now = journal_head(connection)
        if now != self.inventory.head:
            raise StorageUnusableError(
                "复制期间原库又有新的记录，复制已撤销，目标库仍是空的：请先停止网页服务和其他写入，再重新运行。"
            )


def _fill(source: Source, url: str, *, act: Act, told: Told) -> Restored:
    inventory = source.inventory
    if inventory.revision not in known_revisions():
        raise StorageUnusableError("来源是由更新版本的程序写出的：请升级程序后再恢复或复制。")
    with target_transaction(url) as connection:
        refuse_unless_empty(connection)
        migrate(connection, inventory.revision)
        if kept_tables(connection) != inventory.tables:
            raise BrokenSourceError("来源中的表与它所说的版本不符：没有写入任何内容，请换一份备份或查明来源。")
        with guards_aside(connection):
            digests = _load(connection, source, told(inventory.rows))
        _compare(connection, inventory, digests)
        revision = migrate(connection, "head")
        _prove(connection, act)
        source.end()
    return Restored(inventory.rows, len(digests), inventory.revision, revision, inventory.head)


def _load(connection: Connection, source: Source, step: Callable[[], None]) -> list[str]:
    """Load every table and return its digests, having compared those that the source states."""
    inventory, digests = source.inventory, []
    for table in reversed(inventory.tables):
        connection.exec_driver_sql(f"DELETE FROM {quoted(table.name)}")  # noqa: S608 - rows that migrations put there
    for table in inventory.tables:
        digest = Digest()
        write_rows(connection, table, _digested(source.rows(table), digest, step))
        stated = source.digest_of(table)
        if stated is not None and stated != digest.text:
            raise _contradicted(table)
        digests.append(digest.text)
    return digests


def _digested(rows: Iterator[Values], digest: Digest, step: Callable[[], None]) -> Iterator[Values]:
    for row in rows:
        digest.add(encoded(row))
        step()
        yield row


def _compare(connection: Connection, inventory: Inventory, digests: list[str]) -> None:
    """Read everything back: each table must give the very bytes that went in, in number and in content."""
    for table, count, expected in zip(inventory.tables, inventory.counts, digests, strict=True):
        found = Digest()
        for row in read_rows(connection, table):
            found.add(encoded(row))
        if (found.rows, found.text) != (count, expected):
            raise _contradicted(table)
    if journal_head(connection) != inventory.head:
        raise BrokenSourceError("来源所说的审计日志末条与日志不符：没有写入任何内容，请换一份备份或查明来源。")


def _contradicted(table: TableKept) -> BrokenSourceError:
    return BrokenSourceError(
        f"表 {table.name} 的行数或内容与来源所说的不符：没有写入任何内容，请换一份备份或查明来源。"
    )


def _prove(connection: Connection, act: Act) -> None:
    """Guards and laws; the act itself enters the journal; then the chain from its first entry to this one."""
    verify_guards_on(connection)
    check_laws(connection)
    journal = Journal(Transaction(connection, act.actor, act.clock))
    journal.append(act.word, "-", "done", {"from": act.note})
    broken = journal.verify()
    if broken is not None:
        raise BrokenSourceError(
            f"来源的审计日志在第 {broken} 条断开，可能被人改动：没有写入任何内容，请先查明，再用断开以前的备份恢复。"
        )
