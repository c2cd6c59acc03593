"""Publications of a document: appended; a later entry for the same address corrects the earlier."""

from collections.abc import Sequence

import sqlalchemy as sa

from attrtrack.domain.interpretations import Publication
from attrtrack.storage.identifiers import document_key
from attrtrack.storage.mapping import Values, publications_of, storable
from attrtrack.storage.printed import PrintedForm
from attrtrack.storage.tables import publications
from attrtrack.storage.transaction import Transaction

_FORM = PrintedForm(publications, late=("id", "document_id"), common=("registered_at",))


def _values(publication: Publication) -> Values:
    url = storable(publication.url, "公开地址")
    return {"url": url, "published": publication.published, "channel": publication.channel}


class Publications:
    """Where and when documents were published."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, document_id: str, publication: Publication) -> Publication:
        """Append a publication; the very same one again changes nothing."""
        key = self._transaction.existing_document(document_id)
        if publication in self.of(document_id):
            return publication
        values = {"document_id": key, "registered_at": self._transaction.now, **_values(publication)}
        self._transaction.insert(publications, values)
        return publication

    def add_many(self, rows: Sequence[tuple[str, Publication]]) -> None:
        """Append many publications that are not there yet."""
        printed = [
            (self._transaction.next_key(publications), document_key(document_id), *_FORM.print(_values(item)))
            for document_id, item in rows
        ]
        self._transaction.insert_printed(_FORM, printed, {"registered_at": self._transaction.now})

    def of(self, document_id: str) -> tuple[Publication, ...]:
        """Return the publications of a document in order of entry, one an address."""
        query = sa.select(publications).where(publications.c.document_id == document_key(document_id))
        return publications_of(self._transaction.rows(query.order_by(publications.c.id)))
