"""One transaction as the repositories see it: statements, keys, the time, the actor and the journal's end."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import Executable

from attrtrack.errors import AttrtrackError
from attrtrack.storage.failures import translated

STREAM_ROWS = 500


@dataclass(slots=True)
class Transaction:
    """An open transaction; `failure` keeps the first refusal, after which nothing of it may be committed."""

    connection: Connection
    actor: str
    clock: Callable[[], dt.datetime]
    failure: AttrtrackError | None = None
    _now: dt.datetime | None = field(default=None)

    @property
    def now(self) -> dt.datetime:
        """The time of the transaction: one reading of the clock for all it writes."""
        if self._now is None:
            self._now = self.clock()
        return self._now

    def execute(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> "CursorResult[Any]":
        """Run a statement; the database's refusals come out as errors of attrtrack."""
        with self._telling():
            return self.connection.execute(statement, values)

    def first(self, statement: Executable) -> "sa.Row[Any] | None":
        """Return the first row, or None."""
        with self._telling():
            return self.connection.execute(statement).first()

    def rows(self, statement: Executable) -> "Sequence[sa.Row[Any]]":
        """Return all rows; for answers that are short by nature."""
        with self._telling():
            return self.connection.execute(statement).all()

    def stream(self, statement: Executable) -> "Iterator[sa.Row[Any]]":
        """Yield rows, a few hundred in memory at a time."""
        with self._telling():
            yield from self.connection.execute(statement, execution_options={"yield_per": STREAM_ROWS})

    def next_key(self, table: sa.Table) -> int:
        """Return the key after the last: writers are alone (see engine), rows are never deleted, so no key is used twice."""
        row = self.first(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0) + 1))
        return int(row[0]) if row is not None else 1

    def insert(self, table: sa.Table, values: Mapping[str, Any]) -> int:
        """Insert one row under the next key and return the key."""
        key = self.next_key(table)
        self.execute(table.insert(), {"id": key, **values})
        return key

    def insert_many(self, table: sa.Table, rows: Iterable[Mapping[str, Any]], size: int = 1000) -> None:
        """Insert rows that carry their keys, `size` a statement."""
        iterator = iter(rows)
        while batch := list(islice(iterator, size)):
            self.execute(table.insert(), batch)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            self.failure = translated(error)
            raise self.failure from error
