"""Where the tests' registers stand: each in a file of SQLite or, by `pytest --database postgresql`, in a server's database.

A test names its register by a file either way, so that one and the same test runs on both.
"""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from postgresql_servers import PostgreSqlServer
from sqlalchemy.pool import Pool

KINDS = (
    pytest.param("sqlite", marks=pytest.mark.sqlite("the same test runs on PostgreSQL beside it")),
    pytest.param("postgresql", marks=pytest.mark.postgresql),
)
"""The parameters of a fixture that gives registers of each kind."""
OF_SQLITE_ALONE = "of SQLite alone: "
"""How the reason begins for which a test is left out when the registers stand on PostgreSQL."""


class RegisterPlaces:
    """The databases of a server that stand for files, and which kinds of database have been used lately."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self._server: PostgreSqlServer | None = None
        self._databases: dict[Path, sa.URL] = {}
        self._connections: dict[str, list[Any]] = {}

    def move_to(self, server: PostgreSqlServer) -> None:
        """Let every register that is asked for from now on stand on a server."""
        self._server = server
        sa.event.listen(Pool, "connect", self._connected)
        sa.event.listen(Pool, "checkout", self._taken)

    def at(self, path: Path) -> str:
        """Return the address of the register that a file names; an empty one when nobody has asked for it before."""
        if self._server is None:
            return f"sqlite:///{path}"
        path = path.absolute()
        if path not in self._databases:
            made = self._databases[path] = self._server.create()
            self._connections[str(made.database)] = []
        return self._databases[path].render_as_string(hide_password=False)

    def drop_below(self, folder: Path) -> None:
        """Throw away the databases that stand for files of a folder, with the connections that were left open."""
        for path in [path for path in self._databases if path.is_relative_to(folder)]:
            assert self._server is not None
            url = self._databases.pop(path)
            for connection in self._connections.pop(str(url.database)):
                connection.close()
            self._server.drop(url)

    def _connected(self, connection: Any, _record: Any) -> None:
        if _kind(connection) == "postgresql" and connection.info.dbname in self._connections:
            self._connections[connection.info.dbname].append(connection)

    def _taken(self, connection: Any, _record: Any, _proxy: Any) -> None:
        self.used.add(_kind(connection))


def _kind(connection: Any) -> str:
    return "postgresql" if type(connection).__module__.startswith("psycopg") else "sqlite"


PLACES = RegisterPlaces()
"""The one that the fixtures set up and every test asks."""


def placed(argument: str) -> str:
    """Return an argument of a command as it is, but the address of a file of SQLite as that of the register it names."""
    kind, _, path = argument.partition("sqlite:///")
    return register_at(Path(path)) if path and not kind else argument


def register_at(path: Path) -> str:
    """Return the address of the register that a file names, on the kind of database that the run is for."""
    return PLACES.at(path)
