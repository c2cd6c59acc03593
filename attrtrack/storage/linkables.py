"""Documents as linking wants them: title, number, issuer, date, address, text, and which is a copy of which."""

from collections.abc import Iterator

import sqlalchemy as sa

from attrtrack.domain.interpretations import LinkableDocument
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.mapping import written_of
from attrtrack.storage.selection import chosen, in_the_register, latest_url
from attrtrack.storage.tables import documents
from attrtrack.storage.transaction import Transaction

_READ = 4_000
"""Signs of a text that linking compares; whole texts of 10^6 documents would fill the memory."""


def linkable_documents(transaction: Transaction, unit: str | None, year: int | None) -> Iterator[LinkableDocument]:
    """Yield every document with a title or a number; `same_as` names the first document with the very same content."""
    earlier = documents.alias("earlier")
    first = (
        sa.select(sa.func.min(earlier.c.id))
        .where(earlier.c.content_hash == documents.c.content_hash, documents.c.text != "")
        .correlate(documents)
        .scalar_subquery()
    )
    query = (
        sa.select(
            *(documents.c[name] for name in ("id", "title", "number", "issuers", "date")),
            sa.func.substr(documents.c.text, 1, _READ).label("text"),
            latest_url().label("url"),
            first.label("first"),
        )
        .where(
            *chosen(unit, year),
            in_the_register(),
            sa.or_(documents.c.title.is_not(None), documents.c.number.is_not(None)),
        )
        .order_by(documents.c.id)
    )
    return map(_linkable, transaction.stream(query))


def _linkable(row: AnyRow) -> LinkableDocument:
    date = written_of(row.date)
    return LinkableDocument(
        id=document_id(row.id),
        title=row.title or "",
        number=row.number,
        issuer=" ".join(row.issuers) or None,
        date=None if date is None else date.as_date,
        url=row.url,
        text=row.text,
        same_as=None if row.first in {None, row.id} else document_id(row.first),
    )
