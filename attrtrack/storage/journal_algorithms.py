"""By which digest the register chains its journal: fixed when it is made, else changed by an entry of the chain itself."""

import sqlalchemy as sa

from attrtrack.errors import StorageUnusableError
from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.hashing import ALGORITHMS, SHA256, SM3, hasher
from attrtrack.storage.tables import journal_algorithms
from attrtrack.storage.transaction import Transaction

_EXTENSION = "SELECT 1 FROM pg_extension WHERE extname = 'pgcrypto'"


def algorithm_in_force(transaction: Transaction) -> str:
    """Return the digest that new entries are chained by."""
    query = sa.select(journal_algorithms.c.algorithm).order_by(journal_algorithms.c.id.desc()).limit(1)
    row = transaction.first(query)
    return SHA256 if row is None else str(row[0])


def set_algorithm(transaction: Transaction, algorithm: str) -> None:
    """Chain the journal by another digest from here on; the entry that says so is the first of them.

    Raises `StorageUnusableError` when the digest is none of the two, or this machine or its database cannot compute it.
    """
    if algorithm not in ALGORITHMS:
        raise StorageUnusableError(
            f"审计日志的摘要算法只能是 {'、'.join(ALGORITHMS)}：请核对设置 ATTRTRACK_JOURNAL_HASH。"
        )
    if algorithm == algorithm_in_force(transaction):
        return
    hasher(algorithm)
    if algorithm == SM3 and not is_sqlite(transaction.connection):
        _ensure_pgcrypto(transaction)
    row = {"algorithm": algorithm, "set_at": transaction.now, "set_by": transaction.actor}
    transaction.insert(journal_algorithms, row)


def _ensure_pgcrypto(transaction: Transaction) -> None:
    """Make the extension where this role may; without it PostgreSQL knows no SM3."""
    if transaction.first(sa.text(_EXTENSION)) is not None:
        return
    try:
        transaction.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pgcrypto"))
    except StorageUnusableError as error:
        raise StorageUnusableError(
            "数据库没有扩展 pgcrypto，不能用 SM3：请由数据库管理员运行 CREATE EXTENSION pgcrypto，或把 ATTRTRACK_JOURNAL_HASH 设为 sha256。"
        ) from error
