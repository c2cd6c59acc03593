"""Evaluations of the gate: what it found, on which input, by which rules; appended."""

import hashlib
from collections.abc import Sequence

import sqlalchemy as sa

from attrtrack.domain.findings import Finding, Severity, gravest
from attrtrack.storage.engine import compact_json
from attrtrack.storage.identifiers import document_id, document_key
from attrtrack.storage.journal import Journal
from attrtrack.storage.structures import finding_rows, findings_of
from attrtrack.storage.tables import declarations, documents, evaluations, proposals
from attrtrack.storage.transaction import Transaction


class Evaluations:
    """What the gate found on documents."""

    def __init__(self, transaction: Transaction, journal: Journal) -> None:
        self._transaction = transaction
        self._journal = journal

    def add(self, document_id: str, findings: Sequence[Finding], rules_version: str) -> None:
        """Append what the gate found, with a digest of what it looked at (content, newest declaration and proposal)."""
        key = self._transaction.existing_document(document_id)
        digest = self._input_digest(key)
        values = {
            "document_id": key,
            "input_digest": digest,
            "findings": finding_rows(findings),
            "gravest": gravest(findings),
            "rules_version": rules_version,
            "evaluated_at": self._transaction.now,
        }
        self._transaction.insert(evaluations, values)
        detail = {"findings": [item.code for item in findings], "input": digest, "rules_version": rules_version}
        self._journal.append("evaluate", document_id, "done", detail)

    def latest(self, document_id: str) -> tuple[Finding, ...] | None:
        """Return the findings of the newest evaluation; None when the gate has never looked."""
        query = sa.select(evaluations.c.findings).where(evaluations.c.document_id == document_key(document_id))
        row = self._transaction.first(query.order_by(evaluations.c.id.desc()).limit(1))
        return None if row is None else findings_of(row.findings)

    def worst(self, severities: Sequence[Severity]) -> dict[str, Severity]:
        """Return the documents whose newest evaluation found one of these severities at worst, by id."""
        newest = sa.select(sa.func.max(evaluations.c.id)).group_by(evaluations.c.document_id)
        query = sa.select(evaluations.c.document_id, evaluations.c.gravest).where(
            evaluations.c.gravest.in_([severity.value for severity in severities]), evaluations.c.id.in_(newest)
        )
        return {document_id(row[0]): Severity(row[1]) for row in self._transaction.rows(query)}

    def _input_digest(self, key: int) -> str:
        newest = [
            sa.select(sa.func.max(table.c.id)).where(table.c.document_id == key).scalar_subquery()
            for table in (declarations, proposals)
        ]
        row = self._transaction.first(sa.select(documents.c.content_hash, *newest).where(documents.c.id == key))
        return hashlib.sha256(compact_json(list(row or ())).encode()).hexdigest()
