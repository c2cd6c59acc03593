"""Publications of a document: appended; a later entry for the same address corrects the earlier."""

import hashlib
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.interpretations import Publication
from attrtrack.storage.engine import compact_json
from attrtrack.storage.identifiers import document_key, range_of
from attrtrack.storage.journal import Journal
from attrtrack.storage.mapping import publications_of, storable
from attrtrack.storage.tables import publications
from attrtrack.storage.transaction import Transaction


class Publications:
    """Where and when documents were published."""

    def __init__(self, transaction: Transaction, journal: Journal) -> None:
        self._transaction = transaction
        self._journal = journal

    def add(self, document_id: str, publication: Publication) -> Publication:
        """Append a publication; the very same one again changes nothing."""
        key = self._transaction.existing_document(document_id)
        if publication in self.of(document_id):
            return publication
        values = {
            "url": storable(publication.url, "公开地址"),
            "published": publication.published,
            "channel": publication.channel,
        }
        self._transaction.insert(publications, {"document_id": key, "registered_at": self._transaction.now, **values})
        published = None if publication.published is None else publication.published.isoformat()
        self._journal.append("publish", document_id, "done", {**values, "published": published})
        return publication

    def add_many(self, rows: Sequence[tuple[str, Publication]]) -> None:
        """Append many publications that are not there yet; one journal entry holds the range, count and a digest."""
        if not rows:
            return
        digest, values = hashlib.sha256(), list[dict[str, Any]]()
        for document_id, item in rows:
            row = {"url": storable(item.url, "公开地址"), "published": item.published, "channel": item.channel}
            digest.update(f"{compact_json([document_id, item.url, str(item.published), item.channel])}\n".encode())
            key = self._transaction.next_key(publications)
            now = self._transaction.now
            values.append({"id": key, "document_id": document_key(document_id), "registered_at": now, **row})
        self._transaction.execute(publications.insert(), values)
        detail = {"count": len(values), "digest": digest.hexdigest()}
        self._journal.append("publish", range_of(row[0] for row in rows), "done", detail)

    def of(self, document_id: str) -> tuple[Publication, ...]:
        """Return the publications of a document in order of entry, one an address."""
        query = sa.select(publications).where(publications.c.document_id == document_key(document_id))
        return publications_of(self._transaction.rows(query.order_by(publications.c.id)))
