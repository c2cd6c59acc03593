"""The journal (审计日志): who did what to which record, each entry bound to the one before by its hash.

An entry's hash is SHA-256 over the UTF-8 of the compact JSON array `[sequence, at, actor, action, subject, outcome,
detail, previous_hash]` (Chinese unescaped, `at` in UTC with microseconds, `detail` the stored JSON text); the first
entry's `previous_hash` is 64 zeros. Anyone can recompute it from an export.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.register import JournalEntry
from attrtrack.storage.columns import moment_text
from attrtrack.storage.engine import compact_json
from attrtrack.storage.tables import journal
from attrtrack.storage.transaction import Transaction

GENESIS = "0" * 64
_NOBODY = frozenset({"", "-"})
_RULE = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def entry_hash(*fields: int | str) -> str:
    """Hash the eight fields of an entry in the order of the module's docstring."""
    return hashlib.sha256(compact_json(fields).encode()).hexdigest()


class Journal:
    """Appends to the chain inside the open transaction, reads it and proves it whole."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._last: tuple[int, str] | None = None
        self._pending: list[JournalEntry] = []

    def append(self, action: str, subject: str, outcome: str, detail: Mapping[str, object]) -> JournalEntry:
        """Append what happened; one that names the `rule` of a refused file may hold nothing else (保密法 art. 31).

        A refusal with anything beside its rule is a programming error (ValueError), so that no title can slip in.
        """
        if "rule" in detail:
            _check_refusal(subject, detail)
        sequence, previous = self._end()
        text, at = compact_json(dict(detail)), self._transaction.now
        actor = self._transaction.actor
        digest = entry_hash(sequence + 1, moment_text(at), actor, action, subject, outcome, text, previous)
        entry = JournalEntry(sequence + 1, at, actor, action, subject, outcome, text, previous, digest)
        self._pending.append(entry)
        self._last = (entry.sequence, entry.hash)
        return entry

    def flush(self) -> None:
        """Write the entries appended so far; done before every reading of the journal and before the commit."""
        if self._pending:
            self._transaction.execute(journal.insert(), [_values(entry) for entry in self._pending])
            self._pending.clear()

    def _end(self) -> tuple[int, str]:
        if self._last is None:
            last = self.head()
            self._last = (0, GENESIS) if last is None else (last.sequence, last.hash)
        return self._last

    def head(self) -> JournalEntry | None:
        """Return the last entry; kept outside the system it is a checkpoint against a chain cut short."""
        self.flush()
        row = self._transaction.first(sa.select(journal).order_by(journal.c.sequence.desc()).limit(1))
        return None if row is None else JournalEntry(*row)

    def entries(
        self, subject: str | None = None, *, after: int = 0, limit: int | None = None
    ) -> Iterator[JournalEntry]:
        """Yield entries in order, of one subject or all, those after sequence `after`."""
        self.flush()
        query = sa.select(journal).where(journal.c.sequence > after).order_by(journal.c.sequence).limit(limit)
        if subject is not None:
            query = query.where(journal.c.subject == subject)
        for row in self._transaction.stream(query):
            yield JournalEntry(*row)

    def verify(self) -> int | None:
        """Recompute the whole chain; return the sequence at which it first breaks, or None when it is whole."""
        self.flush()
        columns = [sa.type_coerce(column, sa.Text) if column.name == "at" else column for column in journal.c]
        expected, previous = 1, GENESIS
        for row in self._transaction.stream(sa.select(*columns).order_by(journal.c.sequence)):
            if row[0] != expected or row[7] != previous or row[8] != entry_hash(*row[:8]):
                return expected
            expected, previous = expected + 1, row[8]
        return None


def _check_refusal(subject: str, detail: Mapping[str, object]) -> None:
    rule = detail["rule"]
    if set(detail) != {"rule"} or subject not in _NOBODY or not (isinstance(rule, str) and _RULE.fullmatch(rule)):
        raise ValueError("the journal of a refused file holds the rule's code, the user and the time only")


def _values(entry: JournalEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in journal.c.keys()}  # noqa: SIM118 - a column collection iterates columns
