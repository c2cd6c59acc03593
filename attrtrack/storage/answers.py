"""Answers kept for idempotency keys: claimed in the transaction of the act itself, so that an act happens once or not."""

import datetime as dt

import sqlalchemy as sa

from attrtrack.domain.answers import KeptAnswer
from attrtrack.storage.tables_answers import idempotency_keys as kept
from attrtrack.storage.transaction import Transaction

KEPT_FOR = dt.timedelta(hours=24)


class Answers:
    """Each actor's answers under keys of its own choice; nobody sees another's."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def find(self, actor: str, key: str) -> KeptAnswer | None:
        """Return the request that bore this key within a day, or None."""
        row = self._transaction.first(sa.select(kept).where(_of(actor, key)))
        if row is None or row.begun_at < self._transaction.now - KEPT_FOR:
            return None
        return KeptAnswer(row.digest, row.begun_at, row.status, row.answer, row.etag)

    def claim(self, actor: str, key: str, *, digest: str) -> None:
        """Note that the act of a key is done in this transaction; what is older than a day goes."""
        old = kept.c.begun_at < self._transaction.now - KEPT_FOR
        self._transaction.execute(kept.delete().where(old))
        row = {"actor": actor, "key": key, "digest": digest, "begun_at": self._transaction.now}
        self._transaction.execute(kept.insert(), row)

    def keep(self, actor: str, key: str, *, status: int, answer: str, etag: str | None) -> None:
        """Keep what is answered."""
        values = {"status": status, "answer": answer, "etag": etag}
        self._transaction.execute(kept.update().where(_of(actor, key)).values(**values))

    def release(self, actor: str, key: str) -> None:
        """Forget a key whose act was refused, so that it may be tried again."""
        self._transaction.execute(kept.delete().where(_of(actor, key), kept.c.status.is_(None)))

    def forget(self, actor: str, key: str) -> None:
        """Forget a key with what was answered."""
        self._transaction.execute(kept.delete().where(_of(actor, key)))


def _of(actor: str, key: str) -> "sa.ColumnElement[bool]":
    return sa.and_(kept.c.actor == actor, kept.c.key == key)
