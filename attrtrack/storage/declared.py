"""Documents with the attribute in force on them and the reason given with it, text and all, a few hundred at a time."""

from collections.abc import Iterator

import sqlalchemy as sa

from attrtrack.domain.register import DeclaredDocument
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.mapping import document_of
from attrtrack.storage.selection import chosen, in_the_register, judged
from attrtrack.storage.structures import attribute_of
from attrtrack.storage.tables import decisions, declarations, documents
from attrtrack.storage.transaction import Transaction


def declared_documents(transaction: Transaction, unit: str | None, year: int | None) -> Iterator[DeclaredDocument]:
    """Yield every document in order of entry: decided, else declared, else as a ledger stated, else without attribute."""
    query = (
        sa.select(
            documents,
            decisions.c.attribute.label("decided"),
            decisions.c.reason.label("decided_reason"),
            declarations.c.attribute.label("said"),
            declarations.c.reason.label("said_reason"),
        )
        .select_from(judged())
        .where(*chosen(unit, year), in_the_register())
        .order_by(documents.c.id)
    )
    return map(_declared, transaction.stream(query))


def _declared(row: AnyRow) -> DeclaredDocument:
    stated = (
        (row.decided, row.decided_reason),
        (row.said, row.said_reason),
        (row.declared_attribute, row.declared_reason),
    )
    attribute, reason = next((pair for pair in stated if pair[0] is not None), (None, None))
    return DeclaredDocument(document_id(row.id), document_of(row), row.unit, attribute_of(attribute), reason)
