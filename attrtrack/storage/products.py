"""The files that jobs make, in pieces that are read one at a time; each is kept for some days, and then made anew if wanted."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from attrtrack.domain.jobs import Product
from attrtrack.storage.columns import Moment
from attrtrack.storage.jobs import job_key
from attrtrack.storage.tables import removals
from attrtrack.storage.tables_jobs import job_products
from attrtrack.storage.transaction import Transaction

KEPT_FOR = dt.timedelta(days=7)


class Products:
    """The files of jobs; what is older than `KEPT_FOR` is not there any more, and is deleted when the next one is kept."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def keep(self, job_id: str, pieces: Iterable[bytes]) -> None:
        """Keep the file of a job that runs, in place of what it kept before."""
        now, key = self._transaction.now, job_key(job_id)
        gone = sa.or_(job_products.c.made_at < now - KEPT_FOR, job_products.c.job_id == key)
        self._transaction.execute(job_products.delete().where(gone))
        for place, content in enumerate(pieces):
            row = {"job_id": key, "place": place, "made_at": now, "content": content}
            self._transaction.execute(job_products.insert(), row)

    def of(self, job_id: str) -> Product | None:
        """Return what is kept of a job; None where there is nothing, or nothing any more."""
        made, size = sa.func.min(job_products.c.made_at), sa.func.sum(sa.func.length(job_products.c.content))
        row = self._transaction.first(sa.select(sa.type_coerce(made, Moment), size).where(self._kept(job_id)))
        return None if row is None or row[0] is None else Product(int(row[1]), row[0] + KEPT_FOR)

    def piece(self, job_id: str, place: int) -> bytes | None:
        """Return a piece of the file of a job, counted from 0; None behind the last one."""
        wanted = sa.select(job_products.c.content).where(self._kept(job_id), job_products.c.place == place)
        row = self._transaction.first(wanted)
        return None if row is None else bytes(row.content)

    def removals(self) -> int:
        """Return how many documents were ever removed as classified: a file begun before the last one may quote it."""
        row = self._transaction.first(sa.select(sa.func.count()).select_from(removals))
        return 0 if row is None else int(row[0])

    def _kept(self, job_id: str) -> "sa.ColumnElement[bool]":
        return sa.and_(
            job_products.c.job_id == job_key(job_id), job_products.c.made_at >= self._transaction.now - KEPT_FOR
        )
