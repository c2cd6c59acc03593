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

_MEMORY, _ROOM = "/dev/shm", 4 * 1024**3  # noqa: S108 - the folder in it gets a name of its own
_LAST_ACT = 'read -r _; folder=$1; shift; "$@"; rm -rf "$folder"'
"""The shell waits for the end of its input, which is that of the process which started it."""


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
    folder = Path(tempfile.mkdtemp(prefix="attrtrack-pg-", dir=_in_memory_where_there_is_room()))
    bin_folder, data = binaries[-1].parent, folder / "data"
    pg_ctl = (str(bin_folder / "pg_ctl"), "-D", str(data), "-w")
    with _when_the_tests_end(folder, *_of_postgres(*pg_ctl, "-m", "immediate", "stop")):
        try:
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres")
            _run(str(bin_folder / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
            options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
            _run(*pg_ctl, "-o", options, "-l", str(folder / "log"), "start")
        except (OSError, LookupError, subprocess.SubprocessError) as error:
            _no_server(f"the server could not be started ({error})")
        url = sa.URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})
        yield PostgreSqlServer(url)


def _in_memory_where_there_is_room() -> str | None:
    """Each database is three hundred files: on a disk their making costs more than most tests do."""
    return _MEMORY if Path(_MEMORY).is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _when_the_tests_end(folder: Path, *stop: str) -> subprocess.Popen[bytes]:
    """Stop a server and remove its folder once the `with` is left, or this process is no more: killed ones clean up nothing."""
    return subprocess.Popen(
        ["/bin/sh", "-c", _LAST_ACT, "sh", str(folder), *stop],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
    )


def _no_server(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL: {reason}")
    pytest.skip(f"PostgreSQL: {reason}")


def _run(*command: str) -> None:
    subprocess.run(_of_postgres(*command), check=True, capture_output=True, timeout=60, cwd="/")


def _of_postgres(*command: str) -> tuple[str, ...]:
    return ("runuser", "-u", "postgres", "--", *command) if os.geteuid() == 0 else command
