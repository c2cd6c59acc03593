"""Documents with the decision in force on them: what an office has settled, text and all, a few hundred at a time."""

from collections.abc import Iterator

import sqlalchemy as sa

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision
from attrtrack.domain.register import DecidedDocument
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.mapping import document_of
from attrtrack.storage.selection import chosen
from attrtrack.storage.tables import decisions, documents
from attrtrack.storage.transaction import Transaction


def decided_documents(transaction: Transaction, unit: str | None, year: int | None) -> Iterator[DecidedDocument]:
    """Yield decided documents in order of entry; nobody's declaration and no ledger's word is a decision."""
    query = (
        sa.select(
            documents,
            decisions.c.attribute.label("decided"),
            decisions.c.reason.label("decided_reason"),
            decisions.c.decided_by,
            decisions.c.decided_at,
            decisions.c.rules_version,
        )
        .select_from(documents.join(decisions))
        .where(decisions.c.superseded_at.is_(None), *chosen(unit, year))
        .order_by(documents.c.id)
    )
    return map(_decided, transaction.stream(query))


def _decided(row: AnyRow) -> DecidedDocument:
    attribute = DisclosureAttribute(row.decided)
    decision = Decision(attribute, row.decided_reason, row.decided_by, row.decided_at, row.rules_version)
    return DecidedDocument(document_id(row.id), document_of(row), row.unit, decision)
