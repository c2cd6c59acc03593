"""The journal as lists show it: the newest entries first, narrowed, so many looked at for a part and no more.

Only the subject of an entry is indexed. What is asked by other filters is looked for entry by entry, backwards: a part
ends after so many entries even where it has found little, and says how far it came.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from attrtrack.domain.administering import EntriesWanted
from attrtrack.domain.register import JournalEntry
from attrtrack.storage.tables import BACKUPS, journal
from attrtrack.storage.transaction import Transaction

_ABOUT = 10_000
"""How many entries a moment may stand away from its place: a clock may have been set, and writers wait for each other."""


@dataclass(frozen=True, slots=True)
class EntriesPart:
    """Some entries, newest first; `next` is the sequence before which the list goes on, None where it ends."""

    entries: Sequence[JournalEntry]
    next: int | None


class JournalLists:
    """Entries of the journal for those who audit, and when something last happened."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def part(self, wanted: EntriesWanted, *, before: int | None, limit: int, looked_at: int) -> EntriesPart:
        """Return the entries before a sequence (None: the newest) that are wanted; so many are looked at, and no more."""
        first, last = self._bounds(wanted)
        last = last if before is None else min(last, before - 1)
        lowest = first if wanted.subject else max(first, last - looked_at + 1)
        query = sa.select(journal).where(journal.c.sequence.between(lowest, last), *_conditions(wanted))
        rows = self._transaction.rows(query.order_by(journal.c.sequence.desc()).limit(limit + 1))
        entries = [JournalEntry(*row) for row in rows[:limit]]
        if len(rows) > limit:
            return EntriesPart(entries, entries[-1].sequence)
        return EntriesPart(entries, lowest if lowest > first else None)

    def last_backup(self) -> dt.datetime | None:
        """Return when the register was last backed up; None where the journal does not tell."""
        query = sa.select(journal.c.at).where(BACKUPS, journal.c.outcome == "done")
        row = self._transaction.first(query.order_by(journal.c.sequence.desc()).limit(1))
        return None if row is None else row.at

    def _bounds(self, wanted: EntriesWanted) -> tuple[int, int]:
        row = self._transaction.first(sa.select(sa.func.coalesce(sa.func.max(journal.c.sequence), 0)))
        newest = 0 if row is None else int(row[0])
        first = 1 if wanted.since is None else max(1, self._place(wanted.since, newest) - _ABOUT)
        last = newest if wanted.until is None else min(newest, self._place(wanted.until, newest) + _ABOUT)
        return first, last

    def _place(self, moment: dt.datetime, newest: int) -> int:
        """Return about where the first entry of a moment stands: entries follow each other in time."""
        low, high = 1, newest + 1
        while low < high:
            middle = (low + high) // 2
            row = self._transaction.first(sa.select(journal.c.at).where(journal.c.sequence == middle))
            if row is not None and row.at < moment:
                low = middle + 1
            else:
                high = middle
        return low


def _conditions(wanted: EntriesWanted) -> list[sa.ColumnElement[bool]]:
    named = ("actor", "action", "subject", "outcome")
    found = [journal.c[name] == value for name in named if (value := getattr(wanted, name))]
    if wanted.since is not None:
        found.append(journal.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(journal.c.at < wanted.until)
    return found
