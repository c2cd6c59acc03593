"""Decisions (审定): appended; a new one supersedes the live one, which is otherwise never touched."""

import sqlalchemy as sa

from attrtrack.domain.decisions import Decision, State
from attrtrack.storage.identifiers import document_id, document_key
from attrtrack.storage.journal import Journal
from attrtrack.storage.mapping import decision_of, storable
from attrtrack.storage.tables import decisions, documents, precedents
from attrtrack.storage.transaction import Transaction


class Decisions:
    """What signatories decided."""

    def __init__(self, transaction: Transaction, journal: Journal) -> None:
        self._transaction = transaction
        self._journal = journal

    def add(self, document_id: str, decision: Decision) -> Decision:
        """Append a decision, superseding the live one.

        Raises `GateRefusedError` when the attribute needs a reason and none is given: the database itself refuses.
        """
        key = self._transaction.existing_document(document_id)
        reason = storable(decision.reason, "理由")
        resting = self._rest(key)
        self._transaction.execute(
            decisions.update()
            .where(decisions.c.document_id == key, decisions.c.superseded_at.is_(None))
            .values(superseded_at=decision.decided_at)
        )
        self._transaction.insert(
            decisions,
            {
                "document_id": key,
                "attribute": decision.attribute.value,
                "reason": reason,
                "decided_by": decision.decided_by,
                "decided_at": decision.decided_at,
                "rules_version": decision.rules_version,
            },
        )
        if resting is not None:
            self._move(key, resting)
        detail = {"attribute": decision.attribute.value, "reason": reason, "rules_version": decision.rules_version}
        self._journal.append("decide", document_id, "done", {**detail, "decided_by": decision.decided_by})
        return decision

    def live(self, document_id: str) -> Decision | None:
        """Return the decision in force, or None."""
        query = sa.select(decisions).where(
            decisions.c.document_id == document_key(document_id), decisions.c.superseded_at.is_(None)
        )
        row = self._transaction.first(query)
        return None if row is None else decision_of(row)

    def count(self, document_id: str) -> int:
        """Return how many decisions there have been on a document, the live one included."""
        mine = decisions.c.document_id == document_key(document_id)
        row = self._transaction.first(sa.select(sa.func.count()).where(mine))
        return 0 if row is None else int(row[0])

    def without_precedent(self) -> list[str]:
        """Return the documents that have been decided and have never been a precedent, in order of entry."""
        known = sa.select(precedents.c.document_id)
        query = sa.select(decisions.c.document_id).where(
            decisions.c.superseded_at.is_(None), decisions.c.document_id.not_in(known)
        )
        return [document_id(row[0]) for row in self._transaction.rows(query.order_by(decisions.c.document_id))]

    def _rest(self, key: int) -> str | None:
        """Take a signed document out of its state while its decision changes; the database lets none be without one."""
        row = self._transaction.first(sa.select(documents.c.state).where(documents.c.id == key))
        if row is None or row.state not in {State.SIGNED, State.PUBLISHED}:
            return None
        self._move(key, State.DECLARED.value)
        return str(row.state)

    def _move(self, key: int, state: str) -> None:
        self._transaction.execute(documents.update().where(documents.c.id == key).values(state=state))
