"""On what database a register lies, how large it is, and at which revision it stands."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from attrtrack.storage.engine import is_sqlite
from attrtrack.storage.revisions import head_revision


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What a system administrator asks of the register; `size` in bytes, None where it cannot be told."""

    kind: str
    size: int | None
    revision: str


def facts_of(connection: Connection) -> RegisterFacts:
    """Look at the register of a connection; one that is open stands at the program's own revision."""
    if not is_sqlite(connection):
        size = connection.scalar(sa.text("SELECT pg_database_size(current_database())"))
        return RegisterFacts("PostgreSQL", int(size) if size is not None else None, head_revision())
    return RegisterFacts("SQLite", _file_size(connection.engine.url.database), head_revision())


def _file_size(name: str | None) -> int | None:
    """Count the file and the log beside it that is not yet written back."""
    if not name or name == ":memory:":
        return None
    files = (Path(name), Path(f"{name}-wal"))
    return sum(path.stat().st_size for path in files if path.is_file())
