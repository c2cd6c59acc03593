"""What the journal says has changed since an entry: by this whatever is derived from the register is made again.

Whatever changes a row enters the journal by the triggers, raw SQL too, so writers do nothing for what is derived.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from attrtrack.storage.tables import journal
from attrtrack.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Touched:
    """The documents and interpretations that some journal entries speak of, how many entries, and the last of them."""

    documents: frozenset[int]
    interpretations: frozenset[int]
    entries: int
    last: int


def journal_end(transaction: Transaction) -> int:
    """Return the number of the journal's last entry, 0 where there is none."""
    row = transaction.first(sa.select(sa.func.coalesce(sa.func.max(journal.c.sequence), 0)))
    return 0 if row is None else int(row[0])


def touched(transaction: Transaction, after: int, *, limit: int) -> Touched:
    """Return what the next `limit` entries after one speak of."""
    rows = transaction.rows(_SUBJECTS, {"after": after, "limit": limit})
    subjects = {row.subject for row in rows}
    return Touched(
        frozenset(_keys(subjects, "D")),
        frozenset(_keys(subjects, "I")),
        len(rows),
        int(rows[-1].sequence) if rows else after,
    )


_SUBJECTS = (
    sa.select(journal.c.sequence, journal.c.subject)
    .where(journal.c.sequence > sa.bindparam("after"))
    .order_by(journal.c.sequence)
    .limit(sa.bindparam("limit"))
)
_RECORD = re.compile(r"[DI][1-9][0-9]{0,14}", re.ASCII)


def _keys(subjects: Iterable[str], letter: str) -> Iterator[int]:
    """Yield the keys of the records spoken of; a refused request is journalled by whatever it called its record."""
    for subject in subjects:
        if subject.startswith(letter) and _RECORD.fullmatch(subject):
            yield int(subject[1:])
