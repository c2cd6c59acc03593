"""Decisions (审定): appended; a new one supersedes the live one, which is otherwise never touched."""

import sqlalchemy as sa

from attrtrack.domain.decisions import Decision, State
from attrtrack.storage.documents import MOVE
from attrtrack.storage.identifiers import document_id, document_key
from attrtrack.storage.mapping import decision_of, storable
from attrtrack.storage.tables import decisions, documents, evaluations, precedents
from attrtrack.storage.transaction import Transaction


class Decisions:
    """What signatories decided."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._counts: dict[int, int] = {}

    def add(self, document_id: str, decision: Decision, *, state: State | None = None) -> Decision:
        """Append a decision, superseding the live one; the document then stands in `state` (None: as before).

        Raises `GateRefusedError` when the attribute needs a reason and none is given, or no judgement of the gate let
        the newest declaration pass, or whatever else the office's switches ask for is missing: the database itself refuses.
        """
        key = self._transaction.existing_document(document_id)
        reason, because = storable(decision.reason, "理由"), storable(decision.because, "原因")
        judgement = self._judgement(decision.evaluation)
        standing = self._transaction.first(_STANDING, {"key": key})
        resting = self._rest(key, None if standing is None else standing.state)
        if standing is None or standing.live is not None:
            self._transaction.write(_SUPERSEDE, {"key": key, "ended": decision.decided_at})
        self._counts[key] = (0 if standing is None else standing.decided) + 1
        self._transaction.decided[key] = self._transaction.insert(
            decisions,
            {
                "document_id": key,
                "attribute": decision.attribute.value,
                "reason": reason,
                "decided_by": decision.decided_by,
                "decided_at": decision.decided_at,
                "rules_version": decision.rules_version,
                "because": because,
                "evaluation_id": judgement,
            },
        )
        after = resting if state is None else state.value
        if after is not None:
            self._move(key, after)
        return decision

    def live(self, document_id: str) -> Decision | None:
        """Return the decision in force, or None."""
        query = (
            sa.select(decisions, evaluations.c.code.label("evaluation_code"))
            .outerjoin(evaluations, evaluations.c.id == decisions.c.evaluation_id)
            .where(decisions.c.document_id == document_key(document_id), decisions.c.superseded_at.is_(None))
        )
        row = self._transaction.first(query)
        return None if row is None else decision_of(row)

    def _judgement(self, code: str | None) -> int | None:
        """Return the key of a judgement of the gate; None, which the database refuses, where there is none."""
        if code is None:
            return None
        known = self._transaction.judgements.get(code)
        if known is not None:
            return known
        row = self._transaction.first(_JUDGEMENT, {"code": code})
        return None if row is None else int(row[0])

    def count(self, document_id: str) -> int:
        """Return how many decisions there have been on a document, the live one included."""
        key = document_key(document_id)
        if key not in self._counts:
            row = self._transaction.first(_COUNT, {"key": key})
            self._counts[key] = 0 if row is None else int(row[0])
        return self._counts[key]

    def without_precedent(self) -> list[str]:
        """Return the documents that have been decided and have never been a precedent, in order of entry."""
        known = sa.select(precedents.c.document_id)
        query = sa.select(decisions.c.document_id).where(
            decisions.c.superseded_at.is_(None), decisions.c.document_id.not_in(known)
        )
        return [document_id(row[0]) for row in self._transaction.rows(query.order_by(decisions.c.document_id))]

    def _rest(self, key: int, state: str | None) -> str | None:
        """Take a signed document out of its state while its decision changes; the database lets none be without one."""
        if state not in {State.SIGNED, State.PUBLISHED}:
            return None
        self._move(key, State.DECLARED.value)
        return state

    def _move(self, key: int, state: str) -> None:
        self._transaction.write(MOVE, {"key": key, "to": state})


_OF_DOCUMENT = decisions.c.document_id == sa.bindparam("key")
_COUNT = sa.select(sa.func.count()).select_from(decisions).where(_OF_DOCUMENT)
_STANDING = (
    sa.select(
        documents.c.state, decisions.c.id.label("live"), _COUNT.correlate(None).scalar_subquery().label("decided")
    )
    .select_from(
        documents.outerjoin(
            decisions, sa.and_(decisions.c.document_id == documents.c.id, decisions.c.superseded_at.is_(None))
        )
    )
    .where(documents.c.id == sa.bindparam("key"))
)
_SUPERSEDE = (
    decisions.update()
    .where(_OF_DOCUMENT, decisions.c.superseded_at.is_(None))
    .values(superseded_at=sa.bindparam("ended"))
)
_JUDGEMENT = sa.select(evaluations.c.id).where(evaluations.c.code == sa.bindparam("code"))
