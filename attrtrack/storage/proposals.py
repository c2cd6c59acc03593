"""Proposals of a document: appended, never edited, never read by a decision."""

import sqlalchemy as sa

from attrtrack.domain.proposals import Proposal
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import proposal_of, proposal_values
from attrtrack.storage.tables import proposals
from attrtrack.storage.transaction import Transaction


class Proposals:
    """What rules and model said of documents."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, document_id: str, proposal: Proposal) -> Proposal:
        """Append a proposal."""
        key = self._transaction.existing_document(document_id)
        values = proposal_values(proposal)
        self._transaction.insert(proposals, {"document_id": key, "proposed_at": self._transaction.now, **values})
        return proposal

    def latest(self, document_id: str) -> Proposal | None:
        """Return the newest proposal, or None."""
        row = self._transaction.first(_LATEST, {"key": document_key(document_id)})
        return None if row is None else proposal_of(row)


_LATEST = (
    sa.select(proposals)
    .where(proposals.c.document_id == sa.bindparam("key"))
    .order_by(proposals.c.id.desc())
    .limit(sa.literal_column("1"))
)
