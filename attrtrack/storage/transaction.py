"""One transaction as the repositories see it: statements, keys, the time, the actor and the journal's end."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import Executable

from attrtrack.errors import AttrtrackError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.engine import act, is_sqlite
from attrtrack.storage.failures import translated
from attrtrack.storage.identifiers import document_key, interpretation_key, unknown_record
from attrtrack.storage.prepared import Prepared, prepared
from attrtrack.storage.printed import PrintedForm, PrintedRow
from attrtrack.storage.sight import SIGHT
from attrtrack.storage.tables import decisions, documents, evaluations, interpretations, precedents, removals
from attrtrack.storage.tables_gate import reexaminations

STREAM_ROWS = 500


@dataclass(slots=True)
class Transaction:
    """An open transaction; `failure` keeps the first refusal, after which nothing of it may be committed.

    `judgements` are the keys of those written in it, by their public id, `decided` those of its newest decisions, by
    document. `units` names the units whose records are there to be found (None: all): what is out of sight is not there, for
    every repository and query alike, so that no use case can forget to ask.
    """

    connection: Connection
    actor: str
    clock: Callable[[], dt.datetime]
    origin: str = "cli"
    units: frozenset[str] | None = None
    failure: AttrtrackError | None = None
    judgements: dict[str, int] = field(default_factory=dict)
    decided: dict[int, int] = field(default_factory=dict)
    _acts: bool = False
    _now: dt.datetime | None = None
    _driver: Any = None
    _keys: dict[str, int] = field(default_factory=dict)
    _known_documents: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        if is_sqlite(self.connection):
            self._driver = self.connection.connection.driver_connection

    @property
    def now(self) -> dt.datetime:
        """The time of the transaction: one reading of the clock for all it writes."""
        if self._now is None:
            self._now = self.clock()
        return self._now

    def execute(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Run a statement; the database's refusals come out as errors of attrtrack."""
        with self._telling():
            self._act()
            return self.connection.execute(statement, values)

    def write(self, statement: Executable, values: Mapping[str, Any]) -> None:
        """Run a statement that a module keeps, with values for its parameters: see `prepared`."""
        with self._telling():
            self._act()
            if self._driver is not None:
                self._prepared(statement, values).write(self._driver, values)
            else:
                self.connection.execute(statement, values)

    def write_all(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that a module keeps for each of some rows of values, at least one."""
        with self._telling():
            self._act()
            if self._driver is not None:
                self._prepared(statement, rows[0]).write_all(self._driver, rows)
            else:
                self.connection.execute(statement, rows)

    def _act(self) -> None:
        """Tell the database, before it first writes, who acts: its triggers write the journal."""
        if not self._acts:
            act(self.connection, self.actor, self.origin, now=self.now)
            self._acts = True

    def _prepared(self, statement: Executable, values: Mapping[str, Any]) -> Prepared:
        assert isinstance(statement, sa.ClauseElement)  # noqa: S101 - every statement of Core is one
        return prepared(self.connection.dialect, statement, tuple(values))

    def first(self, statement: Executable, values: Mapping[str, Any] | None = None) -> AnyRow | None:
        """Return the first row, or None."""
        with self._telling():
            if values is not None and self._driver is not None:
                found = self._prepared(statement, values).rows(self._driver, values, units=self.units)
                return found[0] if found else None
            return self.connection.execute(statement, values, execution_options={SIGHT: self.units}).first()

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[AnyRow]:
        """Return all rows; for answers that are short by nature.

        What is asked in every act is a statement that a module keeps, with `values` for its parameters: see `prepared`.
        """
        with self._telling():
            if values is not None and self._driver is not None:
                return self._prepared(statement, values).rows(self._driver, values, units=self.units)
            return self.connection.execute(statement, values, execution_options={SIGHT: self.units}).all()

    def stream(self, statement: Executable) -> Iterator[AnyRow]:
        """Yield rows, a few hundred in memory at a time."""
        with self._telling():
            options = {"yield_per": STREAM_ROWS, SIGHT: self.units}
            result = self.connection.execute(statement, execution_options=options)
            with closing(result):
                yield from result

    def raw(self, statement: str, *, part: int) -> Iterator[Sequence[Any]]:
        """Yield rows as the driver gives them, a part in memory at a time and of every unit: for proofs over millions."""
        with self._telling():
            if self._driver is not None:
                yield from self._driver.execute(statement)
                return
            result = self.connection.execution_options(yield_per=part).exec_driver_sql(statement)
            with closing(result):
                for rows in result.partitions(part):
                    yield from rows

    def next_key(self, table: sa.Table) -> int:
        """Return the key after the last: writers are alone (see engine), and a removed document's key is not given again."""
        self._keys[table.name] = self.coming_key(table, 0)
        return self._keys[table.name]

    def coming_key(self, table: sa.Table, ahead: int) -> int:
        """Return the key that `next_key` will give after `ahead` others."""
        if table.name not in self._keys:
            with self._telling():
                self._find_keys(_TOGETHER if table in _TOGETHER else (table,))
        return self._keys[table.name] + 1 + ahead

    def _find_keys(self, tables: tuple[sa.Table, ...]) -> None:
        """Ask for the newest keys of some tables over all there is, in sight or not."""
        query = _newest_keys(tables)
        if self._driver is not None:
            found = self._prepared(query, {}).rows(self._driver, {})[0]
        else:
            found = self.connection.execute(query).one()
        for (table, _), key in zip(_key_columns(tables), found, strict=True):
            self._keys[table.name] = max(key, self._keys.get(table.name, 0))

    def existing_document(self, identifier: str) -> int:
        """Return the key of a document that is there; else raise `UnknownRecordError`."""
        key = document_key(identifier)
        if key not in self._known_documents and self.first(_DOCUMENT, {"key": key}) is None:
            raise unknown_record("D", identifier)
        self._known_documents.add(key)
        return key

    def met(self, key: int) -> None:
        """Remember that a document is there."""
        self._known_documents.add(key)

    def existing_interpretation(self, identifier: str) -> int:
        """Return the key of an interpretation that is there; else raise `UnknownRecordError`."""
        key = interpretation_key(identifier)
        if self.first(sa.select(interpretations.c.id).where(interpretations.c.id == key)) is None:
            raise unknown_record("I", identifier)
        return key

    def insert(self, table: sa.Table, values: Mapping[str, Any]) -> int:
        """Insert one row under the next key and return the key."""
        key = self.next_key(table)
        self.write(_insert(table), {"id": key, **values})
        return key

    def insert_all(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert at least one row, all of the same columns, keys included."""
        self.write_all(_insert(table), rows)

    def insert_printed(self, form: PrintedForm, rows: Sequence[PrintedRow], common: Mapping[str, Any]) -> None:
        """Insert rows that were printed beforehand, each behind what was known of it late; `common` is alike for all."""
        if not rows:
            return
        with self._telling():
            self._act()
            if self._driver is not None:
                behind = form.bound(common)
                form.insertion.write_all(self._driver, ((*row, *behind) for row in rows))
            else:
                self.connection.execute(_insert(form.table), [form.values(row, common) for row in rows])

    def _telling(self) -> "_Telling":
        return _Telling(self)


class _Telling:
    """Lets the database's refusals come out as errors of attrtrack; a class, since every statement passes it."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def __enter__(self) -> None:
        return

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, SQLAlchemyError):
            self._transaction.failure = translated(error)
            raise self._transaction.failure from error


_DOCUMENT = sa.select(documents.c.id).where(documents.c.id == sa.bindparam("key"))


_TOGETHER = (evaluations, decisions, reexaminations, precedents)
"""Tables of which a sign-off writes all: their newest keys are asked for together."""


@cache
def _newest_keys(tables: tuple[sa.Table, ...]) -> "sa.Select[Any]":
    newest = (sa.select(sa.func.coalesce(sa.func.max(column), 0)) for _, column in _key_columns(tables))
    return sa.select(*(query.scalar_subquery() for query in newest))


@cache
def _key_columns(tables: tuple[sa.Table, ...]) -> "tuple[tuple[sa.Table, sa.ColumnElement[int]], ...]":
    """Return where keys of each table stand: those of removed documents are not given again."""
    found = [(table, table.c.id) for table in tables]
    return (*found, (documents, removals.c.document_id)) if documents in tables else tuple(found)


@cache
def _insert(table: sa.Table) -> sa.Insert:
    return table.insert()
