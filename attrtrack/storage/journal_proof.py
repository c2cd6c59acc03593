"""The register compared with its journal: the chain, a checkpoint, and every row with the last entry that tells of it.

Whoever switches the triggers off can change a row unseen by them; the row then has no entry, another digest than its
entry holds, or an entry without a row. Memory: about 250 bytes a row, for the journal is read once, in its own order.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.journal_proofs import Checkpoint, DoubtfulRow, JournalProof, RowDoubt
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.hashing import OUTSIDE, hasher
from attrtrack.storage.journal_algorithms import algorithm_in_force
from attrtrack.storage.journal_chain import GENESIS, Chain, Link, links_of
from attrtrack.storage.migrations import guards_0008_postgresql, guards_0008_sqlite
from attrtrack.storage.migrations.told import TOLD
from attrtrack.storage.migrations.told_0008 import Told
from attrtrack.storage.tables import journal, removals
from attrtrack.storage.transaction import Transaction

NAMED = 100
"""How many doubtful rows and outside entries are named; all are counted."""

_ROW, _DIGEST = '{"row":"', '","digest":"'
_SHORT = 32  # hex digits kept of a digest: 128 bits, more than anybody can find a second row for
_PART = 2_000
_REMOVED = "remove-classified"


def prove(transaction: Transaction, checkpoint: Checkpoint | None) -> JournalProof:
    """Recompute the chain, meet the checkpoint, and compare every row with its entry."""
    said, doubts, rows = _Said(checkpoint), _Doubts(), 0
    for link in said.chain.following(links_of(transaction)):
        said.hear(link)
    if said.chain.broken_at is None:
        rows = sum(_compare(transaction, told, said, doubts) for told in TOLD)
        for row in said.rows:
            doubts.add(row, RowDoubt.LOST)
    return JournalProof(
        entries=said.chain.sequence,
        rows=rows,
        first_bad=said.chain.broken_at,
        checkpoint_fault=said.checkpoint_fault(),
        doubtful=tuple(doubts.named),
        doubts=doubts.count,
        outside=tuple(said.outside),
        outside_entries=said.outside_entries,
    )


def take_checkpoint(transaction: Transaction) -> Checkpoint | None:
    """Return the end of the journal as it stands; None where nothing has been journalled."""
    first = transaction.first(sa.select(journal.c.hash).where(journal.c.sequence == 1))
    last = transaction.first(
        sa.select(journal.c.sequence, journal.c.hash, sa.type_coerce(journal.c.at, sa.Text))
        .order_by(journal.c.sequence.desc())
        .limit(1)
    )
    if first is None or last is None:
        return None
    return Checkpoint(first[0], last[0], last[1], last[2], algorithm_in_force(transaction), _counts(transaction))


def _counts(transaction: Transaction) -> dict[str, int]:
    counts = {}
    for told in TOLD:
        row = transaction.first(sa.select(sa.func.count()).select_from(sa.table(told.table)))
        counts[told.table] = 0 if row is None else int(row[0])
    return counts


class _Said:
    """What the journal says of each row, entry by entry."""

    def __init__(self, checkpoint: Checkpoint | None) -> None:
        self.chain = Chain()
        self.rows: dict[str, str] = {}
        self.removed: Counter[tuple[str, str]] = Counter()
        self.outside: list[int] = []
        self.outside_entries = 0
        self._checkpoint = checkpoint
        self._first = self._at_checkpoint = GENESIS

    def hear(self, link: Link) -> None:
        """Take an entry that has followed."""
        sequence, _, own, _, _, at, actor, action, detail = link
        if sequence == 1:
            self._first = own
        if self._checkpoint is not None and sequence == self._checkpoint.sequence:
            self._at_checkpoint = own
        if actor.startswith(OUTSIDE):
            self.outside_entries += 1
            if len(self.outside) < NAMED:
                self.outside.append(sequence)
        if detail.startswith(_ROW):
            row, closed, _ = detail[len(_ROW) :].partition('"')
            end = len(_ROW) + len(row)
            if not closed:
                return
            if detail.startswith(_DIGEST, end):
                self.rows[row] = detail[end + len(_DIGEST) : end + len(_DIGEST) + _SHORT]
            else:
                self.rows.pop(row, None)
        elif action == _REMOVED:
            self.removed[detail, at] += 1

    def checkpoint_fault(self) -> str | None:
        """Say in Chinese how the checkpoint is not met."""
        met = self._checkpoint
        if met is None or (self.chain.broken_at is not None and self.chain.broken_at <= met.sequence):
            return None
        if self._first != met.register:
            return "检查点属于另一个登记库，或者日志从头被重写过"
        if self.chain.sequence < met.sequence:
            return f"日志只到第 {self.chain.sequence} 条，检查点记到第 {met.sequence} 条：后面的记录被删去，或者用旧备份替换过"
        if self._at_checkpoint != met.hash:
            return f"第 {met.sequence} 条与检查点记下的摘要不同：日志被重写过"
        return None


class _Doubts:
    def __init__(self) -> None:
        self.named: list[DoubtfulRow] = []
        self.count = 0

    def add(self, row: str, doubt: RowDoubt) -> None:
        self.count += 1
        if len(self.named) < NAMED:
            self.named.append(DoubtfulRow(row, doubt))


def _compare(transaction: Transaction, told: Told, said: _Said, doubts: _Doubts) -> int:
    if told.bare:
        return _compare_removals(transaction, said, doubts)
    present, rows = hasher(said.chain.algorithm), 0
    formerly = [hasher(name) for name in said.chain.used if name != said.chain.algorithm]
    for row, image in _images(transaction, told):
        rows += 1
        expected, data = said.rows.pop(row, None), image.encode(errors="surrogatepass")
        if expected is None:
            doubts.add(row, RowDoubt.UNRECORDED)
        elif present(data).hexdigest()[:_SHORT] != expected and all(
            digest(data).hexdigest()[:_SHORT] != expected for digest in formerly
        ):
            doubts.add(row, RowDoubt.ALTERED)
    return rows


def _images(transaction: Transaction, told: Told) -> Iterator[tuple[str, str]]:
    made: Any = guards_0008_sqlite if is_sqlite(transaction.connection) else guards_0008_postgresql
    statement = f"SELECT {told.row(told.table)}, {made.image(told, told.table)} FROM {told.table}"  # noqa: S608 - own names
    return transaction.raw(statement, part=_PART)  # type: ignore[return-value]  # two columns


def _compare_removals(transaction: Transaction, said: _Said, doubts: _Doubts) -> int:
    """A removal is told by its rule and time only: each row needs its entry, and each entry its row."""
    columns = (removals.c.document_id, removals.c.rule, sa.type_coerce(removals.c.removed_at, sa.Text))
    rows = transaction.rows(sa.select(*columns))
    there = Counter((f'{{"rule":"{row[1]}"}}', row[2]) for row in rows)
    for row in rows:
        if said.removed[f'{{"rule":"{row[1]}"}}', row[2]] < there[f'{{"rule":"{row[1]}"}}', row[2]]:
            doubts.add(f"removals/{row[0]}", RowDoubt.UNRECORDED)
    for (_, at), count in (said.removed - there).items():
        for _ in range(count):
            doubts.add(f"removals/{at}", RowDoubt.LOST)
    return len(rows)
