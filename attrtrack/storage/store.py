"""Opening the register: right revision, every guard in place, switches mirrored; then units of work."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from attrtrack.storage.engine import WRITING, compact_json, make_engine, scrub
from attrtrack.storage.failures import translated
from attrtrack.storage.guards import verify_guards
from attrtrack.storage.journal import Journal
from attrtrack.storage.revisions import ensure_revision
from attrtrack.storage.tables import gate_switches
from attrtrack.storage.transaction import Transaction
from attrtrack.storage.unit_of_work import UnitOfWork

SYSTEM = "system"
Clock = Callable[[], dt.datetime]


class Store:
    """The register, open and proven; hands out units of work."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    @contextmanager
    def unit_of_work(self, actor: str) -> Iterator[UnitOfWork]:
        """Give the repositories in one transaction: committed on a clean exit, rolled back otherwise.

        Writers take turns (each waits for the other, half a minute at most). A unit in which the database refused a
        write is never committed, even when the caller caught the error.
        """
        with self._transaction(actor, writing=True) as transaction:
            work = UnitOfWork(transaction)
            yield work
            if transaction.failure is None:
                work.journal.flush()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Give the same repositories over one unchanging state of the register; writes are refused, no writer waits."""
        with self._transaction(SYSTEM, writing=False) as transaction:
            yield UnitOfWork(transaction)

    def scrub(self) -> None:
        """Overwrite what deleted rows left behind; called after a classified document has been removed."""
        try:
            scrub(self._engine)
        except SQLAlchemyError as error:
            raise translated(error) from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, actor: str, *, writing: bool) -> Iterator[Transaction]:
        with _begun(self._engine, writing=writing) as connection:
            transaction = Transaction(connection, actor, self._clock)
            yield transaction
            if transaction.failure is not None:
                raise transaction.failure


@contextmanager
def _begun(engine: Engine, *, writing: bool) -> Iterator[Connection]:
    try:
        with engine.connect().execution_options(**{WRITING: writing}) as connection, connection.begin():
            yield connection
    except SQLAlchemyError as error:
        raise translated(error) from error


def open_store(url: str, *, clock: Clock, switches: Mapping[str, tuple[str, ...]]) -> Store:
    """Open the register at `url`; `switches` are the office's gate switches, mirrored for the triggers and journalled.

    An empty database is created. Raises `StorageUnusableError` when the database cannot be reached, stands at another
    revision, or lacks a CHECK or trigger that guards the gate.
    """
    engine = make_engine(url)
    try:
        ensure_revision(engine)
        verify_guards(engine)
        _mirror(engine, clock, switches)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, clock)


def _mirror(engine: Engine, clock: Clock, switches: Mapping[str, tuple[str, ...]]) -> None:
    wanted = {code: compact_json(list(values)) for code, values in switches.items()}
    with _begun(engine, writing=False) as connection:
        stale = _in_force(Transaction(connection, SYSTEM, clock)) != wanted
    if not stale:
        return
    with _begun(engine, writing=True) as connection:
        transaction = Transaction(connection, SYSTEM, clock)
        journal, current = Journal(transaction), _in_force(transaction)
        for code, value in wanted.items():
            if current.get(code) != value:
                journal.append("set-switch", code, "done", {"from": current.get(code), "to": value})
                journal.flush()
                row = {"code": code, "value": value, "set_at": transaction.now, "set_by": SYSTEM}
                transaction.insert(gate_switches, row)


def _in_force(transaction: Transaction) -> dict[str, str]:
    rows = transaction.rows(sa.select(gate_switches.c.code, gate_switches.c.value).order_by(gate_switches.c.id))
    return {row.code: row.value for row in rows}
