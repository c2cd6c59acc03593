"""One transaction as the repositories see it: statements, keys, the time, the actor and the journal's end."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, CursorResult
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import Executable

from attrtrack.errors import AttrtrackError
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.failures import translated
from attrtrack.storage.identifiers import document_key, interpretation_key, unknown_record
from attrtrack.storage.tables import documents, interpretations, removals

STREAM_ROWS = 500


@dataclass(slots=True)
class Transaction:
    """An open transaction; `failure` keeps the first refusal, after which nothing of it may be committed."""

    connection: Connection
    actor: str
    clock: Callable[[], dt.datetime]
    failure: AttrtrackError | None = None
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
            return self.connection.execute(statement, values)

    def first(self, statement: Executable) -> AnyRow | None:
        """Return the first row, or None."""
        with self._telling():
            return self.connection.execute(statement).first()

    def rows(self, statement: Executable) -> Sequence[AnyRow]:
        """Return all rows; for answers that are short by nature."""
        with self._telling():
            return self.connection.execute(statement).all()

    def stream(self, statement: Executable) -> Iterator[AnyRow]:
        """Yield rows, a few hundred in memory at a time."""
        with self._telling():
            result = self.connection.execute(statement, execution_options={"yield_per": STREAM_ROWS})
            with closing(result):
                yield from result

    def next_key(self, table: sa.Table) -> int:
        """Return the key after the last: writers are alone (see engine), and a removed document's key is not given again."""
        self._keys[table.name] = self.coming_key(table, 0)
        return self._keys[table.name]

    def coming_key(self, table: sa.Table, ahead: int) -> int:
        """Return the key that `next_key` will give after `ahead` others."""
        if table.name not in self._keys:
            used = [table.c.id, removals.c.document_id] if table is documents else [table.c.id]
            found = [self.first(sa.select(sa.func.coalesce(sa.func.max(column), 0))) for column in used]
            self._keys[table.name] = max(int(row[0]) for row in found if row is not None)
        return self._keys[table.name] + 1 + ahead

    def existing_document(self, identifier: str) -> int:
        """Return the key of a document that is there; else raise `UnknownRecordError`."""
        key = document_key(identifier)
        if (
            key not in self._known_documents
            and self.first(sa.select(documents.c.id).where(documents.c.id == key)) is None
        ):
            raise unknown_record("D", identifier)
        self._known_documents.add(key)
        return key

    def existing_interpretation(self, identifier: str) -> int:
        """Return the key of an interpretation that is there; else raise `UnknownRecordError`."""
        key = interpretation_key(identifier)
        if self.first(sa.select(interpretations.c.id).where(interpretations.c.id == key)) is None:
            raise unknown_record("I", identifier)
        return key

    def insert(self, table: sa.Table, values: Mapping[str, Any]) -> int:
        """Insert one row under the next key and return the key."""
        key = self.next_key(table)
        self.execute(table.insert(), {"id": key, **values})
        return key

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            self.failure = translated(error)
            raise self.failure from error
