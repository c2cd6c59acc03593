"""The journal (审计日志): who did what to which record, from where, each entry bound to the one before by its hash.

Changes of rows enter it by the triggers of revision 0008, whoever makes them; `append` is for what is no row, a refusal
or a failed sign-in, and goes through the same trigger. An entry's hash is the digest (SHA-256, or SM3 from the entry
`set-journal-hash` on that says so) of the UTF-8 of the compact JSON array `[sequence, at, actor, origin, action, subject,
outcome, detail, previous_hash]` (Chinese unescaped, `at` in UTC with microseconds, `detail` the stored JSON text).
Entries from before revision 0008 have no `origin`, in the array neither. The first entry's `previous_hash` is 64 zeros.
Anyone can recompute it from an export. Entries are never deleted, hence kept longer than the six months of 网络安全法 art. 21.
"""

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from attrtrack.domain.journal_proofs import Checkpoint, JournalProof
from attrtrack.domain.register import JournalEntry
from attrtrack.storage.engine import compact_json
from attrtrack.storage.journal_chain import COLUMNS, Chain, links_of
from attrtrack.storage.journal_proof import prove, take_checkpoint
from attrtrack.storage.tables import journal, journal_acts
from attrtrack.storage.transaction import Transaction

_PART = 2_000
_NOBODY = frozenset({"", "-"})
_RULE = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Journal:
    """Appends to the chain inside the open transaction, reads it and proves it whole."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def append(self, action: str, subject: str, outcome: str, detail: Mapping[str, object]) -> JournalEntry:
        """Append what happened and is no row; one that names the `rule` of a refused file may hold nothing else (保密法 art. 31).

        A refusal with anything beside its rule is a programming error (ValueError), so that no title can slip in.
        """
        if "rule" in detail:
            _check_refusal(subject, detail)
        said = {"action": action, "subject": subject, "outcome": outcome, "detail": compact_json(dict(detail))}
        self._transaction.execute(journal_acts.insert(), said)
        entry = self.head()
        assert entry is not None  # noqa: S101 - it has just been appended
        return entry

    def head(self) -> JournalEntry | None:
        """Return the last entry; kept outside the system it is a checkpoint against a chain cut short."""
        row = self._transaction.first(sa.select(journal).order_by(journal.c.sequence.desc()).limit(1))
        return None if row is None else JournalEntry(*row)

    def version_of(self, subject: str) -> int:
        """Return the number of the newest entry on a subject, 0 when there is none: the version of a record (ETag)."""
        row = self._transaction.first(
            sa.select(sa.func.coalesce(sa.func.max(journal.c.sequence), 0)).where(journal.c.subject == subject)
        )
        return 0 if row is None else int(row[0])

    def entries(
        self, subject: str | None = None, *, after: int = 0, since: dt.datetime | None = None, limit: int | None = None
    ) -> Iterator[JournalEntry]:
        """Yield entries in order, of one subject or all, those after sequence `after` and from the moment `since` on."""
        query = sa.select(journal).where(journal.c.sequence > after).order_by(journal.c.sequence).limit(limit)
        if subject is not None:
            query = query.where(journal.c.subject == subject)
        if since is not None:
            query = query.where(journal.c.at >= since)
        for row in self._transaction.stream(query):
            yield JournalEntry(*row)

    def prove(self, checkpoint: Checkpoint | None = None) -> JournalProof:
        """Verify the chain, a checkpoint taken earlier, and every row of the register against its entry."""
        return prove(self._transaction, checkpoint)

    def checkpoint(self) -> Checkpoint | None:
        """Return the journal's end as it stands, to be kept outside the system; None where there is no entry."""
        return take_checkpoint(self._transaction)

    def raw_entries(self) -> Iterator[Sequence[object]]:
        """Yield every entry as it is kept, in the order of `journal_chain.COLUMNS`: what an export holds."""
        return self._transaction.raw(f"SELECT {', '.join(COLUMNS)} FROM journal ORDER BY sequence", part=_PART)  # noqa: S608 - own names

    def verify(self) -> int | None:
        """Recompute the whole chain; return the sequence at which it first breaks, or None when it is whole."""
        chain = Chain()
        deque(chain.following(links_of(self._transaction, chain_only=True)), maxlen=0)
        return chain.broken_at


def _check_refusal(subject: str, detail: Mapping[str, object]) -> None:
    rule = detail["rule"]
    if set(detail) != {"rule"} or subject not in _NOBODY or not (isinstance(rule, str) and _RULE.fullmatch(rule)):
        raise ValueError("the journal of a refused file holds the rule's code, the user and the time only")
