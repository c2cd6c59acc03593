"""Declarations (起草认定): appended, never edited."""

from dataclasses import replace

import sqlalchemy as sa

from attrtrack.domain.decisions import Declaration
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import declaration_of, storable
from attrtrack.storage.tables import declarations
from attrtrack.storage.transaction import Transaction


class Declarations:
    """What drafters declared."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, document_id: str, declaration: Declaration) -> Declaration:
        """Append a declaration; who and when are the actor and now where it does not say."""
        key = self._transaction.existing_document(document_id)
        stated = replace(
            declaration,
            declared_by=declaration.declared_by or self._transaction.actor,
            declared_at=declaration.declared_at or self._transaction.now,
        )
        attribute = None if stated.attribute is None else stated.attribute.value
        values = {
            "document_id": key,
            "attribute": attribute,
            "reason": storable(stated.reason, "理由"),
            "declared_by": stated.declared_by,
            "declared_at": stated.declared_at,
            "because": storable(stated.because, "原因"),
        }
        self._transaction.insert(declarations, values)
        return stated

    def latest(self, document_id: str) -> Declaration | None:
        """Return the newest declaration, or None."""
        query = sa.select(declarations).where(declarations.c.document_id == document_key(document_id))
        row = self._transaction.first(query.order_by(declarations.c.id.desc()).limit(1))
        return None if row is None else declaration_of(row)
