"""Stores for the storage tests, on each kind of database."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from unit.storage.samples import NOON, SWITCHES

from attrtrack.storage import Store, open_store
from attrtrack.storage.engine import is_sqlite, make_engine
from attrtrack.storage.hashing import Acting, register_functions


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        """Return the time the test has set."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands at noon of 1 March 2024, Chinese time."""
    return Clock()


@pytest.fixture
def opened(clock: Clock) -> Iterator[Callable[[str], Store]]:
    """Give a function that opens a register and closes it after the test."""
    stores: list[Store] = []

    def open_one(url: str) -> Store:
        stores.append(open_store(url, clock=clock, switches=SWITCHES))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(database_url: str, opened: Callable[[str], Store]) -> Store:
    """Give an open, empty register on each kind of database."""
    return opened(database_url)


@pytest.fixture
def raw(store: Store, database_url: str) -> Iterator[Engine]:
    """Give a plain engine on the register of `store`, without the program's manners: what an intruder would use.

    On SQLite this intruder brings the journal's functions along, without which no statement would pass the first trigger.
    """
    del store
    engine = sa.create_engine(database_url)
    if is_sqlite(engine):
        sa.event.listen(engine, "connect", lambda connection, _: register_functions(connection, Acting()))
    yield engine
    engine.dispose()


@pytest.fixture
def own_engine(store: Store, database_url: str) -> Iterator[Engine]:
    """Give a second engine of the program's own make on the register of `store`."""
    del store
    engine = make_engine(database_url)
    yield engine
    engine.dispose()
