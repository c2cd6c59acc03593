"""Which documents and interpretations link to each other (互链), where the links of a page of both were read.

A page of a document is one at an address where it is registered as published; an interpretation is linked to by its own
address or that under which its page was read. Links are knowledge, not events: of a past day the newest reading is taken,
and only addresses at which the document was not published later.
"""

import datetime as dt
from collections.abc import Mapping
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.pages import bare_address, names_a_page
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.linked_then import ever_linked
from attrtrack.storage.tables import documents, interpretations, links, publications
from attrtrack.storage.tables_pages import page_links
from attrtrack.storage.transaction import Transaction

_theirs, _ours = page_links.alias("interpretation_pages"), page_links.alias("document_pages")
_NONE: Mapping[int, bool] = {}


class MutualLinks:
    """Tells of one document after the other, in order of entry, which of its interpretations it and they link to each other."""

    def __init__(
        self, transaction: Transaction, conditions: "list[sa.ColumnElement[bool]]", last: dt.date | None
    ) -> None:
        query = _NOW if last is None else _EVER
        rows = groupby(transaction.stream(query.where(*conditions)), key=lambda row: int(row.document_id))
        self._found = ((key, _mutual(list(some), last)) for key, some in rows)
        self._next = next(self._found, None)

    def of(self, document: int) -> Mapping[int, bool]:
        """Return by the interpretation's key whether both link to each other; absent are those of which a page was not read."""
        while self._next is not None and self._next[0] < document:
            self._next = next(self._found, None)
        return self._next[1] if self._next is not None and self._next[0] == document else _NONE


def _mutual(rows: list[AnyRow], last: dt.date | None) -> dict[int, bool]:
    """Say of each interpretation of one document whether some page of each links to an address of the other."""
    published = {row.url: row.published for row in rows}
    registered = (url for url, day in published.items() if last is None or day is None or day <= last)
    public = frozenset(filter(names_a_page, map(bare_address, registered)))
    there, back = dict[int, bool](), dict[int, bool]()
    for row in rows:
        if row.our_address in public:
            key, own = row.interpretation_id, {bare_address(row.their_url), row.their_address}
            there[key] = there.get(key, False) or not own.isdisjoint(row.our_links)
            back[key] = back.get(key, False) or not public.isdisjoint(row.their_links)
    return {key: found and back[key] for key, found in there.items()}


def _newest(pages: "sa.FromClause", owner: str) -> "sa.ColumnElement[bool]":
    later = page_links.alias(f"later_{pages.name}")  # type: ignore[attr-defined]  # an alias has its name
    same = (later.c[owner] == pages.c[owner], later.c.address == pages.c.address)
    return ~sa.exists().where(*same, later.c.id > pages.c.id)


def _query(pairs: "sa.FromClause") -> "sa.Select[Any]":
    """Select what was read of the pages of some pairs; whoever asks knows which of the pairs count."""
    return (
        sa.select(
            _ours.c.document_id,
            pairs.c.interpretation_id,
            _ours.c.address.label("our_address"),
            _ours.c.links.label("our_links"),
            _theirs.c.address.label("their_address"),
            _theirs.c.links.label("their_links"),
            interpretations.c.url.label("their_url"),
            publications.c.url,
            publications.c.published,
        )
        .select_from(
            _ours.join(documents, documents.c.id == _ours.c.document_id)
            .join(pairs, pairs.c.document_id == _ours.c.document_id)
            .join(_theirs, _theirs.c.interpretation_id == pairs.c.interpretation_id)
            .join(interpretations, interpretations.c.id == pairs.c.interpretation_id)
            .join(publications, publications.c.document_id == _ours.c.document_id)
        )
        .where(_newest(_ours, "document_id"), _newest(_theirs, "interpretation_id"))
        .order_by(_ours.c.document_id, publications.c.id)
    )


_NOW = _query(links).where(links.c.judgement != Judgement.REJECTED.value)
_EVER = _query(ever_linked())
"""Of a past day also the pairs that are refused or forgotten now: they may have counted then."""
