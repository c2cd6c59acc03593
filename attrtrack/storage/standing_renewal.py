"""Keeping the standings as the register is: along the journal, from the entry up to which they are made.

Whatever changes a row of the register enters the journal by the triggers, raw SQL too; so the journal tells which
documents are to be looked at again, and writers do nothing for it. Two processes may renew at once: writers take turns,
and the second finds the stamp moved on. A stamp of other rules has the standings made anew from the first document, in parts,
each a transaction of its own, so that no writer waits long and whoever comes next goes on where another stopped.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from attrtrack.domain.standings import Source, Standing
from attrtrack.storage.measured import Compared
from attrtrack.storage.recorded import parts_of
from attrtrack.storage.renewal import Touched, journal_end, touched
from attrtrack.storage.standing_columns import link_values_of, values_of
from attrtrack.storage.standing_sources import sources_between, sources_of
from attrtrack.storage.tables import documents, links
from attrtrack.storage.tables_standings import standing_links, standing_stamp, standings
from attrtrack.storage.transaction import Transaction

ENTRIES = 10_000
"""How many journal entries are gone through in one transaction."""
DOCUMENTS = 2_000
"""How many documents are made in one transaction."""
_IDLE = 500
"""After so many entries that touch no document the stamp is moved on, so that they are not read again."""


class Computed(Protocol):
    """Computes standings by some rules."""

    def __call__(self, source: Source, /) -> Standing:
        """Return where a document stands."""
        ...

    def copied(self, text: str, document_text: str, /) -> bool | None:
        """Say of an interpretation's text and its document's whether it is an excerpt; None where that cannot be told."""
        ...


@dataclass(frozen=True, slots=True)
class Stamp:
    """Up to which journal entry the standings are made, by which rules; `filled` up to which document, None when all are."""

    sequence: int
    version: str
    filled: int | None


class StandingRenewal:
    """Compares the stamp with the journal and makes again what is behind."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def behind(self, version: str) -> bool:
        """Whether anything is to be made again before the standings tell how the register is."""
        stamp = self.stamp()
        if stamp is None or stamp.version != version or stamp.filled is not None:
            return True
        found = touched(self._transaction, stamp.sequence, limit=ENTRIES)
        return bool(found.documents or found.interpretations) or found.entries >= _IDLE

    def whole(self, version: str) -> bool:
        """Whether all standings are made by these rules, be they behind the journal or not."""
        stamp = self.stamp()
        return stamp is not None and stamp.version == version and stamp.filled is None

    def stamp(self) -> Stamp | None:
        """Return how far the standings are; None when none has been made."""
        row = self._transaction.first(_STAMP, {})
        return None if row is None else Stamp(*row)

    def step(self, version: str, computed: Computed) -> int | None:
        """Make one part again; return how many documents that was, None when there was nothing to do."""
        stamp = self.stamp()
        if stamp is None or stamp.version != version:
            stamp = Stamp(self.head(), version, 0)
        if stamp.filled is not None:
            return self._fill(stamp, stamp.filled, computed)
        found = touched(self._transaction, stamp.sequence, limit=ENTRIES)
        if not found.entries:
            return None
        keys = self._documents_of(found)
        for part in parts_of(sorted(keys)):
            self._replace(part, sources_of(self._transaction, part, computed.copied), computed)
        self._set(Stamp(found.last, version, None))
        return len(keys)

    def count(self) -> int:
        """Return how many documents there are to make from the first."""
        row = self._transaction.first(sa.select(sa.func.count()).select_from(documents))
        return 0 if row is None else int(row[0])

    def sources(self, compared: Compared) -> Iterator[list[Source]]:
        """Yield the sources of every document, some at a time."""
        keys = self._keys_after(0)
        while keys:
            yield list(sources_between(self._transaction, keys[0], keys[-1], compared=compared))
            keys = self._keys_after(keys[-1])

    def put(self, sources: Iterable[Source], computed: Computed) -> None:
        """Write the standings of documents that have none."""
        for some in parts_of(map(computed, sources)):
            self._transaction.execute(standings.insert(), [values_of(one) for one in some])
            linked = [link_values_of(one, link) for one in some for link in one.links]
            if linked:
                self._transaction.execute(standing_links.insert(), linked)

    def _fill(self, stamp: Stamp, filled: int, computed: Computed) -> int:
        keys = self._keys_after(filled)
        if keys:
            found = sources_between(self._transaction, keys[0], keys[-1], compared=computed.copied)
            self._replace(keys, found, computed)
        last = keys[-1] if len(keys) == DOCUMENTS else None
        self._set(Stamp(stamp.sequence, stamp.version, last))
        return len(keys)

    def _keys_after(self, key: int) -> list[int]:
        query = sa.select(documents.c.id).where(documents.c.id > key).order_by(documents.c.id).limit(DOCUMENTS)
        return [int(row[0]) for row in self._transaction.rows(query)]

    def _replace(self, keys: Sequence[int], sources: Iterable[Source], computed: Computed) -> None:
        """Put standings in place of all that there were of the documents with these keys."""
        for part in parts_of(keys):
            for table in (standings, standing_links):
                self._transaction.execute(table.delete().where(table.c.document_id.in_(part)))
        self.put(sources, computed)

    def _set(self, stamp: Stamp) -> None:
        self._transaction.execute(standing_stamp.delete())
        values = {"sequence": stamp.sequence, "version": stamp.version, "filled": stamp.filled}
        self._transaction.execute(standing_stamp.insert(), {"id": 1, **values})

    def head(self) -> int:
        """Return the number of the journal's last entry."""
        return journal_end(self._transaction)

    def _documents_of(self, found: Touched) -> set[int]:
        """Return the documents spoken of, those linked to the interpretations spoken of, and those that were."""
        keys = set(found.documents)
        for part in parts_of(found.interpretations):
            for table in (links, standing_links):
                query = sa.select(table.c.document_id).where(table.c.interpretation_id.in_(part))
                keys.update(int(row[0]) for row in self._transaction.rows(query))
        return keys


_STAMP = sa.select(standing_stamp.c.sequence, standing_stamp.c.version, standing_stamp.c.filled)
