"""Opening the register: right revision, every guard in place, switches mirrored; then units of work."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from attrtrack.storage.engine import PATIENCE, WRITING, compact_json, is_sqlite, make_engine, reader_of, scrub
from attrtrack.storage.facts import RegisterFacts, facts_of
from attrtrack.storage.failures import translated
from attrtrack.storage.guards import verify_guards
from attrtrack.storage.journal_algorithms import algorithm_in_force, set_algorithm
from attrtrack.storage.revisions import ensure_revision
from attrtrack.storage.standing_aside import StandingAside
from attrtrack.storage.standing_lists import StandingLists
from attrtrack.storage.standing_renewal import Computed
from attrtrack.storage.tables import gate_switches
from attrtrack.storage.transaction import Transaction
from attrtrack.storage.unit_of_work import UnitOfWork

SYSTEM = "system"
Clock = Callable[[], dt.datetime]


class Store:
    """The register, open and proven; hands out units of work."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._reader = reader_of(engine)
        self._clock = clock
        self._aside = StandingAside()

    @contextmanager
    def unit_of_work(
        self,
        actor: str,
        origin: str = "cli",
        *,
        units: frozenset[str] | None = None,
        patience: float | None = None,
    ) -> Iterator[UnitOfWork]:
        """Give the repositories in one transaction: committed on a clean exit, rolled back otherwise.

        `origin` is where the actor acts from; of units other than `units` (None: all) nothing is there to be found.

        Writers take turns (each waits for the other, half a minute or `patience` seconds at most). A unit in which the database refused a
        write is never committed, even when the caller caught the error.
        """
        with self._transaction(actor, origin, units=units, writing=True, patience=patience) as transaction:
            yield UnitOfWork(transaction)

    @contextmanager
    def reading(self, units: frozenset[str] | None = None) -> Iterator[UnitOfWork]:
        """Give the same repositories over one unchanging state of the register; writes are refused, no writer waits."""
        with self._transaction(SYSTEM, SYSTEM, units=units, writing=False) as transaction:
            yield UnitOfWork(transaction)

    @contextmanager
    def standings_aside(
        self, version: str, computed: Computed, *, units: frozenset[str] | None
    ) -> Iterator[StandingLists]:
        """Give the lists over standings made in memory, for a register that cannot be written."""
        with (
            self._transaction(SYSTEM, SYSTEM, units=None, writing=False) as register,
            self._aside.lists(register, version, computed, units=units) as lists,
        ):
            yield lists

    @property
    def has_queue(self) -> bool:
        """Whether jobs wait in a queue that wakes workers (PostgreSQL); on SQLite workers look for them."""
        return not is_sqlite(self._engine)

    def work_queue(self, run: Callable[[str, Callable[[], bool]], None], tend: Callable[[], None]) -> None:
        """Run the jobs of the queue until the process is told to stop; `run` is given a job's id and asks when to stop.

        For registers that have a queue; `tend` is called every few seconds. Raises `StorageUnusableError` when the queue
        cannot be reached.
        """
        from attrtrack.storage.queue import work  # noqa: PLC0415 - procrastinate is there on PostgreSQL only

        work(self._engine, run, tend)

    def scrub(self) -> None:
        """Overwrite what deleted rows left behind; called after a classified document has been removed."""
        try:
            scrub(self._engine)
        except SQLAlchemyError as error:
            raise translated(error) from error

    def verify(self) -> None:
        """Look again whether every guard is in place; `StorageUnusableError` when one is missing or the register is out of reach."""
        try:
            verify_guards(self._engine)
        except SQLAlchemyError as error:
            raise translated(error) from error

    @property
    def folder(self) -> Path | None:
        """The folder of an SQLite register's file; None for a register on a server or in memory."""
        name = self._engine.url.database
        return Path(name).absolute().parent if is_sqlite(self._engine) and name and name != ":memory:" else None

    def described(self) -> RegisterFacts:
        """Say on what database the register lies, how many bytes it takes (None: not known) and at which revision it stands."""
        try:
            with self._reader.connect() as connection, connection.begin():
                return facts_of(connection)
        except SQLAlchemyError as error:
            raise translated(error) from error

    def close(self) -> None:
        """Close every connection."""
        self._aside.close()
        self._engine.dispose()
        self._reader.dispose()

    @contextmanager
    def _transaction(
        self,
        actor: str,
        origin: str,
        *,
        units: frozenset[str] | None,
        writing: bool,
        patience: float | None = None,
    ) -> Iterator[Transaction]:
        with _begun(self._engine if writing else self._reader, writing=writing, patience=patience) as connection:
            transaction = Transaction(connection, actor, self._clock, origin, units)
            yield transaction
            if transaction.failure is not None:
                raise transaction.failure


@contextmanager
def _begun(engine: Engine, *, writing: bool, patience: float | None = None) -> Iterator[Connection]:
    try:
        with (
            engine.connect().execution_options(**{WRITING: writing, PATIENCE: patience}) as connection,
            connection.begin(),
        ):
            yield connection
    except SQLAlchemyError as error:
        raise translated(error) from error


def open_store(
    url: str, *, clock: Clock, switches: Mapping[str, tuple[str, ...]], journal_hash: str | None = None
) -> Store:
    """Open the register at `url`; `switches` are the office's gate switches, mirrored for the triggers and journalled.

    `journal_hash` is the digest by which the journal is to be chained (`sha256`, `sm3`), None: as the register has it.
    An empty database is created. Raises `StorageUnusableError` when the database cannot be reached, stands at another
    revision, or lacks a CHECK or trigger that guards the gate.
    """
    engine = make_engine(url)
    try:
        ensure_revision(engine)
        verify_guards(engine)
        _mirror(engine, clock, switches, journal_hash=journal_hash)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, clock)


def _mirror(engine: Engine, clock: Clock, switches: Mapping[str, tuple[str, ...]], *, journal_hash: str | None) -> None:
    wanted = {code: compact_json(list(values)) for code, values in switches.items()}
    with _begun(engine, writing=False) as connection:
        transaction = Transaction(connection, SYSTEM, clock)
        stale = _in_force(transaction) != wanted or journal_hash not in {None, algorithm_in_force(transaction)}
    if not stale:
        return
    with _begun(engine, writing=True) as connection:
        transaction = Transaction(connection, SYSTEM, clock, SYSTEM)
        if journal_hash is not None:
            set_algorithm(transaction, journal_hash)
        current = _in_force(transaction)
        for code, value in wanted.items():
            if current.get(code) != value:
                row = {"code": code, "value": value, "set_at": transaction.now, "set_by": SYSTEM}
                transaction.insert(gate_switches, row)


def _in_force(transaction: Transaction) -> dict[str, str]:
    rows = transaction.rows(sa.select(gate_switches.c.code, gate_switches.c.value).order_by(gate_switches.c.id))
    return {row.code: row.value for row in rows}
