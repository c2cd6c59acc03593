"""What an owner of the database sees and does behind the program's back, on either kind."""

from pathlib import Path

import sqlalchemy as sa
from register_places import register_at

_GUARDS = "SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger WHERE NOT tgisinternal"


def spoil(path: Path, statement: str) -> None:
    """Change a register as the owner of its database can: with its triggers shut off for the while."""
    engine = sa.create_engine(register_at(path))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            guarded = connection.exec_driver_sql(_GUARDS).all()
            for table, trigger in guarded:
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
            connection.exec_driver_sql(statement)
            for table, trigger in guarded:
                connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
        else:
            made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
            for name, _ in made:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql(statement)
            for _, trigger in made:
                connection.exec_driver_sql(trigger)
    engine.dispose()


def kept_in(path: Path) -> bytes:
    """Return all that is kept in a register: the bytes of its files, or every row of every table of its database."""
    url = register_at(path)
    if url.startswith("sqlite"):
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        rows = [str(row) for name in names for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]  # noqa: S608 - own names
    engine.dispose()
    return "\n".join(rows).encode()
