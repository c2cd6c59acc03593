"""The registration table: each document of a scope with what was last said, reviewed and published of it, streamed."""

from collections.abc import Iterator

import sqlalchemy as sa

from attrtrack.domain.decisions import State
from attrtrack.domain.registration import RegistrationRow
from attrtrack.domain.reviews import SecrecyResult
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id
from attrtrack.storage.selection import attribute_in_force, chosen, in_the_register, judged, newest
from attrtrack.storage.structures import attribute_of
from attrtrack.storage.tables import decisions, declarations, documents, publications
from attrtrack.storage.tables_gate import secrecy_reviews
from attrtrack.storage.transaction import Transaction

_FACTS = ("id", "title", "number", "genre", "date", "unit", "drafting_department", "state")


class Registration:
    """The table's rows and how many there are."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def count(self, unit: str | None, year: int | None, genre: str | None = None) -> int:
        """Return the number of rows."""
        query = sa.select(sa.func.count()).select_from(documents).where(*_conditions(unit, year, genre))
        row = self._transaction.first(query)
        return 0 if row is None else int(row[0])

    def rows(self, unit: str | None, year: int | None, genre: str | None = None) -> Iterator[RegistrationRow]:
        """Yield the documents in order of entry, withdrawn ones left out."""
        query = (
            sa.select(
                *(documents.c[name] for name in _FACTS),
                attribute_in_force().label("attribute"),
                sa.func.coalesce(decisions.c.reason, declarations.c.reason, documents.c.declared_reason).label(
                    "reason"
                ),
                declarations.c.declared_by,
                decisions.c.decided_by,
                secrecy_reviews.c.result,
                secrecy_reviews.c.reviewed_by,
                secrecy_reviews.c.reviewed_at,
                publications.c.url,
                publications.c.published,
                publications.c.channel,
            )
            .select_from(
                judged()
                .outerjoin(secrecy_reviews, secrecy_reviews.c.id == newest(secrecy_reviews))
                .outerjoin(publications, publications.c.id == newest(publications))
            )
            .where(*_conditions(unit, year, genre))
            .order_by(documents.c.id)
        )
        yield from map(_row, self._transaction.stream(query))


def _conditions(unit: str | None, year: int | None, genre: str | None) -> "list[sa.ColumnElement[bool]]":
    wanted = [*chosen(unit, year), in_the_register()]
    return wanted if genre is None else [*wanted, documents.c.genre == genre]


def _row(row: AnyRow) -> RegistrationRow:
    return RegistrationRow(
        id=document_id(row.id),
        title=row.title,
        number=row.number,
        genre=row.genre,
        date=row.date,
        unit=row.unit,
        department=row.drafting_department,
        state=State(row.state),
        attribute=attribute_of(row.attribute),
        reason=row.reason,
        said_by=row.declared_by,
        signed_by=row.decided_by,
        secrecy=None if row.result is None else SecrecyResult(row.result),
        secrecy_by=row.reviewed_by,
        secrecy_at=row.reviewed_at,
        url=row.url,
        published=row.published,
        channel=row.channel,
    )
