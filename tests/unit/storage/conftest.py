"""Databases for the storage tests: SQLite always, PostgreSQL wherever a server can be had."""

import datetime as dt
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from unit.storage.samples import NOON, SWITCHES

from attrtrack.storage import Store, open_store
from attrtrack.storage.engine import is_sqlite, make_engine
from attrtrack.storage.hashing import Acting, register_functions


@dataclass
class PostgreSqlServer:
    """A server in which each test gets a database of its own."""

    admin_url: sa.URL

    def create(self, template: str = "template0") -> sa.URL:
        """Create a database and return its address."""
        name = f"attrtrack_{uuid.uuid4().hex[:12]}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        return self.admin_url.set(database=name)

    def drop(self, url: sa.URL) -> None:
        """Drop a database of this server."""
        self._run(f'DROP DATABASE "{url.database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        engine = sa.create_engine(self.admin_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def _no_server(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL: {reason}")
    pytest.skip(f"PostgreSQL: {reason}")


def _as_postgres(*command: str) -> None:
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *command], check=True, capture_output=True, timeout=60, cwd="/")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSqlServer]:
    """Use the server of ATTRTRACK_TEST_DATABASE_URL, else start the distribution's binaries in a temporary cluster."""
    given = os.environ.get("ATTRTRACK_TEST_DATABASE_URL")
    if given:
        yield PostgreSqlServer(sa.make_url(given))
        return
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        _no_server("no ATTRTRACK_TEST_DATABASE_URL and no server binaries under /usr/lib/postgresql")
    folder = Path(tempfile.mkdtemp(prefix="attrtrack-pg-"))
    bin_folder, data = binaries[-1].parent, folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        _as_postgres(str(bin_folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        _as_postgres(
            str(bin_folder / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"
        )
    except (OSError, LookupError, subprocess.SubprocessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        _no_server(f"the server could not be started ({error})")
    url = sa.URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})
    yield PostgreSqlServer(url)
    _as_postgres(str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database, once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'register.db'}"
        return
    server: PostgreSqlServer = request.getfixturevalue("postgresql_server")
    url = server.create()
    yield url.render_as_string(hide_password=False)
    server.drop(url)


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
