"""Going through the whole register in order of entry, some documents at a time, from wherever one stopped."""

import sqlalchemy as sa

from attrtrack.storage.identifiers import document_id, document_key
from attrtrack.storage.selection import chosen, in_the_register
from attrtrack.storage.tables import documents
from attrtrack.storage.transaction import Transaction


class Sweep:
    """Documents of a unit and year (None: all) as far as they are seen, those withdrawn aside."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def last(self) -> str | None:
        """Return the id of the newest document, None when there is none."""
        row = self._transaction.first(sa.select(sa.func.max(documents.c.id)))
        return None if row is None or row[0] is None else document_id(row[0])

    def count(self, unit: str | None, year: int | None, *, until: str) -> int:
        """Return how many there are up to a document."""
        query = sa.select(sa.func.count()).select_from(documents).where(*self._where(unit, year, until))
        row = self._transaction.first(query)
        return 0 if row is None else int(row[0])

    def after(
        self, document: str | None, *, until: str, unit: str | None, year: int | None, limit: int
    ) -> tuple[str, ...]:
        """Return the ids of the next few after a document (None: from the first) up to another."""
        query = sa.select(documents.c.id).where(*self._where(unit, year, until)).order_by(documents.c.id).limit(limit)
        if document is not None:
            query = query.where(documents.c.id > document_key(document))
        return tuple(document_id(row.id) for row in self._transaction.rows(query))

    def _where(self, unit: str | None, year: int | None, until: str) -> "list[sa.ColumnElement[bool]]":
        seen = self._transaction.units
        sight = [] if seen is None else [documents.c.unit.in_(sorted(seen))]
        return [*chosen(unit, year), *sight, in_the_register(), documents.c.id <= document_key(until)]
