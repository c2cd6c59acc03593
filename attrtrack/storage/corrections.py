"""Corrections (考核更正) of assessors: appended; the next one supersedes, a withdrawal ends the live one."""

import sqlalchemy as sa

from attrtrack.domain.precedents import Correction
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import correction_of, storable
from attrtrack.storage.tables import corrections
from attrtrack.storage.transaction import Transaction


class Corrections:
    """What assessors said the attribute should have been; declarations and decisions are never touched by it.

    Notes stay out of the journal, which nobody can take a word out of should the document turn out to be classified.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, document_id: str, correction: Correction) -> None:
        """Append a correction, superseding the live one."""
        key = self._transaction.existing_document(document_id)
        self._supersede(key)
        stated = {"attribute": correction.attribute.value, "reason": storable(correction.reason, "理由")}
        self._transaction.insert(
            corrections,
            {
                "document_id": key,
                **stated,
                "note": storable(correction.note, "说明"),
                "corrected_by": correction.corrected_by,
                "corrected_at": correction.corrected_at,
                "rules_version": correction.rules_version,
            },
        )

    def withdraw(self, document_id: str) -> bool:
        """End the live correction; return whether there was one."""
        key = self._transaction.existing_document(document_id)
        return self._supersede(key)

    def live(self, document_id: str) -> Correction | None:
        """Return the correction in force, or None."""
        query = sa.select(corrections).where(
            corrections.c.document_id == document_key(document_id), corrections.c.superseded_at.is_(None)
        )
        row = self._transaction.first(query)
        return None if row is None else correction_of(row)

    def _supersede(self, key: int) -> bool:
        done = self._transaction.execute(
            corrections.update()
            .where(corrections.c.document_id == key, corrections.c.superseded_at.is_(None))
            .values(superseded_at=self._transaction.now)
        )
        return bool(done.rowcount)
