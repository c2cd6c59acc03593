"""A PostgreSQL server for tests, in which each register gets a database of its own."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa


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


@contextmanager
def a_server() -> Iterator[PostgreSqlServer]:
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


def _no_server(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL: {reason}")
    pytest.skip(f"PostgreSQL: {reason}")


def _as_postgres(*command: str) -> None:
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *command], check=True, capture_output=True, timeout=60, cwd="/")
