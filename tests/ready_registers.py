"""Fresh registers for tests: made by the migrations once a run, then copied; a register costs a third of a second otherwise.

Only what the program itself makes of an empty database is copied; `db upgrade` of older registers runs its migrations.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from attrtrack.storage import revisions

Upgrade = Callable[..., str]


class ReadyRegisters:
    """Stands in for `revisions._upgrade`: lets it run on the first empty database of a kind, copies that one afterwards."""

    def __init__(self, folder: Path, really: Upgrade) -> None:
        self._folder = folder
        self._really = really
        self._templates: dict[str, sa.URL] = {}

    def __call__(self, engine: Engine, *, only_if_empty: bool) -> str:
        """Bring a database to the present revision, as `_upgrade` does."""
        if only_if_empty and engine.dialect.name == "sqlite" and not isinstance(engine.pool, StaticPool):
            return self._sqlite(engine)
        if only_if_empty and engine.dialect.name == "postgresql" and engine.url.username == "postgres":
            return self._postgresql(engine)
        return self._really(engine, only_if_empty=only_if_empty)

    def _sqlite(self, engine: Engine) -> str:
        template = self._folder / "template.db"
        if not template.exists():
            own = revisions.make_engine(f"sqlite:///{template}")
            self._really(own, only_if_empty=True)
            own.dispose()
        with sqlite3.connect(template) as source, sqlite3.connect(str(engine.url.database)) as target:
            source.backup(target)
        source.close()
        target.close()
        return revisions.head_revision()

    def _postgresql(self, engine: Engine) -> str:
        place = str(engine.url.query.get("host", engine.url.host))
        template = self._templates.get(place)
        engine.dispose()
        if template is None:
            answer = self._really(engine, only_if_empty=True)
            engine.dispose()
            self._templates[place] = engine.url.set(database=f"{engine.url.database}_template")
            _as_admin(engine, f'CREATE DATABASE "{engine.url.database}_template" TEMPLATE "{engine.url.database}"')
            return answer
        _as_admin(
            engine,
            f'DROP DATABASE "{engine.url.database}" WITH (FORCE)',
            f'CREATE DATABASE "{engine.url.database}" TEMPLATE "{template.database}"',
        )
        return revisions.head_revision()


def _as_admin(engine: Engine, *statements: str) -> None:
    admin = sa.create_engine(engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    admin.dispose()
