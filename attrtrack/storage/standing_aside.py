"""Standings beside a register that cannot be written: made in memory from what can be read, and kept while nothing is new."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine

from attrtrack.storage.engine import WRITING, make_engine
from attrtrack.storage.standing_lists import StandingLists
from attrtrack.storage.standing_renewal import Computed, StandingRenewal
from attrtrack.storage.tables_standings import standing_links, standings
from attrtrack.storage.transaction import Transaction


class StandingAside:
    """Keeps the standings of one state of the register; one reader at a time, for it is one connection in memory."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._engine: Engine | None = None
        self._made_of: tuple[int, str] | None = None

    @contextmanager
    def lists(
        self, register: Transaction, version: str, computed: Computed, *, units: frozenset[str] | None
    ) -> Iterator[StandingLists]:
        """Give the lists over the register that a transaction of every unit reads, as somebody sees them who sees `units`."""
        with self._turn:
            made_of = (StandingRenewal(register).head(), version)
            if self._engine is None or self._made_of != made_of:
                self._engine = _made(register, computed)
                self._made_of = made_of
            with self._engine.connect() as connection, connection.begin():
                yield StandingLists(Transaction(connection, register.actor, register.clock, units=units))

    def close(self) -> None:
        """Let go of what is kept."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = self._made_of = None


def _made(register: Transaction, computed: Computed) -> Engine:
    engine = make_engine("sqlite://")
    driver = engine.raw_connection()
    driver.cursor().execute("PRAGMA foreign_keys = OFF")  # the documents are elsewhere
    driver.close()
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        for table in (standings, standing_links):
            table.create(connection)
        aside = StandingRenewal(Transaction(connection, register.actor, register.clock))
        for part in StandingRenewal(register).sources(computed.copied):
            aside.put(part, computed)
    return engine
