"""Registers by the thousand: a template is copied, and thrown away with what has been done to it."""

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from register_attacks import grant_clerk


class Kind:
    """How registers of one kind of database are made and thrown away."""

    def create(self) -> str:
        """Return the address of an empty database."""
        raise NotImplementedError

    def copy(self, url: str) -> str:
        """Return the address of a copy."""
        raise NotImplementedError

    def drop(self, url: str) -> None:
        """Throw a register away."""
        raise NotImplementedError

    def grant(self, url: str) -> None:
        """Let others in, as far as an owner can."""


class Files(Kind):
    """Registers on SQLite."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self) -> str:
        """Return the address of a file that is not there yet."""
        return f"sqlite:///{self._folder / uuid.uuid4().hex}.db"

    def copy(self, url: str) -> str:
        """Copy the file."""
        made = self.create()
        shutil.copyfile(_path(url), _path(made))
        return made

    def drop(self, url: str) -> None:
        """Remove the file and what stands beside it."""
        for end in ("", "-wal", "-shm"):
            Path(f"{_path(url)}{end}").unlink(missing_ok=True)


def _path(url: str) -> str:
    return str(sa.make_url(url).database)


class Server(Kind):
    """Registers on PostgreSQL, in databases of a server's own."""

    def __init__(self, create: Callable[[str], sa.URL], drop: Callable[[sa.URL], None]) -> None:
        self._create, self._drop = create, drop

    def create(self) -> str:
        """Make an empty database."""
        return self._create("template0").render_as_string(hide_password=False)

    def copy(self, url: str) -> str:
        """Make a database with the template's as its own."""
        return self._create(str(sa.make_url(url).database)).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database."""
        self._drop(sa.make_url(url))

    def grant(self, url: str) -> None:
        """Let the clerk in."""
        grant_clerk(url)
