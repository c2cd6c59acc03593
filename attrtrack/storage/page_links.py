"""What the pages of documents and interpretations link to, as they were read.

Decision: links are kept as bare addresses (see `bare_address`), once each, of pages that say their own address: without it
nobody knows where the page's relative links lead, and a link that is there would count as missing.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from attrtrack.domain.pages import bare_address, names_a_page
from attrtrack.storage.identifiers import document_id, document_key, interpretation_key
from attrtrack.storage.mapping import storable
from attrtrack.storage.tables import publications
from attrtrack.storage.tables_pages import page_links
from attrtrack.storage.transaction import Transaction

_MOST_DOCUMENTS = 20
"""An address that more documents name is a list of documents, and the page of none."""


class PageLinks:
    """The readings of pages; the newest of a page counts."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def read_of_document(self, identifier: str, address: str, links: Sequence[str]) -> bool:
        """Keep what a page of a document links to; return whether that is new."""
        return self._read({"document_id": document_key(identifier), "interpretation_id": None}, address, links)

    def read_of_interpretation(self, identifier: str, address: str, links: Sequence[str]) -> bool:
        """Keep what the page of an interpretation links to; return whether that is new."""
        return self._read({"document_id": None, "interpretation_id": interpretation_key(identifier)}, address, links)

    def documents_at(self, address: str) -> tuple[str, ...]:
        """Return the documents registered as published at an address, in order of entry; none for a list of many.

        Scheme and last slash make no difference; the host is taken as it is written.
        """
        bare = bare_address(address)
        if not names_a_page(bare):
            return ()
        rest = address.strip().partition("#")[0].partition("://")[2].rstrip("/")
        written = [f"{scheme}{one}{end}" for one in {rest, bare} for scheme in _SCHEMES for end in ("", "/")]
        query = sa.select(publications.c.document_id).where(publications.c.url.in_(written)).distinct()
        query = query.order_by(publications.c.document_id).limit(_MOST_DOCUMENTS + 1)
        found = tuple(document_id(row.document_id) for row in self._transaction.rows(query))
        return found if len(found) <= _MOST_DOCUMENTS else ()

    def _read(self, owner: dict[str, int | None], address: str, links: Sequence[str]) -> bool:
        told = list(dict.fromkeys(filter(names_a_page, map(bare_address, links))))
        said = {
            "address": storable(bare_address(address), "页面地址"),
            "links": [storable(one, "页面链接") for one in told],
        }
        mine = [page_links.c[name] == value for name, value in owner.items() if value is not None]
        query = sa.select(page_links.c.links).where(*mine, page_links.c.address == said["address"])
        known = self._transaction.first(query.order_by(page_links.c.id.desc()).limit(1))
        if known is not None and known.links == said["links"]:
            return False
        act = {"read_by": self._transaction.actor, "read_at": self._transaction.now}
        self._transaction.insert(page_links, {**owner, **said, **act})
        return True


_SCHEMES = ("https://", "http://", "")
