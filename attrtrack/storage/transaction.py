"""One transaction as the repositories see it: statements, keys, the time, the actor and the journal's end."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
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
from attrtrack.storage.prepared import prepared
from attrtrack.storage.sight import SIGHT
from attrtrack.storage.tables import documents, interpretations, removals

STREAM_ROWS = 500


@dataclass(slots=True)
class Transaction:
    """An open transaction; `failure` keeps the first refusal, after which nothing of it may be committed.

    `units` names the units whose records are there to be found (None: all): what is out of sight is not there, for
    every repository and query alike, so that no use case can forget to ask.
    """

    connection: Connection
    actor: str
    clock: Callable[[], dt.datetime]
    origin: str = "cli"
    units: frozenset[str] | None = None
    failure: AttrtrackError | None = None
    _acts: bool = False
    _now: dt.datetime | None = None
    _keys: dict[str, int] = field(default_factory=dict)
    _known_documents: set[int] = field(default_factory=set)

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
            if is_sqlite(self.connection):
                self._prepared(statement, values)
            else:
                self.connection.execute(statement, values)

    def _act(self) -> None:
        """Tell the database, before it first writes, who acts: its triggers write the journal."""
        if not self._acts:
            act(self.connection, self.actor, self.origin, now=self.now)
            self._acts = True

    def _prepared(
        self, statement: Executable, values: Mapping[str, Any], *, units: frozenset[str] | None = None
    ) -> list[Any]:
        assert isinstance(statement, sa.ClauseElement)  # noqa: S101 - every statement of Core is one
        return prepared(self.connection.dialect, statement, tuple(values)).rows(self.connection, values, units=units)

    def first(self, statement: Executable, values: Mapping[str, Any] | None = None) -> AnyRow | None:
        """Return the first row, or None."""
        with self._telling():
            if values is not None and is_sqlite(self.connection):
                return next(iter(self._prepared(statement, values, units=self.units)), None)
            return self.connection.execute(statement, values, execution_options={SIGHT: self.units}).first()

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[AnyRow]:
        """Return all rows; for answers that are short by nature.

        What is asked in every act is a statement that a module keeps, with `values` for its parameters: see `prepared`.
        """
        with self._telling():
            if values is not None and is_sqlite(self.connection):
                return self._prepared(statement, values, units=self.units)
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
            if is_sqlite(self.connection):
                driver: Any = self.connection.connection.driver_connection
                yield from driver.execute(statement)
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
                self._keys[table.name] = max(self._newest(query) or 0 for query in _newest_keys(table))
        return self._keys[table.name] + 1 + ahead

    def _newest(self, query: Executable) -> int | None:
        """Ask over all there is, in sight or not."""
        found = self._prepared(query, {})[0][0] if is_sqlite(self.connection) else self.connection.scalar(query)
        return None if found is None else int(found)

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

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            self.failure = translated(error)
            raise self.failure from error


_DOCUMENT = sa.select(documents.c.id).where(documents.c.id == sa.bindparam("key"))


@cache
def _newest_keys(table: sa.Table) -> tuple[Executable, ...]:
    used = (table.c.id, removals.c.document_id) if table is documents else (table.c.id,)
    return tuple(sa.select(sa.func.max(column)) for column in used)


@cache
def _insert(table: sa.Table) -> sa.Insert:
    return table.insert()
